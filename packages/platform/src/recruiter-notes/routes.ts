import { NOTE_VISIBILITIES } from '@carrick/protocol';
import { Type } from '@sinclair/typebox';
import type { Context } from '../kernel/context.ts';
import type { HttpResponse, Route } from '../kernel/http.ts';
import { answer, appRoute, bodyOf, Refusal, type Session } from '../session/index.ts';
import { addTag, follow, readActivities, removeTag } from './activities.ts';
import { readHome } from './home.ts';
import { addNote, changeNote, removeNote } from './notes.ts';
import { sharePerson, takeShareBack } from './shares.ts';

const PREFIX = '/app/api/activities/';
const MOST_PEOPLE = 100;

const Note = Type.Object({
  body: Type.String(),
  visibility: Type.Union(NOTE_VISIBILITIES.map((each) => Type.Literal(each))),
});
const Tag = Type.Object({ tag: Type.String() });
const TagOfMany = Type.Object({
  people: Type.Array(Type.String(), { minItems: 1, maxItems: MOST_PEOPLE }),
  tag: Type.String(),
});
const Share = Type.Object({ seatId: Type.Integer({ minimum: 1 }), note: Type.String() });
const Follow = Type.Object({ isOn: Type.Boolean() });

/** Notes, tags, shares, "Update me", who viewed whom, and the home feed. */
export function recruiterNoteRoutes(ctx: Context): Route[] {
  return [
    appRoute(ctx, 'GET', '/app/api/home', async (session) => answer(200, await readHome(ctx, session))),
    appRoute(ctx, 'POST', '/app/api/tags', async (session, { body }) => {
      const { people, tag } = bodyOf(TagOfMany, { body });
      await addTag(ctx, session, people, tag);
      return answer(204);
    }),
    appRoute(ctx, 'GET', `${PREFIX}*`, async (session, { path }) =>
      answer(200, await readActivities(ctx, session, path.slice(PREFIX.length))),
    ),
    appRoute(ctx, 'POST', `${PREFIX}*`, async (session, { path, body }) => {
      const [personId = '', ...what] = path.slice(PREFIX.length).split('/');
      await change(ctx, session, personId, what, body);
      return answered(ctx, session, personId);
    }),
  ];
}

async function change(
  ctx: Context,
  session: Session,
  personId: string,
  what: readonly string[],
  body: Buffer,
): Promise<void> {
  const [part, no, action] = what;
  if (part === 'notes' && no === undefined) return addNote(ctx, session, personId, bodyOf(Note, { body }));
  if (part === 'notes' && action === undefined)
    return changeNote(ctx, session, numberIn(no), bodyOf(Note, { body }));
  if (part === 'notes' && action === 'delete') return removeNote(ctx, session, numberIn(no));
  if (part === 'tags' && no === undefined) return addTag(ctx, session, [personId], bodyOf(Tag, { body }).tag);
  if (part === 'tags' && no === 'delete') return removeTag(ctx, session, personId, bodyOf(Tag, { body }).tag);
  if (part === 'updates' && no === undefined)
    return follow(ctx, session, personId, bodyOf(Follow, { body }).isOn);
  if (part === 'shares' && no === undefined)
    return sharePerson(ctx, session, personId, bodyOf(Share, { body }));
  if (part === 'shares' && action === 'delete') return takeShareBack(ctx, session, numberIn(no));
  throw new Refusal('BAD_REQUEST');
}

/** What is changed is answered as it is then. */
async function answered(ctx: Context, session: Session, personId: string): Promise<HttpResponse> {
  return answer(200, await readActivities(ctx, session, personId));
}

function numberIn(text: string | undefined): number {
  if (text === undefined || !/^[1-9]\d{0,14}$/.test(text)) throw new Refusal('NO_SUCH_NOTE');
  return Number(text);
}
