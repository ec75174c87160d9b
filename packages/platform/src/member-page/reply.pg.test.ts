import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { consentsOfMember, readConsents } from '../consent/index.ts';
import { revokeLinks } from './links.ts';
import { type TestPeople, testPeople } from './testing/people.ts';
import {
  INBOUND_SECRET,
  linkIn,
  type MemberWorld,
  openMemberWorld,
  replyAddressOf,
  type TestOrganisation,
} from './testing/world.ts';

let world: MemberWorld;
let acme: TestOrganisation;
let other: TestOrganisation;
let people: TestPeople;
let replies = 0;

beforeAll(async () => {
  world = await openMemberWorld();
  acme = await world.organisation('Acme');
  other = await world.organisation('Globex');
  people = testPeople(world);
});
afterAll(() => world.close());
beforeEach(() => people.forgetMail());

describe('replies and consent', () => {
  const question = (path: string) => path.replace('?lang=en', '?step=share&lang=en');

  test('MP14 the mail carries the message and not the address; on its page it is answered, once a form', async () => {
    const mae = await people.somebody();
    const path = await world.invite(acme, mae.memberId);
    const { mail } = world.smtp.received.at(-1) ?? {};
    expect(mail?.from).toEqual({ name: 'Rita Żak (Acme)', address: 'no-reply@localhost' });
    expect(mail?.subject).toBe('A job');
    expect(mail?.text).toContain('Are you free for a talk?');
    expect((await people.show(path)).html).toContain('Message from Rita Żak, Acme');
    const form = { ...people.newReply(), kind: 'text', text: 'Yes,\r\nat ten.' };
    expect((await people.send(path, form)).url).toContain('said=sent');
    await people.send(path, form);
    const replies = world.conversations.replies.filter(({ scope }) => scope.memberId === mae.memberId);
    expect(replies).toMatchObject([{ kind: 'text', text: 'Yes,\nat ten.', via: 'page' }]);
    expect((await people.show(path)).html).toContain('Yes,\nat ten.');
  });

  test('MP14 quick answers need no text, “No thanks” ends the conversation, and nothing is lost where an answer cannot be stored', async () => {
    const mae = await people.somebody();
    const path = await world.invite(acme, mae.memberId);
    expect((await people.send(path, { ...people.newReply(), kind: 'text', text: '  ' })).html).toContain(
      'Please write something',
    );
    expect((await people.send(path, { ...people.newReply(), kind: 'declined' })).html).toContain(
      'You answered “No thanks”',
    );
    expect(world.conversations.replies.at(-1)).toMatchObject({ kind: 'declined', text: '' });
    const second = await world.invite(acme, mae.memberId);
    world.conversations.closeAll();
    const late = await people.send(second, { ...people.newReply(), kind: 'text', text: 'My long answer' });
    expect({ status: late.status, said: late.html.includes('nothing was sent') }).toEqual({
      status: 400,
      said: true,
    });
  });

  test('MP14 an answer by ordinary mail comes into the same conversation, once, and only as long as its link is good', async () => {
    const mae = await people.somebody();
    await world.invite(acme, mae.memberId);
    const to = replyAddressOf(world);
    const { mail } = world.smtp.received.at(-1) ?? {};
    const answer = (text: string, messageId: string) =>
      deliver({ from: mae.email, to, text, messageId, inReplyTo: mail?.messageId });
    expect(await answer('Gladly.\n\n> --- ^ ^ ^ --- ^ ^ ^ ---\n> Rita writes', '<a1@x.example>')).toBe(
      'taken',
    );
    expect(await answer('Gladly.', '<a1@x.example>')).toBe('taken');
    const replies = () => world.conversations.replies.filter(({ scope }) => scope.memberId === mae.memberId);
    expect(replies()).toMatchObject([{ kind: 'text', text: 'Gladly.', via: 'mail' }]);
    await world.ctx.db.pipeline(null, (tx) => [revokeLinks(tx, mae.memberId, world.clock.now())]);
    expect(await answer('Too late.', '<a2@x.example>')).toBe('ignored');
    expect(replies()).toHaveLength(1);
  });

  test('MP10 1.10 A1 L-124 L-125 after a reply the member is asked, with his or her own data; without one never', async () => {
    const mae = await people.somebody({ emails: ['mae1@people.example', 'mae2@people.example'] });
    const path = await world.invite(acme, mae.memberId);
    expect((await people.show(question(path))).html).not.toContain('Share your contact info?');
    expect(await people.consentOf(acme, mae.memberId)).toBeUndefined();
    const asked = await people.send(path, { ...people.newReply(), kind: 'interested' });
    expect(asked.html).toContain('<h1>Share your contact info?</h1>');
    expect(asked.html).toContain('Chief &lt;Engineer&gt;');
    expect(asked.html).toContain(
      'Rita Żak would like to contact you to gather more information or schedule interviews. Would you like to share your contact info?',
    );
    expect(asked.html).toContain('value="mae1@people.example"');
    expect(asked.html).toContain('<option value="mae2@people.example">');
    expect(asked.html).toContain('value="+1 415 555 0100"');
    const buttons = [...asked.html.matchAll(/<button([^>]*)>([^<]*)<\/button>/g)].map(
      ([, attributes = '', text]) => [text, attributes.includes('class')],
    );
    expect(buttons).toEqual([
      ['No, don’t share', false],
      ['Yes, please share', false],
    ]);
    expect(asked.html).toContain('What is shared and how do I withdraw?');
    expect((await people.show(path.replace('?', '?step=about&'))).html).toContain(
      'If you say yes, Acme receives your name',
    );
  });

  test('MP11 1.10 A2 L-126 yes is stored with time, version of the text, company and the data confirmed, for this company alone', async () => {
    const mae = await people.somebody();
    const path = await world.invite(acme, mae.memberId);
    await people.send(path, { ...people.newReply(), kind: 'interested' });
    const done = await people.send(path, {
      step: 'share',
      answer: 'yes',
      email: mae.email,
      phone: '+1 415 555 0100',
    });
    expect(done.html).toContain('Your contact info is shared with this company only.');
    expect(await people.consentOf(acme, mae.memberId)).toEqual({
      tenantId: acme.tenantId,
      memberId: mae.memberId,
      contractId: acme.contractId,
      seatId: acme.seatId,
      lastAskedAt: world.clock.now(),
      state: 'given',
      answeredAt: world.clock.now(),
      contact: { email: mae.email, phone: '+1 415 555 0100' },
    });
    const [own] = await world.ctx.db.read(null, (tx) => consentsOfMember(tx, mae.memberId));
    expect(own).toMatchObject({ organisation: 'Acme', textVersion: '2026-1', state: 'given' });
    expect(await people.consentOf(other, mae.memberId)).toBeUndefined();
    const foreign = await world.ctx.db.read(other.tenantId, (tx) =>
      readConsents(tx, acme.tenantId, [mae.memberId]),
    );
    expect(foreign.size).toBe(0); // row-level security, whatever the query asks for
    expect(world.consentChanges).toMatchObject([
      { change: 'GIVEN', memberId: mae.memberId, contractId: acme.contractId },
    ]);
  });

  test('MP11 1.10 A4 the edited e-mail is the one that is delivered, and an empty phone is none; what is no e-mail or phone is said', async () => {
    const mae = await people.somebody();
    const path = await world.invite(acme, mae.memberId);
    await people.send(path, { ...people.newReply(), kind: 'interested' });
    const bad = await people.send(path, { step: 'share', answer: 'yes', email: 'not one', phone: 'call me' });
    expect({ status: bad.status, keeps: bad.html.includes('value="call me"') }).toEqual({
      status: 400,
      keeps: true,
    });
    expect(
      (await people.send(path, { step: 'share', answer: 'yes', email: 'a@b.example', phone: 'call me' }))
        .status,
    ).toBe(400);
    expect((await people.consentOf(acme, mae.memberId))?.state).toBe('none');
    await people.send(path, { step: 'share', answer: 'yes', email: 'edited@elsewhere.example', phone: ' ' });
    expect(await people.consentOf(acme, mae.memberId)).toMatchObject({
      contact: { email: 'edited@elsewhere.example', phone: null },
    });
    // It is no identifier: only a confirmed address is one.
    expect((await world.member(mae.memberId)).emails).toEqual([mae.email]);
  });

  test('MP12 1.10 A3 after No nothing is kept, and nobody is asked again', async () => {
    const mae = await people.somebody();
    const path = await world.invite(acme, mae.memberId);
    await people.send(path, { ...people.newReply(), kind: 'interested' });
    const done = await people.send(path, {
      step: 'share',
      answer: 'no',
      email: mae.email,
      phone: '+1 415 555 0100',
    });
    expect(done.html).toContain('Your contact info is not shared.');
    expect(await people.consentOf(acme, mae.memberId)).toMatchObject({ state: 'refused' });
    expect(await everythingIn(acme.tenantId, mae.memberId)).not.toMatch(/people\.example|555/);
    const again = await people.send(path, { ...people.newReply(), kind: 'text', text: 'One thing more.' });
    expect(again.html).not.toContain('Share your contact info?');
    // Nor is an answer changed by a page that was left open.
    await people.send(path, { step: 'share', answer: 'yes', email: mae.email, phone: '' });
    expect(await people.consentOf(acme, mae.memberId)).toMatchObject({ state: 'refused' });
  });

  test('MP12 1.10 A3 closing the window is no answer: asked once more at the next reply, never a third time', async () => {
    const mae = await people.somebody();
    const path = await world.invite(acme, mae.memberId);
    const isAsked = async () =>
      (
        await people.send(path, { ...people.newReply(), kind: 'text', text: `Reply ${++replies}` })
      ).html.includes('Share your contact info?');
    expect([await isAsked(), await isAsked(), await isAsked(), await isAsked()]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect((await people.consentOf(acme, mae.memberId))?.state).toBe('none');
    // Another company asks for itself.
    const theirs = await world.invite(other, mae.memberId);
    expect((await people.send(theirs, { ...people.newReply(), kind: 'interested' })).html).toContain(
      'Share your contact info?',
    );
  });

  test('MP10 1.10 A5 L-124 who is in the company’s ATS already is not asked', async () => {
    const mae = await people.somebody({ firstName: 'Mae', lastName: 'Wong', emails: ['wong@gmail.com'] });
    await world.put(acme, 'w1', { firstName: 'Mae', lastName: 'Wong', emailAddresses: ['wong@gmail.com'] });
    const path = await world.invite(acme, mae.memberId);
    expect((await people.send(path, { ...people.newReply(), kind: 'interested' })).html).not.toContain(
      'Share your contact info?',
    );
    expect(await people.consentOf(acme, mae.memberId)).toBeUndefined();
    const theirs = await world.invite(other, mae.memberId);
    expect((await people.send(theirs, { ...people.newReply(), kind: 'interested' })).html).toContain(
      'Share your contact info?',
    );
  });

  test('MP10 a record without contact data, as an export makes it, is no reason not to ask', async () => {
    const profileUrl = 'https://www.linkedin.com/in/lena-exported';
    const lena = await people.somebody({
      firstName: 'Lena',
      lastName: 'Exported',
      profileUrls: [profileUrl],
    });
    await world.put(acme, 'x1', {
      firstName: 'Lena',
      lastName: 'Exported',
      linkedInProfileUrl: profileUrl,
    });
    expect((await world.links(acme)).x1).toBe(lena.memberId);
    const path = await world.invite(acme, lena.memberId);
    expect((await people.send(path, { ...people.newReply(), kind: 'interested' })).html).toContain(
      'Share your contact info?',
    );
  });

  test('MP10 without an enabled integration, and after “No thanks”, nobody is asked', async () => {
    const plain = await world.organisation('Plain');
    await world.ctx.db.pipeline(plain.tenantId, (tx) => [
      tx`update integration set status = 'PARTNER_READY'`,
    ]);
    const mae = await people.somebody();
    const path = await world.invite(plain, mae.memberId);
    expect((await people.send(path, { ...people.newReply(), kind: 'interested' })).html).not.toContain(
      'Share your contact info?',
    );
    const declined = await world.invite(acme, mae.memberId);
    expect((await people.send(declined, { ...people.newReply(), kind: 'declined' })).html).not.toContain(
      'Share your contact info?',
    );
    expect(await people.consentOf(acme, mae.memberId)).toBeUndefined();
  });

  test('MP10 who replied by mail is asked by mail', async () => {
    const mae = await people.somebody();
    await world.invite(acme, mae.memberId);
    expect(
      await deliver({ from: mae.email, to: replyAddressOf(world), text: 'Yes.', messageId: '<q1@x>' }),
    ).toBe('taken');
    await world.settle();
    const { mail, recipients } = world.smtp.received.at(-1) ?? {};
    expect({ recipients, subject: mail?.subject }).toEqual({
      recipients: [mae.email],
      subject: 'Share your contact info with Acme?',
    });
    const path = linkIn(mail?.text ?? '').slice(world.baseUrl.length);
    expect((await people.show(path)).html).toContain('<h1>Share your contact info?</h1>');
    await people.send(path, { step: 'share', answer: 'yes', email: mae.email, phone: '' });
    expect((await people.consentOf(acme, mae.memberId))?.state).toBe('given');
  });

  test('MP13 1.10 A6 the member sees who has the contact info and stops sharing: it is forgotten here, and the ATS is told', async () => {
    const mae = await people.somebody();
    for (const company of [acme, other]) {
      const path = await world.invite(company, mae.memberId);
      await people.send(path, { ...people.newReply(), kind: 'interested' });
      await people.send(path, { step: 'share', answer: 'yes', email: mae.email, phone: '+1 415 555 0100' });
    }
    const { html } = await people.show(mae.path);
    expect(html).toMatch(
      /<h3>Acme<\/h3><p class="small">Shared since .*<h3>Globex<\/h3><p class="small">Shared since /s,
    );
    expect(html).toContain('aria-label="Stop sharing with Acme"');
    const done = await people.send(mae.path, { step: 'withdraw', organisation: String(acme.tenantId) });
    expect(done.html).toContain('This company gets your contact info no longer.');
    expect(await people.consentOf(acme, mae.memberId)).toMatchObject({
      state: 'withdrawn',
      withdrawnAt: world.clock.now(),
    });
    expect((await people.consentOf(other, mae.memberId))?.state).toBe('given');
    expect(world.consentChanges.at(-1)).toMatchObject({ change: 'WITHDRAWN', tenantId: acme.tenantId });
    expect(await everythingIn(acme.tenantId, mae.memberId)).not.toMatch(/people\.example|555/);
    await people.send(mae.path, { step: 'withdraw', organisation: String(acme.tenantId) });
    expect(world.consentChanges.filter(({ change }) => change === 'WITHDRAWN')).toHaveLength(1);
    const events = await world.ctx.db.read(
      acme.tenantId,
      async (tx) => tx<{ change: string; has_phone: boolean }>`
      select change, has_phone from contact_consent_event where member_id = ${mae.memberId} order by event_no`,
    );
    expect(events.map(({ change, has_phone }) => [change, has_phone])).toEqual([
      ['ASKED', false],
      ['GIVEN', true],
      ['WITHDRAWN', false],
    ]);
  });

  test('MP18 by one link thirty replies an hour are taken, and a text that is refused stays on the page', async () => {
    const mae = await people.somebody();
    const path = await world.invite(acme, mae.memberId);
    for (let i = 0; i < 30; i++)
      await people.send(path, { ...people.newReply(), kind: 'text', text: `No ${i}` });
    const refused = await people.send(path, { ...people.newReply(), kind: 'text', text: 'My thirty-first' });
    expect({ status: refused.status, keeps: refused.html.includes('>My thirty-first</textarea>') }).toEqual({
      status: 429,
      keeps: true,
    });
  });
});

/** What the tables of consent hold of a member in one organisation, as text. */
async function everythingIn(tenantId: number, memberId: number): Promise<string> {
  const [row] = await world.ctx.db.read(
    tenantId,
    async (tx) => tx<{ text: string | null }>`
    select jsonb_build_array(
      (select jsonb_agg(c) from contact_consent c where c.member_id = ${memberId}),
      (select jsonb_agg(e) from contact_consent_event e where e.member_id = ${memberId})
    )::text as text`,
  );
  return row?.text ?? '';
}

async function deliver(mail: Parameters<ReturnType<typeof createTransport>['sendMail']>[0]): Promise<string> {
  const { message } = await createTransport({ streamTransport: true, buffer: true }).sendMail(mail);
  const response = await fetch(`${world.baseUrl}/mail/inbound`, {
    method: 'POST',
    headers: { authorization: `Bearer ${INBOUND_SECRET}` },
    body: new Uint8Array(message as unknown as Buffer), // `buffer: true` makes it one
  });
  return ((await response.json()) as { outcome: string }).outcome;
}
