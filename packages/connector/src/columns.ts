import { RECORD_SCHEMAS, RESOURCES, type RecordKind } from '@carrick/protocol';
import { ConnectorError } from './connector-error.ts';
import type { KindMapping } from './mapping.ts';

/** A column of a mapping's SELECT that becomes a field of the record. */
export interface FieldColumn {
  readonly path: readonly (string | number)[];
  readonly type: 'text' | 'time' | 'boolean';
}

/** Access rules have no fields: these columns are the parts of their key. `atsUser` is bound to an assignee by the mapping. */
const ACCESS_COLUMNS = {
  entityAcl: { needed: [['atsEntityAclId'], ['atsEntityId']], optional: ['atsEntityType'] },
  entityAclAssignee: { needed: [['atsEntityAclId'], ['assignee', 'atsUser']], optional: ['atsEntityType'] },
} as const;

type AccessKind = keyof typeof ACCESS_COLUMNS;
export const isAccessKind = (kind: RecordKind): kind is AccessKind => kind in ACCESS_COLUMNS;

/** Of an application: which file is its résumé. No fields of the wire, where it is an attachment. */
const RESUME_COLUMNS: readonly string[] = ['resume.file', 'resume.fileName', 'resume.version'];

/** Columns that may hold the record's own id: `id`, or the wire's name for it. */
export function idColumns(kind: RecordKind): readonly string[] {
  const resource = RESOURCES.find((row) => row.kind === kind);
  const wireName =
    kind === 'job' ? 'externalJobPostingId' : resource && 'idPart' in resource && resource.idPart;
  return wireName ? ['id', wireName] : ['id'];
}

/** The field a column name stands for, typed by the record's schema, so that a mapping never repeats it; null for none. */
export function fieldColumn(kind: RecordKind, name: string): FieldColumn | null {
  if (isAccessKind(kind)) {
    const { needed, optional } = ACCESS_COLUMNS[kind];
    return [...needed.flat(), ...optional].some((known) => known === name)
      ? { path: [name], type: 'text' }
      : null;
  }
  if (kind === 'application' && RESUME_COLUMNS.includes(name)) return { path: name.split('.'), type: 'text' };
  const path = name
    .split(/[.[\]]+/)
    .filter(Boolean)
    .map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : part));
  let node = unwrap(RECORD_SCHEMAS[kind]);
  for (const part of path) {
    const next =
      typeof part === 'number'
        ? node.items
        : (node.properties as Record<string, unknown> | undefined)?.[part];
    if (next === undefined) return null;
    node = unwrap(next);
  }
  const { type } = node;
  if (type === 'object' || type === 'array') return null;
  return { path, type: type === 'integer' ? 'time' : type === 'boolean' ? 'boolean' : 'text' };
}

/**
 * Looks at what a kind's SELECT returns before a row is read. Returns the columns that mean nothing on the wire.
 * @throws ConnectorError when rows of it could not be told apart or hung on anything.
 */
export function checkColumns(
  { kind, isChild, html, capture }: KindMapping,
  names: readonly string[],
): { unknown: string[]; hasCursor: boolean } {
  const refuse = (what: string) => new ConnectorError(`Mapping: the select of kinds.${kind} ${what}.`);
  if (isAccessKind(kind)) {
    for (const choice of ACCESS_COLUMNS[kind].needed)
      if (!choice.some((name) => names.includes(name)))
        throw refuse(`returns no column ${choice.join(' or ')}`);
  } else {
    if (!idColumns(kind).some((name) => names.includes(name))) throw refuse('returns no column id');
    if (isChild && !names.includes('parentId')) throw refuse('returns no column parentId');
  }
  for (const name of html)
    if (!names.includes(name))
      throw new ConnectorError(
        `Mapping: kinds.${kind}.html names "${name}", which its select does not return.`,
      );
  for (const { as } of capture)
    if (!names.includes(as))
      throw new ConnectorError(
        `Mapping: kinds.${kind}.capture compares with "${as}", which its select does not return.`,
      );
  const control = new Set(['parentId', 'cursor', ...(isAccessKind(kind) ? [] : idColumns(kind))]);
  return {
    unknown: names.filter((name) => !control.has(name) && fieldColumn(kind, name) === null),
    hasCursor: names.includes('cursor'),
  };
}

/** Optional fields are a union of the value and null; enumerations are unions too, of texts. */
function unwrap(schema: unknown): Record<string, unknown> {
  const node = schema as Record<string, unknown>; // TypeBox schemas are JSON Schema objects
  if (!Array.isArray(node.anyOf)) return node;
  return unwrap(node.anyOf.find((option: { type?: string }) => option.type !== 'null'));
}
