import type { IncomingMessage, ServerResponse } from 'node:http';
import { MOST_BYTES } from './receiver.ts';

type Receiver = (request: Request) => Promise<Response>;

/**
 * The receiver for `node:http` and Express: `app.use('/callback', nodeHandler(connector.receiver()))`. It must see the body as it
 * came, so it stands before any body parser; of a parser that keeps the bytes (`express.raw()`) it takes them.
 */
export function nodeHandler(receive: Receiver) {
  return (
    request: IncomingMessage & { originalUrl?: string; body?: unknown },
    response: ServerResponse,
    next?: (error: unknown) => void,
  ): void => {
    answer(receive, request, response).catch((error: unknown) => {
      if (next) next(error);
      else response.writeHead(500).end();
    });
  };
}

async function answer(
  receive: Receiver,
  request: IncomingMessage & { originalUrl?: string; body?: unknown },
  response: ServerResponse,
): Promise<void> {
  const body = request.body instanceof Uint8Array ? request.body : await bytesOf(request);
  await write(
    await receive(
      requestOf(request.method ?? 'GET', request.originalUrl ?? request.url ?? '/', request.headers, body),
    ),
    response,
  );
}

/** What of Fastify the plugin uses. */
interface FastifyLike {
  addContentTypeParser(
    type: string,
    options: { parseAs: 'buffer' },
    parse: (request: unknown, body: Uint8Array, done: (error: null, body: Uint8Array) => void) => void,
  ): unknown;
  all(
    path: string,
    handler: (
      request: { method: string; url: string; headers: IncomingMessage['headers']; body: unknown },
      reply: {
        code(status: number): unknown;
        header(name: string, value: string): unknown;
        send(body: string): unknown;
      },
    ) => Promise<unknown>,
  ): unknown;
}

/** The receiver as a Fastify plugin: `app.register(fastifyPlugin(connector.receiver()), { prefix: '/callback' })`. */
export function fastifyPlugin(receive: Receiver) {
  return async (app: FastifyLike): Promise<void> => {
    app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    );
    app.all('/*', async ({ method, url, headers, body }, reply) => {
      const bytes = body instanceof Uint8Array ? body : new Uint8Array();
      const response = await receive(requestOf(method, url, headers, bytes));
      reply.code(response.status);
      response.headers.forEach((value, name) => void reply.header(name, value));
      return reply.send(await response.text());
    });
  };
}

function requestOf(
  method: string,
  path: string,
  headers: IncomingMessage['headers'],
  body: Uint8Array,
): Request {
  const list = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, [value].flat().join(', ')] as [string, string]],
  );
  const hasBody = method !== 'GET' && method !== 'HEAD';
  // The host is nobody's business here: the customer stands in the path.
  return new Request(new URL(path, 'http://callback'), {
    method,
    headers: list,
    ...(hasBody && { body: Buffer.from(body) }),
  });
}

async function bytesOf(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    chunks.push(chunk as Uint8Array); // no encoding is set
    bytes += chunks.at(-1)?.byteLength ?? 0;
    // The receiver refuses what is longer, so the rest need not be read.
    if (bytes > MOST_BYTES) break;
  }
  return Buffer.concat(chunks);
}

async function write(answered: Response, response: ServerResponse): Promise<void> {
  response.writeHead(answered.status, Object.fromEntries(answered.headers));
  response.end(await answered.text());
}
