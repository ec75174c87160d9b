-- Matching with weights: proposals, weak identifiers, published models, the log of links.

-- ── links and proposals: levels and bits, never a value of either side ─────────────────────────────────────────────

alter table automatic_match
  add column weight   real  not null default 0,    -- bits
  add column evidence jsonb not null default '[]', -- [{field, level, bits, tf?}]
  add column model_no int   not null default 0;    -- 0: the model that comes with the program

-- Whom a candidate may be: for a person to decide, never on the wire. At most five of a candidate.
create table match_proposal (
  tenant_id    bigint not null,
  ats_no       int    not null,
  candidate_id text   not null,
  member_id    bigint not null,
  weight       real   not null,
  reasons      jsonb  not null,
  evidence     jsonb  not null,
  model_no     int    not null,
  proposed_at  bigint not null,
  primary key (tenant_id, ats_no, candidate_id, member_id)
);
create index match_proposal_member on match_proposal (member_id, tenant_id);
create index match_proposal_weight on match_proposal (tenant_id, weight desc, ats_no, candidate_id);

-- Every change of a link, append-only. Of a candidate that was deleted the id is replaced by its keyed hash.
create table match_event (
  tenant_id    bigint not null,
  ats_no       int    not null,
  candidate_id text   not null,
  event_no     bigint generated always as identity,
  member_id    bigint not null,
  decision     text   not null check (decision in ('AUTO', 'NONE', 'LINK', 'UNLINK', 'LIFTED')),
  weight       real,
  reasons      jsonb  not null default '[]',
  evidence     jsonb  not null default '[]',
  model_no     int    not null default 0,
  cause        text   not null, -- candidate, member, recheck, model, verdict …
  happened_at  bigint not null,
  primary key (tenant_id, ats_no, candidate_id, event_no)
);

-- ── identifiers that do not identify ────────────────────────────────────────────────────────────────────────────────

-- A keyed hash of the candidate's family name: an identifier under which three of them are found is several people's.
alter table candidate_key add column family bigint;

-- In one organisation. SHARED: its candidates carry it under three family names. SUSPECT: it carried a link that a person undid.
-- RECRUITER: the mailbox of a seat, or the domain of one.
create table weak_identifier (
  tenant_id bigint   not null,
  key       bigint   not null,
  reason    text     not null check (reason in ('SHARED', 'SUSPECT', 'RECRUITER')),
  kind      smallint not null,
  noted_at  bigint   not null,
  primary key (tenant_id, key, reason)
);

-- SHARED in at least five organisations; set by a job, of no tenant.
create table generic_identifier (
  key      bigint   primary key,
  kind     smallint not null,
  noted_at bigint   not null
);

-- ── models: weights and how frequent values are ─────────────────────────────────────────────────────────────────────

-- What is published last holds. weights: those of the file it was made with, so that new ones come with a new model only.
create table match_model (
  model_no        int    generated always as identity primary key,
  weights_version text   not null,
  weights         jsonb  not null,
  norm_version    int    not null,
  member_count    bigint not null,
  report          jsonb, -- what it would change, as found by its shadow run
  created_at      bigint not null,
  published_at    bigint
);

-- Of each field the values that several members have; rarer ones are all alike.
create table term_frequency (
  model_no int    not null references match_model on delete cascade,
  field    text   not null,
  value    text   not null,
  members  int    not null,
  primary key (model_no, field, value)
);

-- ── members ─────────────────────────────────────────────────────────────────────────────────────────────────────────

-- The member's own choice; an import leaves it as it is.
alter table member
  add column is_found_by_email boolean not null default true,
  add column is_found_by_phone boolean not null default true;

do $$
declare t text;
begin
  foreach t in array array['match_proposal', 'match_event', 'weak_identifier']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I for all to carrick_app using (tenant_id = (select tenant_id())) with check (tenant_id = (select tenant_id()))', t);
    execute format('create policy reader on %I for all to carrick_reader using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on %I to carrick_app, carrick_reader', t);
  end loop;
end $$;
grant select, insert, update, delete on match_model, term_frequency to carrick_app;
grant select on generic_identifier to carrick_app;
grant select, insert, update, delete on match_model, term_frequency, generic_identifier to carrick_reader;
grant usage on all sequences in schema public to carrick_app, carrick_reader;

-- Whom a candidate must not be linked to: a person said so. Nobody can yet.
create function live_tombstones(p_tenant_id bigint, p_ats_no int, p_ids text[])
  returns table (candidate_id text, member_id bigint)
  language sql stable
as $$ select null::text, null::bigint where false $$;
revoke all on function live_tombstones(bigint, int, text[]) from public;
grant execute on function live_tombstones(bigint, int, text[]) to carrick_app;
