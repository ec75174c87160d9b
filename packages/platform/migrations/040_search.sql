-- Search reads no tenant's table through row security: full text and array operators are not leakproof, so the planner would scan
-- (docs/spec/running.md). Each shape of query has a function of the reader's; it takes the tenant from the transaction's setting and
-- the viewer as ids, and applies the access rule itself.

-- ── what people are filtered by ─────────────────────────────────────────────────────────────────────────────────────

create function distinct_texts(p_values jsonb) returns text[]
  language sql immutable
as $$
  select coalesce(array_agg(distinct btrim(v) order by btrim(v)), '{}')
  from jsonb_array_elements_text(case jsonb_typeof(p_values) when 'array' then p_values else '[]' end) v
  where btrim(v) <> ''
$$;

create function current_companies(p_doc jsonb) returns text[]
  language sql immutable
as $$
  select distinct_texts(jsonb_path_query_array(
    p_doc, '$.positions[*] ? (!exists(@.endDate) || @.endDate == null || @.endDate == "").companyName ? (@.type() == "string")'
  ))
$$;

-- The year in which somebody's first position began.
create function first_year(p_doc jsonb) returns int
  language sql immutable
as $$
  select min(left(v, 4)::int)
  from jsonb_array_elements_text(jsonb_path_query_array(p_doc, '$.positions[*].startDate ? (@.type() == "string")')) v
  where v ~ '^(19|20)\d\d'
$$;

-- What the titles held today say, the highest first; who holds none has none.
create function seniority_of(p_titles text[]) returns text
  language sql immutable
as $$
  select case
    when cardinality(p_titles) = 0 then null
    when t ~ '\m(owner|founder|cofounder)\M' then 'owner'
    when t ~ '\m(vp|svp|evp|vice president)\M' then 'vp'
    when t ~ '\m(chief|president|ceo|cfo|cio|ciso|cmo|coo|cpo|cto)\M' then 'executive'
    when t ~ '\m(director|head of)\M' then 'director'
    when t ~ '\m(manager|supervisor)\M' then 'manager'
    when t ~ '\m(senior|sr|lead|principal|staff)\M' then 'senior'
    when t ~ '\m(intern|internship|trainee|apprentice)\M' then 'training'
    when t ~ '\m(junior|jr|graduate|assistant)\M' then 'entry'
    else 'professional' end
  from lower(array_to_string(p_titles, ' | ')) t
$$;

alter table member
  add column companies text[] not null generated always as (current_companies(doc)) stored,
  add column skills text[] not null generated always as (distinct_texts(doc -> 'skills')) stored,
  add column follows text[] not null generated always as (distinct_texts(doc -> 'followsOrganizations')) stored,
  add column since_year int generated always as (first_year(doc)) stored,
  add column seniority text generated always as (seniority_of(titles)) stored;

-- ── matched members, as one tenant searches them ────────────────────────────────────────────────────────────────────

-- One row for each link that holds (candidate_member): what its member is found and filtered by. Written with the link and with the
-- member, in their transactions; whom a viewer may see applications of is asked when it is read, so no change of an ACL comes here.
-- The application has neither policy nor right: it comes to it through the functions below.
create table match_document (
  tenant_id    bigint   not null,
  ats_no       int      not null,
  candidate_id text     not null,
  member_id    bigint   not null,
  external_id  text     not null,
  first_name   text     not null,
  last_name    text     not null,
  titles       text[]   not null,
  companies    text[]   not null,
  skills       text[]   not null,
  follows      text[]   not null,
  industry     text,
  location     text,
  seniority    text,
  since_year   int,
  open_to_work boolean  not null,
  is_closed    boolean  not null,
  search_doc   tsvector not null,
  primary key (tenant_id, ats_no, candidate_id)
);
-- The member first, as in automatic_match_member. In GIN the tenant is an array of one: an index on the plain column would be taken for
-- looking up candidates while the table is empty.
create index match_document_member on match_document (member_id, tenant_id);
create index match_document_search on match_document using gin ((array[tenant_id]), search_doc);

alter table match_document enable row level security;
alter table match_document force row level security;
create policy reader on match_document for all to carrick_reader using (true) with check (true);
grant select, insert, update, delete on match_document to carrick_reader;
drop index candidate_search;
create index candidate_search on candidate using gin ((array[tenant_id]), search_doc);

-- The members of these candidates. A member that somebody is just writing is waited for: the writer does not see the link yet and
-- would leave what it knew before. Who writes members comes after their rows are locked and sees every link that was committed.
create function refresh_match_documents(p_ats_no int, p_candidate_ids text[]) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp set enable_seqscan = off set enable_bitmapscan = off
as $$
declare
  t constant bigint := tenant_id();
begin
  perform from member m
  where m.member_id = any(array(
    select l.member_id from candidate_member l where l.tenant_id = t and l.ats_no = p_ats_no and l.candidate_id = any(p_candidate_ids)
  ))
  order by m.member_id for share;
  delete from match_document d
  where d.tenant_id = t and d.ats_no = p_ats_no and d.candidate_id = any(p_candidate_ids)
    and not exists (
      select from candidate_member l
      where l.tenant_id = t and l.ats_no = p_ats_no and l.candidate_id = d.candidate_id and l.member_id = d.member_id
    );
  insert into match_document (
    tenant_id, ats_no, candidate_id, member_id, external_id, first_name, last_name, titles, companies, skills, follows, industry,
    location, seniority, since_year, open_to_work, is_closed, search_doc
  )
  select t, p_ats_no, l.candidate_id, m.member_id, m.external_id, m.first_name, m.last_name, m.titles, m.companies, m.skills, m.follows,
    m.industry, m.location, m.seniority, m.since_year, m.open_to_work, m.is_closed, m.search_doc
  from candidate_member l join member m on m.member_id = l.member_id
  where l.tenant_id = t and l.ats_no = p_ats_no and l.candidate_id = any(p_candidate_ids)
  on conflict do nothing;
end $$;

-- In every tenant that has one of these members. Whoever calls it has just written them.
create function refresh_documents_of_members(p_member_ids bigint[]) returns void
  language sql volatile security definer set search_path = public, pg_temp
as $$
  update match_document d
  set external_id = m.external_id, first_name = m.first_name, last_name = m.last_name, titles = m.titles, companies = m.companies,
    skills = m.skills, follows = m.follows, industry = m.industry, location = m.location, seniority = m.seniority,
    since_year = m.since_year, open_to_work = m.open_to_work, is_closed = m.is_closed, search_doc = m.search_doc
  from member m
  where d.member_id = any(p_member_ids) and m.member_id = d.member_id
$$;

-- All of one ATS, with its records.
create function forget_match_documents(p_ats_no int) returns void
  language sql volatile security definer set search_path = public, pg_temp
as $$
  delete from match_document d where d.tenant_id = tenant_id() and d.ats_no = p_ats_no
$$;

-- ── how far they got: what is filtered by stage and reason is kept with it ──────────────────────────────────────────

-- Bit n is the n-th of the meanings that a stage may have; the last stands for every other.
create function stage_bit(p_category text) returns int
  language sql immutable parallel safe
as $$
  select 1 << (coalesce(array_position(
    array['APPLIED', 'SCREEN', 'INTERVIEW', 'OFFER', 'HIRED', 'REJECTED', 'DECLINED', 'ARCHIVED', 'OTHER'], p_category
  ), 9) - 1)
$$;

alter table applicant
  add column stage_bits int not null default 0,
  add column reasons text[] not null default '{}';

-- As in 018, with stage_bits and reasons.
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
      s.stage, s.stage_at, coalesce(s.bits, 0) as bits, nullif(btrim(a.disposition_reason), '') as reason,
      coalesce(s.stages >= 2 or s.has_other, false) as has_advanced,
      coalesce(btrim(a.disposition_reason), '') <> '' or coalesce(s.category = any(p_closing), false) as is_closed
    from unnest(concerned) as wanted(id)
    cross join lateral (
      select * from application a
      where a.tenant_id = p_tenant_id and a.ats_no = p_ats_no and a.candidate_id = wanted.id
      offset 0
    ) a
    left join lateral (
      select count(*) as stages, bool_or(t.category <> 'APPLIED') as has_other, bit_or(stage_bit(t.category)) as bits,
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
      (array_agg(p.stage order by p.stage_at desc nulls last, p.id))[1] as stage, max(p.stage_at) as stage_at, bit_or(p.bits) as stage_bits,
      coalesce(array_agg(distinct p.reason) filter (where p.reason is not null), '{}') as reasons
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
    stage_at, stage_bits, reasons
  )
  select p_tenant_id, member_id, p_ats_no, job_id, candidate_id, is_restricted, applications, has_advanced, is_closed,
    last_applied_at, stage, stage_at, stage_bits, reasons
  from fresh
  order by member_id, job_id, candidate_id, is_restricted
  on conflict (tenant_id, member_id, ats_no, job_id, candidate_id, is_restricted) do update
  set applications = excluded.applications, has_advanced = excluded.has_advanced, is_closed = excluded.is_closed,
    last_applied_at = excluded.last_applied_at, stage = excluded.stage, stage_at = excluded.stage_at,
    stage_bits = excluded.stage_bits, reasons = excluded.reasons
  where (o.applications, o.has_advanced, o.is_closed, o.last_applied_at, o.stage, o.stage_at, o.stage_bits, o.reasons)
    is distinct from (
      excluded.applications, excluded.has_advanced, excluded.is_closed, excluded.last_applied_at, excluded.stage, excluded.stage_at,
      excluded.stage_bits, excluded.reasons
    );
end $$;

-- ── what there is already ───────────────────────────────────────────────────────────────────────────────────────────

set local role carrick_reader;
insert into match_document (
  tenant_id, ats_no, candidate_id, member_id, external_id, first_name, last_name, titles, companies, skills, follows, industry,
  location, seniority, since_year, open_to_work, is_closed, search_doc
)
select l.tenant_id, l.ats_no, l.candidate_id, m.member_id, m.external_id, m.first_name, m.last_name, m.titles, m.companies, m.skills,
  m.follows, m.industry, m.location, m.seniority, m.since_year, m.open_to_work, m.is_closed, m.search_doc
from candidate_member l join member m on m.member_id = l.member_id;
update applicant p
set stage_bits = h.stage_bits, reasons = h.reasons
from (
  select a.tenant_id, a.ats_no, a.candidate_id, a.job_id, coalesce(a.access_restricted, false) as is_restricted,
    bit_or(coalesce(s.bits, 0)) as stage_bits,
    coalesce(array_agg(distinct btrim(a.disposition_reason)) filter (where btrim(a.disposition_reason) <> ''), '{}') as reasons
  from application a
  left join (
    select tenant_id, ats_no, application_id, bit_or(stage_bit(category)) as bits from stage group by 1, 2, 3
  ) s on s.tenant_id = a.tenant_id and s.ats_no = a.ats_no and s.application_id = a.id
  group by 1, 2, 3, 4, 5
) h
where h.tenant_id = p.tenant_id and h.ats_no = p.ats_no and h.candidate_id = p.candidate_id and h.job_id = p.job_id
  and h.is_restricted = p.is_restricted;
reset role;

-- ── the three who are found ─────────────────────────────────────────────────────────────────────────────────────────

-- p_acls: 'ATS number, space, ACL' of those that open secured jobs to the viewer, "everyone" included; p_open_ats: whose jobs without
-- an ACL are open. The same rule as visibleJob and maySee in access/, row by row.
create type found_person as (
  member_id bigint, ats_no int, candidate_id text, first_name text, last_name text, titles text[], companies text[], skills text[],
  industry text, location text, seniority text, since_year int, open_to_work boolean, is_engaged boolean, is_connected boolean,
  is_in_ats boolean, is_past boolean, last_applied_at bigint, stage_bits int, reasons text[], rank real
);

create function job_is_visible(p_tenant_id bigint, p_ats_no int, p_job_id text, p_acls text[], p_open_ats int[])
  returns table (is_secured boolean, is_visible boolean, is_job_closed boolean)
  language sql stable
as $$
  select s.is_secured,
    case when s.is_secured then s.is_mine else coalesce(not j.access_restricted, false) and p_ats_no = any(p_open_ats) end,
    coalesce(j.state = 'CLOSED', false)
  from (
    select count(*) > 0 as is_secured, coalesce(bool_or(s.ats_no || ' ' || s.acl_id = any(p_acls)), false) as is_mine
    from entity_acl s
    where s.tenant_id = p_tenant_id and s.ats_no = p_ats_no and s.entity_type = 'JOB_POSTING' and s.entity_id = p_job_id
  ) s
  left join job j on j.tenant_id = p_tenant_id and j.ats_no = p_ats_no and j.id = p_job_id
$$;

-- Matched members, with what the viewer may know of their applications.
create function find_matched(
  p_query text, p_is_ranked boolean, p_ats int[], p_open_ats int[], p_acls text[], p_connected text[], p_connected_ids bigint[],
  p_organisation text, p_is_past_only boolean, p_most int
)
  returns setof found_person
  language plpgsql stable security definer set search_path = public, pg_temp
  set plan_cache_mode = force_custom_plan set jit = off
as $$
declare
  t constant bigint := tenant_id();
  q constant tsquery := to_tsquery('simple', p_query);
begin
  return query
  with found as materialized (
    select distinct on (d.member_id) d.*
    from match_document d
    where array[d.tenant_id] @> array[t] and d.ats_no = any(p_ats) and not d.is_closed and (q is null or d.search_doc @@ q)
    order by d.member_id
  ),
  applied as materialized (
    select p.* from found f join applicant p on p.tenant_id = t and p.member_id = f.member_id and p.ats_no = any(p_ats)
  ),
  visible as materialized (
    select a.ats_no, a.job_id, v.*
    from (select distinct ats_no, job_id from applied) a
    cross join lateral job_is_visible(t, a.ats_no, a.job_id, p_acls, p_open_ats) v
    where v.is_visible
  ),
  history as (
    select a.member_id, max(a.last_applied_at) as last_applied_at, bit_or(a.stage_bits) as stage_bits,
      bool_or(a.has_advanced or a.is_closed or v.is_job_closed) as is_past,
      string_to_array(string_agg(nullif(array_to_string(a.reasons, E'\x1f'), ''), E'\x1f'), E'\x1f') as reasons, count(*) as jobs
    from applied a join visible v on v.ats_no = a.ats_no and v.job_id = a.job_id
    where v.is_secured or not a.is_restricted
    group by a.member_id
  )
  select f.member_id, null::int, null::text, f.first_name, f.last_name, f.titles, f.companies, f.skills, f.industry, f.location,
    f.seniority, f.since_year, f.open_to_work, p_organisation = any(f.follows),
    f.external_id = any(p_connected) or f.member_id = any(p_connected_ids), true, coalesce(h.is_past, false), h.last_applied_at,
    h.stage_bits, case when h.jobs > 1 then array(select distinct r from unnest(h.reasons) r) else h.reasons end,
    case when p_is_ranked then ts_rank(f.search_doc, q) else 0 end
  from found f left join history h on h.member_id = f.member_id
  where not p_is_past_only or h.is_past
  limit p_most;
end $$;

-- Members of the directory with whom the viewer's ATSs have no match.
create function find_unmatched_members(
  p_query text, p_is_ranked boolean, p_ats int[], p_connected text[], p_connected_ids bigint[], p_organisation text, p_most int
)
  returns setof found_person
  language plpgsql stable security definer set search_path = public, pg_temp
  set plan_cache_mode = force_custom_plan set jit = off
as $$
declare
  t constant bigint := tenant_id();
  q constant tsquery := to_tsquery('simple', p_query);
begin
  return query
  select m.member_id, null::int, null::text, m.first_name, m.last_name, m.titles, m.companies, m.skills, m.industry, m.location,
    m.seniority, m.since_year, m.open_to_work, p_organisation = any(m.follows),
    m.external_id = any(p_connected) or m.member_id = any(p_connected_ids), false, false, null::bigint, null::int, null::text[],
    case when p_is_ranked then ts_rank(m.search_doc, q) else 0 end
  from member m
  where not m.is_closed and (q is null or m.search_doc @@ q)
    and not exists (
      select from match_document d where d.member_id = m.member_id and d.tenant_id = t and d.ats_no = any(p_ats)
    )
  limit p_most;
end $$;

-- Candidates that no member is matched with: a visible application, or they are not there.
create function find_candidates(
  p_query text, p_is_ranked boolean, p_ats int[], p_open_ats int[], p_acls text[], p_most int
)
  returns setof found_person
  language plpgsql stable security definer set search_path = public, pg_temp
  set plan_cache_mode = force_custom_plan set jit = off
as $$
declare
  t constant bigint := tenant_id();
  q constant tsquery := to_tsquery('simple', p_query);
begin
  return query
  with found as materialized (
    select c.* from candidate c
    where array[c.tenant_id] @> array[t] and c.tenant_id = t and c.ats_no = any(p_ats) and (q is null or c.search_doc @@ q)
      and not exists (
        select from candidate_member l where l.tenant_id = c.tenant_id and l.ats_no = c.ats_no and l.candidate_id = c.id
      )
  ),
  applied as materialized (
    select a.ats_no, a.candidate_id, a.id, a.job_id, a.ats_created_at, nullif(btrim(a.disposition_reason), '') as reason,
      coalesce(a.access_restricted, false) as is_restricted
    from found f join application a on a.candidate_id = f.id and a.ats_no = f.ats_no and a.tenant_id = t
  ),
  visible as materialized (
    select a.ats_no, a.job_id, v.*
    from (select distinct ats_no, job_id from applied) a
    cross join lateral job_is_visible(t, a.ats_no, a.job_id, p_acls, p_open_ats) v
    where v.is_visible
  ),
  history as (
    select a.ats_no, a.candidate_id, max(a.ats_created_at) as last_applied_at, bit_or(coalesce(s.bits, 0)) as stage_bits,
      array_agg(distinct a.reason) filter (where a.reason is not null) as reasons
    from applied a
    join visible v on v.ats_no = a.ats_no and v.job_id = a.job_id
    left join lateral (
      select bit_or(stage_bit(s.category)) as bits from stage s
      where s.tenant_id = t and s.ats_no = a.ats_no and s.application_id = a.id
    ) s on true
    where v.is_secured or not a.is_restricted
    group by a.ats_no, a.candidate_id
  )
  select null::bigint, f.ats_no, f.id, f.first_name, f.last_name, array_remove(array[nullif(btrim(f.current_job_title), '')], null),
    array_remove(array[nullif(btrim(f.current_company_name), '')], null), '{}'::text[], null::text,
    nullif(btrim(f.addresses -> 0 ->> 'city'), ''),
    seniority_of(array_remove(array[nullif(btrim(f.current_job_title), '')], null)), null::int, false, false, false, true, false,
    h.last_applied_at, h.stage_bits, h.reasons, case when p_is_ranked then ts_rank(f.search_doc, q) else 0 end
  from history h join found f on f.ats_no = h.ats_no and f.id = h.candidate_id
  limit p_most;
end $$;

drop function candidates_with_words(text);

do $$
declare f regprocedure;
begin
  foreach f in array array[
    'refresh_match_documents(int, text[])', 'refresh_documents_of_members(bigint[])',
    'forget_match_documents(int)',
    'find_matched(text, boolean, int[], int[], text[], text[], bigint[], text, boolean, int)',
    'find_unmatched_members(text, boolean, int[], text[], bigint[], text, int)',
    'find_candidates(text, boolean, int[], int[], text[], int)'
  ]::regprocedure[]
  loop
    execute format('alter function %s owner to carrick_reader', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to carrick_app', f);
  end loop;
end $$;
