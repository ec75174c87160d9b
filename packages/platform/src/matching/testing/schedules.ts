import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AtsScope } from '../../records/index.ts';
import { candidate, type World } from './world.ts';

/** One thing that somebody does, to members or to an organisation's candidates. Writes of one person are done in their order. */
export type Write =
  | {
      readonly what: 'member';
      readonly id: string;
      readonly name: Name;
      readonly mails: readonly string[];
      readonly isClosed: boolean;
    }
  | {
      readonly what: 'candidate';
      readonly id: string;
      readonly name: Name;
      readonly mails: readonly string[];
    }
  | { readonly what: 'removal'; readonly id: string }
  | { readonly what: 'application'; readonly id: string; readonly of: string; readonly mail: string }
  | { readonly what: 'withdrawal'; readonly id: string };

type Name = readonly [firstName: string, lastName: string];

/** mulberry32: the same seed gives the same schedule. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Whose mailbox m0, m1, … is, as a rule. */
const PEOPLE: readonly Name[] = [
  ['Jane', 'Doe'],
  ['John', 'Doe'],
  ['Ana', 'Silva'],
  ['Kurt', 'Brandt'],
  ['Li', 'Wang'],
  ['Jane', 'Brandt'],
  ['Omar', 'Haddad'],
  ['Ewa', 'Nowak'],
];

/** What twenty writers do at the same time: few people, few mailboxes, so that they meet. */
export function schedule(seed: number, writers = 20): Write[][] {
  const random = seededRandom(seed);
  const below = (n: number): number => Math.floor(random() * n);
  const somebody = (): Pick<Write & { what: 'candidate' }, 'name' | 'mails'> => {
    const person = below(PEOPLE.length);
    const other = random() < 0.3 ? below(PEOPLE.length) : person;
    const mails = [person, below(PEOPLE.length)].slice(random() < 0.2 ? 2 : 0, random() < 0.3 ? 2 : 1);
    return { name: PEOPLE[other] ?? ['', ''], mails: [...new Set(mails.map((mail) => `m${mail}`))] };
  };
  return Array.from({ length: writers }, (_, writer): Write[] =>
    Array.from({ length: 1 + below(3) }, (): Write => {
      const roll = random();
      // A person is written by one writer alone: the final state is the same in every order.
      if (writer % 4 === 0) return { what: 'member', id: `p${writer}`, ...somebody(), isClosed: roll < 0.15 };
      if (writer % 4 === 3)
        return roll < 0.7
          ? {
              what: 'application',
              id: `a${writer}`,
              of: `c${2 + 4 * below(writers / 4)}`,
              mail: `m${below(PEOPLE.length)}`,
            }
          : { what: 'withdrawal', id: `a${writer}` };
      // Whose application it is would depend on whether it came before or after the removal: those who have some stay.
      return writer % 4 === 1 && roll < 0.2
        ? { what: 'removal', id: `c${writer}` }
        : { what: 'candidate', id: `c${writer}`, ...somebody() };
    }),
  );
}

/** The links that come of it: all writers at once, or one after the other in another order. */
export async function linksOf(
  world: World,
  writers: readonly (readonly Write[])[],
  run: { readonly isSerial: boolean; readonly seed: number; readonly at: string },
): Promise<Record<string, string>> {
  const random = seededRandom(run.seed);
  const scope = { tenantId: await world.organisation(), atsNo: 1 };
  const work = async (writes: readonly Write[]) => {
    for (const write of writes) {
      for (let turns = Math.floor(random() * 4); turns > 0; turns--) await nextTurn();
      await perform(world, scope, write, run.at);
    }
  };
  if (run.isSerial) for (const writes of writers) await work(writes);
  else await Promise.all(writers.map(work));
  await world.hooks.drain();
  const links = await world.links(scope);
  return Object.fromEntries(
    Object.entries(links).map(([id, member]) => [id, member.replace(`.${run.at}`, '')]),
  );
}

async function perform(world: World, scope: AtsScope, write: Write, at: string): Promise<void> {
  const address = (mail: string) => `${mail}@${at}.org`;
  switch (write.what) {
    case 'member': {
      const [firstName, lastName] = write.name;
      const line = { id: `${write.id}.${at}`, firstName, lastName, emails: write.mails.map(address) };
      await world.importLines([{ ...line, closed: write.isClosed }]);
      return;
    }
    case 'candidate': {
      const [firstName, lastName] = write.name;
      const fields = { firstName, lastName, emailAddresses: write.mails.map(address) };
      return world.put(scope, [candidate(write.id, fields)]);
    }
    case 'removal':
      return world.remove(scope, [write.id]);
    case 'application':
      return world.apply(scope, { [write.id]: { of: write.of, email: address(write.mail) } });
    case 'withdrawal':
      return world.withdraw(scope, [write.id]);
  }
}
