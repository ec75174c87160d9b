import { lookup, Resolver } from 'node:dns/promises';

/** @returns all addresses of a host @throws Error with a code, such as ENOTFOUND */
export type ResolveHost = (host: string) => Promise<readonly string[]>;

/** A name server that does not answer costs this much, and no thread: getaddrinfo would hold one of four that all share. */
const QUERY = { timeout: 2_000, tries: 2 };
const UNKNOWN = new Set(['ENOTFOUND', 'ENODATA']);

/** By DNS; what DNS does not know may stand in the hosts file. */
export function openResolveHost(): ResolveHost {
  const resolver = new Resolver(QUERY);
  return async (host) => {
    if (host === 'localhost') return ['127.0.0.1', '::1'];
    const found = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    const addresses = found.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
    if (addresses.length > 0) return addresses;
    const failure = found.find((each) => each.status === 'rejected' && !UNKNOWN.has(each.reason?.code));
    if (failure?.status === 'rejected') throw failure.reason;
    return (await lookup(host, { all: true })).map(({ address }) => address);
  };
}
