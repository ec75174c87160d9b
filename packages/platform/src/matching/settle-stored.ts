import type { Tx } from '../kernel/db.ts';
import type { AtsScope } from '../records/index.ts';
import type { KeyRow } from './key-rows.ts';
import type { Matcher } from './matcher.ts';
import type { MatchCause } from './rematch-work.ts';
import { settle } from './settle.ts';
import { holdCandidates } from './stored-candidates.ts';

interface StoredOptions {
  readonly cause: MatchCause;
  readonly former?: readonly KeyRow[];
  readonly domain?: string | undefined;
  readonly isRechecked?: boolean;
}

/** The caller holds the directory, or shares it. */
export async function settleStored(
  matcher: Matcher,
  tx: Tx,
  scope: AtsScope,
  ids: readonly string[],
  { cause, former = [], domain, isRechecked = true }: StoredOptions,
): Promise<void> {
  const held = await holdCandidates(tx, scope, ids);
  const candidates = held
    .map(({ id, fields }) => matcher.candidate(scope, id, fields))
    .filter(({ domains }) => domain === undefined || domains.has(domain));
  await Promise.all(
    await settle(matcher, tx, scope, candidates, {
      isOfBatch: false,
      areKeysWritten: false,
      former: Promise.resolve(former),
      cause,
      isRechecked,
    }),
  );
}
