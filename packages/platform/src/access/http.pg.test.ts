import type { AtsCard, AtsTab, Profile, SearchAnswer } from '@carrick/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AccessCase, casesOf } from './cases.ts';
import {
  type AppWorld,
  type AtsSide,
  aCandidate,
  anApplication,
  type Browser,
  type Company,
  openAppWorld,
} from './testing/app-world.ts';

let world: AppWorld;
let acme: Company;
let ats: AtsSide;
let elsewhere: AtsSide;
let seatMemberId: number;
let browser: Browser;
let arranged = 0;

beforeAll(async () => {
  world = await openAppWorld();
  acme = await world.addCompany('Acme');
  ats = await acme.addAts('One');
  elsewhere = await acme.addAts('Two');
  const seat = await acme.addSeat('Rita One');
  seatMemberId = seat.memberId;
  browser = await world.signIn(seat.email);
});
afterAll(() => world.close());

/** Every case has a person, a job and groups of its own; what belongs to the ATS is set anew each time. */
async function arrange(accessCase: AccessCase): Promise<string> {
  const index = ++arranged;
  const id = `case-${index}`;
  const name = (acl: string) => (acl === 'ALL_PRODUCT_USERS' ? acl : `${id}-${acl}`);
  await world.ctx.db.pipeline(acme.tenantId, (tx) => [
    tx`delete from integration_configuration`,
    tx`update integration set status = ${accessCase.isEnabled === false ? 'PARTNER_READY' : 'ENABLED'} where ats_no = ${ats.atsNo}`,
    ...(accessCase.isOpen
      ? [
          tx`insert into integration_configuration
             values (${acme.tenantId}, ${ats.atsNo}, 'IN_ATS_INDICATOR', 'RECRUITER', ${acme.urn}, 'APPLICATION_VIEWERS', 'ALL_PRODUCT_USERS', 0)`,
        ]
      : []),
  ]);
  if (accessCase.isJobKnown !== false)
    await ats.putJob(id, { isRestricted: accessCase.isJobRestricted === true });
  for (const acl of accessCase.acls ?? []) await ats.put('entityAcl', ['JOB_POSTING', id, name(acl)]);
  for (const acl of accessCase.assigned ?? [])
    await ats.put('entityAclAssignee', [seatMemberId, 'JOB_POSTING', name(acl)]);
  for (const acl of accessCase.assignedElsewhere ?? []) {
    await elsewhere.put('entityAclAssignee', [seatMemberId, 'JOB_POSTING', name(acl)]);
  }
  const members = await world.addMembers([{ id, firstName: 'Person', lastName: `Number${index}` }]);
  await ats.put('candidate', [id], aCandidate());
  await ats.link(id, members.get(id) ?? 0);
  const { isApplicationRestricted } = accessCase;
  const restricted =
    isApplicationRestricted === undefined ? {} : { accessRestricted: isApplicationRestricted };
  await ats.put('application', [id], anApplication(id, id, restricted));
  await ats.put('stage', [id, '1'], { stage: 'Interview', atsCreatedAt: 1 });
  await ats.put('applicationNote', [id, '1'], { note: 'A note' });
  return `Number${index}`;
}

async function agree(accessCase: AccessCase): Promise<void> {
  const { isVisible } = accessCase;
  const lastName = await arrange(accessCase);
  const { people, spotlights } = await browser.read<SearchAnswer>(`/app/api/search?q=${lastName}+`);
  const [row] = people;
  if (!row) throw new Error('the person is found in any case');
  const [profile, tab, card] = await Promise.all([
    browser.read<Profile>(`/app/api/people/${row.id}`),
    browser.read<AtsTab>(`/app/api/people/${row.id}/ats`),
    browser.read<AtsCard>(`/app/api/people/${row.id}/card`),
  ]);
  const count = isVisible ? 1 : 0;
  expect({
    past: spotlights.find(({ id }) => id === 'pastApplicants')?.count,
    flagged: row.spotlights.length,
    notes: row.activity.notes,
    jobs: profile.atsJobs,
    inTab: tab.records.flatMap((record) => record.jobs).length,
    inCard: card.sections.reduce((sum, section) => sum + section.activeJobs + section.pastJobs, 0),
  }).toEqual({ past: count, flagged: count, notes: count, jobs: count, inTab: count, inCard: count });
  expect(row.inAts.length).toBe(accessCase.isEnabled === false ? 0 : 1);
  await acme.setStrict(true);
  const [strict, strictTab] = await Promise.all([
    browser.read<SearchAnswer>(`/app/api/search?q=${lastName}+`),
    browser.read<AtsTab>(`/app/api/people/${row.id}/ats`),
  ]);
  await acme.setStrict(false);
  // The person is found as before; that an ATS has a record is known to who sees an application of it.
  expect({
    found: strict.total,
    indicators: strict.people.flatMap((each) => each.inAts).length,
    counts: strict.inAts,
    records: strictTab.records.length,
  }).toEqual({
    found: 1,
    indicators: count,
    counts: { any: 1, only: count, exclude: 1 - count },
    records: count,
  });
}

test.each(casesOf('AC1'))('AC1 AC9 AC17 L-070 in the app, counts included: $name', agree);
test.each(casesOf('AC2'))('AC2 AC9 AC17 L-070 in the app, counts included: $name', agree);
test.each(casesOf('AC3'))('AC3 AC9 AC17 L-070 in the app, counts included: $name', agree);
test.each(casesOf('AC4'))('AC4 AC9 AC17 L-070 in the app, counts included: $name', agree);
test.each(casesOf('AC5'))('AC5 AC9 AC17 L-070 in the app, counts included: $name', agree);
test.each(casesOf('AC6'))('AC6 AC9 AC17 L-070 in the app, counts included: $name', agree);
test.each(casesOf('AC7'))('AC7 AC9 AC17 L-070 in the app, counts included: $name', agree);
