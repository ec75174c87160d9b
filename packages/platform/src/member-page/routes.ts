import { createHash } from 'node:crypto';
import type { SharedContact } from '../consent/index.ts';
import { escapeHtml } from '../kernel/escape-html.ts';
import type { HttpRequest, HttpResponse, Route } from '../kernel/http.ts';
import { isOwnForm, readForm } from '../kernel/own-form.ts';
import { seeOther } from '../kernel/plain-page.ts';
import { answerAsk, showAsk } from './ask-link.ts';
import { changeSettings, confirmEmail } from './change-settings.ts';
import { type Frame, frameOf, html, page, saidIn } from './frame.ts';
import { type LinkPurpose, type MemberLink, openLink } from './links.ts';
import { LINK_PATHS, MEMBER_PATH } from './mails.ts';
import { emailOf, type MemberPage } from './member-page.ts';
import { readOwnData, readSettings } from './read-settings.ts';
import {
  answerQuestion,
  type OpenedReply,
  openReply,
  type ReplyProblem,
  readQuestion,
  recordReply,
} from './reply.ts';
import { aboutPage, questionPage, replyPage } from './reply-page.ts';
import { settingsPage } from './settings-page.ts';

const DATA_PATH = `${MEMBER_PATH}/data/`;
const ABOUT_PATH = `${MEMBER_PATH}/about`;

/**
 * The member's side, as plain pages that work without script. A link's token stands in the path and is all that opens a page: there is
 * no session and no cookie, so no other site can act in a member's name, and GET changes nothing, so a mail filter that follows links
 * does no harm.
 */
export function memberPageRoutes(member: MemberPage): Route[] {
  const get = (path: string, handler: Route['handler']): Route => ({ method: 'GET', path, handler });
  const post = (
    path: string,
    handler: (request: HttpRequest, form: URLSearchParams) => Promise<HttpResponse>,
  ): Route => ({
    method: 'POST',
    path,
    async handler(request) {
      const form = isOwnForm(request) ? readForm(request) : null;
      return form ? handler(request, form) : foreignForm(frameOf(request));
    },
  });
  const { settings, reply, 'confirm-email': confirm } = LINK_PATHS;
  return [
    get(MEMBER_PATH, (request) => showAsk(member, request)),
    post(MEMBER_PATH, (request) => answerAsk(member, request)),
    get(ABOUT_PATH, async (request) => {
      const frame = frameOf(request);
      return aboutPage(frame, frame.words.theCompany, `${MEMBER_PATH}?lang=${frame.language}`);
    }),
    get(`${settings}*`, (request) => showSettings(member, request)),
    post(`${settings}*`, (request, form) => doSettings(member, request, form)),
    get(`${DATA_PATH}*`, (request) => download(member, request)),
    get(`${confirm}*`, (request) => showConfirm(member, request)),
    post(`${confirm}*`, (request) => doConfirm(member, request)),
    get(`${reply}*`, (request) => showReply(member, request)),
    post(`${reply}*`, (request, form) => doReply(member, request, form)),
  ];
}

function tokenIn({ path }: HttpRequest): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

async function withLink(
  member: MemberPage,
  request: HttpRequest,
  purpose: LinkPurpose,
  answer: (link: MemberLink, frame: Frame) => Promise<HttpResponse>,
): Promise<HttpResponse> {
  const frame = frameOf(request);
  const opened = await openLink(member.ctx, tokenIn(request), purpose);
  return 'problem' in opened ? badLink(frame, opened.problem) : answer(opened.link, frame);
}

function showSettings(member: MemberPage, request: HttpRequest): Promise<HttpResponse> {
  return withLink(member, request, 'settings', async ({ memberId }, frame) => {
    const settings = await readSettings(member, memberId);
    if (!settings) return badLink(frame, 'unknown');
    const lang = `lang=${frame.language}`;
    return settingsPage(frame, settings, {
      said: saidIn(request),
      dataPath: `${DATA_PATH}${tokenIn(request)}?${lang}`,
      aboutPath: `${ABOUT_PATH}?${lang}`,
    });
  });
}

function doSettings(member: MemberPage, request: HttpRequest, form: URLSearchParams): Promise<HttpResponse> {
  return withLink(member, request, 'settings', async (link, frame) => {
    const outcome = await changeSettings(member, link, form, frame.language);
    if ('said' in outcome) return seeOther(frame.url({ said: outcome.said }));
    const { erased, linksEnded } = frame.words;
    switch (outcome.end) {
      case 'erased':
        return page(frame, 200, erased.title, `<p class="card">${html(erased.text)}</p>`);
      case 'links-ended':
        return page(
          frame,
          200,
          linksEnded.title,
          `<p class="card">${html(linksEnded.text)}</p>${newLink(frame)}`,
        );
      case 'unreadable':
        return foreignForm(frame, 400);
    }
  });
}

function download(member: MemberPage, request: HttpRequest): Promise<HttpResponse> {
  return withLink(member, request, 'settings', async ({ memberId }, frame) => {
    const data = await readOwnData(member, memberId);
    if (!data) return badLink(frame, 'unknown');
    return {
      status: 200,
      headers: {
        'content-type': 'application/json',
        'content-disposition': 'attachment; filename="my-data.json"',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
      },
      body: `${JSON.stringify(data, null, 2)}\n`,
    };
  });
}

function showConfirm(member: MemberPage, request: HttpRequest): Promise<HttpResponse> {
  return withLink(member, request, 'confirm-email', async ({ subject }, frame) => {
    const { confirm } = frame.words;
    const body = `<form class="card" method="post" action="${escapeHtml(frame.url())}">
<p>${html(confirm.question, { email: String(subject.email) })}</p>
<p class="row"><button class="main">${html(confirm.yes)}</button></p>
<p class="quiet">${html(confirm.notYou)}</p></form>`;
    return page(frame, 200, confirm.title, body);
  });
}

function doConfirm(member: MemberPage, request: HttpRequest): Promise<HttpResponse> {
  return withLink(member, request, 'confirm-email', async (link, frame) => {
    if (!(await confirmEmail(member, link, frame.language))) return badLink(frame, 'unknown');
    const { confirm } = frame.words;
    const body = `<p class="card">${html(confirm.done, { email: String(link.subject.email) })}</p>${newLink(frame)}`;
    return page(frame, 200, confirm.doneTitle, body);
  });
}

async function showReply(member: MemberPage, request: HttpRequest): Promise<HttpResponse> {
  const frame = frameOf(request);
  const opened = await openReply(member, tokenIn(request));
  if ('problem' in opened) return badLink(frame, opened.problem);
  const { conversation, scope } = opened;
  const step = new URLSearchParams(request.rawQuery).get('step');
  if (step === 'about') return aboutPage(frame, conversation.organisation, frame.url({ step: 'share' }));
  const question = step === 'share' ? await readQuestion(member, scope) : null;
  const said = saidIn(request);
  return question
    ? questionPage(frame, conversation, question, { said })
    : replyPage(frame, conversation, { said });
}

async function doReply(
  member: MemberPage,
  request: HttpRequest,
  form: URLSearchParams,
): Promise<HttpResponse> {
  const frame = frameOf(request);
  const opened = await openReply(member, tokenIn(request));
  if ('problem' in opened) return badLink(frame, opened.problem);
  switch (form.get('step')) {
    case 'reply':
      return storeReply(member, frame, opened, form);
    case 'share':
      return storeAnswer(member, frame, opened, form);
    default:
      return foreignForm(frame, 400);
  }
}

const KINDS = ['text', 'interested', 'declined'] as const;
const MOST_CHARACTERS = 20_000;

async function storeReply(
  member: MemberPage,
  frame: Frame,
  opened: OpenedReply,
  form: URLSearchParams,
): Promise<HttpResponse> {
  const { link, conversation } = opened;
  const kind = KINDS.find((known) => known === form.get('kind')) ?? 'text';
  const text = (form.get('text') ?? '').replaceAll('\r\n', '\n').trim().slice(0, MOST_CHARACTERS);
  if (kind === 'text' && text === '') return replyPage(frame, conversation, { said: 'empty' });
  if (member.throttles.link.attempt(link.linkId) > 0)
    return replyPage(frame, conversation, { said: 'too-often', text });
  const key = createHash('sha256')
    .update(`${link.linkId} ${form.get('key')}`)
    .digest('base64url');
  const at = member.ctx.clock.now();
  const { outcome, isAsked } = await recordReply(member, opened, { kind, text, via: 'page', key, at });
  if (outcome === 'closed') return replyPage(frame, conversation, { said: 'is-closed', text });
  return seeOther(frame.url(isAsked ? { step: 'share', said: 'sent' } : { said: 'sent' }));
}

const PHONE = /^\+?[\d\s().\-/]{4,40}$/;

async function storeAnswer(
  member: MemberPage,
  frame: Frame,
  { scope, conversation }: OpenedReply,
  form: URLSearchParams,
): Promise<HttpResponse> {
  const question = await readQuestion(member, scope);
  if (!question) return seeOther(frame.url());
  let contact: SharedContact | null = null;
  if (form.get('answer') === 'yes') {
    const given = { email: (form.get('email') ?? '').trim(), phone: (form.get('phone') ?? '').trim() };
    const email = emailOf(given.email);
    if (!email) return questionPage(frame, conversation, question, { said: 'bad-email', given });
    if (given.phone !== '' && !PHONE.test(given.phone))
      return questionPage(frame, conversation, question, { said: 'bad-phone', given });
    contact = { email, phone: given.phone === '' ? null : given.phone };
  } else if (form.get('answer') !== 'no') return foreignForm(frame, 400);
  await answerQuestion(member, scope, contact, frame.language);
  return seeOther(frame.url({ said: contact ? 'shared' : 'not-shared' }));
}

function badLink(frame: Frame, problem: ReplyProblem): HttpResponse {
  const { badLink: words, reply } = frame.words;
  const text = problem === 'gone' ? reply.gone : words[problem];
  const status = problem === 'unknown' ? 404 : 410;
  return page(frame, status, words.title, `<p class="card">${html(text)}</p>${newLink(frame)}`);
}

function newLink({ language, words }: Frame): string {
  return `<p><a href="${escapeHtml(`${MEMBER_PATH}?lang=${language}`)}">${html(words.badLink.askAgain)}</a></p>`;
}

function foreignForm(frame: Frame, status = 403): HttpResponse {
  const { foreignForm: words } = frame.words;
  return page(frame, status, words.title, `<p class="card">${html(words.text)}</p>`);
}
