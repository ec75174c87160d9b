import { BlockList, isIP } from 'node:net';
import { configurationProblem } from '@carrick/protocol';
import type { Config } from '../config.ts';
import { trustedProxies } from '../kernel/proxies.ts';

/** What a callback may reach: asked for the URL before anything is resolved, and for each address before it is connected to. */
export interface AddressGuard {
  /** Why nothing may be sent to this URL; null when it may. */
  urlProblem(url: URL): string | null;
  /** Why this address may not be connected to for the URL's host; null when it may. */
  addressProblem(url: URL, address: string): string | null;
}

/** Not public: RFC 6890 and the registries that followed it. */
const IPV4: readonly (readonly [string, number, string])[] = [
  ['0.0.0.0', 8, 'this network'],
  ['10.0.0.0', 8, 'private'],
  ['100.64.0.0', 10, 'shared by a carrier (CGNAT)'],
  ['127.0.0.0', 8, 'loopback'],
  ['168.63.129.16', 32, 'a cloud metadata address'],
  ['169.254.0.0', 16, 'link-local, where clouds keep their metadata'],
  ['172.16.0.0', 12, 'private'],
  ['192.0.0.0', 24, 'reserved'],
  ['192.0.2.0', 24, 'for documentation'],
  ['192.31.196.0', 24, 'reserved'],
  ['192.52.193.0', 24, 'reserved'],
  ['192.88.99.0', 24, 'a 6to4 relay'],
  ['192.168.0.0', 16, 'private'],
  ['192.175.48.0', 24, 'reserved'],
  ['198.18.0.0', 15, 'for benchmarks'],
  ['198.51.100.0', 24, 'for documentation'],
  ['203.0.113.0', 24, 'for documentation'],
  ['224.0.0.0', 4, 'multicast'],
  ['240.0.0.0', 4, 'reserved'],
];

/** Within the space of public addresses; everything outside it is refused below. */
const IPV6: readonly (readonly [string, number, string])[] = [
  ['2001::', 23, 'reserved (Teredo, ORCHID)'],
  ['2001:db8::', 32, 'for documentation'],
  ['2002::', 16, '6to4'],
  ['2620:4f:8000::', 48, 'reserved'],
  ['3fff::', 20, 'for documentation'],
];

const NAMED = [...IPV4, ...IPV6].map(([network, bits, what]) => {
  const list = new BlockList();
  list.addSubnet(network, bits, familyName(network));
  return { list, what };
});
const PUBLIC_IPV6 = new BlockList();
PUBLIC_IPV6.addSubnet('2000::', 3, 'ipv6');
const LOOPBACK = trustedProxies(['127.0.0.0/8', '::1']);
const LOOPBACK_NAME = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
/** The last four bytes are the IPv4 address that is meant: mapped, compatible, translated and NAT64 (RFC 6052). */
const EMBEDDING = trustedProxies(['::ffff:0:0/96', '::/96', '::ffff:0:0:0/96', '64:ff9b::/96']);

/** As an operator configures it: which networks besides the public ones, and this machine in a demo. */
export function addressGuard({
  callbackUrls,
  callbackNetworks,
}: Pick<Config, 'callbackUrls' | 'callbackNetworks'>): AddressGuard {
  const own = trustedProxies(callbackNetworks);
  const addressProblem: AddressGuard['addressProblem'] = (url, zoned) => {
    const address = zoned.replace(/%.*$/, ''); // a zone makes it no other address
    if (isIP(address) === 0) return 'it is no IP address';
    if (own.check(address, familyName(address))) return null;
    // Only what calls itself loopback: a public name that resolves to this machine is an attack.
    if (
      callbackUrls === 'loopback' &&
      LOOPBACK_NAME.test(url.hostname) &&
      LOOPBACK.check(address, familyName(address))
    )
      return null;
    const what = whyNotPublic(address);
    return what === null ? null : `${address} is ${what}: not a public address`;
  };
  return {
    addressProblem,
    urlProblem(url) {
      const problem = configurationProblem('ONE_CLICK_EXPORT', 'CALLBACK_URL', url.href, callbackUrls);
      if (problem !== null) return `the URL ${problem}`;
      const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
      return isIP(host) === 0 ? null : addressProblem(url, host);
    },
  };
}

/** What an address is instead of public; null when it is public. */
export function whyNotPublic(address: string): string | null {
  const family = isIP(address);
  if (family === 0) return 'no IP address';
  if (family === 6 && EMBEDDING.check(address, 'ipv6') && !LOOPBACK.check(address, 'ipv6')) {
    const inner = embeddedIpv4(address);
    const what = whyNotPublic(inner);
    return what === null ? null : `${inner} in IPv6, ${what}`;
  }
  const named = NAMED.find(({ list }) => list.check(address, familyName(address)));
  if (named) return named.what;
  if (family === 4 || PUBLIC_IPV6.check(address, 'ipv6')) return null;
  return LOOPBACK.check(address, 'ipv6') ? 'loopback' : 'outside the public IPv6 space';
}

/** `::ffff:7f00:1` and `::ffff:127.0.0.1` → `127.0.0.1` */
function embeddedIpv4(address: string): string {
  const dotted = /(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1];
  if (dotted !== undefined) return dotted;
  const [high = 0, low = 0] = new URL(`http://[${address}]`).hostname
    .slice(1, -1)
    .split('::')
    .flatMap((half) => half.split(':'))
    .slice(-2)
    .map((part) => Number.parseInt(part || '0', 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

function familyName(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
