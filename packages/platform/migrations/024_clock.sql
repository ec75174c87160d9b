-- The clock of a sandbox, where it can be turned: how far it is ahead of the machine's. One row, or none where it cannot; of the
-- deployment and of no tenant.
create table turned_clock (
  is_only   boolean primary key default true check (is_only),
  offset_ms bigint  not null check (offset_ms >= 0)
);
grant select, insert, update on turned_clock to carrick_app;
