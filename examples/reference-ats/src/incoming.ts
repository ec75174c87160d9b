import type {
  ConversationEvent,
  ExportedCandidate,
  Handlers,
  MailStub,
  ProspectNote,
} from '@carrick/connector';
import { type Ats, newId, write } from './ats.ts';
import { applyIn } from './hiring.ts';

/** What comes back from the platform, and what this ATS does with it. The connector calls again after a crash: each bears it. */
export function handlers(ats: () => Ats): Handlers {
  return {
    async matched(_customer, candidateId, person) {
      await ats()
        .sql`update candidate set person_urn = ${person}, person_is_manual = person_is_manual and person_urn is not distinct from ${person}
        where id = ${candidateId}`;
    },
    exported: (_customer, candidate) => takeExport(ats(), candidate),
    message: (_customer, event) => takeMessage(ats(), event),
    stub: (_customer, stub) => takeStub(ats(), stub),
    contactWithdrawn: (_customer, stub) => withdrawContact(ats(), stub),
    note: (_customer, note) => takeNote(ats(), note),
    async profileClosed(_customer, { candidateIds }) {
      await ats()
        .sql`update candidate set comment = 'This person closed their account on the network: decide whether to delete the record.'
        where id = any(${[...candidateIds]})`;
    },
  };
}

/** A candidate, and only one for a person however often they are exported: with the job the recruiter chose. */
function takeExport(ats: Ats, exported: ExportedCandidate): Promise<string> {
  return write(ats, async (tx, told) => {
    const { person, jobId, knownCandidateId } = exported;
    // A record without a job of the platform's must not be made twice either: the person is locked first.
    await tx`select pg_advisory_xact_lock(hashtext(${person}))`;
    const [known] = await tx<{ id: string }[]>`
      select id from candidate where id = ${knownCandidateId} or person_urn = ${person} order by id = ${knownCandidateId} desc nulls last limit 1`;
    const id = known?.id ?? newId('C');
    if (!known)
      await tx`insert into candidate (id, first_name, last_name, email, profile_url, company, title, city, source, person_urn, created_at, changed_at)
        values (${id}, ${exported.firstName}, ${exported.lastName}, ${exported.emailAddresses[0] ?? null}, ${exported.profileUrl},
          ${exported.currentEmployers[0] ?? null}, ${exported.headline}, ${exported.location}, 'LinkedIn', ${person}, ${ats.now()}, ${ats.now()})`;
    told.changed('candidate', id);
    const [job] = await tx`select 1 from job where id = ${jobId}`;
    if (jobId !== null && job) await applyIn(tx, told, ats.now(), id, jobId, 'LinkedIn');
    return id;
  });
}

async function takeMessage(ats: Ats, event: ConversationEvent): Promise<void> {
  const { sql } = ats;
  // Kept under the person who is a candidate: the record shows both sides of the conversation.
  for (const person of [event.author, ...event.recipients]) {
    if (person === null) continue;
    const [candidate] = await sql<{ name: string }[]>`
      select first_name || ' ' || last_name as name from candidate where person_urn = ${person}`;
    if (!candidate) continue;
    const isTheirs = person === event.author;
    await sql`insert into message values (${`${event.id} ${person}`}, ${person}, ${isTheirs}, ${isTheirs ? candidate.name : 'A recruiter'},
      ${event.subject}, ${event.body}, ${new Date(event.createdAt)}) on conflict (id) do update set body = excluded.body`;
  }
}

/** What a member agreed to share after an answer: it stands in the record as their own word. */
function takeStub(ats: Ats, stub: MailStub): Promise<void> {
  return write(ats, async (tx, told) => {
    for (const id of stub.candidateIds) {
      await tx`update candidate set first_name = ${stub.firstName}, last_name = ${stub.lastName},
        email = coalesce(${stub.emailAddresses[0] ?? null}, email), phone = coalesce(${stub.phoneNumbers[0] ?? null}, phone),
        title = coalesce(${stub.currentTitle}, title), company = coalesce(${stub.currentCompany}, company),
        comment = coalesce(${stub.location}, comment), changed_at = ${ats.now()} where id = ${id}`;
      told.changed('candidate', id);
    }
  });
}

function withdrawContact(ats: Ats, stub: MailStub): Promise<void> {
  return write(ats, async (tx, told) => {
    for (const id of stub.candidateIds) {
      await tx`update candidate set email = case when email = any(${[...stub.emailAddresses]}) then null else email end,
        phone = case when phone = any(${[...stub.phoneNumbers]}) then null else phone end, changed_at = ${ats.now()} where id = ${id}`;
      told.changed('candidate', id);
    }
  });
}

async function takeNote(ats: Ats, { id, isDeleted, person, text, modifiedAt }: ProspectNote): Promise<void> {
  const { sql } = ats;
  if (isDeleted || person === null || text === null) {
    await sql`delete from recruiter_note where id = ${id}`;
    return;
  }
  await sql`insert into recruiter_note values (${id}, ${person}, ${text}, ${new Date(modifiedAt)})
    on conflict (id) do update set note = excluded.note, changed_at = excluded.changed_at`;
}
