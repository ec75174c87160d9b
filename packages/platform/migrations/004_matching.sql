-- Which tenants have candidates under any of these identifier keys: what a change of a member must be decided anew in. The
-- candidates themselves are then read tenant by tenant, under row-level security.
create function tenants_with_keys(p_keys bigint[]) returns setof bigint
  language sql stable security definer set search_path = public, pg_temp
as $$
  select o.tenant_id
  from organisation o
  cross join lateral (
    select from candidate_key k where k.tenant_id = o.tenant_id and k.key = any(p_keys) limit 1
  ) found
  order by o.tenant_id
$$;

-- What a batch of candidates does before it is written: keeps members with its identifiers from being written meanwhile
-- (matching/locks.ts says how), then holds the candidates that are there and returns them as they stand from now on. One
-- function, so that it is one message of the flight: each statement in it sees what was committed while the one before it
-- waited. Without enable_seqscan the plan that is made while a table is empty, and kept, is the one for a full table.
create function hold_candidates(p_tenant_id bigint, p_ats_no int, p_ids text[], p_keys bigint[])
  returns table (id text, email_addresses jsonb, linked_in_profile_url text, external_profile_url text)
  language plpgsql volatile set enable_seqscan = off
as $$
begin
  if not pg_try_advisory_xact_lock_shared(1, 1) then
    perform pg_advisory_xact_lock_shared(sorted.key)
    from (select wanted.key from unnest(p_keys) as wanted(key) order by wanted.key offset 0) sorted;
  end if;
  return query
  select c.id, c.email_addresses, c.linked_in_profile_url, c.external_profile_url
  from candidate c
  where c.tenant_id = p_tenant_id and c.ats_no = p_ats_no and c.id = any(p_ids)
  order by c.id collate "C" for no key update;
end $$;

-- What the decision about candidates goes by: the links that are stored, and the members who hold one of the keys. With
-- `p_are_written` the key rows of the candidates are stored as well; p_owners are the places of their owners in p_ids.
create function candidate_evidence(
  p_tenant_id bigint, p_ats_no int, p_ids text[], p_owners int[], p_keys bigint[], p_kinds smallint[], p_are_written boolean
)
  returns table (
    candidate_id text, reasons jsonb, member_id bigint, first_name text, last_name text, middle_name text, maiden_name text,
    suffix text, emails jsonb, profile_urls jsonb
  )
  language plpgsql volatile set enable_seqscan = off
as $$
#variable_conflict use_column
begin
  if p_are_written then
    insert into candidate_key (tenant_id, key, kind, ats_no, candidate_id)
    select p_tenant_id, g.key, g.kind, p_ats_no, p_ids[g.owner]
    from unnest(p_owners, p_keys, p_kinds) as g(owner, key, kind)
    order by g.key, g.owner
    on conflict do nothing;
  end if;
  return query
  select a.candidate_id, a.reasons, a.member_id, null, null, null, null, null, null::jsonb, null::jsonb
  from automatic_match a
  where a.tenant_id = p_tenant_id and a.ats_no = p_ats_no and a.candidate_id = any(p_ids)
  union all
  select null, null, m.member_id, m.first_name, m.last_name, m.doc ->> 'middleName', m.doc ->> 'maidenName', m.doc ->> 'suffix',
         m.doc -> 'emails', m.doc -> 'profileUrls'
  from member m
  where m.member_id = any(array(select k.member_id from member_key k where k.key = any(p_keys))) and not m.is_closed;
end $$;

-- What a writer of members does before it writes. `offset 0` keeps an order: what is inside is evaluated first.
create function lock_directory(p_keys bigint[]) returns void
  language plpgsql volatile
as $$
begin
  perform pg_advisory_xact_lock(1, 1);
  perform pg_advisory_xact_lock(sorted.key)
  from (select wanted.key from unnest(p_keys) as wanted(key) order by wanted.key offset 0) sorted;
end $$;

alter function tenants_with_keys(bigint[]) owner to carrick_reader;
revoke all on function tenants_with_keys(bigint[]), hold_candidates(bigint, int, text[], bigint[]),
  candidate_evidence(bigint, int, text[], int[], bigint[], smallint[], boolean), lock_directory(bigint[]) from public;
grant execute on function tenants_with_keys(bigint[]), hold_candidates(bigint, int, text[], bigint[]),
  candidate_evidence(bigint, int, text[], int[], bigint[], smallint[], boolean), lock_directory(bigint[]) to carrick_app;
