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

alter function tenants_with_keys(bigint[]) owner to carrick_reader;
revoke all on function tenants_with_keys(bigint[]) from public;
grant execute on function tenants_with_keys(bigint[]) to carrick_app;
