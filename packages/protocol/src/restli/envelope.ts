import { decodeResponseKey } from './decode-keys.ts';
import { type KeyShape, keyIdentity, type TypedKey } from './key-shape.ts';
import { RestliError } from './restli-error.ts';

export interface ErrorResponse {
  readonly status: number;
  readonly message: string;
  readonly serviceErrorCode?: number;
  readonly code?: string;
  readonly docUrl?: string;
  readonly requestId?: string;
  readonly errorDetailType?: string;
  readonly errorDetails?: Readonly<Record<string, unknown>>;
}

/** What a batch of writes answers for each key. */
export interface UpdateStatus {
  readonly status: number;
}

/**
 * A batch answer as JSON text. Keys are canonical key texts; a key stands in `results` or in `errors`, never in both. Both maps
 * are always present, even empty. `statuses` is for batch gets, which send it empty. Written as text, because an object
 * with a hundred members that no other object has costs more to make than all of its values.
 */
export function batchResponse(
  results: Iterable<readonly [key: string, result: unknown]>,
  errors: Iterable<readonly [key: string, error: ErrorResponse]>,
  options: { readonly statuses?: boolean } = {},
): string {
  const failed = new Map(errors);
  const statuses = options.statuses === true ? ',"statuses":{}' : '';
  return `{"results":${objectText(results, failed)},"errors":${objectText(failed)}${statuses}}`;
}

/** Of members of one name the last. */
function objectText(
  members: Iterable<readonly [key: string, value: unknown]>,
  without: ReadonlyMap<string, unknown> = NOBODY,
): string {
  const written = new Map<string, string>();
  // Of a hundred stored records each has the same result, and often the very same object.
  let last: { readonly value: unknown; readonly text: string } | undefined;
  for (const [key, value] of members) {
    if (without.has(key)) continue;
    if (last?.value !== value) last = { value, text: JSON.stringify(value) };
    written.set(key, `${JSON.stringify(key)}:${last?.text}`);
  }
  return `{${[...written.values()].join(',')}}`;
}

const NOBODY: ReadonlyMap<string, unknown> = new Map();

export interface BatchOutcome<T> {
  readonly key: TypedKey;
  readonly status: number;
  /** Present when the key failed. */
  readonly error?: ErrorResponse;
  /** What `results` holds for the key: of a batch get, the entity. */
  readonly entity?: T;
}

export interface MergeOptions {
  /** The keys of the request by identity; with them, texts that can be read in two ways are certain. */
  readonly sentKeys?: ReadonlyMap<string, TypedKey>;
  /** Called for a key text that cannot be read; without it such an answer throws 502. */
  readonly onUnknownKey?: (rawKey: string) => void;
}

/**
 * For clients: one outcome per key identity. `errors` wins over `results`; a result with a status of
 * 400 or more, or with an error inside, is a failure too. Throws 502 for what is no batch answer.
 */
export function mergeBatchResponse<T>(
  response: unknown,
  shape: KeyShape,
  options: MergeOptions = {},
): ReadonlyMap<string, BatchOutcome<T>> {
  if (!isRecord(response)) throw new RestliError(502, 'The answer is not a batch response');
  const outcomes = new Map<string, BatchOutcome<T>>();
  const statuses = member(response, 'statuses');
  const put = (rawKey: string, outcome: Omit<BatchOutcome<T>, 'key'>): void => {
    let key: TypedKey;
    try {
      key = decodeResponseKey(rawKey, shape, options.sentKeys);
    } catch (error) {
      if (!(error instanceof RestliError) || options.onUnknownKey === undefined) throw error;
      options.onUnknownKey(rawKey);
      return;
    }
    outcomes.set(keyIdentity(key), { key, ...outcome });
  };
  for (const [rawKey, result] of Object.entries(member(response, 'results'))) {
    const status = numberOr(statuses[rawKey], numberOr(isRecord(result) ? result.status : undefined, 200));
    const inner = isRecord(result) && isRecord(result.error) ? result.error : undefined;
    if (inner !== undefined || status >= 400) {
      const error = toErrorResponse(inner ?? result, Math.max(status, 400));
      put(rawKey, { status: error.status, error });
    } else {
      // The caller names the type of what its resource returns; fields are validated by its schema.
      put(rawKey, { status, entity: result as T });
    }
  }
  for (const [rawKey, raw] of Object.entries(member(response, 'errors'))) {
    const error = toErrorResponse(raw, numberOr(statuses[rawKey], 500));
    put(rawKey, { status: error.status, error });
  }
  return outcomes;
}

function member(
  response: Readonly<Record<string, unknown>>,
  name: string,
): Readonly<Record<string, unknown>> {
  const value = response[name] ?? {};
  if (!isRecord(value)) throw new RestliError(502, `'${name}' of the batch response is not an object`);
  return value;
}

/** Answers may lack a status or a message: both are filled in, everything else is kept as sent. */
function toErrorResponse(raw: unknown, fallbackStatus: number): ErrorResponse {
  const given = isRecord(raw) ? raw : {};
  const message = typeof given.message === 'string' ? given.message : 'The answer gives no reason';
  return { ...given, status: numberOr(given.status, fallbackStatus), message };
}

function numberOr(value: unknown, fallback: number): number {
  return typeof value === 'number' ? value : fallback;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
