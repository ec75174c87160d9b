import {
  collectionResponse,
  DATA_PROVIDER,
  ERRORS,
  type ErrorBody,
  errorBody,
  IntegrationName,
  invalidField,
  keyIdentity,
  keyParts,
  type Patch,
  ProtocolError,
  parsePage,
  parsePatch,
  RECRUITER_TENANT,
  RestliError,
  type TypedKey,
  textParam,
  validateFields,
} from '@carrick/protocol';
import { BatchAnswer, entitiesOf, idsOf } from '../kernel/batch-answer.ts';
import type { Context } from '../kernel/context.ts';
import { projectCollection, projectorOf } from '../kernel/project-answer.ts';
import { isObject, type WireRequest } from '../kernel/wire-request.ts';
import type { WireAnswer } from '../kernel/wire-routes.ts';
import {
  foreignContexts,
  type IntegrationScope,
  NOT_REQUESTED,
  readIntegrationKey,
} from './integration-key.ts';
import {
  findNotified,
  type Integration,
  type IntegrationKey,
  listIntegrations,
  nameIntegrations,
} from './integrations.ts';
import { waitingOf } from './onboarding-status.ts';

export async function answerIntegrations(
  ctx: Context,
  scope: IntegrationScope,
  wire: WireRequest,
): Promise<WireAnswer> {
  switch (wire.method) {
    case 'batch_partial_update':
    case 'partial_update':
      return nameBatch(ctx, scope, wire);
    case 'batch_get':
    case 'get':
      return getBatch(ctx, scope, wire);
    case 'finder':
      return findRequested(ctx, scope, wire);
    default:
      // The resource table offers nothing else.
      throw new ProtocolError('BAD_REQUEST', ERRORS.METHOD_NOT_ALLOWED.message);
  }
}

async function nameBatch(ctx: Context, scope: IntegrationScope, wire: WireRequest): Promise<WireAnswer> {
  const ids = idsOf(wire);
  const answer = new BatchAnswer(wire, ids);
  const patched = [...entitiesOf(wire, ids)];
  const keys = await addressAll(
    ctx,
    scope,
    wire,
    answer,
    patched.map(({ key }) => key),
  );
  const named: { readonly wireKey: TypedKey; readonly key: IntegrationKey; readonly name: string }[] = [];
  for (const { key: wireKey, value } of patched) {
    const key = keys.get(keyIdentity(wireKey));
    if (!key) continue; // it has its refusal
    const read = nameOf(value);
    if ('refusal' in read) answer.refuse(wireKey, read.refusal);
    else named.push({ wireKey, key, name: read.name });
  }
  const found = scope
    ? await nameIntegrations(
        ctx,
        scope,
        named.map(({ key, name }) => ({ ...key, name })),
      )
    : [];
  const known = new Set(found.map(identityOf));
  for (const { wireKey, key } of named)
    answer.settle(wireKey, known.has(identityOf(key)) ? { status: 204 } : NOT_REQUESTED);
  return answer.answer();
}

const READ_ONLY = ['onboardingStatus', 'integrationContext', 'integrationType', 'tenantType', 'dataProvider'];

function nameOf(value: unknown): { readonly name: string } | { readonly refusal: ErrorBody } {
  let patch: Patch;
  try {
    patch = parsePatch(isObject(value) ? value.patch : undefined);
  } catch (error) {
    if (error instanceof RestliError) return { refusal: errorBody('BAD_REQUEST', error.message) };
    throw error;
  }
  const fields = [...patch.set.keys(), ...patch.remove, ...patch.children.keys()];
  const fixed = fields.find((field) => READ_ONLY.includes(field));
  if (fixed) return { refusal: invalidField(fixed, 'is read-only') };
  const validated = validateFields(IntegrationName, Object.fromEntries(patch.set));
  if (!validated.ok) return { refusal: errorBody('INVALID_RECORD', validated.message) };
  const name = validated.fields.integrationName;
  return name.trim() === '' ? { refusal: invalidField('integrationName', 'must not be empty') } : { name };
}

async function getBatch(ctx: Context, scope: IntegrationScope, wire: WireRequest): Promise<WireAnswer> {
  const ids = idsOf(wire);
  const answer = new BatchAnswer(wire, ids);
  const entityOf = wire.params.projections.has('fields') ? withWaiting(wire) : namedEntity;
  const keys = await addressAll(ctx, scope, wire, answer, ids.keys);
  const integrations = scope ? await listIntegrations(ctx, scope) : [];
  const byKey = new Map(integrations.map((each) => [identityOf(each), each]));
  for (const wireKey of ids.keys) {
    const key = keys.get(keyIdentity(wireKey));
    if (!key) continue; // it has its refusal
    const integration = byKey.get(identityOf(key));
    if (integration) answer.give(wireKey, entityOf(integration));
    else answer.refuse(wireKey, NOT_REQUESTED);
  }
  return answer.answer({ statuses: true });
}

/** What an integration is when nobody says which fields: what the ATS sent, and the status. */
function namedEntity({ name, status }: Integration): object {
  return { ...(name === null ? {} : { integrationName: name }), onboardingStatus: status };
}

/** `waitsFor` and `missing` are ours: only who names them in `fields` gets them. */
function withWaiting({ params }: WireRequest): (integration: Integration) => unknown {
  const projected = projectorOf(params, 'fields');
  return (integration) => projected({ ...namedEntity(integration), ...waitingOf(integration) });
}

async function findRequested(ctx: Context, scope: IntegrationScope, wire: WireRequest): Promise<WireAnswer> {
  const { params, path, rawQuery } = wire;
  if (textParam(params, 'q') !== 'request')
    throw new ProtocolError('BAD_REQUEST', 'The only finder here is q=request');
  const requestId = textParam(params, 'requestId') ?? '';
  if (requestId === '') throw new ProtocolError('BAD_REQUEST', "Parameter 'requestId' is missing");
  const page = parsePage(params);
  if (!scope) throw new ProtocolError('NOT_FOUND', 'There is no request with this id');
  const { type, contextUrn, name, status } = await findNotified(ctx, scope, requestId);
  const element = {
    dataProvider: DATA_PROVIDER,
    integrationContext: contextUrn,
    ...(name === null ? {} : { integrationName: name }),
    integrationType: type,
    onboardingStatus: status,
    tenantType: RECRUITER_TENANT,
  };
  const found = [element].slice(page.start, page.start + page.count);
  return { body: projectCollection(params, collectionResponse(found, page, { path, rawQuery })) };
}

/** The keys that the caller may reach, by the identity of their wire key; the others get their refusal. */
async function addressAll(
  ctx: Context,
  scope: IntegrationScope,
  wire: WireRequest,
  answer: BatchAnswer,
  wireKeys: readonly TypedKey[],
): Promise<ReadonlyMap<string, IntegrationKey>> {
  const keys = new Map<string, IntegrationKey>();
  const read = wireKeys.map((wireKey) => ({
    wireKey,
    address: readIntegrationKey(keyParts(wireKey, wire.resource)),
  }));
  const contexts = read.flatMap(({ address }) => ('key' in address ? [address.key.contextUrn] : []));
  const foreign = await foreignContexts(ctx, scope, contexts);
  for (const { wireKey, address } of read) {
    if ('refusal' in address) answer.refuse(wireKey, address.refusal);
    else if (foreign.has(address.key.contextUrn)) answer.refuse(wireKey, errorBody('CONTEXT_NOT_OWNED'));
    else keys.set(keyIdentity(wireKey), address.key);
  }
  return keys;
}

function identityOf({ type, contextUrn }: IntegrationKey): string {
  return keyIdentity([type, contextUrn]);
}
