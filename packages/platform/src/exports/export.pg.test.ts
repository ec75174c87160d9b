import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodePersonId } from '../kernel/secrets.ts';
import type { OnboardingWorld } from '../tenancy/testing/onboarding-world.ts';
import {
  addMembers,
  type Browser,
  type ExportCompany,
  openCompany,
  openExportWorld,
} from './testing/export-world.ts';

const DAY_MS = 24 * 3_600_000;
const within = { timeout: 60_000, interval: 20 };

let world: OnboardingWorld;
let acme: ExportCompany;
let other: ExportCompany;
let recruiter: Browser;
let blake: string;
let members: Map<string, number>;
const BLAKE = {
  id: 'blake',
  firstName: 'Blake',
  lastName: 'Burke',
  emails: ['blake@secret.example'],
  phones: ['+49 30 5550100'],
  location: 'Berlin, Germany',
  headline: 'Senior account manager',
  profileUrls: ['https://people.example/in/blake'],
  positions: [
    { title: 'Account manager', companyName: 'Hanseatic', startDate: '2019' },
    { title: 'Clerk', companyName: 'Formerly', startDate: '2010', endDate: '2018' },
  ],
  shareWithThirdParties: true,
};
beforeAll(async () => {
  world = await openExportWorld();
  acme = await openCompany(world, 'Acme');
  other = await openCompany(world, 'Other');
  members = await addMembers(world, [
    BLAKE,
    { id: 'kim', firstName: 'Kim', lastName: 'Private' },
    { id: 'lee', firstName: 'Lee', lastName: 'Open', shareWithThirdParties: true },
  ]);
  recruiter = (await acme.addSeat('Rita Recruiter')).browser;
  await acme.putJob('JX1200', { title: 'Senior Account Manager', code: 'R-17' });
  blake = await recruiter.idOf('Blake Burke');
}, 120_000);
afterAll(async () => {
  await acme?.close();
  await other?.close();
  await world?.close();
});

const pressOf = (given: object = {}) => ({
  key: randomUUID(),
  people: [blake],
  atsNo: acme.atsNo,
  jobId: 'JX1200',
  ...given,
});

test('EX1 L-155 L-109 L-113 an export is a notification, whose id fetches the person, and complete only when it was fetched', async () => {
  const before = acme.receiver.received.length;
  const pressed = await recruiter.press(pressOf());
  expect(pressed.status).toBe(202);
  const [outcome] = pressed.body.outcomes;
  const exportId = outcome && 'exportId' in outcome ? outcome.exportId : '';
  await expect.poll(() => acme.receiver.received.length, within).toBe(before + 1);
  const received = acme.receiver.received.at(-1);
  expect(JSON.parse(received?.body ?? '')).toEqual({
    id: exportId,
    type: 'EXPORT_CANDIDATE_PROFILE',
    expiresAt: world.clock.now() + 7 * DAY_MS,
  });
  expect(await recruiter.exportsOf(blake)).toMatchObject([
    { id: exportId, state: 'sending', fetchedAt: null },
  ]);

  const { status, body } = await acme.fetch(exportId);
  expect(status).toBe(200);
  const key = world.ctx.keys.personKey(acme.applicationId);
  expect(body).toEqual({
    elements: [
      {
        candidate: {
          member: `urn:li:person:${encodePersonId(key, members.get('blake') ?? 0)}`,
          firstName: 'Blake',
          lastName: 'Burke',
          currentEmployerNames: ['Hanseatic'],
          profileUrl: 'https://people.example/in/blake',
          emailAddresses: [],
          location: 'Berlin, Germany',
        },
        integrationContext: acme.organisation.urn,
        externalJobPostingId: 'JX1200',
        exportedBy: expect.stringMatching(/^urn:li:person:/),
        exportedAt: world.clock.now(),
      },
    ],
    paging: { start: 0, count: 10, links: [] },
  });
  expect(JSON.stringify(body)).not.toMatch(/secret\.example|5550100/);
  expect(await recruiter.exportsOf(blake)).toMatchObject([
    { state: 'complete', exporter: 'Rita Recruiter', job: { id: 'JX1200', title: 'Senior Account Manager' } },
  ]);
  expect((await acme.fetch(exportId)).body).toEqual(body);
});

test('EX2 an id that is unknown or foreign is a plain 404; one that expired says so', async () => {
  const pressed = await recruiter.press(pressOf());
  const [outcome] = pressed.body.outcomes;
  const exportId = outcome && 'exportId' in outcome ? outcome.exportId : '';
  expect(await acme.fetch('made-up')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  expect(await other.fetch(exportId)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  world.clock.advance(7 * DAY_MS);
  const token = await world.tokenOf(acme.credentials);
  const late = await world.call(token, `/v2/exportedCandidates?q=request&requestId=${exportId}`);
  expect(late).toMatchObject({ status: 404, body: { code: 'REQUEST_EXPIRED' } });
});
