import { expect, test } from 'vitest';
import { configurationProblem, INTEGRATION_BUNDLES, INTEGRATIONS, isIntegrationType } from './onboarding.ts';

const callback = (value: string, policy: 'strict' | 'loopback') =>
  configurationProblem('ONE_CLICK_EXPORT', 'CALLBACK_URL', value, policy);

test('TE36 a callback is https on port 443 or 80; where loopback is allowed, any address of this machine as well', () => {
  for (const policy of ['strict', 'loopback'] as const) {
    for (const url of [
      'https://a.example',
      'https://a.example:443/x',
      'https://a.example:80/',
      'https://bücher.example/?q=ä',
    ])
      expect([url, callback(url, policy)]).toEqual([url, null]);
    for (const url of [
      'http://a.example/',
      'https://a.example:8443/',
      'ftp://a.example/',
      'https://u@a.example/',
      'https://a.example/#x',
      `https://a.example/${'x'.repeat(2_000)}`,
      'http://localhost.example/',
      'http://127.0.0.1.example:80/',
      'callback',
      '',
    ])
      expect([url, callback(url, policy)]).toEqual([url, expect.any(String)]);
  }
  for (const url of [
    'http://localhost:8090/cb',
    'http://127.0.0.1:1',
    'http://[::1]:9/',
    'https://127.9.9.9:8443/',
  ]) {
    expect([url, callback(url, 'loopback')]).toEqual([url, null]);
    expect([url, callback(url, 'strict')]).toEqual([url, expect.any(String)]);
  }
});

test('TE27 the bundles hold what is offered, each type once, and names of objects are no types', () => {
  expect(Object.values(INTEGRATION_BUNDLES).flat().sort()).toEqual(Object.keys(INTEGRATIONS).sort());
  for (const name of ['__proto__', 'constructor', 'toString', ''])
    expect(isIntegrationType(name)).toBe(false);
});
