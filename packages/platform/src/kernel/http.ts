import { randomUUID } from 'node:crypto';
import {
  createServer,
  type IncomingHttpHeaders,
  type RequestListener,
  type Server,
  type ServerOptions,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { MAX_HEAD_BYTES, ProtocolError, ROOTS } from '@carrick/protocol';
import Fastify, { type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Log } from './log.ts';
import { type Reach, reachOf, type TrustedProxies, trustedProxies } from './proxies.ts';
import { refusalVersion, renderError } from './render-error.ts';
import { type Method, RouteTable } from './route-table.ts';

export interface HttpRequest extends Reach {
  readonly method: Method;
  /** As received, percent-encoding and all; without the query. */
  readonly path: string;
  /** Behind the question mark, as received; empty when there is none. */
  readonly rawQuery: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Returned as `x-li-uuid` and written in every log line about this request. */
  readonly id: string;
}

/** Returns how many bytes the client has not taken yet. */
export type StreamWrite = (chunk: string) => number;

export interface HttpResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
  /** Instead of a body: writes until it resolves. `signal` is aborted when the client left or the server stops. */
  readonly stream?: (write: StreamWrite, signal: AbortSignal) => Promise<void>;
  /** Nothing of it is sent: the connection is cut. */
  readonly isCut?: boolean;
}

export interface Route {
  readonly method: Method | '*';
  /** A raw path, or a prefix that ends in `/*`. An exact path wins, then the longest prefix. */
  readonly path: string;
  handler(request: HttpRequest): Promise<HttpResponse>;
}

export interface RequestRecord {
  readonly method: string;
  /** The route's path, never the request's: no ids and no tenant in logs and metrics. */
  readonly route: string;
  readonly status: number;
  readonly ms: number;
}

export interface HttpEdge {
  /** Binds the port and refuses everything but `GET /healthz` with 503 until `open`. */
  listen(host: string, port: number): Promise<{ readonly port: number }>;
  /** From now on these routes answer. */
  open(routes: readonly Route[]): void;
  /** Ends streams, lets requests in flight finish for at most five seconds, then cuts. */
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 10 * 1024 * 1024;
const LAST_REQUESTS_MS = 5_000;
/** Both names of this machine: browsers take either for `localhost`. */
const LOOPBACK = 'localhost';

const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
    "font-src 'self'; frame-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
} as const;

/** Where the original names its data centre, for its support. */
const FABRIC = 'self-hosted';

const SERVER_OPTIONS: ServerOptions = {
  maxHeaderSize: MAX_HEAD_BYTES,
  keepAliveTimeout: 72_000,
  requestTimeout: 120_000,
};

export interface EdgeOptions {
  /** Whose `X-Forwarded-*` headers are believed; nobody's, unless it is said. */
  readonly proxies?: TrustedProxies;
  readonly publicUrl?: string | null;
  /** Speaks TLS with this certificate, and nothing else. */
  readonly tls?: Tls | null;
}

/** A private key and its certificate, as PEM. */
export interface Tls {
  readonly key: string;
  readonly cert: string;
}

/** The one HTTP server, and the only file that knows Fastify. */
export function createHttpEdge(
  log: Log,
  observe: (request: RequestRecord) => void,
  { proxies = trustedProxies([]), publicUrl = null, tls = null }: EdgeOptions = {},
): HttpEdge {
  let table: RouteTable | null = null;
  let isClosing = false;
  const streams = new Set<AbortController>();
  const servers: Server[] = [];
  const app = Fastify({
    bodyLimit: MAX_BODY_BYTES,
    http: SERVER_OPTIONS,
    genReqId: () => randomUUID(),
    return503OnClosing: false,
    clientErrorHandler: (error, socket) => refuseUnreadable(error, socket),
    // Rest.li keys stand in the path and query as raw text that a router would reject or decode: ours reads
    // `originalUrl`, and Fastify sees one path only.
    rewriteUrl: () => '/',
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('onRequest', async (request, reply) => {
    routes.set(request, 'none');
    reply.headers({ ...SECURITY_HEADERS, 'x-li-uuid': request.id, 'x-li-fabric': FABRIC });
    if (isClosing) reply.header('connection', 'close');
    requireLength(request);
  });
  app.all('/', handle);
  app.setNotFoundHandler(handle);
  app.setErrorHandler((error: FastifyError, request, reply) => answerError(error, request, reply));
  app.addHook('onResponse', async (request, reply) => finish(request, reply.statusCode, reply.elapsedTime));

  async function handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const response = await dispatch(request);
    if (response.isCut) return cutOff(reply, response.status);
    reply.code(response.status);
    for (const [name, value] of Object.entries(response.headers ?? {})) reply.header(name, value);
    if (response.stream) return streamTo(reply, response.stream);
    if (response.body === undefined) reply.header('content-length', '0');
    return reply.send(response.body);
  }

  async function dispatch(request: FastifyRequest): Promise<HttpResponse> {
    const [path, rawQuery] = splitUrl(request.originalUrl);
    if (!table || isClosing) {
      if (path === '/healthz') return { status: 200, body: 'starting' };
      throw new ProtocolError('UNAVAILABLE');
    }
    const route = table.find(request.method, path);
    routes.set(request, route.path);
    return route.handler({
      method: request.method as Method, // the table found a route for it
      path,
      rawQuery,
      headers: request.headers,
      body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      id: request.id,
      ...reachOf(
        request.socket.remoteAddress ?? '',
        request.headers,
        proxies,
        publicUrl,
        tls ? 'https' : 'http',
      ),
    });
  }

  /** Of requests that are not finished. */
  const routes = new WeakMap<FastifyRequest, string>();

  function cutOff(reply: FastifyReply, status: number): FastifyReply {
    reply.hijack();
    finish(reply.request, status, reply.elapsedTime);
    reply.raw.destroy();
    return reply;
  }

  function streamTo(reply: FastifyReply, stream: NonNullable<HttpResponse['stream']>): FastifyReply {
    const ending = new AbortController();
    const { raw } = reply.hijack();
    streams.add(ending);
    raw.on('close', () => ending.abort());
    raw.writeHead(reply.statusCode, { ...reply.getHeaders() } as Record<string, string>);
    raw.flushHeaders();
    const write: StreamWrite = (chunk) => {
      if (raw.writable) raw.write(chunk);
      return raw.writableLength;
    };
    stream(write, ending.signal)
      .catch((error: unknown) => log.error({ err: error, id: reply.request.id }, 'a stream broke off'))
      .finally(() => {
        streams.delete(ending);
        raw.end();
        finish(reply.request, reply.statusCode, reply.elapsedTime);
      });
    return reply;
  }

  function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const isTooLarge = error.code === 'FST_ERR_CTP_BODY_TOO_LARGE';
    const cause = isTooLarge ? new ProtocolError('BODY_TOO_LARGE') : error;
    // Fastify would cut the connection, and a client that is still sending would never read why. Left open, the rest of
    // the body is read and dropped, until the time for a request is up.
    if (isTooLarge && !isClosing) reply.removeHeader('connection');
    const isWire = Object.values(ROOTS).some((root) => request.originalUrl.startsWith(root));
    const version = isWire ? refusalVersion(request.headers) : undefined;
    const { response, level } = renderError(cause, request.id, version);
    if (level === 'error') log.error({ err: cause, id: request.id }, 'a request failed on a bug');
    return reply.code(response.status).headers(response.headers).send(response.body);
  }

  function finish(request: FastifyRequest, status: number, elapsedMs: number): void {
    const route = routes.get(request);
    // A stream ends for us and for Fastify, in either order, or for us alone when the client left.
    if (route === undefined) return;
    routes.delete(request);
    const record = {
      method: request.method,
      route,
      status,
      ms: Math.round(elapsedMs * 10) / 10,
    };
    observe(record);
    log.info({ ...record, id: request.id }, 'request');
  }

  /** Requests in flight by connection: at the end a connection without any is closed, one that never sent any included. */
  const connections = new Map<Socket, number>();

  function leaveIdle(): void {
    for (const [socket, requests] of connections) if (requests === 0) socket.destroySoon();
  }

  async function listenOn(host: string, port: number): Promise<Server> {
    const answer: RequestListener = (request, response) => {
      const { socket } = request;
      connections.set(socket, (connections.get(socket) ?? 0) + 1);
      response.once('close', () => {
        if (!connections.has(socket)) return;
        connections.set(socket, (connections.get(socket) ?? 1) - 1);
        if (isClosing) leaveIdle();
      });
      forgetNoType(request.headers);
      app.routing(request, response);
    };
    const server = tls
      ? createTlsServer({ ...SERVER_OPTIONS, ...tls }, answer)
      : createServer(SERVER_OPTIONS, answer);
    server.on(tls ? 'secureConnection' : 'connection', (socket: Socket) => {
      connections.set(socket, 0);
      socket.once('close', () => connections.delete(socket));
    });
    server.on('clientError', refuseUnreadable);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
        server.off('error', reject);
        resolve();
      });
    });
    servers.push(server);
    return server;
  }

  return {
    async listen(host, port) {
      await app.ready();
      const first = await listenOn(host === LOOPBACK ? '127.0.0.1' : host, port);
      const bound = (first.address() as AddressInfo).port; // a TCP server that listens has an address of this form
      if (host === LOOPBACK) await listenOn('::1', bound).catch(unlessWithoutIpv6);
      return { port: bound };
    },
    open(list) {
      table = new RouteTable(list);
    },
    async close() {
      isClosing = true;
      for (const stream of streams) stream.abort();
      const cut = setTimeout(
        () => servers.forEach((server) => void server.closeAllConnections()),
        LAST_REQUESTS_MS,
      );
      const closed = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
      leaveIdle();
      await Promise.all(closed);
      clearTimeout(cut);
      await app.close();
    },
  };
}

const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+ *(;|$)/;

/** Bodies are read whatever their type says; one that is no type at all would be refused before a route is asked. */
function forgetNoType(headers: IncomingHttpHeaders): void {
  const type = headers['content-type'];
  if (type !== undefined && !MEDIA_TYPE.test(type)) headers['content-type'] = 'application/octet-stream';
}

const WITH_BODY = ['POST', 'PUT'];

/** A body of unknown length would be read as none. Chunks say their own lengths. */
function requireLength({ method, headers }: FastifyRequest): void {
  const hasLength = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
  if (WITH_BODY.includes(method) && !hasLength) throw new ProtocolError('LENGTH_REQUIRED');
}

function splitUrl(url: string): [path: string, rawQuery: string] {
  const mark = url.indexOf('?');
  return mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}

/** What cannot be parsed as HTTP never reaches a route; it is answered on the socket and the connection ends. */
function refuseUnreadable(
  error: Error & { code?: string },
  socket: Pick<Socket, 'writable' | 'end' | 'destroy'>,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const cause = new ProtocolError(error.code === 'HPE_HEADER_OVERFLOW' ? 'URI_TOO_LONG' : 'BAD_REQUEST');
  const id = randomUUID();
  const { response } = renderError(cause, id);
  const headers = {
    ...SECURITY_HEADERS,
    ...response.headers,
    'x-li-uuid': id,
    'content-length': String(Buffer.byteLength(response.body)),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${cause.status} Refused\r\n${lines.join('')}\r\n${response.body}`);
}

function unlessWithoutIpv6(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EADDRNOTAVAIL' && error.code !== 'EAFNOSUPPORT') throw error;
}
