import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestPeople, testPeople } from './testing/people.ts';
import { linkIn, type MemberWorld, openMemberWorld, type TestOrganisation, visit } from './testing/world.ts';

let world: MemberWorld;
let acme: TestOrganisation;
let other: TestOrganisation;
let people: TestPeople;

beforeAll(async () => {
  world = await openMemberWorld();
  acme = await world.organisation('Acme');
  other = await world.organisation('Globex');
  people = testPeople(world);
});
afterAll(() => world.close());
beforeEach(() => people.forgetMail());

describe('settings', () => {
  const toggle = (path: string, name: string, to: 'on' | 'off') =>
    people.send(path, { step: 'switch', name, to });

  test('MP7 1.11 A1 the switch for exports holds at once, shows its date, and outlives the import', async () => {
    const mae = await people.somebody();
    expect((await people.show(mae.path)).html).toMatch(/aria-checked="true" aria-labelledby="sharing"/);
    await toggle(mae.path, 'sharing', 'off');
    expect((await world.member(mae.memberId)).sharesWithThirdParties).toBe(false);
    const { html } = await people.show(mae.path);
    expect(html).toMatch(/aria-checked="false" aria-labelledby="sharing"/);
    const date = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(
      world.clock.now(),
    );
    expect(html).toContain(`Changed by you on ${date}`);
    await world.bring({ id: mae.id, lastName: 'Renamed', emails: [mae.email], shareWithThirdParties: true });
    expect(await world.member(mae.memberId)).toMatchObject({
      lastName: 'Renamed',
      sharesWithThirdParties: false,
    });
    await toggle(mae.path, 'sharing', 'on');
    await world.bring({ id: mae.id, lastName: 'Renamed', emails: [mae.email], shareWithThirdParties: false });
    expect((await world.member(mae.memberId)).sharesWithThirdParties).toBe(true);
  });

  test('MP7 1.11 A2 every change is logged and shown, the directory’s too, and nothing is logged twice', async () => {
    const mae = await people.somebody();
    const line = { id: mae.id, lastName: 'N', emails: [mae.email] };
    await world.bring({ ...line, shareWithThirdParties: false });
    await toggle(mae.path, 'sharing', 'on');
    await toggle(mae.path, 'sharing', 'on');
    await world.bring({ ...line, shareWithThirdParties: false });
    await toggle(mae.path, 'found-by-email', 'off');
    const { html } = await people.show(mae.path);
    const log = html.slice(html.indexOf('id="log"'), html.indexOf('id="data"'));
    const entries = [...log.matchAll(/<li>(.*?)<\/li>/gs)].map(([, text = '']) =>
      text.replaceAll(/<[^>]+>/g, ''),
    );
    expect(entries).toEqual([
      expect.stringMatching(/^Turned off: Let companies that have my e-mail address find me by it .*by you$/),
      expect.stringMatching(/^Turned on: Allow recruiters to export .*by you$/),
      expect.stringMatching(/^Turned off: Allow recruiters to export .*by the directory$/),
    ]);
  });

  test('MP5 a confirmed e-mail links the member with what an ATS holds, at once; one that was not confirmed does not', async () => {
    const mae = await people.somebody({ firstName: 'Mae', lastName: 'Quimby' });
    const email = 'quimby.private@gmail.com';
    await world.put(acme, 'q1', { firstName: 'Mae', lastName: 'Quimby', emailAddresses: [email] });
    const asked = await people.send(mae.path, { step: 'add-email', email: 'Quimby.Private@gmail.com' });
    expect(asked.html).toContain('A link was mailed there');
    await world.settle();
    const { mail, recipients } = world.smtp.received.at(-1) ?? {};
    expect(recipients).toEqual(['Quimby.Private@gmail.com']);
    expect(mail?.text).not.toMatch(/Mae|Quimby(?!\.Private)/); // whoever got it by mistake learns nobody's name
    expect(await world.links(acme)).not.toHaveProperty('q1');
    const confirm = linkIn(mail?.text ?? '').slice(world.baseUrl.length);
    expect((await people.show(confirm)).html).toContain('Quimby.Private@gmail.com');
    expect(await world.links(acme)).not.toHaveProperty('q1');
    expect((await people.send(confirm, {})).html).toContain('Your address is confirmed');
    expect(await world.links(acme)).toMatchObject({ q1: mae.memberId });
    expect((await world.member(mae.memberId)).emails).toEqual([mae.email, email]);
    // It outlives the import that does not know it, and the link is good once.
    await world.bring({
      id: mae.id,
      firstName: 'Mae',
      lastName: 'Quimby',
      emails: [mae.email],
      headline: 'New',
    });
    expect(await world.links(acme)).toMatchObject({ q1: mae.memberId });
    expect((await people.send(confirm, {})).status).toBe(410);
    await world.settle();
    expect(world.smtp.received.at(-1)).toMatchObject({ recipients: [mae.email] });
    expect(world.smtp.received.at(-1)?.mail.subject).toBe('An e-mail address was added to your profile');
  });

  test('MP5 an address that is removed identifies nobody, whatever the directory says, and links mailed there end', async () => {
    const mae = await people.somebody({
      firstName: 'Mae',
      lastName: 'Ruiz',
      emails: ['ruiz@gmail.com', 'mae.ruiz@web.de'],
    });
    await world.put(acme, 'r1', { firstName: 'Mae', lastName: 'Ruiz', emailAddresses: ['ruiz@gmail.com'] });
    expect(await world.links(acme)).toMatchObject({ r1: mae.memberId });
    const mailed = await people.linkTo(mae.memberId, 'Ruiz@gmail.com');
    expect((await people.send(mae.path, { step: 'remove-email', email: 'RUIZ@gmail.com' })).html).toContain(
      'The address was removed',
    );
    expect(await world.links(acme)).not.toHaveProperty('r1');
    expect((await people.show(mailed)).status).toBe(410);
    expect((await people.show(mae.path)).status).toBe(200);
    await world.bring({
      id: mae.id,
      firstName: 'Mae',
      lastName: 'Ruiz',
      emails: ['ruiz@gmail.com', 'mae.ruiz@web.de'],
      headline: 'x',
    });
    expect((await world.member(mae.memberId)).emails).toEqual(['mae.ruiz@web.de']);
    expect(await world.links(acme)).not.toHaveProperty('r1');
    const last = await people.send(mae.path, { step: 'remove-email', email: 'mae.ruiz@web.de' });
    expect({
      said: last.html.includes('This is your last address'),
      emails: (await world.member(mae.memberId)).emails,
    }).toEqual({
      said: true,
      emails: ['mae.ruiz@web.de'],
    });
  });

  test('MP6 who is not to be found by e-mail is not, by what is held already and what comes later, until it is switched on again', async () => {
    const mae = await people.somebody({ firstName: 'Mae', lastName: 'Sandor', emails: ['sandor@gmail.com'] });
    const jane = { firstName: 'Mae', lastName: 'Sandor', emailAddresses: ['sandor@gmail.com'] };
    await world.put(acme, 's1', jane);
    expect(await world.links(acme)).toMatchObject({ s1: mae.memberId });
    await toggle(mae.path, 'found-by-email', 'off');
    expect(await world.member(mae.memberId)).toMatchObject({
      isFoundByEmail: false,
      isFoundByPhone: true,
      emails: ['sandor@gmail.com'],
    });
    expect(await world.links(acme)).not.toHaveProperty('s1');
    await world.put(acme, 's2', jane);
    await world.bring({
      id: mae.id,
      firstName: 'Mae',
      lastName: 'Sandor',
      emails: ['sandor@gmail.com'],
      headline: 'x',
    });
    expect(Object.keys(await world.links(acme))).not.toEqual(expect.arrayContaining(['s2']));
    expect(await world.links(acme)).not.toHaveProperty('s1');
    // The page itself is still found by the address.
    await people.send('/member', { email: 'sandor@gmail.com' });
    await world.settle();
    expect(world.smtp.received).toHaveLength(1);
    await toggle(mae.path, 'found-by-email', 'on');
    expect(await world.links(acme)).toMatchObject({ s1: mae.memberId, s2: mae.memberId });
  });

  test('MP6 the choice about phones is a fact of its own', async () => {
    const mae = await people.somebody();
    await toggle(mae.path, 'found-by-phone', 'off');
    expect(await world.member(mae.memberId)).toMatchObject({ isFoundByEmail: true, isFoundByPhone: false });
    await world.bring({ id: mae.id, lastName: 'X', emails: [mae.email] });
    expect(await world.member(mae.memberId)).toMatchObject({ isFoundByEmail: true, isFoundByPhone: false });
  });

  test('MP8 where the deployment shows it a member sees who holds a record tied to him or her, and nobody else’s', async () => {
    const mae = await people.somebody({ firstName: 'Mae', lastName: 'Tanaka', emails: ['tanaka@gmail.com'] });
    for (const [scope, id] of [
      [acme, 't1'],
      [acme, 't2'],
      [other, 't1'],
    ] as const)
      await world.put(scope, id, {
        firstName: 'Mae',
        lastName: 'Tanaka',
        emailAddresses: ['tanaka@gmail.com'],
      });
    await world.put(other, 't3', { firstName: 'Ben', lastName: 'Otto', emailAddresses: ['otto@gmail.com'] });
    const { html } = await people.show(mae.path);
    const part = html
      .slice(html.indexOf('id="records"'), html.indexOf('id="log"'))
      .replaceAll(/<[^>]+>/g, '');
    expect(part).toMatch(/Acme 2 records in Acme ATS, .*Globex One record in Globex ATS/s);
    const zoe = await people.somebody();
    expect((await people.show(zoe.path)).html).toContain('holds a record that is tied to you.');

    const silent = await openMemberWorld({ memberSeesRecords: false });
    try {
      await silent.bring({ id: 'm', lastName: 'M', emails: ['m@people.example'] });
      await visit(silent, '/member', { email: 'm@people.example' });
      await silent.settle();
      const path = linkIn(silent.smtp.received[0]?.mail.text ?? '').slice(silent.baseUrl.length);
      expect((await visit(silent, path)).html).not.toContain('Companies with a record about you');
    } finally {
      await silent.close();
    }
  });

  test('MP9 the companies that exported the profile are listed with date and ATS', async () => {
    const mae = await people.somebody();
    expect((await people.show(mae.path)).html).toContain('No company has.');
    world.exported.set(mae.memberId, [
      { organisation: 'Initech & Co', ats: 'Hire', exportedAt: Date.UTC(2026, 1, 3) },
    ]);
    expect((await people.show(mae.path)).html).toMatch(
      /Initech &amp; Co<\/strong> <span[^>]*>on February 3, 2026, into Hire/,
    );
  });

  test('MP15 the download holds everything about the member and nothing about anybody else', async () => {
    const mae = await people.somebody({ skills: ['PostgreSQL'] });
    const zoe = await people.somebody();
    await world.invite(acme, mae.memberId, 'An offer for Mae');
    await world.invite(acme, zoe.memberId, 'An offer for Zoe');
    await toggle(mae.path, 'sharing', 'off');
    const response = await people.show(`/member/data/${mae.path.split('/').at(-1)}`);
    expect(response.headers.get('content-disposition')).toContain('attachment');
    const data: unknown = JSON.parse(response.html);
    expect(data).toMatchObject({
      profile: { emails: [mae.email], skills: ['PostgreSQL'], sharesWithThirdParties: false },
      changes: [{ choice: 'sharing', isOn: false, origin: 'member' }],
      consents: [],
      exports: [],
      records: [],
      conversations: [{ organisation: 'Acme', messages: [{ text: 'An offer for Mae' }] }],
    });
    expect(response.html).not.toContain('Zoe');
    expect(response.html).not.toContain(zoe.email);
  });

  test('MP16 a closed account is found by nobody, opens again, and no import decides about it', async () => {
    const mae = await people.somebody({ firstName: 'Mae', lastName: 'Ulm', emails: ['ulm@gmail.com'] });
    const line = { id: mae.id, firstName: 'Mae', lastName: 'Ulm', emails: ['ulm@gmail.com'] };
    await world.put(acme, 'u1', { firstName: 'Mae', lastName: 'Ulm', emailAddresses: ['ulm@gmail.com'] });
    await toggle(mae.path, 'account', 'off');
    expect((await world.member(mae.memberId)).isClosed).toBe(true);
    expect(await world.links(acme)).not.toHaveProperty('u1');
    await world.bring({ ...line, headline: 'again' });
    expect((await world.member(mae.memberId)).isClosed).toBe(true);
    expect((await people.show(mae.path)).html).toContain('Your account is closed');
    await toggle(mae.path, 'account', 'on');
    expect(await world.links(acme)).toMatchObject({ u1: mae.memberId });
  });

  test('MP16 erased means erased: profile, addresses, links and choices; the import does not bring the person back', async () => {
    const mae = await people.somebody({
      firstName: 'Mae',
      lastName: 'Varga',
      emails: ['varga@gmail.com'],
      connections: ['x'],
    });
    await world.put(acme, 'v1', { firstName: 'Mae', lastName: 'Varga', emailAddresses: ['varga@gmail.com'] });
    const reply = await world.invite(other, mae.memberId);
    await people.send(reply, { ...people.newReply(), kind: 'interested' });
    await people.send(reply, { step: 'share', answer: 'yes', email: 'varga@gmail.com', phone: '' });
    expect((await people.send(mae.path, { step: 'erase' })).html).toContain('Nothing was erased');
    const done = await people.send(mae.path, { step: 'erase', sure: 'yes' });
    expect(done.html).toContain('Your data is erased');
    for (const path of [mae.path, reply]) expect((await people.show(path)).status).toBe(404);
    expect(await world.links(acme)).not.toHaveProperty('v1');
    expect(world.conversations.forgotten).toContain(mae.memberId);
    expect(world.consentChanges.map(({ change }) => change)).toEqual(['GIVEN', 'WITHDRAWN']);
    await world.bring({
      id: mae.id,
      firstName: 'Mae',
      lastName: 'Varga',
      emails: ['varga@gmail.com'],
      phones: ['+49'],
    });
    expect(await world.member(mae.memberId)).toMatchObject({
      firstName: '',
      lastName: '',
      emails: [],
      phones: [],
      isClosed: true,
      connectionCount: 0,
    });
    const [left] = await world.ctx.db.read(
      null,
      async (tx) => tx<{ text: string }>`
      select jsonb_build_array(to_jsonb(m), (select jsonb_agg(c) from member_choice c where c.member_id = m.member_id),
        (select jsonb_agg(c) from member_change c where c.member_id = m.member_id))::text as text
      from member m where m.member_id = ${mae.memberId}`,
    );
    expect(left?.text).not.toMatch(/varga/i);
    expect(await people.consentOf(other, mae.memberId)).toMatchObject({ state: 'withdrawn' });
    await people.send('/member', { email: 'varga@gmail.com' });
    world.smtp.received.length = 0;
    await world.settle();
    expect(world.smtp.received).toHaveLength(0);
  });

  test('MP16 who holds a seat is told to have it ended first', async () => {
    const memberId = await world.memberId('seat:rita@acme.example');
    const path = await people.linkTo(memberId);
    expect((await people.show(path)).html).toContain('You have a recruiter’s seat at Acme');
    expect((await people.send(path, { step: 'erase', sure: 'yes' })).status).toBe(400);
    expect((await people.send(path, { step: 'switch', name: 'account', to: 'off' })).status).toBe(400);
    expect((await world.member(memberId)).firstName).toBe('Rita');
  });
});
