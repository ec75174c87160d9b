import { describe, expect, it } from 'vitest';
import { reachOf, trustedProxies } from './proxies.ts';

const proxies = trustedProxies(['10.0.0.0/8', '192.0.2.7', 'fd00::/8']);
const reach = (
  address: string,
  headers: Record<string, string | string[]>,
  publicUrl: string | null = null,
) => reachOf(address, headers, proxies, publicUrl);

describe('behind a proxy', () => {
  it('RU68 believes a trusted proxy about client, scheme and host', () => {
    expect(
      reach('10.1.2.3', {
        host: 'platform:8080',
        'x-forwarded-for': '203.0.113.9',
        'x-forwarded-proto': 'https',
        'x-forwarded-host': 'recruiting.example.com',
      }),
    ).toEqual({ address: '203.0.113.9', origin: 'https://recruiting.example.com' });
  });

  it('RU68 believes nobody else', () => {
    const headers = { host: 'a.example', 'x-forwarded-for': '1.2.3.4', 'x-forwarded-proto': 'https' };
    expect(reach('203.0.113.9', headers)).toEqual({ address: '203.0.113.9', origin: 'http://a.example' });
    expect(reachOf('10.1.2.3', headers, trustedProxies([]), null).address).toBe('10.1.2.3');
  });

  it('RU68 passes over what a client put before the addresses of the proxies', () => {
    const through = (hops: string | string[]) => reach('10.0.0.1', { 'x-forwarded-for': hops }).address;
    expect(through('1.1.1.1, 203.0.113.9, 10.0.0.2')).toBe('203.0.113.9');
    expect(through(['1.1.1.1', '203.0.113.9'])).toBe('203.0.113.9');
    expect(through('nonsense')).toBe('10.0.0.1');
    expect(through('[2001:db8::1]:4711')).toBe('2001:db8::1');
    expect(through('203.0.113.9:4711')).toBe('203.0.113.9');
    expect(reach('::ffff:192.0.2.7', { 'x-forwarded-for': '203.0.113.9' }).address).toBe('203.0.113.9');
    expect(reach('fd00::1', { 'x-forwarded-for': '203.0.113.9' }).address).toBe('203.0.113.9');
  });

  it('RU68 the public URL, where one is set, is the origin', () => {
    expect(reach('203.0.113.9', { host: 'evil.example' }, 'https://a.example').origin).toBe(
      'https://a.example',
    );
    expect(reach('203.0.113.9', { host: 'a b' }).origin).toBe('http://localhost');
  });

  it.each(['10.0.0.0/33', 'proxy.example', '10.0.0.0/8/8', '10.0.0.0/x', ''])(
    'RU68 %j is no network',
    (text) => {
      expect(() => trustedProxies([text])).toThrow(RangeError);
    },
  );
});
