import { MESSAGE_VISIBILITIES } from '@carrick/protocol';
import { type Static, type TSchema, Type } from '@sinclair/typebox';
import type { HttpResponse, Route } from '../../kernel/http.ts';
import type { MatchDecisions } from '../../matching/index.ts';
import { beginConversation, keepDraft, type Messages, memberIdOf } from '../../messages/index.ts';
import { follow } from '../../recruiter-notes/index.ts';
import { type Deciding, lift } from '../../review/index.ts';
import { answer, bodyOf, openRoute } from '../../session/index.ts';
import { readWidgetCall, seatlessViewer, type WidgetViewer, widgetRoute } from '../viewer.ts';
import { decideHere, listProjects, readComposer, saveTo } from './act.ts';
import { findPeople } from './find.ts';
import { readOwnRecord, readWidgetProfile } from './read.ts';

const WITHOUT_NUL = '^[^\\u0000]*$';
const Text = (maxLength: number) => Type.String({ maxLength, pattern: WITHOUT_NUL });
const PersonId = Type.String({ minLength: 1, maxLength: 100 });
const Person = Type.Object({ personId: PersonId });
const Find = Type.Object({ name: Text(200), employer: Text(200), profileUrl: Text(500) });
const Decide = Type.Object({
  personId: PersonId,
  verdict: Type.Union([Type.Literal('LINK'), Type.Literal('UNLINK')]),
});
const Undo = Type.Object({ decisionNo: Type.Integer() });
const Follow = Type.Object({ personId: PersonId, isOn: Type.Boolean() });
const Save = Type.Object({
  personId: PersonId,
  project: Type.Union([
    Type.Object({ id: Type.String({ maxLength: 20 }) }),
    Type.Object({ title: Type.String({ maxLength: 120, pattern: '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$' }) }),
  ]),
});
const Draft = Type.Object({
  personId: PersonId,
  subject: Type.String(),
  body: Type.String(),
  visibility: Type.Union(MESSAGE_VISIBILITIES.map((each) => Type.Literal(each))),
});
const Send = Type.Object({
  ...Draft.properties,
  requestKey: Type.String({ minLength: 8, maxLength: 80 }),
});

/** The profile widget: one record's person, and what can be done from there. */
export function widgetProfileRoutes(messages: Messages, decisions: MatchDecisions): Route[] {
  const { ctx, outbox } = messages;
  const deciding: Deciding = { ctx, outbox, decisions, origin: 'widget' };

  const post = <Body extends TSchema>(
    path: string,
    schema: Body,
    work: (viewer: WidgetViewer, body: Static<Body>, candidateId: string) => Promise<HttpResponse>,
  ): Route =>
    widgetRoute(ctx, 'POST', `profile/${path}`, async (viewer, { candidateId }, { body }) =>
      work(viewer, bodyOf(schema, { body }), candidateId),
    );

  return [
    widgetRoute(ctx, 'GET', 'profile', async (viewer, { candidateId }) =>
      answer(200, await readWidgetProfile(ctx, viewer, storable(candidateId))),
    ),
    openRoute('GET', '/widgets/api/profile/record', async (request) => {
      const viewer = await seatlessViewer(ctx, request, readWidgetCall(request));
      return answer(200, await readOwnRecord(ctx, viewer));
    }),
    post('find', Find, async ({ session }, wanted) => answer(200, await findPeople(ctx, session, wanted))),
    post('decide', Decide, async (viewer, verdict, candidateId) =>
      answer(200, await decideHere(deciding, { ...viewer, candidateId: storable(candidateId) }, verdict)),
    ),
    post('undo', Undo, async ({ session }, { decisionNo }) => {
      await lift(deciding, session, decisionNo);
      return answer(204);
    }),
    post('follow', Follow, async ({ session }, { personId, isOn }) => {
      await follow(ctx, session, personId, isOn);
      return answer(204);
    }),
    post('projects', Person, async ({ session }, { personId }) =>
      answer(200, await listProjects(ctx, session, personId)),
    ),
    post('save', Save, async ({ session }, wanted) =>
      answer(200, await saveTo({ ctx, outbox }, session, wanted)),
    ),
    post('composer', Person, async ({ session }, { personId }) =>
      answer(200, await readComposer(ctx, session, personId)),
    ),
    post('draft', Draft, async ({ session }, { personId, ...draft }) => {
      await keepDraft(ctx, session, memberIdOf(ctx, session, personId), draft);
      return answer(204);
    }),
    post('send', Send, async ({ session }, { personId, ...given }) => {
      const memberId = memberIdOf(ctx, session, personId);
      await beginConversation(messages, session, { ...given, memberId, sendAt: null });
      return answer(204);
    }),
  ];
}

/** No id holds a NUL, and PostgreSQL cannot look for one. */
function storable(candidateId: string): string {
  return candidateId.replaceAll('\u0000', '\uFFFD');
}
