import { type OutgoingRecord, WireClient } from '@carrick/connector';
import { type Deployment, importMembers } from '@carrick/platform';
import type { RecordKind } from '@carrick/protocol';
import { CommandError } from '../command.ts';
import type { TenantDetails } from '../ensure-tenant.ts';
import { type AtsRecord, makeAtsRecords } from './ats-records.ts';
import { JOBS } from './careers.ts';
import { COMPANY, SECURED_FOR, staffLines } from './company.ts';
import { makePeople, memberId, memberLine } from './people.ts';
import { Random } from './random.ts';

const SEED = 20_260_105;
const MEMBERS = 300;
const KNOWN_CANDIDATES = 125;
const STRANGERS = 125;
const BATCH = 100;
const IN_FLIGHT = 6;
const ACL = 'leadership-hiring';

export interface Seeded {
  readonly members: number;
  readonly candidates: number;
  readonly applications: number;
}

/**
 * Fills the demo company: people through the member import, the ATS's records over the wire as any ATS would send them.
 * With the same `now` it writes the same again, so a seeding that was broken off is simply repeated.
 */
export async function seedDemo(
  deployment: Deployment,
  baseUrl: string,
  company: TenantDetails,
  now: number,
): Promise<Seeded> {
  const random = new Random(SEED);
  const thisYear = yearOf(now);
  const people = makePeople(MEMBERS + STRANGERS, random, thisYear);
  const members = people.slice(0, MEMBERS);
  const context = {
    organization: company.organization,
    everybody: members.map(memberId),
    staff: COMPANY.seats.map(({ memberExternalId }) => memberExternalId),
    thisYear,
  };
  const lines = [...staffLines(), ...members.map((person) => memberLine(person, random, context))];
  await importMembers(deployment.ctx, ndjson(lines), { hooks: deployment.memberHooks });

  // Every second member or so has applied; they are spread over all origins.
  const known = random.some(members, KNOWN_CANDIDATES);
  const { records } = makeAtsRecords(known, people.slice(MEMBERS), COMPANY.seats, random, now);
  await sendRecords(baseUrl, company, records);
  const count = (kind: RecordKind) => records.filter((record) => record.kind === kind).length;
  return { members: MEMBERS, candidates: count('candidate'), applications: count('application') };
}

/** In the order that shows nothing before its access rule is known: jobs, who may see them, people, then the rest. */
async function sendRecords(
  baseUrl: string,
  company: TenantDetails,
  records: readonly AtsRecord[],
): Promise<void> {
  const { clientId, clientSecret } = company.customer;
  const client = new WireClient({
    baseUrl,
    authUrl: baseUrl,
    clientId,
    clientSecret,
    organization: company.organization,
    retryForMs: 10_000,
  });
  expectOk('job', await client.postJobs(records.filter(({ kind }) => kind === 'job')));
  await sendAccess(client, company);
  const kinds = [
    'candidate',
    'candidateNote',
    'application',
    'stage',
    'interviewFeedback',
    'applicationNote',
  ] as const;
  for (const kind of kinds) {
    const groups = Map.groupBy(
      records.filter((record) => record.kind === kind),
      ({ parentId }) => parentId,
    );
    const batches = [...groups].flatMap(([parentId, group]) =>
      chunks(group, BATCH).map((items) => ({ parentId, items })),
    );
    await inParallel(batches, async ({ parentId, items }) =>
      expectOk(kind, await client.upsert(kind, parentId, items)),
    );
  }
}

async function sendAccess(client: WireClient, company: TenantDetails): Promise<void> {
  const assignee = company.seats.find(({ email }) => email === SECURED_FOR)?.person;
  const acl = { atsEntityAclId: ACL, atsEntityType: 'JOB_POSTING' };
  const secured = JOBS.filter(({ isSecured }) => isSecured);
  const item = (key: object): OutgoingRecord => ({ id: JSON.stringify(key), record: {} });
  expectOk(
    'entityAcl',
    await client.upsert(
      'entityAcl',
      null,
      secured.map(({ id }) => item({ ...acl, atsEntityId: id })),
    ),
  );
  expectOk('entityAclAssignee', await client.upsert('entityAclAssignee', null, [item({ ...acl, assignee })]));
}

function expectOk(
  kind: RecordKind,
  outcomes: readonly ({ ok: true } | { ok: false; message: string })[],
): void {
  for (const outcome of outcomes) {
    if (!outcome.ok)
      throw new CommandError(`the platform refused a ${kind} of the demo world: ${outcome.message}`);
  }
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: IN_FLIGHT }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}

function chunks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}

async function* ndjson(lines: readonly object[]): AsyncGenerator<string> {
  for (const line of lines) yield `${JSON.stringify(line)}\n`;
}

function yearOf(now: number): number {
  return new Date(now).getUTCFullYear();
}
