-- One-Click Export, closed profiles of those who were exported, and a contract's own switch of an integration.

-- Who exported whom to which job. Its id is the notification's as well, so the ATS fetches it by `requestId`.
create table profile_export (
  tenant_id   bigint not null,
  export_id   text   not null,
  contract_id bigint not null,
  seat_id     bigint not null,
  member_id   bigint not null,
  ats_no      int    not null,
  job_id      text   not null,
  job_title   text   not null, -- as it was when it was chosen
  exported_at bigint not null,
  fetched_at  bigint,          -- by the ATS, for the first time
  primary key (tenant_id, export_id)
);
create index profile_export_person on profile_export (tenant_id, member_id, exported_at);
create index profile_export_seat on profile_export (tenant_id, seat_id, exported_at);
create index profile_export_member on profile_export (member_id, tenant_id);

-- The dialogs that were pressed, by their keys: however often one is pressed, it is one export.
create table export_press (
  tenant_id bigint not null,
  seat_id   bigint not null,
  press_key text   not null,
  member_id bigint not null,
  export_id text   not null,
  primary key (tenant_id, seat_id, press_key, member_id)
);

-- An exported member closed the account: the customer is told, and decides what becomes of the copy in its ATS.
create table closed_profile (
  tenant_id  bigint not null,
  ats_no     int    not null,
  member_id  bigint not null,
  candidate_ids text[] not null, -- tied to the member when the account was closed; matching lets go of them
  closed_at  bigint not null,
  due_at     bigint not null, -- by when the ATS has to have asked
  told_at    bigint,          -- when it first asked
  decision   text check (decision in ('DELETED', 'KEPT')),
  decided_at bigint,
  primary key (tenant_id, ats_no, member_id)
);
create index closed_profile_order on closed_profile (tenant_id, ats_no, closed_at, member_id);

-- Every decision, in its order; nothing is overwritten.
create table closed_profile_decision (
  tenant_id   bigint not null,
  decision_no bigint generated always as identity,
  ats_no      int    not null,
  member_id   bigint not null,
  decision    text   not null,
  seat_id     bigint not null,
  decided_at  bigint not null,
  primary key (tenant_id, decision_no)
);

-- A company's integration serves all of its contracts but those whose administrator said no.
create table integration_off (
  tenant_id        bigint not null,
  contract_id      bigint not null,
  ats_no           int    not null,
  integration_type text   not null,
  seat_id          bigint not null, -- who switched it off
  switched_at      bigint not null,
  primary key (tenant_id, contract_id, ats_no, integration_type)
);

-- For the member's own page.
create function exports_of_member(p_member_id bigint) returns table (organisation text, ats text, exported_at bigint)
  language sql stable security definer set search_path = public, pg_temp
as $$
  select o.name, i.name, e.exported_at
  from profile_export e
  join organisation o on o.tenant_id = e.tenant_id
  join ats_instance i on i.tenant_id = e.tenant_id and i.ats_no = e.ats_no
  where e.member_id = p_member_id and e.fetched_at is not null
  order by e.exported_at desc, o.name
$$;

-- Tells every organisation whose ATS fetched one of them; takes it back of accounts that opened again, unless it was decided.
create function note_closed_profiles(p_closed bigint[], p_opened bigint[], p_at bigint, p_due_at bigint) returns void
  language sql security definer set search_path = public, pg_temp
as $$
  insert into closed_profile (tenant_id, ats_no, member_id, candidate_ids, closed_at, due_at)
  select distinct e.tenant_id, e.ats_no, e.member_id,
    array(
      select l.candidate_id from candidate_member l
      where l.tenant_id = e.tenant_id and l.ats_no = e.ats_no and l.member_id = e.member_id order by l.candidate_id
    ),
    p_at, p_due_at
  from profile_export e
  where e.member_id = any(p_closed) and e.fetched_at is not null
  order by e.tenant_id, e.ats_no, e.member_id
  on conflict (tenant_id, ats_no, member_id) do update
  set candidate_ids = excluded.candidate_ids, closed_at = excluded.closed_at, due_at = excluded.due_at, told_at = null, decision = null, decided_at = null;

  delete from closed_profile c where c.member_id = any(p_opened) and c.decision is null;
$$;

do $$
declare t text; f regprocedure;
begin
  foreach t in array array['profile_export', 'export_press', 'closed_profile', 'closed_profile_decision', 'integration_off'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I for all to carrick_app using (tenant_id = (select tenant_id())) with check (tenant_id = (select tenant_id()))', t);
    execute format('create policy reader on %I for all to carrick_reader using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on %I to carrick_app, carrick_reader', t);
  end loop;
  foreach f in array array[
    'exports_of_member(bigint)', 'note_closed_profiles(bigint[], bigint[], bigint, bigint)'
  ]::regprocedure[] loop
    execute format('alter function %s owner to carrick_reader', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to carrick_app', f);
  end loop;
end $$;
