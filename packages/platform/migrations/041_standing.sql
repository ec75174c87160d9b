-- What a tenant has to do with members, for a page of them: what their rows show. As in 040, the reader's, with the access rule in it. A
-- page is always as large: one plan does for all, and `offset 0` makes it one of look-ups, whatever the statistics were when it was made.
create function standings_of(
  p_member_ids bigint[], p_ats int[], p_open_ats int[], p_acls text[], p_contract_id bigint, p_connected text[], p_connected_ids bigint[],
  p_organisation text
)
  returns table (
    member_id bigint, is_past boolean, is_connected boolean, is_engaged boolean, views bigint, notes bigint, ats_nos int[]
  )
  language plpgsql stable security definer set search_path = public, pg_temp
  set plan_cache_mode = force_generic_plan set jit = off set enable_seqscan = off
as $$
#variable_conflict use_column
declare
  t constant bigint := tenant_id();
begin
  return query
  with held as materialized (
    select d.member_id, d.ats_no, d.candidate_id
    from unnest(p_member_ids) as asked (member_id)
    cross join lateral (
      select * from match_document d where d.member_id = asked.member_id and d.tenant_id = t and d.ats_no = any(p_ats) offset 0
    ) d
  ),
  applied as materialized (
    select h.member_id, a.ats_no, a.id, a.job_id, coalesce(a.access_restricted, false) as is_restricted
    from held h
    cross join lateral (
      select * from application a where a.candidate_id = h.candidate_id and a.ats_no = h.ats_no and a.tenant_id = t offset 0
    ) a
  ),
  advanced as materialized (
    select p.member_id, p.ats_no, p.job_id, p.is_restricted, p.has_advanced or p.is_closed as is_past
    from unnest(p_member_ids) as asked (member_id)
    cross join lateral (
      select * from applicant p where p.tenant_id = t and p.member_id = asked.member_id and p.ats_no = any(p_ats) offset 0
    ) p
  ),
  visible as materialized (
    select j.ats_no, j.job_id, v.*
    from (select ats_no, job_id from applied union select ats_no, job_id from advanced) j
    cross join lateral job_is_visible(t, j.ats_no, j.job_id, p_acls, p_open_ats) v
    where v.is_visible
  ),
  past as materialized (
    select distinct a.member_id
    from advanced a join visible v on v.ats_no = a.ats_no and v.job_id = a.job_id
    where (v.is_secured or not a.is_restricted) and (a.is_past or v.is_job_closed)
  ),
  note as materialized (
    select n.member_id, count(*) as notes
    from (
      select h.member_id
      from held h
      cross join lateral (
        select from candidate_note c where c.tenant_id = t and c.ats_no = h.ats_no and c.candidate_id = h.candidate_id offset 0
      ) c
      union all
      select a.member_id
      from applied a
      join visible v on v.ats_no = a.ats_no and v.job_id = a.job_id
      cross join lateral (
        select from application_note c where c.tenant_id = t and c.ats_no = a.ats_no and c.application_id = a.id offset 0
      ) c
      where v.is_secured or not a.is_restricted
    ) n
    group by n.member_id
  )
  select m.member_id, exists (select from past p where p.member_id = m.member_id),
    m.external_id in (select unnest(p_connected)) or m.member_id in (select unnest(p_connected_ids)), p_organisation = any(m.follows),
    (
      select count(*) from profile_view v where v.tenant_id = t and v.contract_id = p_contract_id and v.member_id = m.member_id
    ),
    coalesce((select n.notes from note n where n.member_id = m.member_id), 0),
    array(select distinct h.ats_no from held h where h.member_id = m.member_id order by h.ats_no)
  from member m where m.member_id = any(p_member_ids);
end $$;

alter function standings_of(bigint[], int[], int[], text[], bigint, text[], bigint[], text) owner to carrick_reader;
revoke all on function standings_of(bigint[], int[], int[], text[], bigint, text[], bigint[], text) from public;
grant execute on function standings_of(bigint[], int[], int[], text[], bigint, text[], bigint[], text) to carrick_app;
