import {
  type Attachment,
  type AttachmentEntityType,
  type ErrorBody,
  errorBody,
  invalidField,
} from '@carrick/protocol';
import type { Sql, Statement, Tx } from '../kernel/db.ts';
import type { AtsScope } from './hooks.ts';
import { mediaIdOf } from './media.ts';
import { type Outcome, RECORDS_LANE, type RecordStore, type RecordsEvent } from './sync.ts';

/** Whose attachment, and its own id. */
export interface AttachmentKey {
  readonly entityType: AttachmentEntityType;
  readonly entityId: string;
  readonly id: string;
}

const DAY_MS = 24 * 3_600_000;
/** Like any child whose parent never came. */
const ORPHAN_LIFE_MS = 30 * DAY_MS;
/** An upload that nothing was attached to. */
const UNUSED_LIFE_MS = DAY_MS;

const STORED = { status: 204 } as const;

/** Attaches uploaded files, or replaces what was attached under the same key; the outcomes are in the order of the items. */
export async function putAttachments(
  store: RecordStore,
  scope: AtsScope,
  items: readonly { readonly key: AttachmentKey; readonly record: Attachment }[],
): Promise<readonly Outcome[]> {
  const { tenantId } = scope;
  const outcomes = await store.ctx.db.transaction(tenantId, async (tx) => {
    const results: Outcome[] = [];
    const stored: AttachmentKey[] = [];
    for (const { key, record } of items) {
      const refusal = await putOne(store, tx, scope, key, record);
      results.push(refusal ?? STORED);
      if (!refusal) stored.push(key);
    }
    await tx.commitWith(await eventsOf(store, tx, scope, stored));
    return results;
  });
  store.outbox.signal();
  return outcomes;
}

async function putOne(
  { ctx }: RecordStore,
  tx: Tx,
  { tenantId, atsNo }: AtsScope,
  { entityType, entityId, id }: AttachmentKey,
  record: Attachment,
): Promise<ErrorBody | null> {
  const mediaId = mediaIdOf(ctx, tenantId, record.media);
  if (mediaId === null) return NO_SUCH_FILE;
  // The upload is locked, so that two calls do not attach it twice.
  const [file] = await tx<{ file_name: string; is_taken: boolean }>`
    select m.file_name, exists (
      select from attachment a
      where a.tenant_id = m.tenant_id and a.media_id = m.media_id
        and (a.ats_no, a.entity_type, a.entity_id, a.id) <> (${atsNo}, ${entityType}, ${entityId}, ${id})
    ) as is_taken
    from media m
    where m.tenant_id = ${tenantId} and m.ats_no = ${atsNo} and m.media_id = ${mediaId} and m.uploaded_at is not null
    for update of m`;
  if (!file) return NO_SUCH_FILE;
  if (file.is_taken) return invalidField('media', 'is attached elsewhere already: upload the file once more');
  const fileName = record.fileName ?? file.file_name;
  await tx.flight([
    tx`with old as (
         select media_id from attachment
         where tenant_id = ${tenantId} and ats_no = ${atsNo} and entity_type = ${entityType} and entity_id = ${entityId}
           and id = ${id} and media_id <> ${mediaId}
       ), gone as (
         delete from attachment a using old where a.tenant_id = ${tenantId} and a.media_id = old.media_id
       )
       delete from media m using old where m.tenant_id = ${tenantId} and m.media_id = old.media_id`,
    tx`insert into attachment (tenant_id, ats_no, entity_type, entity_id, id, media_id, file_name, ats_created_at, ats_last_modified_at, received_at)
       values (${tenantId}, ${atsNo}, ${entityType}, ${entityId}, ${id}, ${mediaId}, ${fileName}, ${record.atsCreatedAt ?? null},
         ${record.atsLastModifiedAt ?? null}, ${ctx.clock.now()})
       on conflict (tenant_id, ats_no, entity_type, entity_id, id) do update set
         media_id = excluded.media_id, file_name = excluded.file_name, ats_created_at = excluded.ats_created_at,
         ats_last_modified_at = excluded.ats_last_modified_at, received_at = excluded.received_at`,
  ]);
  return null;
}

const NO_SUCH_FILE = invalidField(
  'media',
  'is no uploaded file of this application: announce it at hireMediaUrl and upload it first',
);

export async function deleteAttachments(
  store: RecordStore,
  scope: AtsScope,
  keys: readonly AttachmentKey[],
): Promise<readonly Outcome[]> {
  const { tenantId, atsNo } = scope;
  const outcomes = await store.ctx.db.transaction(tenantId, async (tx) => {
    const results: Outcome[] = [];
    const found: AttachmentKey[] = [];
    for (const key of keys) {
      const rows = await tx`
        with gone as (
          delete from attachment
          where tenant_id = ${tenantId} and ats_no = ${atsNo} and entity_type = ${key.entityType}
            and entity_id = ${key.entityId} and id = ${key.id}
          returning media_id
        )
        delete from media m using gone where m.tenant_id = ${tenantId} and m.media_id = gone.media_id returning m.media_id`;
      if (rows.length > 0) found.push(key);
      results.push(rows.length > 0 ? STORED : errorBody('NOT_FOUND', 'There is no record with this key'));
    }
    await tx.commitWith(await eventsOf(store, tx, scope, found));
    return results;
  });
  store.outbox.signal();
  return outcomes;
}

/** A file is part of its application or candidate: whoever looks at that is told that it changed. */
async function eventsOf(
  store: RecordStore,
  tx: Tx,
  { tenantId, atsNo }: AtsScope,
  keys: readonly AttachmentKey[],
): Promise<Statement[]> {
  const idsOf = (type: AttachmentEntityType) => [
    ...new Set(keys.filter(({ entityType }) => entityType === type).map(({ entityId }) => entityId)),
  ];
  const candidates = idsOf('CANDIDATE');
  const applications = await tx<{ id: string; candidate_id: string | null; job_id: string }>`
    select id, candidate_id, job_id from application
    where tenant_id = ${tenantId} and ats_no = ${atsNo} and id = any(${idsOf('APPLICATION')})`;
  const event = (of: Pick<RecordsEvent, 'kind' | 'keys' | 'candidateIds' | 'jobIds'>): Statement =>
    store.outbox.append(tx, RECORDS_LANE, { atsNo, change: 'upsert', memberIds: [], ...of });
  return [
    ...(candidates.length === 0
      ? []
      : [
          event({
            kind: 'candidate',
            keys: candidates.map((id) => [id]),
            candidateIds: candidates,
            jobIds: [],
          }),
        ]),
    ...(applications.length === 0
      ? []
      : [
          event({
            kind: 'application',
            keys: applications.map(({ id }) => [id]),
            candidateIds: applications.flatMap((row) => row.candidate_id ?? []),
            jobIds: applications.map((row) => row.job_id),
          }),
        ]),
  ];
}

/** Attachments whose parent never came, files nothing was attached to, and files that have had their time. */
export function purgeAttachments(tx: Sql, tenantId: number, now: number): Statement[] {
  return [
    tx`with gone as (
         delete from attachment a
         where a.tenant_id = ${tenantId} and (
           (a.received_at < ${now - ORPHAN_LIFE_MS} and a.entity_type = 'APPLICATION' and not exists (
             select from application p where p.tenant_id = a.tenant_id and p.ats_no = a.ats_no and p.id = a.entity_id))
           or (a.received_at < ${now - ORPHAN_LIFE_MS} and a.entity_type = 'CANDIDATE' and not exists (
             select from candidate p where p.tenant_id = a.tenant_id and p.ats_no = a.ats_no and p.id = a.entity_id))
           or exists (select from media m where m.tenant_id = a.tenant_id and m.media_id = a.media_id and m.expires_at <= ${now})
         ) returning a.media_id
       )
       delete from media m using gone where m.tenant_id = ${tenantId} and m.media_id = gone.media_id`,
    tx`delete from media m
       where m.tenant_id = ${tenantId} and m.created_at < ${now - UNUSED_LIFE_MS}
         and not exists (select from attachment a where a.tenant_id = m.tenant_id and a.media_id = m.media_id)`,
  ];
}
