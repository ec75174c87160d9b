-- Who signs in for a vendor, and what the vendor's console reads. A partner belongs to no tenant: everything here is reached through
-- functions that take the partner's id and answer about its own applications only. They follow the rules of 002.

create table partner_user (
  partner_user_id bigint  generated always as identity primary key,
  partner_id      bigint  not null references oauth_application on delete cascade,
  email           text    not null,
  name            text    not null,
  password_hash   text    not null,
  is_active       boolean not null default true,
  created_at      bigint  not null
);
-- An address stands for one person at one vendor.
create unique index partner_user_email on partner_user (lower(email));

create table partner_session (
  token_sha256    bytea  primary key,
  partner_user_id bigint not null references partner_user on delete cascade,
  created_at      bigint not null,
  expires_at      bigint not null
);
create index partner_session_user on partner_session (partner_user_id, expires_at);
grant select, insert, update, delete on partner_user, partner_session to carrick_reader;
grant usage on all sequences in schema public to carrick_reader;

-- Null: there is no such partner, or the address is taken.
create function create_partner_user(p_client_id text, p_email text, p_name text, p_password_hash text, p_at bigint) returns bigint
  language sql security definer set search_path = public, pg_temp
as $$
  insert into partner_user (partner_id, email, name, password_hash, created_at)
  select a.application_id, p_email, p_name, p_password_hash, p_at
  from oauth_application a where a.client_id = p_client_id and a.kind = 'partner'
  on conflict do nothing returning partner_user_id
$$;

-- Switched off, whoever it is has no session from the next request on.
create function set_partner_user(p_email text, p_is_active boolean) returns bigint
  language sql security definer set search_path = public, pg_temp
as $$ update partner_user set is_active = p_is_active where lower(email) = lower(p_email) returning partner_user_id $$;

create function partner_user_by_email(p_email text)
  returns table (partner_user_id bigint, password_hash text, is_active boolean)
  language sql stable security definer set search_path = public, pg_temp
as $$ select u.partner_user_id, u.password_hash, u.is_active from partner_user u where lower(u.email) = lower(p_email) $$;

create function open_partner_session(p_token_sha256 bytea, p_partner_user_id bigint, p_at bigint, p_expires_at bigint) returns void
  language sql security definer set search_path = public, pg_temp
as $$
  delete from partner_session where partner_user_id = p_partner_user_id and expires_at <= p_at;
  insert into partner_session (token_sha256, partner_user_id, created_at, expires_at)
  values (p_token_sha256, p_partner_user_id, p_at, p_expires_at);
$$;

create function close_partner_session(p_token_sha256 bytea) returns void
  language sql security definer set search_path = public, pg_temp
as $$ delete from partner_session where token_sha256 = p_token_sha256 $$;

-- Also whether the vendor itself may still do anything.
create function partner_session_by_token(p_token_sha256 bytea)
  returns table (
    partner_id bigint, partner text, client_id text, former_until bigint, name text, email text, is_active boolean, expires_at bigint
  )
  language sql stable security definer set search_path = public, pg_temp
as $$
  select a.application_id, a.name, a.client_id, a.former_until, u.name, u.email, u.is_active and a.access <> 'blocked', s.expires_at
  from partner_session s
  join partner_user u on u.partner_user_id = s.partner_user_id
  join oauth_application a on a.application_id = u.partner_id
  where s.token_sha256 = p_token_sha256
$$;

create function rotate_partner_secret(p_partner_id bigint, p_client_secret bytea, p_former_until bigint) returns bigint
  language sql security definer set search_path = public, pg_temp
as $$
  update oauth_application
  set former_secret = client_secret, former_until = p_former_until, client_secret = p_client_secret, secret_used_at = null
  where application_id = p_partner_id and kind = 'partner'
  returning application_id
$$;

-- No secret leaves it. Without a tenant: the application serves no organisation yet.
create function list_partner_customers(p_partner_id bigint)
  returns table (
    application_id bigint, foreign_id text, name text, description text, client_id text, access text, callback_urls text[],
    js_domains text[], former_until bigint, secret_used_at bigint, tenant_id bigint, ats_no int, organisation text,
    organisation_urn text, partner_told_at bigint, last_call_at bigint, callback_url text, integrations jsonb
  )
  language sql stable security definer set search_path = public, pg_temp
as $$
  select a.application_id, a.foreign_id, a.name, a.description, a.client_id, a.access, a.callback_urls, a.js_domains, a.former_until,
    a.secret_used_at, i.tenant_id, i.ats_no, o.name, o.urn, i.partner_told_at,
    (select r.at from api_request r where r.application_id = a.application_id order by r.at desc limit 1),
    (
      select c.value from integration_configuration c
      where c.tenant_id = i.tenant_id and c.ats_no = i.ats_no and c.configuration_key = 'CALLBACK_URL'
      order by c.integration_type <> 'ONE_CLICK_EXPORT', c.integration_type, c.context_urn limit 1
    ),
    (
      select coalesce(jsonb_agg(jsonb_build_object(
        'type', e.integration_type, 'contextUrn', e.context_urn, 'status', e.status, 'name', e.name, 'configurationKeys', array(
          select c.configuration_key from integration_configuration c
          where c.tenant_id = e.tenant_id and c.ats_no = e.ats_no and c.integration_type = e.integration_type
            and c.context_urn = e.context_urn
        )
      ) order by e.integration_type, e.context_urn), '[]')
      from integration e where e.tenant_id = i.tenant_id and e.ats_no = i.ats_no and e.tenant_type = 'RECRUITER'
    )
  from oauth_application a
  left join ats_instance i on i.application_id = a.application_id
  left join organisation o on o.tenant_id = i.tenant_id
  where a.partner_id = p_partner_id
  order by lower(a.name), a.application_id
$$;

-- Signing a test event needs to know what the sender knows.
drop function ats_client_id(bigint, int);
create function ats_client_id(p_tenant_id bigint, p_ats_no int) returns table (client_id text, is_secret_known boolean)
  language sql stable security definer set search_path = public, pg_temp
as $$
  select a.client_id, a.secret_used_at is not null
  from ats_instance i join oauth_application a on a.application_id = i.application_id
  where i.tenant_id = p_tenant_id and i.ats_no = p_ats_no
$$;

do $$
declare f regprocedure;
begin
  foreach f in array array[
    'create_partner_user(text, text, text, text, bigint)', 'set_partner_user(text, boolean)', 'partner_user_by_email(text)',
    'open_partner_session(bytea, bigint, bigint, bigint)', 'close_partner_session(bytea)', 'partner_session_by_token(bytea)',
    'ats_client_id(bigint, int)', 'rotate_partner_secret(bigint, bytea, bigint)', 'list_partner_customers(bigint)'
  ]::regprocedure[]
  loop
    execute format('alter function %s owner to carrick_reader', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to carrick_app', f);
  end loop;
end $$;
