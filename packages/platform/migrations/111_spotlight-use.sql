-- How often recruiters searched with the past applicants spotlight: for reports. Numbers only, not what was searched for.
create table spotlight_use (
  tenant_id    bigint not null,
  contract_id  bigint not null,
  day          int    not null, -- since 1970, UTC
  seat_id      bigint not null,
  searches     int    not null,
  last_used_at bigint not null,
  primary key (tenant_id, contract_id, day, seat_id)
);

alter table spotlight_use enable row level security;
alter table spotlight_use force row level security;
create policy tenant on spotlight_use for all to carrick_app
  using (tenant_id = (select tenant_id())) with check (tenant_id = (select tenant_id()));
create policy reader on spotlight_use for all to carrick_reader using (true) with check (true);
grant select, insert, update, delete on spotlight_use to carrick_app, carrick_reader;
