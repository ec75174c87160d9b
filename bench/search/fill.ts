import { connect } from '../../packages/platform/src/kernel/connect.ts';

export interface Tenant {
  readonly tenantId: number;
  readonly contractId: number;
  readonly atsNo: number;
  /** Signs in to the recruiter app. */
  readonly email: string;
  /** Matched members with applications; as many candidates again are matched with nobody. */
  readonly applicants: number;
}

export const JOBS = 10_000;
export const ACLS = 500;
const AT = 1_700_000_000_000;

/** Which of `many` a number has, without a pattern that another choice could share. */
const pick = (many: number, seed: number, n = 'n'): string =>
  `(abs(hashint8extended(${n}, ${seed})) % ${many})`;

/**
 * The directory: 200 titles, 20,000 companies, eight skills each of 500, the commoner the lower their number. As the owner and as
 * sets, because how they come in is not what is measured.
 */
export async function fillDirectory(ownerUrl: string, members: number): Promise<void> {
  const sql = connect(ownerUrl, { max: 1 });
  const choice = (many: number, seed: number) => sql.unsafe(pick(many, seed));
  const skill = sql.unsafe(`'skill' || floor(500 * power(${pick(1000, 3, 'n * 8 + k')} / 1000.0, 3))`);
  await sql`
    insert into member (external_id, first_name, last_name, titles, location, industry, open_to_work, doc, doc_sha256, search_doc, updated_at)
    select 'm' || n, 'First' || n % 400, 'Last' || n % 5000, array[title], 'Town' || n % 200, 'Industry' || n % 40, n % 9 = 0,
      jsonb_build_object(
        'positions', jsonb_build_array(jsonb_build_object('title', title, 'companyName', company, 'startDate', (1995 + n % 30) || '-01')),
        'skills', to_jsonb(skills)
      ), '',
      to_tsvector('simple', 'First' || n % 400 || ' Last' || n % 5000 || ' ' || title || ' Town' || n % 200 || ' ' || company || ' '
        || array_to_string(skills, ' ')), ${AT}
    from (
      select n, 'Title' || ${choice(200, 1)} || ' Worker' || n % 20 as title, 'Company' || ${choice(20_000, 2)} as company,
        array(select ${skill} from generate_series(1, 8) k) as skills
      from generate_series(1, ${members}::bigint) n
    ) r`;
  await sql.end();
}

/** Twenty seats with a hundred connections each, those of the newest members, the tenant's own among them; jobs, three in ten secured by one of the ACLs, the viewer in each twentieth. */
export async function fillTenant(
  ownerUrl: string,
  { tenantId, contractId, atsNo, applicants }: Tenant,
  members: number,
): Promise<void> {
  const sql = connect(ownerUrl, { max: 1 });
  await sql`select set_config('carrick.tenant_id', ${String(tenantId)}, false)`;
  await sql`
    insert into member_connection (member_id, other_external_id)
    select m.member_id, 'm' || (1 + (m.member_id * 7 + k * 131) % ${members}::int)
    from (select member_id from member order by member_id desc limit 20) m, generate_series(1, 100) k on conflict do nothing`;
  await sql`
    insert into seat (tenant_id, contract_id, member_id, email, password_hash, created_at)
    select ${tenantId}, ${contractId}, member_id, 'seat' || member_id || '@bench.example', '', ${AT}
    from (select member_id from member order by member_id desc limit 20) m on conflict do nothing`;
  await sql`
    insert into job (tenant_id, ats_no, id, title, description, company_apply_url, listed_at, state, availability, access_restricted, received_at)
    select ${tenantId}, ${atsNo}, 'j' || n, 'Job ' || n, '', 'https://jobs.example', ${AT}, 'LISTED', 'PUBLIC', false, ${AT}
    from generate_series(0, ${JOBS - 1}::int) n`;
  await sql`
    insert into entity_acl (tenant_id, ats_no, acl_id, entity_type, entity_id, received_at)
    select ${tenantId}, ${atsNo}, 'acl' || n % ${ACLS}::int, 'JOB_POSTING', 'j' || n, ${AT}
    from generate_series(0, ${JOBS - 1}::int) n where n % 10 < 3`;
  await sql`
    insert into acl_assignee (tenant_id, ats_no, acl_id, entity_type, member_id, received_at)
    select ${tenantId}, ${atsNo}, 'acl' || a, 'JOB_POSTING', m.member_id, ${AT}
    from generate_series(0, ${ACLS - 1}::int, 20) a, (select member_id from member order by member_id desc limit 20) m`;
  await sql`
    insert into candidate (tenant_id, ats_no, id, ats_created_at, ats_last_modified_at, first_name, last_name, email_addresses,
      current_job_title, current_company_name, received_at)
    select ${tenantId}, ${atsNo}, 'c' || n, ${AT}, ${AT}, 'First' || n % 400, 'Last' || n % 5000, '[]', 'Title' || n % 200, 'Company' || n % 20000, ${AT}
    from generate_series(1, ${applicants * 2}::int) n`;
  await sql`
    insert into application (tenant_id, ats_no, id, candidate_id, job_id, job_name, ats_created_at, ats_last_modified_at, first_name, last_name,
      disposition_reason, received_at)
    select ${tenantId}, ${atsNo}, 'a' || n, 'c' || n, 'j' || n % ${JOBS}::int, 'Job', ${AT}::bigint - n % 900 * 86400000::bigint, ${AT}, 'F', 'L',
      case when n % 3 = 0 then 'Reason ' || n % 12 end, ${AT}
    from generate_series(1, ${applicants * 2}::int) n`;
  await sql`
    insert into stage (tenant_id, ats_no, application_id, id, stage, category, ats_created_at, received_at)
    select ${tenantId}, ${atsNo}, 'a' || n, 's' || k, 'Stage', (array['APPLIED', 'SCREEN', 'INTERVIEW', 'OFFER'])[k], ${AT}, ${AT}
    from generate_series(1, ${applicants * 2}::int) n, generate_series(1, 4) k where k <= 1 + n % 4`;
  // The odd candidates are matched, with members all over the directory.
  await sql`
    insert into automatic_match (tenant_id, ats_no, candidate_id, member_id, reasons, decided_at)
    select ${tenantId}, ${atsNo}, 'c' || (2 * n - 1), m.member_id, '[]', ${AT}
    from generate_series(1, ${applicants}::int) n
    join member m on m.external_id = 'm' || (1 + (n * ${Math.max(1, Math.floor(members / applicants))}::bigint) % ${members}::int)`;
  await sql`
    insert into match_document (tenant_id, ats_no, candidate_id, member_id, external_key, first_name, last_name, titles, companies, skills,
      follows, industry, location, seniority, since_year, open_to_work, is_closed, search_doc)
    select l.tenant_id, l.ats_no, l.candidate_id, m.member_id, hashtextextended(m.external_id, 0), m.first_name, m.last_name, m.titles, m.companies, m.skills,
      m.follows, m.industry, m.location, m.seniority, m.since_year, m.open_to_work, m.is_closed,
      tenant_doc(l.tenant_id, m.search_doc)
    from automatic_match l join member m on m.member_id = l.member_id where l.tenant_id = ${tenantId}`;
  await sql`
    insert into applicant (tenant_id, member_id, ats_no, job_id, candidate_id, is_restricted, applications, has_advanced, is_closed,
      last_applied_at, stage_bits, reasons)
    select a.tenant_id, l.member_id, a.ats_no, a.job_id, a.candidate_id, false, 1, true, a.disposition_reason is not null, a.ats_created_at,
      15, array_remove(array[a.disposition_reason], null)
    from application a join automatic_match l on l.tenant_id = a.tenant_id and l.ats_no = a.ats_no and l.candidate_id = a.candidate_id
    where a.tenant_id = ${tenantId}`;
  await sql.end();
}

export async function settle(ownerUrl: string): Promise<void> {
  const sql = connect(ownerUrl, { max: 1 });
  await sql`vacuum analyze`;
  await sql.end();
}
