import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { createHttpEdge } from './http.ts';
import { CERTIFICATE, KEY } from './localhost-certificate.fixture.ts';
import { silentLog } from './log.ts';

test('WI2 an edge with a certificate speaks https, tells its routes so, and nothing else gets an answer', async () => {
  const edge = createHttpEdge(silentLog, () => {}, { tls: { key: KEY, cert: CERTIFICATE } });
  const { port } = await edge.listen('localhost', 0);
  edge.open([
    {
      method: 'GET',
      path: '/',
      handler: async ({ origin, address }) => ({ status: 200, body: `${origin} ${address}` }),
    },
  ]);
  try {
    const body = await new Promise<string>((resolve, reject) => {
      const sent = request({ host: 'localhost', port, ca: CERTIFICATE, agent: false }, (answer) =>
        resolve(text(answer)),
      );
      sent.on('error', reject);
      sent.end();
    });
    expect(body).toMatch(new RegExp(`^https://localhost:${port} (127\\.0\\.0\\.1|::1)$`));
    await expect(fetch(`http://localhost:${port}/`)).rejects.toThrow();
  } finally {
    await edge.close();
  }
});
