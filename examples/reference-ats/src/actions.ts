import type { IntegrationTriple } from '@carrick/connector';
import type { Ats } from './ats.ts';
import { type Form, FormError } from './form.ts';
import * as hiring from './hiring.ts';
import { KINDS, readHistory } from './records.ts';

/** What a form does; the answer is the page to go to next. */
type Action = (ids: readonly string[], form: Form) => Promise<string>;

/** Every form of this ATS by its path, in which `:` stands for an id. */
export function actionsOf(ats: Ats, provision: () => Promise<void>): Readonly<Record<string, Action>> {
  const { connector, customerId, sql } = ats;
  const then = async (page: string, work: Promise<unknown>) => {
    await work;
    return page;
  };
  const permissions = (work: Promise<unknown>) => then('/permissions', work);
  const setup = (work: Promise<unknown>) => then('/setup', work);
  const job = (id: string, work: Promise<unknown>) => then(`/jobs/${id}`, work);
  const candidate = (id: string, tab: string, work: Promise<unknown>) =>
    then(`/candidates/${id}?tab=${tab}`, work);
  /** The candidate is asked for before the work, which may delete what leads to it. */
  const application = async (id: string, work: () => Promise<unknown>) => {
    const [row] = await sql<
      { candidate_id: string | null }[]
    >`select candidate_id from application where id = ${id}`;
    await work();
    return row?.candidate_id ? `/candidates/${row.candidate_id}?tab=interviews#${id}` : '/candidates';
  };
  const note = async (id: string, work: () => Promise<unknown>) => {
    const [row] = await sql<
      { candidate_id: string }[]
    >`select candidate_id from candidate_note where id = ${id}`;
    return candidate(row?.candidate_id ?? '', 'discussions', work());
  };
  const link = (id: string, person: string | null) =>
    sql`update candidate set person_urn = ${person}, person_is_manual = ${person !== null} where id = ${id}`;

  return {
    '/jobs': async (_, form) => `/jobs/${await hiring.saveJob(ats, null, jobForm(form))}`,
    '/jobs/:': ([id = ''], form) => job(id, hiring.saveJob(ats, id, jobForm(form))),
    '/jobs/:/close': ([id = '']) => job(id, hiring.openOrCloseJob(ats, id, false)),
    '/jobs/:/reopen': ([id = '']) => job(id, hiring.openOrCloseJob(ats, id, true)),

    '/candidates': async (_, form) =>
      `/candidates/${await hiring.saveCandidate(ats, null, candidateForm(form))}`,
    '/candidates/:': ([id = ''], form) =>
      candidate(id, 'profile', hiring.saveCandidate(ats, id, candidateForm(form))),
    '/candidates/:/delete': ([id = '']) => then('/candidates', hiring.deleteCandidate(ats, id)),
    '/candidates/:/merge': ([id = ''], form) =>
      candidate(form.needed('into'), 'profile', hiring.mergeCandidates(ats, id, form.needed('into'))),
    '/candidates/:/notes': ([id = ''], form) =>
      candidate(
        id,
        'discussions',
        hiring.addCandidateNote(ats, id, form.needed('authorId'), form.needed('note')),
      ),
    '/candidates/:/apply': ([id = ''], form) =>
      candidate(id, 'interviews', hiring.apply(ats, id, form.needed('jobId'), form.text('source'))),
    '/candidates/:/documents': async ([id = ''], form) =>
      candidate(id, 'documents', hiring.addDocument(ats, id, await form.file('file'))),
    // The profile widget's callbacks: the platform keeps the link itself, this ATS stores whom it is to.
    '/candidates/:/linked': ([id = ''], form) => candidate(id, 'profile', link(id, form.needed('member'))),
    '/candidates/:/unlinked': ([id = '']) => candidate(id, 'profile', link(id, null)),
    '/notes/:': ([id = ''], form) => note(id, () => hiring.editCandidateNote(ats, id, form.needed('note'))),
    '/notes/:/delete': ([id = '']) => note(id, () => hiring.deleteCandidateNote(ats, id)),

    '/applications/:/move': ([id = ''], form) =>
      application(id, () => hiring.moveTo(ats, id, form.needed('stage'), form.text('reason'))),
    '/applications/:/notes': ([id = ''], form) =>
      application(id, () => hiring.addApplicationNote(ats, id, form.needed('authorId'), form.needed('note'))),
    '/applications/:/feedback': ([id = ''], form) =>
      application(id, () => hiring.addFeedback(ats, id, feedbackForm(form))),
    '/applications/:/delete': ([id = '']) => application(id, () => hiring.deleteApplication(ats, id)),
    '/applications/:/stage/:/delete': ([id = '', own = '']) =>
      application(id, () => hiring.deleteChild(ats, 'stage', own)),
    '/applications/:/note/:/delete': ([id = '', own = '']) =>
      application(id, () => hiring.deleteChild(ats, 'note', own)),
    '/applications/:/feedback/:/delete': ([id = '', own = '']) =>
      application(id, () => hiring.deleteChild(ats, 'feedback', own)),

    '/teams': (_, form) => permissions(hiring.addTeam(ats, form.needed('name'))),
    '/teams/:/join': ([id = ''], form) => permissions(hiring.joinTeam(ats, id, form.needed('staffId'))),
    '/teams/:/:/leave': ([id = '', staffId = '']) => permissions(hiring.leaveTeam(ats, id, staffId)),
    '/staff': (_, form) =>
      permissions(
        hiring.addStaff(ats, form.needed('firstName'), form.needed('lastName'), form.needed('email')),
      ),
    '/staff/:/bind': ([id = ''], form) =>
      permissions(connector.customers.bindUser(customerId, id, form.needed('person'))),
    '/staff/:/unbind': ([id = '']) => permissions(connector.customers.bindUser(customerId, id, null)),

    '/setup/provision': () => setup(provision()),
    '/setup/integrations': (_, form) => setup(connector.customers.onboarded(customerId, triplesOf(form))),
    '/setup/sync': () => setup(connector.runOnce()),
    '/setup/history': () => setup(connector.backfill(customerId, readHistory(sql, ats.base))),
    '/setup/retry': () => setup(connector.quarantine.retry(customerId)),
    '/setup/confirm/:': async ([name = '']) => {
      const kind = KINDS.find((known) => known === name);
      if (!kind) throw new FormError(`There are no records called ${name}.`);
      return setup(connector.confirmDeletes(customerId, kind));
    },
  };
}

function jobForm(form: Form): hiring.JobForm {
  return {
    title: form.needed('title'),
    description: form.needed('description'),
    location: form.needed('location'),
    isPublic: form.text('isPublic') === 'yes',
    teamId: form.text('teamId'),
  };
}

function candidateForm(form: Form): hiring.CandidateForm {
  return {
    firstName: form.needed('firstName'),
    lastName: form.needed('lastName'),
    email: form.text('email'),
    phone: form.text('phone'),
    profileUrl: form.text('profileUrl'),
    city: form.text('city'),
    country: form.text('country'),
    company: form.text('company'),
    title: form.text('title'),
    source: form.text('source'),
  };
}

function feedbackForm(form: Form): hiring.FeedbackForm {
  return {
    interviewerId: form.needed('authorId'),
    kind: form.text('kind') === 'ONSITE' ? 'ONSITE' : 'PHONE_SCREEN',
    attribute: form.needed('attribute'),
    result: form.needed('result'),
    text: form.needed('text'),
  };
}

const MEMBERS = ['integrationContext', 'integrationType', 'tenantType'] as const;

/** The onboarding widget hands a list of integrations to our page, and our page hands it on as it is. */
function triplesOf(form: Form): IntegrationTriple[] {
  const given: unknown = JSON.parse(form.needed('integrations'));
  if (!Array.isArray(given)) throw new FormError('A list of integrations is needed.');
  return given.map((each: Partial<IntegrationTriple>) => {
    for (const name of MEMBERS)
      if (typeof each?.[name] !== 'string') throw new FormError(`An integration has no ${name}.`);
    return each as IntegrationTriple; // checked
  });
}
