import { notificationBody } from '@carrick/protocol';
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { systemClock } from '../kernel/clock.ts';
import { challengeResponse, type Signer, signature, signatureHeaders } from './sign.ts';

const SECRET = 'test-client-secret-0001';
const alone: Signer = { secret: SECRET, formerSecret: null, isSecretKnown: false };
const standard = (secret: string) => new Webhook(`whsec_${Buffer.from(secret).toString('base64')}`);

test.each([
  [
    { id: '7b1c2f0e-3a55-4d0f-9a52-0f4f3c1d9a10', type: 'EXPORT_CANDIDATE_PROFILE', expiresAt: 0 },
    '182a5b27b723dcafff51e7140badd1fb7a3fdbe4eee951088d95ebef5572a2e3',
  ],
  [
    { id: 'n-2', type: 'INTEGRATION_STATUS_CHANGE', expiresAt: 1_735_689_600_000 },
    '71ebcf87e5fb24d705f1fb5f12d1c94918d353b26aad83581f3101c6b7e08906',
  ],
] as const)('PU2 L-152 X-LI-Signature of %j is the documented one', (notification, expected) => {
  const body = notificationBody(notification);
  const headers = signatureHeaders(alone, { id: notification.id, body, at: 0 });
  expect([signature(SECRET, body), headers['X-LI-Signature']]).toEqual([expected, expected]);
  // Without the prefix, or for another secret or body, it is another.
  expect(challengeResponse(SECRET, body)).not.toBe(expected);
  expect(signature(`${SECRET}x`, body)).not.toBe(expected);
  expect(signature(SECRET, `${body} `)).not.toBe(expected);
});

test('PU2 the body without its prefix is another text to sign', () => {
  const body = notificationBody({
    id: '7b1c2f0e-3a55-4d0f-9a52-0f4f3c1d9a10',
    type: 'EXPORT_CANDIDATE_PROFILE',
    expiresAt: 0,
  });
  expect(challengeResponse(SECRET, body)).toBe(
    'ca2f380fc24925f92ffdfabe57b2aa2cfc2b96a3a5bbb7b73f06424cee05570b',
  );
});

test('PU20 the answer to a challenge is signed without a prefix', () => {
  expect(challengeResponse(SECRET, '890e4665-4dfe-4ab1-b689-ed553bceeed0')).toBe(
    '2aa5cdc3f047321c77fea87a50a8e4313c1719ba5cc71198a0ad94911ba68511',
  );
});

test('PU1 the body is ASCII, whatever the id', () => {
  const body = notificationBody({
    id: 'ä–\u007f😀"',
    type: 'EXPORT_CANDIDATE_PROFILE',
    expiresAt: 1,
  });
  expect(body).toBe(
    '{"id":"\\u00e4\\u2013\\u007f\\ud83d\\ude00\\"","type":"EXPORT_CANDIDATE_PROFILE","expiresAt":1}',
  );
  expect(JSON.parse(body)).toMatchObject({ id: 'ä–\u007f😀"' });
});

test('PU3 an independent Standard Webhooks library verifies the header, and no changed body or other secret', () => {
  const at = systemClock.now(); // the library asks the machine whether it is recent
  const body = notificationBody({ id: 'n-3', type: 'EXPORT_CANDIDATE_PROFILE', expiresAt: 5 });
  const headers = signatureHeaders(alone, { id: 'n-3', body, at });
  expect(standard(SECRET).verify(body, headers)).toEqual(JSON.parse(body));
  expect(() => standard(SECRET).verify(`${body} `, headers)).toThrow();
  expect(() => standard('another').verify(body, headers)).toThrow();
  expect(() => standard(SECRET).verify(body, { ...headers, 'webhook-id': 'n-4' })).toThrow();
});

test('PU17 after a rotation the standard header carries both, X-LI-Signature the former until the ATS came with the new one', () => {
  const at = systemClock.now();
  const body = notificationBody({ id: 'n-5', type: 'EXPORT_CANDIDATE_PROFILE', expiresAt: 5 });
  const rotated: Signer = { secret: 'new secret', formerSecret: SECRET, isSecretKnown: false };
  const headers = signatureHeaders(rotated, { id: 'n-5', body, at });
  expect(headers['X-LI-Signature']).toBe(signature(SECRET, body));
  for (const secret of ['new secret', SECRET]) standard(secret).verify(body, headers);
  const known = signatureHeaders({ ...rotated, isSecretKnown: true }, { id: 'n-5', body, at });
  expect(known['X-LI-Signature']).toBe(signature('new secret', body));
  standard(SECRET).verify(body, known);
  const over = signatureHeaders({ ...rotated, formerSecret: null }, { id: 'n-5', body, at });
  expect(over['X-LI-Signature']).toBe(signature('new secret', body));
  expect(() => standard(SECRET).verify(body, over)).toThrow();
});
