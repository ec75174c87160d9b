import {
  CLOSED_PROFILE_DECISIONS,
  EXPORT_STATES,
  type ExportRequest,
  type ExportState,
  PEOPLE_AN_EXPORT,
} from '@carrick/protocol';
import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { Context } from '../kernel/context.ts';
import type { HttpRequest, HttpResponse, Route } from '../kernel/http.ts';
import type { Outbox } from '../kernel/outbox.ts';
import { answer, answerCsv, appRoute, jsonOf, Refusal, type Session } from '../session/index.ts';
import { decideClosedProfile, listClosedProfiles } from './closed-profiles.ts';
import { type ExportFilter, exportsCsv, listExports } from './list.ts';
import { readOptions, searchJobs } from './options.ts';
import { pressExport } from './press.ts';
import { readExports } from './read.ts';

const PATH = '/app/api/exports';
const LONGEST_SEARCH = 200;

const Press = Type.Object({
  key: Type.String({ minLength: 8, maxLength: 100 }),
  people: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { minItems: 1 }),
  atsNo: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  jobId: Type.String({ maxLength: 255 }),
  isConfirmed: Type.Optional(Type.Boolean()),
});
const Decision = Type.Object({
  person: Type.String({ maxLength: 100 }),
  atsNo: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  decision: Type.Union(CLOSED_PROFILE_DECISIONS.map((each) => Type.Literal(each))),
});

/** One-Click Export in the app. */
export function exportRoutes(ctx: Context, outbox: Outbox): Route[] {
  const adminRoute = (
    method: 'GET' | 'POST',
    path: string,
    handler: (session: Session, request: HttpRequest) => Promise<HttpResponse>,
  ): Route =>
    appRoute(ctx, method, path, (session, request) => {
      if (!session.isAdmin) throw new Refusal('ADMINISTRATORS_ONLY');
      return handler(session, request);
    });
  return [
    appRoute(ctx, 'GET', PATH, async (session, { rawQuery }) => {
      const person = new URLSearchParams(rawQuery).get('person') ?? '';
      return answer(200, await readExports(ctx, session, person));
    }),
    appRoute(ctx, 'POST', PATH, async (session, request) => {
      const press = readPress(request);
      return answer(202, await pressExport(ctx, outbox, session, press));
    }),
    appRoute(ctx, 'GET', `${PATH}/options`, async (session) => answer(200, await readOptions(ctx, session))),
    appRoute(ctx, 'GET', `${PATH}/jobs`, async (session, { rawQuery }) => {
      const query = new URLSearchParams(rawQuery);
      const text = (query.get('q') ?? '').slice(0, LONGEST_SEARCH).replaceAll('\u0000', ' ');
      return answer(200, await searchJobs(ctx, session, numberIn(query.get('atsNo')), text));
    }),
    adminRoute('GET', `${PATH}/list`, async (session, { rawQuery }) =>
      answer(200, await listExports(ctx, session, readFilter(new URLSearchParams(rawQuery)))),
    ),
    adminRoute('GET', `${PATH}/list.csv`, async (session, { rawQuery }) => {
      const { state } = readFilter(new URLSearchParams(rawQuery));
      return answerCsv('exports', await exportsCsv(ctx, session, state));
    }),
    adminRoute('GET', `${PATH}/closed`, async (session) =>
      answer(200, { profiles: await listClosedProfiles(ctx, session) }),
    ),
    adminRoute('POST', `${PATH}/closed`, async (session, { body }) => {
      const given = jsonOf({ body });
      if (!Value.Check(Decision, given)) throw new Refusal('BAD_REQUEST');
      await decideClosedProfile(ctx, session, given);
      return answer(204);
    }),
  ];
}

function readPress({ body }: HttpRequest): Required<ExportRequest> {
  const given = jsonOf({ body });
  if (!Value.Check(Press, given)) throw new Refusal('BAD_REQUEST');
  if (given.people.length > PEOPLE_AN_EXPORT) throw new Refusal('EXPORT_TOO_MANY_PEOPLE');
  if (given.jobId.trim() === '') throw new Refusal('EXPORT_JOB_REQUIRED');
  if ([given.key, given.jobId].some((text) => text.includes('\u0000'))) throw new Refusal('BAD_REQUEST');
  return { ...given, people: [...new Set(given.people)], isConfirmed: given.isConfirmed === true };
}

function readFilter(params: URLSearchParams): ExportFilter {
  const before = params.get('before');
  const position = /^(\d{1,15})~([\w-]{1,64})$/.exec(before ?? '');
  if (before !== null && !position) throw new Refusal('BAD_REQUEST');
  const [, exportedAt, id] = position ?? [];
  return {
    state: stateIn(params.get('state')),
    before: id === undefined ? null : { exportedAt: Number(exportedAt), id },
  };
}

function stateIn(given: string | null): ExportState | null {
  const known = EXPORT_STATES.find((state) => state === given);
  if (given && !known) throw new Refusal('BAD_REQUEST');
  return known ?? null;
}

/** An ATS that is none has no export. */
function numberIn(text: string | null): number {
  return text !== null && /^[1-9]\d{0,6}$/.test(text) ? Number(text) : 0;
}
