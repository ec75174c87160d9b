import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@carrick/platform';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalAuthority, openAuthority } from './local-authority.ts';

let folder: string;
let authority: LocalAuthority;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'carrick-authority-'));
  authority = await openAuthority(folder, systemClock);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a client that trusts the authority gets, or why it refuses. */
async function fetchAs(servername: string, names: readonly string[]): Promise<number | string> {
  const server = createServer(await authority.issue(names), (_request, response) =>
    response.writeHead(204).end(),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  try {
    return await new Promise((resolve) => {
      const sent = request(
        { host: '127.0.0.1', port, servername, ca: authority.certificate, agent: false },
        (answer) => resolve(answer.statusCode ?? 0),
      );
      sent.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      sent.end();
    });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

test('WI1 the local authority signs for the names it is asked for, and a client that trusts it believes them', async () => {
  expect(await fetchAs('localhost', ['localhost', '127.0.0.1', '::1'])).toBe(204);
  expect(await fetchAs('ats.localhost', ['api.vendor.example', 'ats.localhost'])).toBe(204);
  expect(await fetchAs('other.example', ['localhost'])).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
});

test('WI1 the authority stays the same from start to start, its key is nobody else’s, and several first starts agree', async () => {
  const again = await openAuthority(folder, systemClock);
  expect(again.certificate).toBe(authority.certificate);
  const file = join(folder, 'tls', 'authority.pem');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, 'tls')).mode & 0o777).toBe(0o700);
  chmodSync(file, 0o644);
  await expect(openAuthority(folder, systemClock)).rejects.toThrow('chmod 600');
  chmodSync(file, 0o600);
  const other = mkdtempSync(join(tmpdir(), 'carrick-authority-'));
  try {
    const [one, two] = await Promise.all([
      openAuthority(other, systemClock),
      openAuthority(other, systemClock),
    ]);
    expect(one?.certificate).toBe(two?.certificate);
  } finally {
    rmSync(other, { recursive: true, force: true });
  }
});
