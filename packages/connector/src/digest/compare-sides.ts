import { MAX_BATCH, RECORD_KINDS, type RecordKind } from '@carrick/protocol';
import { machineTime } from '../clock.ts';
import { WireCaller, type WireCallOptions } from '../wire-call.ts';
import { WireClient } from '../wire-client.ts';
import { compareKind, type Difference, type HeldRecords, type KindComparison } from './compare-kind.ts';
import { type EqualityProof, proveEquality } from './proof.ts';
import { rowOfKey } from './record-digest.ts';
import { RemoteDigests } from './remote-digests.ts';
import { type KindSample, sampleKind } from './sample-kind.ts';

export interface CompareOptions {
  readonly client: WireCallOptions & { readonly organization: string };
  readonly held: HeldRecords;
  /** Those that the ATS sends. */
  readonly kinds: readonly RecordKind[];
}

/** `samples`: the platform keeps no digests, so nothing is proved. */
export type Comparison =
  | {
      readonly method: 'digests';
      readonly kinds: readonly KindComparison[];
      readonly differences: readonly Difference[];
      readonly proof: EqualityProof | null;
      readonly requests: number;
      /** Characters of the platform's answers. */
      readonly received: number;
    }
  | { readonly method: 'samples'; readonly kinds: readonly KindSample[] };

/** Whether ATS and platform hold the same. Changes nothing. */
export async function compareSides({ client, held, kinds }: CompareOptions): Promise<Comparison> {
  const caller = new WireCaller(client);
  const remote = new RemoteDigests(caller, client.organization);
  const compared: KindComparison[] = [];
  const wanted = RECORD_KINDS.filter((kind) => kinds.includes(kind));
  for (const kind of wanted) {
    const comparison = await compareKind(remote, held, kind);
    if (comparison === null) {
      const samples: KindSample[] = [];
      for (const each of wanted) samples.push(await sampleKind(caller, client.organization, held, each));
      return { method: 'samples', kinds: samples };
    }
    compared.push(comparison);
  }
  const { organization, clientSecret, now = machineTime } = client;
  return {
    method: 'digests',
    kinds: compared,
    differences: compared.flatMap(({ differences }) => differences),
    proof: proveEquality(compared, { organization, clientSecret, comparedAt: now() }),
    requests: remote.requests,
    received: remote.received,
  };
}

/**
 * Deletes on the platform what only it has, children first. Returns what cannot be deleted: an open job, which has no deletion and
 * cannot be closed by whoever does not know it.
 */
export async function deleteExtras(
  client: CompareOptions['client'],
  differences: readonly Difference[],
): Promise<Difference[]> {
  const wire = new WireClient(client);
  const left: Difference[] = [];
  for (const kind of RECORD_KINDS.toReversed()) {
    const extras = differences.filter((each) => each.kind === kind && each.found === 'extra');
    if (kind === 'job') left.push(...extras);
    else left.push(...(await deleteOfKind(wire, kind, extras)));
  }
  return left;
}

async function deleteOfKind(
  wire: WireClient,
  kind: Exclude<RecordKind, 'job'>,
  extras: readonly Difference[],
): Promise<Difference[]> {
  const left: Difference[] = [];
  const byParent = Map.groupBy(extras, ({ key }) => rowOfKey(kind, key).parentId);
  for (const [parentId, some] of byParent)
    for (let start = 0; start < some.length; start += MAX_BATCH) {
      const page = some.slice(start, start + MAX_BATCH);
      const ids = page.map(({ key }) => rowOfKey(kind, key).id);
      const outcomes = await wire.remove(kind, parentId, ids);
      left.push(...page.filter((_, index) => !outcomes[index]?.ok));
    }
  return left;
}
