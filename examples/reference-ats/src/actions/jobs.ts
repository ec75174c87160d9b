import { newId, type Told } from '../ats.ts';
import type { Tx } from '../database.ts';
import type { Form } from '../form.ts';
import { type Actions, writes } from './action.ts';

const rowOf = (form: Form) => ({
  title: form.needed('title'),
  description: form.needed('description'),
  location: form.needed('location'),
  is_public: form.text('isPublic') === 'yes',
  team_id: form.text('teamId'), // null: every recruiter sees it
});

export const jobActions: Actions = {
  '/jobs': writes(async (tx, told, form) => {
    const row = { id: newId('J'), ...rowOf(form), opened_at: told.now };
    await tx`insert into job ${tx(row)}`;
    told.changed('job', row.id);
    if (row.team_id !== null) told.changed('entityAcl', row.id);
    return `/jobs/${row.id}`;
  }),

  '/jobs/:': writes(async (tx, told, form, id) => {
    const row = rowOf(form);
    const [before] = await tx<
      { team_id: string | null }[]
    >`select team_id from job where id = ${id} for update`;
    await tx`update job set ${tx(row)} where id = ${id}`;
    // In whatever order it is told: the connector sends the job before the rule that secures it.
    told.changed('job', id);
    if (row.team_id !== null) told.changed('entityAcl', id);
    if (before?.team_id && before.team_id !== row.team_id)
      told.deleted('entityAcl', { acl: before.team_id, job: id });
    // Applications carry their job's name.
    const applications = await tx<{ id: string }[]>`select id from application where job_id = ${id}`;
    told.changed('application', ...applications.map((each) => each.id));
  }),

  '/jobs/:/close': writes((tx, told, _, id) => openOrClose(tx, told, id, false)),
  '/jobs/:/reopen': writes((tx, told, _, id) => openOrClose(tx, told, id, true)),
};

async function openOrClose(tx: Tx, told: Told, id: string, isOpen: boolean): Promise<void> {
  await tx`update job set is_open = ${isOpen} where id = ${id}`;
  told.changed('job', id);
}
