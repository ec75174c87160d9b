-- What matched members are found by belongs to one tenant, word by word: `7:engineer`. A word that is still being typed stands for all
-- that begin so, and full text writes down everybody who holds one of those before it looks at anything else: of a tenant with a
-- thousand people that took 10 ms, because it was everybody of all tenants.

-- Words of the 'simple' configuration hold no blank, so a quote behind one begins a word. The tenant's own word alone finds all.
create function tenant_doc(p_tenant_id bigint, p_doc tsvector) returns tsvector
  language sql immutable parallel safe
as $$
  select (format('%L', p_tenant_id || ':') || replace(' ' || p_doc::text, ' ''', format(' ''%s:', p_tenant_id)))::tsvector
$$;

-- Without words: everybody. Where nothing is asked but what somebody must not hold, full text looks through everybody of the tenant.
create function tenant_query(p_tenant_id bigint, p_query tsquery default null) returns tsquery
  language plpgsql immutable parallel safe
as $$
declare
  everybody constant tsquery := format('%L', p_tenant_id || ':')::tsquery;
  q tsquery;
begin
  if p_query is null then return everybody; end if;
  q := regexp_replace(p_query::text, '''((?:[^'']|'''')+)''', format('''%s:\1''', p_tenant_id), 'g')::tsquery;
  -- Of nothing but signs no word is left: that finds nobody.
  return case when numnode(q) > 0 and querytree(q) in ('', 'T') then everybody && q else q end;
end $$;

-- The members of these candidates. They are locked only where their writers are not kept out anyhow. Every writer of members holds the
-- directory alone (matching/locks.ts, search/applicants.ts): who shares it has none beside it and lets none begin. A batch that links
-- people shares it from its start. A lock in the row of every member that is linked was written to pages far from one another, more
-- work than all the rest here.
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

-- In every tenant that has one of these members. Whoever calls it has just written them.
create or replace function refresh_documents_of_members(p_member_ids bigint[]) returns void
  language sql volatile security definer set search_path = public, pg_temp
as $$
  update match_document d
  set external_key = hashtextextended(m.external_id, 0), first_name = m.first_name, last_name = m.last_name, titles = m.titles, companies = m.companies,
    skills = m.skills, follows = m.follows, industry = m.industry, location = m.location, seniority = m.seniority,
    since_year = m.since_year, open_to_work = m.open_to_work, is_closed = m.is_closed,
    search_doc = tenant_doc(d.tenant_id, m.search_doc)
  from member m
  where d.member_id = any(p_member_ids) and m.member_id = d.member_id
$$;

-- Matched members, with what the viewer may know of their applications. Without words, or where a word alone is held by one in eight of
-- the first few hundred, more are found than are looked at: then members are taken in the order of their numbers, as many at a time as
-- there may be rows, until there are that many. Other words are looked up at once.
create or replace function find_matched(
  p_query text, p_is_ranked boolean, p_wanted int, p_ats int[], p_open_ats int[], p_acls text[], p_connected bigint[],
  p_connected_ids bigint[], p_organisation text, p_is_past_only boolean, p_is_strict boolean, p_most int
)
  returns setof found_person
  language plpgsql stable security definer set search_path = public, pg_temp
  set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' set random_page_cost = 1.1 set enable_nestloop = off
as $$
declare
  t constant bigint := tenant_id();
  q constant tsquery := tenant_query(t, to_tsquery('simple', p_query));
  after_id bigint := -1;
  until_id bigint := 9223372036854775807;
  rows_left bigint := p_most;
  rows_found bigint;
  by_number boolean := p_query is null;
begin
  if cardinality(p_ats) = 0 then return; end if;
  if position('&' in p_query) = 0 then
    select 8 * count(*) filter (where c.search_doc @@ q) > count(*) into by_number
    from (select d.search_doc from match_document d where d.tenant_id = t order by d.ats_no, d.candidate_id limit 400) c;
  end if;
  loop
    if by_number then
      select max(c.member_id) into until_id
      from (
        select d.member_id from match_document d
        where d.search_doc @@ tenant_query(t) and d.tenant_id = t and d.member_id > after_id order by d.member_id limit p_most
      ) c;
      exit when until_id is null;
    end if;
    return query
    with found as materialized (
      select distinct on (d.member_id) d.member_id, d.first_name, d.last_name, d.open_to_work, d.since_year,
        case when p_wanted & 1 <> 0 then d.titles end as titles, case when p_wanted & 2 <> 0 then d.companies end as companies,
        case when p_wanted & 4 <> 0 then d.location end as location, case when p_wanted & 8 <> 0 then d.skills end as skills,
        case when p_wanted & 16 <> 0 then d.industry end as industry, case when p_wanted & 32 <> 0 then d.seniority end as seniority,
        p_organisation = any(d.follows) as is_engaged,
        d.external_key = any(p_connected) or d.member_id = any(p_connected_ids) as is_connected,
        case when p_is_ranked then ts_rank(d.search_doc, q) else 0 end as rank
      from match_document d
      where (not by_number or d.member_id > after_id and d.member_id <= until_id)
        and d.search_doc @@ q and d.tenant_id = t
        and d.ats_no = any(p_ats) and not d.is_closed
      order by d.member_id
    ),
    -- Applications, jobs and ACLs each by one walk along an index with all that is asked of it, 1 µs each where a look-up takes 2 to 3.
    applied as materialized (
      select a.member_id, a.ats_no, a.job_id, a.is_restricted, a.last_applied_at, a.stage_bits, a.has_advanced or a.is_closed as is_past,
        case when p_wanted & 256 <> 0 then a.reasons end as reasons
      from applicant a
      where a.tenant_id = t and a.member_id = any(array(select f.member_id from found f)) and a.ats_no = any(p_ats)
    ),
    opening as materialized (
      select j.ats_no, j.id, j.state = 'CLOSED' as is_closed, j.access_restricted
      from job j
      where j.tenant_id = t and j.ats_no = any(p_ats) and j.id = any(array(select distinct a.job_id from applied a))
    ),
    secured as materialized (
      select s.ats_no, s.entity_id as job_id, bool_or((s.ats_no::text || ' ' || s.acl_id) = any(p_acls)) as is_mine
      from entity_acl s
      where s.tenant_id = t and s.ats_no = any(p_ats) and s.entity_type = 'JOB_POSTING'
        and s.entity_id = any(array(select distinct a.job_id from applied a))
      group by s.ats_no, s.entity_id
    ),
    -- As is_visible_by: of several ACLs one is enough, and a job that was never sent is restricted.
    history as materialized (
      select a.member_id, max(a.last_applied_at) as last_applied_at, bit_or(a.stage_bits) as stage_bits,
        bool_or(a.is_past or coalesce(j.is_closed, false)) as is_past,
        case when p_wanted & 256 <> 0
          then array_remove(string_to_array(string_agg(array_to_string(a.reasons, E'\x1f'), E'\x1f'), E'\x1f'), '') end as reasons
      from applied a
      left join opening j on j.ats_no = a.ats_no and j.id = a.job_id
      left join secured s on s.ats_no = a.ats_no and s.job_id = a.job_id
      where case when s.job_id is not null then s.is_mine
        else not a.is_restricted and not coalesce(j.access_restricted, true) and a.ats_no = any(p_open_ats) end
      group by a.member_id
    )
    select f.member_id, null::int, null::text, f.first_name, f.last_name, f.titles, f.companies, f.skills, f.industry, f.location,
      f.seniority, f.since_year, f.open_to_work, f.is_engaged, f.is_connected, h.member_id is not null or not p_is_strict,
      coalesce(h.is_past, false), h.last_applied_at, h.stage_bits,
      case when cardinality(h.reasons) > 1 then array(select distinct r from unnest(h.reasons) r) else h.reasons end, f.rank
    from found f left join history h on h.member_id = f.member_id
    where not p_is_past_only or h.is_past
    limit rows_left;
    get diagnostics rows_found = row_count;
    rows_left := rows_left - rows_found;
    exit when not by_number or rows_left <= 0;
    after_id := until_id;
  end loop;
end $$;

-- ── what there is already ───────────────────────────────────────────────────────────────────────────────────────────

drop index match_document_search;
set local role carrick_reader;
update match_document set search_doc = tenant_doc(tenant_id, search_doc);
reset role;
create index match_document_search on match_document using gin (search_doc);
