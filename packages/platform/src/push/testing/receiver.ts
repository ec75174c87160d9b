import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly path: string;
  /** Of the body. */
  readonly id: string;
}

/** What the receiver does with a request; nothing: it hangs. */
export type Behaviour = number | 'hang' | 'cut' | ((response: ServerResponse, received: Received) => void);

/** The ATS's side over real HTTP: keeps what it was sent, and behaves as it is told. */
export class Receiver {
  readonly received: Received[] = [];
  behaviour: Behaviour = 204;
  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => {}); // the sender has given up
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const { id = '' } = body === '' ? {} : (JSON.parse(body) as { id?: string });
      const received = { headers: request.headers, body, path: request.url ?? '', id };
      this.received.push(received);
      this.#behave(response, received);
    });
  });

  static async open(): Promise<Receiver> {
    const receiver = new Receiver();
    await new Promise<void>((resolve) => receiver.#server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo; // it listens on a port
    return `http://127.0.0.1:${port}/callbacks`;
  }

  get ids(): string[] {
    return this.received.map(({ id }) => id);
  }

  /** Also what hangs comes to an end. */
  answerAll(): void {
    this.behaviour = 204;
    this.#server.closeAllConnections();
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #behave(response: ServerResponse, received: Received): void {
    const { behaviour } = this;
    if (typeof behaviour === 'number') response.writeHead(behaviour).end();
    else if (behaviour === 'cut') response.destroy();
    else if (behaviour !== 'hang') behaviour(response, received);
  }
}
