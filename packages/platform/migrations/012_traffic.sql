-- What applications used of their quotas, and what they asked: counted and logged in batches, for all tenants in one statement.

-- Of an application and not of a tenant: a partner's has none. Reached through the functions below only.
create table quota_use (
  application_id bigint not null,
  resource       text   not null, -- v2/atsCandidates/notes
  limit_name     text   not null, -- requests-per-day …
  starts_at      bigint not null, -- of the day or minute, UTC
  used           bigint not null,
  primary key (application_id, resource, limit_name, starts_at)
);
create index quota_use_age on quota_use (starts_at);

-- One row for each answered request: no body, no personal data.
create table api_request (
  tenant_id      bigint not null, -- 0: no application was known, for want of a good token
  request_id     uuid   not null, -- x-li-uuid
  at             bigint not null,
  application_id bigint,
  http_method    text   not null,
  resource       text   not null,
  method         text,            -- batch_update …; null where the request could not be read
  status         int    not null,
  code           text,            -- of a refused request
  rule           text,
  records        int    not null,
  failed         int    not null, -- of these
  ms             real   not null,
  failures       jsonb  not null, -- [{key, status, code, field?, rule?}]
  warnings       jsonb  not null, -- {"/phoneNumbers": how many were taken without}
  primary key (tenant_id, request_id)
);
create index api_request_age on api_request (at);
create index api_request_failed on api_request (tenant_id, at) where failed > 0 or status >= 400;

alter table api_request enable row level security;
alter table api_request force row level security;
create policy tenant on api_request for all to carrick_app
  using (tenant_id = (select tenant_id())) with check (tenant_id = (select tenant_id()));
create policy reader on api_request for all to carrick_reader using (true) with check (true);
grant select on api_request to carrick_app;
grant select, insert, delete on api_request to carrick_reader;
grant select, insert, update, delete on quota_use to carrick_reader;

-- Adds to counters and tells what all processes together have counted. In the order of the key: two processes that add at
-- once wait for each other and never in a circle.
create function add_quota_use(p_rows text)
  returns table (application_id bigint, resource text, limit_name text, starts_at bigint, used bigint)
  language sql security definer set search_path = public, pg_temp
as $$
  insert into quota_use as q (application_id, resource, limit_name, starts_at, used)
  select r.application_id, r.resource, r.limit_name, r.starts_at, r.used
  from jsonb_to_recordset(p_rows::jsonb)
    as r (application_id bigint, resource text, limit_name text, starts_at bigint, used bigint)
  order by 1, 2, 3, 4
  on conflict (application_id, resource, limit_name, starts_at) do update set used = q.used + excluded.used
  returning q.application_id, q.resource, q.limit_name, q.starts_at, q.used
$$;

create function append_api_requests(p_rows text) returns void
  language sql security definer set search_path = public, pg_temp
as $$
  insert into api_request
  select r.* from jsonb_populate_recordset(null::api_request, p_rows::jsonb) as r
  on conflict (tenant_id, request_id) do nothing
$$;

-- Null means: whatever it is. Newest first.
create function find_api_requests(
  p_tenant_id bigint, p_application_ids bigint[], p_request_id uuid, p_since bigint, p_failed boolean, p_most int
) returns setof api_request
  language sql stable security definer set search_path = public, pg_temp
as $$
  select r.* from api_request r
  where (p_tenant_id is null or r.tenant_id = p_tenant_id)
    and (p_application_ids is null or r.application_id = any(p_application_ids))
    and (p_request_id is null or r.request_id = p_request_id)
    and r.at >= p_since
    and (not p_failed or r.failed > 0 or r.status >= 400)
  order by r.at desc
  limit p_most
$$;

-- At most so many requests at a time, so that no deletion is long. Returns how many it deleted.
create function forget_traffic(p_requests_before bigint, p_quotas_before bigint, p_most int) returns bigint
  language sql security definer set search_path = public, pg_temp
as $$
  delete from quota_use where starts_at < p_quotas_before;
  with deleted as (
    delete from api_request where (tenant_id, request_id) in (
      select o.tenant_id, o.request_id from api_request o where o.at < p_requests_before order by o.at limit p_most
    ) returning 1
  )
  select count(*) from deleted
$$;

do $$
declare f regprocedure;
begin
  foreach f in array array[
    'add_quota_use(text)', 'append_api_requests(text)',
    'find_api_requests(bigint, bigint[], uuid, bigint, boolean, int)', 'forget_traffic(bigint, bigint, int)'
  ]::regprocedure[]
  loop
    execute format('alter function %s owner to carrick_reader', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to carrick_app', f);
  end loop;
end $$;
