import { createTransport } from 'nodemailer';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Config, configOf } from '../config.ts';
import { FakeClock } from '../kernel/clock.ts';
import type { Context } from '../kernel/context.ts';
import type { Errands } from '../kernel/errands.ts';
import { createHttpEdge } from '../kernel/http.ts';
import { type Outbox, openOutbox } from '../kernel/outbox.ts';
import { type TestDatabase, testDatabase, testKeys } from '../kernel/testing.ts';
import {
  type InboundReply,
  type Mail,
  mailRoutes,
  openInbound,
  openMailSender,
  postMail,
  replyAddressesOf,
} from './index.ts';
import { startMailServer, type TestMailServer } from './testing/smtp-server.ts';

const ANN = 'Ann.Secret@Members.example';
const LINK_ID = '00112233-4455-6677-8899-aabbccddeeff';
const MAIL: Mail = {
  to: ANN,
  subject: 'Änderung, bitte',
  text: 'Hello Ann\n.\nhttps://x.example/member/settings/TOKEN\n',
};

let database: TestDatabase;
let smtp: TestMailServer;
let clock: FakeClock;
const logged: string[] = [];
let close: (() => Promise<void>) | undefined;

beforeAll(async () => {
  database = await testDatabase();
  smtp = await startMailServer();
});
afterAll(async () => {
  await smtp.close();
  await database.drop();
});
beforeEach(async () => {
  clock = new FakeClock();
  smtp.behaviour = 'take';
  smtp.received.length = 0;
  logged.length = 0;
});
afterEach(async () => {
  await close?.();
  close = undefined;
  await database.db.pipeline(7, (tx) => [tx`delete from outbox`]);
});

interface Post {
  readonly ctx: Context;
  readonly outbox: Outbox;
  readonly sender: Errands;
  post(mail?: Mail, tenantId?: number): Promise<void>;
  /** What is due is sent: an open transaction anywhere on the server holds readers of the outbox up. */
  drain(): Promise<void>;
  rows(tenantId?: number): Promise<readonly { attempts: number; failure: string | null; next_at: number }[]>;
}

function open(config: Partial<Config> = {}): Post {
  const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) });
  const ctx: Context = {
    config: configOf({ smtpUrl: smtp.url, mailFrom: 'Acme Talent <talent@acme.example>', ...config }),
    db: database.db,
    clock,
    log,
    keys: testKeys,
  };
  const outbox = openOutbox(ctx.db, clock, log);
  const sender = openMailSender(ctx, outbox);
  close = async () => {
    await sender.stop();
    await outbox.stop();
  };
  const rows: Post['rows'] = (tenantId = 7) =>
    ctx.db.read(
      tenantId,
      async (tx) => tx<{ attempts: number; failure: string | null; next_at: number }>`
        select attempts, failure, next_at from outbox where lane = 'mail' order by id`,
    );
  return {
    ctx,
    outbox,
    sender,
    rows,
    async post(mail = MAIL, tenantId = 7) {
      await ctx.db.pipeline(tenantId, (tx) => [postMail(ctx, outbox, tx, mail)]);
    },
    async drain() {
      do await sender.poll();
      while ((await rows()).some(({ next_at }) => next_at <= clock.now()));
    },
  };
}

describe('sending', () => {
  test('ML1 a mail is sent if the transaction that caused it commits, and is forgotten then', async () => {
    const { ctx, outbox, post, rows, drain } = open();
    await expect(
      ctx.db.transaction(7, async (tx) => {
        await postMail(ctx, outbox, tx, MAIL);
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    await post();
    await drain();
    const [{ mail, recipients, sender: from } = smtpFault()] = smtp.received;
    expect(smtp.received).toHaveLength(1);
    expect({ recipients, from }).toEqual({
      recipients: ['Ann.Secret@members.example'],
      from: 'talent@acme.example',
    });
    expect(mail.from).toEqual({ name: 'Acme Talent', address: 'talent@acme.example' });
    expect({ subject: mail.subject, text: mail.text?.trimEnd() }).toEqual({
      subject: MAIL.subject,
      text: MAIL.text.trimEnd(),
    });
    expect(mail.html).toBeUndefined();
    expect(await rows()).toEqual([]);
  });

  test('ML1 what a person typed becomes no header, and one receiver stays one', async () => {
    const { post, drain } = open();
    await post({
      ...MAIL,
      subject: 'Hi\r\nBcc: everybody@x.example',
      fromName: 'Rita"\r\nX-Evil: 1 <r@evil.example>, other@evil.example',
      to: 'a@x.example',
    });
    await drain();
    const [{ recipients, sender: from, mail } = smtpFault()] = smtp.received;
    expect({ recipients, from }).toEqual({ recipients: ['a@x.example'], from: 'talent@acme.example' });
    expect(mail.headers.map(({ key }) => key)).not.toEqual(expect.arrayContaining(['bcc']));
    expect(mail.headers.some(({ key }) => key === 'x-evil')).toBe(false);
    expect(mail.from?.address).toBe('talent@acme.example');
  });

  test('ML2 what the server cannot take now comes back on the schedule of the clock, with the same Message-ID, and is given up in the end', async () => {
    const { post, sender, rows, drain } = open();
    smtp.behaviour = 451;
    await post();
    await drain();
    const [first] = await rows();
    expect(first).toMatchObject({
      attempts: 1,
      failure: 'SMTP 451 EENVELOPE',
      next_at: clock.now() + 60_000,
    });
    await sender.poll(); // not due
    expect((await rows())[0]?.attempts).toBe(1);
    for (const minutes of [1, 5, 15, 60, 180, 360, 720, 1440]) {
      clock.advance(minutes * 60_000);
      await drain();
    }
    expect((await rows())[0]).toMatchObject({ attempts: 9, next_at: Number.MAX_SAFE_INTEGER });

    await post({ ...MAIL, messageId: '<one@acme.example>' });
    await drain();
    smtp.behaviour = 'take';
    clock.advance(60_000);
    await drain();
    expect(smtp.received.map(({ mail }) => mail.messageId)).toEqual(['<one@acme.example>']);
  });

  test('ML2 an address that the server refuses for good is not tried again', async () => {
    const { post, rows, drain } = open();
    smtp.behaviour = 550;
    await post();
    await drain();
    expect(await rows()).toEqual([
      { attempts: 1, failure: 'SMTP 550 EENVELOPE', next_at: Number.MAX_SAFE_INTEGER },
    ]);
  });

  test('ML2 a mail whose sender died is sent again once its lease is over, and only then', async () => {
    const { ctx, post, rows, drain } = open();
    await post();
    // As a process that claimed the row and was killed leaves it.
    await ctx.db.pipeline(7, (tx) => [
      tx`update outbox set attempts = 1, next_at = ${clock.now() + 3_600_000}`,
    ]);
    await drain();
    expect(smtp.received).toHaveLength(0);
    clock.advance(3_600_000);
    await drain();
    expect(smtp.received).toHaveLength(1);
    expect(await rows()).toEqual([]);
  });

  test('ML3 a mail server that hangs holds up neither the end nor anybody else, and the mail stays', async () => {
    const { ctx, post, sender, rows } = open();
    smtp.behaviour = 'hang';
    await post();
    const rounds: Promise<void>[] = [];
    // Others' transactions go on, and so does the reading of events, which waits for open ones.
    await expect
      .poll(async () => {
        rounds.push(sender.poll());
        return (await rows())[0]?.attempts;
      })
      .toBe(1);
    const [idle] = await ctx.db.lookup<{ n: number }>`
      select count(*) as n from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and backend_xid is not null`;
    expect(idle?.n).toBe(0);
    await sender.stop();
    await Promise.all(rounds);
    expect(await rows()).toEqual([expect.objectContaining({ attempts: 1 })]);
  });

  test('ML3 two processes send each mail once', async () => {
    const one = open();
    const closeOne = close;
    const other = open();
    const closeOther = close;
    close = async () => {
      await closeOne?.();
      await closeOther?.();
    };
    for (let i = 0; i < 30; i++) await one.post({ ...MAIL, to: `m${i}@x.example` });
    await Promise.all([one.drain(), other.drain()]);
    const to = smtp.received.flatMap(({ recipients }) => recipients);
    expect(to).toHaveLength(30);
    expect(new Set(to).size).toBe(30);
  });

  test('ML4 neither address nor text nor link is logged or stored as a reason, whatever the server says', async () => {
    const { post, rows, drain } = open();
    for (const behaviour of [451, 550, 'take'] as const) {
      smtp.behaviour = behaviour;
      await post();
      await drain();
    }
    const failures = (await rows()).map(({ failure }) => failure);
    expect(`${logged.join('')}${failures.join('')}`).not.toMatch(/ann\.secret|hello ann|änderung|TOKEN/i);
    expect(logged.join('')).toContain('SMTP 550 EENVELOPE');
  });

  test('ML2 without a mail server a mail waits, and the start says so', async () => {
    const { post, rows, drain } = open({ smtpUrl: null });
    await post();
    await drain();
    expect(await rows()).toEqual([
      expect.objectContaining({ attempts: 1, failure: 'no mail server is configured' }),
    ]);
    expect(logged.join('')).toContain('CARRICK_SMTP_URL');
  });
});

describe('answers', () => {
  const SECRET = 'a-secret-of-the-mail-server';
  const taken: InboundReply[] = [];

  async function openDoor(config: Partial<Config> = {}) {
    taken.length = 0;
    const { ctx } = open({
      replyAddress: 'replies@mail.example.com',
      inboundMailSecret: SECRET,
      ...config,
    });
    const inbound = openInbound(ctx, async (reply) => {
      taken.push(reply);
      return 'taken';
    });
    const edge = createHttpEdge(ctx.log, () => {});
    const { port } = await edge.listen('127.0.0.1', 0);
    edge.open(mailRoutes(ctx, inbound));
    const closeSender = close;
    close = async () => {
      await edge.close();
      await closeSender?.();
    };
    const addresses = replyAddressesOf(ctx);
    if (!addresses) throw new Error('answers are on');
    const send = async (
      message: Parameters<ReturnType<typeof createTransport>['sendMail']>[0],
      query = '',
      secret = SECRET,
    ) => {
      const { message: raw } = await createTransport({ streamTransport: true, buffer: true }).sendMail(
        message,
      );
      const response = await fetch(`http://127.0.0.1:${port}/mail/inbound${query}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'message/rfc822' },
        body: new Uint8Array(raw as unknown as Buffer), // `buffer: true` makes it one
      });
      return { status: response.status, body: (await response.json()) as { outcome: string } };
    };
    return { ctx, addresses, send, baseUrl: `http://127.0.0.1:${port}` };
  }

  test('ML6 an answer comes in by the address it was sent to, whatever its form, once under one key', async () => {
    const { addresses, send } = await openDoor();
    const to = addresses.addressOf(LINK_ID);
    const mail = { from: 'Ann <ANN@x.example>', to, subject: 'Re: x', messageId: '<m1@x.example>' };
    expect(await send({ ...mail, text: 'Yes.\n\n> you wrote' })).toEqual({
      status: 200,
      body: { outcome: 'taken' },
    });
    await send({ ...mail, html: '<p>Yes.</p><script>x</script><blockquote>you wrote</blockquote>' });
    expect(taken[0]).toEqual({
      linkId: LINK_ID,
      text: 'Yes.',
      key: expect.any(String),
      from: 'ann@x.example',
    });
    expect(taken[1]?.text).toMatch(/^Yes\./);
    expect(taken[1]?.text).not.toContain('<');
    expect(taken[1]?.key).toBe(taken[0]?.key);
  });

  test('ML6 the envelope, a Delivered-To or the Message-ID that is answered lead there too', async () => {
    const { addresses, send } = await openDoor();
    const address = addresses.addressOf(LINK_ID);
    const mail = { from: 'ann@x.example', to: 'no-reply@acme.example', text: 'Yes.' };
    await send(mail, `?recipient=${encodeURIComponent(address)}`);
    await send({ ...mail, headers: { 'delivered-to': address } });
    await send({ ...mail, inReplyTo: addresses.messageIdOf(LINK_ID, 'abc') });
    expect(taken.map(({ linkId }) => linkId)).toEqual([LINK_ID, LINK_ID, LINK_ID]);
  });

  test('ML8 answering machines, lists, delivery reports, empty mails and mails to nobody are passed over', async () => {
    const { addresses, send } = await openDoor();
    const mail = { from: 'ann@x.example', to: addresses.addressOf(LINK_ID), text: 'I am away.' };
    const headers: Record<string, string>[] = [
      { 'auto-submitted': 'auto-replied' },
      { precedence: 'bulk' },
      { 'list-id': '<x>' },
      { 'return-path': '<>' },
      { 'x-autoreply': 'yes' },
    ];
    for (const each of headers)
      expect((await send({ ...mail, headers: each })).body).toEqual({ outcome: 'ignored' });
    for (const each of [
      { ...mail, text: '> only a quote' },
      { ...mail, to: 'replies@mail.example.com' },
      { ...mail, to: `replies+${'a'.repeat(45)}@mail.example.com` },
    ])
      expect((await send(each)).body).toEqual({ outcome: 'ignored' });
    expect(taken).toEqual([]);
    expect((await send({ ...mail, headers: { 'auto-submitted': 'no' } })).body).toEqual({ outcome: 'taken' });
  });

  test('ML9 the door needs the secret, and without one in the configuration there is none', async () => {
    const { addresses, send, baseUrl } = await openDoor();
    const mail = { from: 'ann@x.example', to: addresses.addressOf(LINK_ID), text: 'Yes.' };
    for (const secret of ['', 'wrong', `${SECRET}x`]) expect((await send(mail, '', secret)).status).toBe(401);
    expect((await fetch(`${baseUrl}/mail/inbound`, { method: 'POST', body: 'x' })).status).toBe(401);
    expect(taken).toEqual([]);
    await close?.();
    close = undefined;
    const closed = await openDoor({ inboundMailSecret: null });
    expect((await fetch(`${closed.baseUrl}/mail/inbound`, { method: 'POST', body: 'x' })).status).toBe(404);
    expect((await fetch(`${closed.baseUrl}/mailbox`)).status).toBe(404);
  });

  test('ML9 bytes that are no mail, or one made to be hard to read, are passed over', async () => {
    const { ctx } = await openDoor();
    const inbound = openInbound(ctx, async () => 'taken');
    const deep = Array.from(
      { length: 60 },
      (_, i) => `--b${i}\r\nContent-Type: multipart/mixed; boundary=b${i + 1}\r\n\r\n`,
    );
    for (const raw of [
      Buffer.alloc(0),
      Buffer.from([0xff, 0xfe, 0, 1, 2]),
      Buffer.from(`Content-Type: multipart/mixed; boundary=b0\r\n\r\n${deep.join('')}`),
      Buffer.from(`X: ${'y'.repeat(2_000_000)}\r\n\r\nhello`),
    ])
      expect(await inbound.take(raw)).toBe('ignored');
  });

  test('ML10 in the mailbox one reads what was sent and answers as the member, and the answer comes in like a mail', async () => {
    const { ctx, addresses, baseUrl } = await openDoor({ smtpUrl: null, mailbox: true });
    const outbox = openOutbox(ctx.db, clock, ctx.log);
    const sender = openMailSender(ctx, outbox);
    const replyTo = addresses.addressOf(LINK_ID);
    const mail = {
      ...MAIL,
      replyTo,
      messageId: addresses.messageIdOf(LINK_ID, '1'),
      text: '<b>Hi</b> https://x.example/a?b=1&c=2',
    };
    await ctx.db.pipeline(7, (tx) => [postMail(ctx, outbox, tx, mail), postMail(ctx, outbox, tx, mail)]);
    const list = async () => {
      await sender.poll();
      return (await fetch(`${baseUrl}/mailbox`)).text();
    };
    await expect.poll(list).toContain('ann.secret@members.example');
    expect(await list()).toContain('1 mail,'); // sent twice, there once
    const url = `${baseUrl}/mailbox/${encodeURIComponent('ann.secret@members.example')}`;
    const html = await (await fetch(url)).text();
    expect(html).toContain('&lt;b&gt;Hi&lt;/b&gt; <a href="https://x.example/a?b=1&amp;c=2"');
    const message = /name="message" value="(\d+)"/.exec(html)?.[1] ?? '';
    const form = new URLSearchParams({ message, text: 'Yes, at ten.' });
    const foreign = await fetch(url, {
      method: 'POST',
      body: form,
      headers: { origin: 'https://evil.example' },
    });
    expect(foreign.status).toBe(400);
    const sent = await fetch(url, { method: 'POST', body: form, redirect: 'follow' });
    expect(await sent.text()).toContain('Your reply was sent.');
    expect(taken).toEqual([
      { linkId: LINK_ID, text: 'Yes, at ten.', key: expect.any(String), from: 'ann.secret@members.example' },
    ]);
    await sender.stop();
    await outbox.stop();
  });
});

function smtpFault(): never {
  throw new Error('the server got no mail');
}
