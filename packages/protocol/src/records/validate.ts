import type { Static, TObject } from '@sinclair/typebox';
import { type TypeCheck, TypeCompiler, type ValueError } from '@sinclair/typebox/compiler';
import { MAX_DEPTH } from '../restli/index.ts';
import { jobBreaches } from './job-rules.ts';
import { RECORD_SCHEMAS, type RecordKind, type RecordOf } from './schemas.ts';

/**
 * Record validation: the compiled schema decides on the fast path; only a refused record pays for its messages.
 * Messages follow the data validator of the protocol: `ERROR :: /field :: reason`, one line per violation.
 */
export type Validated<K extends RecordKind> = { readonly ok: true; readonly record: RecordOf<K> } | Refused;

interface Refused {
  readonly ok: false;
  readonly message: string;
}

interface Compiled {
  readonly check: TypeCheck<TObject>;
  readonly fields: readonly string[];
}

const compiled = new WeakMap<TObject, Compiled>();

function compile(schema: TObject): Compiled {
  const known = compiled.get(schema);
  if (known) return known;
  const made = { check: TypeCompiler.Compile(schema), fields: Object.keys(schema.properties) };
  compiled.set(schema, made);
  return made;
}

interface Unstorable {
  readonly path: string;
  readonly reason: string;
}

/**
 * PostgreSQL can store neither NUL nor a lone surrogate; JSON can carry both. Nor is there a reason to nest without end. Runs over
 * every value of every record: the path is put together on the way back, and only where something is found.
 */
function unstorable(value: unknown, areTextsStorable: boolean, depth = 0): Unstorable | null {
  if (typeof value === 'string') {
    if (areTextsStorable) return null;
    if (value.includes('\u0000')) return { path: '', reason: 'contains a NUL character' };
    return value.isWellFormed() ? null : { path: '', reason: 'contains half of a surrogate pair' };
  }
  if (typeof value === 'bigint') return { path: '', reason: 'is a number that cannot be kept exactly' };
  if (value === null || typeof value !== 'object') return null;
  if (depth > MAX_DEPTH) return { path: '', reason: 'is nested too deep' };
  // A record is parsed JSON: all that can be enumerated is its own. Of an array `in` would make a text of each index.
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const found = unstorable(value[index], areTextsStorable, depth + 1);
      if (found) return { path: `/${index}${found.path}`, reason: found.reason };
    }
    return null;
  }
  for (const name in value) {
    // Names of what a schema does not know are stored as well, inside a value.
    if (!areTextsStorable && (name.includes('\u0000') || !name.isWellFormed()))
      return { path: '', reason: 'has a name with a character that cannot be stored' };
    const found = unstorable((value as Record<string, unknown>)[name], areTextsStorable, depth + 1);
    if (found) return { path: `/${name}${found.path}`, reason: found.reason };
  }
  return null;
}

/**
 * Whether a text of JSON can hold what `unstorable` finds in strings: in well-formed Unicode both can only be written as escapes. A look at the
 * whole text costs a tenth of a look at each value.
 */
export function mayHoldUnstorable(json: string): boolean {
  return json.includes('\\u') && /\\u(?:0000|d[89a-f])/i.test(json);
}

/** Of the schema's own fields: others are not stored. */
function unstorableField(
  fields: readonly string[],
  record: Readonly<Record<string, unknown>>,
  areTextsStorable = false,
): string | null {
  for (const field of fields) {
    const value = record[field];
    if (value === undefined || (areTextsStorable && typeof value === 'string')) continue;
    const found = unstorable(value, areTextsStorable);
    if (found) return violation(`/${field}${found.path}`, found.reason);
  }
  return null;
}

const violation = (path: string, reason: string) => `ERROR :: ${path} :: ${reason}\n`;

function shown(value: unknown): string {
  // The outermost level only: a value may be nested deeper than JSON.stringify can go.
  const plain = (_name: string, inner: unknown) =>
    typeof inner === 'bigint' ? String(inner) : inner !== value && isNested(inner) ? '…' : inner;
  const json = JSON.stringify(value, plain) ?? 'undefined';
  return json.length > 60 ? `${json.slice(0, 60)}…` : json;
}

const isNested = (value: unknown) => typeof value === 'object' && value !== null;

function reasonFor(error: ValueError): string {
  const { schema, value } = error;
  if (value === undefined) return 'field is required but not found and has no default value';
  const options: {
    const?: unknown;
    type?: string;
    pattern?: string;
    minLength?: number;
    maxLength?: number;
  }[] = Array.isArray(schema.anyOf) ? schema.anyOf : [];
  if (
    options.some(
      (option) => option.const !== undefined || Array.isArray((option as { anyOf?: unknown }).anyOf),
    )
  )
    return typeof value === 'string'
      ? `${shown(value)} is not an enum symbol`
      : 'enum type is not backed by a String';
  const expected = schema.type ?? options.find((option) => option.type !== 'null')?.type;
  if (expected === 'integer')
    return typeof value === 'number' || typeof value === 'bigint'
      ? `${shown(value)} is not a time in epoch milliseconds (a whole number above 0)`
      : `${shown(value)} cannot be coerced to Long`;
  if (expected === 'boolean') return `${shown(value)} cannot be coerced to Boolean`;
  if (expected === 'array')
    return Array.isArray(value) ? 'has too many elements' : `${shown(value)} cannot be coerced to Array`;
  if (expected === 'object') return `${shown(value)} cannot be coerced to Object`;
  if (typeof value !== 'string') return `${shown(value)} cannot be coerced to String`;
  const rule = options.find(({ type }) => type === 'string') ?? schema;
  if (rule.pattern) return 'is not an e-mail address of the form X@X.X';
  if (value.length === 0) return 'must not be empty';
  return value.length < Number(rule.minLength)
    ? `is shorter than ${rule.minLength} characters`
    : `is longer than ${rule.maxLength} characters`;
}

/** What a schema cannot say: order of times, reserved words, one company field. */
function ruleViolations(kind: RecordKind, value: Record<string, unknown>): string {
  switch (kind) {
    case 'candidate':
    case 'application':
      return Number(value.atsLastModifiedAt) < Number(value.atsCreatedAt)
        ? violation('/atsLastModifiedAt', 'is before atsCreatedAt')
        : '';
    case 'stage':
      return value.stage === 'Not Available' ? violation('/stage', '"Not Available" is not a stage') : '';
    case 'job':
      return jobBreaches(value)
        .map(([path, reason]) => violation(path, reason))
        .join('');
    default:
      return '';
  }
}

export interface ValidateOptions {
  /** The JSON that the record was in passed `mayHoldUnstorable`. */
  readonly areTextsStorable?: boolean;
}

/** Checks one record as it came from the wire. Unknown fields are left out of what is stored, not refused. */
export function validateRecord<K extends RecordKind>(
  kind: K,
  value: unknown,
  { areTextsStorable = false }: ValidateOptions = {},
): Validated<K> {
  const { check, fields } = compile(RECORD_SCHEMAS[kind]);
  if (!check.Check(value)) return { ok: false, message: describe(check, value) };
  const record = value as Record<string, unknown>; // Check() passed: it is an object of the kind's schema.
  const broken = ruleViolations(kind, record) || unstorableField(fields, record, areTextsStorable);
  return broken ? { ok: false, message: broken } : { ok: true, record: record as RecordOf<K> };
}

/** The same for what is no record: whether it is of the schema and can be stored. */
export function validateFields<S extends TObject>(
  schema: S,
  value: unknown,
): { readonly ok: true; readonly fields: Static<S> } | Refused {
  const { check, fields } = compile(schema);
  if (!check.Check(value)) return { ok: false, message: describe(check, value) };
  const broken = unstorableField(fields, value as Record<string, unknown>);
  return broken ? { ok: false, message: broken } : { ok: true, fields: value as Static<S> }; // Check() passed
}

const MOST_LINES = 20;

function describe(check: TypeCheck<TObject>, value: unknown): string {
  const lines = new Map<string, string>();
  for (const error of innermost(check.Errors(value))) {
    const path = error.path || '/';
    if (!lines.has(path)) lines.set(path, violation(path, reasonFor(error)));
    if (lines.size === MOST_LINES) break;
  }
  return [...lines.values()].join('');
}

/** Of an optional object or array the schema only says that it fits neither variant: what is wrong is said by the one that is not null. */
function* innermost(errors: Iterable<ValueError>): Generator<ValueError> {
  for (const error of errors) {
    const variants: { type?: string }[] = Array.isArray(error.schema.anyOf) ? error.schema.anyOf : [];
    const index = variants.findIndex(({ type }) => type === 'object' || type === 'array');
    const inner = error.errors[index];
    if (inner && typeof error.value === 'object') yield* innermost(inner);
    else yield error;
  }
}
