import type { RecordKind } from '@carrick/protocol';
import { type Check, must } from '../check.ts';
import type { Stage } from '../stage.ts';

async function countsAgree(
  stage: Stage,
  kinds: readonly Exclude<RecordKind, 'entityAcl' | 'entityAclAssignee'>[],
) {
  for (const kind of kinds) {
    const read = async () => (await stage.records(kind)).length;
    const expected = await stage.hands.count(kind);
    await stage.until(
      async () => (await read()) === expected,
      `the ATS has ${expected} records of the kind ${kind}, the platform ${await read()}`,
    );
  }
}

export const historyChecks: readonly Check[] = [
  {
    id: 'JOB-FIRST',
    module: 2,
    title: 'Job posting works, and comes before the rest',
    rule: 'Jobs are sent before anything that hangs on them: without working job posting nothing else can be certified.',
    needs: ['RSC-101'],
    async run(stage) {
      await stage.until(
        async () => (await stage.records('job')).length > 0,
        'no job arrives: begin with job posting',
      );
      const calls = (await stage.calls(stage.startedAt)).filter(({ records }) => records > 0);
      const first = (resource: RegExp) =>
        calls.findIndex((each) => resource.test(each.resource) && each.status < 300);
      const [job, application] = [first(/simpleJobPostings$|jobRequisitions$/i), first(/Applications$/)];
      must(
        job === -1 || application === -1 || job < application,
        'applications were sent before the first job',
      );
    },
  },
  {
    id: 'RSC-201',
    module: 2,
    title: 'All jobs of the history, closed ones too',
    rule: 'Historical jobs are sent, public and private, closed ones as CLOSED; counts agree; open ones stand in the export list.',
    needs: ['RSC-101'],
    async run(stage) {
      await countsAgree(stage, ['job']);
      const expected = await stage.hands.count('closedJob');
      const jobs = await stage.records('job');
      const closed = jobs.filter(({ record }) => record.state === 'CLOSED').length;
      must(closed === expected, `${expected} jobs are closed in the ATS, ${closed} here`);
      const secured = (await stage.records('entityAcl')).map(({ key }) => key);
      for (const { key, record } of jobs.filter(({ record }) => record.state !== 'CLOSED')) {
        const id = key[0] ?? '';
        if (secured.some((each) => each.includes(id))) continue;
        const offered = await stage.seats.r2.exportJobs(record.title ?? '');
        must(
          offered.some((job) => job.id === id),
          `the open job “${record.title}” is not in the export list`,
        );
      }
    },
  },
  {
    id: 'RSC-202',
    module: 2,
    title: 'All candidates of the history',
    rule: 'Historical candidates are sent with equal counts, and those of members carry the indicator.',
    needs: ['RSC-101'],
    run: (stage) => countsAgree(stage, ['candidate']),
  },
  {
    id: 'RSC-203',
    module: 2,
    title: 'All applications of the history',
    rule: 'Historical applications are sent with equal counts, each tied to its job and its candidate.',
    needs: ['RSC-101'],
    async run(stage) {
      await countsAgree(stage, ['application']);
      const jobs = new Set((await stage.records('job')).map(({ key }) => key[0]));
      const candidates = new Set((await stage.records('candidate')).map(({ key }) => key[0]));
      for (const { key, record } of await stage.records('application')) {
        must(
          jobs.has(record.atsJobPostingId),
          `application ${key[0]} names the job ${record.atsJobPostingId}, which was never sent`,
        );
        const { atsCandidateId } = record;
        must(
          typeof atsCandidateId !== 'string' || candidates.has(atsCandidateId),
          `application ${key[0]} names the candidate ${atsCandidateId}, who was never sent`,
        );
      }
    },
  },
  {
    id: 'HISTORY-DETAILS',
    module: 2,
    title: 'Notes, stages and feedback of the history',
    rule: 'Historical candidate notes, stages, interview feedback and application notes are sent with equal counts.',
    needs: ['RSC-101'],
    run: (stage) => countsAgree(stage, ['candidateNote', 'stage', 'interviewFeedback', 'applicationNote']),
  },
  {
    id: 'KINDS',
    module: 2,
    title: 'Every required kind is sent',
    rule: 'Jobs, candidates, applications, stages, and access lists or the visibility defaults in their place, are required.',
    needs: ['RSC-101'],
    async run(stage) {
      const missing: string[] = [];
      for (const kind of ['job', 'candidate', 'application', 'stage'] as const)
        if ((await stage.records(kind)).length === 0) missing.push(kind);
      const isOpen = (await stage.configuration('ONE_CLICK_EXPORT', 'JOB_POSTING_VIEWERS')) !== null;
      if (!isOpen && (await stage.records('entityAcl')).length === 0)
        missing.push('access lists or visibility defaults');
      must(missing.length === 0, `never sent: ${missing.join(', ')}`);
    },
  },
];
