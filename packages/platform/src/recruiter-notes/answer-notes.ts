import {
  collectionResponse,
  countParam,
  formatUrn,
  listParam,
  ProtocolError,
  parsePage,
  textParam,
} from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { HttpRequest, Route } from '../kernel/http.ts';
import { projectCollection } from '../kernel/project-answer.ts';
import { encodePersonId } from '../kernel/secrets.ts';
import { readWireRequest, type WireRequest } from '../kernel/wire-request.ts';
import { type WireAnswer, wireRoutes } from '../kernel/wire-routes.ts';
import { authenticate, type Caller, numberOf, requireOpenContract } from '../tenancy/index.ts';
import type { Traffic } from '../traffic/index.ts';

const MOST = 1_000;

interface NoteRow {
  readonly note_no: number;
  readonly seat_id: number;
  readonly member_id: number;
  readonly visibility: 'CONTRACT' | 'PRIVATE';
  readonly is_readable: boolean;
  readonly body: string;
  readonly created_at: number;
  readonly modified_at: number;
}

/** What an ATS reads back of recruiters' notes. */
export function noteRetrievalRoutes(ctx: Context, traffic: Traffic): Route[] {
  return wireRoutes(['prospectNotes'], async (request: HttpRequest) => {
    const caller = await authenticate(ctx, request);
    const wire = readWireRequest(request);
    await traffic.admit(request, caller, wire);
    return findNotes(ctx, caller, wire);
  });
}

/**
 * `q=criteria`: the notes of a contract by the time of their last change, oldest first; `beforeDate` inclusive, `cutoffDate`
 * exclusive. A private note is there for who names its owner. One that was deleted, or was the contract's once and is private
 * now, is told as inactive, without its text.
 */
async function findNotes(
  ctx: Context,
  caller: Caller,
  { params, path, rawQuery }: WireRequest,
): Promise<WireAnswer> {
  if (textParam(params, 'q') !== 'criteria')
    throw new ProtocolError('BAD_REQUEST', 'The only finder here is q=criteria');
  const contract = textParam(params, 'contract') ?? '';
  if (contract === '') throw new ProtocolError('BAD_REQUEST', "Parameter 'contract' is missing");
  const owners = (listParam(params, 'owners') ?? []).map((owner) => numberOf(owner, 'seat'));
  const before = countParam(params, 'beforeDate') ?? ctx.clock.now();
  const after = countParam(params, 'cutoffDate') ?? -1;
  const page = parsePage(params);
  if (page.count > MOST) throw new ProtocolError('BAD_REQUEST', `count is at most ${MOST}`);
  const { tenantId, personKey } = caller;
  const { rows, total } = await ctx.db.read(tenantId, async (tx) => {
    const contractId = await requireOpenContract(tx, caller, contract);
    const isOwners = tx`n.seat_id = any(${owners}::bigint[])`;
    const found = tx`
      from recruiter_note n
      where n.tenant_id = ${tenantId} and n.contract_id = ${contractId}
        and n.modified_at <= ${before} and n.modified_at > ${after}
        and (${isOwners} or (${owners.length === 0} and n.was_shared))`;
    const [notes, [counted]] = await tx.flight([
      tx<NoteRow>`
        select n.note_no, n.seat_id, n.member_id, n.visibility, n.body, n.created_at, n.modified_at,
          not n.is_deleted and (n.visibility = 'CONTRACT' or ${isOwners}) as is_readable
        ${found} order by n.modified_at, n.note_no offset ${page.start} limit ${page.count}`,
      tx<{ total: number }>`select count(*) as total ${found}`,
    ]);
    return { rows: notes, total: counted?.total ?? 0 };
  });
  const elements = rows.map((row) => ({
    id: row.note_no,
    active: row.is_readable,
    contract: formatUrn('contract', numberOf(contract, 'contract')),
    created: row.created_at,
    lastModified: row.modified_at,
    owner: formatUrn('seat', row.seat_id),
    prospect: formatUrn('person', encodePersonId(personKey, row.member_id)),
    ...(row.is_readable
      ? { content: row.body, visibility: row.visibility === 'PRIVATE' ? 'PRIVATE' : 'PUBLIC' }
      : {}),
  }));
  return { body: projectCollection(params, collectionResponse(elements, page, { total, path, rawQuery })) };
}
