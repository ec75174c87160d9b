/** Hosts whose profile addresses identify a person. A deployment adds its own. */
const DEFAULT_PROFILE_HOSTS: readonly string[] = ['linkedin.com'];

/** `m.`, `touch.`, `www.`, a country or a locale before the host name. */
const SUBDOMAIN = /^(?:www|m|mobile|touch|[a-z]{2}(?:-[a-z]{2,4})?)\./;
const PUB = /^\/pub\/([^/]+)\/([0-9a-z]{1,3})\/([0-9a-z]{1,3})\/([0-9a-z]{1,3})(?:\/|$)/i;
const IN = /^\/(?:mwlite\/|m\/)?in\/([^/]+)/i;

/**
 * The one form of all the addresses of a profile: `linkedin.com/in/{vanity}`, where the host is the entry of `hosts` it
 * belongs to. Null for anything else: other hosts, companies, schools, searches, and forms that name a member by a number
 * nobody here can resolve.
 */
export function canonicalProfileUrl(
  raw: string,
  hosts: readonly string[] = DEFAULT_PROFILE_HOSTS,
): string | null {
  const [, plainHost, plainVanity] = PLAIN.exec(raw) ?? [];
  if (plainHost !== undefined && plainVanity !== undefined) {
    const host = hostOf(plainHost, hosts);
    return host && `${host}/in/${plainVanity.toLowerCase()}`;
  }
  if (isPlainlyElsewhere(raw, hosts)) return null;
  const url = parse(raw);
  const host = url && hostOf(url.hostname.toLowerCase(), hosts);
  if (!host) return null;
  const pub = PUB.exec(url.pathname);
  const named = pub
    ? `${pub[1]}-${pub[4]}${pub[3]}${pub[2]}` // /pub/krzysztof-marzec/a7/576/b50 became krzysztof-marzec-b50576a7
    : IN.exec(url.pathname)?.[1];
  const vanity = named && vanityOf(named);
  return vanity ? `${host}/in/${vanity}` : null;
}

/** An address as the network writes it itself: nothing in it reads otherwise once it is parsed, which takes 5 µs. */
const PLAIN = /^https?:\/\/([a-z0-9.-]+)\/in\/([\w-]{2,120})\/?$/;

/** Most addresses are those of the ATS. What can be read only as it stands must name the host. */
function isPlainlyElsewhere(raw: string, hosts: readonly string[]): boolean {
  if (!/^[!-$&-~]*$/.test(raw)) return false;
  const lower = raw.toLowerCase();
  return !hosts.some((host) => lower.includes(host));
}

function parse(raw: string): URL | null {
  const text = raw
    .normalize('NFKC')
    .replaceAll(/[\s\u00AD\u200B-\u200F\u2060\uFEFF]/g, '')
    .replace(/^[<("']+|[>)"']+$/g, '');
  const absolute = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text.replace(/^\/\//, '')}`;
  const url = URL.parse(absolute);
  return url && /^https?:$/.test(url.protocol) ? url : null;
}

function hostOf(hostname: string, hosts: readonly string[]): string | null {
  const bare = hostname.replace(/\.$/, '');
  const stripped = bare.replace(SUBDOMAIN, '');
  return hosts.find((host) => host === bare || host === stripped) ?? null;
}

/** Percent-decoded once, composed, lower-cased. What ends in an apostrophe is cut off with the quotes around an address. */
function vanityOf(segment: string): string | null {
  let text = segment;
  try {
    text = decodeURIComponent(segment);
  } catch {
    return null; // a stray percent sign: no vanity holds one
  }
  const vanity = text.normalize('NFC').toLowerCase();
  return /^[\p{L}\p{M}\p{N}_.\-'&]{2,120}(?<!')$/u.test(vanity) ? vanity : null;
}
