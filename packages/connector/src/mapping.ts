import { readFile } from 'node:fs/promises';
import { RECORD_KINDS, RESOURCES, type RecordKind } from '@carrick/protocol';
import { parse } from 'yaml';
import { parseWatches, type Watch } from './capture/watch.ts';
import { ConnectorError } from './connector-error.ts';

/**
 * A mapping file says how one ATS's tables become records: one SELECT a kind. Columns are named as wire fields; nested
 * ones by path (`emailAddresses[0]`, `addresses[0].city`, `author.firstName`). `id` is the record's own id, `parentId`
 * the candidate or application it hangs on, `cursor` a column that moves when the row changes (optional). Access rules
 * are rows of `atsEntityAclId` and `atsEntityId`, their assignees of `atsEntityAclId` and `assignee` or `atsUser`. `capture` names
 * the tables whose changes concern the kind, for a connector that is told by triggers (`carrick capture`).
 */
export interface Mapping {
  readonly name: string;
  /** Values that mean "nothing" in this ATS, compared as text. */
  readonly missing: readonly string[];
  /** UTC offset of date columns that name none, such as "+01:00". */
  readonly timezone: string;
  readonly kinds: ReadonlyMap<RecordKind, KindMapping>;
  /** ATS user id → person URN, for the assignees of access rules. */
  readonly users: ReadonlyMap<string, string>;
}

export interface KindMapping {
  readonly kind: RecordKind;
  /** Hangs on a candidate or an application. */
  readonly isChild: boolean;
  readonly select: string;
  /** Fields that hold HTML in the source; sent as readable text. */
  readonly html: readonly string[];
  /** Whose changes concern it, where the ATS's database captures them. */
  readonly capture: readonly Watch[];
}

export async function readMapping(path: string): Promise<Mapping> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new ConnectorError(`The mapping file ${path} cannot be read.`, { cause });
  });
  return parseMapping(text);
}

export function parseMapping(text: string): Mapping {
  const root = object(parseYaml(text), 'the file');
  const kinds = new Map<RecordKind, KindMapping>();
  const given = object(root.kinds, 'kinds');
  for (const name of Object.keys(given)) {
    const kind = RECORD_KINDS.find((known) => known === name);
    if (!kind)
      throw new ConnectorError(
        `Mapping: "${name}" is no record kind. Known kinds: ${RECORD_KINDS.join(', ')}.`,
      );
    const entry = object(given[name], `kinds.${name}`);
    if (typeof entry.select !== 'string')
      throw new ConnectorError(`Mapping: kinds.${name} needs a "select".`);
    kinds.set(kind, {
      kind,
      isChild: RESOURCES.some((resource) => resource.kind === kind && 'parent' in resource),
      select: entry.select.trim().replace(/;$/, ''),
      html: strings(entry.html, `kinds.${name}.html`),
      capture: parseWatches(entry.capture, `kinds.${name}.capture`),
    });
  }
  if (kinds.size === 0) throw new ConnectorError('Mapping: "kinds" is empty: there is nothing to send.');
  const timezone = root.timezone ?? '+00:00';
  if (typeof timezone !== 'string' || !/^[+-]\d\d:\d\d$/.test(timezone))
    throw new ConnectorError('Mapping: "timezone" must look like "+00:00".');
  return {
    name: typeof root.name === 'string' ? root.name : 'ATS',
    missing: strings(root.missing, 'missing'),
    timezone,
    kinds,
    users: usersOf(object(root.users ?? {}, 'users')),
  };
}

function usersOf(given: Record<string, unknown>): ReadonlyMap<string, string> {
  for (const [user, person] of Object.entries(given))
    if (typeof person !== 'string' || !/^urn:li:person:\S+$/.test(person))
      throw new ConnectorError(`Mapping: users.${user} must be a person, urn:li:person:…`);
  return new Map(Object.entries(given) as [string, string][]); // checked above
}

function parseYaml(text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    throw new ConnectorError(
      `The mapping file is not valid YAML: ${cause instanceof Error ? cause.message : 'unreadable'}`,
      { cause },
    );
  }
}

function object(value: unknown, where: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ConnectorError(`Mapping: ${where} must be a map.`);
  return value as Record<string, unknown>; // checked: a plain YAML map
}

function strings(value: unknown, where: string): readonly string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new ConnectorError(`Mapping: ${where} must be a list.`);
  return value.map((item) => (item === null ? '' : String(item)));
}
