import type { RecordKind } from '@carrick/protocol';
import { type FieldColumn, fieldColumn, idColumns, isAccessKind } from './columns.ts';
import { htmlToText } from './html-to-text.ts';
import type { KindMapping, Mapping } from './mapping.ts';

/** A source row turned into the record that will be sent. */
export interface ShapedRow {
  readonly id: string;
  /** Empty for what hangs on nothing. */
  readonly parentId: string;
  readonly cursor: string | null;
  readonly record: Record<string, unknown>;
  /** Why the row cannot be sent at all; it goes to the ledger with this reason. */
  readonly problem?: string;
}

/** The wire wants these even when there is nothing to say. */
const EMPTY_RECORDS: Partial<Record<RecordKind, () => Record<string, unknown>>> = {
  candidate: () => ({ emailAddresses: [], phoneNumbers: [], addresses: [] }),
};

/**
 * Compiles a kind's mapping once; the result turns rows into records. A placeholder or empty value leaves its field
 * out (which the platform reads as null); a value that does not fit is sent as it is, so that the platform's own
 * message names the field.
 */
export function rowShaper(mapping: Mapping, kind: KindMapping): (row: Record<string, unknown>) => ShapedRow {
  const missing = new Set(['', ...mapping.missing]);
  const ids = idColumns(kind.kind);
  const columns = new Map<string, FieldColumn | null>();
  const columnOf = (name: string): FieldColumn | null => {
    const known = columns.get(name);
    if (known !== undefined) return known;
    const column = fieldColumn(kind.kind, name);
    columns.set(name, column);
    return column;
  };
  return (row) => {
    const idColumn = ids.find((name) => name in row);
    const record = EMPTY_RECORDS[kind.kind]?.() ?? {};
    for (const [name, raw] of Object.entries(row)) {
      const column = name === idColumn || raw === null || raw === undefined ? null : columnOf(name);
      if (!column) continue;
      const text = asText(raw).trim();
      if (text === '' || (column.type === 'text' && missing.has(text))) continue;
      const value = convert(text, raw, column.type, kind.html.includes(name), mapping.timezone);
      if (value !== null) place(record, column.path, value);
    }
    for (const [field, value] of Object.entries(record))
      if (Array.isArray(value)) record[field] = value.filter((item) => item !== undefined);
    const cursor = row.cursor === undefined || row.cursor === null ? null : asText(row.cursor);
    if (isAccessKind(kind.kind))
      return { ...accessRule(kind.kind, mapping, record), parentId: '', cursor, record: {} };
    const id = idColumn === undefined ? '' : asText(row[idColumn] ?? '');
    const parentId = kind.isChild ? asText(row.parentId ?? '') : '';
    const shaped = { id, parentId, cursor, record };
    if (id === '') return { ...shaped, problem: 'the row has no id' };
    return kind.isChild && parentId === ''
      ? { ...shaped, problem: 'the row has no parentId: it hangs on nothing' }
      : shaped;
  };
}

/** The id of an access rule is its key's own parts as JSON; the wire client reads them from there. */
function accessRule(
  kind: 'entityAcl' | 'entityAclAssignee',
  mapping: Mapping,
  parts: Record<string, unknown>,
): Pick<ShapedRow, 'id' | 'problem'> {
  const { atsUser, ...own } = parts;
  const key: Record<string, unknown> = { atsEntityType: 'JOB_POSTING', ...own };
  if (kind === 'entityAclAssignee') key.assignee ??= mapping.users.get(String(atsUser));
  for (const part of kind === 'entityAcl' ? ['atsEntityAclId', 'atsEntityId'] : ['atsEntityAclId'])
    if (key[part] === undefined)
      return { id: stable({ ...key, atsUser }), problem: `the row has no ${part}` };
  if (kind === 'entityAcl' || key.assignee !== undefined) return { id: stable(key) };
  return {
    id: stable({ ...key, atsUser }),
    problem:
      atsUser === undefined
        ? 'the row names neither an assignee nor an atsUser'
        : `ATS user ${String(atsUser)} is not bound to a person: add it under "users" in the mapping`,
  };
}

const stable = (parts: Record<string, unknown>) =>
  JSON.stringify(Object.fromEntries(Object.entries(parts).sort(([a], [b]) => (a < b ? -1 : 1))));

function asText(value: unknown): string {
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : String(value);
}

function convert(
  text: string,
  raw: unknown,
  type: FieldColumn['type'],
  isHtml: boolean,
  timezone: string,
): unknown {
  if (type === 'time') return toEpochMs(text, timezone);
  if (type === 'boolean') return toBoolean(text, raw);
  const plain = isHtml ? htmlToText(text) : text;
  return plain === '' ? null : plain;
}

function toBoolean(text: string, raw: unknown): unknown {
  if (raw instanceof Uint8Array && raw.length === 1 && (raw[0] ?? 0) < 2) return raw[0] === 1; // BIT(1)
  if (/^(1|t|true|y|yes)$/i.test(text)) return true;
  return /^(0|f|false|n|no)$/i.test(text) ? false : text;
}

const DATE = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/;

/** Zero dates are no dates; a number below 10^11 is in seconds; a date without an offset is in the source's. */
function toEpochMs(text: string, timezone: string): number | string | null {
  if (text.startsWith('0000-00-00') || text === '0') return null;
  if (/^\d+$/.test(text)) return Number(text) < 1e11 ? Number(text) * 1000 : Number(text);
  const [, date, time = '00:00:00', offset = timezone] = DATE.exec(text) ?? [];
  const value = Date.parse(`${date}T${time}${offset.replace(/(\d\d)(\d\d)$/, '$1:$2')}`);
  return Number.isNaN(value) ? text : value;
}

function place(target: Record<string, unknown>, path: readonly (string | number)[], value: unknown): void {
  let node: Record<string | number, unknown> = target;
  for (const [index, part] of path.entries()) {
    if (index === path.length - 1) {
      node[part] = value;
      return;
    }
    node[part] ??= typeof path[index + 1] === 'number' ? [] : {};
    node = node[part] as Record<string | number, unknown>; // made just above, or by a column with the same beginning
  }
}
