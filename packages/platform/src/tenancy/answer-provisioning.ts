import {
  collectionResponse,
  ERRORS,
  encodePathKey,
  invalidField,
  isDeveloperApplicationUrn,
  ProtocolError,
  ProvisionedApplicationChange,
  ProvisionedApplication as ProvisionedApplicationSchema,
  parsePage,
  parsePatch,
  parseUrn,
  textParam,
  validateFields,
} from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import { projectCollection } from '../kernel/project-answer.ts';
import { jsonBody, type WireRequest } from '../kernel/wire-request.ts';
import { createdHeaders, type WireAnswer } from '../kernel/wire-routes.ts';
import { detailsProblem } from './application-details.ts';
import type { Credentials } from './oauth-application.ts';
import {
  changeApplication,
  findByForeignId,
  LONGEST_ROTATION_OVERLAP_MS,
  type ProvisionedApplication,
  provisionApplication,
  ROTATION_OVERLAP_MS,
  rotateSecret,
} from './provisioned-application.ts';

interface Partner {
  readonly applicationId: number;
}

export async function answerProvisioning(
  ctx: Context,
  partner: Partner,
  wire: WireRequest,
): Promise<WireAnswer> {
  switch (wire.method) {
    case 'create':
      return create(ctx, partner, wire);
    case 'finder':
      return findByCustomer(ctx, partner, wire);
    case 'partial_update':
      return change(ctx, partner, wire);
    case 'action':
      return act(ctx, partner, wire);
    default:
      // The resource table offers nothing else.
      throw new ProtocolError('BAD_REQUEST', ERRORS.METHOD_NOT_ALLOWED.message);
  }
}

/** `credentials` in the body are an import: the customer keeps the key it has. */
async function create(ctx: Context, partner: Partner, wire: WireRequest): Promise<WireAnswer> {
  const validated = validateFields(ProvisionedApplicationSchema, jsonBody(wire));
  if (!validated.ok) throw new ProtocolError('INVALID_RECORD', validated.message);
  const { uniqueForeignId, name, description, credentials, ...lists } = validated.fields;
  const { oauth2AuthorizedCallbackUrls = [], validJsSdkDomains = [] } = lists;
  checkDetails({ name, oauth2AuthorizedCallbackUrls, validJsSdkDomains });
  if (credentials && !CLIENT_ID.test(credentials.client_id))
    throw refused('credentials/client_id', 'must be letters, digits, - and _');
  const application = await provisionApplication(ctx, ctx.db.lookup, partner.applicationId, {
    foreignId: uniqueForeignId,
    details: { name, description, callbackUrls: oauth2AuthorizedCallbackUrls, jsDomains: validJsSdkDomains },
    credentials: credentials
      ? { clientId: credentials.client_id, clientSecret: credentials.client_secret }
      : null,
  });
  const key = [application.urn];
  return {
    status: 201,
    headers: createdHeaders(
      application.urn,
      `${wire.path.replace(/\/$/, '')}/${encodePathKey(key, wire.resource.key, wire.version)}`,
    ),
    body: { key: application.urn, credentials: credentialsOf(application) },
  };
}

const CLIENT_ID = /^[A-Za-z0-9_-]+$/;

async function findByCustomer(ctx: Context, partner: Partner, wire: WireRequest): Promise<WireAnswer> {
  const { params, path, rawQuery } = wire;
  if (textParam(params, 'q') !== 'credentialsByUniqueForeignId')
    throw new ProtocolError('BAD_REQUEST', 'The only finder here is q=credentialsByUniqueForeignId');
  const foreignId = textParam(params, 'uniqueForeignId') ?? '';
  if (foreignId === '') throw new ProtocolError('BAD_REQUEST', "Parameter 'uniqueForeignId' is missing");
  const page = parsePage(params);
  const found = foreignId.includes('\u0000')
    ? null
    : await findByForeignId(ctx, partner.applicationId, foreignId);
  const elements = (found ? [elementOf(found)] : []).slice(page.start, page.start + page.count);
  return { body: projectCollection(params, collectionResponse(elements, page, { path, rawQuery })) };
}

function elementOf(application: ProvisionedApplication): object {
  return {
    key: application.urn,
    uniqueForeignId: application.foreignId,
    name: application.name,
    description: application.description,
    validJsSdkDomains: application.jsDomains,
    oauth2AuthorizedCallbackUrls: application.callbackUrls,
    credentials: credentialsOf(application),
  };
}

function credentialsOf({ clientId, clientSecret }: Credentials): object {
  return { client_id: clientId, client_secret: clientSecret };
}

const LISTS = ['oauth2AuthorizedCallbackUrls', 'validJsSdkDomains'];

async function change(ctx: Context, partner: Partner, wire: WireRequest): Promise<WireAnswer> {
  const { set, remove, children } = parsePatch(jsonBody(wire).patch);
  const known = Object.keys(ProvisionedApplicationChange.properties);
  for (const field of [...set.keys(), ...remove, ...children.keys()]) {
    if (!known.includes(field)) throw refused(field, 'is unknown or cannot be changed');
    if (children.has(field)) throw refused(field, 'is replaced as a whole: give it in $set');
    if (remove.has(field) && !LISTS.includes(field))
      throw refused(field, 'is required and cannot be deleted');
  }
  const emptied = Object.fromEntries([...remove].map((field) => [field, []]));
  const validated = validateFields(ProvisionedApplicationChange, { ...Object.fromEntries(set), ...emptied });
  if (!validated.ok) throw new ProtocolError('INVALID_RECORD', validated.message);
  checkDetails(validated.fields);
  const { name, description, oauth2AuthorizedCallbackUrls, validJsSdkDomains } = validated.fields;
  const isThere = await changeApplication(ctx.db.lookup, partner.applicationId, applicationIdOf(wire), {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    ...(oauth2AuthorizedCallbackUrls === undefined ? {} : { callbackUrls: oauth2AuthorizedCallbackUrls }),
    ...(validJsSdkDomains === undefined ? {} : { jsDomains: validJsSdkDomains }),
  });
  if (!isThere) throw new ProtocolError('NOT_FOUND', NO_APPLICATION);
  return { status: 204 };
}

/** `?action=rotateSecret` with `{overlapMs}`: ours; the wire names no way to rotate. */
async function act(ctx: Context, partner: Partner, wire: WireRequest): Promise<WireAnswer> {
  const action = textParam(wire.params, 'action');
  if (action !== 'rotateSecret' || wire.key === null)
    throw new ProtocolError('BAD_REQUEST', 'The only action here is rotateSecret, on an application');
  const { overlapMs = ROTATION_OVERLAP_MS } = wire.bodyText.trim() === '' ? {} : jsonBody(wire);
  if (
    typeof overlapMs !== 'number' ||
    !Number.isInteger(overlapMs) ||
    overlapMs < 0 ||
    overlapMs > LONGEST_ROTATION_OVERLAP_MS
  )
    throw refused('overlapMs', `must be a whole number from 0 to ${LONGEST_ROTATION_OVERLAP_MS}`);
  const rotated = await rotateSecret(
    ctx,
    ctx.db.lookup,
    partner.applicationId,
    applicationIdOf(wire),
    overlapMs,
  );
  if (!rotated) throw new ProtocolError('NOT_FOUND', NO_APPLICATION);
  return {
    body: { value: { credentials: credentialsOf(rotated), formerSecretExpiresAt: rotated.formerGoodUntil } },
  };
}

const NO_APPLICATION = 'This partner has no application with this URN';

/** @throws ProtocolError NOT_FOUND for what is no URN of an application */
function applicationIdOf({ key }: WireRequest): number {
  const urn = key?.[0] ?? '';
  const id = isDeveloperApplicationUrn(urn) ? (parseUrn(urn)?.id ?? '') : '';
  if (!/^[1-9]\d{0,14}$/.test(id)) throw new ProtocolError('NOT_FOUND', NO_APPLICATION);
  return Number(id);
}

/** What a schema cannot say. @throws ProtocolError INVALID_RECORD */
function checkDetails(details: Parameters<typeof detailsProblem>[0]): void {
  const problem = detailsProblem(details);
  if (problem) throw refused(problem.field, problem.reason);
}

function refused(field: string, reason: string): ProtocolError {
  return new ProtocolError('INVALID_RECORD', invalidField(field, reason).message);
}
