/**
 * The ATS's own tables, in its own words. What only the integration needs is marked: it is little, because the connector
 * keeps its own books.
 */
export const SCHEMA = `
create table if not exists staff (
  id text primary key, first_name text not null, last_name text not null, email text not null
);
create table if not exists team (id text primary key, name text not null);
create table if not exists team_staff (
  team_id text not null references team on delete cascade, staff_id text not null references staff on delete cascade,
  primary key (team_id, staff_id)
);
create table if not exists job (
  id text primary key, title text not null, description text not null, location text not null,
  is_open boolean not null default true, is_public boolean not null default false,
  team_id text references team, -- null: every recruiter sees it
  opened_at timestamptz not null
);
create table if not exists candidate (
  id text primary key, first_name text not null, last_name text not null,
  email text, phone text, profile_url text, city text, region text, country text, company text, title text,
  source text, comment text, created_at timestamptz not null, changed_at timestamptz not null,
  person_urn text, person_is_manual boolean not null default false -- whom the platform matches this candidate with
);
create index if not exists candidate_person on candidate (person_urn);
create table if not exists candidate_note (
  id text primary key, candidate_id text not null references candidate on delete cascade,
  author_id text not null references staff, note text not null, created_at timestamptz not null
);
create index if not exists candidate_note_candidate on candidate_note (candidate_id);
create table if not exists application (
  id text primary key, candidate_id text references candidate on delete set null, job_id text not null references job,
  source text, reason text, applied_at timestamptz not null, changed_at timestamptz not null
);
create index if not exists application_candidate on application (candidate_id);
create index if not exists application_job on application (job_id);
create table if not exists stage (
  id text primary key, application_id text not null references application on delete cascade,
  name text not null, entered_at timestamptz not null
);
create index if not exists stage_application on stage (application_id);
create table if not exists application_note (
  id text primary key, application_id text not null references application on delete cascade,
  author_id text not null references staff, note text not null, created_at timestamptz not null
);
create index if not exists application_note_application on application_note (application_id);
create table if not exists feedback (
  id text primary key, application_id text not null references application on delete cascade,
  interviewer_id text not null references staff, kind text not null, attribute text not null, result text not null,
  text text not null, held_at timestamptz not null
);
create index if not exists feedback_application on feedback (application_id);
create table if not exists document (
  id text primary key, candidate_id text not null references candidate on delete cascade,
  name text not null, media_type text not null, bytes bytea not null, created_at timestamptz not null
);
-- What came back from the platform.
create table if not exists message (
  id text primary key, person_urn text not null, is_from_candidate boolean not null, author text not null,
  subject text, body text, sent_at timestamptz not null
);
create index if not exists message_person on message (person_urn);
create table if not exists recruiter_note (
  id text primary key, person_urn text not null, note text not null, changed_at timestamptz not null
);
create index if not exists recruiter_note_person on recruiter_note (person_urn);
`;
