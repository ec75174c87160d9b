import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AtsScope } from '../records/index.ts';
import { lockDirectory } from './locks.ts';
import { candidate, type OpenedWorld, openWorld } from './testing/world.ts';

const PEOPLE = 3_000;
const BATCH = 100;

let world: OpenedWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const newScope = async (): Promise<AtsScope> => ({ tenantId: await world.organisation(), atsNo: 1 });

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}

test('MA17 L-043 people imported and put at the same time are all linked', async () => {
  const scope = await newScope();
  const people = Array.from({ length: PEOPLE }, (_, i) => ({ id: `p${i}`, mail: `p${i}@at-once.org` }));
  // In step, so that each import meets the batches of the very people it imports.
  for (const group of chunks(people, 2 * BATCH)) {
    const lines = group.map(({ id, mail }) => ({ id, firstName: 'Jane', lastName: 'Doe', emails: [mail] }));
    const batches = chunks(
      group.map(({ id, mail }) => candidate(id, { emailAddresses: [mail] })),
      BATCH,
    );
    await Promise.all([world.importLines(lines), ...batches.map((batch) => world.put(scope, batch))]);
  }
  const links = await world.links(scope);
  expect(Object.keys(links)).toHaveLength(PEOPLE);
  expect(Object.entries(links).filter(([id, member]) => id !== member)).toEqual([]);
});

test('MA17 a batch waits for a writer of members only where they have an identifier in common', async () => {
  const scope = await newScope();
  const [isHeld, isOver] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const writer = world.ctx.db.transaction(null, async (tx) => {
    await lockDirectory(tx, []);
    isHeld.resolve();
    await isOver.promise;
  });
  await isHeld.promise;
  await world.put(scope, [candidate('1', { emailAddresses: ['jane@aside.org'] })]);
  isOver.resolve();
  await writer;
  expect(await world.links(scope)).toEqual({});
});

test('MA17 of two batches that bring a new candidate at once the second decides over keys and link', async () => {
  const scope = await newScope();
  const ids = Array.from({ length: 20 }, (_, i) => String(i));
  const mail = (id: string, of: string) => `${of}${id}@twice.org`;
  const line = (id: string, of: string) => ({
    id: `${of}${id}`,
    firstName: 'Jane',
    lastName: 'Doe',
    emails: [mail(id, of)],
  });
  await world.importLines(ids.flatMap((id) => [line(id, 'a'), line(id, 'b')]));
  await Promise.all(
    ['a', 'b'].map((of) =>
      world.put(
        scope,
        ids.map((id) => candidate(id, { emailAddresses: [mail(id, of)] })),
      ),
    ),
  );
  const stored = await world.ctx.db.read(
    scope.tenantId,
    async (tx) => tx<{ id: string; mail: string }>`
      select id, email_addresses ->> 0 as mail from candidate where tenant_id = ${scope.tenantId}`,
  );
  const expected = Object.fromEntries(stored.map(({ id, mail: [of] }) => [id, `${of}${id}`]));
  expect(await world.links(scope)).toEqual(expected);
  // The keys are there too: a change of the member finds the candidate.
  await world.importLines(
    ids.flatMap((id) =>
      ['a', 'b'].map((of) => ({ ...line(id, of), firstName: 'Klaus', lastName: 'Zimmer' })),
    ),
  );
  expect(await world.links(scope)).toEqual({});
});

const MAILBOXES = ['a', 'b', 'c', 'd'];

test('MA17 whatever meets whatever, the links are those of the final state', async () => {
  const mailbox = fc.constantFrom(...MAILBOXES);
  const name = fc.constantFrom('Jane', 'John');
  const memberWrite = fc.record({
    what: fc.constant('member' as const),
    id: fc.constantFrom('m1', 'm2', 'm3'),
    firstName: name,
    mails: fc.uniqueArray(mailbox, { maxLength: 2 }),
    closed: fc.constantFrom(false, false, true),
  });
  const candidateWrite = fc.record({
    what: fc.constant('candidate' as const),
    id: fc.constantFrom('c1', 'c2', 'c3'),
    firstName: name,
    mails: fc.uniqueArray(mailbox, { maxLength: 2 }),
    isDeleted: fc.constantFrom(false, false, false, true),
  });
  let round = 0;

  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(memberWrite, candidateWrite), { minLength: 2, maxLength: 10 }),
      async (writes) => {
        const scope = await newScope();
        const at = `${++round}.org`;
        const mails = (locals: readonly string[]) => locals.map((local) => `${local}@${at}`);
        await Promise.all(
          writes.map((write) => {
            if (write.what === 'member') {
              const { id, firstName, closed } = write;
              return world.importLines([
                { id: `${id}.${at}`, firstName, lastName: 'Doe', emails: mails(write.mails), closed },
              ]);
            }
            if (write.isDeleted) return world.remove(scope, [write.id]);
            return world.put(scope, [
              candidate(write.id, { firstName: write.firstName, emailAddresses: mails(write.mails) }),
            ]);
          }),
        );
        const concurrent = await world.links(scope);
        // The same final state, decided by nobody but one import after the other.
        await redecide(at);
        expect(concurrent).toEqual(await world.links(scope));
      },
    ),
    { numRuns: 60 },
  );

  /** Writes each member of the round again, changed in nothing that matters, so that all its candidates are decided anew. */
  async function redecide(at: string): Promise<void> {
    const rows = await world.ctx.db.read(
      null,
      async (tx) => tx<{ external_id: string; first_name: string; is_closed: boolean; emails: string[] }>`
      select external_id, first_name, is_closed, doc -> 'emails' as emails from member where external_id like ${`%.${at}`}`,
    );
    for (const { external_id: id, first_name: firstName, is_closed: closed, emails } of rows) {
      await world.importLines([{ id, firstName, lastName: 'Doe', emails, closed, headline: 'again' }]);
    }
  }
});
