-- Until when a seat has seen its notices. The notices themselves are read from what happened.
create table notice_seen (
  tenant_id  bigint not null,
  seat_id    bigint not null,
  seen_until bigint not null,
  primary key (tenant_id, seat_id)
);

alter table notice_seen enable row level security;
alter table notice_seen force row level security;
create policy tenant on notice_seen for all to carrick_app
  using (tenant_id = (select tenant_id())) with check (tenant_id = (select tenant_id()));
create policy reader on notice_seen for all to carrick_reader using (true) with check (true);
grant select, insert, update, delete on notice_seen to carrick_app, carrick_reader;

-- Usage of a contract over days: what it exported, and to whom it wrote.
create index profile_export_contract on profile_export (tenant_id, contract_id, exported_at);
create index conversation_contract on conversation (tenant_id, contract_id, sent_at);
