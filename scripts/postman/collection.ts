/** What of a Postman collection (2.1) is looked at or changed. */
export interface Collection {
  readonly info: { readonly name: string; readonly schema?: string };
  readonly item: readonly Item[];
  readonly variable?: readonly { readonly key: string }[];
}

export interface Item {
  readonly name: string;
  readonly item?: readonly Item[];
  readonly request?: { readonly url?: Url | string; readonly body?: { readonly raw?: string } };
}

interface Url {
  readonly raw?: string;
  readonly protocol?: string;
  readonly host?: readonly string[] | string;
  readonly port?: string;
  readonly path?: readonly string[] | string;
}

const VENDOR_HOST = /^https:\/\/(?:api|www)\.linkedin\.com(?=\/|$)/;
/** Written in place of an address that whoever runs the collection is to fill in. */
const CALLBACK_PLACE = /<?https:\/\/YourCallbackURL>?/g;
const CALLBACK = 'https://ats.example.com/callbacks';

/**
 * A copy that goes to `baseUrl` and can run in one go: requests that stand beside the folders (tokens) come first, and
 * those that `isOffered` denies, or that go to yet another host, are left out.
 */
export function redirected(
  { item, ...collection }: Collection,
  baseUrl: string,
  isOffered: (path: string) => boolean,
): { readonly collection: Collection; readonly leftOut: readonly string[] } {
  const leftOut: string[] = [];
  const kept = (items: readonly Item[]): Item[] =>
    items.flatMap((each) => {
      if (each.item) {
        const inner = kept(each.item);
        return inner.length > 0 ? [{ ...each, item: inner }] : [];
      }
      if (!isElsewhere(each) && isOffered(pathOf(each))) return [redirectedItem(each, baseUrl)];
      leftOut.push(each.name);
      return [];
    });
  const items = kept(item);
  const loose = items.filter((each) => each.item === undefined);
  const folders = items.filter((each) => each.item !== undefined);
  const begin = loose.length > 0 ? [{ name: 'Outside of folders', item: loose }] : [];
  return { collection: { ...collection, item: [...begin, ...folders] }, leftOut };
}

function urlText({ request }: Item): string {
  return typeof request?.url === 'string' ? request.url : (request?.url?.raw ?? '');
}

/** Names a host that is neither the vendor's nor a variable: nothing is sent there. */
function isElsewhere(item: Item): boolean {
  const text = urlText(item);
  return /^https?:/.test(text) && !VENDOR_HOST.test(text);
}

/** Without host and query, whatever stands for the host. */
export function pathOf(item: Item): string {
  const text = urlText(item)
    .replace(VENDOR_HOST, '')
    .replace(/^\{\{\w+\}\}/, '')
    .replace(/^https?:\/\/[^/]*/, '');
  return text.split('?')[0] ?? '';
}

function redirectedItem(item: Item, baseUrl: string): Item {
  const { url, body } = item.request ?? {};
  const raw = urlText(item);
  const changes = {
    ...(body?.raw === undefined
      ? {}
      : { body: { ...body, raw: body.raw.replace(CALLBACK_PLACE, CALLBACK) } }),
    ...(VENDOR_HOST.test(raw) ? { url: redirectedUrl(url, raw, baseUrl) } : {}),
  };
  return { ...item, request: { ...item.request, ...changes } };
}

/** The parts are what is sent; the text alone would still go to the vendor. */
function redirectedUrl(url: Url | string | undefined, raw: string, baseUrl: string): Url | string {
  const target = new URL(baseUrl);
  const text = raw.replace(VENDOR_HOST, target.origin);
  if (typeof url !== 'object') return text;
  return {
    ...url,
    raw: text,
    protocol: target.protocol.replace(':', ''),
    host: [target.hostname],
    port: target.port,
  };
}

export function itemsOf(items: readonly Item[]): readonly Item[] {
  return items.flatMap((each) => (each.item ? itemsOf(each.item) : [each]));
}
