-- The functions of 040 and 041 anew. `p_is_strict`: a candidate is there for a viewer who sees an application of it (access, AC17).
-- `p_wanted`: which columns anybody asks for, a bit each, in the order of SEARCH_FILTERS; the others stay empty, because ten thousand
-- rows are written out twice before they are counted. An application is judged where it is joined: which of its job's ACLs is the
-- viewer's, or that it has none. So the planner sees how many there are, and looks each up or hashes all.

drop function find_matched(text, boolean, int[], int[], text[], bigint[], bigint[], text, boolean, int);
drop function find_unmatched_members(text, boolean, int[], bigint[], bigint[], text, int);
drop function find_candidates(text, boolean, int[], int[], text[], int);
drop function standings_of(bigint[], int[], int[], text[], bigint, bigint[], bigint[], text);

-- Whether an application may be seen, of its job and one of the ACLs on it, if there is one. Of several ACLs one is enough. As visibleJob
-- and maySee in access/. Of one expression, so that it is written into the query that calls it.
create function is_visible_by(
  p_ats_no int, p_acl_id text, p_is_restricted boolean, p_job_restricted boolean, p_acls text[], p_open_ats int[]
) returns boolean
  language sql immutable
as $$
  select case when p_acl_id is not null then (p_ats_no::text || ' ' || p_acl_id) = any(p_acls)
    else not p_is_restricted and not coalesce(p_job_restricted, true) and p_ats_no = any(p_open_ats) end
$$;

-- Matched members, with what the viewer may know of their applications. Without words, or where a word alone is held by one in eight of
-- the first few hundred, more are found than are looked at: then members are taken in the order of their numbers, as many at a time as
-- there may be rows, until there are that many. Other words are looked up at once.
create function find_matched(
  p_query text, p_is_ranked boolean, p_wanted int, p_ats int[], p_open_ats int[], p_acls text[], p_connected bigint[],
  p_connected_ids bigint[], p_organisation text, p_is_past_only boolean, p_is_strict boolean, p_most int
)
  returns setof found_person
  language plpgsql stable security definer set search_path = public, pg_temp
  set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' set random_page_cost = 1.1
as $$
declare
  t constant bigint := tenant_id();
  q constant tsquery := to_tsquery('simple', p_query);
  after_id bigint := -1;
  until_id bigint := 9223372036854775807;
  rows_left bigint := p_most;
  rows_found bigint;
  by_number boolean := q is null;
begin
  if cardinality(p_ats) = 0 then return; end if;
  if position('&' in p_query) = 0 then
    select 8 * count(*) filter (where c.search_doc @@ q) > count(*) into by_number
    from (select d.search_doc from match_document d where array[d.tenant_id] @> array[t] limit 400) c;
  end if;
  loop
    if by_number then
      select max(c.member_id) into until_id
      from (
        select d.member_id from match_document d
        where array[d.tenant_id] @> array[t] and d.member_id > after_id order by d.member_id limit p_most
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
      where (by_number and d.tenant_id = t and d.member_id > after_id and d.member_id <= until_id
          or not by_number and array[d.tenant_id] @> array[t])
        and (q is null or d.search_doc @@ q)
        and d.ats_no = any(p_ats) and not d.is_closed
      order by d.member_id
    ),
    -- Materialized: of tables that are not analyzed yet one row is expected, and this would be made anew for every person.
    history as materialized (
      select a.member_id, max(a.last_applied_at) as last_applied_at, bit_or(a.stage_bits) as stage_bits,
        bool_or(a.has_advanced or a.is_closed or coalesce(j.state = 'CLOSED', false)) as is_past,
        case when p_wanted & 256 <> 0
          then array_remove(string_to_array(string_agg(array_to_string(a.reasons, E'\x1f'), E'\x1f'), E'\x1f'), '') end as reasons
      from found f
      join applicant a on a.tenant_id = t and a.member_id = f.member_id and a.ats_no = any(p_ats)
      left join job j on j.tenant_id = t and j.ats_no = a.ats_no and j.id = a.job_id
      left join entity_acl s on s.tenant_id = t and s.ats_no = a.ats_no and s.entity_type = 'JOB_POSTING' and s.entity_id = a.job_id
      where is_visible_by(a.ats_no, s.acl_id, a.is_restricted, j.access_restricted, p_acls, p_open_ats)
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

-- Members of the directory with whom the viewer's ATSs have no match.
create function find_unmatched_members(
  p_query text, p_is_ranked boolean, p_wanted int, p_ats int[], p_connected bigint[], p_connected_ids bigint[], p_organisation text,
  p_most int
)
  returns setof found_person
  language plpgsql stable security definer set search_path = public, pg_temp
  set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' set random_page_cost = 1.1
as $$
declare
  t constant bigint := tenant_id();
  q constant tsquery := to_tsquery('simple', p_query);
begin
  return query
  select m.member_id, null::int, null::text, m.first_name, m.last_name, case when p_wanted & 1 <> 0 then m.titles end,
    case when p_wanted & 2 <> 0 then m.companies end, case when p_wanted & 8 <> 0 then m.skills end,
    case when p_wanted & 16 <> 0 then m.industry end, case when p_wanted & 4 <> 0 then m.location end,
    case when p_wanted & 32 <> 0 then m.seniority end, m.since_year, m.open_to_work, p_organisation = any(m.follows),
    hashtextextended(m.external_id, 0) = any(p_connected) or m.member_id = any(p_connected_ids), false, false, null::bigint, null::int,
    null::text[], case when p_is_ranked then ts_rank(m.search_doc, q) else 0 end
  from member m
  where not m.is_closed and (q is null or m.search_doc @@ q)
    and not exists (
      select from match_document d where d.member_id = m.member_id and d.tenant_id = t and d.ats_no = any(p_ats)
    )
  limit p_most;
end $$;

-- Candidates that no member is matched with: a visible application, or they are not there. Where many are found in the order of their
-- keys, as matched members are.
create function find_candidates(
  p_query text, p_is_ranked boolean, p_wanted int, p_ats int[], p_open_ats int[], p_acls text[], p_most int
)
  returns setof found_person
  language plpgsql stable security definer set search_path = public, pg_temp
  set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' set random_page_cost = 1.1
as $$
declare
  t constant bigint := tenant_id();
  q constant tsquery := to_tsquery('simple', p_query);
  places int[] := p_ats;
  after_id text := '';
  until_id text;
  rows_left bigint := p_most;
  rows_found bigint;
  by_key boolean := q is null;
begin
  if position('&' in p_query) = 0 then
    select 8 * count(*) filter (where k.search_doc @@ q) > count(*) into by_key
    from (select c.search_doc from candidate c where array[c.tenant_id] @> array[t] limit 400) k;
  end if;
  loop
    if by_key then
      exit when cardinality(places) = 0;
      select max(k.id) into until_id
      from (
        select c.id from candidate c
        where c.tenant_id = t and c.ats_no = places[1] and c.id > after_id order by c.id limit p_most
      ) k;
      if until_id is null then
        places := places[2:];
        after_id := '';
        continue;
      end if;
    end if;
    return query
    with found as materialized (
      select c.ats_no, c.id, c.first_name, c.last_name, c.current_job_title, c.current_company_name,
        c.addresses -> 0 ->> 'city' as city, case when p_is_ranked then ts_rank(c.search_doc, q) else 0 end as rank
      from candidate c
      where c.tenant_id = t and (by_key and c.ats_no = places[1] and c.id > after_id and c.id <= until_id
          or not by_key and array[c.tenant_id] @> array[t] and c.ats_no = any(p_ats))
        and (q is null or c.search_doc @@ q)
        and not exists (
          select from match_document d where d.tenant_id = c.tenant_id and d.ats_no = c.ats_no and d.candidate_id = c.id
        )
    ),
    applied as materialized (
      select distinct a.ats_no, a.candidate_id, a.id, a.ats_created_at, a.disposition_reason
      from found f
      join application a on a.candidate_id = f.id and a.ats_no = f.ats_no and a.tenant_id = t
      left join job j on j.tenant_id = t and j.ats_no = a.ats_no and j.id = a.job_id
      left join entity_acl s on s.tenant_id = t and s.ats_no = a.ats_no and s.entity_type = 'JOB_POSTING' and s.entity_id = a.job_id
      where is_visible_by(
        a.ats_no, s.acl_id, coalesce(a.access_restricted, false), j.access_restricted, p_acls, p_open_ats
      )
    ),
    history as materialized (
      select a.ats_no, a.candidate_id, max(a.ats_created_at) as last_applied_at,
        case when p_wanted & 128 <> 0 then bit_or(coalesce((
          select bit_or(stage_bit(s.category)) from stage s
          where s.tenant_id = t and s.ats_no = a.ats_no and s.application_id = a.id
        ), 0)) end as stage_bits,
        case when p_wanted & 256 <> 0 then array_remove(array_agg(distinct nullif(btrim(a.disposition_reason), '')), null) end as reasons
      from applied a
      group by a.ats_no, a.candidate_id
    )
    select null::bigint, f.ats_no, f.id, f.first_name, f.last_name, array_remove(array[nullif(btrim(f.current_job_title), '')], null),
      array_remove(array[nullif(btrim(f.current_company_name), '')], null), '{}'::text[], null::text, nullif(btrim(f.city), ''),
      case when p_wanted & 32 <> 0
        then seniority_of(array_remove(array[nullif(btrim(f.current_job_title), '')], null)) end,
      null::int, false, false, false, true, false, h.last_applied_at, h.stage_bits, h.reasons, f.rank
    from history h join found f on f.ats_no = h.ats_no and f.id = h.candidate_id
    limit rows_left;
    get diagnostics rows_found = row_count;
    rows_left := rows_left - rows_found;
    exit when not by_key or rows_left <= 0;
    after_id := until_id;
  end loop;
end $$;

-- What a tenant has to do with members, for a page of them: what their rows show. A page is always as large: one plan does for all, and
-- `offset 0` makes it one of look-ups, whatever the statistics were when it was made.
create function standings_of(
  p_member_ids bigint[], p_ats int[], p_open_ats int[], p_acls text[], p_contract_id bigint, p_organisation text, p_is_strict boolean
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
  seat_members constant bigint[] := array(select s.member_id from seat s where s.tenant_id = t and s.is_active);
  seat_external_ids constant text[] := array(select m.external_id from member m where m.member_id = any(seat_members));
begin
  return query
  with matched as materialized (
    select d.member_id, d.ats_no, d.candidate_id
    from unnest(p_member_ids) as asked (member_id)
    cross join lateral (
      select * from match_document d where d.member_id = asked.member_id and d.tenant_id = t and d.ats_no = any(p_ats) offset 0
    ) d
  ),
  applied as materialized (
    select h.member_id, a.ats_no, a.candidate_id, a.id, a.job_id, coalesce(a.access_restricted, false) as is_restricted
    from matched h
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
  held as materialized (
    select h.* from matched h
    where not p_is_strict or exists (
      select from applied a join visible v on v.ats_no = a.ats_no and v.job_id = a.job_id
      where a.ats_no = h.ats_no and a.candidate_id = h.candidate_id and (v.is_secured or not a.is_restricted)
    )
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
    exists (select from member_connection c where c.other_external_id = m.external_id and c.member_id = any(seat_members))
      or exists (select from member_connection c where c.member_id = m.member_id and c.other_external_id = any(seat_external_ids)),
    p_organisation = any(m.follows),
    (
      select count(*) from profile_view v where v.tenant_id = t and v.contract_id = p_contract_id and v.member_id = m.member_id
    ),
    coalesce((select n.notes from note n where n.member_id = m.member_id), 0),
    array(select distinct h.ats_no from held h where h.member_id = m.member_id order by h.ats_no)
  from member m where m.member_id = any(p_member_ids);
end $$;

do $$
declare f regprocedure;
begin
  foreach f in array array[
    'find_matched(text, boolean, int, int[], int[], text[], bigint[], bigint[], text, boolean, boolean, int)',
    'find_unmatched_members(text, boolean, int, int[], bigint[], bigint[], text, int)',
    'find_candidates(text, boolean, int, int[], int[], text[], int)',
    'standings_of(bigint[], int[], int[], text[], bigint, text, boolean)'
  ]::regprocedure[]
  loop
    execute format('alter function %s owner to carrick_reader', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to carrick_app', f);
  end loop;
end $$;
