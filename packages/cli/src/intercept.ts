import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { LocalAuthority } from './local-authority.ts';

/** Hosts of the original whose part the sandbox plays. */
export const INTERCEPTED_HOSTS = ['api.linkedin.com', 'www.linkedin.com', 'platform.linkedin.com'] as const;

export interface Intercept {
  /** For HTTPS_PROXY. */
  readonly proxyUrl: string;
  close(): Promise<void>;
}

const HTTPS_PORT = '443';
const HOP_BY_HOP = ['connection', 'keep-alive', 'proxy-authorization', 'proxy-connection', 'te', 'upgrade'];

/**
 * A proxy for an ATS that knows the original's addresses only: it speaks TLS under their names and hands everything to the
 * platform. It never opens a connection to anywhere else: whatever else is asked for is refused, so that no record meant for a
 * sandbox can reach the original.
 */
export async function openIntercept(
  platformUrl: string,
  authority: LocalAuthority,
  port: number,
): Promise<Intercept> {
  const platform = new URL(platformUrl);
  const secure = createTlsServer(await authority.issue(INTERCEPTED_HOSTS), (incoming, outgoing) =>
    handOn(platform, incoming, outgoing),
  );
  const sockets = new Set<Duplex>();
  const server = createServer((incoming, outgoing) => {
    incoming.resume();
    const host = URL.parse(incoming.url ?? '')?.host ?? 'this address';
    outgoing.writeHead(403, { 'content-type': 'text/plain; charset=utf-8' });
    outgoing.end(refusal(host, 'Only https is passed on to the sandbox: set HTTPS_PROXY, not HTTP_PROXY.'));
  });
  server.on('connection', (socket) => remember(sockets, socket));
  server.on('connect', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const [, name = '', portAsked = ''] = /^(.*):(\d+)$/.exec(incoming.url ?? '') ?? [];
    const host = INTERCEPTED_HOSTS.find((each) => each === name.toLowerCase());
    if (!host || portAsked !== HTTPS_PORT) {
      const text = refusal(incoming.url ?? '', `It only knows ${INTERCEPTED_HOSTS.join(', ')} on port 443.`);
      const headers = `Content-Type: text/plain; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close`;
      socket.end(`HTTP/1.1 403 Forbidden\r\n${headers}\r\n\r\n${text}`);
      return;
    }
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    if (head.length > 0) socket.unshift(head);
    secure.emit('connection', socket);
  });
  // A client that does not trust the authority hangs up in the middle of the handshake.
  secure.on('tlsClientError', (_error, socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port: bound } = server.address() as AddressInfo; // a TCP server that listens has an address of this form
  return {
    proxyUrl: `http://127.0.0.1:${bound}`,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const refusal = (asked: string, what: string) =>
  `Carrick's sandbox passes nothing on to ${asked.slice(0, 200)}, so that nothing leaves this machine. ${what}\n`;

function remember(sockets: Set<Duplex>, socket: Socket): void {
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
}

function handOn(platform: URL, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const headers: IncomingMessage['headers'] = { ...incoming.headers };
  for (const name of HOP_BY_HOP) delete headers[name];
  const onward = request(
    {
      hostname: platform.hostname,
      port: platform.port,
      method: incoming.method,
      path: incoming.url,
      headers: {
        ...headers,
        // What the platform writes into its answers is to be found where the ATS is looking.
        'x-forwarded-proto': 'https',
        'x-forwarded-host': incoming.headers.host ?? INTERCEPTED_HOSTS[0],
      },
    },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
      answer.once('error', () => outgoing.destroy());
    },
  );
  onward.once('error', () => {
    if (outgoing.headersSent) outgoing.destroy();
    else outgoing.writeHead(502, { 'content-type': 'text/plain' }).end('The sandbox cannot be reached.\n');
  });
  outgoing.once('close', () => onward.destroy());
  incoming.pipe(onward);
}
