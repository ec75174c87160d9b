-- Whose events there are and in which order, and nothing of what they say: a process reads the events themselves tenant by
-- tenant, under row-level security.
drop function outbox_tail(text, xid8, bigint, int);
create function outbox_tail(wanted_lane text, after_xid xid8, after_id bigint, most int)
  returns table (tenant_id bigint, id bigint, xid xid8)
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select o.tenant_id, o.id, o.xid
    from outbox o
    where o.lane = wanted_lane and (o.xid, o.id) > (after_xid, after_id)
      and o.xid < pg_snapshot_xmin(pg_current_snapshot())
    order by o.xid, o.id
    limit most
  $$;
alter function outbox_tail(text, xid8, bigint, int) owner to carrick_reader;
revoke all on function outbox_tail(text, xid8, bigint, int) from public;
grant execute on function outbox_tail(text, xid8, bigint, int) to carrick_app;
