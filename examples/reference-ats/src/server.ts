import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';

export interface Server {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves a function from request to response, as the web knows them. Port 0 takes a free one. */
export async function serve(
  host: string,
  port: number,
  answer: (request: Request) => Promise<Response>,
): Promise<Server> {
  let url = '';
  const server = createServer((incoming, outgoing) => {
    answer(toRequest(incoming, url)).then(
      (response) => send(response, outgoing),
      (error: unknown) => {
        process.stderr.write(`ats: ${error instanceof Error ? error.stack : String(error)}\n`);
        outgoing
          .writeHead(500, { 'content-type': 'text/plain' })
          .end('Something went wrong here. Try again.');
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  const address = server.address();
  url = `http://${host}:${typeof address === 'object' && address ? address.port : port}`;
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function toRequest(incoming: IncomingMessage, url: string): Request {
  const method = incoming.method ?? 'GET';
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  const body = method === 'GET' || method === 'HEAD' ? null : Readable.toWeb(incoming);
  // `duplex` is needed for a stream and missing in the DOM's type; the web stream of Node is the one that Request takes.
  const init = { method, headers, body, duplex: 'half' } as RequestInit;
  return new Request(new URL(incoming.url ?? '/', url), init);
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}
