import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it came over the wire. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/**
 * What becomes of a request: `lose` breaks the connection before the platform sees it, `lose-answer` after the platform
 * did what it asks; an answer stands in for the platform's.
 */
export type Fault =
  | 'lose'
  | 'lose-answer'
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string };

export interface WireProxy {
  readonly baseUrl: string;
  readonly seen: SeenRequest[];
  /** Asked for each request; undefined lets it through. */
  fault: (request: SeenRequest) => Fault | undefined;
  close(): Promise<void>;
}

/** Stands between the connector and the platform: sees every request, and can let the wire fail. */
export async function openWireProxy(target: () => string): Promise<WireProxy> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.destroy(error as Error));
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const [path = '', query = ''] = (request.url ?? '').split('?', 2);
    const record = {
      method: request.method ?? '',
      path,
      query,
      headers: request.headers,
      body: body.toString(),
    };
    seen.push(record);
    const fault = proxy.fault(record);
    if (fault === 'lose') return void response.destroy();
    if (typeof fault === 'object')
      return void response.writeHead(fault.status, fault.headers).end(fault.body ?? '');
    await new Promise<void>((done) => {
      const onward = httpRequest(
        new URL(request.url ?? '', target()),
        { method: request.method, headers: { ...request.headers, connection: 'close' }, agent: false },
        (answer) => {
          if (fault === 'lose-answer') {
            answer.resume();
            response.destroy();
          } else {
            response.writeHead(answer.statusCode ?? 502, answer.headers);
            answer.pipe(response);
          }
          answer.once('close', done);
        },
      );
      onward.once('error', () => {
        response.destroy();
        done();
      });
      onward.end(body);
    });
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo; // listening on a port: never a path
  const proxy: WireProxy = {
    baseUrl: `http://127.0.0.1:${port}`,
    seen,
    fault: () => undefined,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return proxy;
}

const isRead = ({ method, headers }: SeenRequest) => (headers['x-http-method-override'] ?? method) === 'GET';

/** Requests that change something on the platform. */
export function writes(seen: readonly SeenRequest[]): SeenRequest[] {
  return seen.filter((request) => request.path.startsWith('/v2/') && !isRead(request));
}
