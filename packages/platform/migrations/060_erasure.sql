-- Erasure on request. What a request was about is kept by its ids until it is done, then by a keyed hash alone; what is left is the
-- certificate. Tenant 0: of the deployment, not of one organisation (a member, or an organisation that is gone afterwards).
create table erasure (
  tenant_id    bigint not null,
  erasure_id   uuid   not null,
  kind         text   not null check (kind in ('candidate', 'member', 'seat', 'contract', 'organisation')),
  subject      jsonb  not null, -- ids; {} once it is erased
  state        text   not null check (state in ('asked', 'confirmed', 'erased', 'proved', 'failed')),
  counts       jsonb  not null, -- rows by place, as they were when it was asked for
  seat_id      bigint,          -- who asked; null: the operator
  asked_at     bigint not null,
  confirmed_at bigint,
  erased_at    bigint,
  proved_at    bigint,          -- when the data folder held nothing of it any more
  failure      text,            -- a code
  certificate  text,            -- JSON, signed
  primary key (tenant_id, erasure_id)
);
create index erasure_asked on erasure (tenant_id, asked_at desc);
alter table erasure enable row level security;
alter table erasure force row level security;
create policy tenant on erasure for all to carrick_app
  using (tenant_id = (select tenant_id())) with check (tenant_id = (select tenant_id()));
create policy reader on erasure for all to carrick_reader using (true) with check (true);
grant select, insert, update, delete on erasure to carrick_app;

-- Erasing, exporting and pruning go over every table, of every organisation: as the reader, which the owner's account becomes for it.
grant select, insert, update, delete on all tables in schema public to carrick_reader;
-- Of tables that later migrations make too: whoever makes one need not think of it.
alter default privileges in schema public grant select, insert, update, delete on tables to carrick_reader;
revoke insert, update, delete on schema_migration from carrick_reader;

-- A seat that was erased keeps its number and nothing else.
create or replace function seats_of_member(p_member_id bigint) returns table (organisation text)
  language sql stable security definer set search_path = public, pg_temp
as $$
  select distinct o.name from seat s join organisation o on o.tenant_id = s.tenant_id
  where s.member_id = p_member_id and s.email <> '' order by o.name
$$;

-- What fell due: the log of who changed what is kept as long as the deployment says, and the record of a press as long as a repeat of
-- it is recognised; work that was given up, and requests to erase that nobody confirmed, as long as somebody may still look.
create function forget_logs(p_audit_before bigint, p_before bigint, p_never_at bigint, p_most int) returns bigint
  language sql security definer set search_path = public, pg_temp
as $$
  with audits as (
    delete from audit_entry where (tenant_id, entry_no) in (
      select a.tenant_id, a.entry_no from audit_entry a where a.at < p_audit_before limit p_most
    ) returning 1
  ), presses as (
    delete from export_press p where (p.tenant_id, p.seat_id, p.press_key, p.member_id) in (
      select o.tenant_id, o.seat_id, o.press_key, o.member_id from export_press o
      where not exists (
        select from profile_export e
        where e.tenant_id = o.tenant_id and e.export_id = o.export_id and e.exported_at >= p_before
      ) limit p_most
    ) returning 1
  ), given_up as (
    delete from outbox where (tenant_id, id) in (
      select o.tenant_id, o.id from outbox o where o.next_at >= p_never_at and o.created_at < p_before limit p_most
    ) returning 1
  ), asked as (
    delete from erasure e where e.state = 'asked' and e.asked_at < p_before returning 1
  )
  select greatest((select count(*) from audits), (select count(*) from presses), (select count(*) from given_up))
$$;
alter function forget_logs(bigint, bigint, bigint, int) owner to carrick_reader;
revoke all on function forget_logs(bigint, bigint, bigint, int) from public;
grant execute on function forget_logs(bigint, bigint, bigint, int) to carrick_app;
