import { ProtocolError } from '@carrick/protocol';
import type { Route } from './http.ts';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';

/** Finds the route of a raw path: exact first, then the longest prefix. HEAD is answered by GET's route. */
export class RouteTable {
  readonly #exact = new Map<string, Route[]>();
  readonly #prefixes: { readonly prefix: string; readonly routes: Route[] }[] = [];

  constructor(routes: readonly Route[]) {
    const byPrefix = new Map<string, Route[]>();
    for (const route of routes) {
      const isPrefix = route.path.endsWith('/*');
      const [target, key] = isPrefix ? [byPrefix, route.path.slice(0, -1)] : [this.#exact, route.path];
      const siblings = target.get(key) ?? [];
      const taken = siblings.some((other) => other.method === route.method);
      if (taken) throw new Error(`two routes for ${route.method} ${route.path}`);
      target.set(key, [...siblings, route]);
    }
    for (const [prefix, siblings] of byPrefix) this.#prefixes.push({ prefix, routes: siblings });
    this.#prefixes.sort((a, b) => b.prefix.length - a.prefix.length);
  }

  /** @throws ProtocolError NOT_FOUND, or METHOD_NOT_ALLOWED where the path exists for other methods. */
  find(method: string, path: string): Route {
    const siblings =
      this.#exact.get(path) ?? this.#prefixes.find(({ prefix }) => path.startsWith(prefix))?.routes;
    if (!siblings) throw new ProtocolError('NOT_FOUND');
    const wanted = method === 'HEAD' ? 'GET' : method;
    const route =
      siblings.find((each) => each.method === wanted) ?? siblings.find((each) => each.method === '*');
    if (!route) throw new ProtocolError('METHOD_NOT_ALLOWED');
    return route;
  }
}
