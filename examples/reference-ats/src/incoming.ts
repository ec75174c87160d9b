import type { ExportedCandidate, Handlers, MailStub } from '@carrick/connector';
import { apply } from './actions/applications.ts';
import { type Ats, newId, type Told, write } from './ats.ts';
import type { Tx } from './database.ts';

/** What comes back from the platform, and what this ATS does with it. The connector calls again after a crash: each bears it. */
export function handlers(ats: () => Ats): Handlers {
  return {
    async matched(_, candidateId, person) {
      await ats()
        .sql`update candidate set person_urn = ${person}, person_is_manual = person_is_manual and person_urn is not distinct from ${person}
        where id = ${candidateId}`;
    },

    exported: (_, exported) => takeExport(ats(), exported),
    stub: (_, stub) => takeStub(ats(), stub),

    contactWithdrawn: (_, { candidateIds, emailAddresses, phoneNumbers }) =>
      write(ats(), async (tx, told) => {
        await tx`update candidate set email = case when email = any(${[...emailAddresses]}) then null else email end,
          phone = case when phone = any(${[...phoneNumbers]}) then null else phone end, changed_at = ${told.now} where id = any(${[...candidateIds]})`;
        told.changed('candidate', ...candidateIds);
      }),

    // Kept under the person who is a candidate: the record shows both sides of the conversation.
    async message(_, { id, author, recipients, subject, body, createdAt }) {
      const { sql } = ats();
      for (const person of [author, ...recipients]) {
        if (person === null) continue;
        const isTheirs = person === author;
        await sql`insert into message select ${`${id} ${person}`}, ${person}, ${isTheirs}::boolean,
            case when ${isTheirs} then first_name || ' ' || last_name else 'A recruiter' end, ${subject}, ${body}, ${new Date(createdAt)}::timestamptz
          from candidate where person_urn = ${person} limit 1 on conflict (id) do update set body = excluded.body`;
      }
    },

    async note(_, { id, isDeleted, person, text, modifiedAt }) {
      const { sql } = ats();
      if (isDeleted || person === null || text === null)
        await sql`delete from recruiter_note where id = ${id}`;
      else
        await sql`insert into recruiter_note values (${id}, ${person}, ${text}, ${new Date(modifiedAt)})
          on conflict (id) do update set note = excluded.note, changed_at = excluded.changed_at`;
    },

    async profileClosed(_, { candidateIds }) {
      await ats()
        .sql`update candidate set comment = 'This person closed their account on the network: decide whether to delete the record.'
        where id = any(${[...candidateIds]})`;
    },
  };
}

/** A candidate, and only one for a person however often they are exported: with the job the recruiter chose. */
function takeExport(ats: Ats, exported: ExportedCandidate): Promise<string> {
  return write(ats, async (tx, told) => {
    const { jobId, knownCandidateId } = exported;
    const id =
      (await candidateOf(tx, exported.person, knownCandidateId)) ??
      (await addPerson(tx, told, {
        ...personRow(exported),
        company: exported.currentEmployers[0] ?? null,
        title: exported.headline,
        city: exported.location,
      }));
    told.changed('candidate', id);
    const [job] = await tx`select 1 from job where id = ${jobId}`;
    if (jobId !== null && job) await apply(tx, told, id, jobId, 'LinkedIn');
    return id;
  });
}

/**
 * Who answered a recruiter. What they agreed to share stands in the record as their own word, and who was no candidate becomes one by
 * agreeing. After a no there is nothing to store of somebody who is none.
 */
function takeStub(ats: Ats, stub: MailStub): Promise<void> {
  return write(ats, async (tx, told) => {
    const known = await candidateOf(tx, stub.person, stub.candidateIds[0] ?? null);
    if (known === null && stub.emailAddresses.length === 0) return;
    const ids = new Set([known ?? (await addPerson(tx, told, personRow(stub))), ...stub.candidateIds]);
    await tx`update candidate set first_name = ${stub.firstName}, last_name = ${stub.lastName},
      email = coalesce(${stub.emailAddresses[0] ?? null}, email), phone = coalesce(${stub.phoneNumbers[0] ?? null}, phone),
      title = coalesce(${stub.currentTitle}, title), company = coalesce(${stub.currentCompany}, company),
      comment = coalesce('Profile location: ' || ${stub.location}::text, comment), changed_at = ${told.now} where id = any(${[...ids]})`;
    told.changed('candidate', ...ids);
  });
}

/** The candidate who is this person. The person is locked: two of one must not be made at once. */
async function candidateOf(tx: Tx, person: string, knownId: string | null): Promise<string | null> {
  await tx`select pg_advisory_xact_lock(hashtext(${person}))`;
  const [known] = await tx<{ id: string }[]>`
    select id from candidate where id = ${knownId} or person_urn = ${person} order by id = ${knownId} desc nulls last limit 1`;
  return known?.id ?? null;
}

const personRow = ({ person, firstName, lastName, emailAddresses, profileUrl }: PersonFields) => ({
  ...{ person_urn: person, first_name: firstName, last_name: lastName, profile_url: profileUrl },
  email: emailAddresses[0] ?? null,
});
type PersonFields = Pick<
  ExportedCandidate,
  'person' | 'firstName' | 'lastName' | 'emailAddresses' | 'profileUrl'
>;

async function addPerson(tx: Tx, told: Told, row: Readonly<Record<string, string | null>>): Promise<string> {
  const id = newId('C');
  await tx`insert into candidate ${tx({ id, ...row, source: 'LinkedIn', created_at: told.now, changed_at: told.now })}`;
  return id;
}
