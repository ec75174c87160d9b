import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { AccessToken } from './access-token.ts';

const servers: { close(): void }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function tokenEndpoint(expiresIn: number | string = 1800) {
  let requests = 0;
  const server = createServer((_, response) => {
    requests++;
    response
      .setHeader('Content-Type', 'application/json')
      .end(JSON.stringify({ access_token: `token-${requests}`, expires_in: expiresIn }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  servers.push(server);
  const { port } = server.address() as AddressInfo; // a TCP server: never a path
  return { authUrl: `http://127.0.0.1:${port}`, requests: () => requests };
}

test('CO4 L-010 fifty concurrent calls cause one token request, and so do consecutive ones until it runs out', async () => {
  const endpoint = await tokenEndpoint();
  let now = 1_000_000;
  const token = new AccessToken(
    { authUrl: endpoint.authUrl, clientId: 'id', clientSecret: 'secret' },
    () => now,
  );
  expect(new Set(await Promise.all(Array.from({ length: 50 }, () => token.get())))).toEqual(
    new Set(['token-1']),
  );
  now += 28 * 60_000;
  expect(await token.get()).toBe('token-1');
  expect(endpoint.requests()).toBe(1);
  now += 2 * 60_000;
  expect(await token.get()).toBe('token-2');
  expect(endpoint.requests()).toBe(2);
});

test('CO4 a refused token is fetched again once, however many calls saw it refused', async () => {
  const endpoint = await tokenEndpoint('1800');
  const token = new AccessToken(
    { authUrl: endpoint.authUrl, clientId: 'id', clientSecret: 'secret' },
    () => 0,
  );
  const first = await token.get();
  expect(new Set(await Promise.all([token.renew(first), token.renew(first), token.renew(first)]))).toEqual(
    new Set(['token-2']),
  );
  expect(endpoint.requests()).toBe(2);
});
