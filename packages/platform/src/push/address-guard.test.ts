import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressGuard, whyNotPublic } from './address-guard.ts';
import { type CallOutcome, openCaller } from './call.ts';
import { Receiver } from './testing/receiver.ts';

const strict = addressGuard({ callbackUrls: 'strict', callbackNetworks: [] });
const loopback = addressGuard({ callbackUrls: 'loopback', callbackNetworks: [] });

/** Host as it stands in a URL, and what is said of it. */
const REFUSED_HOSTS: readonly (readonly [string, RegExp])[] = [
  ['127.0.0.1', /loopback/],
  ['127.255.255.254', /loopback/],
  ['127.1', /127\.0\.0\.1 is loopback/],
  ['0x7f000001', /127\.0\.0\.1 is loopback/],
  ['2130706433', /127\.0\.0\.1 is loopback/],
  ['0177.0.0.1', /127\.0\.0\.1 is loopback/],
  ['127.0.0.1.', /loopback/],
  ['%31%32%37.0.0.1', /loopback/],
  ['①②⑦.0.0.1', /loopback/],
  ['0.0.0.0', /this network/],
  ['0', /this network/],
  ['10.0.0.1', /private/],
  ['10.255.255.255', /private/],
  ['172.16.0.1', /private/],
  ['172.31.255.255', /private/],
  ['192.168.1.1', /private/],
  ['0xc0a80101', /192\.168\.1\.1 is private/],
  ['100.64.0.1', /CGNAT/],
  ['100.100.100.200', /CGNAT/],
  ['100.127.255.255', /CGNAT/],
  ['169.254.0.1', /link-local/],
  ['169.254.169.254', /metadata/],
  ['2852039166', /169\.254\.169\.254 is link-local/],
  ['168.63.129.16', /metadata/],
  ['192.0.0.192', /reserved/],
  ['192.0.2.1', /documentation/],
  ['198.51.100.1', /documentation/],
  ['203.0.113.9', /documentation/],
  ['198.18.0.1', /benchmarks/],
  ['192.88.99.1', /6to4/],
  ['224.0.0.1', /multicast/],
  ['240.0.0.1', /reserved/],
  ['255.255.255.255', /reserved/],
  ['[::1]', /loopback/],
  ['[0:0:0:0:0:0:0:1]', /loopback/],
  ['[::]', /0\.0\.0\.0 in IPv6/],
  ['[::ffff:127.0.0.1]', /127\.0\.0\.1 in IPv6, loopback|loopback/],
  ['[::ffff:7f00:1]', /loopback/],
  ['[::ffff:10.0.0.1]', /10\.0\.0\.1 in IPv6, private/],
  ['[::ffff:a9fe:a9fe]', /169\.254\.169\.254 in IPv6/],
  ['[::127.0.0.1]', /127\.0\.0\.1 in IPv6/],
  ['[::ffff:0:127.0.0.1]', /127\.0\.0\.1 in IPv6/],
  ['[64:ff9b::127.0.0.1]', /127\.0\.0\.1 in IPv6/],
  ['[64:ff9b::a9fe:a9fe]', /169\.254\.169\.254 in IPv6/],
  ['[64:ff9b:1::10.0.0.1]', /outside/],
  ['[2002:7f00:1::]', /6to4/],
  ['[2002:a9fe:a9fe::1]', /6to4/],
  ['[2001:0:4136:e378:8000:63bf:3fff:fdd2]', /Teredo/],
  ['[fe80::1]', /outside/],
  ['[fec0::1]', /outside/],
  ['[fc00::1]', /outside/],
  ['[fd00:ec2::254]', /outside/],
  ['[ff02::1]', /outside/],
  ['[2001:db8::1]', /documentation/],
  ['[3fff::1]', /documentation/],
  ['[100::1]', /outside/],
  ['[5f00::1]', /outside/],
];

test.each(REFUSED_HOSTS)('PU18 https://%s is refused and it is said why', (host, why) => {
  const problem = strict.urlProblem(new URL(`https://${host}/callbacks`));
  expect(problem).toMatch(why);
  expect(problem).toMatch(/not a public address$/);
});

test.each([
  ['http://ats.example.com/', /https/],
  ['https://ats.example.com:8443/', /port 443 or 80/],
  ['https://ats.example.com:22/', /port 443 or 80/],
  ['https://user:secret@ats.example.com/', /neither a user/],
  ['https://ats.example.com/#part', /fragment/],
  ['ftp://ats.example.com/', /https/],
  ['file:///etc/passwd', /https/],
  ['gopher://ats.example.com/', /https/],
  ['http://localhost:8090/', /https/],
])('PU18 %s is refused as a URL', (url, why) => {
  expect(strict.urlProblem(new URL(url))).toMatch(why);
});

test('PU18 public addresses are allowed, also translated ones', () => {
  for (const address of [
    '93.184.216.34',
    '8.8.8.8',
    '172.32.0.1',
    '100.128.0.1',
    '2606:4700::1111',
    '64:ff9b::808:808',
  ])
    expect([address, whyNotPublic(address)]).toEqual([address, null]);
  expect(strict.urlProblem(new URL('https://ats.example.com/li'))).toBeNull();
  expect(whyNotPublic('fe80::1')).toMatch(/outside/);
  expect(strict.addressProblem(new URL('https://a.example/'), 'fe80::1%eth0')).toMatch(/outside/);
  expect(whyNotPublic('nonsense')).toBe('no IP address');
});

test('PU18 networks of one’s own are reached when they are configured, and no others', () => {
  const guard = addressGuard({ callbackUrls: 'strict', callbackNetworks: ['10.20.0.0/16'] });
  const url = new URL('https://ats.internal.example/');
  expect(guard.addressProblem(url, '10.20.3.4')).toBeNull();
  expect(guard.addressProblem(url, '10.21.3.4')).toMatch(/private/);
});

test('PU19 in demo and sandbox only what calls itself loopback reaches this machine', () => {
  expect(loopback.urlProblem(new URL('http://127.0.0.1:8090/'))).toBeNull();
  expect(loopback.addressProblem(new URL('http://localhost:8090/'), '::1')).toBeNull();
  expect(loopback.addressProblem(new URL('https://rebound.example/'), '127.0.0.1')).toMatch(/loopback/);
  expect(loopback.urlProblem(new URL('http://169.254.169.254/'))).toMatch(/https/);
  expect(loopback.urlProblem(new URL('http://[::ffff:127.0.0.1]:8090/'))).toMatch(/https/);
  expect(loopback.urlProblem(new URL('https://[::ffff:127.0.0.1]/'))).toMatch(/loopback/);
  expect(loopback.addressProblem(new URL('http://localhost/'), '10.0.0.1')).toMatch(/private/);
});

describe('at the moment of connecting', () => {
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await Receiver.open();
  });
  afterAll(() => receiver.close());

  /** A call for which the host resolves to these, one list after the other. */
  async function callAs(...answers: string[][]): Promise<{ outcomes: CallOutcome[]; asked: number }> {
    let asked = 0;
    const guard = { ...strict, urlProblem: () => null };
    const caller = openCaller(guard, async () => answers[Math.min(asked++, answers.length - 1)] ?? []);
    const url = receiver.url.replace('127.0.0.1', 'ats.example.com');
    const outcomes = [];
    for (const _ of answers) outcomes.push(await caller.start({ method: 'POST', url, body: '{}' }).outcome);
    caller.close();
    return { outcomes, asked };
  }

  test('PU19 a name that resolves to this machine is refused before a connection is made', async () => {
    for (const address of [
      '127.0.0.1',
      '::ffff:127.0.0.1',
      '::1',
      '10.0.0.1',
      '169.254.169.254',
      'fd00:ec2::254',
    ]) {
      const { outcomes } = await callAs([address]);
      expect(outcomes).toEqual([
        { failure: 'ADDRESS_REFUSED', detail: expect.stringMatching(/not a public address$/) },
      ]);
    }
    expect(receiver.received).toEqual([]);
  });

  test('PU19 each connection asks anew: a name that changes its mind gains nothing', async () => {
    // 192.0.2.1 stands for a public address here: nobody may be called by a test.
    const { outcomes, asked } = await callAs(['192.0.2.1'], ['127.0.0.1'], []);
    expect(outcomes.map((outcome) => 'failure' in outcome && outcome.failure)).toEqual([
      'ADDRESS_REFUSED',
      'ADDRESS_REFUSED',
      'ADDRESS_REFUSED',
    ]);
    expect([asked, receiver.received.length]).toEqual([3, 0]);
  });

  test('PU19 of several addresses only those that are allowed are connected to', async () => {
    const tried: string[] = [];
    const { port } = new URL(receiver.url);
    const guard = {
      urlProblem: () => null,
      addressProblem: (_url: URL, address: string) => {
        tried.push(address);
        return address === '127.0.0.1' ? null : 'not for us';
      },
    };
    const caller = openCaller(guard, async () => ['::1', '127.0.0.2', '127.0.0.1']);
    const { outcome } = caller.start({ method: 'GET', url: `http://ats.example.com:${port}/` });
    expect(await outcome).toMatchObject({ status: 204 });
    expect(tried).toEqual(['::1', '127.0.0.2', '127.0.0.1']);
    caller.close();
  });

  test('PU7 what has no answer says why: unknown names, closed ports, cut connections', async () => {
    const guard = { urlProblem: () => null, addressProblem: () => null };
    const unknown = openCaller(guard, async () => {
      throw Object.assign(new Error('queryA ENOTFOUND'), { code: 'ENOTFOUND', syscall: 'queryA' });
    });
    expect(await unknown.start({ method: 'POST', url: 'http://nowhere.example/', body: '' }).outcome).toEqual(
      {
        failure: 'NAME_NOT_RESOLVED',
        detail: 'ENOTFOUND',
      },
    );
    const closed = await Receiver.open();
    const { url } = closed;
    await closed.close();
    const caller = openCaller(guard, async () => ['127.0.0.1']);
    expect(await caller.start({ method: 'POST', url, body: '' }).outcome).toEqual({
      failure: 'NOT_CONNECTED',
      detail: 'ECONNREFUSED',
    });
    receiver.behaviour = 'cut';
    expect(await caller.start({ method: 'POST', url: receiver.url, body: '{}' }).outcome).toEqual({
      failure: 'CUT_OFF',
      detail: 'ECONNRESET',
    });
    receiver.behaviour = (response) => response.writeHead(200).end('x'.repeat(200_000));
    expect(
      await caller.start({ method: 'POST', url: receiver.url, body: '{}', wantsBody: true }).outcome,
    ).toMatchObject({ failure: 'CUT_OFF' });
    receiver.behaviour = 204;
    unknown.close();
    caller.close();
  });
});
