import type { RawIds, RestliMethod } from '@carrick/protocol';

interface CountedRequest {
  readonly method: RestliMethod;
  readonly params: { readonly ids?: RawIds };
  readonly bodyText: string;
}

/** How many records a request is about, before anything of it is checked; an id that comes twice counts twice. */
export function countRecords({ method, params, bodyText }: CountedRequest): number {
  if (method === 'batch_create') return countElements(bodyText);
  if (params.ids === undefined) return method.startsWith('batch_') ? 0 : 1;
  return params.ids.version === '1.0.0' ? countPairs(params.ids.pairs) : countListed(params.ids.text);
}

/** `ids=a&ids=b`, or `ids[0].x=…&ids[0].y=…` where an index is one id. */
function countPairs(pairs: readonly (readonly [name: string, value: string])[]): number {
  const indexes = new Set<string>();
  let plain = 0;
  let last = '\u0000'; // begins no name
  for (const [name] of pairs) {
    // The parts of one id stand together, in most requests.
    if (name.startsWith(last)) continue;
    const [index] = /^ids\[\d+\]/.exec(name) ?? [];
    if (index === undefined) plain += 1;
    else {
      indexes.add(index);
      last = index;
    }
  }
  return plain + indexes.size;
}

/** `List(a,(b:c,d:e))`: what stands between the commas that are in no inner bracket. */
function countListed(text: string): number {
  const inner = text.slice('List('.length, -1);
  if (inner === '') return 0;
  let depth = 0;
  let count = 1;
  for (const char of inner) {
    if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    else if (char === ',' && depth === 0) count += 1;
  }
  return count;
}

function countElements(bodyText: string): number {
  try {
    const body: unknown = JSON.parse(bodyText);
    const elements: unknown =
      typeof body === 'object' && body !== null ? Reflect.get(body, 'elements') : null;
    return Array.isArray(elements) ? elements.length : 0;
  } catch {
    return 0; // the resource says what is wrong with it
  }
}
