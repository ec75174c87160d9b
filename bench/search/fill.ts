import { connect } from '../../packages/platform/src/kernel/connect.ts';

export interface Sizes {
  readonly members: number;
  readonly candidates: number;
}

/**
 * Members of a directory and an ATS's candidates, half of whom are matched: one application each, a tenth on secured jobs; twenty
 * seats with a hundred connections each. As the owner and as sets, because how they come in is not what is measured.
 */
export async function fill(
  ownerUrl: string,
  { tenantId, contractId, atsNo }: { tenantId: number; contractId: number; atsNo: number },
  { members, candidates }: Sizes,
): Promise<void> {
  const sql = connect(ownerUrl, { max: 1 });
  const at = 1_700_000_000_000;
  await sql`
    insert into member (external_id, first_name, last_name, titles, location, open_to_work, doc, doc_sha256, search_doc, updated_at)
    select 'm' || n, 'First' || n % 400, 'Last' || n % 5000, array['Title ' || n % 300], 'Town ' || n % 200, n % 9 = 0,
      jsonb_build_object('headline', 'Title ' || n % 300 || ' at Company ' || n % 900), '',
      to_tsvector('simple', 'First' || n % 400 || ' Last' || n % 5000 || ' Title ' || n % 300 || ' Town ' || n % 200 || ' Company ' || n % 900), ${at}
    from generate_series(1, ${members}::int) n`;
  await sql`
    insert into member_connection (member_id, other_external_id)
    select m.member_id, 'm' || (1 + (m.member_id * 7 + k * 131) % ${members}::int)
    from (select member_id from member order by member_id desc limit 20) m, generate_series(1, 100) k on conflict do nothing`;
  await sql`
    insert into seat (tenant_id, contract_id, member_id, email, password_hash, created_at)
    select ${tenantId}, ${contractId}, member_id, 'seat' || member_id || '@bench.example', '', ${at} from (select member_id from member order by member_id desc limit 20) m`;
  await sql`
    insert into job (tenant_id, ats_no, id, title, description, company_apply_url, listed_at, state, availability, access_restricted, received_at)
    select ${tenantId}, ${atsNo}, 'j' || n, 'Job ' || n, '', 'https://jobs.example', ${at}, 'LISTED', 'PUBLIC', false, ${at} from generate_series(0, 199) n`;
  await sql`
    insert into entity_acl (tenant_id, ats_no, acl_id, entity_type, entity_id, received_at)
    select ${tenantId}, ${atsNo}, 'acl', 'JOB_POSTING', 'j' || n, ${at} from generate_series(0, 199, 10) n`;
  await sql`
    insert into candidate (tenant_id, ats_no, id, ats_created_at, ats_last_modified_at, first_name, last_name, email_addresses,
      current_job_title, current_company_name, received_at)
    select ${tenantId}, ${atsNo}, 'c' || n, ${at}, ${at}, 'First' || n % 400, 'Last' || n % 5000, '[]', 'Title ' || n % 300, 'Company ' || n % 900, ${at}
    from generate_series(1, ${candidates}::int) n`;
  await sql`
    insert into application (tenant_id, ats_no, id, candidate_id, job_id, job_name, ats_created_at, ats_last_modified_at, first_name, last_name,
      disposition_reason, received_at)
    select ${tenantId}, ${atsNo}, 'a' || n, 'c' || n, 'j' || n % 200, 'Job', ${at}::bigint - n % 900 * 86400000::bigint, ${at}, 'F', 'L',
      case when n % 3 = 0 then 'Reason ' || n % 12 end, ${at}
    from generate_series(1, ${candidates}::int) n`;
  await sql`
    insert into stage (tenant_id, ats_no, application_id, id, stage, category, ats_created_at, received_at)
    select ${tenantId}, ${atsNo}, 'a' || n, 's' || k, 'Stage', (array['APPLIED', 'SCREEN', 'INTERVIEW', 'OFFER'])[k], ${at}, ${at}
    from generate_series(1, ${candidates}::int) n, generate_series(1, 4) k where k <= 1 + n % 4`;
  await sql`
    insert into automatic_match (tenant_id, ats_no, candidate_id, member_id, reasons, decided_at)
    select ${tenantId}, ${atsNo}, 'c' || n, m.member_id, '[]', ${at}
    from generate_series(2, ${Math.min(members, candidates)}::int, 2) n join member m on m.external_id = 'm' || n`;
  await sql`select set_config('carrick.tenant_id', ${String(tenantId)}, false)`;
  await sql`
    insert into applicant (tenant_id, member_id, ats_no, job_id, candidate_id, is_restricted, applications, has_advanced, is_closed, last_applied_at)
    select a.tenant_id, l.member_id, a.ats_no, a.job_id, a.candidate_id, false, 1, true, a.disposition_reason is not null, a.ats_created_at
    from application a join automatic_match l on l.tenant_id = a.tenant_id and l.ats_no = a.ats_no and l.candidate_id = a.candidate_id`;
  await sql`vacuum analyze`;
  await sql.end();
}
