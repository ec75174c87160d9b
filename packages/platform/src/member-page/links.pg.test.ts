import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { LINK_MS, purgeLinks } from './links.ts';
import { type TestPeople, testPeople } from './testing/people.ts';
import { linkIn, type MemberWorld, openMemberWorld, type TestOrganisation } from './testing/world.ts';

let world: MemberWorld;
let acme: TestOrganisation;
let people: TestPeople;

beforeAll(async () => {
  world = await openMemberWorld();
  acme = await world.organisation('Acme');
  people = testPeople(world);
});
afterAll(() => world.close());
beforeEach(() => people.forgetMail());

describe('links', () => {
  test('MP1 a link opens the page of its member, for 30 days and not a moment longer', async () => {
    const mae = await people.somebody();
    const zoe = await people.somebody({ firstName: 'Zoe' });
    expect((await people.show(mae.path)).html).toContain(mae.email);
    expect((await people.show(mae.path)).html).not.toContain(zoe.email);
    world.clock.advance(LINK_MS - 1);
    expect((await people.show(mae.path)).status).toBe(200);
    world.clock.advance(1);
    const late = await people.show(mae.path);
    expect({ status: late.status, html: late.html }).toMatchObject({
      status: 410,
      html: expect.stringContaining('This link has expired'),
    });
    expect(late.html).not.toContain(mae.email);
  });

  test('MP1 1.10 A7 a link that was altered, made up, or made for something else or somebody else opens nothing', async () => {
    const mae = await people.somebody();
    const zoe = await people.somebody();
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
    for (const bad of made) expect((await people.show(`/member/settings/${bad}`)).status, bad).toBe(404);
    expect((await people.show(`/member/settings/${replyToken}`)).status).toBe(404);
    expect((await people.show(`/member/confirm/${token}`)).status).toBe(404);
    expect((await people.show(`/member/reply/${token}`)).status).toBe(404);
    // A row that was given to another member makes the link worthless, not the other's.
    await world.ctx.db.pipeline(null, (tx) => [
      tx`update member_link set member_id = ${zoe.memberId} where member_id = ${mae.memberId}`,
    ]);
    expect((await people.show(mae.path)).status).toBe(404);
  });

  test('MP1 a member ends all links, and a new one is mailed; those that ended long ago are forgotten', async () => {
    const mae = await people.somebody();
    const second = await people.linkTo(mae.memberId);
    const ended = await people.send(mae.path, { step: 'end-links' });
    expect(ended.html).toContain('Your links have ended');
    for (const path of [mae.path, second]) expect((await people.show(path)).status).toBe(410);
    world.clock.advance(LINK_MS + 91 * 24 * 3_600_000);
    await purgeLinks(world.ctx);
    expect((await people.show(mae.path)).status).toBe(404);
  });

  test('MP2 who asks for a link gets one by mail, in whatever case the address is typed, and the same answer as for an unknown one', async () => {
    const mae = await people.somebody({ emails: ['Mae.X@People.Example', 'second@people.example'] });
    const known = await people.send(
      '/member',
      { email: ' MAE.x@people.example ' },
      { 'accept-language': 'de-CH,en' },
    );
    const unknown = await people.send(
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
    const page = await people.show(linkIn(mail?.mail.text ?? '').slice(world.baseUrl.length));
    expect(page.html).toContain('second@people.example');
    expect(page.html).toContain('lang="de"');
    expect(mae.memberId).toBeGreaterThan(0);
  });

  test('MP2 the request itself does the same work for every address: the look-up comes later', async () => {
    const mae = await people.somebody();
    const rows = async () =>
      (
        await world.ctx.db.read(
          0,
          async (tx) => tx<{ lane: string; size: number }>`
            select lane, pg_column_size(payload) as size from outbox where tenant_id = 0 order by id`,
        )
      ).map(({ lane }) => lane);
    await people.send('/member', { email: mae.email });
    await people.send('/member', { email: 'x1@people.example' });
    expect(await rows()).toEqual(['member-link', 'member-link']);
    expect(world.smtp.received).toHaveLength(0);
    await world.settle();
    expect(await rows()).toEqual([]);
    expect(world.smtp.received).toHaveLength(1);
  });

  test('MP2 one mailbox that several share gets a link for each', async () => {
    const shared = { emails: ['family@people.example'] };
    const [mae, zoe] = [await people.somebody(shared), await people.somebody(shared)];
    await people.send('/member', { email: 'family@people.example' });
    await world.settle();
    const text = world.smtp.received[0]?.mail.text ?? '';
    const urls = text.match(/https?:\S+/g) ?? [];
    expect(urls).toHaveLength(2);
    const pages = await Promise.all(urls.map((url) => people.show(url.slice(world.baseUrl.length))));
    expect(pages.map(({ status }) => status)).toEqual([200, 200]);
    expect(mae.memberId).not.toBe(zoe.memberId);
  });

  test('MP18 an address is mailed three times an hour at most, silently; a client asks thirty times', async () => {
    const mae = await people.somebody();
    world.clock.advance(3_600_000);
    const answers = new Set<string>();
    for (let i = 0; i < 6; i++) answers.add((await people.send('/member', { email: mae.email })).html);
    expect(answers.size).toBe(1);
    await world.settle();
    expect(world.smtp.received).toHaveLength(3);
    for (let i = 6; i < 30; i++) await people.send('/member', { email: `x${i}@people.example` });
    const refused = await people.send('/member', { email: 'y@people.example' });
    expect(refused.status).toBe(429);
    world.clock.advance(3_600_000);
    expect((await people.send('/member', { email: mae.email })).status).toBe(200);
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
      expect((await people.send('/member', { email })).status, email).toBe(400);
  });
});

describe('the pages', () => {
  test('MP3 no page has a script, a cookie or anything from elsewhere; none may be kept, framed or referred to', async () => {
    const mae = await people.somebody();
    const reply = await world.invite(acme, mae.memberId);
    for (const path of ['/member', '/member/about', mae.path, reply, '/member/settings/x']) {
      const { html, headers } = await people.show(path);
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
    const mae = await people.somebody();
    const form = { step: 'switch', name: 'sharing', to: 'off' };
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
    ];
    for (const headers of foreign) expect((await people.send(mae.path, form, headers)).status).toBe(403);
    expect(
      (await people.send('/member', { email: mae.email }, { origin: 'https://evil.example' })).status,
    ).toBe(403);
    expect((await world.member(mae.memberId)).sharesWithThirdParties).toBe(true);
    expect((await people.send(mae.path, form, { 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect((await world.member(mae.memberId)).sharesWithThirdParties).toBe(false);
  });

  test('MP3 following a link changes nothing: a mail filter that opens them all does no harm', async () => {
    const mae = await people.somebody();
    await people.send(mae.path, { step: 'add-email', email: `new-${mae.email}` });
    await world.settle();
    const confirm = linkIn(world.smtp.received.at(-1)?.mail.text ?? '').slice(world.baseUrl.length);
    for (const method of ['GET', 'HEAD']) await fetch(`${world.baseUrl}${confirm}`, { method });
    await people.show(mae.path);
    expect((await world.member(mae.memberId)).emails).toEqual([mae.email]);
  });

  test('MP3 names and texts of others are shown as text', async () => {
    const mae = await people.somebody({ firstName: '<b>Mae</b>', headline: '"><script>alert(1)</script>' });
    const reply = await world.invite(acme, mae.memberId, '<img src=x onerror=alert(1)>');
    for (const path of [mae.path, reply])
      expect((await people.show(path)).html).not.toMatch(/<b>|<script|<img/);
    expect((await people.show(reply)).html).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });

  test('MP3 bodies that are no form, too large or unknown are refused', async () => {
    const mae = await people.somebody();
    expect((await people.send(mae.path, { step: 'drop' })).status).toBe(400);
    expect((await people.send(mae.path, { step: 'switch', name: 'erased', to: 'on' })).status).toBe(400);
    expect((await people.send(mae.path, { step: 'switch', name: 'sharing', to: 'maybe' })).status).toBe(400);
    expect((await people.send(mae.path, { step: 'withdraw', organisation: '1e99' })).status).toBe(400);
    expect((await people.send(mae.path, { step: 'x'.repeat(300_000) })).status).toBe(403);
  });

  test('MP4 1.10 A7 every page is there in two languages: the browser’s, or the one that is chosen', async () => {
    const mae = await people.somebody();
    const german = await people.show(mae.path, { 'accept-language': 'fr, de-AT;q=0.9, en;q=0.8' });
    expect(german.html).toContain('<html lang="de">');
    expect(german.html).toContain('Recruiter dürfen mein Profil in ihre Systeme exportieren');
    const chosen = await people.show(`${mae.path}?lang=en`, { 'accept-language': 'de' });
    expect(chosen.html).toContain('Allow recruiters to export my profile to their systems');
    const saved = await people.send(`${mae.path}?lang=de`, {
      step: 'switch',
      name: 'found-by-phone',
      to: 'off',
    });
    expect(saved.html).toContain('Gespeichert.');
    expect((await people.show(`${mae.path}?lang=xx`)).html).toContain('<html lang="en">');
  });

  test('MP17 neither links nor addresses nor texts are logged', async () => {
    const mae = await people.somebody();
    const reply = await world.invite(acme, mae.memberId, 'A secret offer');
    await people.send(mae.path, { step: 'add-email', email: `log-${mae.email}` });
    await people.send(reply, { ...people.newReply(), kind: 'text', text: 'My private answer' });
    await people.send('/member', { email: mae.email });
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
