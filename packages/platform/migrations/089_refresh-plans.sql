-- Of an array that a plan is made for, the planner counts the elements, finds one, and from then on prefers such a plan, made anew for
-- every batch, to one for any array, for which it assumes ten: half of a look that finds nothing. Behind a select the array cannot be
-- counted, and one plan serves all.

alter function refresh_applicants(bigint, int, text[], text[]) rename to rewrite_applicants;

-- Candidates who have or should have rows in table applicant; most of a batch have none.
create function refresh_applicants(p_tenant_id bigint, p_ats_no int, p_candidate_ids text[], p_closing text[]) returns void
  language plpgsql volatile
as $$
declare
  concerned text[];
begin
  perform lock_applicants(p_tenant_id, p_ats_no, 'candidate', p_candidate_ids);
  concerned := array(
    select wanted.id
    from unnest((select p_candidate_ids)) as wanted(id)
    where exists (
      select from applicant a where a.tenant_id = p_tenant_id and a.ats_no = p_ats_no and a.candidate_id = wanted.id offset 0
    ) or (
      (
        exists (
          select from automatic_match m
          where m.tenant_id = p_tenant_id and m.ats_no = p_ats_no and m.candidate_id = wanted.id offset 0
        ) or exists (
          select from manual_match m
          where m.tenant_id = p_tenant_id and m.ats_no = p_ats_no and m.candidate_id = wanted.id offset 0
        )
      ) and exists (
        select from application a where a.tenant_id = p_tenant_id and a.ats_no = p_ats_no and a.candidate_id = wanted.id offset 0
      )
    )
  );
  if cardinality(concerned) > 0 then
    perform rewrite_applicants(p_tenant_id, p_ats_no, concerned, p_closing);
  end if;
end $$;

-- The same for the candidates of these applications, which the caller has locked.
create function refresh_applicants_of(p_tenant_id bigint, p_ats_no int, p_application_ids text[], p_closing text[]) returns void
  language plpgsql volatile
as $$
declare
  candidate_ids text[];
begin
  candidate_ids := array(
    select distinct a.candidate_id
    from unnest((select p_application_ids)) as wanted(id)
    cross join lateral (
      select o.candidate_id from application o
      where o.tenant_id = p_tenant_id and o.ats_no = p_ats_no and o.id = wanted.id and o.candidate_id is not null
      offset 0
    ) a
  );
  if cardinality(candidate_ids) > 0 then
    perform refresh_applicants(p_tenant_id, p_ats_no, candidate_ids, p_closing);
  end if;
end $$;

revoke all on function refresh_applicants(bigint, int, text[], text[]), refresh_applicants_of(bigint, int, text[], text[]) from public;
grant execute on function refresh_applicants(bigint, int, text[], text[]), refresh_applicants_of(bigint, int, text[], text[])
  to carrick_app;
