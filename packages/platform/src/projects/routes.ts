import { type PeopleInProjects, PROJECT_SORTS } from '@carrick/protocol';
import { Type } from '@sinclair/typebox';
import { loadViewer, type Viewer } from '../access/index.ts';
import type { Tx } from '../kernel/db.ts';
import type { HttpRequest, HttpResponse, Route } from '../kernel/http.ts';
import { answer, appRoute, bodyOf, Refusal, type Session } from '../session/index.ts';
import { archiveProject, changeSettings, createProject, type Projects, useProject } from './change.ts';
import { archivePeople, findMemberId, movePerson, removePeople, savePeople } from './change-people.ts';
import { findJobs, readPipeline, readStanding } from './pipeline.ts';
import { readProject, readProjects } from './read.ts';

const PREFIX = '/app/api/projects';
const LAST_PAGE = 400;
const MOST_PEOPLE = 100;

/** PostgreSQL has no NUL in its texts. */
const WITHOUT_NUL = '^[^\\u0000]*$';
const Name = Type.String({ minLength: 1, maxLength: 120, pattern: '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$' });
const Text = Type.String({ maxLength: 120, pattern: WITHOUT_NUL });
const Fields = {
  title: Name,
  company: Type.Optional(Text),
  place: Type.Optional(Text),
  isPrivate: Type.Optional(Type.Boolean()),
  job: Type.Optional(
    Type.Union([
      Type.Null(),
      Type.Object({ atsNo: Type.Integer(), jobId: Type.String({ maxLength: 255, pattern: WITHOUT_NUL }) }),
    ]),
  ),
};
const PersonIds = Type.Array(Type.String({ maxLength: 100 }), { minItems: 1, maxItems: MOST_PEOPLE });
const Create = Type.Object(Fields);
const Settings = Type.Object({
  ...Fields,
  stages: Type.Array(Type.Object({ no: Type.Optional(Type.Integer()), name: Name }), {
    minItems: 1,
    maxItems: 20,
  }),
});
const Archive = Type.Object({ isArchived: Type.Boolean() });
const Save = Type.Object({ personIds: PersonIds, stageNo: Type.Optional(Type.Integer()) });
const Move = Type.Object({ personId: Type.String(), stageNo: Type.Integer(), version: Type.Integer() });
const ArchivePeople = Type.Object({
  personIds: PersonIds,
  isArchived: Type.Boolean(),
  reason: Type.Optional(Type.String({ maxLength: 200, pattern: WITHOUT_NUL })),
});
const Remove = Type.Object({ personIds: PersonIds });

export function projectRoutes(projects: Projects): Route[] {
  const { ctx } = projects;

  /** One snapshot, one viewer; the answer carries its time. */
  const read = async (
    session: Session,
    work: (tx: Tx, viewer: Viewer) => Promise<object>,
  ): Promise<HttpResponse> => {
    const found = await ctx.db.read(session.tenantId, async (tx) =>
      work(tx, await loadViewer(tx, session, 'indicator')),
    );
    return answer(200, { ...found, answeredAt: ctx.clock.now() });
  };

  const readStandings = (session: Session, params: URLSearchParams): Promise<HttpResponse> => {
    const asked = params.getAll('person').slice(0, MOST_PEOPLE);
    return read(session, async (tx, viewer): Promise<PeopleInProjects> => {
      const ids = asked.map((id) => ({ id, memberId: findMemberId(projects, session, id) }));
      const known = ids.flatMap(({ memberId }) => memberId ?? []);
      const found = await readStanding(tx, viewer, known);
      return {
        people: Object.fromEntries(ids.map(({ id, memberId }) => [id, found.get(memberId ?? 0) ?? []])),
      };
    });
  };

  const readOne = async (session: Session, id: string, part: string | undefined, params: URLSearchParams) => {
    const projectId = projectIdOf(id);
    if (part === 'people')
      return read(session, (tx, viewer) =>
        readPipeline(ctx, tx, viewer, projectId, {
          stageNo: wholeOf(params.get('stage')),
          isArchived: params.get('archived') === 'yes',
          q: storable(params.get('q') ?? ''),
          page: Math.min(Math.max(wholeOf(params.get('page')) ?? 1, 1), LAST_PAGE),
        }),
      );
    if (part !== undefined) throw new Refusal('NO_SUCH_PROJECT');
    const page = await read(session, (tx, viewer) => readProject(ctx, tx, viewer, projectId));
    await ctx.db.pipeline(session.tenantId, (tx) => useProject(ctx, tx, session, projectId));
    return page;
  };

  const change = async (session: Session, id: string, what: string | undefined, request: HttpRequest) => {
    const projectId = projectIdOf(id);
    switch (what) {
      case 'settings':
        await changeSettings(projects, session, projectId, bodyOf(Settings, request));
        return answer(204);
      case 'archive':
        await archiveProject(projects, session, projectId, bodyOf(Archive, request).isArchived);
        return answer(204);
      case 'save':
        return answer(200, await savePeople(projects, session, projectId, bodyOf(Save, request)));
      case 'move':
        return answer(200, await movePerson(projects, session, projectId, bodyOf(Move, request)));
      case 'archive-people':
        await archivePeople(projects, session, projectId, bodyOf(ArchivePeople, request));
        return answer(204);
      case 'remove':
        await removePeople(projects, session, projectId, bodyOf(Remove, request).personIds);
        return answer(204);
      default:
        throw new Refusal('NO_SUCH_PROJECT');
    }
  };

  return [
    appRoute(ctx, 'GET', PREFIX, (session, { rawQuery }) => {
      const params = new URLSearchParams(rawQuery);
      const sort = PROJECT_SORTS.find((each) => each === params.get('sort')) ?? 'used';
      const isArchived = params.get('archived') === 'yes';
      return read(session, (tx, viewer) => readProjects(tx, viewer, { sort, isArchived }));
    }),
    appRoute(ctx, 'POST', PREFIX, async (session, request) =>
      answer(200, await createProject(projects, session, bodyOf(Create, request))),
    ),
    appRoute(ctx, 'GET', `${PREFIX}/standing`, (session, { rawQuery }) =>
      readStandings(session, new URLSearchParams(rawQuery)),
    ),
    appRoute(ctx, 'GET', `${PREFIX}/jobs`, (session, { rawQuery }) =>
      read(session, async (tx, viewer) => ({
        jobs: await findJobs(tx, viewer, storable(new URLSearchParams(rawQuery).get('q') ?? '')),
      })),
    ),
    appRoute(ctx, 'GET', `${PREFIX}/*`, (session, { path, rawQuery }) => {
      const [id = '', part] = path.slice(PREFIX.length + 1).split('/');
      return readOne(session, id, part, new URLSearchParams(rawQuery));
    }),
    appRoute(ctx, 'POST', `${PREFIX}/*`, (session, request) => {
      const [id = '', what] = request.path.slice(PREFIX.length + 1).split('/');
      return change(session, id, what, request);
    }),
  ];
}

function projectIdOf(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new Refusal('NO_SUCH_PROJECT');
  return Number(text);
}

function wholeOf(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

function storable(text: string): string {
  return text.replaceAll('\u0000', ' ').slice(0, 200);
}
