import { BlockList, isIP } from 'node:net';

/** Who sent a request, and under which origin it reached us, as far as that can be believed. */
export interface Reach {
  /** The client's address: the connection's, or what trusted proxies say of it. */
  readonly address: string;
  /** Scheme and host, such as `https://recruiting.example.com`. */
  readonly origin: string;
}

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Addresses and networks whose `X-Forwarded-*` headers are believed. */
export type TrustedProxies = Pick<BlockList, 'check'>;

/**
 * @param networks addresses or networks, `10.0.0.0/8`, `fd00::/8`, `192.0.2.7`
 * @throws RangeError naming the one that is neither
 */
export function trustedProxies(networks: readonly string[]): TrustedProxies {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits, ...rest] = network.split('/');
    const family = isIP(address);
    const most = family === 6 ? 128 : 32;
    const length = bits === undefined ? most : Number(bits);
    if (family === 0 || rest.length > 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits)) || length > most)
      throw new RangeError(
        `${JSON.stringify(network)} is neither an address nor a network such as 10.0.0.0/8`,
      );
    list.addSubnet(address, length, family === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}

/**
 * Reads `X-Forwarded-For`, `-Proto` and `-Host` where the connection comes from a trusted proxy, and else none of them: anybody can
 * send them. Of the addresses the last one that is no trusted proxy counts; what stands before it is the client's own word.
 */
export function reachOf(
  socketAddress: string,
  headers: Headers,
  proxies: TrustedProxies,
  publicUrl: string | null,
  ownScheme: 'http' | 'https' = 'http',
): Reach {
  const peer = plainAddress(socketAddress);
  const isBehind = isTrusted(peer, proxies);
  const host = oneOf(headers.host) ?? 'localhost';
  const forwarded = (name: string): string | undefined =>
    isBehind ? listOf(headers[`x-forwarded-${name}`]).at(-1) : undefined;
  const scheme = forwarded('proto')?.toLowerCase() === 'https' ? 'https' : ownScheme;
  const named = `${scheme}://${forwarded('host') ?? host}`;
  return {
    address: isBehind ? clientAddress(peer, listOf(headers['x-forwarded-for']), proxies) : peer,
    origin: publicUrl ?? URL.parse(named)?.origin ?? 'http://localhost',
  };
}

function clientAddress(peer: string, hops: readonly string[], proxies: TrustedProxies): string {
  let client = peer;
  for (const hop of hops.toReversed().map(plainAddress)) {
    if (isIP(hop) === 0) return client;
    client = hop;
    if (!isTrusted(hop, proxies)) return client;
  }
  return client;
}

function isTrusted(address: string, proxies: TrustedProxies): boolean {
  const family = isIP(address);
  return family !== 0 && proxies.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** Without port and brackets, and an IPv4 address in IPv6's clothes as IPv4. */
function plainAddress(text: string): string {
  const address = text.replace(/^\[([^\]]*)\](?::\d+)?$/, '$1').replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}

function oneOf(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0];
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  const text = typeof value === 'string' ? value : (value ?? []).join(',');
  return text.split(',').flatMap((part) => part.trim() || []);
}
