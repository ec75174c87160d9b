-- What the recruiter app asks before it knows the tenant: who signs in, and whose session a cookie is. Each function belongs
-- to carrick_reader, has a fixed search_path and may be called by carrick_app only.

-- Every seat of an address, of all organisations: a person may hold several and chooses one.
create function seats_by_email(p_email text)
  returns table (
    tenant_id bigint, seat_id bigint, contract_id bigint, member_id bigint, password_hash text, is_active boolean,
    contract text, organisation text
  )
  language sql stable security definer set search_path = public, pg_temp
as $$
  select s.tenant_id, s.seat_id, s.contract_id, s.member_id, s.password_hash, s.is_active, c.name, o.name
  from seat s
  join contract c on c.tenant_id = s.tenant_id and c.contract_id = s.contract_id
  join organisation o on o.tenant_id = s.tenant_id
  where lower(s.email) = lower(p_email)
  order by o.name, c.name, s.seat_id
$$;

create function session_by_token(p_token_sha256 bytea)
  returns table (
    tenant_id bigint, seat_id bigint, contract_id bigint, member_id bigint, email text, is_admin boolean, is_active boolean,
    expires_at bigint
  )
  language sql stable security definer set search_path = public, pg_temp
as $$
  select s.tenant_id, s.seat_id, s.contract_id, s.member_id, s.email, s.is_admin, s.is_active, e.expires_at
  from session e
  join seat s on s.tenant_id = e.tenant_id and s.seat_id = e.seat_id
  where e.token_sha256 = p_token_sha256
$$;

do $$
declare f regprocedure;
begin
  foreach f in array array['seats_by_email(text)', 'session_by_token(bytea)']::regprocedure[]
  loop
    execute format('alter function %s owner to carrick_reader', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to carrick_app', f);
  end loop;
end $$;

-- Whom a member is connected with, from either end; somebody twice when both ends say so. A connection to somebody who is not, or no
-- longer, in the directory counts for nobody. A function and not a view: it is inlined with its parameter, where a join with
-- a view of two arms would read all connections there are.
create function connections_of(p_member_id bigint) returns table (member_id bigint, external_id text)
  language sql stable
as $$
  select o.member_id, o.external_id
  from member_connection c join member o on o.external_id = c.other_external_id
  where c.member_id = p_member_id and not o.is_closed
  union all
  select o.member_id, o.external_id
  from member m
  join member_connection c on c.other_external_id = m.external_id
  join member o on o.member_id = c.member_id
  where m.member_id = p_member_id and not o.is_closed
$$;

create index session_expiry on session (tenant_id, seat_id, expires_at);

-- Held until the transaction ends; in the order of the locks, so that two who want the same ones do not wait for each other.
create function lock_applicants(p_tenant_id bigint, p_ats_no int, p_what text, p_ids text[]) returns void
  language plpgsql volatile
as $$
begin
  perform pg_advisory_xact_lock(sorted.key)
  from (
    select distinct
      hashtextextended('applicant ' || p_what || ' ' || p_tenant_id || ' ' || p_ats_no || ' ' || wanted.id, 0) as key
    from unnest(p_ids) as wanted(id)
    order by key
  ) sorted;
end $$;

-- How far these candidates' members got in each job, as search/applicants.ts explains: what the rows should be, those that should
-- not be, and those that differ. Every table is narrowed by the array: of one that was not analyzed yet the planner believes
-- that a tenant has one row, and a join would read all of the tenant's. Most candidates that find their member have no
-- application yet, and to look costs a fifth of the whole.
create function refresh_applicants(p_tenant_id bigint, p_ats_no int, p_candidate_ids text[], p_closing text[]) returns void
  language plpgsql volatile
as $$
#variable_conflict use_column
begin
  perform lock_applicants(p_tenant_id, p_ats_no, 'candidate', p_candidate_ids);
  perform
  from unnest(p_candidate_ids) as wanted(id)
  cross join lateral (
    (select from application a where a.tenant_id = p_tenant_id and a.ats_no = p_ats_no and a.candidate_id = wanted.id limit 1)
    union all
    (select from applicant a where a.tenant_id = p_tenant_id and a.ats_no = p_ats_no and a.candidate_id = wanted.id limit 1)
  ) known
  limit 1;
  if not found then return; end if;
  with progress as (
    select a.id, a.candidate_id, a.job_id, coalesce(a.access_restricted, false) as is_restricted, a.ats_created_at,
      s.stage, s.stage_at,
      coalesce(s.stages >= 2 or s.has_other, false) as has_advanced,
      coalesce(btrim(a.disposition_reason), '') <> '' or coalesce(s.category = any(p_closing), false) as is_closed
    from application a
    left join lateral (
      select count(*) as stages, bool_or(t.category <> 'APPLIED') as has_other,
        (array_agg(t.stage order by t.ats_created_at desc, t.id desc))[1] as stage,
        (array_agg(t.category order by t.ats_created_at desc, t.id desc))[1] as category,
        max(t.ats_created_at) as stage_at
      from stage t
      where t.tenant_id = a.tenant_id and t.ats_no = a.ats_no and t.application_id = a.id
    ) s on true
    where a.tenant_id = p_tenant_id and a.ats_no = p_ats_no and a.candidate_id = any(p_candidate_ids)
  ),
  linked as materialized (
    select l.candidate_id, l.member_id from candidate_member l
    where l.tenant_id = p_tenant_id and l.ats_no = p_ats_no and l.candidate_id = any(p_candidate_ids)
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
    where o.tenant_id = p_tenant_id and o.ats_no = p_ats_no and o.candidate_id = any(p_candidate_ids)
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

revoke all on function lock_applicants(bigint, int, text, text[]), refresh_applicants(bigint, int, text[], text[]) from public;
grant execute on function lock_applicants(bigint, int, text, text[]), refresh_applicants(bigint, int, text[], text[]) to carrick_app;
