import { newId, type Told } from '../ats.ts';
import type { Tx } from '../database.ts';
import { FormError } from '../form.ts';
import { type Actions, writes } from './action.ts';

/** What hangs on an application, as its pages call it. */
const PARTS = {
  stage: { table: 'stage', kind: 'stage' },
  note: { table: 'application_note', kind: 'applicationNote' },
  feedback: { table: 'feedback', kind: 'interviewFeedback' },
} as const;

export const applicationActions: Actions = {
  // Each move is a stage of its own: the platform is told when somebody entered which.
  '/applications/:/move': writes(async (tx, told, form, application) => {
    const id = newId('S');
    await tx`insert into stage values (${id}, ${application}, ${form.needed('stage')}, ${told.now})`;
    await tx`update application set reason = ${form.text('reason')}, changed_at = ${told.now} where id = ${application}`;
    told.changed('stage', id);
    told.changed('application', application);
  }),

  '/applications/:/notes': writes(async (tx, told, form, application) => {
    const id = newId('N');
    await tx`insert into application_note values (${id}, ${application}, ${form.needed('authorId')}, ${form.needed('note')}, ${told.now})`;
    told.changed('applicationNote', id);
  }),

  '/applications/:/feedback': writes(async (tx, told, form, application) => {
    const id = newId('F');
    const kind = form.text('kind') === 'ONSITE' ? 'ONSITE' : 'PHONE_SCREEN';
    await tx`insert into feedback values (${id}, ${application}, ${form.needed('authorId')}, ${kind}, ${form.needed('attribute')},
      ${form.needed('result')}, ${form.needed('text')}, ${told.now})`;
    told.changed('interviewFeedback', id);
  }),

  '/applications/:/delete': writes(async (tx, told, _, id) => {
    await tx`delete from application where id = ${id}`;
    told.deleted('application', id);
  }),

  '/applications/:/:/:/delete': writes(async (tx, told, _, application, sort, id) => {
    const part = Object.entries(PARTS).find(([name]) => name === sort)?.[1];
    if (!part) throw new FormError(`An application has no ${sort}.`);
    const rows =
      await tx`delete from ${tx(part.table)} where id = ${id} and application_id = ${application} returning id`;
    if (rows.length > 0) told.deleted(part.kind, { application, id });
  }),
};

/** Once for each job: whoever comes again is in it already. */
export async function apply(
  tx: Tx,
  told: Told,
  candidateId: string,
  jobId: string,
  source: string | null,
): Promise<void> {
  const known = await tx`select 1 from application where candidate_id = ${candidateId} and job_id = ${jobId}`;
  if (known.length > 0) return;
  const [id, stageId] = [newId('A'), newId('S')];
  await tx`insert into application values (${id}, ${candidateId}, ${jobId}, ${source}, null, ${told.now}, ${told.now})`;
  await tx`insert into stage values (${stageId}, ${id}, 'Applied', ${told.now})`;
  told.changed('application', id);
  told.changed('stage', stageId);
}
