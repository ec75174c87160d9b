import type { PersonRow, WidgetOwnRecord, WidgetProfileAnswer } from '@carrick/protocol';
import { loadViewer, type Viewer, visibleCandidate } from '../../access/index.ts';
import type { Context } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { decidesMatches, openProposals } from '../../matching/index.ts';
import { recordView } from '../../profile/index.ts';
import { readPeople } from '../../search/index.ts';
import { Refusal } from '../../session/index.ts';
import type { SeatlessViewer, WidgetViewer } from '../viewer.ts';
import { readWidgetMember } from './read-member.ts';
import { type RecordKey, recordOf, recordStatement } from './record.ts';
import { undoableOf, undoableStatement } from './undoable.ts';

const MOST_POSSIBLE = 5;

/**
 * What the widget shows beside a record. An id that the ATS has not sent and one that never was are answered alike, and each key sees
 * its own ATS only: nothing can be found out by trying ids.
 * @throws Refusal WIDGET_OFF where the viewer's contract does without
 */
export async function readWidgetProfile(
  ctx: Context,
  viewer: WidgetViewer,
  candidateId: string,
): Promise<WidgetProfileAnswer> {
  const { session } = viewer;
  const answer = await ctx.db.read(session.tenantId, (tx) => readBeside(ctx, tx, viewer, candidateId));
  if (answer.state === 'matched') await recordView(ctx, session, answer.person.id);
  return answer;
}

async function readBeside(
  ctx: Context,
  tx: Tx,
  { session, atsNo, atsName, applicationId }: WidgetViewer,
  candidateId: string,
): Promise<WidgetProfileAnswer> {
  const { tenantId, contractId } = session;
  const key = { tenantId, atsNo, candidateId };
  const viewer = await loadViewer(tx, session, 'widget');
  const isThere = visibleCandidate(tx, viewer, { atsNo: tx`c.ats_no`, candidateId: tx`c.id` });
  const [[row], [about], undoable] = await tx.flight([
    recordStatement(tx, key, isThere),
    tx<{ contract: string; may: boolean }>`
      select c.name as contract, ${decidesMatches(tx, session)} as may
      from contract c where c.tenant_id = ${tenantId} and c.contract_id = ${contractId}`,
    undoableStatement(tx, session, key, ctx.clock.now()),
  ]);
  if (!viewer.atss.some((ats) => ats.atsNo === atsNo)) throw new Refusal('WIDGET_OFF');
  const words = {
    ats: atsName,
    contract: about?.contract ?? '',
    undoable: undoable.map((each) => undoableOf(ctx, applicationId, each))[0] ?? null,
    answeredAt: ctx.clock.now(),
  };
  if (!row) return { ...words, undoable: null, state: 'not-synced' };
  const record = recordOf(row);
  const canDecide = about?.may === true;
  if (row.is_closed) return { ...words, state: 'closed', record, canDecide };
  if (row.member_id === null) {
    const possible = await readPossible(ctx, tx, viewer, key);
    return { ...words, state: 'unmatched', record, possible, canDecide };
  }
  const matched = { memberId: row.member_id, applicationId, emails: row.email_addresses };
  const person = await readWidgetMember(ctx, tx, viewer, matched);
  if (!person) return { ...words, state: 'closed', record, canDecide };
  return { ...words, state: 'matched', record, person, canDecide };
}

/** For a user of the ATS without a seat: what the ATS holds itself, and nothing of the network. */
export async function readOwnRecord(
  ctx: Context,
  { tenantId, atsNo, atsName, candidateId }: SeatlessViewer,
): Promise<WidgetOwnRecord> {
  const rows = await ctx.db.read(tenantId, async (tx) =>
    recordStatement(tx, { tenantId, atsNo, candidateId }),
  );
  const [row] = rows;
  return { ats: atsName, record: row ? recordOf(row) : null };
}

/** Whom the matcher thinks likely, for a seat that may say who it is. */
async function readPossible(ctx: Context, tx: Tx, viewer: Viewer, key: RecordKey): Promise<PersonRow[]> {
  const rows = await tx<{ member_id: number }>`
    select p.member_id from (${openProposals(tx, viewer)}) p
    where p.ats_no = ${key.atsNo} and p.candidate_id = ${key.candidateId}
    order by p.weight desc, p.member_id limit ${MOST_POSSIBLE}`;
  const memberIds = rows.map((row) => row.member_id);
  return readPeople(ctx, tx, viewer, memberIds);
}
