-- As in 093, but members are locked only where their writers are not kept out anyhow. Every writer of members holds the directory
-- alone (matching/locks.ts, search/applicants.ts): who shares it has none beside it and lets none begin. A batch that links people
-- shares it from its start. A lock in the row of every member that is linked was written to pages far from one another, more work than all the rest here.
create or replace function refresh_match_documents(p_ats_no int, p_candidate_ids text[]) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp set enable_seqscan = off set enable_bitmapscan = off
as $$
declare
  t constant bigint := tenant_id();
begin
  if not pg_try_advisory_xact_lock_shared(1, 1) then
    perform from member m
    where m.member_id = any(array(
      select l.member_id from candidate_member l where l.tenant_id = t and l.ats_no = p_ats_no and l.candidate_id = any(p_candidate_ids)
    ))
    order by m.member_id for share;
  end if;
  delete from match_document d
  where d.tenant_id = t and d.ats_no = p_ats_no and d.candidate_id = any(p_candidate_ids)
    and not exists (
      select from candidate_member l
      where l.tenant_id = t and l.ats_no = p_ats_no and l.candidate_id = d.candidate_id and l.member_id = d.member_id
    );
  insert into match_document (
    tenant_id, ats_no, candidate_id, member_id, external_key, first_name, last_name, titles, companies, skills, follows, industry,
    location, seniority, since_year, open_to_work, is_closed, search_doc
  )
  select t, p_ats_no, l.candidate_id, m.member_id, hashtextextended(m.external_id, 0), m.first_name, m.last_name, m.titles, m.companies, m.skills, m.follows,
    m.industry, m.location, m.seniority, m.since_year, m.open_to_work, m.is_closed, tenant_doc(t, m.search_doc)
  from candidate_member l join member m on m.member_id = l.member_id
  where l.tenant_id = t and l.ats_no = p_ats_no and l.candidate_id = any(p_candidate_ids)
  on conflict do nothing;
end $$;

-- New rows of a full-text index wait in a list that whoever fills it up empties, all at once, and that every search reads from end to
-- end. At 4 MB, as it comes, a batch in a hundred waited 100 ms for that.
alter index match_document_search set (gin_pending_list_limit = 256);
alter index candidate_search set (gin_pending_list_limit = 256);
