import type { PersonRow, WidgetProfileAnswer } from '@carrick/protocol';
import { loadViewer, type Viewer, type ViewerSeat } from '../../access/index.ts';
import type { Context } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { decidesMatches, openProposals } from '../../matching/index.ts';
import { recordView } from '../../profile/index.ts';
import { readPeople } from '../../search/index.ts';
import { readWidgetMember } from './read-member.ts';
import { type RecordKey, recordOf, recordStatement } from './record.ts';

/** One ATS of one organisation, and who looks from inside it. */
export interface Looker {
  readonly tenantId: number;
  readonly atsNo: number;
  /** The customer application whose key the page carries. */
  readonly applicationId: number;
  /** Null: a user of the ATS who holds no seat. */
  readonly seat: ViewerSeat | null;
}

const MOST_POSSIBLE = 5;

/**
 * What the widget shows beside a record. Ids that the ATS has not sent and ids that never were are answered alike, and each key sees its
 * own ATS only: nothing can be found out by trying ids.
 */
export async function readWidgetProfile(
  ctx: Context,
  looker: Looker,
  candidateId: string,
): Promise<WidgetProfileAnswer> {
  const { seat, tenantId, atsNo } = looker;
  const key = { tenantId, atsNo, candidateId };
  const answer = await ctx.db.read(tenantId, (tx) =>
    seat === null ? readWithoutSeat(ctx, tx, key) : readWithSeat(ctx, tx, { ...looker, seat }, key),
  );
  if (seat !== null && answer.state === 'matched') await recordView(ctx, seat, answer.person.id);
  return answer;
}

interface Surroundings {
  readonly ats: string;
  readonly contract: string | null;
  readonly is_on: boolean;
}

/** The names above everything, and whether the company has the widget at all. */
function surroundingsStatement(tx: Tx, { tenantId, atsNo }: RecordKey, contractId: number | null) {
  return tx<Surroundings>`
    select coalesce(nullif(btrim(t.name), ''), 'ATS') as ats, c.name as contract, exists (
        select from integration i join organisation o on o.tenant_id = i.tenant_id and o.urn = i.context_urn
        where i.tenant_id = t.tenant_id and i.ats_no = t.ats_no and i.integration_type = 'PROFILE_PLUGIN' and i.status = 'ENABLED'
      ) as is_on
    from ats_instance t
    left join contract c on c.tenant_id = t.tenant_id and c.contract_id = ${contractId}
    where t.tenant_id = ${tenantId} and t.ats_no = ${atsNo}`;
}

async function readWithoutSeat(ctx: Context, tx: Tx, key: RecordKey): Promise<WidgetProfileAnswer> {
  const [[around], [row]] = await tx.flight([surroundingsStatement(tx, key, null), recordStatement(tx, key)]);
  const words = { ats: around?.ats ?? 'ATS', contract: null, answeredAt: ctx.clock.now() };
  if (!around?.is_on) return { ...words, state: 'off' };
  return { ...words, state: 'no-seat', record: row ? recordOf(row) : null };
}

async function readWithSeat(
  ctx: Context,
  tx: Tx,
  { seat, applicationId }: Looker & { readonly seat: ViewerSeat },
  key: RecordKey,
): Promise<WidgetProfileAnswer> {
  const [viewer, [[around], [row], [may]]] = await Promise.all([
    loadViewer(tx, seat, 'widget'),
    tx.flight([
      surroundingsStatement(tx, key, seat.contractId),
      recordStatement(tx, key),
      tx<{ may: boolean }>`select ${decidesMatches(tx, seat)} as may`,
    ]),
  ]);
  const words = {
    ats: around?.ats ?? 'ATS',
    contract: around?.contract ?? null,
    answeredAt: ctx.clock.now(),
  };
  if (!viewer.atss.some(({ atsNo }) => atsNo === key.atsNo)) return { ...words, state: 'off' };
  if (!row) return { ...words, state: 'not-synced' };
  const record = recordOf(row);
  if (row.is_closed) return { ...words, state: 'closed', record };
  const canDecide = may?.may === true;
  if (row.member_id === null)
    return {
      ...words,
      state: 'unmatched',
      record,
      possible: await readPossible(ctx, tx, viewer, key),
      canDecide,
    };
  const matched = { memberId: row.member_id, applicationId, emails: row.email_addresses };
  const person = await readWidgetMember(ctx, tx, viewer, matched);
  return person
    ? { ...words, state: 'matched', record, person, canDecide }
    : { ...words, state: 'closed', record };
}

/** Whom the matcher thinks likely, for a seat that may say who it is. */
async function readPossible(ctx: Context, tx: Tx, viewer: Viewer, key: RecordKey): Promise<PersonRow[]> {
  const rows = await tx<{ member_id: number }>`
    select p.member_id from (${openProposals(tx, viewer)}) p
    where p.ats_no = ${key.atsNo} and p.candidate_id = ${key.candidateId}
    order by p.weight desc, p.member_id limit ${MOST_POSSIBLE}`;
  return readPeople(
    ctx,
    tx,
    viewer,
    rows.map((row) => row.member_id),
  );
}
