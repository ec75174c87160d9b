import { newId, type Told } from '../ats.ts';
import type { Tx } from '../database.ts';
import type { Form } from '../form.ts';
import { type Action, type Actions, writes } from './action.ts';
import { apply } from './applications.ts';

const rowOf = (form: Form) => ({
  first_name: form.needed('firstName'),
  last_name: form.needed('lastName'),
  email: form.text('email'),
  phone: form.text('phone'),
  profile_url: form.text('profileUrl'),
  city: form.text('city'),
  country: form.text('country'),
  company: form.text('company'),
  title: form.text('title'),
  source: form.text('source'),
});

/** The profile widget's callbacks: the platform keeps the link itself, this ATS stores whom it is to. */
const link =
  (isLinked: boolean): Action =>
  ({ sql }, form, id) =>
    sql`update candidate set person_urn = ${isLinked ? form.needed('member') : null}, person_is_manual = ${isLinked} where id = ${id}`;

export const candidateActions: Actions = {
  '/candidates': writes(async (tx, told, form) => {
    const id = newId('C');
    await tx`insert into candidate ${tx({ id, ...rowOf(form), created_at: told.now, changed_at: told.now })}`;
    told.changed('candidate', id);
    return `/candidates/${id}`;
  }),

  '/candidates/:': writes(async (tx, told, form, id) => {
    await tx`update candidate set ${tx({ ...rowOf(form), changed_at: told.now })} where id = ${id}`;
    told.changed('candidate', id);
    await tellApplications(tx, told, id);
  }),

  // Notes go with their candidate, here and on the platform; applications stay as the jobs' history.
  '/candidates/:/delete': writes(async (tx, told, _, id) => {
    await tellApplications(tx, told, id);
    await tx`delete from candidate where id = ${id}`;
    told.deleted('candidate', id);
    return '/candidates';
  }),

  // Everything of the one becomes the other's.
  '/candidates/:/merge': writes(async (tx, told, form, loser) => {
    const survivor = form.needed('into');
    const notes = await tx<{ id: string }[]>`
      update candidate_note set candidate_id = ${survivor} where candidate_id = ${loser} returning id`;
    const applications = await tx<{ id: string }[]>`
      update application set candidate_id = ${survivor}, changed_at = ${told.now} where candidate_id = ${loser} returning id`;
    await tx`update document set candidate_id = ${survivor} where candidate_id = ${loser}`;
    await tx`update candidate set changed_at = ${told.now} where id = ${survivor}`;
    await tx`delete from candidate where id = ${loser}`;
    told.changed('candidate', survivor);
    told.changed('candidateNote', ...notes.map(({ id }) => id));
    told.changed('application', ...applications.map(({ id }) => id));
    told.merge = { survivor, loser };
    return `/candidates/${survivor}`;
  }),

  '/candidates/:/linked': link(true),
  '/candidates/:/unlinked': link(false),

  '/candidates/:/apply': writes(async (tx, told, form, id) => {
    await apply(tx, told, id, form.needed('jobId'), form.text('source'));
  }),

  '/candidates/:/documents': writes(async (tx, told, form, id) => {
    const { name, type, bytes } = await form.file('file');
    await tx`insert into document values (${newId('D')}, ${id}, ${name}, ${type}, ${Buffer.from(bytes)}, ${told.now})`;
    await tellApplications(tx, told, id); // it may be their résumé
  }),

  '/candidates/:/notes': writes(async (tx, told, form, candidateId) => {
    const id = newId('N');
    await tx`insert into candidate_note values (${id}, ${candidateId}, ${form.needed('authorId')}, ${form.needed('note')}, ${told.now})`;
    told.changed('candidateNote', id);
  }),

  '/notes/:': writes(async (tx, told, form, id) => {
    await tx`update candidate_note set note = ${form.needed('note')} where id = ${id}`;
    told.changed('candidateNote', id);
  }),

  '/notes/:/delete': writes(async (tx, told, _, id) => {
    const [note] = await tx<{ candidate: string }[]>`
      delete from candidate_note where id = ${id} returning candidate_id as candidate`;
    if (note) told.deleted('candidateNote', { ...note, id });
  }),
};

/** Applications carry their candidate's name, address and résumé. */
async function tellApplications(tx: Tx, told: Told, candidateId: string): Promise<void> {
  const rows = await tx<{ id: string }[]>`select id from application where candidate_id = ${candidateId}`;
  told.changed('application', ...rows.map(({ id }) => id));
}
