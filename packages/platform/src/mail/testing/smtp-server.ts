import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly mail: Email;
  readonly raw: string;
  readonly recipients: readonly string[];
  readonly sender: string;
}

export interface TestMailServer {
  /** For `smtpUrl`. */
  readonly url: string;
  readonly received: ReceivedMail[];
  /** What the server does with the next mails; a number is the status it refuses the recipient with. */
  behaviour: 'take' | 'hang' | number;
  /** Resolves with the mails once there are so many. */
  waitFor(count: number): Promise<readonly ReceivedMail[]>;
  close(): Promise<void>;
}

/** A real mail server on this machine. */
export async function startMailServer(): Promise<TestMailServer> {
  const received: ReceivedMail[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo({ address }, _session, done) {
      if (world.behaviour === 'hang') return;
      if (typeof world.behaviour === 'number')
        done(Object.assign(new Error(`no such mailbox ${address}`), { responseCode: world.behaviour }));
      else done();
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        const raw = Buffer.concat(chunks);
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          mail: await PostalMime.parse(raw),
          raw: raw.toString('utf8'),
          recipients: rcptTo.map(({ address }) => address),
          sender: mailFrom === false ? '' : (mailFrom?.address ?? ''),
        });
        done();
        for (const { count, resolve } of waiting) if (received.length >= count) resolve();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo; // a TCP server that listens has an address of this form
  const world: TestMailServer = {
    url: `smtp://127.0.0.1:${port}`,
    received,
    behaviour: 'take',
    async waitFor(count) {
      if (received.length < count) await new Promise<void>((resolve) => waiting.push({ count, resolve }));
      return received;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return world;
}
