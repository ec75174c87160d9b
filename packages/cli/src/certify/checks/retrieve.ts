import { type Check, must } from '../check.ts';
import { answerAndShare } from '../member-answer.ts';
import { MEMBER_LOCATION, type Stage } from '../stage.ts';
import { knownJob, openJob } from './configuration.ts';
import { addKnownCandidate, knownCandidate } from './increments.ts';

const POLLED_WITHIN_MS = 8_000;

/** A member whom a recruiter exports to a job, and who has become a candidate there. */
async function exported(stage: Stage) {
  const person = stage.person();
  await stage.addMember({ ...person, email: null });
  const job = await knownJob(stage);
  const row = await stage.seats.r1.find(person.name);
  must(row !== null, `${person.name} is not found in the recruiter app`);
  await stage.seats.r1.export(row.id, job.id);
  await stage.until(
    async () => (await stage.seats.r1.exports(row.id)).every(({ state }) => state === 'complete'),
    'the ATS does not fetch the exported person',
  );
  await stage.until(
    () => stage.hands.sees(person.name, 'interviews', [job.title]),
    'the exported person is no candidate on the chosen job',
  );
  return { ...person, personId: row.id, job };
}

const candidatesOf = async (stage: Stage, lastName: string) =>
  (await stage.records('candidate')).filter(({ record }) => record.lastName === lastName);

export const retrieveChecks: readonly Check[] = [
  {
    id: 'RSC-301',
    module: 3,
    title: 'One-Click Export of somebody new',
    rule: 'The person arrives on the right job with the source marked, and the record is tied to exactly this member.',
    needs: ['CHANGED-JOB'],
    async run(stage) {
      const person = await exported(stage);
      must(
        await stage.hands.sees(person.name, 'profile', ['LinkedIn', 'urn:li:person:']),
        'the new record does not say that its source is LinkedIn, or whom it is tied to',
      );
      await stage.until(
        async () => (await stage.seats.r1.card(person.personId)) !== null,
        'the exported person’s record is not sent back, or is not tied to the member',
      );
      const application = (await stage.records('application')).find(
        ({ record }) => record.atsJobPostingId === person.job.id && record.lastName === person.lastName,
      );
      must(
        application !== undefined,
        'the application that the export made is not sent under the chosen job',
      );
    },
  },
  {
    id: 'RSC-302',
    module: 3,
    title: 'Which fields come from exports and which from mail stubs is written down',
    rule: 'The ATS’s documentation tells which fields of a record come from where.',
    byEye: 'read the ATS’s documentation',
  },
  {
    id: 'RSC-303',
    module: 3,
    title: 'The same person, changed, exported to another job',
    rule: 'No second record is made: the one there is is tied to both jobs.',
    needs: ['RSC-301'],
    async run(stage) {
      const person = await exported(stage);
      const renamed = { ...person, firstName: 'Alma Ruth', email: null, phone: null };
      await stage.hands.act({ do: 'change a candidate', name: person.name, candidate: renamed });
      const name = `Alma Ruth ${person.lastName}`;
      const job = await openJob(stage);
      await stage.seats.r1.export(person.personId, job.id);
      await stage.until(
        async () =>
          (await stage.seats.r1.exports(person.personId)).every(({ state }) => state === 'complete'),
        'the second export is not fetched',
      );
      await stage.until(
        () => stage.hands.sees(name, 'interviews', [person.job.title, job.title]),
        'the record is not tied to both jobs',
      );
      must(await stage.hands.hasRecords(name, 1), 'the second export made a second record');
      must(
        await stage.hands.hasRecords(person.name, 0),
        'the second export made a second record under the old name',
      );
      must((await candidatesOf(stage, person.lastName)).length === 1, 'two records of one person are sent');
    },
  },
  {
    id: 'NAMESAKE',
    module: 3,
    title: 'Somebody with the same name is somebody else',
    rule: 'Exports are told apart by the member, never merged by name.',
    needs: ['RSC-301'],
    async run(stage) {
      const namesake = stage.person();
      await stage.hands.act({
        do: 'add a candidate',
        candidate: {
          ...namesake,
          email: `other.${namesake.email}`,
          profileUrl: null,
          phone: null,
          company: 'Elsewhere',
          title: 'Cook',
        },
      });
      await stage.addMember({ ...namesake, email: null });
      const job = await knownJob(stage);
      const row = await stage.seats.r1.find(namesake.name);
      must(row !== null, 'the namesake is not found');
      await stage.seats.r1.export(row.id, job.id);
      await stage.until(
        async () => (await stage.seats.r1.exports(row.id)).every(({ state }) => state === 'complete'),
        'the export is not fetched',
      );
      await stage.until(
        () => stage.hands.hasRecords(namesake.name, 2),
        'an export was merged into the record of somebody else with the same name',
      );
    },
  },
  {
    id: 'RSC-304',
    module: 3,
    title: 'A link that a person makes by hand holds',
    rule: 'A manual link outranks the algorithm, stays, and the ATS’s stored person follows it.',
    needs: ['NEW-CANDIDATE'],
    async run(stage) {
      const person = await addKnownCandidate(stage, { profileUrl: null, email: null });
      const candidate = (await candidatesOf(stage, person.lastName))[0];
      const member = stage.person();
      await stage.addMember(member);
      const row = await stage.seats.r1.find(member.name);
      must(candidate !== undefined && row !== null, 'candidate or member is not there');
      await stage.seats.admin.link(candidate.key[0] ?? '', row.id);
      await stage.hands.act({
        do: 'change a candidate',
        name: person.name,
        candidate: { ...person, title: 'Ferryman' },
      });
      await stage.until(
        async () => (await stage.seats.r1.card(row.id))?.candidateId === candidate.key[0],
        'the link that was made by hand does not hold',
      );
      await stage.until(
        () => stage.hands.sees(person.name, 'profile', ['urn:li:person:']),
        'the ATS’s own record does not follow the manual link',
      );
    },
  },
  {
    id: 'RSC-304-WIDGET',
    module: 3,
    title: 'The profile widget stands on the candidate’s record',
    rule: 'The record holds the loader, the widget’s tag, the candidate’s id as it was synced, and the organisation.',
    needs: ['NEW-CANDIDATE'],
    async run(stage) {
      const person = await knownCandidate(stage);
      const source = await stage.hands.source({ candidate: person.name });
      if (source === null) {
        must(
          await stage.hands.sees(person.name, 'profile', ['the profile widget']),
          'the record shows no profile widget',
        );
        return;
      }
      const { application, organization } = stage.options;
      for (const part of [
        '/xdoor/scripts/in.js',
        `api_key: ${application.clientId}`,
        'IN/HcmWidget',
        `data-ats-candidate-id="${person.candidateId}"`,
        `data-integration-context="${organization}"`,
      ])
        must(source.includes(part), `the record’s page does not hold ${part}`);
      must(!source.includes(application.clientSecret), 'the client secret stands in a page');
    },
  },
  {
    id: 'RSC-305',
    module: 3,
    title: 'Logging in and out, scrolling',
    rule: 'Logged out, the widget shows how to sign in; nothing of it is cut off.',
    byEye: 'sign out of the recruiter app, and look at the widget on a candidate’s record',
  },
  {
    id: 'MESSAGES',
    module: 3,
    title: 'Messages appear on the candidate they belong to',
    rule: 'The ATS polls the message history by itself and shows it on the record.',
    needs: ['INDICATOR'],
    async run(stage) {
      const person = await knownCandidate(stage);
      await stage.until(
        () => stage.hands.sees(person.name, 'profile', ['urn:li:person:']),
        'the ATS does not store whom the candidate is matched with',
      );
      const subject = stage.name('About bridges');
      await stage.seats.r1.message(person.personId, subject, 'Would you like to talk about one?');
      await stage.until(
        () => stage.hands.sees(person.name, 'discussions', [subject]),
        'a recruiter’s message does not appear on the candidate’s record',
        POLLED_WITHIN_MS,
      );
    },
  },
  {
    id: 'SHARED-CONTACT',
    module: 3,
    title: 'Who answers a message and shares contact data is in the ATS with it',
    rule: 'After a yes the candidate’s record shows name, e-mail, title, company, cell phone and the profile’s location, of somebody new too.',
    needs: ['MESSAGES'],
    async run(stage) {
      const person = stage.person();
      const { firstName, lastName, email, phone, title, company } = person;
      await stage.addMember(person);
      const row = await stage.seats.r1.find(person.name);
      must(row !== null, `${person.name} is not found in the recruiter app`);
      await stage.seats.r1.message(row.id, stage.name('About bridges'), 'Would you like to talk about one?');
      await stage.until(
        () => answerAndShare(stage.options.baseUrl, { email, phone }),
        'the member got no mail',
        POLLED_WITHIN_MS,
      );
      await stage.until(
        () =>
          stage.hands.sees(person.name, 'profile', [
            ...[firstName, lastName, email, phone, title, company],
            MEMBER_LOCATION,
          ]),
        'what the member agreed to share does not stand in the candidate’s record',
        POLLED_WITHIN_MS,
      );
      await stage.until(
        async () => (await stage.seats.r1.card(row.id)) !== null,
        'the record of who shared contact data is not sent, or not tied to the member',
      );
    },
  },
  {
    id: 'PUSH-SIGNATURE',
    module: 3,
    title: 'A notification with a wrong signature',
    rule: 'The receiver checks X-LI-Signature before it does anything else: what is not genuine is refused.',
    needs: ['RSC-104'],
    async run(stage) {
      const status = await stage.notify('EXPORT_CANDIDATE_PROFILE', { signed: false });
      must(status >= 400 && status < 500, `a notification with a wrong signature is answered ${status}`);
    },
  },
  {
    id: 'PUSH-UNKNOWN',
    module: 3,
    title: 'A notification of an unknown type',
    rule: 'An unknown type is acknowledged with 2xx and ignored.',
    needs: ['RSC-104'],
    async run(stage) {
      const status = await stage.notify('SOMETHING_OF_NEXT_YEAR', { signed: true });
      must(status >= 200 && status < 300, `a genuine notification of an unknown type is answered ${status}`);
    },
  },
  {
    id: 'RSC-306',
    module: 3,
    title: 'Further cases of module 3',
    rule: 'RSC-306 and later exist (message history, stub profiles, notes); their text is not known.',
    isUnknown: true,
  },
];
