import { excerpt, RestliError } from './restli-error.ts';

/** Percent-decodes once, `+` stays a plus. Undefined for bad hex or bytes that are not UTF-8. */
export function tryPercentDecode(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Form decoding, the reading of protocol 1.0: as percent decoding, but `+` is a space. */
export function tryFormDecode(text: string): string | undefined {
  return tryPercentDecode(text.includes('+') ? text.replaceAll('+', ' ') : text);
}

/** Throws 400 where the text cannot be decoded. */
export function percentDecode(text: string): string {
  return tryPercentDecode(text) ?? refuseEscape(text);
}

/** Throws 400 where the text cannot be decoded. */
export function formDecode(text: string): string {
  return tryFormDecode(text) ?? refuseEscape(text);
}

function refuseEscape(text: string): never {
  throw new RestliError(400, `Bad percent-encoding in '${excerpt(text)}'`);
}

const asPercent = (char: string): string =>
  `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

/**
 * Escapes everything but `A-Za-z0-9 * - . _`; a space becomes `%20`. Readable by form decoding,
 * percent decoding and the 2.0 grammar alike, so URLs of both versions are written with it.
 * Throws 400 for a lone surrogate, which has no UTF-8 form.
 */
export function escapeForUrl(text: string): string {
  if (PLAIN.test(text)) return text;
  // A batch names its one context a hundred times.
  if (text === lastEscaped.text) return lastEscaped.escaped;
  const escaped = escapeOther(text);
  lastEscaped = { text, escaped };
  return escaped;
}
const PLAIN = /^[A-Za-z0-9*\-._]*$/;
let lastEscaped = { text: '', escaped: '' };

function escapeOther(text: string): string {
  let escaped: string;
  try {
    escaped = encodeURIComponent(text);
  } catch (cause) {
    throw new RestliError(400, `Not well-formed Unicode: '${excerpt(text.toWellFormed())}'`, { cause });
  }
  return escaped.replace(/[!'()~]/g, asPercent);
}

/** The canonical escaping of 1.0 keys in bodies: as `escapeForUrl`, but a space becomes `+`. */
export function escapeForm(text: string): string {
  const escaped = escapeForUrl(text);
  return escaped.includes('%20') ? escaped.replaceAll('%20', '+') : escaped;
}

/** The "reduced" escaping of 2.0 keys in bodies: only what the grammar reserves. */
export function escapeReduced(text: string): string {
  return text.replace(/[%(),:']/g, asPercent);
}

/** `. [ ] ~` inside a 1.0 *name* would read as a path into the value, hence `~2E ~5B ~5D ~7E`. */
export function escapeName(name: string): string {
  return name.replace(/[.[\]~]/g, (char) => `~${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

export function unescapeName(name: string): string {
  return name.includes('~')
    ? name.replace(/~(2E|5B|5D|7E)/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : name;
}
