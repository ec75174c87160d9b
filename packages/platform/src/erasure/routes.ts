import type {
  ErasableAnswer,
  ErasureAsked,
  ErasureConfirmation,
  ErasureItem,
  ErasureRequest,
  ErasuresAnswer,
} from '@carrick/protocol';
import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { audit } from '../admin/index.ts';
import type { Context } from '../kernel/context.ts';
import type { HttpRequest, HttpResponse, Route } from '../kernel/http.ts';
import { answer, appRoute, jsonOf, Refusal, type Session } from '../session/index.ts';
import { countSeen } from './count-seen.ts';
import { askErasure, confirmErasure, type ErasureDesk, ErasureError } from './erase.ts';
import { holdErasure, listErasures } from './erasures.ts';
import { PLACES, type SubjectKind } from './places.ts';
import type { Subject } from './subject.ts';
import type { Counts } from './sweep.ts';

const MOST_LISTED = 100;
const UUID = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';
const Request = Type.Union([
  Type.Object({
    kind: Type.Literal('candidate'),
    atsNo: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    candidateId: Type.String({ minLength: 1, maxLength: 255, pattern: '^[^\\0]*$' }),
  }),
  Type.Object({ kind: Type.Literal('seat'), seatId: Type.String({ pattern: '^\\d{1,15}$' }) }),
]);
const Confirmation = Type.Object({ id: Type.String({ pattern: UUID }) });

/** For administrators: candidates of the company and seats of the own contract. The rest is the operator's, on the command line. */
export function erasureRoutes(desk: Pick<ErasureDesk, 'ctx' | 'ownerUrl' | 'outbox'>): Route[] {
  const { ctx } = desk;
  const adminRoute = (
    method: 'GET' | 'POST',
    path: string,
    work: (session: Session, request: HttpRequest) => Promise<HttpResponse>,
  ): Route =>
    appRoute(ctx, method, `/app/api/admin/erasures${path}`, async (session, request) => {
      if (!session.isAdmin) throw new Refusal('ADMINISTRATORS_ONLY');
      return work(session, request);
    });
  return [
    adminRoute('GET', '', async (session) => answer(200, await readErasures(ctx, session))),
    adminRoute('GET', '/find', async (session, { rawQuery }) =>
      answer(200, await findErasable(ctx, session, new URLSearchParams(rawQuery).get('q') ?? '')),
    ),
    adminRoute('GET', '/certificate', async ({ tenantId }, { rawQuery }) =>
      certificate(ctx, tenantId, new URLSearchParams(rawQuery).get('id') ?? ''),
    ),
    adminRoute('POST', '', async (session, { body }) => {
      const given = jsonOf({ body });
      if (!Value.Check(Request, given)) throw new Refusal('BAD_REQUEST');
      return answer(200, await ask(desk, session, given));
    }),
    adminRoute('POST', '/confirm', async (session, { body }) => {
      const given = jsonOf({ body });
      if (!Value.Check(Confirmation, given)) throw new Refusal('BAD_REQUEST');
      await confirm(desk, session, given);
      return answer(204);
    }),
  ];
}

async function ask(
  desk: Pick<ErasureDesk, 'ctx' | 'ownerUrl'>,
  session: Session,
  request: ErasureRequest,
): Promise<ErasureAsked> {
  const { ctx } = desk;
  const { tenantId } = session;
  const subject = await subjectOf(ctx, session, request);
  const { id, counts, row } = await refusing(askErasure(desk, subject, session.seatId));
  const seen = subject.kind === 'candidate' ? await countSeen(desk, session, row) : {};
  await ctx.db.pipeline(tenantId, (tx) => [
    audit(tx, ctx, session, { action: 'erasure-asked', subject: { erasure: id, kind: subject.kind } }),
  ]);
  return { id, ...shown(counts, seen) };
}

async function subjectOf(ctx: Context, session: Session, request: ErasureRequest): Promise<Subject> {
  const { tenantId, contractId } = session;
  if (request.kind === 'candidate') return { ...request, tenantId };
  const seatId = Number(request.seatId);
  if (seatId === session.seatId) throw new Refusal('OWN_SEAT');
  const [seat] = await ctx.db.read(
    tenantId,
    async (tx) => tx`
      select from seat where tenant_id = ${tenantId} and contract_id = ${contractId} and seat_id = ${seatId} and email <> ''`,
  );
  if (!seat) throw new Refusal('NO_SUCH_SEAT');
  return { kind: 'seat', tenantId, seatId };
}

async function confirm(
  desk: Pick<ErasureDesk, 'ctx' | 'outbox'>,
  session: Session,
  { id }: ErasureConfirmation,
): Promise<void> {
  const { ctx } = desk;
  await refusing(confirmErasure(desk, session.tenantId, id));
  await ctx.db.pipeline(session.tenantId, (tx) => [
    audit(tx, ctx, session, { action: 'erasure-confirmed', subject: { erasure: id } }),
  ]);
}

async function refusing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ErasureError)) throw error;
    switch (error.code) {
      case 'NO_SUBJECT':
        throw new Refusal('NOTHING_TO_ERASE');
      case 'NO_ERASURE':
        throw new Refusal('NO_SUCH_ERASURE');
      case 'NOT_ASKED':
        throw new Refusal('ERASURE_CONFIRMED');
      case 'HAS_SEAT': // of members, which are not erased here
      case 'LEFT_OVER': // of the work behind the confirmation
        throw error;
    }
  }
}

/** What hangs on applications by what is seen of it; the places are named whether more goes or not. */
function shown(counts: Counts, seen: Counts): Pick<ErasureAsked, 'counts' | 'also'> {
  const entries = Object.entries(counts).filter(([place]) => !PLACES[place]?.isSecured);
  const also = Object.entries(PLACES).flatMap(([place, { isSecured, reach }]) =>
    isSecured && reach.candidate !== undefined && counts.candidate !== undefined ? [place] : [],
  );
  return { counts: { ...Object.fromEntries(entries), ...seen }, also };
}

const OF_ORGANISATION: readonly SubjectKind[] = ['candidate', 'seat', 'contract'];

async function readErasures(ctx: Context, { tenantId }: Session): Promise<ErasuresAnswer> {
  return ctx.db.read(tenantId, async (tx) => {
    const erasures = await listErasures(tx, MOST_LISTED);
    const seatIds = erasures.flatMap(({ seatId }) => (seatId === null ? [] : [seatId]));
    const names = await tx<{ seat_id: number; name: string }>`
      select s.seat_id, m.first_name || ' ' || m.last_name as name
      from seat s join member m on m.member_id = s.member_id
      where s.tenant_id = ${tenantId} and s.seat_id = any(${seatIds}::bigint[])`;
    const nameOf = new Map(names.map((row) => [row.seat_id, row.name]));
    const items = erasures.flatMap(({ kind, seatId, certificate: text, ...erasure }): ErasureItem[] => {
      if (!OF_ORGANISATION.includes(kind)) return [];
      const { id, state, askedAt, confirmedAt, erasedAt, provedAt } = erasure;
      return [
        {
          id,
          kind: kind as ErasureItem['kind'], // one of them: just asked
          state,
          by: seatId === null ? null : (nameOf.get(seatId) ?? null),
          askedAt,
          confirmedAt,
          erasedAt,
          provedAt,
          hasCertificate: text !== null,
        },
      ];
    });
    return { erasures: items, answeredAt: ctx.clock.now() };
  });
}

/** Candidate data has no access list; what is found is no more than name and ids. */
async function findErasable(ctx: Context, session: Session, q: string): Promise<ErasableAnswer> {
  const { tenantId, contractId, seatId } = session;
  const wanted = q.trim();
  if (wanted === '' || wanted.length > 320 || wanted.includes('\0')) return { candidates: [], seats: [] };
  const [candidates, seats] = await ctx.db.pipeline(tenantId, (tx) => [
    tx<{ ats_no: number; ats: string; id: string; name: string }>`
      select c.ats_no, i.name as ats, c.id, c.first_name || ' ' || c.last_name as name
      from candidate c join ats_instance i on i.tenant_id = c.tenant_id and i.ats_no = c.ats_no
      where c.tenant_id = ${tenantId}
        and (c.id = ${wanted} or exists (
          select from jsonb_array_elements_text(c.email_addresses) x where lower(x) = ${wanted.toLowerCase()}
        ))
      order by c.ats_no, c.id limit 20`,
    tx<{ seat_id: number; name: string }>`
      select s.seat_id, m.first_name || ' ' || m.last_name as name
      from seat s join member m on m.member_id = s.member_id
      where s.tenant_id = ${tenantId} and s.contract_id = ${contractId} and lower(s.email) = ${wanted.toLowerCase()}`,
  ]);
  return {
    candidates: candidates.map((row) => ({
      atsNo: row.ats_no,
      ats: row.ats,
      candidateId: row.id,
      name: row.name,
    })),
    seats: seats.map((row) => ({
      seatId: String(row.seat_id),
      name: row.name,
      isOwn: row.seat_id === seatId,
    })),
  };
}

async function certificate(ctx: Context, tenantId: number, id: string): Promise<HttpResponse> {
  if (!new RegExp(UUID).test(id)) throw new Refusal('NO_SUCH_ERASURE');
  const erasure = await ctx.db.transaction(tenantId, (tx) => holdErasure(tx, id));
  if (!erasure?.certificate) throw new Refusal('NO_SUCH_ERASURE');
  return {
    status: 200,
    headers: {
      'cache-control': 'no-store',
      'content-type': 'application/json',
      'content-disposition': `attachment; filename="erasure-${id}.json"`,
      'x-content-type-options': 'nosniff',
    },
    body: erasure.certificate,
  };
}
