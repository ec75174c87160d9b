import { RECORD_SCHEMAS, type RecordKind } from '@carrick/protocol';
import { htmlToText } from './html-to-text.ts';
import type { KindMapping, Mapping } from './mapping.ts';

/** A source row turned into the record that will be sent. */
export interface ShapedRow {
  readonly id: string;
  readonly parentId: string | null;
  readonly cursor: string | null;
  readonly record: Record<string, unknown>;
  /** Why the row cannot be sent at all; it goes to the ledger with this reason. */
  readonly problem?: string;
}

/** The wire's own name for a record's id; a mapping may use it instead of `id`. */
const ID_COLUMNS = ['id', 'atsCandidateId', 'atsJobApplicationId', 'externalJobPostingId'] as const;
const CONTROL_COLUMNS = new Set(['parentId', 'cursor']);

type Column = {
  readonly path: readonly (string | number)[];
  readonly type: 'text' | 'time' | 'boolean';
  readonly isHtml: boolean;
};

/**
 * Compiles a kind's mapping once; the result turns rows into records. A placeholder or empty value leaves its field
 * out (which the platform reads as null); a value that does not fit is sent as it is, so that the platform's own
 * message names the field.
 */
export function rowShaper(mapping: Mapping, kind: KindMapping): (row: Record<string, unknown>) => ShapedRow {
  const missing = new Set(['', ...mapping.missing]);
  const columns = new Map<string, Column>();
  const columnOf = (name: string): Column => {
    const known = columns.get(name);
    if (known) return known;
    const path = name
      .split(/[.[\]]+/)
      .filter(Boolean)
      .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
    const column: Column = { path, type: typeOf(kind.kind, path), isHtml: kind.html.includes(name) };
    columns.set(name, column);
    return column;
  };
  return (row) => {
    const idColumn = ID_COLUMNS.find((name) => row[name] !== undefined && (name === 'id' || !('id' in row)));
    const record: Record<string, unknown> =
      kind.kind === 'candidate' ? { emailAddresses: [], phoneNumbers: [], addresses: [] } : {};
    for (const [name, raw] of Object.entries(row)) {
      if (name === idColumn || CONTROL_COLUMNS.has(name) || raw === null || raw === undefined) continue;
      const text = asText(raw).trim();
      const column = columnOf(name);
      if (column.type === 'text' && missing.has(text)) continue;
      const value = convert(text, raw, column, mapping.timezone);
      if (value !== null) place(record, column.path, value);
    }
    for (const [field, value] of Object.entries(record))
      if (Array.isArray(value)) record[field] = value.filter((item) => item !== undefined);
    const cursor = row.cursor === undefined || row.cursor === null ? null : asText(row.cursor);
    if (kind.kind === 'entityAcl' || kind.kind === 'entityAclAssignee')
      return { ...accessRule(mapping, record), cursor };
    const parentId = row.parentId === undefined || row.parentId === null ? null : asText(row.parentId);
    const id = idColumn === undefined ? '' : asText(row[idColumn]);
    const shaped = { id, parentId, cursor, record };
    if (id === '') return { ...shaped, problem: 'the row has no id: select it AS id' };
    return kind.isChild && parentId === null
      ? { ...shaped, problem: 'the row has no parentId: it hangs on nothing' }
      : shaped;
  };
}

/** Access rules have no fields: their key is all they say, so their id is the key's own parts as JSON. */
function accessRule(mapping: Mapping, parts: Record<string, unknown>): Omit<ShapedRow, 'cursor'> {
  const { atsUser, ...own } = parts;
  const key = { atsEntityType: 'JOB_POSTING', ...own };
  if (atsUser === undefined) return { id: stable(key), parentId: null, record: {} };
  const assignee = mapping.users.get(String(atsUser));
  if (assignee) return { id: stable({ ...key, assignee }), parentId: null, record: {} };
  return {
    id: stable({ ...key, atsUser }),
    parentId: null,
    record: {},
    problem: `ATS user ${String(atsUser)} is not bound to a person: add it under "users" in the mapping`,
  };
}

const stable = (parts: Record<string, unknown>) =>
  JSON.stringify(Object.fromEntries(Object.entries(parts).sort(([a], [b]) => (a < b ? -1 : 1))));

function asText(value: unknown): string {
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  return String(value);
}

function convert(text: string, raw: unknown, column: Column, timezone: string): unknown {
  if (column.type === 'time') return toEpochMs(text, raw, timezone);
  if (column.type === 'boolean') return text === '1' || text.toLowerCase() === 'true';
  const plain = column.isHtml ? htmlToText(text) : text;
  return plain === '' ? null : plain;
}

/** MySQL's zero date means no date; a number below 10^11 is taken as seconds. */
function toEpochMs(text: string, raw: unknown, timezone: string): number | null {
  if (text === '' || text.startsWith('0000-00-00')) return null;
  if (typeof raw === 'number' || /^\d+$/.test(text)) {
    const value = Number(text);
    return value < 1e11 ? value * 1000 : value;
  }
  const date = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?/.exec(text);
  if (!date) return null;
  const value = Date.parse(`${date[1]}T${date[2] ?? '00:00:00'}${timezone}`);
  return Number.isNaN(value) ? null : value;
}

/** The wire type of a path, read from the record's schema, so that a mapping never repeats it. */
function typeOf(kind: RecordKind, path: readonly (string | number)[]): Column['type'] {
  let schema: unknown = RECORD_SCHEMAS[kind];
  for (const part of path) {
    const node = unwrap(schema);
    schema =
      typeof part === 'number'
        ? node.items
        : (node.properties as Record<string, unknown> | undefined)?.[part];
    if (schema === undefined) return 'text';
  }
  const { type } = unwrap(schema);
  return type === 'integer' ? 'time' : type === 'boolean' ? 'boolean' : 'text';
}

/** Optional fields are a union of the value and null. */
function unwrap(schema: unknown): Record<string, unknown> {
  const node = schema as Record<string, unknown>; // TypeBox schemas are JSON Schema objects
  if (!Array.isArray(node.anyOf)) return node;
  return unwrap(node.anyOf.find((option: { type?: string }) => option.type !== 'null'));
}

function place(target: Record<string, unknown>, path: readonly (string | number)[], value: unknown): void {
  let node: Record<string | number, unknown> = target;
  for (const [index, part] of path.entries()) {
    if (index === path.length - 1) {
      node[part] = value;
      return;
    }
    node[part] ??= typeof path[index + 1] === 'number' ? [] : {};
    node = node[part] as Record<string | number, unknown>; // made just above
  }
}
