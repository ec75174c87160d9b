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

-- Locks a batch's candidates, then its keys, and returns the candidates as they stand once they are locked. One function, so
-- that it is one message of the flight: each statement in it sees what was committed while the one before it waited.
-- `offset 0` keeps an order: what is inside is evaluated first.
create function lock_candidates(p_tenant_id bigint, p_ats_no int, p_ids text[], p_keys bigint[])
  returns table (
    id text, first_name text, last_name text, middle_initial text, suffix text, email_addresses jsonb,
    linked_in_profile_url text, external_profile_url text
  )
  language plpgsql volatile
as $$
begin
  perform pg_advisory_xact_lock(sorted.key)
  from (
    select distinct hashtextextended('candidate ' || p_tenant_id || ' ' || p_ats_no || ' ' || wanted.id, 0) as key
    from unnest(p_ids) as wanted(id)
    order by key offset 0
  ) sorted;
  perform pg_advisory_xact_lock_shared(sorted.key)
  from (select wanted.key from unnest(p_keys) as wanted(key) order by wanted.key offset 0) sorted;
  return query
  select c.id, c.first_name, c.last_name, c.middle_initial, c.suffix, c.email_addresses, c.linked_in_profile_url,
         c.external_profile_url
  from unnest(p_ids) as wanted(id)
  cross join lateral (
    select * from candidate k where k.tenant_id = p_tenant_id and k.ats_no = p_ats_no and k.id = wanted.id offset 0
  ) c;
end $$;

alter function tenants_with_keys(bigint[]) owner to carrick_reader;
revoke all on function tenants_with_keys(bigint[]), lock_candidates(bigint, int, text[], bigint[]) from public;
grant execute on function tenants_with_keys(bigint[]), lock_candidates(bigint, int, text[], bigint[]) to carrick_app;
