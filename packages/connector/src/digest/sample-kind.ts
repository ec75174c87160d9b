import {
  encodeBatchIds,
  keyIdentity,
  MAX_BATCH,
  mergeBatchResponse,
  RESOURCES,
  type RecordKind,
  type TypedKey,
} from '@carrick/protocol';
import type { WireCaller } from '../wire-call.ts';
import type { HeldRecords } from './compare-kind.ts';

/** What is known of a kind where the platform keeps no digests. */
export interface KindSample {
  readonly kind: RecordKind;
  readonly rowsHere: number;
  /** Records that were asked for by their keys; null where the wire has no way to read the kind. */
  readonly sampled: number | null;
  /** Keys of those that the platform does not have. */
  readonly missing: readonly string[];
}

const MOST_SAMPLED = 200;
const READABLE = { candidate: 'candidate', job: 'jobStatus' } as const;

/** Asks for some records of a kind, spread evenly over all of them. Whether their content is the same, it cannot tell. */
export async function sampleKind(
  caller: WireCaller,
  organization: string,
  held: HeldRecords,
  kind: RecordKind,
): Promise<KindSample> {
  const ids: string[] = [];
  let rowsHere = 0;
  let every = 1;
  for await (const { key, digest } of held.of(kind)) {
    if (digest === null) continue;
    if (rowsHere++ % every !== 0) continue;
    ids.push(key[0] ?? '');
    if (ids.length < MOST_SAMPLED * 2) continue;
    for (let index = 0; index < MOST_SAMPLED; index++) ids[index] = ids[index * 2] ?? '';
    ids.length = MOST_SAMPLED;
    every *= 2;
  }
  const readable = kind === 'candidate' || kind === 'job' ? READABLE[kind] : null;
  const resource = RESOURCES.find((row) => row.kind === readable);
  if (!resource) return { kind, rowsHere, sampled: null, missing: [] };
  const missing: string[] = [];
  for (let start = 0; start < ids.length; start += MAX_BATCH) {
    const some = ids.slice(start, start + MAX_BATCH);
    const keys: TypedKey[] = some.map((id) =>
      'parts' in resource.key
        ? resource.key.parts.map((part) =>
            part === 'integrationContext' ? organization : part === 'dataProvider' ? 'ATS' : id,
          )
        : [id],
    );
    const answered = await caller.call(
      {
        method: 'GET',
        path: `/v2/${resource.name}`,
        query: encodeBatchIds(keys, resource.key, '1.0.0'),
        restliMethod: 'batch_get',
      },
      (answer) =>
        mergeBatchResponse(answer, resource.key, {
          sentKeys: new Map(keys.map((key) => [keyIdentity(key), key])),
          onUnknownKey: () => {},
        }),
    );
    for (const [index, key] of keys.entries())
      if (!answered.get(keyIdentity(key))?.entity) missing.push(some[index] ?? '');
  }
  return { kind, rowsHere, sampled: ids.length, missing };
}
