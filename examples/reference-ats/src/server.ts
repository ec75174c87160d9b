import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';

export interface Server {
  readonly url: string;
  /** What it answers; 503 until this is said. */
  answer: (request: Request) => Promise<Response>;
  close(): Promise<void>;
}

/** Serves a function from request to response, as the web knows them. Port 0 takes a free one. */
export async function listen(host: string, port: number): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    running
      .answer(toRequest(incoming, running.url))
      .then((response) => send(response, outgoing))
      .catch((error: unknown) => {
        process.stderr.write(`ats: ${error instanceof Error ? error.stack : String(error)}\n`);
        outgoing
          .writeHead(500, { 'content-type': 'text/plain' })
          .end('Something went wrong here. Try again.');
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  const address = server.address();
  const running: Server = {
    url: `http://${host}:${typeof address === 'object' && address ? address.port : port}`,
    answer: async () => new Response(null, { status: 503 }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return running;
}

function toRequest(incoming: IncomingMessage, url: string): Request {
  const method = incoming.method ?? 'GET';
  const headers = Object.entries(incoming.headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, [value].flat().join(', ')] as [string, string]],
  );
  const body = method === 'GET' || method === 'HEAD' ? null : Readable.toWeb(incoming);
  // `duplex` is needed for a stream and missing in the DOM's type; the web stream of Node is the one that Request takes.
  const init = { method, headers, body, duplex: 'half' } as RequestInit;
  return new Request(new URL(incoming.url ?? '/', url), init);
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}
