-- Sessions of the widgets: in a frame on another site, so with a cookie of their own, for one application and that site only.

-- What opens such a session once: from our own sign-in window (`state` is what its frame has to know), or handed out to the ATS
-- for somebody who sits before its page (`state` is null): a seat holder, or somebody without a seat, for one candidate.
create table widget_code (
  tenant_id      bigint not null,
  code_sha256    bytea  not null,
  application_id bigint not null references oauth_application on delete cascade,
  seat_id        bigint,
  candidate_id   text,
  state          text,
  expires_at     bigint not null,
  primary key (tenant_id, code_sha256),
  foreign key (tenant_id, seat_id) references seat (tenant_id, seat_id) on delete cascade,
  check ((seat_id is null) <> (candidate_id is null))
);
create index widget_code_hash on widget_code (code_sha256);
create index widget_code_expiry on widget_code (tenant_id, expires_at);

create table widget_session (
  tenant_id      bigint not null,
  token_sha256   bytea  not null,
  application_id bigint not null references oauth_application on delete cascade,
  seat_id        bigint,
  candidate_id   text,
  code_sha256    bytea  not null, -- by which it was opened
  created_at     bigint not null,
  expires_at     bigint not null,
  primary key (tenant_id, token_sha256),
  foreign key (tenant_id, seat_id) references seat (tenant_id, seat_id) on delete cascade,
  check ((seat_id is null) <> (candidate_id is null))
);
create index widget_session_token on widget_session (token_sha256);
create index widget_session_seat on widget_session (tenant_id, seat_id);
create index widget_session_expiry on widget_session (tenant_id, expires_at);

do $$
declare t text;
begin
  foreach t in array array['widget_code', 'widget_session'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I for all to carrick_app using (tenant_id = (select tenant_id())) with check (tenant_id = (select tenant_id()))', t);
    execute format('create policy reader on %I for all to carrick_reader using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on %I to carrick_app, carrick_reader', t);
  end loop;
end $$;

-- The application behind a key that stands in a page; what belongs to its ATS is null while it serves no organisation.
create function find_widget_key(p_client_id text)
  returns table (
    application_id bigint, name text, access text, js_domains text[],
    tenant_id bigint, ats_no int, organisation_urn text
  )
  language sql stable security definer set search_path = public, pg_temp
as $$
  select a.application_id, a.name, a.access, a.js_domains, i.tenant_id, i.ats_no, o.urn
  from oauth_application a
  left join ats_instance i on i.application_id = a.application_id
  left join organisation o on o.tenant_id = i.tenant_id
  where a.client_id = p_client_id and a.kind = 'customer'
$$;

-- Whatever becomes of it, a code is spent when somebody comes with it.
create function take_widget_code(p_code_sha256 bytea)
  returns table (tenant_id bigint, application_id bigint, seat_id bigint, candidate_id text, state text, expires_at bigint)
  language sql security definer set search_path = public, pg_temp
as $$
  delete from widget_code c where c.code_sha256 = p_code_sha256
  returning c.tenant_id, c.application_id, c.seat_id, c.candidate_id, c.state, c.expires_at
$$;

create function widget_session_by_token(p_token_sha256 bytea)
  returns table (
    tenant_id bigint, application_id bigint, seat_id bigint, contract_id bigint, member_id bigint, email text,
    is_admin boolean, is_active boolean, candidate_id text, code_sha256 bytea, expires_at bigint
  )
  language sql stable security definer set search_path = public, pg_temp
as $$
  select e.tenant_id, e.application_id, e.seat_id, s.contract_id, s.member_id, s.email, s.is_admin, s.is_active,
    e.candidate_id, e.code_sha256, e.expires_at
  from widget_session e
  left join seat s on s.tenant_id = e.tenant_id and s.seat_id = e.seat_id
  where e.token_sha256 = p_token_sha256
$$;

-- The origins of pages that may show an application's widgets, for an application without a partner.
create function set_js_domains(p_client_id text, p_js_domains text[]) returns bigint
  language sql security definer set search_path = public, pg_temp
as $$
  update oauth_application set js_domains = p_js_domains
  where client_id = p_client_id and kind = 'customer'
  returning application_id
$$;

do $$
declare f regprocedure;
begin
  foreach f in array array[
    'find_widget_key(text)', 'take_widget_code(bytea)', 'widget_session_by_token(bytea)', 'set_js_domains(text, text[])'
  ]::regprocedure[]
  loop
    execute format('alter function %s owner to carrick_reader', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to carrick_app', f);
  end loop;
end $$;
