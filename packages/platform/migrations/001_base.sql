-- Tenancy, members, records, matching, applicants, outbox.
-- Every tenant table: tenant_id first in the primary key and in every unique key; no triggers; row-level security forced.
-- Roles carrick_app (login, neither owner nor superuser) and carrick_reader (owns the definer functions) exist already.

create function tenant_id() returns bigint language sql stable parallel safe
  as $$ select nullif(current_setting('carrick.tenant_id', true), '')::bigint $$;

-- ── organisations, OAuth applications, contracts, seats ────────────────────────────────────────────────────────────

create table organisation (
  tenant_id  bigint generated always as identity primary key,
  urn        text   not null unique,
  name       text   not null,
  country    text   not null default 'US',
  created_at bigint not null
);

-- Partner applications belong to no tenant; a customer application is bound to one organisation as its ats_instance.
create table oauth_application (
  application_id bigint generated always as identity primary key,
  kind           text   not null check (kind in ('partner', 'customer')),
  partner_id     bigint references oauth_application,
  name           text   not null,
  client_id      text   not null unique,
  client_secret  bytea  not null, -- sealed with the master key
  created_at     bigint not null
);

create table access_token (
  token_sha256   bytea  primary key,
  application_id bigint not null references oauth_application on delete cascade,
  created_at     bigint not null,
  expires_at     bigint not null
);
create index access_token_expiry on access_token (expires_at);

-- One ATS of one organisation.
create table ats_instance (
  tenant_id      bigint not null references organisation,
  ats_no         int    not null,
  application_id bigint not null,
  name           text   not null,
  created_at     bigint not null,
  primary key (tenant_id, ats_no),
  unique (tenant_id, application_id)
);

create table contract (
  tenant_id   bigint not null references organisation,
  contract_id bigint generated always as identity,
  name        text   not null,
  created_at  bigint not null,
  primary key (tenant_id, contract_id)
);

create table seat (
  tenant_id     bigint  not null,
  seat_id       bigint  generated always as identity,
  contract_id   bigint  not null,
  member_id     bigint  not null,
  email         text    not null,
  password_hash text    not null,
  is_admin      boolean not null default false,
  is_active     boolean not null default true,
  created_at    bigint  not null,
  primary key (tenant_id, seat_id),
  unique (tenant_id, contract_id, member_id),
  foreign key (tenant_id, contract_id) references contract (tenant_id, contract_id)
);
create index seat_email on seat (lower(email));

create table session (
  tenant_id    bigint not null,
  token_sha256 bytea  not null,
  seat_id      bigint not null,
  created_at   bigint not null,
  expires_at   bigint not null,
  primary key (tenant_id, token_sha256),
  foreign key (tenant_id, seat_id) references seat (tenant_id, seat_id)
);
create index session_token on session (token_sha256);

create table integration (
  tenant_id        bigint not null,
  ats_no           int    not null,
  integration_type text   not null, -- ONE_CLICK_EXPORT, IN_ATS_INDICATOR, PROFILE_PLUGIN, CSA_API …
  tenant_type      text   not null default 'RECRUITER',
  context_urn      text   not null, -- organization or contract URN
  status           text   not null check (status in ('REQUESTED', 'PARTNER_READY', 'ENABLED')),
  updated_at       bigint not null,
  primary key (tenant_id, ats_no, integration_type, tenant_type, context_urn),
  foreign key (tenant_id, ats_no) references ats_instance (tenant_id, ats_no)
);

create table integration_configuration (
  tenant_id         bigint not null,
  ats_no            int    not null,
  integration_type  text   not null,
  tenant_type       text   not null default 'RECRUITER',
  context_urn       text   not null,
  configuration_key text   not null, -- JOB_POSTING_VIEWERS, APPLICATION_VIEWERS, CALLBACK_URL
  value             text   not null,
  updated_at        bigint not null,
  primary key (tenant_id, ats_no, integration_type, tenant_type, context_urn, configuration_key)
);

-- ── members: one directory per deployment, of no tenant ─────────────────────────────────────────────────────────────

create table member (
  member_id      bigint   generated always as identity primary key,
  external_id    text     not null unique,
  first_name     text     not null,
  last_name      text     not null,
  headline       text,
  industry       text,
  location       text,
  titles         text[]   not null default '{}', -- current titles, for the facet
  open_to_work   boolean  not null default false,
  shares_with_third_parties boolean not null default false,
  is_closed      boolean  not null default false,
  doc            jsonb    not null,              -- the imported record as given, without what stands in columns above it
  doc_sha256     bytea    not null,              -- an unchanged line is skipped
  search_doc     tsvector not null,
  updated_at     bigint   not null
);
create index member_search on member using gin (search_doc);
create index member_follows on member using gin ((doc -> 'followsOrganizations'));

create table member_connection (
  member_id         bigint not null references member on delete cascade,
  other_external_id text   not null,
  primary key (member_id, other_external_id)
);
create index member_connection_other on member_connection (other_external_id);

-- Identifier keys of confirmed e-mails and profile URLs. Equality only: key = first 8 bytes of a keyed hash.
create table member_key (
  key       bigint   not null,
  kind      smallint not null,
  member_id bigint   not null references member on delete cascade,
  primary key (key, kind, member_id)
);

-- ── records ─────────────────────────────────────────────────────────────────────────────────────────────────────────

create table job (
  tenant_id         bigint  not null,
  ats_no            int     not null,
  id                text    not null,
  title             text    not null,
  description       text    not null,
  location          text,
  company_apply_url text    not null,
  listed_at         bigint  not null,
  expire_at         bigint,
  state             text    not null check (state in ('LISTED', 'CLOSED')),
  availability      text    not null,
  access_restricted boolean not null,
  job_posting_no    bigint  generated always as identity, -- urn:li:jobPosting:{n}
  extra             jsonb   not null default '{}',        -- the remaining fields as sent
  received_at       bigint  not null,
  primary key (tenant_id, ats_no, id)
);

create table job_task (
  tenant_id     bigint not null,
  task_id       uuid   not null,
  ats_no        int    not null,
  job_id        text   not null,
  status        text   not null check (status in ('IN_PROGRESS', 'SUCCEEDED', 'FAILED', 'PROCESSED')),
  error_message text,
  job_posting_no bigint,
  created_at    bigint not null,
  primary key (tenant_id, task_id)
);
create index job_task_age on job_task (tenant_id, created_at);

create table candidate (
  tenant_id             bigint not null,
  ats_no                int    not null,
  id                    text   not null,
  ats_created_at        bigint not null,
  ats_last_modified_at  bigint not null,
  first_name            text   not null,
  last_name             text   not null,
  middle_initial        text,
  prefix                text,
  suffix                text,
  email_addresses       jsonb  not null,
  external_profile_url  text,
  linked_in_profile_url text,
  phone_numbers         jsonb,
  addresses             jsonb,
  current_company_name  text,
  current_job_title     text,
  do_not_contact        boolean,
  received_at           bigint not null,
  primary key (tenant_id, ats_no, id)
);

create table candidate_key (
  tenant_id    bigint   not null,
  key          bigint   not null,
  kind         smallint not null,
  ats_no       int      not null,
  candidate_id text     not null,
  primary key (tenant_id, key, ats_no, candidate_id, kind)
);

create table candidate_note (
  tenant_id      bigint not null,
  ats_no         int    not null,
  candidate_id   text   not null,
  id             text   not null,
  note           text,
  author         jsonb,
  ats_created_at bigint,
  received_at    bigint not null,
  primary key (tenant_id, ats_no, candidate_id, id)
);

create table application (
  tenant_id            bigint not null,
  ats_no               int    not null,
  id                   text   not null,
  candidate_id         text,
  job_id               text   not null,
  job_name             text   not null,
  ats_created_at       bigint not null,
  ats_last_modified_at bigint not null,
  candidate_email      text,
  first_name           text   not null,
  last_name            text   not null,
  source               text,
  disposition_reason   text,
  access_restricted    boolean,
  received_at          bigint not null,
  primary key (tenant_id, ats_no, id)
);
create index application_candidate on application (tenant_id, ats_no, candidate_id);
create index application_job on application (tenant_id, ats_no, job_id);

create table application_note (
  tenant_id      bigint not null,
  ats_no         int    not null,
  application_id text   not null,
  id             text   not null,
  note           text,
  author         jsonb,
  ats_created_at bigint,
  received_at    bigint not null,
  primary key (tenant_id, ats_no, application_id, id)
);

create table interview_feedback (
  tenant_id      bigint not null,
  ats_no         int    not null,
  application_id text   not null,
  id             text   not null,
  ats_created_at bigint,
  interviewer    jsonb,
  evaluations    jsonb,
  feedback       text,
  interview_type text,
  received_at    bigint not null,
  primary key (tenant_id, ats_no, application_id, id)
);

create table stage (
  tenant_id      bigint not null,
  ats_no         int    not null,
  application_id text   not null,
  id             text   not null,
  stage          text   not null,
  category       text   not null, -- what the wording means: APPLIED, INTERVIEW, HIRED …
  ats_created_at bigint not null,
  received_at    bigint not null,
  primary key (tenant_id, ats_no, application_id, id)
);

-- Which group secures which job, and who is in the group. No fields beyond the key.
create table entity_acl (
  tenant_id   bigint not null,
  ats_no      int    not null,
  acl_id      text   not null,
  entity_type text   not null,
  entity_id   text   not null,
  received_at bigint not null,
  primary key (tenant_id, ats_no, entity_type, entity_id, acl_id)
);

create table acl_assignee (
  tenant_id   bigint not null,
  ats_no      int    not null,
  acl_id      text   not null,
  entity_type text   not null,
  member_id   bigint not null,
  received_at bigint not null,
  primary key (tenant_id, ats_no, member_id, entity_type, acl_id)
);

-- ── matching ────────────────────────────────────────────────────────────────────────────────────────────────────────

-- What the matcher decided. reasons: codes per field, no raw values.
create table automatic_match (
  tenant_id    bigint not null,
  ats_no       int    not null,
  candidate_id text   not null,
  member_id    bigint not null,
  reasons      jsonb  not null,
  decided_at   bigint not null,
  primary key (tenant_id, ats_no, candidate_id)
);
-- The member first: an index that began with the tenant would be taken for looking up candidates while the table is empty, and read
-- all of the tenant's links for it.
create index automatic_match_member on automatic_match (member_id, tenant_id);

-- What the customer decided; wins over the matcher.
create table manual_match (
  tenant_id    bigint not null,
  ats_no       int    not null,
  candidate_id text   not null,
  member_id    bigint not null,
  decided_at   bigint not null,
  primary key (tenant_id, ats_no, candidate_id)
);
create index manual_match_member on manual_match (member_id, tenant_id);

-- The link that holds: the manual one, else the automatic one. Links go with their candidate, so it is not asked for here. Two arms
-- rather than a coalesce, so that a look-up by member uses the indexes.
create view candidate_member with (security_invoker = true) as
  select m.tenant_id, m.ats_no, m.candidate_id, m.member_id, true as is_manual
  from manual_match m
  union all
  select a.tenant_id, a.ats_no, a.candidate_id, a.member_id, false
  from automatic_match a
  where not exists (
    select from manual_match m where m.tenant_id = a.tenant_id and m.ats_no = a.ats_no and m.candidate_id = a.candidate_id
  );

-- How far a matched member got in each job: one row per (member, ATS, job, candidate, restricted or not). Whether a job
-- is visible, and whether it is closed, is joined at query time, so neither a revoke nor a closing job fans out (D14).
create table applicant (
  tenant_id       bigint  not null,
  member_id       bigint  not null,
  ats_no          int     not null,
  job_id          text    not null,
  candidate_id    text    not null,
  is_restricted   boolean not null,
  applications    int     not null,
  has_advanced    boolean not null,
  is_closed       boolean not null, -- by disposition or stage; the job's own state is joined
  last_applied_at bigint  not null,
  stage           text,
  stage_at        bigint,
  primary key (tenant_id, member_id, ats_no, job_id, candidate_id, is_restricted)
);
create index applicant_candidate on applicant (tenant_id, ats_no, candidate_id);

create table profile_view (
  tenant_id   bigint not null,
  contract_id bigint not null,
  member_id   bigint not null,
  seat_id     bigint not null,
  viewed_at   bigint not null,
  primary key (tenant_id, contract_id, member_id, seat_id, viewed_at)
);

-- ── outbox: events and jobs, written in the transaction that causes them ────────────────────────────────────────────

create table outbox (
  tenant_id  bigint not null,
  id         bigint generated always as identity,
  lane       text   not null, -- 'records' (events for live screens and, later, notifications), 'rematch' (work)
  payload    jsonb  not null,
  xid        xid8   not null default pg_current_xact_id(),
  created_at bigint not null,
  next_at    bigint not null default 0,
  attempts   int    not null default 0,
  failure    text,
  primary key (tenant_id, id)
);
create index outbox_tail on outbox (xid, id);
create index outbox_due on outbox (lane, next_at);

-- ── row-level security ──────────────────────────────────────────────────────────────────────────────────────────────

do $$
declare t text;
begin
  foreach t in array array['organisation', 'ats_instance', 'contract', 'seat', 'session', 'integration', 'integration_configuration',
    'job', 'job_task', 'candidate', 'candidate_key', 'candidate_note', 'application', 'application_note', 'interview_feedback', 'stage',
    'entity_acl', 'acl_assignee', 'automatic_match', 'manual_match', 'applicant', 'profile_view', 'outbox']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I for all to carrick_app using (tenant_id = (select tenant_id())) with check (tenant_id = (select tenant_id()))', t);
    execute format('create policy reader on %I for all to carrick_reader using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on %I to carrick_app, carrick_reader', t);
  end loop;
end $$;

-- The directory is one for the deployment. OAuth applications and tokens are reached through definer functions only.
grant select, insert, update, delete on member, member_connection, member_key to carrick_app, carrick_reader;
grant select, insert, update, delete on oauth_application, access_token to carrick_reader;
grant select on candidate_member to carrick_app, carrick_reader;
grant usage on all sequences in schema public to carrick_app, carrick_reader;
grant usage, create on schema public to carrick_reader; -- create: to own the functions below
