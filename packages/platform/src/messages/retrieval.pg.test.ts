import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../kernel/connect.ts';
import { encodePersonId } from '../kernel/secrets.ts';
import { createContract } from '../tenancy/index.ts';
import {
  type Company,
  linkIn,
  type MessageWorld,
  openMessageWorld,
  type Recruiter,
} from './testing/message-world.ts';

const HOUR_MS = 3_600_000;

let world: MessageWorld;
let acme: Company;
let zeta: Company;
let rita: Recruiter;
let rolf: Recruiter;
let zoe: Recruiter;
beforeAll(async () => {
  world = await openMessageWorld();
  acme = await world.company('Acme');
  zeta = await world.company('Zeta');
  rita = await acme.seat('Rita One');
  rolf = await acme.seat('Rolf Two');
  zoe = await zeta.seat('Zoe Zero');
}, 60_000);
afterAll(() => world.close());

let number = 0;
async function invited(
  by: Recruiter = rita,
  { member = {}, message = {} }: { member?: object; message?: object } = {},
) {
  const id = `r${++number}`;
  const [email, phone] = [`${id}@withheld.example`, `+49 30 55501${String(number).padStart(2, '0')}`];
  const line = {
    id,
    firstName: 'Robin',
    lastName: `Reply${number}`,
    emails: [email],
    phones: [phone],
    ...member,
  };
  const ids = await world.members(line);
  const personId = await by.idOf(line.lastName);
  const { sent } = await by.write(personId, message);
  const { mail } = await world.mailTo(email);
  const conversationId = sent[0]?.conversationId ?? '';
  return {
    personId,
    memberId: ids.get(id) ?? 0,
    email,
    phone,
    line,
    link: linkIn(mail.text),
    conversationId,
  };
}

const reply = (link: string, text = 'Gladly.') =>
  world.visit(link, { step: 'reply', kind: 'text', text, key: randomUUID() });
const yes = (link: string, email: string, phone = '') =>
  world.visit(link, { step: 'share', answer: 'yes', email, phone });
const no = (link: string) => world.visit(link, { step: 'share', answer: 'no' });

describe('mailStubs', () => {
  const stubs = (more = '', company: Company = acme) =>
    company.wire(`/v2/mailStubs?q=contract&contract=${company.contractUrn}&count=100${more}`);
  const stubOf = async (memberId: number) => {
    const member = `urn:li:person:${encodePersonId(world.ctx.keys.personKey(acme.applicationId), memberId)}`;
    return (await stubs()).body.elements.find((each: { member: string }) => each.member === member);
  };

  test('MS18 L-123 after a yes the stub holds what was confirmed, not what the directory says', async () => {
    const { memberId, link, conversationId } = await invited(rita, {
      member: { headline: 'Head of freight' },
    });
    await reply(link);
    expect(await stubOf(memberId)).toBeUndefined();
    await yes(link, 'other@mine.example');
    expect(await stubOf(memberId)).toEqual({
      member: expect.stringMatching(/^urn:li:person:/),
      firstName: 'Robin',
      lastName: `Reply${number}`,
      headline: 'Head of freight',
      currentEmployerNames: [],
      profileUrl: expect.stringContaining('/people/'),
      emailAddresses: ['other@mine.example'],
      emailAddress: 'other@mine.example',
      owner: rita.seatUrn,
      contract: acme.contractUrn,
      created: world.clock.now(),
    });
    expect(conversationId).not.toBe('');
  });

  test('MS18 after a no there is a stub without contact data where sharing is allowed, and none elsewhere', async () => {
    const open = await invited(rita, { member: { shareWithThirdParties: true } });
    const closed = await invited();
    const silent = await invited(rita, { member: { shareWithThirdParties: true } });
    for (const { link } of [open, closed, silent]) await reply(link);
    await no(open.link);
    await no(closed.link);
    expect(await stubOf(open.memberId)).toMatchObject({ firstName: 'Robin', emailAddresses: [] });
    expect(JSON.stringify(await stubOf(open.memberId))).not.toContain('withheld');
    expect(await stubOf(closed.memberId)).toBeUndefined();
    expect(await stubOf(silent.memberId)).toBeUndefined();
  });

  test('MS18 owners in every spelling, the window and the paging; beyond 20,000 is refused', async () => {
    const carl = await acme.seat('Carl Three');
    const invitations = [await invited(carl), await invited(carl)];
    for (const { link, email } of invitations) {
      world.clock.advance(HOUR_MS);
      await reply(link);
      await yes(link, email);
    }
    const ownersOf = async (more: string, headers = {}) => {
      const path = `/v2/mailStubs?q=contract&contract=${acme.contractUrn}&count=100&${more}`;
      const { status, body } = await acme.wire(path, headers);
      return status === 200 ? new Set(body.elements.map((each: { owner: string }) => each.owner)) : status;
    };
    const both = new Set([carl.seatUrn]);
    const [one, two] = [carl.seatUrn, rolf.seatUrn];
    expect(await ownersOf(`owners=${one}&owners=${two}`)).toEqual(both);
    expect(await ownersOf(`owners[0]=${one}&owners[1]=${two}`)).toEqual(both);
    const list = `owners=List(${encodeURIComponent(one)},${encodeURIComponent(two)})`;
    expect(await ownersOf(list, { 'x-restli-protocol-version': '2.0.0' })).toEqual(both);
    expect(await ownersOf(`owners=${two}`)).toEqual(new Set());
    expect(await ownersOf('owners=urn:li:person:1')).toBe(400);
    const now = world.clock.now();
    const within = async (from: number, to: number) =>
      (await stubs(`&owners=${one}&createdDateStart=${from}&createdDateEnd=${to}`)).body.elements.length;
    expect(await within(now, now)).toBe(0);
    expect(await within(now, now + 1)).toBe(1);
    expect(await within(now - HOUR_MS, now)).toBe(1);
    const page = await acme.wire(
      `/v2/mailStubs?q=contract&contract=${acme.contractUrn}&owners=${one}&start=1&count=1`,
    );
    expect(page.body).toMatchObject({ elements: [{ owner: one }], paging: { start: 1, count: 1, total: 2 } });
    const far = await acme.wire(`/v2/mailStubs?q=contract&contract=${acme.contractUrn}&start=19990&count=11`);
    expect(far).toMatchObject({ status: 400, body: { message: expect.stringContaining('20000') } });
  });

  test('MS18 a contract without CSA_API, another company’s and none at all are refused', async () => {
    const other = await createContract(world.ctx, acme.tenantId, { name: 'Closed' });
    for (const contract of [other.urn, zeta.contractUrn, 'urn:li:contract:999999'])
      expect((await acme.wire(`/v2/mailStubs?q=contract&contract=${contract}`)).status).toBe(403);
    expect((await acme.wire('/v2/mailStubs?q=contract')).status).toBe(400);
    expect((await acme.wire(`/v2/mailStubs?q=all&contract=${acme.contractUrn}`)).status).toBe(400);
    await acme.setCsa('PARTNER_READY');
    expect((await stubs()).status).toBe(403);
    await acme.setCsa('ENABLED');
    expect((await stubs()).status).toBe(200);
  });
});

describe('conversationEvents', () => {
  const events = (viewer: string, more = '', company: Company = acme) =>
    company.wire(`/v2/conversationEvents?q=criteria&viewer=${viewer}&count=50${more}`);

  test('MS17 L-156 the viewer’s own events, private ones too, and nobody else’s', async () => {
    const vera = await acme.seat('Vera Four');
    const shared = await invited(vera);
    const secret = await invited(vera, {
      message: { visibility: 'PRIVATE', subject: 'Quiet', body: 'Between us' },
    });
    await invited(rolf);
    await world.visit(shared.link, { step: 'reply', kind: 'interested', text: '', key: randomUUID() });
    await world.visit(secret.link, { step: 'reply', kind: 'declined', text: '', key: randomUUID() });
    const { body } = await events(vera.seatUrn);
    const key = world.ctx.keys.personKey(acme.applicationId);
    const person = (memberId: number) => `urn:li:person:${encodePersonId(key, memberId)}`;
    expect(body.elements).toEqual([
      {
        id: expect.stringMatching(/^urn:li:conversationEvent:\d+$/),
        conversation: `urn:li:conversation:${shared.conversationId}`,
        author: person(vera.memberId),
        recipients: [person(shared.memberId)],
        createdAt: world.clock.now(),
        type: 'INMAIL',
        visibility: 'PUBLIC',
        content: { subject: 'A role in freight', body: 'Are you free for a talk?' },
      },
      expect.objectContaining({
        type: 'INMAIL',
        visibility: 'PRIVATE',
        content: { subject: 'Quiet', body: 'Between us' },
      }),
      expect.objectContaining({ type: 'INMAIL_ACCEPT', author: person(shared.memberId) }),
      expect.objectContaining({
        type: 'INMAIL_DECLINE',
        conversation: `urn:li:conversation:${secret.conversationId}`,
      }),
    ]);
    expect(body.paging).toMatchObject({ start: 0, count: 50, total: 4 });
  });

  test('MS17 the window begins inclusive, ends exclusive and is 12 hours at most', async () => {
    const wim = await acme.seat('Wim Five');
    await invited(wim);
    const at = world.clock.now();
    const found = async (start: number, end: number, version = '1.0.0') => {
      const range =
        version === '1.0.0'
          ? `timeRange.start=${start}&timeRange.end=${end}`
          : `timeRange=(start:${start},end:${end})`;
      const { status, body } = await acme.wire(
        `/v2/conversationEvents?q=criteria&viewer=${encodeURIComponent(wim.seatUrn)}&${range}`,
        { 'x-restli-protocol-version': version },
      );
      return status === 200 ? body.elements.length : status;
    };
    expect(await found(at, at + 1)).toBe(1);
    expect(await found(at, at + 1, '2.0.0')).toBe(1);
    expect(await found(at - 1, at)).toBe(0);
    expect(await found(at, at + 12 * HOUR_MS)).toBe(1);
    expect(await found(at, at + 12 * HOUR_MS + 1)).toBe(400);
    expect(await found(at + 1, at)).toBe(400);
  });

  test('MS17 a seat of another company or of a contract without CSA_API is refused, and so is no viewer', async () => {
    const other = await createContract(world.ctx, acme.tenantId, { name: 'Also closed' });
    const shut = await acme.seat('Shut Six', { contract: other.contractId });
    for (const viewer of [zoe.seatUrn, shut.seatUrn, 'urn:li:seat:999999'])
      expect((await events(viewer)).status).toBe(403);
    for (const path of ['q=criteria', 'q=criteria&viewer=urn:li:person:1', `q=none&viewer=${rita.seatUrn}`])
      expect((await acme.wire(`/v2/conversationEvents?${path}`)).status).toBe(400);
  });

  test('MS17 the thirteenth call within a minute for one viewer waits, for another it does not', async () => {
    const [xen, yan] = [await acme.seat('Xen Seven'), await acme.seat('Yan Eight')];
    for (let call = 0; call < 12; call++) expect((await events(xen.seatUrn)).status).toBe(200);
    expect((await events(xen.seatUrn)).status).toBe(429);
    expect((await events(yan.seatUrn)).status).toBe(200);
    world.clock.advance(60_000);
    expect((await events(xen.seatUrn)).status).toBe(200);
  });
});

test('MS11 L-126 what was shared is seen by the contract that asked, and by no other seat', async () => {
  const { personId, link, email, phone, line } = await invited();
  await reply(link);
  await yes(link, email, phone);
  const other = await createContract(world.ctx, acme.tenantId, { name: 'Third' });
  const neighbour = await acme.seat('Nora Next', { contract: other.contractId });
  const contactFor = async (seat: Recruiter, id: string) => (await seat.get(`/people/${id}`)).body.contact;
  expect(await contactFor(rita, personId)).toEqual({ email, phone });
  expect(await contactFor(rolf, personId)).toEqual({ email, phone });
  expect(await contactFor(neighbour, personId)).toBeNull();
  expect(await contactFor(zoe, await zoe.idOf(line.lastName))).toBeNull();
});

/** Where the address may stand without a yes: the directory, and the member's own link, which goes to that very address. */
const OWN_TABLES = ['member', 'member_form', 'member_link'];

test('MS12 L-128 a refusal shares nothing: no answer, page, log line or table of an organisation holds the address', async () => {
  const { personId, link, email, phone, line, conversationId } = await invited(rita, {
    member: { shareWithThirdParties: true },
  });
  await reply(link, 'Thank you, tell me more.');
  await no(link);
  const [theirs] = [await zoe.idOf(line.lastName)];
  const secrets = [email, phone, phone.replaceAll(/\D/g, '')];
  const leaks: string[] = [];
  const scan = (where: string, text: string) => {
    for (const secret of secrets) if (text.toLowerCase().includes(secret.toLowerCase())) leaks.push(where);
  };

  for (const [seat, id] of [
    [rita, personId],
    [rolf, personId],
    [zoe, theirs],
  ] as const) {
    const paths = [
      `/search?q=${line.lastName}`,
      `/people/${id}`,
      `/people/${id}/card`,
      `/people/${id}/ats`,
      `/messages/with/${id}`,
      '/messages',
      '/messages?folder=sent',
      `/messages/${conversationId}`,
      '/me',
    ];
    for (const path of paths) scan(path, JSON.stringify((await seat.get(path)).body));
  }
  for (const company of [acme, zeta]) {
    const { contractUrn } = company;
    const paths = [
      `/v2/mailStubs?q=contract&contract=${contractUrn}&count=100`,
      `/v2/conversationEvents?q=criteria&viewer=${(company === acme ? rita : zoe).seatUrn}&count=100`,
      `/v2/seats?q=seatsByAttributes&contracts=${contractUrn}`,
      `/v2/exportedCandidates?q=closedProfiles&integrationContext=${company.urn}`,
    ];
    for (const path of paths) scan(path, JSON.stringify((await company.wire(path)).body));
  }
  for (const path of ['/', '/docs/', '/jobs', '/metrics'])
    scan(path, await (await fetch(`${world.baseUrl}${path}`)).text());
  scan('page of the link', (await world.visit(link)).html);
  scan('log', world.logged.join('\n'));

  const owner = connect(world.database.ownerUrl, { max: 1 });
  try {
    const tables = await owner<{ name: string }[]>`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`;
    for (const { name } of tables) {
      if (OWN_TABLES.includes(name)) continue;
      const rows = await owner.unsafe<{ row: string }[]>(`select t::text as row from "${name}" t`);
      scan(`table ${name}`, rows.map(({ row }) => row).join('\n'));
    }
    const [directory] = await owner<
      { n: number }[]
    >`select count(*)::int as n from member where doc::text like ${`%${email}%`}`;
    expect(directory?.n).toBe(1);
  } finally {
    await owner.end();
  }
  expect(leaks).toEqual([]);
});
