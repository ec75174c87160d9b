import { type Check, must } from '../check.ts';
import type { Stage } from '../stage.ts';
import type { CandidateFields } from '../steps.ts';
import { knownJob, openJob } from './configuration.ts';

const MINUTE_MS = 60_000;

/** A time that the ATS gives to what happened just now. */
function mustBeNow(stage: Stage, at: unknown, what: string): void {
  const isNow = typeof at === 'number' && at >= stage.startedAt - MINUTE_MS && at <= stage.now() + MINUTE_MS;
  must(isNow, `${what} is ${String(at)}, which is not the time at which it happened (epoch milliseconds)`);
}

/** Somebody who is a member and becomes a candidate. @returns the person with ids of both sides */
export async function addKnownCandidate(stage: Stage, changed: Partial<CandidateFields> = {}) {
  const person = { ...stage.person(), ...changed };
  await stage.addMember(person);
  await stage.hands.act({ do: 'add a candidate', candidate: person });
  const find = async () =>
    (await stage.records('candidate')).find(({ record }) => record.lastName === person.lastName);
  await stage.until(async () => (await find()) !== undefined, `the new candidate ${person.name} is not sent`);
  const row = await stage.seats.r1.find(person.name);
  const stored = await find();
  must(stored !== undefined && row !== null, `${person.name} is not found in the recruiter app`);
  return { ...person, candidateId: stored.key[0] ?? '', personId: row.id, record: stored.record };
}

/** One of them for all checks that leave the candidate as it is. */
export const knownCandidate = (stage: Stage) => stage.once('candidate', () => addKnownCandidate(stage));

export async function applyFor(
  stage: Stage,
  name: string,
  lastName: string,
  job: { title: string; id: string },
) {
  await stage.hands.act({ do: 'put forward', name, job: job.title });
  const find = async () =>
    (await stage.records('application')).find(
      ({ record }) => record.lastName === lastName && record.atsJobPostingId === job.id,
    );
  await stage.until(
    async () => (await find()) !== undefined,
    'a new application is not sent under its job’s id',
  );
  const found = await find();
  must(found !== undefined, 'the application is gone');
  return { id: found.key[0] ?? '', record: found.record };
}

/** The known candidate's application for the known job. */
const knownApplication = (stage: Stage) =>
  stage.once('application', async () => {
    const person = await knownCandidate(stage);
    const job = await knownJob(stage);
    return { person, job, ...(await applyFor(stage, person.name, person.lastName, job)) };
  });

export const incrementChecks: readonly Check[] = [
  {
    id: 'NEW-CANDIDATE',
    module: 2,
    title: 'A new candidate arrives with everything the ATS has of them',
    rule: 'Names, e-mail, phone, profile address, company and job title are sent as they stand in the ATS, with true times.',
    needs: ['RSC-101'],
    async run(stage) {
      const { record, ...person } = await knownCandidate(stage);
      must(record.firstName === person.firstName, `firstName is “${record.firstName}”`);
      must(
        record.emailAddresses[0] === person.email,
        `emailAddresses holds ${JSON.stringify(record.emailAddresses)}`,
      );
      must(record.phoneNumbers?.[0]?.number === person.phone, 'the phone number is not sent');
      must(record.linkedInProfileUrl === person.profileUrl, 'linkedInProfileUrl is not sent');
      must(record.currentCompanyName === person.company, 'currentCompanyName is not sent');
      must(record.currentJobTitle === person.title, 'currentJobTitle is not sent');
      mustBeNow(stage, record.atsCreatedAt, 'atsCreatedAt of a new candidate');
      mustBeNow(stage, record.atsLastModifiedAt, 'atsLastModifiedAt of a new candidate');
      must(record.atsLastModifiedAt >= record.atsCreatedAt, 'atsLastModifiedAt lies before atsCreatedAt');
    },
  },
  {
    id: 'INDICATOR',
    module: 2,
    title: 'The candidate is marked as in the ATS, and the ATS keeps the match',
    rule: 'A matched member carries the indicator, and the ATS reads the person back and stores it in its own record.',
    needs: ['NEW-CANDIDATE'],
    async run(stage) {
      const person = await knownCandidate(stage);
      await stage.until(
        async () => (await stage.seats.r1.card(person.personId)) !== null,
        'the member has no In-ATS indicator',
      );
      const card = await stage.seats.r1.card(person.personId);
      must(card?.candidateName === person.name, `the indicator shows “${card?.candidateName}”`);
      await stage.until(
        () => stage.hands.sees(person.name, 'profile', ['urn:li:person:']),
        'the ATS does not store whom the candidate is matched with',
      );
    },
  },
  {
    id: 'CHANGED-CANDIDATE',
    module: 2,
    title: 'A change of a candidate arrives',
    rule: 'A candidate who is changed in the ATS is sent without any manual step and replaces the earlier state.',
    needs: ['NEW-CANDIDATE'],
    async run(stage) {
      const person = await addKnownCandidate(stage);
      await stage.hands.act({
        do: 'change a candidate',
        name: person.name,
        candidate: { ...person, title: 'Head of bridges' },
      });
      const find = async () =>
        (await stage.records('candidate')).find(({ key }) => key[0] === person.candidateId)?.record;
      await stage.until(
        async () => (await find())?.currentJobTitle === 'Head of bridges',
        'the change is not sent',
      );
      const record = await find();
      must(record?.atsCreatedAt === person.record.atsCreatedAt, 'a change moved atsCreatedAt');
      must(
        (record?.atsLastModifiedAt ?? 0) >= person.record.atsLastModifiedAt,
        'atsLastModifiedAt went back',
      );
      const tab = await stage.seats.r1.tab(person.personId);
      must(
        tab.some(({ title }) => title === 'Head of bridges'),
        'the recruiter app does not show the change',
      );
    },
  },
  {
    id: 'NO-EMAIL',
    module: 2,
    title: 'A candidate without an e-mail address is sent as such',
    rule: 'Missing values are left empty; made-up filler values are forbidden.',
    needs: ['NEW-CANDIDATE'],
    async run(stage) {
      const person = { ...stage.person(), email: null, phone: null, profileUrl: null, company: null };
      await stage.hands.act({ do: 'add a candidate', candidate: person });
      const find = async () =>
        (await stage.records('candidate')).find(({ record }) => record.lastName === person.lastName);
      await stage.until(
        async () => (await find()) !== undefined,
        'a candidate without an e-mail address is not sent',
      );
      const record = (await find())?.record;
      must(
        record?.emailAddresses.length === 0,
        `an e-mail address was made up: ${record?.emailAddresses.join()}`,
      );
      must((record?.phoneNumbers ?? []).length === 0, 'a phone number was made up');
      must(
        (record?.currentCompanyName ?? null) === null,
        `a company was made up: ${record?.currentCompanyName}`,
      );
    },
  },
  {
    id: 'CHANGED-JOB',
    module: 2,
    title: 'A job that is changed or closed arrives so',
    rule: 'A job that is created, changed or closed in the ATS is sent and replaces the earlier state; a closed one leaves the export list.',
    needs: ['RSC-101'],
    async run(stage) {
      const job = await openJob(stage);
      must(
        typeof job.record.description === 'string' && job.record.description.length >= 50,
        'the description is not sent',
      );
      must(
        Boolean(job.record.location ?? job.record.countryCode),
        'neither location nor countryCode is sent',
      );
      mustBeNow(stage, job.record.listedAt, 'listedAt of a new job');
      const find = async () => (await stage.records('job')).find(({ key }) => key[0] === job.id)?.record;
      const title = `${job.title} II`;
      await stage.hands.act({ do: 'rename a job', title: job.title, to: title });
      await stage.until(async () => (await find())?.title === title, 'a changed title is not sent');
      const isOffered = async () => (await stage.seats.r1.exportJobs(title)).some(({ id }) => id === job.id);
      must(await isOffered(), 'the open job is not in the export list');
      await stage.hands.act({ do: 'close a job', title });
      await stage.until(async () => (await find())?.state === 'CLOSED', 'a closed job is not sent as CLOSED');
      must(!(await isOffered()), 'the closed job is still in the export list');
    },
  },
  {
    id: 'APPLICATION',
    module: 2,
    title: 'An application with stages, note and feedback',
    rule: 'Applications are tied to candidate and job; stages, notes and feedback are sent as they come, with author and true time.',
    needs: ['NEW-CANDIDATE', 'CHANGED-JOB'],
    async run(stage) {
      const { hands } = stage;
      const { person, job, record } = await knownApplication(stage);
      const { name, candidateId } = person;
      must(
        record.atsCandidateId === candidateId,
        `the application is tied to ${record.atsCandidateId ?? 'no candidate'}, not to ${candidateId}`,
      );
      must(record.atsJobPostingName === job.title, 'atsJobPostingName is not the job’s title');
      must(record.candidateEmail === person.email, 'candidateEmail is not sent though the ATS has it');
      mustBeNow(stage, record.atsCreatedAt, 'atsCreatedAt of a new application');
      await hands.act({ do: 'move', name, job: job.title, stage: 'Screening' });
      await hands.act({ do: 'add an application note', name, job: job.title, text: 'Brought drawings.' });
      await hands.act({ do: 'add interview feedback', name, job: job.title, text: 'Explained loads well.' });
      const shown = async () =>
        (await stage.seats.r1.tab(person.personId))
          .flatMap(({ jobs }) => jobs)
          .find(({ jobId }) => jobId === job.id);
      await stage.until(
        async () => (await shown())?.stages[0]?.stage === 'Screening',
        'the move to another stage is not sent',
      );
      const seen = await shown();
      must(
        (seen?.stages.length ?? 0) >= 2,
        'the earlier stage is not there: every stage is a record of its own',
      );
      for (const { stage: name, at } of seen?.stages ?? [])
        mustBeNow(stage, at, `the time of the stage “${name}”`);
      must(
        seen?.notes.some(({ text }) => text === 'Brought drawings.') === true,
        'the application note is not sent',
      );
      must(seen?.notes.every(({ author }) => author !== null) === true, 'the application note has no author');
      for (const { at } of seen?.notes ?? []) mustBeNow(stage, at, 'the time of the application note');
      const feedback = seen?.feedback.find(({ text }) => text === 'Explained loads well.');
      must(feedback !== undefined, 'the interview feedback is not sent');
      must(
        feedback.author !== null && feedback.evaluations.length > 0,
        'the feedback has no interviewer or no evaluations',
      );
      mustBeNow(stage, feedback.at, 'the time of the feedback');
    },
  },
  {
    id: 'CANDIDATE-NOTE',
    module: 2,
    title: 'Candidate notes, written and changed',
    rule: 'Candidate notes are sent when they are written and when they are changed, with their author.',
    needs: ['NEW-CANDIDATE'],
    async run(stage) {
      const person = await addKnownCandidate(stage);
      const { name } = person;
      await stage.hands.act({ do: 'add a candidate note', name, text: 'Call in the morning.' });
      const texts = async () => (await stage.seats.r1.tab(person.personId)).flatMap(({ notes }) => notes);
      await stage.until(
        async () => (await texts()).some(({ text }) => text === 'Call in the morning.'),
        'the note is not sent',
      );
      for (const { at, author } of await texts()) {
        must(author !== null, 'the note has no author');
        mustBeNow(stage, at, 'the time of the note');
      }
      await stage.hands.act({
        do: 'change a candidate note',
        name,
        text: 'Call in the morning.',
        to: 'Call in the evening.',
      });
      await stage.until(
        async () => (await texts()).every(({ text }) => text === 'Call in the evening.'),
        'the changed note is not sent, or sent as another one',
      );
    },
  },
  {
    id: 'REFUSED',
    module: 2,
    title: 'A record that is refused is shown as refused',
    rule: 'The ATS looks at the status of every record, shows a refused one with its reason and does not count it as done.',
    needs: ['APPLICATION'],
    async run(stage) {
      const { person, job } = await knownApplication(stage);
      await stage.hands.act({ do: 'move', name: person.name, job: job.title, stage: 'Not Available' });
      await stage.until(
        () => stage.hands.setupShows(['Refused records', 'Not Available']),
        'the ATS does not show that the platform refused a stage called “Not Available”',
      );
      await stage.hands.act({ do: 'delete the newest stage', name: person.name, job: job.title });
    },
  },
  {
    id: 'RSC-204',
    module: 2,
    title: 'Further cases of module 2',
    rule: 'RSC-204 and later exist; their text is not known.',
    isUnknown: true,
  },
];
