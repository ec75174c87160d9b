-- Which seats the password of a sign-in opened: among these the contract can be changed without signing in again.
alter table session add column opened_seats bigint[] not null default '{}';

drop function session_by_token(bytea);
create function session_by_token(p_token_sha256 bytea)
  returns table (
    tenant_id bigint, seat_id bigint, contract_id bigint, member_id bigint, email text, is_admin boolean, is_active boolean,
    expires_at bigint, opened_seats bigint[]
  )
  language sql stable security definer set search_path = public, pg_temp
as $$
  select s.tenant_id, s.seat_id, s.contract_id, s.member_id, s.email, s.is_admin, s.is_active, e.expires_at, e.opened_seats
  from session e
  join seat s on s.tenant_id = e.tenant_id and s.seat_id = e.seat_id
  where e.token_sha256 = p_token_sha256
$$;

-- A link by which somebody chooses a password: mailed, good once, for a while. Of no organisation: one address may sit in several.
create table password_link (
  token_sha256 bytea    primary key,
  email        text     not null,
  seat_ids     bigint[] not null,
  purpose      text     not null check (purpose in ('reset', 'invitation')),
  created_at   bigint   not null,
  expires_at   bigint   not null
);
create index password_link_email on password_link (lower(email));
grant select, insert, update, delete on password_link to carrick_reader;

-- A new link takes the place of those before it.
create function issue_password_link(
  p_token_sha256 bytea, p_email text, p_seat_ids bigint[], p_purpose text, p_at bigint, p_expires_at bigint
) returns void
  language sql security definer set search_path = public, pg_temp
as $$
  delete from password_link where expires_at < p_at or (lower(email) = lower(p_email) and purpose = p_purpose);
  insert into password_link (token_sha256, email, seat_ids, purpose, created_at, expires_at)
  values (p_token_sha256, p_email, p_seat_ids, p_purpose, p_at, p_expires_at)
$$;

-- Spends the link: the password of its seats is this one, and whoever was signed in with the old one no longer is. Null: no such link.
create function spend_password_link(p_token_sha256 bytea, p_password_hash text, p_at bigint) returns text
  language plpgsql security definer set search_path = public, pg_temp
as $$
declare spent password_link;
begin
  delete from password_link where token_sha256 = p_token_sha256 and expires_at > p_at returning * into spent;
  if spent.email is null then return null; end if;
  update seat set password_hash = p_password_hash
  where seat_id = any(spent.seat_ids) and lower(email) = lower(spent.email) and email <> '';
  delete from session e using seat s
  where s.tenant_id = e.tenant_id and s.seat_id = e.seat_id and s.seat_id = any(spent.seat_ids);
  delete from password_link where lower(email) = lower(spent.email);
  return spent.email;
end $$;

do $$
declare f regprocedure;
begin
  foreach f in array array[
    'session_by_token(bytea)', 'issue_password_link(bytea, text, bigint[], text, bigint, bigint)',
    'spend_password_link(bytea, text, bigint)'
  ]::regprocedure[]
  loop
    execute format('alter function %s owner to carrick_reader', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to carrick_app', f);
  end loop;
end $$;
