import { randomUUID } from 'node:crypto';
import { MESSAGE_CREDITS } from '@carrick/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Company,
  INBOUND_SECRET,
  linkIn,
  type MessageWorld,
  openMessageWorld,
  type Recruiter,
} from './testing/message-world.ts';

const DAY_MS = 24 * 3_600_000;
const within = { timeout: 60_000, interval: 20 };

let world: MessageWorld;
let acme: Company;
let rita: Recruiter;
let rolf: Recruiter;
let admin: Recruiter;
let zoe: Recruiter;
beforeAll(async () => {
  world = await openMessageWorld();
  acme = await world.company('Acme');
  rita = await acme.seat('Rita One');
  rolf = await acme.seat('Rolf Two');
  admin = await acme.seat('Ada Boss', { isAdmin: true });
  zoe = await (await world.company('Zeta')).seat('Zoe Zero');
}, 60_000);
afterAll(() => world.close());

let number = 0;
/** A member of their own for each test. */
async function person(given: object = {}) {
  const id = `p${++number}`;
  const email = `${id}@mail.example`;
  const line = { id, firstName: 'Pat', lastName: `Person${number}`, emails: [email], ...given };
  const ids = await world.members(line);
  return {
    id: await rita.idOf(line.lastName),
    memberId: ids.get(id) ?? 0,
    email,
    lastName: line.lastName,
    line,
  };
}

/** Writes, and opens what was mailed. */
async function invited(by: Recruiter = rita, given: object = {}) {
  const pat = await person();
  const { sent } = await by.write(pat.id, given);
  const { mail } = await world.mailTo(pat.email);
  const conversationId = sent[0]?.conversationId ?? '';
  return { ...pat, conversationId, mail, link: linkIn(mail.text) };
}

const answer = (link: string, kind: string, text = '') =>
  world.visit(link, { step: 'reply', kind, text, key: randomUUID() });

describe('writing', () => {
  test('MS1 a composer that sends twice, or twice at once, writes once', async () => {
    const pat = await person();
    const requestKey = randomUUID();
    const sent = await Promise.all([1, 2, 3].map(() => rita.write(pat.id, { requestKey })));
    expect(new Set(sent.map((each) => each.sent[0]?.conversationId)).size).toBe(1);
    expect((await rita.with(pat.id)).conversations).toHaveLength(1);
  });

  test('MS1 what has no subject or no text, is too long or addressed to nobody is refused', async () => {
    const pat = await person();
    const ask = async (given: object) => (await rita.write(pat.id, given)).refused[0]?.code;
    expect(await ask({ subject: ' ' })).toBe('MESSAGE_NOT_VALID');
    expect(await ask({ body: '\n' })).toBe('MESSAGE_NOT_VALID');
    expect(await ask({ subject: 'x'.repeat(201) })).toBe('MESSAGE_NOT_VALID');
    expect(await ask({ sendAt: world.clock.now() })).toBe('SEND_TIME_NOT_VALID');
    expect((await rita.write('nobody')).refused[0]?.code).toBe('NOT_FOUND');
    expect((await rita.post('/messages', { to: [] })).status).toBe(400);
    expect((await rita.with(pat.id)).conversations).toEqual([]);
  });

  test('MS2 a mark in the ATS blocks, with its name as the reason, and the others of the message are written to', async () => {
    const [marked, free] = [await person(), await person()];
    await acme.candidate('marked', {
      firstName: 'Pat',
      lastName: marked.lastName,
      emailAddresses: [marked.email],
      doNotContact: true,
    });
    const { sent, refused } = await rita.write([marked.id, free.id]);
    expect(sent.map(({ personId }) => personId)).toEqual([free.id]);
    expect(refused).toEqual([
      {
        personId: marked.id,
        code: 'MESSAGE_DO_NOT_CONTACT',
        message: 'Acme ATS marks this person “do not contact”, so nothing is sent.',
      },
    ]);
    expect((await rita.with(marked.id)).blocked?.code).toBe('MESSAGE_DO_NOT_CONTACT');
    expect((await rita.with(marked.id)).conversations).toEqual([]);
  });

  test('MS2 nobody writes to a person without an address, or to one who closed the account', async () => {
    const [mute, gone] = [await person({ emails: [] }), await person()];
    expect((await rita.write(mute.id)).refused[0]?.code).toBe('MESSAGE_NO_ADDRESS');
    await world.members({ ...gone.line, closed: true });
    expect((await rita.write(gone.id)).refused[0]?.code).toBe('NOT_FOUND');
    expect((await rita.get(`/messages/with/${gone.id}`)).status).toBe(404);
  });

  test('MS3 the last credit is spent once, an answer gives it back, and the next month begins anew', async () => {
    const seat = await acme.seat('Carl Credit');
    const first = await invited(seat);
    await world.ctx.db.transaction(acme.tenantId, async (tx) => {
      await tx`
        insert into conversation (tenant_id, contract_id, seat_id, member_id, visibility, request_key, state, sent_at, last_at)
        select ${acme.tenantId}, ${acme.contractId}, ${seat.seatId}, ${first.memberId}, 'PRIVATE', 'filler ' || n, 'SENT',
          ${world.clock.now() - 2 * 3_600_000}, ${world.clock.now()}
        from generate_series(1, ${MESSAGE_CREDITS - 2}) n`;
    });
    const [one, other] = [await person(), await person()];
    expect((await seat.with(one.id)).creditsLeft).toBe(1);
    const both = await Promise.all([seat.write(one.id), seat.write(other.id)]);
    expect(both.map(({ sent }) => sent.length).sort()).toEqual([0, 1]);
    expect(both.flatMap(({ refused }) => refused.map(({ code }) => code))).toEqual(['MESSAGE_NO_CREDITS']);
    await answer(first.link, 'declined');
    expect((await seat.with(one.id)).creditsLeft).toBe(1);
    world.clock.advance(31 * DAY_MS);
    expect((await seat.with(one.id)).creditsLeft).toBe(MESSAGE_CREDITS);
  });

  test('MS3 the 101st conversation within an hour waits', async () => {
    const seat = await acme.seat('Hans Hurry');
    const [pat, next] = [await person(), await person()];
    await world.ctx.db.transaction(acme.tenantId, async (tx) => {
      await tx`
        insert into conversation (tenant_id, contract_id, seat_id, member_id, visibility, request_key, state, sent_at, last_at)
        select ${acme.tenantId}, ${acme.contractId}, ${seat.seatId}, ${next.memberId}, 'PRIVATE', 'filler ' || n, 'REPLIED',
          ${world.clock.now()}, ${world.clock.now()}
        from generate_series(1, 100) n`;
    });
    expect((await seat.write(pat.id)).refused[0]?.code).toBe('MESSAGE_TOO_MANY');
    world.clock.advance(3_600_000);
    expect((await seat.write(pat.id)).sent).toHaveLength(1);
  });

  test('MS4 L-122 a colleague who wrote within 30 days is named with the date, one of another company is not', async () => {
    const { id, link } = await invited(rolf, { visibility: 'PRIVATE' });
    const at = world.clock.now();
    expect((await rita.with(id)).recentOutreach).toEqual({ by: 'Rolf Two', at });
    expect((await rolf.with(id)).recentOutreach).toBeNull();
    const of = async (seat: Recruiter) =>
      (await seat.get(`/messages/outreach?person=${id}&person=nobody`)).body;
    expect(await of(rita)).toEqual({ people: { [id]: { by: 'Rolf Two', at } } });
    expect([await of(rolf), await of(zoe)]).toEqual([{ people: {} }, { people: {} }]);
    const theirs = await zoe.idOf(`Person${number}`);
    expect(await zoe.with(theirs)).toMatchObject({ recentOutreach: null, conversations: [] });
    expect((await rita.write(id)).sent).toHaveLength(1);
    world.clock.advance(30 * DAY_MS);
    expect((await rita.with(id)).recentOutreach).toBeNull();
    expect(link).toContain('/member/reply/');
  });

  test('MS5 a draft is kept for its writer alone and goes when it is sent or emptied', async () => {
    const pat = await person();
    const draft = { subject: 'Hello', body: 'Half a th', visibility: 'PRIVATE' };
    expect((await rita.post('/message-drafts', { to: pat.id, ...draft })).status).toBe(204);
    expect((await rita.with(pat.id)).draft).toMatchObject(draft);
    expect((await rolf.with(pat.id)).draft).toBeNull();
    const drafts = await rita.get('/messages?folder=drafts');
    expect(drafts.body.entries).toMatchObject([{ conversationId: null, state: 'DRAFT', subject: 'Hello' }]);
    await rita.write(pat.id);
    expect((await rita.with(pat.id)).draft).toBeNull();
    await rita.post('/message-drafts', { to: pat.id, ...draft });
    await rita.post('/message-drafts', { to: pat.id, ...draft, subject: '', body: ' ' });
    expect((await rita.get('/messages?folder=drafts')).body.counts.drafts).toBe(0);
  });

  test('MS6 a message with a time waits for it, is nobody else’s until then, and leaves once', async () => {
    const pat = await person();
    const sendAt = world.clock.now() + DAY_MS;
    const { sent } = await rita.write(pat.id, { sendAt });
    const id = sent[0]?.conversationId;
    expect((await rita.get(`/messages/${id}`)).body).toMatchObject({ state: 'SCHEDULED', sendAt });
    expect((await rolf.get(`/messages/${id}`)).status).toBe(404);
    expect((await rolf.with(pat.id)).conversations).toEqual([]);
    expect((await rita.post(`/messages/${id}/reply`, { body: 'x', requestKey: randomUUID() })).status).toBe(
      404,
    );
    expect(world.smtp.received.some(({ recipients }) => recipients.includes(pat.email))).toBe(false);
    world.clock.advance(DAY_MS);
    await world.platform.deployment.outbox.poll();
    await world.mailTo(pat.email);
    await world.platform.deployment.outbox.poll();
    expect(world.smtp.received.filter(({ recipients }) => recipients.includes(pat.email))).toHaveLength(1);
    expect((await rolf.with(pat.id)).conversations).toMatchObject([{ state: 'SENT', at: world.clock.now() }]);
  });

  test('MS6 what was cancelled never leaves; what may no longer be sent becomes a draft', async () => {
    const [one, other] = [await person(), await person()];
    const sendAt = world.clock.now() + DAY_MS;
    const { sent } = await rita.write([one.id, other.id], { sendAt, body: 'Kept' });
    const cancel = `/messages/${sent[0]?.conversationId}/cancel`;
    expect((await rolf.post(cancel, {})).status).toBe(404);
    expect((await rita.post(cancel, {})).status).toBe(204);
    await acme.candidate('meanwhile', {
      firstName: 'Pat',
      lastName: other.lastName,
      emailAddresses: [other.email],
      doNotContact: true,
    });
    world.clock.advance(DAY_MS);
    await world.platform.deployment.outbox.poll();
    expect(await rita.with(other.id)).toMatchObject({ conversations: [], draft: { body: 'Kept' } });
    expect((await rita.with(one.id)).conversations).toEqual([]);
    const mailed = world.smtp.received.flatMap(({ recipients }) => recipients);
    expect(mailed).not.toContain(one.email);
    expect(mailed).not.toContain(other.email);
  });

  test('MS7 templates are their seat’s own; shared ones are offered to the contract', async () => {
    const add = (name: string, isShared: boolean) =>
      rita.post('/message-templates', { name, subject: 'S', body: 'B', isShared });
    const { body: own } = await add('Mine', false);
    await add('Ours', true);
    expect((await add(' ', true)).status).toBe(400);
    const namesOf = async (seat: Recruiter) =>
      (await seat.get('/message-templates')).body.templates.map((each: { name: string }) => each.name);
    expect(await namesOf(rita)).toEqual(['Mine', 'Ours']);
    expect(await namesOf(rolf)).toEqual(['Ours']);
    expect(await namesOf(zoe)).toEqual([]);
    await rolf.post(`/message-templates/${own.no}/delete`, {});
    expect(await namesOf(rita)).toContain('Mine');
    await rita.post(`/message-templates/${own.no}/delete`, {});
    expect(await namesOf(rita)).toEqual(['Ours']);
  });
});

describe('reading', () => {
  test('MS8 a private text is read by its writer alone, administrators included; colleagues see who and when', async () => {
    const { id, conversationId, link } = await invited(rita, { visibility: 'PRIVATE', body: 'Between us' });
    await answer(link, 'text', 'Between us too');
    const at = world.clock.now();
    for (const colleague of [rolf, admin]) {
      const { conversations } = await colleague.with(id);
      expect(conversations).toEqual([
        { conversationId, by: 'Rita One', isOwn: false, at, state: 'SENT', thread: null },
      ]);
      expect((await colleague.get(`/messages/${conversationId}`)).status).toBe(404);
      expect((await colleague.get(`/people/${id}`)).body.conversations).toBe(1);
    }
    expect((await rita.get(`/messages/${conversationId}`)).body.messages).toHaveLength(2);
    expect((await zoe.get(`/messages/${conversationId}`)).status).toBe(404);
  });

  test('MS8 a text that is open to the organisation is read by colleagues, answered by its writer alone', async () => {
    const { id, conversationId } = await invited();
    const [seen] = (await rolf.with(id)).conversations;
    expect(seen?.thread).toMatchObject({ isOwn: false, canReply: false, owner: 'Rita One' });
    const reply = { body: 'Mine now', requestKey: randomUUID() };
    expect((await rolf.post(`/messages/${conversationId}/reply`, reply)).status).toBe(404);
    expect((await zoe.post(`/messages/${conversationId}/reply`, reply)).status).toBe(404);
    expect((await rita.post(`/messages/${conversationId}/reply`, reply)).status).toBe(204);
    expect((await rita.post(`/messages/${conversationId}/reply`, reply)).status).toBe(204);
    expect((await rita.get(`/messages/${conversationId}`)).body.messages).toHaveLength(2);
  });

  test('MS9 the folders hold what their names say, and count the same', async () => {
    const seat = await acme.seat('Fay Folder');
    const [sent, accepted, declined, replied] = [
      await invited(seat),
      await invited(seat),
      await invited(seat),
      await invited(seat),
    ];
    await answer(accepted.link, 'interested');
    await answer(declined.link, 'declined');
    await answer(replied.link, 'text', 'Tell me more');
    await seat.write((await person()).id, { sendAt: world.clock.now() + DAY_MS });
    const folder = async (name: string) => {
      const { body } = await seat.get(`/messages?folder=${name}`);
      expect(body.counts[name]).toBe(body.entries.length);
      return body.entries.map((each: { conversationId: string }) => each.conversationId).sort();
    };
    const ids = (...all: { conversationId: string }[]) =>
      all.map(({ conversationId }) => conversationId).sort();
    expect(await folder('awaiting')).toEqual(ids(sent));
    expect(await folder('inbox')).toEqual(ids(accepted, declined, replied));
    expect(await folder('sent')).toEqual(ids(sent, accepted, declined, replied));
    expect(await folder('declined')).toEqual(ids(declined));
    expect(await folder('scheduled')).toHaveLength(1);
    const states = (await seat.get('/messages?folder=sent')).body.entries.map(
      (each: { state: string }) => each.state,
    );
    expect(states.sort()).toEqual(['ACCEPTED', 'DECLINED', 'REPLIED', 'SENT']);
    expect((await seat.get('/messages')).body.unread).toBe(3);
    await seat.post(`/messages/${replied.conversationId}/read`, {});
    expect((await seat.get('/messages')).body.unread).toBe(2);
    expect((await seat.get('/messages?folder=nonsense')).status).toBe(400);
  });

  test('MS10 an answer by ordinary mail lands in the conversation, once', async () => {
    const { conversationId, mail, email } = await invited();
    const inbound = () =>
      fetch(`${world.baseUrl}/mail/inbound`, {
        method: 'POST',
        headers: { authorization: `Bearer ${INBOUND_SECRET}` },
        body: [
          `From: <${email}>`,
          `To: <${mail.replyTo?.[0]?.address}>`,
          'Subject: Re: A role in freight',
          `Message-ID: <once-${conversationId}@mail.example>`,
          'Content-Type: text/plain; charset=utf-8',
          '',
          'By mail, then.',
        ].join('\r\n'),
      });
    expect((await inbound()).ok).toBe(true);
    expect((await inbound()).ok).toBe(true);
    const { body } = await rita.get(`/messages/${conversationId}`);
    expect(body.state).toBe('REPLIED');
    expect(body.messages.map((each: { body: string }) => each.body)).toEqual([
      'Are you free for a talk?',
      'By mail, then.',
    ]);
  });

  test('MS10 "No thanks" alone ends the conversation for both, and a new one can be begun', async () => {
    const { id, conversationId, link } = await invited();
    await answer(link, 'declined');
    expect((await rita.get(`/messages/${conversationId}`)).body).toMatchObject({
      state: 'DECLINED',
      canReply: false,
    });
    const reply = await rita.post(`/messages/${conversationId}/reply`, {
      body: 'But',
      requestKey: randomUUID(),
    });
    expect(reply).toMatchObject({ status: 409, body: { code: 'THREAD_CLOSED' } });
    await answer(link, 'text', 'I changed my mind');
    expect((await rita.get(`/messages/${conversationId}`)).body.messages).toHaveLength(2);
    expect((await rita.write(id)).sent).toHaveLength(1);
  });

  test('MS10 who declines with a word can be answered', async () => {
    const { conversationId, link } = await invited();
    await answer(link, 'declined', 'Next year perhaps');
    expect((await rita.get(`/messages/${conversationId}`)).body).toMatchObject({
      state: 'DECLINED',
      canReply: true,
    });
  });

  test('MS13 the member’s download holds what was said, and who was erased is forgotten in it', async () => {
    const { email, conversationId, link } = await invited(rita, {
      visibility: 'PRIVATE',
      body: 'For the download',
    });
    await answer(link, 'text', 'My own words');
    await world.visit(`${world.baseUrl}/member`, { email });
    const settings = /https?:\/\/\S+\/member\/settings\/\S+/;
    await expect
      .poll(async () => settings.exec((await world.mailTo(email)).mail.text ?? '')?.[0] ?? '', within)
      .not.toBe('');
    const page = settings.exec((await world.mailTo(email)).mail.text ?? '')?.[0] ?? '';
    const data = JSON.parse((await world.visit(page.replace('/settings/', '/data/'))).html);
    expect(data.conversations).toMatchObject([
      {
        organisation: 'Acme',
        messages: [
          { isFromMember: false, author: 'Rita One', text: 'For the download' },
          { isFromMember: true, text: 'My own words' },
        ],
      },
    ]);
    await world.visit(page, { step: 'erase', sure: 'yes' });
    expect((await rita.get(`/messages/${conversationId}`)).status).toBe(404);
    expect((await rita.get('/messages?folder=sent')).body.entries).not.toContainEqual(
      expect.objectContaining({ conversationId }),
    );
  });

  test('MS14 an answer is news at once for the writer, a private one for nobody else', async () => {
    const { id, link } = await invited(rita, { visibility: 'PRIVATE' });
    const marker = await invited(rolf);
    const [hers, his] = [await rita.follow(), await rolf.follow()];
    await answer(link, 'interested');
    await expect.poll(() => hers.heard(id), within).toBe(true);
    await answer(marker.link, 'interested');
    await expect.poll(() => his.heard(marker.id), within).toBe(true);
    expect(his.heard(id)).toBe(false);
    await hers.close();
    await his.close();
  });
});
