import {
  type ApiBase,
  Attachment,
  MediaUrlRequest,
  nameOnWire,
  RECORD_SCHEMAS,
  RESOURCES,
  REST_RESOURCES,
  type ResourceDefinition,
  type ResourceKind,
  type RestResource,
  resourceAddress,
} from '@carrick/protocol';
import type { TSchema } from '@sinclair/typebox';
import { describeFields, type FieldDescription } from './describe-fields.ts';
import { type JsonSchema, keyShape, READ_SHAPES } from './read-shapes.ts';

/** A resource of one dialect, with what the reference says of it. */
export interface ApiResource {
  readonly base: ApiBase;
  /** `v2/atsCandidates/notes` */
  readonly address: string;
  readonly definition: ResourceDefinition & Partial<RestResource>;
  /** The path as a template: `/v2/atsCandidates/{parentKey}/notes`. */
  readonly path: string;
  /** What is written, under the names of this dialect; null where nothing is. */
  readonly schema: JsonSchema | null;
  /** What is read, where that is something else. */
  readonly readSchema: JsonSchema | null;
  readonly fields: readonly FieldDescription[];
}

/** What can be written, by kind; what is missing here is written without a body, or not at all. */
const WRITE_SCHEMAS: { readonly [K in ResourceKind]?: TSchema } = {
  ...RECORD_SCHEMAS,
  attachment: Attachment,
  mediaUrl: MediaUrlRequest,
};

/** Everything that is offered, both dialects, in the order of their tables. */
export function apiResources(): readonly ApiResource[] {
  const rest: readonly RestResource[] = REST_RESOURCES;
  return [
    ...RESOURCES.map((definition) => apiResource('v2', definition)),
    ...rest.filter(({ isUnseen }) => isUnseen !== true).map((definition) => apiResource('rest', definition)),
  ];
}

function apiResource(base: ApiBase, definition: ResourceDefinition & Partial<RestResource>): ApiResource {
  const { name, parent, kind } = definition;
  const schema = schemaOnWire(definition);
  return {
    base,
    definition,
    address: resourceAddress(definition, base),
    path: parent === undefined ? `/${base}/${name}` : `/${base}/${parent}/{parentKey}/${name}`,
    schema,
    readSchema: READ_SHAPES[kind] ?? (isKeyOnly(schema) ? keyShape(definition) : null),
    fields: schema ? describeFields(schema) : [],
  };
}

/** Of a record without fields the key is what can be read. */
function isKeyOnly(schema: JsonSchema | null): boolean {
  return schema !== null && Object.keys(schema.properties ?? {}).length === 0;
}

/** A record's schema with the field names of the dialect. Through JSON: what is left is plain JSON Schema. */
function schemaOnWire(definition: ResourceDefinition & Partial<RestResource>): JsonSchema | null {
  const { kind, replaces, longest } = definition;
  const written = WRITE_SCHEMAS[kind];
  if (!written) return null;
  const schema: JsonSchema = JSON.parse(JSON.stringify(written));
  const named = (field: string) => nameOnWire(definition, field);
  return {
    ...schema,
    ...(schema.required ? { required: schema.required.map(named) } : {}),
    properties: Object.fromEntries(
      Object.entries(schema.properties ?? {})
        .filter(([field]) => replaces !== undefined || !REST_ONLY.includes(field))
        .map(([field, content]) => {
          const maxLength = longest?.[named(field)];
          return [named(field), maxLength === undefined ? content : { ...content, maxLength }];
        }),
    ),
  };
}

/** Fields that the unversioned dialect does not have. */
const REST_ONLY = ['externalLastModifiedAt'];
