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
