import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runCommand } from './carrick-process.ts';
import { test as playwright, type Tenant, type World, withWorld } from './world.ts';

/** The vendor's side of notices: counts them, and answers as it is told. */
export interface Callbacks {
  readonly url: string;
  readonly received: string[];
  status: number;
}

/** A world of its own: what an administrator switches would be missing elsewhere. */
export const test = playwright.extend<object, { world: World; callbacks: Callbacks }>({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: the form in which Playwright reads what a fixture needs
    async ({}, use) => withWorld(use),
    { scope: 'worker', timeout: 120_000 },
  ],
  callbacks: [
    // biome-ignore lint/correctness/noEmptyPattern: the form in which Playwright reads what a fixture needs
    async ({}, use) => {
      const callbacks = { url: '', received: [] as string[], status: 204 };
      const server = createServer((request, response) => {
        let body = '';
        request.on('data', (chunk) => {
          body += chunk;
        });
        request.on('end', () => {
          callbacks.received.push(body);
          response.writeHead(callbacks.status).end();
        });
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      callbacks.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callbacks`; // it listens on a port
      await use(callbacks);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    { scope: 'worker' },
  ],
});
export { ATS, expect } from './world.ts';

/** The administrator's seat of a company. */
export function adminOf(tenant: Tenant) {
  const [admin] = tenant.seats;
  if (!admin) throw new Error('a sandbox company has an administrator first');
  return admin;
}

/** `carrick admin …` beside the running sandbox. */
export async function admin(world: World, action: string, ...flags: string[]): Promise<unknown> {
  const all = ['admin', action, '--json', '--data', world.dataDir, ...flags];
  return JSON.parse(await runCommand(all, { CARRICK_CALLBACK_URLS: 'loopback', E2E_PASSWORD: PASSWORD }));
}
export const PASSWORD = 'long enough for a seat';

/** As on the first day: the company asked for everything, and the vendor has yet to act. */
export async function requestAnew(world: World, tenant: Tenant): Promise<void> {
  const flags = ['--client-id', tenant.customer.clientId];
  for (const type of ['ONE_CLICK_EXPORT', 'IN_ATS_INDICATOR', 'PROFILE_PLUGIN', 'CSA_API'])
    await admin(world, 'delete-integration', ...flags, '--type', type).catch(() => undefined);
  await admin(world, 'request-integration', ...flags, '--organization', tenant.organization);
}

/** The vendor finishes its setup. */
export function approve(world: World, tenant: Tenant, callbackUrl: string): Promise<unknown> {
  const flags = ['--client-id', tenant.customer.clientId, '--callback-url', callbackUrl];
  return admin(world, 'approve-integration', ...flags, '--integration-name', 'Hireworks');
}
