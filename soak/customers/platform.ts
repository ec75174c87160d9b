/** The platform of the soak, as a process of its own, and the ways to it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const MAIN = join(import.meta.dirname, '..', '..', 'packages', 'cli', 'src', 'main.ts');

export interface Tenant {
  readonly organization: string;
  readonly customer: { readonly clientId: string; readonly clientSecret: string };
}

export interface Sandbox {
  readonly baseUrl: string;
  readonly tenants: readonly Tenant[];
  stop(): Promise<void>;
}

/** With quotas as in production. */
export async function startSandbox(data: string, ...flags: readonly string[]): Promise<Sandbox> {
  const args = ['sandbox', '--port', '0', '--data', data, '--quotas', 'on', '--json', ...flags];
  const child = spawn(process.execPath, [MAIN, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, CARRICK_LOG: 'error' },
  });
  const exited = once(child, 'exit');
  const { baseUrl, tenants } = await readyLine(child);
  return {
    baseUrl,
    tenants,
    async stop() {
      child.kill('SIGINT');
      await exited;
    },
  };
}

async function readyLine({ stdout }: ChildProcess): Promise<Pick<Sandbox, 'baseUrl' | 'tenants'>> {
  for await (const line of createInterface({ input: stdout ?? process.stdin }))
    return JSON.parse(line) as Sandbox; // documented in its help
  throw new Error('the sandbox ended before it was ready');
}

/** The way to a platform; it counts what the platform throttles. */
export interface Wire {
  readonly baseUrl: string;
  throttled(): number;
  close(): void;
}

/** A bad one answers every other request itself, with 500 or 429. */
export async function openWire(target: string, isBad = false): Promise<Wire> {
  let throttled = 0;
  const server = createServer((request, response) => {
    if (isBad && Math.random() < 0.5) {
      request.resume();
      response.writeHead(Math.random() < 0.5 ? 500 : 429, { 'retry-after': '1' }).end('{}');
      return;
    }
    const onward = httpRequest(
      new URL(request.url ?? '', target),
      { method: request.method, headers: request.headers },
      (answer) => {
        if (answer.statusCode === 429) {
          throttled++;
          process.stderr.write(`throttled: ${request.method} ${request.url?.split('?')[0]}\n`);
        }
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.once('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // listening on a port: never a path
    throttled: () => throttled,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
