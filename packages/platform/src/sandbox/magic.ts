import { type ErrorBody, type ErrorCode, errorBody, ProtocolError } from '@carrick/protocol';
import type { HttpRequest } from '../kernel/http.ts';
import { FAULTS, type Fault, type RequestFault } from './fault-kinds.ts';

/** Keys of records that are refused for themselves, while their neighbours in the batch are stored. */
export const MAGIC_KEYS = {
  'magic-key-403': { code: 'ACCESS_DENIED' },
  'magic-key-404': { code: 'NOT_FOUND' },
  'magic-key-422': { code: 'INVALID_RECORD' },
  'magic-key-429': { code: 'THROTTLED' },
  'magic-key-500': { code: 'INTERNAL' },
} as const satisfies Record<`magic-key-${number}`, { readonly code: ErrorCode }>;

/** Request ids that need no notification. */
export const MAGIC_REQUEST_IDS = {
  'magic-request-expired': { code: 'REQUEST_EXPIRED' },
  'magic-request-unknown': { code: 'NOT_FOUND' },
} as const satisfies Record<string, { readonly code: ErrorCode }>;

const REQUEST_FAULTS = (Object.keys(FAULTS) as Fault[]).filter(
  (fault): fault is RequestFault => FAULTS[fault].where === 'request',
);
/** Ids that strike the whole request in which they stand. */
export const MAGIC_FAULTS: ReadonlyMap<string, RequestFault> = new Map(
  REQUEST_FAULTS.map((fault) => [`magic-${fault}`, fault]),
);

const START = '(?<![\\w-])';
/** `-once`: the first time only. What follows a dot makes another id of it, for another first time. */
const END = '(-once)?(\\.[A-Za-z0-9-]{1,64})?(?![\\w-])';
const KEY = new RegExp(`^(${Object.keys(MAGIC_KEYS).join('|')})${END}$`);
const WHOLE = new RegExp(`${START}(${[...MAGIC_FAULTS.keys()].join('|')})${END}`);
const REQUEST_ID = new RegExp(`${START}(${Object.keys(MAGIC_REQUEST_IDS).join('|')})(?![\\w-])`);

/** The ids with `-once` that have struck, in this process. */
export class MagicRecords {
  readonly #struck = new Set<string>();

  /** Why this key is refused; null where it is like any other. */
  refusalOf(key: readonly string[]): ErrorBody | null {
    for (const part of key) {
      const [id = '', name = '', once] = KEY.exec(part) ?? [];
      if (name === '' || !this.#strikes(id, once)) continue;
      const { code } = MAGIC_KEYS[name as keyof typeof MAGIC_KEYS]; // the expression is made of its names
      return errorBody(code, `${id} is refused because it is called so`);
    }
    return null;
  }

  /** What its ids make of a whole request. */
  ofRequest({ path, rawQuery, body }: HttpRequest): RequestFault | ProtocolError | null {
    const text = `${unescaped(`${path}?${rawQuery}`)}\n${body.toString('latin1')}`;
    if (!text.includes('magic-')) return null;
    const [, requestId] = REQUEST_ID.exec(text) ?? [];
    if (requestId !== undefined)
      return new ProtocolError(MAGIC_REQUEST_IDS[requestId as keyof typeof MAGIC_REQUEST_IDS].code);
    const [id = '', name = '', once] = WHOLE.exec(text) ?? [];
    const fault = MAGIC_FAULTS.get(name);
    return fault && this.#strikes(id, once) ? fault : null;
  }

  #strikes(id: string, once: string | undefined): boolean {
    if (once === undefined) return true;
    if (this.#struck.has(id)) return false;
    this.#struck.add(id);
    return true;
  }
}

/** Keys stand in addresses more or less escaped; what cannot be read that way is no magic id. */
function unescaped(text: string): string {
  return text.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
