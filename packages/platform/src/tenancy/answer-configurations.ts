import {
  type CallbackUrlPolicy,
  CONFIGURATION_KEYS,
  Configuration as ConfigurationSchema,
  configurationProblem,
  ERRORS,
  type ErrorBody,
  errorBody,
  type IntegrationType,
  invalidField,
  ProtocolError,
  type TypedKey,
  validateFields,
} from '@carrick/protocol';
import { BatchAnswer, entitiesOf, idsOf } from '../kernel/batch-answer.ts';
import type { Context } from '../kernel/context.ts';
import { projectorOf } from '../kernel/project-answer.ts';
import type { WireRequest } from '../kernel/wire-request.ts';
import type { WireAnswer } from '../kernel/wire-routes.ts';
import {
  type Configuration,
  deleteConfigurations,
  getConfigurations,
  putConfigurations,
} from './configurations.ts';
import {
  foreignContexts,
  type IntegrationAddress,
  type IntegrationScope,
  NOT_REQUESTED,
  readIntegrationKey,
} from './integration-key.ts';
import type { AtsScope } from './integrations.ts';

/** Asks a callback URL whether it answers for the ATS. @returns why it is not taken; null when it is */
export type CheckCallback = (scope: AtsScope, url: string) => Promise<string | null>;

/** Configurations of one integration. Where that cannot be reached, each key says why. */
export async function answerConfigurations(
  ctx: Context,
  scope: IntegrationScope,
  wire: WireRequest,
  checkCallback: CheckCallback | null,
): Promise<WireAnswer> {
  const address = await addressOf(ctx, scope, wire);
  switch (wire.method) {
    case 'batch_update':
    case 'update':
      return putBatch(ctx, scope, wire, address, checkCallback);
    case 'batch_get':
    case 'get':
      return getBatch(ctx, scope, wire, address);
    case 'batch_delete':
    case 'delete':
      return deleteBatch(ctx, scope, wire, address);
    default:
      // The resource table offers nothing else.
      throw new ProtocolError('BAD_REQUEST', ERRORS.METHOD_NOT_ALLOWED.message);
  }
}

async function addressOf(
  ctx: Context,
  scope: IntegrationScope,
  { parent }: WireRequest,
): Promise<IntegrationAddress> {
  const address = readIntegrationKey(parent ?? new Map());
  if ('refusal' in address) return address;
  const { contextUrn } = address.key;
  const isForeign = (await foreignContexts(ctx, scope, [contextUrn])).has(contextUrn);
  return isForeign ? { refusal: errorBody('CONTEXT_NOT_OWNED') } : address;
}

async function putBatch(
  ctx: Context,
  scope: IntegrationScope,
  wire: WireRequest,
  address: IntegrationAddress,
  checkCallback: CheckCallback | null,
): Promise<WireAnswer> {
  const ids = idsOf(wire);
  const answer = new BatchAnswer(wire, ids);
  const entities = [...entitiesOf(wire, ids)];
  if ('refusal' in address)
    return refuseAll(
      answer,
      entities.map(({ key }) => key),
      address.refusal,
    );
  const put: (Configuration & { readonly wireKey: TypedKey })[] = [];
  for (const { key: wireKey, value } of entities) {
    const checked = checkEntity(address.key.type, wireKey, value, ctx.config.callbackUrls);
    if ('refusal' in checked) {
      answer.refuse(wireKey, checked.refusal);
      continue;
    }
    const isAsked = scope !== null && checkCallback !== null && checked.key === 'CALLBACK_URL';
    const problem = isAsked ? await checkCallback(scope, checked.value) : null;
    if (problem === null) put.push({ wireKey, ...checked });
    else answer.refuse(wireKey, invalidField('configurationValue/string', problem));
  }
  const isThere = scope !== null && (await putConfigurations(ctx, scope, address.key, put));
  for (const { wireKey } of put) answer.settle(wireKey, isThere ? { status: 204 } : NOT_REQUESTED);
  return answer.answer();
}

function checkEntity(
  type: IntegrationType,
  [text = '']: TypedKey,
  entity: unknown,
  policy: CallbackUrlPolicy,
): Configuration | { readonly refusal: ErrorBody } {
  const validated = validateFields(ConfigurationSchema, entity);
  if (!validated.ok) return { refusal: errorBody('INVALID_RECORD', validated.message) };
  const value = validated.fields.configurationValue.string;
  const key = CONFIGURATION_KEYS.find((each) => each === text);
  const problem = configurationProblem(type, text, value, policy);
  return key === undefined || problem !== null
    ? { refusal: invalidField('configurationValue/string', `${text.slice(0, 60)} ${problem ?? ''}`.trim()) }
    : { key, value };
}

async function getBatch(
  ctx: Context,
  scope: IntegrationScope,
  wire: WireRequest,
  address: IntegrationAddress,
): Promise<WireAnswer> {
  const ids = idsOf(wire);
  const answer = new BatchAnswer(wire, ids);
  if ('refusal' in address) return refuseAll(answer, ids.keys, address.refusal, { statuses: true });
  const projected = projectorOf(wire.params, 'fields');
  const values = scope && (await getConfigurations(ctx, scope, address.key));
  for (const key of ids.keys) {
    const value = values?.get(key[0] ?? '');
    if (value !== undefined) answer.give(key, projected({ configurationValue: { string: value } }));
    else answer.refuse(key, values ? NOT_CONFIGURED : NOT_REQUESTED);
  }
  return answer.answer({ statuses: true });
}

async function deleteBatch(
  ctx: Context,
  scope: IntegrationScope,
  wire: WireRequest,
  address: IntegrationAddress,
): Promise<WireAnswer> {
  const ids = idsOf(wire);
  const answer = new BatchAnswer(wire, ids);
  if ('refusal' in address) return refuseAll(answer, ids.keys, address.refusal);
  const names = ids.keys
    .map(([name = '']) => name)
    .filter((name) => CONFIGURATION_KEYS.some((each) => each === name));
  const deleted = scope && (await deleteConfigurations(ctx, scope, address.key, names));
  for (const key of ids.keys) {
    if (!deleted) answer.refuse(key, NOT_REQUESTED);
    else answer.settle(key, deleted.has(key[0] ?? '') ? { status: 204 } : NOT_CONFIGURED);
  }
  return answer.answer();
}

const NOT_CONFIGURED = errorBody('NOT_FOUND', 'This integration has no configuration under this key');

function refuseAll(
  answer: BatchAnswer,
  keys: readonly TypedKey[],
  refusal: ErrorBody,
  options?: { readonly statuses: boolean },
): WireAnswer {
  for (const key of keys) answer.refuse(key, refusal);
  return answer.answer(options);
}
