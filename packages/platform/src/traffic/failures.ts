/** A key of a batch that failed, and which rule it broke: never the value that broke it. */
export interface KeyFailure {
  /** As the answer spells it; anything like an e-mail address in it is masked. */
  readonly key: string;
  readonly status: number;
  readonly code: string | null;
  /** `/emailAddresses/1` */
  readonly field: string | null;
  readonly rule: string | null;
}

/** A request that was refused as a whole. */
export interface RequestFailure {
  readonly code: string | null;
  readonly rule: string | null;
}

interface Answer {
  readonly status: number;
  readonly body?: string | Buffer;
}

/** What of an answer went wrong. Only an answer that says so is read. */
export function failuresOf({ status, body }: Answer): {
  readonly request: RequestFailure | null;
  readonly keys: readonly KeyFailure[];
} {
  if (body === undefined || Buffer.isBuffer(body)) return { request: null, keys: [] };
  if (status >= 400) return { request: requestFailure(parse(body)), keys: [] };
  // A quote inside a value is written as \", so these texts are members and never contents.
  if (body.includes('"errors":{') && !body.includes('"errors":{}')) {
    const { errors } = parse(body);
    return {
      request: null,
      keys: Object.entries(asObject(errors)).map(([key, error]) => failure(key, error)),
    };
  }
  if (body.startsWith('{"elements":[') && body.includes('"error":{')) {
    const { elements } = parse(body);
    return { request: null, keys: Array.isArray(elements) ? elements.flatMap(elementFailure) : [] };
  }
  return { request: null, keys: [] };
}

function elementFailure(element: unknown, index: number): KeyFailure[] {
  const { error } = asObject(element);
  if (error === undefined) return [];
  const { externalJobPostingId } = asObject(asObject(error).errorDetails);
  return [failure(String(externalJobPostingId ?? `elements/${index}`), error)];
}

function failure(key: string, error: unknown): KeyFailure {
  const { status, code, message } = asObject(error);
  const text = typeof message === 'string' ? message.slice(0, LONGEST_READ) : '';
  return {
    key: withoutAddresses(key.slice(0, LONGEST_READ)),
    status: Number(status),
    code: typeof code === 'string' ? code : null,
    ...brokenRule(text),
  };
}

function requestFailure(body: Readonly<Record<string, unknown>>): RequestFailure {
  const code = body.code ?? body.error;
  return {
    code: typeof code === 'string' ? code : null,
    rule: typeof body.message === 'string' ? withoutValues(body.message.slice(0, LONGEST_READ)) : null,
  };
}

const VIOLATION = /^ERROR :: (\/(?:\w+(?:\/\w+){0,3})?) :: ([^\n]*)/;

/** Of `ERROR :: /field :: reason` both parts, of other messages the sentence; the first of several. */
function brokenRule(message: string): { readonly field: string | null; readonly rule: string | null } {
  const [, field, reason] = VIOLATION.exec(message) ?? [];
  if (field !== undefined && reason !== undefined) return { field, rule: withoutValues(reason) };
  return { field: null, rule: message === '' ? null : withoutValues(message) };
}

/** Reasons that begin with the value that was refused, whatever its type. */
const AFTER_A_VALUE = /(?:cannot be coerced to \w+|is not an enum symbol|is not a time in .*)$/;
const QUOTED = /'[^']*'|"(?:[^"\\]|\\.)*"?/g;
const LONGEST_RULE = 200;

function withoutValues(text: string): string {
  const said = AFTER_A_VALUE.exec(text)?.[0] ?? withoutAddresses(text.replace(QUOTED, '…'));
  return said.trim().slice(0, LONGEST_RULE);
}

/** Keys and messages quote what was sent, and looking for addresses takes the square of a text's length. */
const LONGEST_READ = 2_000;
const ADDRESS = /[^\s&=,:()]+(?:@|%40)[^\s&=,:()]+/gi;
const LONGEST_KEY = 500;

function withoutAddresses(text: string): string {
  return text.replace(ADDRESS, '(address)').slice(0, LONGEST_KEY);
}

function parse(body: string): Readonly<Record<string, unknown>> {
  try {
    return asObject(JSON.parse(body));
  } catch {
    return {}; // an answer that is a page or a text tells nothing more than its status
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}; // arrays do no harm
}
