import { parse } from 'yaml';
import { ConnectorError } from '../connector-error.ts';

/**
 * What stands for a SELECT where the ATS is no database: a place (a file, a list of an API), and how its objects become columns.
 *
 * ```yaml
 * from: candidates.jsonl
 * where: { status: public }          # only objects with these values
 * each: stages                       # a row for every element of this list; the element is called `each`
 * lookup:                            # objects of another list, by id (sources that can ask for them)
 *   person: { from: candidates, key: candidate_id }
 * fields:
 *   id: id                           # a path: name, a.b, a[0].b; of `a | b` the first that is there
 *   "emailAddresses[0]": emails[0].value
 *   externalProfileUrl: "https://ats.example/people/{id}"    # a text with paths in braces; empty when one of them is
 *   availability: "=PRIVATE_TO_ATS_INTEGRATION"              # a constant
 *   state: { path: status, closed: CLOSED, else: LISTED }    # a value for a value
 * ```
 *
 * Without `fields` the place's own columns count, nested values by their paths.
 */
export interface Selection {
  readonly from: string;
  readonly where: ReadonlyMap<string, readonly string[]>;
  readonly each: string | null;
  readonly lookups: ReadonlyMap<string, Lookup>;
  readonly fields: ReadonlyMap<string, Field> | null;
}

export interface Lookup {
  readonly from: string;
  /** Path of the value that is looked for. */
  readonly key: string;
  /** Field of the other objects that has it. */
  readonly match: string;
}

type Field =
  | { readonly path: string }
  | { readonly constant: string }
  | { readonly template: readonly string[] }
  | {
      readonly path: string;
      readonly values: ReadonlyMap<string, string>;
      readonly otherwise: string | null;
    };

export type SourceObject = Readonly<Record<string, unknown>>;
export type Row = Record<string, unknown>;

const KEYS = ['from', 'where', 'each', 'lookup', 'fields'];

/** @throws ConnectorError that says what is wrong with the select. */
export function parseSelection(select: string): Selection {
  const text = select.trim();
  if (!/[\n:]/.test(text))
    return { from: text, where: new Map(), each: null, lookups: new Map(), fields: null };
  const root = mapOf(parsed(text), 'the select');
  for (const key of Object.keys(root))
    if (!KEYS.includes(key))
      throw new ConnectorError(`Mapping: a select has no "${key}"; it has ${KEYS.join(', ')}.`);
  if (typeof root.from !== 'string' || root.from === '')
    throw new ConnectorError('Mapping: a select needs "from": the file or list that it reads.');
  const where = Object.entries(mapOf(root.where ?? {}, 'where')).map(
    ([path, value]) => [path, (Array.isArray(value) ? value : [value]).map(String)] as const,
  );
  return {
    from: root.from,
    where: new Map(where),
    each: root.each === undefined ? null : String(root.each),
    lookups: new Map(
      Object.entries(mapOf(root.lookup ?? {}, 'lookup')).map(([name, value]) => [
        name,
        lookupOf(name, value),
      ]),
    ),
    fields:
      root.fields === undefined
        ? null
        : new Map(
            Object.entries(mapOf(root.fields, 'fields')).map(([name, value]) => [name, fieldOf(name, value)]),
          ),
  };
}

function lookupOf(name: string, value: unknown): Lookup {
  const { from, key, match = 'id' } = mapOf(value, `lookup.${name}`);
  if (typeof from !== 'string' || typeof key !== 'string')
    throw new ConnectorError(`Mapping: lookup.${name} needs "from" and "key".`);
  return { from, key, match: String(match) };
}

function fieldOf(name: string, value: unknown): Field {
  if (typeof value === 'object' && value !== null) {
    const { path, else: otherwise, ...values } = mapOf(value, `fields.${name}`);
    if (typeof path !== 'string') throw new ConnectorError(`Mapping: fields.${name} needs a "path".`);
    const known = Object.entries(values).map(([from, to]) => [from, String(to)] as const);
    return { path, values: new Map(known), otherwise: otherwise === undefined ? null : String(otherwise) };
  }
  const text = String(value ?? '');
  if (text === '') throw new ConnectorError(`Mapping: fields.${name} is empty.`);
  if (text.startsWith('=')) return { constant: text.slice(1) };
  return text.includes('{') ? { template: text.split(/[{}]/) } : { path: text };
}

/** The rows that an object of the place becomes. `found`: what its lookups found, by their names. */
export function* rowsOf(
  selection: Selection,
  object: SourceObject,
  found: SourceObject = {},
): Generator<Row> {
  const elements = selection.each === null ? [undefined] : valueAt(object, selection.each);
  if (!Array.isArray(elements)) return;
  for (const each of elements) {
    const whole = { ...object, ...found, each };
    if (![...selection.where].every(([path, values]) => values.includes(String(valueAt(whole, path) ?? ''))))
      continue;
    yield selection.fields === null ? flat(object) : rowOf(selection.fields, whole);
  }
}

function rowOf(fields: ReadonlyMap<string, Field>, whole: SourceObject): Row {
  const row: Row = {};
  for (const [name, field] of fields) row[name] = fieldValue(field, whole);
  return row;
}

function fieldValue(field: Field, whole: SourceObject): unknown {
  if ('constant' in field) return field.constant;
  if ('template' in field) {
    const parts = field.template.map((part, index) => (index % 2 === 0 ? part : valueAt(whole, part)));
    return hasGap(parts) ? null : parts.join('');
  }
  const value = firstOf(whole, field.path);
  if (!('values' in field)) return value;
  return field.values.get(String(value ?? '')) ?? field.otherwise ?? value;
}

/** Whether a value, not a piece of the text between the values, is missing. */
const hasGap = (parts: readonly unknown[]): boolean =>
  parts.some((part, index) => index % 2 === 1 && (part === null || part === undefined || part === ''));

function firstOf(whole: SourceObject, paths: string): unknown {
  for (const path of paths.split('|')) {
    const value = plain(valueAt(whole, path.trim()));
    if (value !== null && value !== undefined && value !== '') return value;
  }
  return null;
}

/** A list or an object is no column. */
const plain = (value: unknown): unknown => (typeof value === 'object' ? null : value);

export function valueAt(object: SourceObject, path: string): unknown {
  let value: unknown = object;
  for (const part of path.split(/[.[\]]+/).filter(Boolean)) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

/** `{a: [{b: 1}]}` as `{'a[0].b': 1}` */
function flat(object: SourceObject, into: Row = {}, prefix = ''): Row {
  for (const [name, value] of Object.entries(object)) {
    const path = Array.isArray(object) ? `${prefix}[${name}]` : prefix === '' ? name : `${prefix}.${name}`;
    if (typeof value === 'object' && value !== null) flat(value as SourceObject, into, path);
    else into[path] = value;
  }
  return into;
}

function parsed(text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    throw new ConnectorError(
      `Mapping: a select is not valid YAML: ${cause instanceof Error ? cause.message : 'unreadable'}`,
      { cause },
    );
  }
}

function mapOf(value: unknown, where: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ConnectorError(`Mapping: ${where} must be a map.`);
  return value as Record<string, unknown>; // checked: a plain YAML map
}
