import { REVIEW_KINDS, UNLINK_REASONS } from '@carrick/protocol';
import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { loadViewer, type Viewer } from '../access/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import type { HttpResponse, Route } from '../kernel/http.ts';
import type { Outbox } from '../kernel/outbox.ts';
import type { MatchDecisions } from '../matching/index.ts';
import { answer, appRoute, bodyOf, Refusal, type Session } from '../session/index.ts';
import { findCandidates } from './candidates.ts';
import { type Deciding, decide, lift, merge, requireDecider, undoMerge } from './decide.ts';
import { explainMatch } from './explain.ts';
import { readLog } from './log.ts';
import { readMerges } from './merges.ts';
import { readQueue } from './queue.ts';

const LAST_PAGE = 400;
const MOST_NOTE = 500;

const Id = Type.String({ minLength: 1, maxLength: 255 });
const Decide = Type.Object({
  atsNo: Type.Integer(),
  candidateId: Id,
  personId: Id,
  verdict: Type.Union([Type.Literal('LINK'), Type.Literal('UNLINK')]),
  reason: Type.Optional(Type.Union(UNLINK_REASONS.map((reason) => Type.Literal(reason)))),
  note: Type.Optional(Type.String({ maxLength: MOST_NOTE })),
});
const Lift = Type.Object({ decisionNo: Type.Integer() });
const Merge = Type.Object({ atsNo: Type.Integer(), fromId: Id, intoId: Id });
const UndoMerge = Type.Object({ mergeNo: Type.Integer() });

/** Who is who: what waits for a person, why links are as they are, and what people decide. */
export function reviewRoutes(ctx: Context, outbox: Outbox, decisions: MatchDecisions): Route[] {
  const deciding: Deciding = { ctx, outbox, decisions, origin: 'app' };

  const read = (
    path: string,
    work: (tx: Tx, viewer: Viewer, params: URLSearchParams, session: Session) => Promise<object>,
  ): Route =>
    appRoute(ctx, 'GET', path, async (session, { rawQuery }) => {
      const found = await ctx.db.read(session.tenantId, async (tx) =>
        work(tx, await loadViewer(tx, session, 'indicator'), new URLSearchParams(rawQuery), session),
      );
      return answer(200, { ...found, answeredAt: ctx.clock.now() });
    });

  const write = <Body extends TSchema>(
    path: string,
    schema: Body,
    work: (session: Session, body: Static<Body>) => Promise<HttpResponse>,
  ): Route => appRoute(ctx, 'POST', path, async (session, request) => work(session, bodyOf(schema, request)));

  return [
    read('/app/api/review', async (tx, viewer, params, session) => {
      await requireDecider(tx, session);
      return readQueue(ctx, tx, viewer, {
        atsNo: atsNoOf(params),
        kind: REVIEW_KINDS.find((kind) => kind === params.get('kind')) ?? 'all',
        page: pageOf(params),
      });
    }),
    read('/app/api/review/log', (tx, viewer, params) => readLog(ctx, tx, viewer, pageOf(params))),
    read('/app/api/review/merges', (tx, viewer, params) => readMerges(tx, viewer, pageOf(params))),
    read('/app/api/candidates', (tx, viewer, params) =>
      findCandidates(ctx, tx, viewer, {
        q: (params.get('q') ?? '').replaceAll('\u0000', ' ').slice(0, 200),
        atsNo: atsNoOf(params),
        isUnlinked: params.get('linked') === 'no',
        isLoose: params.get('words') === 'any',
        page: pageOf(params),
      }),
    ),
    read('/app/api/matches', (tx, viewer, params) => {
      const atsNo = Number(params.get('ats'));
      const candidateId = params.get('candidate') ?? '';
      if (!Number.isInteger(atsNo) || candidateId === '' || candidateId.includes('\u0000'))
        throw new Refusal('BAD_REQUEST');
      return explainMatch(ctx, tx, viewer, { atsNo, candidateId });
    }),
    write('/app/api/matches/decide', Decide, async (session, body) =>
      answer(200, await decide(deciding, session, body)),
    ),
    write('/app/api/matches/lift', Lift, async (session, { decisionNo }) => {
      await lift(deciding, session, decisionNo);
      return answer(204);
    }),
    write('/app/api/matches/merge', Merge, async (session, body) =>
      answer(200, await merge(deciding, session, body)),
    ),
    write('/app/api/matches/undo-merge', UndoMerge, async (session, { mergeNo }) => {
      await undoMerge(deciding, session, mergeNo);
      return answer(204);
    }),
  ];
}

/** What is no number is the number of no ATS. */
function atsNoOf(params: URLSearchParams): number | null {
  return params.has('ats') ? Number(params.get('ats')) || 0 : null;
}

function pageOf(params: URLSearchParams): number {
  const page = Number(params.get('page') ?? 1);
  return Number.isInteger(page) ? Math.min(Math.max(page, 1), LAST_PAGE) : 1;
}
