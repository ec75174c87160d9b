import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { generate } from '../match-eval/generator/generate.ts';

const SEED = 1;
/** What a candidate's address must look like on the wire. */
const ADDRESS = /^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$/;

export interface Candidate {
  readonly id: string;
  readonly record: Readonly<Record<string, unknown>>;
}

export interface Crowd {
  /** Lines of `import-members`, written no faster than they are read. */
  writeMembers(to: Writable): Promise<void>;
  /** The next candidates of the mix, under other ids each time. */
  candidates(count: number): Candidate[];
}

/** The people of the evaluation: half of the candidates or more are members, some of them hard to tell. */
export function crowd(members: number, candidates: number): Crowd {
  const run = generate({ seed: SEED, members, candidates });
  let source = run.candidates();
  let round = 0;
  const next = () => {
    const { done, value } = source.next();
    if (!done) return value.candidate;
    source = run.candidates();
    round++;
    const first = source.next();
    if (first.done) throw new Error('there are no candidates');
    return first.value.candidate;
  };
  return {
    async writeMembers(to) {
      for (const line of run.members()) if (!to.write(`${JSON.stringify(line)}\n`)) await once(to, 'drain');
      to.end();
    },
    candidates: (count) =>
      Array.from({ length: count }, () => {
        const { id, firstName, lastName, emailAddresses, addresses, ...rest } = next();
        const record = {
          atsCreatedAt: 1_600_000_000_000,
          atsLastModifiedAt: 1_700_000_000_000,
          firstName: firstName || '-',
          lastName: lastName || '-',
          emailAddresses: (emailAddresses ?? []).filter((address) => ADDRESS.test(address)),
          ...(addresses ? { addresses: addresses.map(({ geographicAreaType, ...address }) => address) } : {}),
          ...rest,
        };
        return { id: `${id}-${round}`, record };
      }),
  };
}
