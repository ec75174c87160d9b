-- Provisioned applications, rotated secrets, member tokens, the request of an integration and its notifications.
-- The functions follow the rules of 002: owned by carrick_reader, fixed search_path, for carrick_app only.

alter table oauth_application
  -- blocked: gets no token, and those it has are revoked; pending: gets tokens that open nothing yet.
  add column access        text   not null default 'enabled' check (access in ('blocked', 'pending', 'enabled')),
  add column foreign_id    text,   -- the customer's id at its partner
  add column description   text   not null default '',
  add column callback_urls text[] not null default '{}',
  add column js_domains    text[] not null default '{}',
  add column former_secret bytea,  -- sealed; good until former_until, after a rotation
  add column former_until  bigint;
create unique index oauth_application_foreign_id on oauth_application (partner_id, foreign_id);

-- A member's token: whose, and for what. An application's own has neither.
alter table access_token
  add column member_id     bigint references member on delete cascade,
  add column scope         text,
  add column authorized_at bigint;

create table authorization_code (
  code_sha256    bytea  primary key,
  application_id bigint not null references oauth_application on delete cascade,
  member_id      bigint not null references member on delete cascade,
  redirect_uri   text   not null,
  scope          text   not null,
  created_at     bigint not null,
  expires_at     bigint not null
);
create index authorization_code_expiry on authorization_code (expires_at);
grant select, insert, update, delete on authorization_code to carrick_reader;

-- What the ATS calls the integration; null until it does.
alter table integration add column name text;

-- What the ATS is told about: it fetches the subject by the notification's id.
create table notification (
  tenant_id       bigint not null,
  notification_id text   not null,
  ats_no          int    not null,
  type            text   not null, -- INTEGRATION_STATUS_CHANGE …
  subject         jsonb  not null, -- the key of what it is about, in wire names
  created_at      bigint not null,
  expires_at      bigint not null,
  primary key (tenant_id, notification_id)
);
create index notification_expiry on notification (tenant_id, expires_at);
alter table notification enable row level security;
alter table notification force row level security;
create policy tenant on notification for all to carrick_app
  using (tenant_id = (select tenant_id())) with check (tenant_id = (select tenant_id()));
create policy reader on notification for all to carrick_reader using (true) with check (true);
grant select, insert, update, delete on notification to carrick_app, carrick_reader;

drop function find_oauth_application(text);
create function find_oauth_application(p_client_id text)
  returns table (
    application_id bigint, kind text, access text, name text, client_secret bytea, former_secret bytea, former_until bigint,
    callback_urls text[]
  )
  language sql stable security definer set search_path = public, pg_temp
as $$
  select a.application_id, a.kind, a.access, a.name, a.client_secret, a.former_secret, a.former_until, a.callback_urls
  from oauth_application a where a.client_id = p_client_id
$$;

create function set_application_access(p_client_id text, p_access text) returns bigint
  language sql security definer set search_path = public, pg_temp
as $$ update oauth_application set access = p_access where client_id = p_client_id returning application_id $$;

-- Which ATS an application is; nothing while it serves no organisation.
create function find_ats_instance(p_application_id bigint) returns table (tenant_id bigint, ats_no int)
  language sql stable security definer set search_path = public, pg_temp
as $$ select i.tenant_id, i.ats_no from ats_instance i where i.application_id = p_application_id $$;

-- ── a partner's applications ────────────────────────────────────────────────────────────────────────────────────────

-- Null: the client id or the partner's id for this customer is taken.
create function provision_application(
  p_partner_id bigint, p_foreign_id text, p_name text, p_description text, p_client_id text, p_client_secret bytea,
  p_callback_urls text[], p_js_domains text[], p_at bigint
) returns bigint
  language sql security definer set search_path = public, pg_temp
as $$
  insert into oauth_application
    (kind, partner_id, foreign_id, name, description, client_id, client_secret, callback_urls, js_domains, created_at)
  values
    ('customer', p_partner_id, p_foreign_id, p_name, p_description, p_client_id, p_client_secret, p_callback_urls, p_js_domains, p_at)
  on conflict do nothing returning application_id
$$;

-- By the partner's own id for the customer, or by ours.
create function find_provisioned_application(p_partner_id bigint, p_foreign_id text, p_application_id bigint)
  returns table (
    application_id bigint, foreign_id text, name text, description text, client_id text, client_secret bytea,
    callback_urls text[], js_domains text[]
  )
  language sql stable security definer set search_path = public, pg_temp
as $$
  select a.application_id, a.foreign_id, a.name, a.description, a.client_id, a.client_secret, a.callback_urls, a.js_domains
  from oauth_application a
  where a.partner_id = p_partner_id and (a.foreign_id = p_foreign_id or a.application_id = p_application_id)
$$;

-- What is null stays as it is.
create function update_provisioned_application(
  p_partner_id bigint, p_application_id bigint, p_name text, p_description text, p_callback_urls text[], p_js_domains text[]
) returns bigint
  language sql security definer set search_path = public, pg_temp
as $$
  update oauth_application set
    name = coalesce(p_name, name), description = coalesce(p_description, description),
    callback_urls = coalesce(p_callback_urls, callback_urls), js_domains = coalesce(p_js_domains, js_domains)
  where partner_id = p_partner_id and application_id = p_application_id
  returning application_id
$$;

create function rotate_client_secret(p_partner_id bigint, p_application_id bigint, p_client_secret bytea, p_former_until bigint)
  returns bigint
  language sql security definer set search_path = public, pg_temp
as $$
  update oauth_application
  set former_secret = client_secret, former_until = p_former_until, client_secret = p_client_secret
  where partner_id = p_partner_id and application_id = p_application_id
  returning application_id
$$;

-- ── codes and tokens ────────────────────────────────────────────────────────────────────────────────────────────────

create function issue_authorization_code(
  p_code_sha256 bytea, p_application_id bigint, p_member_id bigint, p_redirect_uri text, p_scope text, p_at bigint,
  p_expires_at bigint, p_forget_before bigint
) returns void
  language sql security definer set search_path = public, pg_temp
as $$
  delete from authorization_code where code_sha256 in (
    select c.code_sha256 from authorization_code c where c.expires_at < p_forget_before limit 100 for update skip locked
  );
  insert into authorization_code (code_sha256, application_id, member_id, redirect_uri, scope, created_at, expires_at)
  values (p_code_sha256, p_application_id, p_member_id, p_redirect_uri, p_scope, p_at, p_expires_at);
$$;

-- A code is gone once it was shown, whatever comes of it.
create function redeem_authorization_code(p_code_sha256 bytea)
  returns table (
    application_id bigint, member_id bigint, redirect_uri text, scope text, created_at bigint, expires_at bigint
  )
  language sql security definer set search_path = public, pg_temp
as $$
  delete from authorization_code c where c.code_sha256 = p_code_sha256
  returning c.application_id, c.member_id, c.redirect_uri, c.scope, c.created_at, c.expires_at
$$;

drop function issue_access_token(bytea, bigint, bigint, bigint, bigint);
create function issue_access_token(
  p_token_sha256 bytea, p_application_id bigint, p_member_id bigint, p_scope text, p_authorized_at bigint, p_at bigint,
  p_expires_at bigint, p_forget_before bigint
) returns void
  language sql security definer set search_path = public, pg_temp
as $$
  delete from access_token where token_sha256 in (
    select t.token_sha256 from access_token t where t.expires_at < p_forget_before limit 100 for update skip locked
  );
  insert into access_token (token_sha256, application_id, member_id, scope, authorized_at, created_at, expires_at)
  values (p_token_sha256, p_application_id, p_member_id, p_scope, p_authorized_at, p_at, p_expires_at);
$$;

drop function find_caller(bytea);
create function find_caller(p_token_sha256 bytea)
  returns table (
    application_id bigint, client_id text, kind text, access text, member_id bigint, scope text, authorized_at bigint,
    created_at bigint, expires_at bigint, tenant_id bigint, ats_no int, organisation_urn text, is_sync_enabled boolean
  )
  language sql stable security definer set search_path = public, pg_temp
as $$
  select a.application_id, a.client_id, a.kind, a.access, t.member_id, t.scope, t.authorized_at, t.created_at, t.expires_at,
         i.tenant_id, i.ats_no, o.urn,
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

do $$
declare f regprocedure;
begin
  foreach f in array array[
    'find_oauth_application(text)', 'set_application_access(text, text)', 'find_ats_instance(bigint)',
    'provision_application(bigint, text, text, text, text, bytea, text[], text[], bigint)',
    'find_provisioned_application(bigint, text, bigint)',
    'update_provisioned_application(bigint, bigint, text, text, text[], text[])',
    'rotate_client_secret(bigint, bigint, bytea, bigint)',
    'issue_authorization_code(bytea, bigint, bigint, text, text, bigint, bigint, bigint)',
    'redeem_authorization_code(bytea)',
    'issue_access_token(bytea, bigint, bigint, text, bigint, bigint, bigint, bigint)', 'find_caller(bytea)'
  ]::regprocedure[]
  loop
    execute format('alter function %s owner to carrick_reader', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to carrick_app', f);
  end loop;
end $$;
