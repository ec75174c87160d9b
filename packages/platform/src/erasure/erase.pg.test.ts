import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { configOf } from '../config.ts';
import { createLog, type Deployment, openDeployment } from '../index.ts';
import { FakeClock } from '../kernel/clock.ts';
import { connect, type SqlClient } from '../kernel/connect.ts';
import { importMembers } from '../members/index.ts';
import { applyBatch } from '../records/index.ts';
import {
  createContract,
  createCustomerApplication,
  createOrganisation,
  createSeat,
  setIntegrationStatus,
} from '../tenancy/index.ts';
import type { SignedCertificate } from './certificate.ts';
import {
  askErasure,
  certificateKey,
  confirmErasure,
  type Erasure,
  forgetLogs,
  isSignedBy,
  listErasures,
  proveErasures,
  readPersonalData,
  runErasure,
  type Subject,
} from './index.ts';

const DAY_MS = 86_400_000;
const AT = Date.UTC(2026, 0, 5);
let folder: string;
let clock: FakeClock;
let desk: Deployment;
let owner: SqlClient;

beforeAll(async () => {
  // A cluster of its own: what is searched in the end are its files.
  folder = await mkdtemp(join(tmpdir(), 'carrick-erasure-'));
  clock = new FakeClock();
  desk = await openDeployment(configOf({ dataDir: folder, poolSize: 2 }), {
    clock,
    log: createLog('silent'),
  });
  owner = connect(desk.ownerUrl, { max: 1 });
});
afterAll(async () => {
  await owner.end();
  await desk.close();
  await rm(folder, { recursive: true, force: true });
});

/** A company with one of everything about one candidate and one recruiter. */
async function company(name: string) {
  const { ctx } = desk;
  const { tenantId, urn } = await createOrganisation(ctx, { name });
  const { contractId, urn: contract } = await createContract(ctx, tenantId, { name: `${name} contract` });
  const { atsNo } = await createCustomerApplication(ctx, { tenantId, name: `${name} ATS` });
  await setIntegrationStatus(
    ctx,
    { tenantId, atsNo },
    [{ type: 'IN_ATS_INDICATOR', contextUrn: urn }],
    'ENABLED',
  );
  const seat = await createSeat(ctx, desk.memberHooks, tenantId, {
    contractId,
    email: `rita@${name}.example`,
    password: 'a long enough password',
    firstName: `Rita${name}`,
    lastName: 'Recruiter',
    isAdmin: false,
  });
  return { tenantId, atsNo, contractId, contract, seat, scope: { tenantId, atsNo } };
}

type Company = Awaited<ReturnType<typeof company>>;

async function sendCandidate({ scope }: Company, id: string, email: string): Promise<void> {
  const put = async (kind: Parameters<typeof applyBatch>[2], key: string[], record: object) => {
    const outcomes = await applyBatch(desk.records, scope, kind, 'upsert', [{ key, record }]);
    for (const outcome of outcomes.values())
      if (outcome.status !== 204) throw new Error(`${kind}: ${JSON.stringify(outcome)}`);
  };
  const dates = { atsCreatedAt: AT, atsLastModifiedAt: AT };
  const name = { firstName: 'Quirina', lastName: `Name${id}` };
  await put('candidate', [id], {
    ...dates,
    ...name,
    emailAddresses: [email],
    phoneNumbers: [],
    addresses: [],
  });
  await put('application', [`app-${id}`], {
    ...dates,
    ...name,
    atsCandidateId: id,
    atsJobPostingId: 'J1',
    atsJobPostingName: 'Driver',
    candidateEmail: email,
  });
  await put('stage', [`app-${id}`, '1'], { stage: 'Interview', atsCreatedAt: AT });
  await put('candidateNote', [id, '1'], { note: `write to ${email}` });
  await put('applicationNote', [`app-${id}`, '1'], { note: `she said ${email}` });
  await put('interviewFeedback', [`app-${id}`, '1'], { feedback: `nice, ${email}`, atsCreatedAt: AT });
}

async function erase(subject: Subject): Promise<Erasure> {
  const tenantId = subject.kind === 'member' || subject.kind === 'organisation' ? 0 : subject.tenantId;
  const { id } = await askErasure(desk, subject, null);
  await confirmErasure(desk, tenantId, id);
  const erasure = await runErasure(desk, tenantId, id);
  if (!erasure) throw new Error('no erasure');
  return erasure;
}

/** Files of the data folder that hold the text, in any of its files. */
async function filesWith(text: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if ((await readFile(path)).includes(text)) found.push(path.slice(folder.length));
  }
  return found;
}

test('ER2 ER3 ER4 ER6 a candidate: counted, erased with everything derived, certified, and in no file afterwards', async () => {
  const email = 'quirina.zz81@mail.example';
  const acme = await company('acme');
  const { ctx } = desk;
  const { tenantId, atsNo } = acme;
  await importMembers(ctx, lines([{ id: 'm1', firstName: 'Quirina', lastName: 'Namec1', emails: [email] }]), {
    hooks: desk.memberHooks,
  });
  await sendCandidate(acme, 'c1', email);
  await sendCandidate(acme, 'c2', 'other@mail.example');
  // What people and programs leave behind: words of a decision, a mail under way, a refused record, a file.
  await owner.begin(async (tx) => {
    await tx`set local role carrick_reader`;
    await tx`insert into match_decision (tenant_id, ats_no, candidate_id, member_id, verdict, origin, note, decided_at)
      values (${tenantId}, ${atsNo}, 'c1', 1, 'UNLINK', 'app', ${`not ${email}`}, 1)`;
    await tx`insert into outbox (tenant_id, lane, payload, created_at, next_at)
      values (0, 'mail', ${`{"to":"${email}"}`}::text::jsonb, 1, ${Number.MAX_SAFE_INTEGER}),
             (${tenantId}, 'mail', ${`{"to":"${email}"}`}::text::jsonb, 1, ${Number.MAX_SAFE_INTEGER})`;
    await tx`insert into api_request (tenant_id, request_id, at, http_method, resource, status, records, failed, ms, failures, warnings)
      values (${tenantId}, gen_random_uuid(), 1, 'POST', 'v2/atsCandidates', 200, 1, 1, 1, '[{"key":"c1","status":422}]', '{}')`;
    await tx`with m as (
        insert into media (tenant_id, media_id, ats_no, file_name, created_at) values (${tenantId}, gen_random_uuid(), ${atsNo}, 'cv', 1) returning media_id
      ), c as (
        insert into media_chunk select ${tenantId}, media_id, 0, ${Buffer.from(`CV of ${email}`)} from m
      )
      insert into attachment (tenant_id, ats_no, entity_type, entity_id, id, media_id, file_name, received_at)
      select ${tenantId}, ${atsNo}, 'APPLICATION', 'app-c1', '1', media_id, 'cv.pdf', 1 from m`;
    await tx`insert into mailbox_message (address, is_outgoing, from_text, to_text, subject, body, message_id, created_at)
      values (${email}, false, 'x', ${email}, 'x', 'x', 'x', 1)`;
  });
  await owner.unsafe('vacuum analyze');
  await owner.unsafe('checkpoint');
  expect((await filesWith(email)).length).toBeGreaterThan(3);

  const subject: Subject = { kind: 'candidate', tenantId, atsNo, candidateId: 'c1' };
  const asked = await askErasure(desk, subject, null);
  expect(asked.counts).toMatchObject({
    candidate: 1,
    candidate_note: 1,
    application: 1,
    application_note: 1,
    interview_feedback: 1,
    stage: 1,
    attachment: 1,
    media: 1,
    media_chunk: 1,
    match_decision: 1,
    outbox: 1,
    api_request: 1,
    mailbox_message: 1,
  });
  // Counting erases nothing, and what is stored is handed out whole.
  const given = await readPersonalData(desk, subject);
  expect(JSON.stringify(given)).toContain(`write to ${email}`);
  await confirmErasure(desk, tenantId, asked.id);
  await expect(confirmErasure(desk, tenantId, asked.id)).rejects.toThrow('confirmed already');
  const erased = await runErasure(desk, tenantId, asked.id);
  expect(erased).toMatchObject({ state: 'erased', target: null });
  const again = await askErasure(desk, subject, null).catch((error: Error) => error.message);
  expect(again).toBe('Nothing is stored of this subject.');
  const [left] = await owner<{ candidates: string[]; applications: string[] }[]>`
    select array(select id from candidate where tenant_id = ${tenantId}) as candidates,
           array(select id from application where tenant_id = ${tenantId}) as applications`;
  expect(left).toEqual({ candidates: ['c2'], applications: ['app-c2'] });

  // The directory's own entry of the person, and the mail of no organisation, go with the member.
  const [member] = await owner<
    { member_id: number }[]
  >`select member_id from member where external_id = 'm1'`;
  await erase({ kind: 'member', memberId: member?.member_id ?? 0 });
  expect(await proveErasures(desk)).toBe(2);
  expect(await filesWith(email)).toEqual([]);
  expect(await filesWith('Quirina')).not.toEqual([]); // the other one is still there: the search would have found it
  expect(await filesWith('Namec1')).toEqual([]);

  const [proved] = await ctx.db.read(tenantId, (tx) => listErasures(tx, 10));
  expect(proved).toMatchObject({ state: 'proved', id: asked.id });
  const text = proved?.certificate ?? '';
  expect(isSignedBy(certificateKey(ctx.keys.certificate), text)).toBe(true);
  expect(
    isSignedBy(certificateKey(ctx.keys.certificate), text.replace('"candidate": 1', '"candidate": 2')),
  ).toBe(false);
  const certificate = JSON.parse(text) as SignedCertificate;
  expect(certificate).toMatchObject({ kind: 'candidate', files: 'all', erased: asked.counts });
  for (const personal of ['c1"', email, 'Quirina', 'Namec1']) expect(text).not.toContain(`"${personal}`);
});

test('ER5 a seat: it is signed out, its own words and address go, what it did for the contract stays', async () => {
  const acme = await company('seatco');
  const { tenantId, contractId, seat } = acme;
  const { seatId } = seat;
  await desk.ctx.db.transaction(tenantId, async (tx) => {
    await tx`insert into session values (${tenantId}, ${Buffer.from('token')}, ${seatId}, 1, 2)`;
    await tx`insert into recruiter_note (tenant_id, contract_id, seat_id, member_id, visibility, was_shared, body, created_at, modified_at)
      values (${tenantId}, ${contractId}, ${seatId}, 1, 'PRIVATE', false, 'secret thought', 1, 1),
             (${tenantId}, ${contractId}, ${seatId}, 1, 'CONTRACT', true, 'for all of us', 1, 1)`;
    await tx`insert into message_draft values (${tenantId}, ${seatId}, 1, 'draft', 'draft', 'PRIVATE', 1)`;
  });
  const erasure = await erase({ kind: 'seat', tenantId, seatId });
  expect(erasure.counts).toMatchObject({
    session: 1,
    recruiter_note: 1,
    message_draft: 1,
    seat: 1,
    member: 1,
  });
  const [left] = await owner<
    { email: string; external_id: string; first_name: string; notes: string[]; sessions: number }[]
  >`
    select s.email, m.external_id, m.first_name,
      array(select body from recruiter_note n where n.tenant_id = s.tenant_id order by 1) as notes,
      (select count(*)::int from session e where e.tenant_id = s.tenant_id) as sessions
    from seat s join member m on m.member_id = s.member_id where s.tenant_id = ${tenantId} and s.seat_id = ${seatId}`;
  expect(left).toEqual({
    email: '',
    external_id: `erased:${seat.memberId}`,
    first_name: '',
    notes: ['', 'for all of us'],
    sessions: 0,
  });
});

test('ER5 a contract goes with its seats, an organisation with everything, and neither touches another', async () => {
  const mine = await company('mine');
  const theirs = await company('theirs');
  await sendCandidate(mine, 'x1', 'x1@mail.example');
  await sendCandidate(theirs, 'x1', 'x1@mail.example');
  await erase({ kind: 'contract', tenantId: mine.tenantId, contractId: mine.contractId });
  const seats = () => owner<{ tenant_id: number }[]>`
    select tenant_id from seat where tenant_id in (${mine.tenantId}, ${theirs.tenantId})`;
  expect((await seats()).map((row) => row.tenant_id)).toEqual([theirs.tenantId]);
  await erase({ kind: 'organisation', tenantId: mine.tenantId });
  const tables = await owner<{ name: string }[]>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'tenant_id'
      and table_name in (select relname from pg_class where relkind = 'r') and table_name <> 'erasure'`;
  const rows = await owner.unsafe<{ name: string; count: number }[]>(
    tables
      .map(
        ({ name }) =>
          `select '${name}' as name, count(*)::int as count from ${name} where tenant_id = ${mine.tenantId}`,
      )
      .join(' union all '),
  );
  expect(rows.filter(({ count }) => count > 0)).toEqual([]);
  const [other] = await owner<{ count: number }[]>`
    select count(*)::int as count from candidate where tenant_id = ${theirs.tenantId}`;
  expect(other?.count).toBe(1);
});

test('ER7 logs are pruned by the clock: the audit log, presses, given-up mails and requests that nobody confirmed', async () => {
  const { tenantId, contractId, seat } = await company('logs');
  const { seatId } = seat;
  await desk.ctx.db.transaction(tenantId, async (tx) => {
    const now = clock.now();
    await tx`insert into audit_entry (tenant_id, at, seat_id, contract_id, action, subject)
      values (${tenantId}, ${now}, ${seatId}, ${contractId}, 'feature-on', '{}')`;
    await tx`insert into profile_export (tenant_id, export_id, contract_id, seat_id, member_id, ats_no, job_id, job_title, exported_at)
      values (${tenantId}, 'e1', ${contractId}, ${seatId}, 1, 1, 'J1', 'Driver', ${now})`;
    await tx`insert into export_press (tenant_id, seat_id, press_key, member_id, export_id) values (${tenantId}, ${seatId}, 'k', 1, 'e1')`;
    await tx`insert into outbox (tenant_id, lane, payload, created_at, next_at)
      values (${tenantId}, 'mail', '{}', ${now}, ${Number.MAX_SAFE_INTEGER})`;
  });
  await askErasure(desk, { kind: 'seat', tenantId, seatId }, null);
  const counted = async () => {
    const [row] = await owner<{ audit: number; presses: number; mails: number; asked: number }[]>`
      select (select count(*)::int from audit_entry where tenant_id = ${tenantId}) as audit,
             (select count(*)::int from export_press where tenant_id = ${tenantId}) as presses,
             (select count(*)::int from outbox where tenant_id = ${tenantId} and lane = 'mail') as mails,
             (select count(*)::int from erasure where tenant_id = ${tenantId}) as asked`;
    return row;
  };
  clock.advance(29 * DAY_MS);
  await forgetLogs(desk.ctx);
  expect(await counted()).toEqual({ audit: 1, presses: 1, mails: 1, asked: 1 });
  clock.advance(2 * DAY_MS);
  await forgetLogs(desk.ctx);
  expect(await counted()).toEqual({ audit: 1, presses: 0, mails: 0, asked: 0 });
  clock.advance(730 * DAY_MS);
  await forgetLogs(desk.ctx);
  expect(await counted()).toEqual({ audit: 0, presses: 0, mails: 0, asked: 0 });
});

async function* lines(members: readonly object[]): AsyncGenerator<string> {
  yield `${members.map((member) => JSON.stringify(member)).join('\n')}\n`;
}
