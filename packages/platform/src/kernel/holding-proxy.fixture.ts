import { type AddressInfo, createServer, connect as dial } from 'node:net';
import { overTcp } from './embedded-postgres.ts';

/** Stands between client and server and can keep the answers back: what the client still sends, it sends without waiting. */
export interface HoldingProxy {
  readonly url: string;
  /** From now on no answer reaches the client, and what it sends is noted anew. */
  hold(): void;
  release(): void;
  /** Resolves when the client has sent exactly these since the hold: simple statements by their text, prepared ones as "execute". */
  untilSent(expected: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export async function holdingProxy(serverUrl: string): Promise<HoldingProxy> {
  const url = new URL(overTcp(serverUrl));
  const { port, hostname } = url;
  let isHolding = false;
  let sent: string[] = [];
  let held: (() => void)[] = [];
  let onSent = (): void => {};

  const server = createServer((client) => {
    const upstream = dial(Number(port), hostname);
    const note = messageReader((label) => {
      sent.push(label);
      onSent();
    });
    client.on('data', (bytes) => {
      upstream.write(bytes);
      note(bytes);
    });
    upstream.on('data', (bytes) => {
      if (isHolding) held.push(() => client.write(bytes));
      else client.write(bytes);
    });
    client.on('close', () => upstream.destroy()).on('error', () => {});
    upstream.on('close', () => client.destroy()).on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url.port = String((server.address() as AddressInfo).port); // a TCP server's address is not a string

  return {
    url: url.href,
    hold() {
      isHolding = true;
      sent = [];
    },
    release() {
      isHolding = false;
      for (const answer of held) answer();
      held = [];
    },
    untilSent: (expected) =>
      new Promise((resolve) => {
        onSent = () => {
          if (JSON.stringify(sent) === JSON.stringify(expected)) resolve();
        };
        onSent();
      }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Reads the frontend messages of PostgreSQL's protocol: one without a type first, then type byte and length. */
function messageReader(onMessage: (label: string) => void): (bytes: Buffer) => void {
  let rest = Buffer.alloc(0);
  let isStarted = false;
  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    for (;;) {
      const head = isStarted ? 1 : 0;
      if (rest.length < head + 4) return;
      const end = head + rest.readUInt32BE(head);
      if (rest.length < end) return;
      const type = isStarted ? String.fromCharCode(rest[0] ?? 0) : '';
      if (type === 'Q') onMessage(rest.toString('utf8', 5, end - 1));
      if (type === 'E') onMessage('execute');
      isStarted = true;
      rest = rest.subarray(end);
    }
  };
}
