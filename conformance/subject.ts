import {
  type ApiBase,
  encodeBatchIds,
  encodeBodyKey,
  encodePathKey,
  exampleKey,
  type KeyValues,
  type ProtocolVersion,
  RECORD_EXAMPLES,
  RECORD_SCHEMAS,
  RESOURCES,
  REST_RESOURCES,
  type RecordKind,
  type ResourceDefinition,
  type RestResource,
  recordToWire,
  resourceAddress,
  type TypedKey,
} from '@carrick/protocol';

/** A resource of one dialect in one version of the protocol. */
export interface Subject {
  readonly base: ApiBase;
  /** `v2/atsCandidates/notes` */
  readonly address: string;
  readonly definition: ResourceDefinition & Partial<RestResource>;
  readonly version: ProtocolVersion;
}

const VERSIONS: readonly ProtocolVersion[] = ['1.0.0', '2.0.0'];

/** Every resource that a platform may be held to, in both versions. A new row of a table appears by itself. */
export function subjects(): readonly Subject[] {
  const rest: readonly RestResource[] = REST_RESOURCES;
  const rows = [
    ...RESOURCES.map((definition) => ({ base: 'v2', definition }) as const),
    ...rest
      .filter(({ isUnseen }) => isUnseen !== true)
      .map((definition) => ({ base: 'rest', definition }) as const),
  ];
  return rows.flatMap(({ base, definition }) =>
    VERSIONS.map((version) => ({ base, definition, version, address: resourceAddress(definition, base) })),
  );
}

/** The kind of a resource whose records the suite can make up; null for others. */
export function recordKind({ definition }: Subject): RecordKind | null {
  return definition.kind in RECORD_EXAMPLES ? (definition.kind as RecordKind) : null; // asked just now
}

/** A record as this dialect spells it. `ids` stand in for those of the example, under their names in /v2. */
export function exampleRecord(
  subject: Subject,
  kind: RecordKind,
  ids: KeyValues = {},
): Readonly<Record<string, unknown>> {
  const record: Readonly<Record<string, unknown>> = RECORD_EXAMPLES[kind];
  const own = Object.entries(ids).filter(([name]) => name in record);
  return recordToWire(subject.definition, { ...record, ...Object.fromEntries(own) });
}

/** The fields without which a record is refused, as this dialect spells them. */
export function requiredFields(subject: Subject, kind: RecordKind): readonly string[] {
  const { required = [] }: { readonly required?: readonly string[] } = RECORD_SCHEMAS[kind];
  return Object.keys(
    recordToWire(subject.definition, Object.fromEntries(required.map((name) => [name, null]))),
  );
}

/** Whose ids tell records of one kind apart: the name under /v2. */
function idName({ definition }: Subject): string {
  const { idPart, parts, key, kind } = definition;
  if (kind === 'entityAcl' || kind === 'entityAclAssignee') return 'atsEntityAclId';
  if (key.simple || idPart === undefined) return 'id';
  return parts?.[idPart] ?? idPart;
}

export function keyOf(subject: Subject, id: string, values: KeyValues): TypedKey {
  return exampleKey(subject.definition, { ...values, [idName(subject)]: id });
}

/** The path of the resource, its parent's key included. */
export function pathOf({ base, definition, version }: Subject, values: KeyValues): string {
  const { parent, name } = definition;
  if (parent === undefined) return `/${base}/${name}`;
  const parents: readonly ResourceDefinition[] = RESOURCES;
  const above = parents.find((each) => each.name === parent && each.parent === undefined);
  if (!above) throw new Error(`no resource ${parent}`);
  return `/${base}/${parent}/${encodePathKey(exampleKey(above, values), above.key, version)}/${name}`;
}

export function idsQuery({ definition, version }: Subject, keys: readonly TypedKey[]): string {
  return encodeBatchIds(keys, definition.key, version);
}

export function bodyKey({ definition, version }: Subject, key: TypedKey): string {
  return encodeBodyKey(key, definition.key, version);
}

export function pathKey({ definition, version }: Subject, key: TypedKey): string {
  return encodePathKey(key, definition.key, version);
}
