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
  forget_at    bigint,          -- set when the candidate is deleted
  primary key (tenant_id, ats_no, candidate_id, event_no)
);
create index match_event_forgotten on match_event (tenant_id, forget_at) where forget_at is not null;

-- ── identifiers that do not identify ────────────────────────────────────────────────────────────────────────────────

-- A keyed hash of the candidate's family name: an identifier under which three of them are found is several people's.
alter table candidate_key add column family bigint not null default 0;

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
  totals          jsonb  not null, -- how many members have any value, by field
  floor           int    not null, -- values of fewer members are not among the frequencies
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

-- ── what is asked about candidates and members ──────────────────────────────────────────────────────────────────────

-- As in 004, with all that a candidate's keys follow from.
drop function hold_candidates(bigint, int, text[], bigint[]);
create function hold_candidates(p_tenant_id bigint, p_ats_no int, p_ids text[], p_keys bigint[])
  returns table (
    id text, last_name text, email_addresses jsonb, phone_numbers jsonb, addresses jsonb, linked_in_profile_url text,
    external_profile_url text
  )
  language plpgsql volatile set enable_seqscan = off
as $$
begin
  if not pg_try_advisory_xact_lock_shared(1, 1) then
    perform pg_advisory_xact_lock_shared(sorted.key)
    from (select wanted.key from unnest(p_keys) as wanted(key) order by wanted.key offset 0) sorted;
  end if;
  return query
  select c.id, c.last_name, c.email_addresses, c.phone_numbers, c.addresses, c.linked_in_profile_url, c.external_profile_url
  from candidate c
  where c.tenant_id = p_tenant_id and c.ats_no = p_ats_no and c.id = any(p_ids)
  order by c.id collate "C" for no key update;
end $$;

-- Members as matching reads them.
create function match_members(p_member_ids bigint[])
  returns table (
    member_id bigint, first_name text, last_name text, headline text, location text, is_found_by_email boolean, is_found_by_phone boolean,
    doc jsonb
  )
  language sql stable
as $$
  select m.member_id, m.first_name, m.last_name, m.headline, m.location, m.is_found_by_email, m.is_found_by_phone,
         jsonb_build_object(
           'middleName', m.doc -> 'middleName', 'maidenName', m.doc -> 'maidenName', 'suffix', m.doc -> 'suffix',
           'emails', m.doc -> 'emails', 'phones', m.doc -> 'phones', 'profileUrls', m.doc -> 'profileUrls',
           'positions', m.doc -> 'positions', 'address', m.doc -> 'address'
         )
  from member m
  where m.member_id = any(p_member_ids) and not m.is_closed
$$;

-- What the decision about candidates goes by, one row for each thing: L the stored links, M the members who hold one of the
-- keys, W keys that do not identify, T members who were refused, A addresses that applications brought, V the model that holds.
-- With `p_are_written` the key rows of the candidates are stored as well; p_owners are the places of their owners in p_ids, beside
-- which p_families lie. Of a key that more than p_most_holders have, some are returned: it identifies nobody. Few candidates may
-- be a guess at whose an address is: where nobody holds a key of theirs somebody else is returned, so that it takes as long.
drop function candidate_evidence(bigint, int, text[], int[], bigint[], smallint[], boolean);
create function match_evidence(
  p_tenant_id bigint, p_ats_no int, p_ids text[], p_families bigint[], p_owners int[], p_keys bigint[], p_kinds smallint[],
  p_domains bigint[], p_most_holders int, p_most_of_a_guess int, p_are_written boolean
)
  returns table (
    what "char", candidate_id text, note text, member_id bigint, weight real, model_no int, first_name text, last_name text, headline text,
    location text, is_found_by_email boolean, is_found_by_phone boolean, doc jsonb
  )
  language plpgsql volatile set enable_seqscan = off
as $$
#variable_conflict use_column
declare held bigint[];
begin
  if p_are_written then
    -- Only rows that differ: a conflict would write a lock into each row that is there. One that comes up nevertheless is another
    -- batch's, which brought the same new candidate at the same time.
    insert into candidate_key (tenant_id, key, kind, ats_no, candidate_id, family)
    select p_tenant_id, g.key, g.kind, p_ats_no, p_ids[g.owner], p_families[g.owner]
    from unnest(p_owners, p_keys, p_kinds) as g(owner, key, kind)
    where p_families[g.owner] is distinct from (
      select k.family from candidate_key k
      where k.tenant_id = p_tenant_id and k.key = g.key and k.ats_no = p_ats_no and k.candidate_id = p_ids[g.owner] and k.kind = g.kind
    )
    order by g.key, g.owner
    on conflict (tenant_id, key, ats_no, candidate_id, kind) do update set family = excluded.family;
  end if;
  held := array(
    select h.member_id
    from unnest(p_keys, p_kinds) as g(key, kind)
    cross join lateral (
      select k.member_id from member_key k where k.key = g.key and k.kind = g.kind limit p_most_holders + 1
    ) h
  );
  if cardinality(held) = 0 and cardinality(p_ids) <= p_most_of_a_guess then
    -- Anybody, but for one key always the same: not one whom every cache knows.
    held := array(
      select m.member_id from member m
      where m.member_id >= coalesce(abs(p_keys[1] % (select max(last.member_id) from member last)), 0) and not m.is_closed
      order by m.member_id limit 1
    );
  end if;
  return query
  select 'L'::"char", a.candidate_id, a.reasons::text, a.member_id, a.weight, a.model_no, null, null, null, null, null::boolean,
         null::boolean, null::jsonb
  from automatic_match a
  where a.tenant_id = p_tenant_id and a.ats_no = p_ats_no and a.candidate_id = any(p_ids)
  union all
  select 'T', t.candidate_id, null, t.member_id, null, null, null, null, null, null, null, null, null
  from live_tombstones(p_tenant_id, p_ats_no, p_ids) t
  union all
  select 'A', a.candidate_id, a.candidate_email, null, null, null, null, null, null, null, null, null, null
  from application a
  where a.tenant_id = p_tenant_id and a.ats_no = p_ats_no and a.candidate_id = any(p_ids) and a.candidate_email is not null
  union all
  select 'W', null, w.key::text, null, null, null, w.reason, null, null, null, null, null, null
  from weak_identifier w
  where w.tenant_id = p_tenant_id and w.key = any(p_keys || p_domains)
  union all
  select 'W', null, w.key::text, null, null, null, 'SHARED', null, null, null, null, null, null
  from generic_identifier w
  where w.key = any(p_keys)
  union all
  (
    select 'V', null, null, null, null, v.model_no, null, null, null, null, null, null, null
    from match_model v where v.published_at is not null order by v.published_at desc, v.model_no desc limit 1
  )
  union all
  select 'M', null, null, m.member_id, null, null, m.first_name, m.last_name, m.headline, m.location, m.is_found_by_email, m.is_found_by_phone, m.doc
  from match_members(held) m;
end $$;

-- Members by soft keys, for each owner of keys: the p_most_looked_at whom most keys lead to, a key counting the more the fewer have
-- it. Of a key that more than p_most_holders have, nobody.
create function soft_holders(p_owners int[], p_keys bigint[], p_kinds smallint[], p_most_holders int, p_most_looked_at int)
  returns table (owner int, member_id bigint)
  language sql stable set enable_seqscan = off
as $$
  select ranked.owner, ranked.member_id
  from (
    select g.owner, h.member_id,
           row_number() over (
             partition by g.owner order by sum(ln((p_most_holders + 1)::float8 / cardinality(held.ids))) desc, h.member_id
           ) as place
    from unnest(p_owners, p_keys, p_kinds) as g(owner, key, kind)
    cross join lateral (
      select array_agg(found.member_id) as ids
      from (select k.member_id from member_key k where k.key = g.key and k.kind = g.kind limit p_most_holders + 1) found
    ) held
    cross join lateral unnest(held.ids) as h(member_id)
    where cardinality(held.ids) <= p_most_holders
    group by g.owner, h.member_id
  ) ranked
  where ranked.place <= p_most_looked_at
$$;

-- p_rows: [{c, m, f, w, r, e}]: candidate, its member and the former one or null, weight, reasons, evidence. A link that is new
-- leaves no proposals.
create function write_links(p_tenant_id bigint, p_ats_no int, p_model_no int, p_cause text, p_now bigint, p_rows text) returns void
  language plpgsql volatile set enable_seqscan = off
as $$
begin
  with d as materialized (
    select * from jsonb_to_recordset(p_rows::jsonb) as d(c text, m bigint, f bigint, w real, r jsonb, e jsonb) order by d.c
  ), made as (
    insert into automatic_match (tenant_id, ats_no, candidate_id, member_id, reasons, weight, evidence, model_no, decided_at)
    select p_tenant_id, p_ats_no, d.c, d.m, d.r, d.w, d.e, p_model_no, p_now from d where d.m is not null
    on conflict (tenant_id, ats_no, candidate_id) do update
    set member_id = excluded.member_id, reasons = excluded.reasons, weight = excluded.weight, evidence = excluded.evidence,
        model_no = excluded.model_no, decided_at = excluded.decided_at
  ), logged as (
    insert into match_event (tenant_id, ats_no, candidate_id, member_id, decision, weight, reasons, evidence, model_no, cause, happened_at)
    select p_tenant_id, p_ats_no, d.c, coalesce(d.m, d.f), case when d.m is null then 'NONE' else 'AUTO' end, d.w, d.r, d.e, p_model_no,
           p_cause, p_now
    from d where d.m is distinct from d.f
  ), lifted as (
    delete from automatic_match a
    where a.tenant_id = p_tenant_id and a.ats_no = p_ats_no and a.candidate_id = any(array(select d.c from d where d.m is null))
  )
  delete from match_proposal p
  where p.tenant_id = p_tenant_id and p.ats_no = p_ats_no
    and p.candidate_id = any(array(select d.c from d where d.m is not null and d.f is null));
end $$;

-- The proposals of these candidates are those of p_rows from now on: [{c, m, w, r, e}]. What stays as it is is not written.
create function write_proposals(p_tenant_id bigint, p_ats_no int, p_ids text[], p_model_no int, p_now bigint, p_rows text) returns void
  language plpgsql volatile set enable_seqscan = off
as $$
begin
  delete from match_proposal p
  where p.tenant_id = p_tenant_id and p.ats_no = p_ats_no and p.candidate_id = any(p_ids)
    and not exists (
      select from jsonb_to_recordset(p_rows::jsonb) as d(c text, m bigint) where d.c = p.candidate_id and d.m = p.member_id
    );
  insert into match_proposal (tenant_id, ats_no, candidate_id, member_id, weight, reasons, evidence, model_no, proposed_at)
  select p_tenant_id, p_ats_no, d.c, d.m, d.w, d.r, d.e, p_model_no, p_now
  from jsonb_to_recordset(p_rows::jsonb) as d(c text, m bigint, w real, r jsonb, e jsonb)
  order by d.c, d.m
  on conflict (tenant_id, ats_no, candidate_id, member_id) do update
  set weight = excluded.weight, reasons = excluded.reasons, evidence = excluded.evidence, model_no = excluded.model_no
  where (match_proposal.weight, match_proposal.reasons, match_proposal.evidence, match_proposal.model_no)
    is distinct from (excluded.weight, excluded.reasons, excluded.evidence, excluded.model_no);
end $$;

-- Under how many family names the tenant's candidates carry each key, and why the key is weak: itself (SHARED) or otherwise.
create function key_families(p_tenant_id bigint, p_keys bigint[], p_most int)
  returns table (key text, families int, is_shared boolean, is_weak boolean)
  language sql stable set enable_seqscan = off
as $$
  select g.key::text,
    (
      select count(distinct k.family)::int
      from (select c.family from candidate_key c where c.tenant_id = p_tenant_id and c.key = g.key limit p_most) k
      where k.family <> 0
    ),
    exists (select from weak_identifier w where w.tenant_id = p_tenant_id and w.key = g.key and w.reason = 'SHARED'),
    exists (select from weak_identifier w where w.tenant_id = p_tenant_id and w.key = g.key)
      or exists (select from generic_identifier w where w.key = g.key)
  from unnest(p_keys) as g(key)
$$;

-- Tenants whose candidates a change of these members concerns: by key, or because one of them is proposed there.
create function tenants_with_proposals(p_member_ids bigint[]) returns setof bigint
  language sql stable security definer set search_path = public, pg_temp
as $$ select distinct p.tenant_id from match_proposal p where p.member_id = any(p_member_ids) order by 1 $$;

-- Where phones without prefix are dialled.
create function organisation_countries(p_tenant_ids bigint[]) returns table (tenant_id bigint, country text)
  language sql stable security definer set search_path = public, pg_temp
as $$ select o.tenant_id, o.country from organisation o where p_tenant_ids is null or o.tenant_id = any(p_tenant_ids) $$;

-- Every ATS there is, for what must be done to all candidates.
create function ats_numbers() returns table (tenant_id bigint, ats_no int)
  language sql stable security definer set search_path = public, pg_temp
as $$ select i.tenant_id, i.ats_no from ats_instance i order by 1, 2 $$;

-- How much work of a lane is waiting, of all tenants; not what has failed for good.
create function outbox_waiting(wanted_lane text, never_at bigint) returns bigint
  language sql stable security definer set search_path = public, pg_temp
as $$ select count(*) from outbox o where o.lane = wanted_lane and o.next_at < never_at $$;

-- Identifiers that are SHARED in p_least organisations are nobody's anywhere; those that are no more are taken back. @returns keys that changed
create function count_generic_identifiers(p_least int, p_now bigint) returns setof text
  language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  return query
  with shared as materialized (
    select w.key, min(w.kind)::smallint as kind from weak_identifier w where w.reason = 'SHARED' group by w.key having count(*) >= p_least
  ), gone as (
    delete from generic_identifier g where not exists (select from shared s where s.key = g.key) returning g.key
  ), come as (
    insert into generic_identifier (key, kind, noted_at) select s.key, s.kind, p_now from shared s on conflict do nothing returning key
  )
  select c.key::text from (select key from gone union all select key from come) c;
end $$;

do $$
declare f regprocedure;
begin
  foreach f in array array[
    'tenants_with_proposals(bigint[])', 'organisation_countries(bigint[])', 'ats_numbers()', 'outbox_waiting(text, bigint)',
    'count_generic_identifiers(int, bigint)'
  ]::regprocedure[]
  loop
    execute format('alter function %s owner to carrick_reader', f);
  end loop;
  foreach f in array array[
    'tenants_with_proposals(bigint[])', 'organisation_countries(bigint[])', 'ats_numbers()', 'outbox_waiting(text, bigint)',
    'count_generic_identifiers(int, bigint)',
    'hold_candidates(bigint, int, text[], bigint[])', 'match_members(bigint[])',
    'match_evidence(bigint, int, text[], bigint[], int[], bigint[], smallint[], bigint[], int, int, boolean)',
    'soft_holders(int[], bigint[], smallint[], int, int)', 'write_links(bigint, int, int, text, bigint, text)',
    'write_proposals(bigint, int, text[], int, bigint, text)', 'key_families(bigint, bigint[], int)'
  ]::regprocedure[]
  loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to carrick_app', f);
  end loop;
end $$;
