import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type SqlClient } from '../kernel/connect.ts';
import { migrate } from '../kernel/migrate.ts';
import { type TestDatabase, testDatabase } from '../kernel/testing.ts';

const dir = join(import.meta.dirname, '..', '..', 'migrations');
let database: TestDatabase;
let owner: SqlClient;

beforeAll(async () => {
  database = await testDatabase({ from: 'empty' });
  owner = connect(database.ownerUrl, { max: 1 });
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

test('MA84 manual links of an earlier version outlive the upgrade', async () => {
  await migrate({ ownerUrl: database.ownerUrl, dir, upTo: 15 });
  await owner`alter table manual_match no force row level security`;
  await owner`insert into manual_match values (1, 1, 'c1', 10, 1000), (1, 1, 'c2', 11, 2000), (2, 1, 'c1', 12, 3000)`;
  await owner`alter table manual_match force row level security`;
  await migrate({ ownerUrl: database.ownerUrl, dir });
  await owner`alter table match_decision no force row level security`;
  const rows = await owner`
    select tenant_id, candidate_id, member_id, verdict, origin, decided_at, lifted_at from match_decision order by decision_no`;
  const link = { verdict: 'LINK', origin: 'api', lifted_at: null };
  expect([...rows]).toEqual([
    { tenant_id: 1, candidate_id: 'c1', member_id: 10, decided_at: 1000, ...link },
    { tenant_id: 1, candidate_id: 'c2', member_id: 11, decided_at: 2000, ...link },
    { tenant_id: 2, candidate_id: 'c1', member_id: 12, decided_at: 3000, ...link },
  ]);
});
