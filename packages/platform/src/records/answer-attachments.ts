import {
  ATTACHMENT_ENTITY_TYPES,
  Attachment,
  type AttachmentEntityType,
  type ErrorBody,
  errorBody,
  invalidField,
  keyParts,
  MediaUrlRequest,
  ProtocolError,
  parseUrn,
  recordFromWire,
  type TypedKey,
  USAGE_MEMBERS,
  USAGES,
  validateFields,
} from '@carrick/protocol';
import { BatchAnswer, entitiesOf, idsOf } from '../kernel/batch-answer.ts';
import type { HttpRequest, HttpResponse, Route } from '../kernel/http.ts';
import { renderError } from '../kernel/render-error.ts';
import { isObject, jsonBody, type WireRequest } from '../kernel/wire-request.ts';
import type { WireAnswer } from '../kernel/wire-routes.ts';
import type { Caller } from '../tenancy/index.ts';
import { contextRefusal } from './address.ts';
import { type AttachmentKey, deleteAttachments, putAttachments } from './attachments.ts';
import { announceUpload, storeFile, UPLOADS } from './media.ts';
import { keyProblem, type RecordStore } from './sync.ts';

/** The name of this member of the answer is not documented. */
const UPLOAD_URL_MEMBER = 'url';

type Addressed = { readonly key: AttachmentKey } | { readonly refusal: ErrorBody };

/** `resumes` below an application, or `attachments` of the versioned dialect, where the key says whose. */
function addressed(wire: WireRequest, wireKey: TypedKey, caller: Caller): Addressed {
  const parts = keyParts(wireKey, wire.resource, wire.parent);
  const refusal = contextRefusal(parts.get('integrationContext') ?? '', caller, parts.get('dataProvider'));
  if (refusal) return { refusal };
  const isChild = wire.resource.parent !== undefined;
  const type = isChild ? 'APPLICATION' : (parts.get('externalReferenceEntityType') ?? '');
  if (!isEntityType(type)) return { refusal: invalidField('externalReferenceEntityType', notASymbol(type)) };
  const attachmentType = isChild ? 'RESUME' : (parts.get('attachmentType') ?? '');
  if (attachmentType !== 'RESUME')
    return { refusal: invalidField('attachmentType', notASymbol(attachmentType)) };
  const entityId = parts.get(isChild ? 'atsJobApplicationId' : 'externalReferenceEntityId') ?? '';
  const id = parts.get('id') ?? '';
  const problem = keyProblem('applicationNote', [entityId, id]);
  return problem
    ? { refusal: errorBody('INVALID_RECORD', problem) }
    : { key: { entityType: type, entityId, id } };
}

const notASymbol = (value: string) => `${JSON.stringify(value.slice(0, 60))} is not an enum symbol`;

function isEntityType(text: string): text is AttachmentEntityType {
  return ATTACHMENT_ENTITY_TYPES.some((type) => type === text);
}

export async function updateAttachments(
  store: RecordStore,
  caller: Caller,
  wire: WireRequest,
): Promise<WireAnswer> {
  const ids = idsOf(wire);
  const answer = new BatchAnswer(wire, ids);
  const items: { wireKey: TypedKey; key: AttachmentKey; record: Attachment }[] = [];
  for (const { key: wireKey, value } of entitiesOf(wire, ids)) {
    const address = addressed(wire, wireKey, caller);
    const checked = validateFields(Attachment, recordFromWire(wire.resource, value));
    if ('refusal' in address) answer.refuse(wireKey, address.refusal);
    else if (!checked.ok) answer.refuse(wireKey, errorBody('INVALID_RECORD', checked.message));
    else items.push({ wireKey, key: address.key, record: checked.fields });
  }
  const outcomes = items.length === 0 ? [] : await putAttachments(store, caller, items);
  for (const [index, { wireKey }] of items.entries()) answer.settle(wireKey, outcomes[index]);
  return answer.answer();
}

export async function removeAttachments(
  store: RecordStore,
  caller: Caller,
  wire: WireRequest,
): Promise<WireAnswer> {
  const ids = idsOf(wire);
  const answer = new BatchAnswer(wire, ids);
  const items: { wireKey: TypedKey; key: AttachmentKey }[] = [];
  for (const wireKey of ids.keys) {
    const address = addressed(wire, wireKey, caller);
    if ('refusal' in address) answer.refuse(wireKey, address.refusal);
    else items.push({ wireKey, key: address.key });
  }
  const outcomes =
    items.length === 0
      ? []
      : await deleteAttachments(
          store,
          caller,
          items.map(({ key }) => key),
        );
  for (const [index, { wireKey }] of items.entries()) answer.settle(wireKey, outcomes[index]);
  return answer.answer();
}

const UNIT_MS = {
  MILLISECOND: 1,
  SECOND: 1_000,
  MINUTE: 60_000,
  HOUR: 3_600_000,
  DAY: 86_400_000,
  WEEK: 7 * 86_400_000,
  MONTH: 30 * 86_400_000,
  YEAR: 365 * 86_400_000,
} as const;
const LONGEST_LIFE_MS = 100 * UNIT_MS.YEAR;

/** Hands out the signed address to which one file can be uploaded. @throws ProtocolError INVALID_RECORD, ACCESS_DENIED */
export async function createMediaUrl(
  { ctx }: RecordStore,
  caller: Caller,
  wire: WireRequest,
  origin: string,
): Promise<WireAnswer> {
  const body = jsonBody(wire);
  const checked = validateFields(MediaUrlRequest, body);
  if (!checked.ok) throw new ProtocolError('INVALID_RECORD', checked.message);
  const usage = USAGE_MEMBERS.map((member) => body[member]).find(isObject);
  if (!usage || !USAGES.some((name) => isObject(usage[name])))
    throw new ProtocolError(
      'INVALID_RECORD',
      'ERROR :: /usageParameters :: field is required but not found and has no default value\n',
    );
  const { syncRefusal } = caller;
  if (syncRefusal) throw new ProtocolError(syncRefusal.code, syncRefusal.message);
  const { fileName, hiringContext, blobTtl } = checked.fields;
  await requireContract({ ctx }, caller, hiringContext);
  const lifeMs = blobTtl ? Math.min(blobTtl.duration * UNIT_MS[blobTtl.unit], LONGEST_LIFE_MS) : null;
  const { urn, path, expiresAt } = await announceUpload(ctx, caller, { fileName, lifeMs });
  return { status: 201, body: { id: urn, [UPLOAD_URL_MEMBER]: `${origin}${path}`, expiresAt } };
}

async function requireContract(
  { ctx }: Pick<RecordStore, 'ctx'>,
  { tenantId }: Caller,
  urn: string,
): Promise<void> {
  const { type, id = '' } = parseUrn(urn) ?? {};
  if (type !== 'contract')
    throw new ProtocolError('INVALID_RECORD', 'ERROR :: /hiringContext :: is not the URN of a contract\n');
  const rows = /^\d{1,15}$/.test(id)
    ? await ctx.db.read(
        tenantId,
        async (tx) =>
          tx`select 1 from contract where tenant_id = ${tenantId} and contract_id = ${Number(id)}`,
      )
    : [];
  if (rows.length === 0)
    throw new ProtocolError('ACCESS_DENIED', `Caller is not authorized to access the contract: ${urn}`);
}

/** Where files are uploaded to: the address itself says who may, so no token is asked for. */
export function uploadRoutes({ ctx }: RecordStore): Route[] {
  const handler = async ({ path, body, id }: HttpRequest): Promise<HttpResponse> => {
    try {
      const stored = await storeFile(ctx, path.slice(UPLOADS.length), body);
      const { urn, contentType, size } = stored;
      const headers = { 'content-type': 'application/json' };
      return { status: 201, headers, body: JSON.stringify({ id: urn, contentType, size }) };
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      return renderError(error, id).response;
    }
  };
  return (['PUT', 'POST'] as const).map((method) => ({ method, path: `${UPLOADS}*`, handler }));
}
