/**
 * `npm run soak -- links [--people 20000] [--senders 4] [--rounds 3]`: people are imported into the directory while an ATS sends
 * the same people as candidates. Whoever comes first, every one of them must be linked to its member and to nobody else.
 * One line of JSON; exit code 1 when a link is missing or wrong.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { configOf } from '../packages/platform/src/config.ts';
import { systemClock } from '../packages/platform/src/kernel/clock.ts';
import type { Context } from '../packages/platform/src/kernel/context.ts';
import { createLog } from '../packages/platform/src/kernel/log.ts';
import { openContext } from '../packages/platform/src/kernel/open-context.ts';
import { openOutbox } from '../packages/platform/src/kernel/outbox.ts';
import { matchingHooks } from '../packages/platform/src/matching/index.ts';
import { importMembers } from '../packages/platform/src/members/index.ts';
import { applyBatch, type SyncItem } from '../packages/platform/src/records/index.ts';
import { createOrganisation } from '../packages/platform/src/tenancy/index.ts';

const BATCH = 100;

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '20000' },
    senders: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '3' },
  },
});
const people = Number(values.people);

interface Round {
  readonly missing: number;
  readonly wrong: number;
  readonly ms: number;
}

const mailbox = (round: number, person: number): string => `person${person}@round${round}.example`;

async function* lines(round: number): AsyncGenerator<string> {
  for (let i = 0; i < people; i++) {
    const emails = [mailbox(round, i)];
    yield `${JSON.stringify({ id: `${round}-${i}`, firstName: 'Jane', lastName: `Doe${i}`, emails })}\n`;
  }
}

function batch(round: number, start: number): SyncItem[] {
  return Array.from({ length: Math.min(BATCH, people - start) }, (_, offset) => {
    const person = start + offset;
    const record = {
      atsCreatedAt: 1_700_000_000_000,
      atsLastModifiedAt: 1_700_000_000_000,
      firstName: 'Jane',
      lastName: `Doe${person}`,
      emailAddresses: [mailbox(round, person)],
    };
    return { key: [`${round}-${person}`], record };
  });
}

async function runRound(ctx: Context, tenantId: number, round: number): Promise<Round> {
  const scope = { tenantId, atsNo: 1 };
  const outbox = openOutbox(ctx.db, ctx.clock, ctx.log);
  const hooks = matchingHooks(ctx, outbox, []);
  const store = { ctx, outbox, hooks: hooks.records };
  let next = 0;
  const send = async (): Promise<void> => {
    for (let start = next; start < people; start = next) {
      next += BATCH;
      await applyBatch(store, scope, 'candidate', 'upsert', batch(round, start));
    }
  };
  const startedAt = performance.now();
  await Promise.all([
    importMembers(ctx, lines(round), { hooks: [hooks.member] }),
    ...Array.from({ length: Number(values.senders) }, send),
  ]);
  const ms = Math.round(performance.now() - startedAt);
  await outbox.stop();
  const [count] = await ctx.db.read(
    tenantId,
    async (tx) => tx<{ right: number; linked: number }>`
      select count(*) filter (where m.external_id = a.candidate_id) as right, count(*) as linked
      from automatic_match a join member m using (member_id)
      where a.tenant_id = ${tenantId} and a.candidate_id like ${`${round}-%`}`,
  );
  const { right = 0, linked = 0 } = count ?? {};
  return { missing: people - right, wrong: linked - right, ms };
}

const dataDir = mkdtempSync(join(tmpdir(), 'carrick-soak-'));
const open = await openContext(configOf({ dataDir }), { clock: systemClock, log: createLog('warn') });
try {
  const { tenantId } = await createOrganisation(open.ctx, { name: 'Soak' });
  const rounds: Round[] = [];
  for (let round = 1; round <= Number(values.rounds); round++)
    rounds.push(await runRound(open.ctx, tenantId, round));
  console.log(JSON.stringify({ people, rounds }));
  if (rounds.some(({ missing, wrong }) => missing > 0 || wrong > 0)) process.exitCode = 1;
} finally {
  await open.close();
  rmSync(dataDir, { recursive: true, force: true });
}
