-- Notifications on their way to the ATS: in which order, how far, every attempt; and how each ATS's callbacks fare.

-- One row for each ATS that was ever notified. `last_no` counts its notifications: whoever notifies holds this row until the
-- commit, so the numbers are in commit order and without gaps. It also moves when there is something new to look at
-- (a resend), so that the sender never goes to rest over news.
create table destination (
  tenant_id    bigint not null,
  ats_no       int    not null,
  last_no      bigint not null default 0,
  wake_at      bigint not null,           -- when there is something to do, by the platform's clock
  failures     int    not null default 0, -- in a row
  opened_at    bigint,                    -- the breaker is open since
  probe_at     bigint,                    -- and lets the next one through then
  succeeded_at bigint,
  disabled_at  bigint,
  reason       text,                      -- why it was disabled, for a person
  resets       int    not null default 0, -- how often a person or the ATS began anew
  primary key (tenant_id, ats_no)
);
create index destination_due on destination (wake_at);

create table delivery (
  tenant_id          bigint not null,
  notification_id    text   not null,
  ats_no             int    not null,
  delivery_no        bigint not null, -- the order of first attempts
  integration_type   text   not null, -- whose callback URL it goes to
  context_urn        text   not null,
  state              text   not null check (state in ('pending', 'delivered', 'dead')),
  attempts           int    not null default 0, -- of this schedule
  tried              int    not null default 0, -- of all, resends included
  created_at         bigint not null,
  first_attempted_at bigint, -- of this schedule
  attempted_at       bigint,
  next_at            bigint not null,
  status             int,    -- HTTP status of the last attempt
  failure            text,   -- a code; null unless the last attempt failed
  detail             text,
  primary key (tenant_id, notification_id)
);
create index delivery_order on delivery (tenant_id, ats_no, delivery_no) where state = 'pending';
create index delivery_next on delivery (tenant_id, ats_no, next_at) where state = 'pending';
create index delivery_age on delivery (tenant_id, created_at, delivery_no);

create table delivery_attempt (
  tenant_id       bigint not null,
  notification_id text   not null,
  attempt_no      int    not null,
  at              bigint not null,
  ms              int    not null,
  host            text   not null, -- of the callback URL; its path may hold a secret
  status          int,
  failure         text,
  detail          text,
  primary key (tenant_id, notification_id, attempt_no)
);

do $$
declare t text;
begin
  foreach t in array array['destination', 'delivery', 'delivery_attempt']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I for all to carrick_app using (tenant_id = (select tenant_id())) with check (tenant_id = (select tenant_id()))', t);
    execute format('create policy reader on %I for all to carrick_reader using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on %I to carrick_app, carrick_reader', t);
  end loop;
end $$;

-- Since the last rotation: when a token was first fetched with the present secret. Until then the ATS may know the former only.
alter table oauth_application add column secret_used_at bigint;

drop function rotate_client_secret(bigint, bigint, bytea, bigint);
create function rotate_client_secret(p_partner_id bigint, p_application_id bigint, p_client_secret bytea, p_former_until bigint)
  returns bigint
  language sql security definer set search_path = public, pg_temp
as $$
  update oauth_application
  set former_secret = client_secret, former_until = p_former_until, client_secret = p_client_secret, secret_used_at = null
  where partner_id = p_partner_id and application_id = p_application_id
  returning application_id
$$;

create function note_secret_used(p_application_id bigint, p_at bigint) returns void
  language sql security definer set search_path = public, pg_temp
as $$
  update oauth_application set secret_used_at = p_at where application_id = p_application_id and secret_used_at is null
$$;

create function ats_client_id(p_tenant_id bigint, p_ats_no int) returns table (client_id text)
  language sql stable security definer set search_path = public, pg_temp
as $$
  select a.client_id from ats_instance i join oauth_application a on a.application_id = i.application_id
  where i.tenant_id = p_tenant_id and i.ats_no = p_ats_no
$$;

-- The ATSs for which there is something to do, those that have waited longest first.
create function push_due(p_now bigint, p_most int) returns table (tenant_id bigint, ats_no int, last_no bigint)
  language sql stable security definer set search_path = public, pg_temp
as $$
  select d.tenant_id, d.ats_no, d.last_no from destination d where d.wake_at <= p_now order by d.wake_at limit p_most
$$;

-- Of each ATS named: how it fares, its application's secrets, and its next deliveries that are due, in their order, without
-- those `known` to the caller. One row for each delivery; one without a delivery where none is due.
create function push_load(p_rows text, p_now bigint, p_most int)
  returns table (
    tenant_id bigint, ats_no int, last_no bigint, failures int, opened_at bigint, probe_at bigint, succeeded_at bigint,
    disabled_at bigint, reason text, resets int, client_id text, client_secret bytea, former_secret bytea, former_until bigint,
    secret_used_at bigint, oldest_no bigint, oldest_next_at bigint, next_at bigint, delivery_no bigint, notification_id text,
    type text, expires_at bigint, attempts int, tried int, first_attempted_at bigint, url text
  )
  language sql stable security definer set search_path = public, pg_temp
as $$
  select d.tenant_id, d.ats_no, d.last_no, d.failures, d.opened_at, d.probe_at, d.succeeded_at, d.disabled_at, d.reason, d.resets,
         a.client_id, a.client_secret, a.former_secret, a.former_until, a.secret_used_at, o.delivery_no, o.next_at, n.next_at,
         p.delivery_no, p.notification_id, p.type, p.expires_at, p.attempts, p.tried, p.first_attempted_at, p.url
  from jsonb_to_recordset(p_rows::jsonb) as r ("tenantId" bigint, "atsNo" int, known bigint[])
  join destination d on d.tenant_id = r."tenantId" and d.ats_no = r."atsNo"
  join ats_instance i on i.tenant_id = d.tenant_id and i.ats_no = d.ats_no
  join oauth_application a on a.application_id = i.application_id
  left join lateral (
    select e.delivery_no, e.next_at from delivery e
    where e.tenant_id = d.tenant_id and e.ats_no = d.ats_no and e.state = 'pending'
    order by e.delivery_no limit 1
  ) o on true
  left join lateral (
    select e.next_at from delivery e
    where e.tenant_id = d.tenant_id and e.ats_no = d.ats_no and e.state = 'pending' and e.next_at > p_now
    order by e.next_at limit 1
  ) n on true
  left join lateral (
    select e.delivery_no, e.notification_id, e.attempts, e.tried, e.first_attempted_at, m.type, m.expires_at,
      (
        select c.value from integration_configuration c
        where c.tenant_id = e.tenant_id and c.ats_no = e.ats_no and c.configuration_key = 'CALLBACK_URL'
          and (c.integration_type = 'ONE_CLICK_EXPORT' or (c.integration_type = e.integration_type and c.context_urn = e.context_urn))
        order by c.integration_type = e.integration_type and c.context_urn = e.context_urn desc
        limit 1
      ) as url
    from (
      select * from delivery q
      where q.tenant_id = d.tenant_id and q.ats_no = d.ats_no and q.state = 'pending' and q.next_at <= p_now
        and q.delivery_no <> all (r.known)
      order by q.delivery_no limit p_most
    ) e
    join notification m on m.tenant_id = e.tenant_id and m.notification_id = e.notification_id
  ) p on true
  order by d.tenant_id, d.ats_no, p.delivery_no
$$;

-- Writes what came of attempts, how the ATSs fare, and when there is something to do again (`wakeAt`, unless there is news).
-- A destination that somebody holds to notify is passed over, so that a long transaction delays nobody: the answer names those
-- that were written, and whether they are at rest.
create function push_record(p_results text, p_destinations text, p_now bigint)
  returns table (tenant_id bigint, ats_no int, is_at_rest boolean)
  language sql security definer set search_path = public, pg_temp
as $$
  update delivery d set
    state = r.state, attempts = r.attempts, tried = r.tried, next_at = r."nextAt", status = r.status, failure = r.failure,
    detail = r.detail, attempted_at = coalesce(r.at, d.attempted_at), first_attempted_at = r."firstAttemptedAt"
  from jsonb_to_recordset(p_results::jsonb) as r (
    "tenantId" bigint, "notificationId" text, state text, attempts int, tried int, "nextAt" bigint, status int, failure text,
    detail text, at bigint, "firstAttemptedAt" bigint
  )
  where d.tenant_id = r."tenantId" and d.notification_id = r."notificationId" and d.tried <= r.tried and d.state = 'pending';

  insert into delivery_attempt (tenant_id, notification_id, attempt_no, at, ms, host, status, failure, detail)
  select r."tenantId", r."notificationId", r.tried, r.at, r.ms, r.host, r.status, r.failure, r.detail
  from jsonb_to_recordset(p_results::jsonb) as r (
    "tenantId" bigint, "notificationId" text, tried int, at bigint, ms int, host text, status int, failure text, detail text
  )
  where r.at is not null
  on conflict do nothing;

  with given as (
    select * from jsonb_to_recordset(p_destinations::jsonb) as r (
      "tenantId" bigint, "atsNo" int, "lastNo" bigint, resets int, failures int, "openedAt" bigint, "probeAt" bigint,
      "succeededAt" bigint, "disabledAt" bigint, reason text, "hasRecovered" boolean, "wakeAt" bigint
    )
  ), held as (
    select d.tenant_id, d.ats_no from destination d
    join given g on g."tenantId" = d.tenant_id and g."atsNo" = d.ats_no
    order by d.tenant_id, d.ats_no
    for update of d skip locked
  ), written as (
    update destination d set
      failures = case when d.resets = g.resets then g.failures else d.failures end,
      opened_at = case when d.resets = g.resets then g."openedAt" else d.opened_at end,
      probe_at = case when d.resets = g.resets then g."probeAt" else d.probe_at end,
      succeeded_at = g."succeededAt",
      disabled_at = case when d.resets = g.resets then g."disabledAt" else d.disabled_at end,
      reason = case when d.resets = g.resets then g.reason else d.reason end,
      wake_at = case when d.last_no = g."lastNo" and d.resets = g.resets then coalesce(g."wakeAt", d.wake_at) else d.wake_at end
    from held h, given g
    where d.tenant_id = h.tenant_id and d.ats_no = h.ats_no and g."tenantId" = h.tenant_id and g."atsNo" = h.ats_no
    returning d.tenant_id, d.ats_no, d.disabled_at, g."hasRecovered" as has_recovered,
      g."wakeAt" is not null and d.last_no = g."lastNo" and d.resets = g.resets as is_at_rest
  ), buried as (
    update delivery e set state = 'dead', failure = 'DISABLED', detail = null, status = null
    from written w
    where w.disabled_at is not null and e.tenant_id = w.tenant_id and e.ats_no = w.ats_no and e.state = 'pending'
  ), hurried as (
    update delivery e set next_at = p_now
    from written w
    where w.disabled_at is null and w.has_recovered and e.tenant_id = w.tenant_id and e.ats_no = w.ats_no
      and e.state = 'pending' and e.next_at > p_now
  )
  select w.tenant_id, w.ats_no, w.is_at_rest from written w
$$;

-- At most so many at a time, so that no deletion is long. Returns how many it deleted.
create function forget_notifications(p_expired_before bigint, p_most int) returns bigint
  language sql security definer set search_path = public, pg_temp
as $$
  with gone as (
    delete from notification n where (n.tenant_id, n.notification_id) in (
      select o.tenant_id, o.notification_id from notification o where o.expires_at < p_expired_before limit p_most
    ) returning n.tenant_id, n.notification_id
  ), deliveries as (
    delete from delivery d using gone g where d.tenant_id = g.tenant_id and d.notification_id = g.notification_id
  ), attempts as (
    delete from delivery_attempt a using gone g where a.tenant_id = g.tenant_id and a.notification_id = g.notification_id
  )
  select count(*) from gone
$$;

do $$
declare f regprocedure;
begin
  foreach f in array array[
    'rotate_client_secret(bigint, bigint, bytea, bigint)', 'note_secret_used(bigint, bigint)', 'ats_client_id(bigint, int)',
    'push_due(bigint, int)',
    'push_load(text, bigint, int)', 'push_record(text, text, bigint)', 'forget_notifications(bigint, int)'
  ]::regprocedure[]
  loop
    execute format('alter function %s owner to carrick_reader', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to carrick_app', f);
  end loop;
end $$;
