import { MESSAGE_FOLDERS, MESSAGE_LIMITS, MESSAGE_VISIBILITIES, type SendAnswer } from '@carrick/protocol';
import { type Static, Type } from '@sinclair/typebox';
import type { HttpResponse, Route } from '../kernel/http.ts';
import { answer, appRoute, bodyOf, Refusal, type Session } from '../session/index.ts';
import { keepDraft } from './drafts.ts';
import { type InboxPosition, readInbox } from './inbox.ts';
import { memberIdOf } from './person.ts';
import { readOutreach, readPersonMessages } from './read-person.ts';
import { markRead, readThread } from './read-threads.ts';
import { beginConversation, cancelScheduled, type Messages, writeAgain } from './send.ts';
import { addTemplate, listTemplates, removeTemplate } from './templates.ts';

const PREFIX = '/app/api/messages/';
/** Of whom one may ask at once who wrote to them. */
const MOST_PEOPLE = 100;
const TEMPLATES = '/app/api/message-templates';

const Visibility = Type.Union(MESSAGE_VISIBILITIES.map((each) => Type.Literal(each)));
const RequestKey = Type.String({ minLength: 8, maxLength: 80 });
const Send = Type.Object({
  to: Type.Array(Type.String(), { minItems: 1, maxItems: MESSAGE_LIMITS.people }),
  subject: Type.String(),
  body: Type.String(),
  visibility: Visibility,
  requestKey: RequestKey,
  sendAt: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
});
const Again = Type.Object({ body: Type.String(), requestKey: RequestKey });
const Draft = Type.Object({
  to: Type.String(),
  subject: Type.String(),
  body: Type.String(),
  visibility: Visibility,
});
const Template = Type.Object({
  name: Type.String(),
  subject: Type.String(),
  body: Type.String(),
  isShared: Type.Boolean(),
});

/** Inbox, threads, composer, templates and drafts of the signed-in seat. */
export function messageRoutes(messages: Messages): Route[] {
  const { ctx } = messages;
  return [
    appRoute(ctx, 'GET', '/app/api/messages', async (session, { rawQuery }) => {
      const query = new URLSearchParams(rawQuery);
      const folder = MESSAGE_FOLDERS.find((each) => each === (query.get('folder') ?? 'inbox'));
      if (!folder) throw new Refusal('BAD_REQUEST');
      return answer(200, await readInbox(ctx, session, folder, positionIn(query.get('before'))));
    }),
    appRoute(ctx, 'POST', '/app/api/messages', async (session, { body }) =>
      answer(200, await sendToAll(messages, session, bodyOf(Send, { body }))),
    ),
    appRoute(ctx, 'POST', '/app/api/message-drafts', async (session, { body }) => {
      const { to, ...draft } = bodyOf(Draft, { body });
      await keepDraft(ctx, session, memberIdOf(ctx, session, to), draft);
      return answer(204);
    }),
    appRoute(ctx, 'GET', `${PREFIX}outreach`, async (session, { rawQuery }) => {
      const ids = new URLSearchParams(rawQuery).getAll('person').slice(0, MOST_PEOPLE);
      return answer(200, await readOutreach(ctx, session, ids));
    }),
    appRoute(ctx, 'GET', `${PREFIX}*`, async (session, { path }) => {
      const [first = '', second, ...more] = path.slice(PREFIX.length).split('/');
      if (first === 'with' && second !== undefined && more.length === 0)
        return answer(200, await readPersonMessages(ctx, session, second));
      if (second !== undefined) throw new Refusal('NO_SUCH_CONVERSATION');
      return answer(200, await readThread(ctx, session, numberIn(first)));
    }),
    appRoute(ctx, 'POST', `${PREFIX}*`, async (session, { path, body }) => {
      const [first = '', action, ...more] = path.slice(PREFIX.length).split('/');
      if (more.length > 0) throw new Refusal('NO_SUCH_CONVERSATION');
      return change(messages, session, numberIn(first), action, body);
    }),
    appRoute(ctx, 'GET', TEMPLATES, async (session) =>
      answer(200, { templates: await listTemplates(ctx, session) }),
    ),
    appRoute(ctx, 'POST', TEMPLATES, async (session, { body }) =>
      answer(200, await addTemplate(ctx, session, bodyOf(Template, { body }))),
    ),
    appRoute(ctx, 'POST', `${TEMPLATES}/*`, async (session, { path }) => {
      const [no = '', action] = path.slice(TEMPLATES.length + 1).split('/');
      if (action !== 'delete') throw new Refusal('BAD_REQUEST');
      await removeTemplate(ctx, session, numberIn(no));
      return answer(204);
    }),
  ];
}

async function change(
  messages: Messages,
  session: Session,
  conversationId: number,
  action: string | undefined,
  body: Buffer,
): Promise<HttpResponse> {
  switch (action) {
    case 'reply':
      await writeAgain(messages, session, conversationId, bodyOf(Again, { body }));
      return answer(204);
    case 'cancel':
      await cancelScheduled(messages, session, conversationId);
      return answer(204);
    case 'read':
      await markRead(messages.ctx, session, conversationId);
      return answer(204);
    default:
      throw new Refusal('NO_SUCH_CONVERSATION');
  }
}

/** One by one: what is refused for one person is sent to the others. */
async function sendToAll(
  messages: Messages,
  session: Session,
  { to, ...given }: Static<typeof Send>,
): Promise<SendAnswer> {
  const sent: { personId: string; conversationId: string }[] = [];
  const refused: { personId: string; code: string; message: string }[] = [];
  for (const personId of new Set(to)) {
    try {
      const memberId = memberIdOf(messages.ctx, session, personId);
      const conversationId = await beginConversation(messages, session, { ...given, memberId });
      sent.push({ personId, conversationId: String(conversationId) });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.push({ personId, code: error.code, message: error.message });
    }
  }
  return { sent, refused };
}

function numberIn(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new Refusal('NO_SUCH_CONVERSATION');
  return Number(text);
}

function positionIn(text: string | null): InboxPosition | null {
  if (text === null) return null;
  const [, at, no] = /^(\d{1,15})~(\d{1,15})$/.exec(text) ?? [];
  if (at === undefined || no === undefined) throw new Refusal('BAD_REQUEST');
  return { at: Number(at), no: Number(no) };
}
