import { type Check, must } from '../check.ts';
import type { Stage } from '../stage.ts';
import { openJob } from './configuration.ts';
import { addKnownCandidate, applyFor } from './increments.ts';

async function withNotes(stage: Stage) {
  const person = await addKnownCandidate(stage);
  await stage.hands.act({ do: 'add a candidate note', name: person.name, text: 'Will be deleted.' });
  await stage.until(
    async () => (await stage.seats.r1.tab(person.personId)).some(({ notes }) => notes.length > 0),
    'the candidate’s note does not arrive',
  );
  return person;
}

/** An application with a note, feedback and two stages. */
async function withHistory(stage: Stage) {
  const person = await addKnownCandidate(stage);
  const job = await openJob(stage);
  const { name, personId } = person;
  await applyFor(stage, name, person.lastName, job);
  await stage.hands.act({ do: 'move', name, job: job.title, stage: 'Screening' });
  await stage.hands.act({ do: 'add an application note', name, job: job.title, text: 'Will be deleted.' });
  await stage.hands.act({ do: 'add interview feedback', name, job: job.title, text: 'Will be deleted.' });
  const shown = async () =>
    (await stage.seats.r1.tab(personId)).flatMap(({ jobs }) => jobs).find(({ jobId }) => jobId === job.id);
  await stage.until(async () => {
    const seen = await shown();
    return seen?.stages.length === 2 && seen.notes.length === 1 && seen.feedback.length === 1;
  }, 'an application with stages, note and feedback does not arrive complete');
  return { name, job: job.title, shown };
}

export const deletionChecks: readonly Check[] = [
  {
    id: 'RSC-501',
    module: 5,
    title: 'Candidate notes are deleted, then the candidate',
    rule: 'The notes vanish, then the indicator vanishes.',
    needs: ['CANDIDATE-NOTE'],
    async run(stage) {
      const { name, personId } = await withNotes(stage);
      await stage.hands.act({ do: 'delete the candidate notes', name });
      await stage.until(
        async () => (await stage.seats.r1.tab(personId)).every(({ notes }) => notes.length === 0),
        'a candidate note that was deleted in the ATS is still shown',
      );
      await stage.hands.act({ do: 'delete a candidate', name });
      await stage.until(
        async () => (await stage.seats.r1.card(personId)) === null,
        'a candidate who was deleted in the ATS still has the indicator',
      );
    },
  },
  {
    id: 'RSC-502',
    module: 5,
    title: 'A candidate is deleted in one step',
    rule: 'Notes and indicator vanish.',
    needs: ['CANDIDATE-NOTE'],
    async run(stage) {
      const { name, personId, candidateId } = await withNotes(stage);
      await stage.hands.act({ do: 'delete a candidate', name });
      await stage.until(
        async () => (await stage.seats.r1.card(personId)) === null,
        'a candidate who was deleted in the ATS still has the indicator',
      );
      const notes = (await stage.records('candidateNote')).filter(({ key }) => key.includes(candidateId));
      must(notes.length === 0, 'notes of a deleted candidate are still there');
    },
  },
  {
    id: 'RSC-503',
    module: 5,
    title: 'Application notes, stages, feedback and the application are deleted one by one',
    rule: 'Each vanishes from the indicator.',
    needs: ['APPLICATION'],
    async run(stage) {
      const { name, job, shown } = await withHistory(stage);
      await stage.hands.act({ do: 'delete the application notes', name, job });
      await stage.until(
        async () => (await shown())?.notes.length === 0,
        'a deleted application note is still shown',
      );
      await stage.hands.act({ do: 'delete the newest stage', name, job });
      await stage.until(async () => (await shown())?.stages.length === 1, 'a deleted stage is still shown');
      await stage.hands.act({ do: 'delete the feedback', name, job });
      await stage.until(
        async () => (await shown())?.feedback.length === 0,
        'deleted interview feedback is still shown',
      );
      await stage.hands.act({ do: 'delete the application', name, job });
      await stage.until(async () => (await shown()) === undefined, 'a deleted application is still shown');
    },
  },
  {
    id: 'RSC-504',
    module: 5,
    title: 'An application is deleted in one step',
    rule: 'Its notes, stages and feedback go with it.',
    needs: ['APPLICATION'],
    async run(stage) {
      const { name, job, shown } = await withHistory(stage);
      await stage.hands.act({ do: 'delete the application', name, job });
      await stage.until(async () => (await shown()) === undefined, 'a deleted application is still shown');
    },
  },
  {
    id: 'RSC-505',
    module: 5,
    title: 'Versioned APIs',
    rule: 'The way to the versioned APIs is shown, with little work for developers.',
    byEye: 'explain how the version is set; carrick lint-dialect shows what differs',
  },
];
