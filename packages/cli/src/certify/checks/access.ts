import { type Check, must } from '../check.ts';
import type { Stage } from '../stage.ts';
import { openJob } from './configuration.ts';
import { applyFor, knownCandidate } from './increments.ts';

const sees = async ({ seats }: Stage, who: 'r1' | 'r2', job: { id: string; title: string }) =>
  (await seats[who].exportJobs(job.title)).some(({ id }) => id === job.id);
const seesApplication = async ({ seats }: Stage, who: 'r1' | 'r2', personId: string, jobId: string) =>
  (await seats[who].tab(personId)).some(({ jobs }) => jobs.some((job) => job.jobId === jobId));

/** A team with the first recruiter in it, and a job of that team. */
const secured = (stage: Stage) => stage.once('secured job', () => secure(stage));

/** Somebody who applied for the secured job. */
const applied = (stage: Stage) =>
  stage.once('secured application', async () => {
    const { job } = await secured(stage);
    const person = await knownCandidate(stage);
    await applyFor(stage, person.name, person.lastName, job);
    await stage.until(
      () => seesApplication(stage, 'r1', person.personId, job.id),
      'the assigned user does not see the application',
    );
    return person;
  });

async function secure(stage: Stage) {
  const team = stage.name('Bridge team');
  const { email } = stage.seats.r1;
  await stage.hands.act({ do: 'bind a user', email });
  await stage.hands.act({ do: 'make a team', team });
  await stage.hands.act({ do: 'add a user to the team', team, email });
  const job = await openJob(stage, { team });
  await stage.until(
    () => sees(stage, 'r1', job),
    'the assigned user does not see the secured job in the export list',
  );
  must(!(await sees(stage, 'r2', job)), 'a user who is not assigned sees the secured job in the export list');
  return { team, job, email };
}

export const accessChecks: readonly Check[] = [
  {
    id: 'RSC-401',
    module: 4,
    title: 'A job is secured and users are assigned',
    rule: 'An assigned user sees the secured job in the export list, others do not.',
    needs: ['CHANGED-JOB'],
    async run(stage) {
      await secured(stage);
    },
  },
  {
    id: 'RSC-402',
    module: 4,
    title: 'A candidate and an application on the secured job',
    rule: 'An assigned user sees the application in the indicator, with its stages and notes; others do not.',
    needs: ['RSC-401', 'APPLICATION'],
    async run(stage) {
      const { job } = await secured(stage);
      const person = await applied(stage);
      must(
        !(await seesApplication(stage, 'r2', person.personId, job.id)),
        'a user who is not assigned sees the application',
      );
    },
  },
  {
    id: 'RSC-403',
    module: 4,
    title: 'The users are removed',
    rule: 'The job leaves their list and its applications their indicator, for every candidate.',
    needs: ['RSC-402'],
    async run(stage) {
      const { team, job, email } = await secured(stage);
      const person = await applied(stage);
      await stage.hands.act({ do: 'remove a user from the team', team, email });
      await stage.until(
        async () => !(await sees(stage, 'r1', job)),
        'a user who was removed still sees the job',
      );
      must(
        !(await seesApplication(stage, 'r1', person.personId, job.id)),
        'a user who was removed still sees the application',
      );
    },
  },
  {
    id: 'RSC-404',
    module: 4,
    title: 'The users are added again',
    rule: 'Job and applications are visible again.',
    needs: ['RSC-403'],
    async run(stage) {
      const { team, job, email } = await secured(stage);
      const person = await applied(stage);
      if (await sees(stage, 'r1', job)) {
        await stage.hands.act({ do: 'remove a user from the team', team, email });
        await stage.until(
          async () => !(await sees(stage, 'r1', job)),
          'a user who was removed still sees the job',
        );
      }
      await stage.hands.act({ do: 'add a user to the team', team, email });
      await stage.until(() => sees(stage, 'r1', job), 'a user who was added again does not see the job');
      must(
        await seesApplication(stage, 'r1', person.personId, job.id),
        'a user who was added again does not see the application',
      );
    },
  },
];
