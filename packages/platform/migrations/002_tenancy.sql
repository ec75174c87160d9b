-- What is asked before the tenant is known, or touches tables of no tenant. Each function belongs to carrick_reader, which
-- row-level security lets through, has a fixed search_path and may be called by carrick_app only.

create function create_organisation(p_urn text, p_name text, p_country text, p_at bigint) returns bigint
  language sql security definer set search_path = public, pg_temp
as $$
  insert into organisation (urn, name, country, created_at) values (p_urn, p_name, p_country, p_at)
  on conflict (urn) do nothing returning tenant_id
$$;

create function find_organisation(p_urn text) returns table (tenant_id bigint, name text)
  language sql stable security definer set search_path = public, pg_temp
as $$ select o.tenant_id, o.name from organisation o where o.urn = p_urn $$;

create function create_oauth_application(
  p_kind text, p_partner_id bigint, p_name text, p_client_id text, p_client_secret bytea, p_at bigint
) returns bigint
  language sql security definer set search_path = public, pg_temp
as $$
  insert into oauth_application (kind, partner_id, name, client_id, client_secret, created_at)
  values (p_kind, p_partner_id, p_name, p_client_id, p_client_secret, p_at)
  on conflict (client_id) do nothing returning application_id
$$;

create function find_oauth_application(p_client_id text)
  returns table (application_id bigint, kind text, client_secret bytea)
  language sql stable security definer set search_path = public, pg_temp
as $$ select a.application_id, a.kind, a.client_secret from oauth_application a where a.client_id = p_client_id $$;

-- Binds a customer application to an organisation as its next ATS. The application's row is locked, so that two
-- organisations that ask at once do not both get it. Null: it is another organisation's, or a partner's.
create function bind_ats_instance(p_tenant_id bigint, p_application_id bigint, p_name text, p_at bigint) returns int
  language plpgsql security definer set search_path = public, pg_temp
as $$
declare bound record; number int;
begin
  perform from oauth_application where application_id = p_application_id and kind = 'customer' for update;
  if not found then return null; end if;
  select i.tenant_id, i.ats_no into bound from ats_instance i where i.application_id = p_application_id;
  if found then return case when bound.tenant_id = p_tenant_id then bound.ats_no end; end if;
  perform from organisation where tenant_id = p_tenant_id for update;
  select coalesce(max(i.ats_no), 0) + 1 into number from ats_instance i where i.tenant_id = p_tenant_id;
  insert into ats_instance (tenant_id, ats_no, application_id, name, created_at)
  values (p_tenant_id, number, p_application_id, p_name, p_at);
  return number;
end $$;

-- A token is kept for a while after its end, so that its bearer is told that it expired and not that it never was.
create function issue_access_token(p_token_sha256 bytea, p_application_id bigint, p_at bigint, p_expires_at bigint, p_forget_before bigint)
  returns void
  language sql security definer set search_path = public, pg_temp
as $$
  delete from access_token where token_sha256 in (
    select t.token_sha256 from access_token t where t.expires_at < p_forget_before limit 100 for update skip locked
  );
  insert into access_token (token_sha256, application_id, created_at, expires_at)
  values (p_token_sha256, p_application_id, p_at, p_expires_at);
$$;

-- Everything a call needs to know about its token, in one round trip. No tenant: a partner's, or not bound yet.
create function find_caller(p_token_sha256 bytea)
  returns table (
    application_id bigint, kind text, expires_at bigint, tenant_id bigint, ats_no int, organisation_urn text, is_sync_enabled boolean
  )
  language sql stable security definer set search_path = public, pg_temp
as $$
  select a.application_id, a.kind, t.expires_at, i.tenant_id, i.ats_no, o.urn,
         exists (
           select from integration e
           where e.tenant_id = i.tenant_id and e.ats_no = i.ats_no and e.status = 'ENABLED'
             and e.integration_type in ('ONE_CLICK_EXPORT', 'IN_ATS_INDICATOR', 'PROFILE_PLUGIN')
         )
  from access_token t
  join oauth_application a on a.application_id = t.application_id
  left join ats_instance i on i.application_id = a.application_id
  left join organisation o on o.tenant_id = i.tenant_id
  where t.token_sha256 = p_token_sha256
$$;
create index ats_instance_of_application on ats_instance (application_id);

do $$
declare f regprocedure;
begin
  foreach f in array array[
    'create_organisation(text, text, text, bigint)', 'find_organisation(text)',
    'create_oauth_application(text, bigint, text, text, bytea, bigint)', 'find_oauth_application(text)',
    'bind_ats_instance(bigint, bigint, text, bigint)', 'issue_access_token(bytea, bigint, bigint, bigint, bigint)',
    'find_caller(bytea)'
  ]::regprocedure[]
  loop
    execute format('alter function %s owner to carrick_reader', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to carrick_app', f);
  end loop;
end $$;
