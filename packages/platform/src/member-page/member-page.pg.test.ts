import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { consentsOfMember, readConsents } from '../consent/index.ts';
import { createLink, LINK_MS, purgeLinks, revokeLinks } from './links.ts';
import {
  INBOUND_SECRET,
  linkIn,
  type MemberWorld,
  openMemberWorld,
  replyAddressOf,
  type TestOrganisation,
  visit,
} from './testing/world.ts';

let world: MemberWorld;
let acme: TestOrganisation;
let other: TestOrganisation;
let count = 0;

beforeAll(async () => {
  world = await openMemberWorld();
  acme = await world.organisation('Acme');
  other = await world.organisation('Globex');
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.settle();
  world.smtp.received.length = 0;
  world.consentChanges.length = 0;
});

interface Somebody {
  readonly id: string;
  readonly memberId: number;
  readonly email: string;
  /** Of a settings link. */
  readonly path: string;
}

async function somebody(fields: Readonly<Record<string, unknown>> = {}): Promise<Somebody> {
  const id = `m${++count}`;
  const email = `${id}@people.example`;
  await world.bring({
    id,
    firstName: 'Mae',
    lastName: `Norris${'abcdefghijklmnopqrstuvwxyz'[count % 26]}`,
    headline: 'Chief <Engineer>',
    emails: [email],
    phones: ['+1 415 555 0100'],
    shareWithThirdParties: true,
    ...fields,
  });
  const memberId = await world.memberId(id);
  return { id, memberId, email, path: await linkTo(memberId) };
}

async function linkTo(memberId: number, address: string | null = null): Promise<string> {
  const [token] = await world.ctx.db.transaction(null, async (tx) => {
    const link = createLink(world.ctx, tx, { memberId, purpose: 'settings', address });
    await link.stored;
    return [link.token];
  });
  return `/member/settings/${token}`;
}

const show = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  visit(world, path, undefined, headers);
const send = (
  path: string,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
) => visit(world, path, form, headers);
const key = () => ({ step: 'reply', key: String(++count) });
const consentOf = async ({ tenantId }: TestOrganisation, memberId: number) =>
  (await world.ctx.db.read(tenantId, (tx) => readConsents(tx, tenantId, [memberId]))).get(memberId);

describe('links', () => {
  test('MP1 a link opens the page of its member, for 30 days and not a moment longer', async () => {
    const mae = await somebody();
    const zoe = await somebody({ firstName: 'Zoe' });
    expect((await show(mae.path)).html).toContain(mae.email);
    expect((await show(mae.path)).html).not.toContain(zoe.email);
    world.clock.advance(LINK_MS - 1);
    expect((await show(mae.path)).status).toBe(200);
    world.clock.advance(1);
    const late = await show(mae.path);
    expect({ status: late.status, html: late.html }).toMatchObject({
      status: 410,
      html: expect.stringContaining('This link has expired'),
    });
    expect(late.html).not.toContain(mae.email);
  });

  test('MP1 1.10 A7 a link that was altered, made up, or made for something else or somebody else opens nothing', async () => {
    const mae = await somebody();
    const zoe = await somebody();
    const token = mae.path.split('/').at(-1) ?? '';
    const reply = await world.invite(acme, mae.memberId);
    const replyToken = /reply\/([^?]+)/.exec(reply)?.[1] ?? '';
    const zoes = zoe.path.split('/').at(-1) ?? '';
    const made = [
      ...[0, 10, 25, 53].map(
        (at) => `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`,
      ),
      `${zoes.slice(0, 22)}${token.slice(22)}`,
      '',
      'x',
      'A'.repeat(54),
      `${token}A`,
      token.slice(0, -1),
      '%00'.repeat(18),
    ];
    for (const bad of made) expect((await show(`/member/settings/${bad}`)).status, bad).toBe(404);
    expect((await show(`/member/settings/${replyToken}`)).status).toBe(404);
    expect((await show(`/member/confirm/${token}`)).status).toBe(404);
    expect((await show(`/member/reply/${token}`)).status).toBe(404);
    // A row that was given to another member makes the link worthless, not the other's.
    await world.ctx.db.pipeline(null, (tx) => [
      tx`update member_link set member_id = ${zoe.memberId} where member_id = ${mae.memberId}`,
    ]);
    expect((await show(mae.path)).status).toBe(404);
  });

  test('MP1 a member ends all links, and a new one is mailed; those that ended long ago are forgotten', async () => {
    const mae = await somebody();
    const second = await linkTo(mae.memberId);
    const ended = await send(mae.path, { step: 'end-links' });
    expect(ended.html).toContain('Your links have ended');
    for (const path of [mae.path, second]) expect((await show(path)).status).toBe(410);
    world.clock.advance(LINK_MS + 91 * 24 * 3_600_000);
    await purgeLinks(world.ctx);
    expect((await show(mae.path)).status).toBe(404);
  });

  test('MP2 who asks for a link gets one by mail, in whatever case the address is typed, and the same answer as for an unknown one', async () => {
    const mae = await somebody({ emails: ['Mae.X@People.Example', 'second@people.example'] });
    const known = await send(
      '/member',
      { email: ' MAE.x@people.example ' },
      { 'accept-language': 'de-CH,en' },
    );
    const unknown = await send(
      '/member',
      { email: 'nobody@people.example' },
      { 'accept-language': 'de-CH,en' },
    );
    expect(unknown).toEqual({ ...known, headers: expect.anything() });
    const shape = ({ headers }: typeof known) =>
      [...headers].filter(([name]) => !/date|x-li-uuid/.test(name));
    expect(shape(unknown)).toEqual(shape(known));
    expect(known.html).toContain('Wenn diese Adresse zu einem Profil gehört');
    await world.settle();
    const [mail, ...more] = world.smtp.received;
    expect(more).toEqual([]);
    expect(mail?.recipients).toEqual(['MAE.x@people.example']);
    const page = await show(linkIn(mail?.mail.text ?? '').slice(world.baseUrl.length));
    expect(page.html).toContain('second@people.example');
    expect(page.html).toContain('lang="de"');
    expect(mae.memberId).toBeGreaterThan(0);
  });

  test('MP2 the request itself does the same work for every address: the look-up comes later', async () => {
    const mae = await somebody();
    const rows = async () =>
      (
        await world.ctx.db.read(
          0,
          async (tx) => tx<{ lane: string; size: number }>`
            select lane, pg_column_size(payload) as size from outbox where tenant_id = 0 order by id`,
        )
      ).map(({ lane }) => lane);
    await send('/member', { email: mae.email });
    await send('/member', { email: 'x1@people.example' });
    expect(await rows()).toEqual(['member-link', 'member-link']);
    expect(world.smtp.received).toHaveLength(0);
    await world.settle();
    expect(await rows()).toEqual([]);
    expect(world.smtp.received).toHaveLength(1);
  });

  test('MP2 one mailbox that several share gets a link for each', async () => {
    const shared = { emails: ['family@people.example'] };
    const [mae, zoe] = [await somebody(shared), await somebody(shared)];
    await send('/member', { email: 'family@people.example' });
    await world.settle();
    const text = world.smtp.received[0]?.mail.text ?? '';
    const urls = text.match(/https?:\S+/g) ?? [];
    expect(urls).toHaveLength(2);
    const pages = await Promise.all(urls.map((url) => show(url.slice(world.baseUrl.length))));
    expect(pages.map(({ status }) => status)).toEqual([200, 200]);
    expect(mae.memberId).not.toBe(zoe.memberId);
  });

  test('MP18 an address is mailed three times an hour at most, silently; a client asks thirty times', async () => {
    const mae = await somebody();
    world.clock.advance(3_600_000);
    const answers = new Set<string>();
    for (let i = 0; i < 6; i++) answers.add((await send('/member', { email: mae.email })).html);
    expect(answers.size).toBe(1);
    await world.settle();
    expect(world.smtp.received).toHaveLength(3);
    for (let i = 6; i < 30; i++) await send('/member', { email: `x${i}@people.example` });
    const refused = await send('/member', { email: 'y@people.example' });
    expect(refused.status).toBe(429);
    world.clock.advance(3_600_000);
    expect((await send('/member', { email: mae.email })).status).toBe(200);
    await world.settle();
  });

  test('MP2 what is no address is said to be none', async () => {
    for (const email of [
      '',
      'x',
      'x@y',
      'a b@c.example',
      'a@b.example,c@d.example',
      `${'a'.repeat(65)}@b.example`,
      'a@b.example\0',
    ])
      expect((await send('/member', { email })).status, email).toBe(400);
  });
});

describe('the pages', () => {
  test('MP3 no page has a script, a cookie or anything from elsewhere; none may be kept, framed or referred to', async () => {
    const mae = await somebody();
    const reply = await world.invite(acme, mae.memberId);
    for (const path of ['/member', '/member/about', mae.path, reply, '/member/settings/x']) {
      const { html, headers } = await show(path);
      expect(html).not.toMatch(/<script|javascript:|\son\w+=|<link|<img|@import|url\(/i);
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'$/,
      );
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('set-cookie')).toBeNull();
    }
  });

  test('MP3 a form that another site sends changes nothing', async () => {
    const mae = await somebody();
    const form = { step: 'switch', name: 'sharing', to: 'off' };
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
    ];
    for (const headers of foreign) expect((await send(mae.path, form, headers)).status).toBe(403);
    expect((await send('/member', { email: mae.email }, { origin: 'https://evil.example' })).status).toBe(
      403,
    );
    expect((await world.member(mae.memberId)).sharesWithThirdParties).toBe(true);
    expect((await send(mae.path, form, { 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect((await world.member(mae.memberId)).sharesWithThirdParties).toBe(false);
  });

  test('MP3 following a link changes nothing: a mail filter that opens them all does no harm', async () => {
    const mae = await somebody();
    await send(mae.path, { step: 'add-email', email: `new-${mae.email}` });
    await world.settle();
    const confirm = linkIn(world.smtp.received.at(-1)?.mail.text ?? '').slice(world.baseUrl.length);
    for (const method of ['GET', 'HEAD']) await fetch(`${world.baseUrl}${confirm}`, { method });
    await show(mae.path);
    expect((await world.member(mae.memberId)).emails).toEqual([mae.email]);
  });

  test('MP3 names and texts of others are shown as text', async () => {
    const mae = await somebody({ firstName: '<b>Mae</b>', headline: '"><script>alert(1)</script>' });
    const reply = await world.invite(acme, mae.memberId, '<img src=x onerror=alert(1)>');
    for (const path of [mae.path, reply]) expect((await show(path)).html).not.toMatch(/<b>|<script|<img/);
    expect((await show(reply)).html).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });

  test('MP3 bodies that are no form, too large or unknown are refused', async () => {
    const mae = await somebody();
    expect((await send(mae.path, { step: 'drop' })).status).toBe(400);
    expect((await send(mae.path, { step: 'switch', name: 'erased', to: 'on' })).status).toBe(400);
    expect((await send(mae.path, { step: 'switch', name: 'sharing', to: 'maybe' })).status).toBe(400);
    expect((await send(mae.path, { step: 'withdraw', organisation: '1e99' })).status).toBe(400);
    expect((await send(mae.path, { step: 'x'.repeat(300_000) })).status).toBe(403);
  });

  test('MP4 1.10 A7 every page is there in two languages: the browser’s, or the one that is chosen', async () => {
    const mae = await somebody();
    const german = await show(mae.path, { 'accept-language': 'fr, de-AT;q=0.9, en;q=0.8' });
    expect(german.html).toContain('<html lang="de">');
    expect(german.html).toContain('Recruiter dürfen mein Profil in ihre Systeme exportieren');
    const chosen = await show(`${mae.path}?lang=en`, { 'accept-language': 'de' });
    expect(chosen.html).toContain('Allow recruiters to export my profile to their systems');
    const saved = await send(`${mae.path}?lang=de`, { step: 'switch', name: 'found-by-phone', to: 'off' });
    expect(saved.html).toContain('Gespeichert.');
    expect((await show(`${mae.path}?lang=xx`)).html).toContain('<html lang="en">');
  });

  test('MP17 neither links nor addresses nor texts are logged', async () => {
    const mae = await somebody();
    const reply = await world.invite(acme, mae.memberId, 'A secret offer');
    await send(mae.path, { step: 'add-email', email: `log-${mae.email}` });
    await send(reply, { ...key(), kind: 'text', text: 'My private answer' });
    await send('/member', { email: mae.email });
    world.smtp.behaviour = 550;
    await world.settle();
    world.smtp.behaviour = 'take';
    const lines = world.logged.join('');
    expect(lines).toContain('/member/settings/*');
    const token = mae.path.split('/').at(-1) ?? '';
    expect(lines).not.toContain(token);
    expect(lines).not.toMatch(/people\.example|secret offer|private answer|Norris/i);
  });
});

describe('settings', () => {
  const toggle = (path: string, name: string, to: 'on' | 'off') => send(path, { step: 'switch', name, to });

  test('MP7 1.11 A1 the switch for exports holds at once, shows its date, and outlives the import', async () => {
    const mae = await somebody();
    expect((await show(mae.path)).html).toMatch(/aria-checked="true" aria-labelledby="sharing"/);
    await toggle(mae.path, 'sharing', 'off');
    expect((await world.member(mae.memberId)).sharesWithThirdParties).toBe(false);
    const { html } = await show(mae.path);
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
    const mae = await somebody();
    const line = { id: mae.id, lastName: 'N', emails: [mae.email] };
    await world.bring({ ...line, shareWithThirdParties: false });
    await toggle(mae.path, 'sharing', 'on');
    await toggle(mae.path, 'sharing', 'on');
    await world.bring({ ...line, shareWithThirdParties: false });
    await toggle(mae.path, 'found-by-email', 'off');
    const { html } = await show(mae.path);
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
    const mae = await somebody({ firstName: 'Mae', lastName: 'Quimby' });
    const email = 'quimby.private@gmail.com';
    await world.put(acme, 'q1', { firstName: 'Mae', lastName: 'Quimby', emailAddresses: [email] });
    const asked = await send(mae.path, { step: 'add-email', email: 'Quimby.Private@gmail.com' });
    expect(asked.html).toContain('A link was mailed there');
    await world.settle();
    const { mail, recipients } = world.smtp.received.at(-1) ?? {};
    expect(recipients).toEqual(['Quimby.Private@gmail.com']);
    expect(mail?.text).not.toMatch(/Mae|Quimby(?!\.Private)/); // whoever got it by mistake learns nobody's name
    expect(await world.links(acme)).not.toHaveProperty('q1');
    const confirm = linkIn(mail?.text ?? '').slice(world.baseUrl.length);
    expect((await show(confirm)).html).toContain('Quimby.Private@gmail.com');
    expect(await world.links(acme)).not.toHaveProperty('q1');
    expect((await send(confirm, {})).html).toContain('Your address is confirmed');
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
    expect((await send(confirm, {})).status).toBe(410);
    await world.settle();
    expect(world.smtp.received.at(-1)).toMatchObject({ recipients: [mae.email] });
    expect(world.smtp.received.at(-1)?.mail.subject).toBe('An e-mail address was added to your profile');
  });

  test('MP5 an address that is removed identifies nobody, whatever the directory says, and links mailed there end', async () => {
    const mae = await somebody({
      firstName: 'Mae',
      lastName: 'Ruiz',
      emails: ['ruiz@gmail.com', 'mae.ruiz@web.de'],
    });
    await world.put(acme, 'r1', { firstName: 'Mae', lastName: 'Ruiz', emailAddresses: ['ruiz@gmail.com'] });
    expect(await world.links(acme)).toMatchObject({ r1: mae.memberId });
    const mailed = await linkTo(mae.memberId, 'Ruiz@gmail.com');
    expect((await send(mae.path, { step: 'remove-email', email: 'RUIZ@gmail.com' })).html).toContain(
      'The address was removed',
    );
    expect(await world.links(acme)).not.toHaveProperty('r1');
    expect((await show(mailed)).status).toBe(410);
    expect((await show(mae.path)).status).toBe(200);
    await world.bring({
      id: mae.id,
      firstName: 'Mae',
      lastName: 'Ruiz',
      emails: ['ruiz@gmail.com', 'mae.ruiz@web.de'],
      headline: 'x',
    });
    expect((await world.member(mae.memberId)).emails).toEqual(['mae.ruiz@web.de']);
    expect(await world.links(acme)).not.toHaveProperty('r1');
    const last = await send(mae.path, { step: 'remove-email', email: 'mae.ruiz@web.de' });
    expect({
      said: last.html.includes('This is your last address'),
      emails: (await world.member(mae.memberId)).emails,
    }).toEqual({
      said: true,
      emails: ['mae.ruiz@web.de'],
    });
  });

  test('MP6 who is not to be found by e-mail is not, by what is held already and what comes later, until it is switched on again', async () => {
    const mae = await somebody({ firstName: 'Mae', lastName: 'Sandor', emails: ['sandor@gmail.com'] });
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
    await send('/member', { email: 'sandor@gmail.com' });
    await world.settle();
    expect(world.smtp.received).toHaveLength(1);
    await toggle(mae.path, 'found-by-email', 'on');
    expect(await world.links(acme)).toMatchObject({ s1: mae.memberId, s2: mae.memberId });
  });

  test('MP6 the choice about phones is a fact of its own', async () => {
    const mae = await somebody();
    await toggle(mae.path, 'found-by-phone', 'off');
    expect(await world.member(mae.memberId)).toMatchObject({ isFoundByEmail: true, isFoundByPhone: false });
    await world.bring({ id: mae.id, lastName: 'X', emails: [mae.email] });
    expect(await world.member(mae.memberId)).toMatchObject({ isFoundByEmail: true, isFoundByPhone: false });
  });

  test('MP8 where the deployment shows it a member sees who holds a record tied to him or her, and nobody else’s', async () => {
    const mae = await somebody({ firstName: 'Mae', lastName: 'Tanaka', emails: ['tanaka@gmail.com'] });
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
    const { html } = await show(mae.path);
    const part = html
      .slice(html.indexOf('id="records"'), html.indexOf('id="log"'))
      .replaceAll(/<[^>]+>/g, '');
    expect(part).toMatch(/Acme 2 records in Acme ATS, .*Globex One record in Globex ATS/s);
    const zoe = await somebody();
    expect((await show(zoe.path)).html).toContain('holds a record that is tied to you.');

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
    const mae = await somebody();
    expect((await show(mae.path)).html).toContain('No company has.');
    world.exported.set(mae.memberId, [
      { organisation: 'Initech & Co', ats: 'Hire', exportedAt: Date.UTC(2026, 1, 3) },
    ]);
    expect((await show(mae.path)).html).toMatch(
      /Initech &amp; Co<\/strong> <span[^>]*>on February 3, 2026, into Hire/,
    );
  });

  test('MP15 the download holds everything about the member and nothing about anybody else', async () => {
    const mae = await somebody({ skills: ['PostgreSQL'] });
    const zoe = await somebody();
    await world.invite(acme, mae.memberId, 'An offer for Mae');
    await world.invite(acme, zoe.memberId, 'An offer for Zoe');
    await toggle(mae.path, 'sharing', 'off');
    const response = await show(`/member/data/${mae.path.split('/').at(-1)}`);
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
    const mae = await somebody({ firstName: 'Mae', lastName: 'Ulm', emails: ['ulm@gmail.com'] });
    const line = { id: mae.id, firstName: 'Mae', lastName: 'Ulm', emails: ['ulm@gmail.com'] };
    await world.put(acme, 'u1', { firstName: 'Mae', lastName: 'Ulm', emailAddresses: ['ulm@gmail.com'] });
    await toggle(mae.path, 'account', 'off');
    expect((await world.member(mae.memberId)).isClosed).toBe(true);
    expect(await world.links(acme)).not.toHaveProperty('u1');
    await world.bring({ ...line, headline: 'again' });
    expect((await world.member(mae.memberId)).isClosed).toBe(true);
    expect((await show(mae.path)).html).toContain('Your account is closed');
    await toggle(mae.path, 'account', 'on');
    expect(await world.links(acme)).toMatchObject({ u1: mae.memberId });
  });

  test('MP16 erased means erased: profile, addresses, links and choices; the import does not bring the person back', async () => {
    const mae = await somebody({
      firstName: 'Mae',
      lastName: 'Varga',
      emails: ['varga@gmail.com'],
      connections: ['x'],
    });
    await world.put(acme, 'v1', { firstName: 'Mae', lastName: 'Varga', emailAddresses: ['varga@gmail.com'] });
    const reply = await world.invite(other, mae.memberId);
    await send(reply, { ...key(), kind: 'interested' });
    await send(reply, { step: 'share', answer: 'yes', email: 'varga@gmail.com', phone: '' });
    expect((await send(mae.path, { step: 'erase' })).html).toContain('Nothing was erased');
    const done = await send(mae.path, { step: 'erase', sure: 'yes' });
    expect(done.html).toContain('Your data is erased');
    for (const path of [mae.path, reply]) expect((await show(path)).status).toBe(404);
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
    expect(await consentOf(other, mae.memberId)).toMatchObject({ state: 'withdrawn' });
    await send('/member', { email: 'varga@gmail.com' });
    world.smtp.received.length = 0;
    await world.settle();
    expect(world.smtp.received).toHaveLength(0);
  });

  test('MP16 who holds a seat is told to have it ended first', async () => {
    const memberId = await world.memberId('seat:rita@acme.example');
    const path = await linkTo(memberId);
    expect((await show(path)).html).toContain('You have a recruiter’s seat at Acme');
    expect((await send(path, { step: 'erase', sure: 'yes' })).status).toBe(400);
    expect((await send(path, { step: 'switch', name: 'account', to: 'off' })).status).toBe(400);
    expect((await world.member(memberId)).firstName).toBe('Rita');
  });
});

describe('replies and consent', () => {
  const question = (path: string) => path.replace('?lang=en', '?step=share&lang=en');

  test('MP14 the mail carries the message and not the address; on its page it is answered, once a form', async () => {
    const mae = await somebody();
    const path = await world.invite(acme, mae.memberId);
    const { mail } = world.smtp.received.at(-1) ?? {};
    expect(mail?.from).toEqual({ name: 'Rita Żak (Acme)', address: 'no-reply@localhost' });
    expect(mail?.subject).toBe('A job');
    expect(mail?.text).toContain('Are you free for a talk?');
    expect((await show(path)).html).toContain('Message from Rita Żak, Acme');
    const form = { ...key(), kind: 'text', text: 'Yes,\r\nat ten.' };
    expect((await send(path, form)).url).toContain('said=sent');
    await send(path, form);
    const replies = world.conversations.replies.filter(({ scope }) => scope.memberId === mae.memberId);
    expect(replies).toMatchObject([{ kind: 'text', text: 'Yes,\nat ten.', via: 'page' }]);
    expect((await show(path)).html).toContain('Yes,\nat ten.');
  });

  test('MP14 quick answers need no text, “No thanks” ends the conversation, and nothing is lost where an answer cannot be stored', async () => {
    const mae = await somebody();
    const path = await world.invite(acme, mae.memberId);
    expect((await send(path, { ...key(), kind: 'text', text: '  ' })).html).toContain(
      'Please write something',
    );
    expect((await send(path, { ...key(), kind: 'declined' })).html).toContain('You answered “No thanks”');
    expect(world.conversations.replies.at(-1)).toMatchObject({ kind: 'declined', text: '' });
    const second = await world.invite(acme, mae.memberId);
    world.conversations.closeAll();
    const late = await send(second, { ...key(), kind: 'text', text: 'My long answer' });
    expect({ status: late.status, said: late.html.includes('nothing was sent') }).toEqual({
      status: 400,
      said: true,
    });
  });

  test('MP14 an answer by ordinary mail comes into the same conversation, once, and only as long as its link is good', async () => {
    const mae = await somebody();
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
    const mae = await somebody({ emails: ['mae1@people.example', 'mae2@people.example'] });
    const path = await world.invite(acme, mae.memberId);
    expect((await show(question(path))).html).not.toContain('Share your contact info?');
    expect(await consentOf(acme, mae.memberId)).toBeUndefined();
    const asked = await send(path, { ...key(), kind: 'interested' });
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
    expect((await show(path.replace('?', '?step=about&'))).html).toContain(
      'If you say yes, Acme receives your name',
    );
  });

  test('MP11 1.10 A2 L-126 yes is stored with time, version of the text, company and the data confirmed, for this company alone', async () => {
    const mae = await somebody();
    const path = await world.invite(acme, mae.memberId);
    await send(path, { ...key(), kind: 'interested' });
    const done = await send(path, {
      step: 'share',
      answer: 'yes',
      email: mae.email,
      phone: '+1 415 555 0100',
    });
    expect(done.html).toContain('Your contact info is shared with this company only.');
    expect(await consentOf(acme, mae.memberId)).toEqual({
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
    expect(await consentOf(other, mae.memberId)).toBeUndefined();
    const foreign = await world.ctx.db.read(other.tenantId, (tx) =>
      readConsents(tx, acme.tenantId, [mae.memberId]),
    );
    expect(foreign.size).toBe(0); // row-level security, whatever the query asks for
    expect(world.consentChanges).toMatchObject([
      { change: 'GIVEN', memberId: mae.memberId, contractId: acme.contractId },
    ]);
  });

  test('MP11 1.10 A4 the edited e-mail is the one that is delivered, and an empty phone is none; what is no e-mail or phone is said', async () => {
    const mae = await somebody();
    const path = await world.invite(acme, mae.memberId);
    await send(path, { ...key(), kind: 'interested' });
    const bad = await send(path, { step: 'share', answer: 'yes', email: 'not one', phone: 'call me' });
    expect({ status: bad.status, keeps: bad.html.includes('value="call me"') }).toEqual({
      status: 400,
      keeps: true,
    });
    expect(
      (await send(path, { step: 'share', answer: 'yes', email: 'a@b.example', phone: 'call me' })).status,
    ).toBe(400);
    expect((await consentOf(acme, mae.memberId))?.state).toBe('none');
    await send(path, { step: 'share', answer: 'yes', email: 'edited@elsewhere.example', phone: ' ' });
    expect(await consentOf(acme, mae.memberId)).toMatchObject({
      contact: { email: 'edited@elsewhere.example', phone: null },
    });
    // It is no identifier: only a confirmed address is one.
    expect((await world.member(mae.memberId)).emails).toEqual([mae.email]);
  });

  test('MP12 1.10 A3 after No nothing is kept, and nobody is asked again', async () => {
    const mae = await somebody();
    const path = await world.invite(acme, mae.memberId);
    await send(path, { ...key(), kind: 'interested' });
    const done = await send(path, {
      step: 'share',
      answer: 'no',
      email: mae.email,
      phone: '+1 415 555 0100',
    });
    expect(done.html).toContain('Your contact info is not shared.');
    expect(await consentOf(acme, mae.memberId)).toMatchObject({ state: 'refused' });
    expect(await everythingIn(acme.tenantId, mae.memberId)).not.toMatch(/people\.example|555/);
    const again = await send(path, { ...key(), kind: 'text', text: 'One thing more.' });
    expect(again.html).not.toContain('Share your contact info?');
    // Nor is an answer changed by a page that was left open.
    await send(path, { step: 'share', answer: 'yes', email: mae.email, phone: '' });
    expect(await consentOf(acme, mae.memberId)).toMatchObject({ state: 'refused' });
  });

  test('MP12 1.10 A3 closing the window is no answer: asked once more at the next reply, never a third time', async () => {
    const mae = await somebody();
    const path = await world.invite(acme, mae.memberId);
    const isAsked = async () =>
      (await send(path, { ...key(), kind: 'text', text: `Reply ${count}` })).html.includes(
        'Share your contact info?',
      );
    expect([await isAsked(), await isAsked(), await isAsked(), await isAsked()]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect((await consentOf(acme, mae.memberId))?.state).toBe('none');
    // Another company asks for itself.
    const theirs = await world.invite(other, mae.memberId);
    expect((await send(theirs, { ...key(), kind: 'interested' })).html).toContain('Share your contact info?');
  });

  test('MP10 1.10 A5 L-124 who is in the company’s ATS already is not asked', async () => {
    const mae = await somebody({ firstName: 'Mae', lastName: 'Wong', emails: ['wong@gmail.com'] });
    await world.put(acme, 'w1', { firstName: 'Mae', lastName: 'Wong', emailAddresses: ['wong@gmail.com'] });
    const path = await world.invite(acme, mae.memberId);
    expect((await send(path, { ...key(), kind: 'interested' })).html).not.toContain(
      'Share your contact info?',
    );
    expect(await consentOf(acme, mae.memberId)).toBeUndefined();
    const theirs = await world.invite(other, mae.memberId);
    expect((await send(theirs, { ...key(), kind: 'interested' })).html).toContain('Share your contact info?');
  });

  test('MP10 without an enabled integration, and after “No thanks”, nobody is asked', async () => {
    const plain = await world.organisation('Plain');
    await world.ctx.db.pipeline(plain.tenantId, (tx) => [
      tx`update integration set status = 'PARTNER_READY'`,
    ]);
    const mae = await somebody();
    const path = await world.invite(plain, mae.memberId);
    expect((await send(path, { ...key(), kind: 'interested' })).html).not.toContain(
      'Share your contact info?',
    );
    const declined = await world.invite(acme, mae.memberId);
    expect((await send(declined, { ...key(), kind: 'declined' })).html).not.toContain(
      'Share your contact info?',
    );
    expect(await consentOf(acme, mae.memberId)).toBeUndefined();
  });

  test('MP10 who replied by mail is asked by mail', async () => {
    const mae = await somebody();
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
    expect((await show(path)).html).toContain('<h1>Share your contact info?</h1>');
    await send(path, { step: 'share', answer: 'yes', email: mae.email, phone: '' });
    expect((await consentOf(acme, mae.memberId))?.state).toBe('given');
  });

  test('MP13 1.10 A6 the member sees who has the contact info and stops sharing: it is forgotten here, and the ATS is told', async () => {
    const mae = await somebody();
    for (const company of [acme, other]) {
      const path = await world.invite(company, mae.memberId);
      await send(path, { ...key(), kind: 'interested' });
      await send(path, { step: 'share', answer: 'yes', email: mae.email, phone: '+1 415 555 0100' });
    }
    const { html } = await show(mae.path);
    expect(html).toMatch(
      /<h3>Acme<\/h3><p class="small">Shared since .*<h3>Globex<\/h3><p class="small">Shared since /s,
    );
    expect(html).toContain('aria-label="Stop sharing with Acme"');
    const done = await send(mae.path, { step: 'withdraw', organisation: String(acme.tenantId) });
    expect(done.html).toContain('This company gets your contact info no longer.');
    expect(await consentOf(acme, mae.memberId)).toMatchObject({
      state: 'withdrawn',
      withdrawnAt: world.clock.now(),
    });
    expect((await consentOf(other, mae.memberId))?.state).toBe('given');
    expect(world.consentChanges.at(-1)).toMatchObject({ change: 'WITHDRAWN', tenantId: acme.tenantId });
    expect(await everythingIn(acme.tenantId, mae.memberId)).not.toMatch(/people\.example|555/);
    await send(mae.path, { step: 'withdraw', organisation: String(acme.tenantId) });
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
    const mae = await somebody();
    const path = await world.invite(acme, mae.memberId);
    for (let i = 0; i < 30; i++) await send(path, { ...key(), kind: 'text', text: `No ${i}` });
    const refused = await send(path, { ...key(), kind: 'text', text: 'My thirty-first' });
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
