-- What an ATS says it holds, to compare with what it sent; what it used of its quotas.

create table ats_record_count (
  tenant_id  bigint not null,
  ats_no     int    not null,
  kind       text   not null, -- candidate, application …
  year       int    not null,
  records    bigint not null,
  counted_at bigint not null,
  primary key (tenant_id, ats_no, kind, year)
);
alter table ats_record_count enable row level security;
alter table ats_record_count force row level security;
create policy tenant on ats_record_count for all to carrick_app
  using (tenant_id = (select tenant_id())) with check (tenant_id = (select tenant_id()));
create policy reader on ats_record_count for all to carrick_reader using (true) with check (true);
grant select, insert, update, delete on ats_record_count to carrick_app, carrick_reader;

-- Of windows that began at or after a moment.
create function quota_uses(p_application_id bigint, p_since bigint)
  returns table (resource text, limit_name text, starts_at bigint, used bigint)
  language sql stable security definer set search_path = public, pg_temp
as $$
  select q.resource, q.limit_name, q.starts_at, q.used
  from quota_use q where q.application_id = p_application_id and q.starts_at >= p_since
$$;
alter function quota_uses(bigint, bigint) owner to carrick_reader;
revoke all on function quota_uses(bigint, bigint) from public;
grant execute on function quota_uses(bigint, bigint) to carrick_app;
