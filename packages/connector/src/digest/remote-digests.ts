import {
  DIGEST_VERSION,
  DIGESTS_PATH,
  type DigestNodes,
  type DigestRow,
  type DigestRows,
  type RecordKind,
} from '@carrick/protocol';
import { ConnectorError, RefusedRequest } from '../connector-error.ts';
import type { WireCaller } from '../wire-call.ts';

/** Keeps the query of a request below 4 KB. */
const PATHS_A_CALL = 250;

/** The platform's side of the comparison, and what reading it cost. */
export class RemoteDigests {
  readonly #caller: WireCaller;
  readonly #organization: string;
  requests = 0;
  /** Characters of the answers. */
  received = 0;

  constructor(caller: WireCaller, organization: string) {
    this.#caller = caller;
    this.#organization = organization;
  }

  /** The root's statement and the nodes so many levels below it; null where the platform keeps no digests, as the original does not. */
  async root(kind: RecordKind, levels: number): Promise<DigestNodes | null> {
    try {
      return await this.#ask<DigestNodes>(kind, [''], `levels=${levels}`);
    } catch (error) {
      if (error instanceof RefusedRequest && error.status === 404) return null;
      throw error;
    }
  }

  async nodes(kind: RecordKind, paths: readonly string[], levels: number): Promise<DigestNodes['nodes']> {
    const all: DigestNodes['nodes'][number][] = [];
    for (const some of pagesOf(paths))
      all.push(...(await this.#ask<DigestNodes>(kind, some, `levels=${levels}`)).nodes);
    return all;
  }

  async rows(kind: RecordKind, paths: readonly string[]): Promise<DigestRow[]> {
    const all: DigestRow[] = [];
    for (const some of pagesOf(paths))
      all.push(...(await this.#ask<DigestRows>(kind, some, 'rows=true')).rows);
    return all;
  }

  #ask<T extends { readonly version: number }>(
    kind: RecordKind,
    paths: readonly string[],
    rest: string,
  ): Promise<T> {
    const context = `integrationContext=${encodeURIComponent(this.#organization)}`;
    const query = [context, rest, ...paths.map((path) => `path=${path}`)].join('&');
    return this.#caller.call({ method: 'GET', path: `${DIGESTS_PATH}/${kind}`, query }, (answer) => {
      this.requests++;
      this.received += JSON.stringify(answer).length;
      const read = answer as T; // a newer or older form is told by its version
      if (read.version !== DIGEST_VERSION)
        throw new ConnectorError(
          `The platform's digests are of version ${read.version}, these are of version ${DIGEST_VERSION}: use the same release on both sides.`,
        );
      return read;
    });
  }
}

function* pagesOf(paths: readonly string[]): Generator<readonly string[]> {
  for (let start = 0; start < paths.length; start += PATHS_A_CALL)
    yield paths.slice(start, start + PATHS_A_CALL);
}
