import type { AtsTab, SearchAnswer } from '@carrick/protocol';
import { describe, expect, test } from 'vitest';
import { missing, personOf, type SmallAts, useSmallAts, withUsers } from './small-ats.ts';

const R1 = 'r1@harbour.example';
const R2 = 'r2@harbour.example';

/** The jobs of a person's applications that somebody sees in the recruiter app; null where the person is not "in the ATS". */
async function jobsSeen({ world }: SmallAts, email: string, name: string): Promise<string[]> {
  const { people } = await world.read<SearchAnswer>(email, `/app/api/search?q=${name}`);
  const person = people.find((row) => row.name.startsWith(name));
  if (!person) throw new Error(`${name} is not found`);
  const { records } = await world.read<AtsTab>(email, `/app/api/people/${person.id}/ats`);
  return records.flatMap(({ jobs }) => jobs.map(({ title }) => title));
}

const member = (number: number) => ({
  id: `m${number}`,
  firstName: `First${number}`,
  lastName: `Last${number}`,
  emails: [`person${number}@people.example`],
});

describe.skipIf(missing !== null)('a small ATS', () => {
  const open = useSmallAts();

  test('CO15 L-066 L-067 L-070 access rules and their assignees travel, and visibility follows', async () => {
    const ats = await open();
    const { world, connector, mapping, sql } = ats;
    await world.importMembers([member(1), member(2)]);
    const users = { 101: personOf(world, 'r1'), 102: personOf(world, 'r2') };
    const one = await connector({ mapping: await mapping(withUsers(users)) });
    await one.runOnce();
    const seen = async () => ({
      r1: { open: await jobsSeen(ats, R1, 'First1'), secured: await jobsSeen(ats, R1, 'First2') },
      r2: { open: await jobsSeen(ats, R2, 'First1'), secured: await jobsSeen(ats, R2, 'First2') },
    });
    const pilot = ['Harbour pilot'];
    const chief = ['Chief of staff'];
    expect(await seen()).toEqual({ r1: { open: pilot, secured: chief }, r2: { open: pilot, secured: [] } });

    // Another user joins the team, the first one leaves it.
    await sql(
      `insert into team_member values ('leadership', 102); delete from team_member where user_no = 101`,
    );
    await one.runOnce();
    expect(await seen()).toEqual({ r1: { open: pilot, secured: [] }, r2: { open: pilot, secured: chief } });

    // An opening that was open to all is secured, then given to another team.
    await sql(`insert into team_opening values ('leadership', 1)`);
    await one.runOnce();
    expect(await seen()).toEqual({ r1: { open: [], secured: [] }, r2: { open: pilot, secured: chief } });
    await sql(
      `update team_opening set team = 'harbour' where opening_no = 1; insert into team_member values ('harbour', 101)`,
    );
    await one.runOnce();
    expect(await seen()).toEqual({ r1: { open: pilot, secured: [] }, r2: { open: [], secured: chief } });
  });

  test('CO15 an ATS user who is bound to nobody is held back; bound later, the assignees follow', async () => {
    const ats = await open();
    const { world, connector, mapping } = ats;
    await world.importMembers([member(2)]);
    const unbound = await connector({ mapping: await mapping() });
    const { kinds } = await unbound.runOnce();
    expect(kinds.entityAclAssignee).toMatchObject({ source: 1, sent: 0, failed: 1 });
    expect(unbound.ledger()).toMatchObject([
      {
        kind: 'entityAclAssignee',
        message: expect.stringContaining('ATS user 101 is not bound to a person'),
      },
    ]);
    expect(await jobsSeen(ats, R1, 'First2')).toEqual([]);
    unbound.close();

    const bound = await connector();
    expect((await bound.runOnce()).kinds.entityAclAssignee).toMatchObject({ sent: 1, failed: 0 });
    expect(bound.ledger()).toEqual([]);
    expect(await jobsSeen(ats, R1, 'First2')).toEqual(['Chief of staff']);
    bound.close();

    const rebound = await connector({ mapping: await mapping(withUsers({ 101: personOf(world, 'r2') })) });
    await rebound.runOnce();
    expect([await jobsSeen(ats, R1, 'First2'), await jobsSeen(ats, R2, 'First2')]).toEqual([
      [],
      ['Chief of staff'],
    ]);
  });

  test('CO9 CO15 applications for a secured job stay secured when the job is gone', async () => {
    const ats = await open();
    const { world, connector, mapping, sql } = ats;
    await world.importMembers([member(2)]);
    // This ATS keeps submissions of openings that are gone.
    const keeping = await mapping((yaml) =>
      withUsers({ 101: personOf(world, 'r1') })(
        yaml
          .replace('JOIN opening o', 'LEFT JOIN opening o')
          .replace('o.title AS', `COALESCE(o.title, 'Gone') AS`),
      ),
    );
    const one = await connector({ mapping: keeping });
    await one.runOnce();
    await sql('delete from opening where opening_no = 2; delete from team_opening where opening_no = 2');
    await one.runOnce();
    expect(await jobsSeen(ats, R2, 'First2')).toEqual([]);
    expect(await jobsSeen(ats, R1, 'First2')).toHaveLength(1);
  });
});
