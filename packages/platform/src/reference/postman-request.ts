import {
  encodeBodyKey,
  encodePathKey,
  exampleKey,
  KEY_EXAMPLES,
  type KeyValues,
  RECORD_EXAMPLES,
  RESOURCES,
  REST_RESOURCES,
  type RecordKind,
  type ResourceDefinition,
  type RestResource,
  recordToWire,
} from '@carrick/protocol';
import { answers, type Check, everyKey, finds, hasHeader, includes, keeps } from './postman-checks.ts';

/** One request of the collection. Texts may hold {{variables}}. */
export interface PostmanRequest {
  readonly name: string;
  readonly verb: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** From the slash on, with its query. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Whose token is sent; a form is sent without one. */
  readonly as: 'customer' | 'partner' | 'nobody';
  readonly form?: Readonly<Record<string, string>>;
  readonly checks: readonly Check[];
}

export interface PostmanFolder {
  readonly name: string;
  readonly requests: readonly PostmanRequest[];
}

/** Ids of one run: a second run on the same platform meets nothing of the first. */
export const VALUES = {
  ...KEY_EXAMPLES,
  integrationContext: '{{organization}}',
  assignee: '{{person}}',
  atsCandidateId: 'CANDIDATE-{{run}}',
  atsJobApplicationId: 'APPLICATION-{{run}}',
  atsEntityAclId: 'TEAM-{{run}}',
  atsEntityId: 'JOB-{{run}}',
};
export const JOB_ID = VALUES.atsEntityId;
export const DIALECT = '202602';

export type Definition = ResourceDefinition & Partial<RestResource>;
const definitions: readonly ResourceDefinition[] = RESOURCES;
export const restDefinitions: readonly RestResource[] = REST_RESOURCES;

export function definitionOf(name: string, parent?: string): ResourceDefinition {
  const found = definitions.find((each) => each.name === name && each.parent === parent);
  if (!found) throw new Error(`no resource ${name}`);
  return found;
}

/** Under the names of the resource's dialect; the ids inside are those of the run. */
export function recordOf(kind: RecordKind, definition: Definition): Readonly<Record<string, unknown>> {
  const record: Readonly<Record<string, unknown>> = RECORD_EXAMPLES[kind];
  const ids = {
    ...('atsCandidateId' in record ? { atsCandidateId: VALUES.atsCandidateId } : {}),
    ...('atsJobPostingId' in record ? { atsJobPostingId: JOB_ID } : {}),
    ...('externalJobPostingId' in record ? { externalJobPostingId: JOB_ID } : {}),
    ...('integrationContext' in record ? { integrationContext: VALUES.integrationContext } : {}),
  };
  return recordToWire(definition, { ...record, ...ids });
}

// Variables stay readable in a URL: what has to be escaped in the values of examples is written as it is.
export const readable = (text: string) =>
  text.replaceAll('%7B', '{').replaceAll('%7D', '}').replaceAll('%3A', ':');

export function pathOf(definition: Definition): string {
  const root = definition.replaces === undefined ? 'v2' : 'rest';
  if (definition.parent === undefined) return `/${root}/${definition.name}`;
  const parent = definitionOf(definition.parent);
  const key = readable(encodePathKey(exampleKey(parent, VALUES), parent.key, '1.0.0'));
  return `/${root}/${parent.name}/${key}/${definition.name}`;
}

export function idsOf(definition: Definition, values: KeyValues = VALUES): string {
  const key = exampleKey(definition, values);
  if (definition.key.simple) return `ids=${key[0] ?? ''}`;
  return definition.key.parts.map((part, index) => `ids[0].${part}=${key[index] ?? ''}`).join('&');
}

function bodyKey(definition: Definition): string {
  return readable(encodeBodyKey(exampleKey(definition, VALUES), definition.key, '1.0.0'));
}

export function headersOf(definition: Definition, method?: string): Readonly<Record<string, string>> {
  return {
    ...(method === undefined ? {} : { 'X-RestLi-Method': method }),
    ...(definition.replaces === undefined ? {} : { 'LinkedIn-Version': DIALECT }),
  };
}

export const spoken = hasHeader('X-RestLi-Protocol-Version', '1.0.0');

export function put(name: string, definition: Definition, record: object): PostmanRequest {
  return {
    name,
    verb: 'PUT',
    url: `${pathOf(definition)}?${idsOf(definition)}`,
    headers: headersOf(definition, 'batch_update'),
    body: { entities: { [bodyKey(definition)]: record } },
    as: 'customer',
    checks: [answers(200), spoken, everyKey(204)],
  };
}

export function patch(name: string, definition: Definition, change: object): PostmanRequest {
  return {
    name,
    verb: 'POST',
    url: `${pathOf(definition)}?${idsOf(definition)}`,
    headers: headersOf(definition, 'batch_partial_update'),
    body: { entities: { [bodyKey(definition)]: { patch: change } } },
    as: 'customer',
    checks: [answers(200), spoken, everyKey(204)],
  };
}

export function get(name: string, definition: Definition, ...checks: Check[]): PostmanRequest {
  return {
    name,
    verb: 'GET',
    url: `${pathOf(definition)}?${idsOf(definition)}`,
    headers: headersOf(definition),
    as: 'customer',
    checks: [answers(200), spoken, ...checks],
  };
}

export function remove(name: string, definition: Definition, status = 204): PostmanRequest {
  return {
    name,
    verb: 'DELETE',
    url: `${pathOf(definition)}?${idsOf(definition)}`,
    headers: headersOf(definition),
    as: 'customer',
    checks: [answers(200), spoken, everyKey(status)],
  };
}

export function find(
  name: string,
  definition: Definition,
  criteria: string,
  ...elements: object[]
): PostmanRequest {
  const provider = definition.replaces === undefined ? '&dataProvider=ATS' : '';
  return {
    name,
    verb: 'GET',
    url: `${pathOf(definition)}?integrationContext={{organization}}${provider}&q=criteria&${criteria}`,
    headers: headersOf(definition),
    as: 'customer',
    checks: [answers(200), spoken, finds(...elements)],
  };
}

export function token(name: string, who: 'client' | 'partner_client', variable: string): PostmanRequest {
  return {
    name,
    verb: 'POST',
    url: '/oauth/v2/accessToken',
    as: 'nobody',
    form: {
      grant_type: 'client_credentials',
      client_id: `{{${who}_id}}`,
      client_secret: `{{${who}_secret}}`,
    },
    checks: [answers(200), keeps(variable, '.access_token'), includes({ expires_in: 1800 })],
  };
}
