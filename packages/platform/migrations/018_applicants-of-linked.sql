-- Of a table that was not analyzed yet the planner believes that a tenant has one row. For `id = any(…)` it then took whichever index
-- begins with tenant and ATS and read all of the tenant's applications, 50 to 150 ms a batch in a first minute of loading. So only
-- the primary key begins with the tenant.
drop index application_candidate;
drop index application_job;
create index application_job on application (job_id, ats_no, tenant_id);
create index application_candidate on application (candidate_id, ats_no, tenant_id);

-- As in 005, but of the candidates only those are looked at who have a member and an application, or a row that may have to go:
-- of a batch of applications, one in twenty or so.
create or replace function refresh_applicants(p_tenant_id bigint, p_ats_no int, p_candidate_ids text[], p_closing text[]) returns void
  language plpgsql volatile
as $$
#variable_conflict use_column
declare
  concerned text[];
begin
  perform lock_applicants(p_tenant_id, p_ats_no, 'candidate', p_candidate_ids);
  concerned := array(
    select wanted.id
    from unnest(p_candidate_ids) as wanted(id)
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
  if cardinality(concerned) = 0 then return; end if;
  with progress as (
    select a.id, a.candidate_id, a.job_id, coalesce(a.access_restricted, false) as is_restricted, a.ats_created_at,
      s.stage, s.stage_at,
      coalesce(s.stages >= 2 or s.has_other, false) as has_advanced,
      coalesce(btrim(a.disposition_reason), '') <> '' or coalesce(s.category = any(p_closing), false) as is_closed
    from unnest(concerned) as wanted(id)
    cross join lateral (
      select * from application a
      where a.tenant_id = p_tenant_id and a.ats_no = p_ats_no and a.candidate_id = wanted.id
      offset 0
    ) a
    left join lateral (
      select count(*) as stages, bool_or(t.category <> 'APPLIED') as has_other,
        (array_agg(t.stage order by t.ats_created_at desc, t.id desc))[1] as stage,
        (array_agg(t.category order by t.ats_created_at desc, t.id desc))[1] as category,
        max(t.ats_created_at) as stage_at
      from stage t
      where t.tenant_id = a.tenant_id and t.ats_no = a.ats_no and t.application_id = a.id
    ) s on true
  ),
  linked as materialized (
    select l.candidate_id, l.member_id from candidate_member l
    where l.tenant_id = p_tenant_id and l.ats_no = p_ats_no and l.candidate_id = any(concerned)
  ),
  fresh as materialized (
    select l.member_id, p.job_id, p.candidate_id, p.is_restricted, count(*)::int as applications,
      bool_or(p.has_advanced) as has_advanced, bool_or(p.is_closed) as is_closed, max(p.ats_created_at) as last_applied_at,
      (array_agg(p.stage order by p.stage_at desc nulls last, p.id))[1] as stage, max(p.stage_at) as stage_at
    from progress p
    join linked l on l.candidate_id = p.candidate_id
    group by l.member_id, p.job_id, p.candidate_id, p.is_restricted
  ),
  gone as (
    delete from applicant o
    where o.tenant_id = p_tenant_id and o.ats_no = p_ats_no and o.candidate_id = any(concerned)
      and not exists (
        select from fresh n
        where n.member_id = o.member_id and n.job_id = o.job_id and n.candidate_id = o.candidate_id
          and n.is_restricted = o.is_restricted
      )
  )
  insert into applicant as o (
    tenant_id, member_id, ats_no, job_id, candidate_id, is_restricted, applications, has_advanced, is_closed, last_applied_at, stage,
    stage_at
  )
  select p_tenant_id, member_id, p_ats_no, job_id, candidate_id, is_restricted, applications, has_advanced, is_closed,
    last_applied_at, stage, stage_at
  from fresh
  order by member_id, job_id, candidate_id, is_restricted
  on conflict (tenant_id, member_id, ats_no, job_id, candidate_id, is_restricted) do update
  set applications = excluded.applications, has_advanced = excluded.has_advanced, is_closed = excluded.is_closed,
    last_applied_at = excluded.last_applied_at, stage = excluded.stage, stage_at = excluded.stage_at
  where (o.applications, o.has_advanced, o.is_closed, o.last_applied_at, o.stage, o.stage_at)
    is distinct from (
      excluded.applications, excluded.has_advanced, excluded.is_closed, excluded.last_applied_at, excluded.stage, excluded.stage_at
    );
end $$;
