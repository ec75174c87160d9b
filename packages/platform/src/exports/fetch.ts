import { formatUrn, ProtocolError } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { Outbox } from '../kernel/outbox.ts';
import { encodePersonId } from '../kernel/secrets.ts';
import { readMembers } from '../members/index.ts';
import { personIdOf } from '../search/index.ts';
import { type Caller, findNotification } from '../tenancy/index.ts';
import { EXPORTS_LANE, type ExportEvent } from './event.ts';
import { type StubProfile, stubOf } from './stub.ts';

/** What the ATS fetches by the id it was notified of. `exportedBy` and `exportedAt` are ours. */
export interface ExportedCandidate {
  readonly candidate: StubProfile;
  readonly integrationContext: string;
  readonly externalJobPostingId: string;
  readonly exportedBy: string;
  readonly exportedAt: number;
}

interface StoredExport {
  contract_id: number;
  member_id: number;
  job_id: string;
  exported_at: number;
  fetched_at: number | null;
  exporter_id: number;
}

/**
 * Hands the profile over and so completes the export. However often it is fetched before it expires, it is the profile as it is now;
 * of who no longer allows it there is none.
 * @throws ProtocolError REQUEST_EXPIRED; NOT_FOUND for an id that is unknown or another ATS's, and for a person who withdrew
 */
export async function fetchExport(
  ctx: Context,
  outbox: Outbox,
  caller: Caller,
  requestId: string,
  origin: string,
): Promise<ExportedCandidate> {
  await findNotification(ctx, caller, 'EXPORT_CANDIDATE_PROFILE', requestId);
  const { tenantId, atsNo, personKey } = caller;
  const { candidate, isFirst } = await ctx.db.transaction(tenantId, async (tx) => {
    const [found] = await tx<StoredExport>`
      select e.contract_id, e.member_id, e.job_id, e.exported_at, e.fetched_at, s.member_id as exporter_id
      from profile_export e
      join seat s on s.tenant_id = e.tenant_id and s.seat_id = e.seat_id
      where e.tenant_id = ${tenantId} and e.export_id = ${requestId} and e.ats_no = ${atsNo} for update of e`;
    const member = found && (await readMembers(tx, [found.member_id])).get(found.member_id);
    if (!found || !member) throw new ProtocolError('NOT_FOUND', 'There is no request with this id');
    if (!member.sharesWithThirdParties || member.isClosed)
      throw new ProtocolError('NOT_FOUND', 'The person no longer allows exports');
    const isFirst = found.fetched_at === null;
    if (isFirst) {
      const event: ExportEvent = {
        contractId: found.contract_id,
        memberId: found.member_id,
        atsNo,
        jobId: found.job_id,
      };
      await tx.commitWith([
        tx`update profile_export set fetched_at = ${ctx.clock.now()} where tenant_id = ${tenantId} and export_id = ${requestId}`,
        outbox.append(tx, EXPORTS_LANE, event),
      ]);
    }
    const page = `${origin}/people/${personIdOf(ctx, tenantId, found.member_id)}`;
    const candidate: ExportedCandidate = {
      candidate: stubOf(member, personKey, page),
      integrationContext: caller.organisationUrn,
      externalJobPostingId: found.job_id,
      exportedBy: formatUrn('person', encodePersonId(personKey, found.exporter_id)),
      exportedAt: found.exported_at,
    };
    return { candidate, isFirst };
  });
  if (isFirst) outbox.signal();
  return candidate;
}
