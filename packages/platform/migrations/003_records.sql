-- What maintenance and the readers of the outbox see across tenants.

create function tenant_ids() returns setof bigint
  language sql stable security definer set search_path = public, pg_temp
  as $$ select o.tenant_id from organisation o order by o.tenant_id $$;

-- Events in the order of their transactions, and only those below the oldest transaction still open: what is read here
-- can have no predecessor that commits later.
create function outbox_tail(wanted_lane text, after_xid xid8, after_id bigint, most int)
  returns table (tenant_id bigint, id bigint, xid xid8, payload jsonb, created_at bigint)
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select o.tenant_id, o.id, o.xid, o.payload, o.created_at
    from outbox o
    where o.lane = wanted_lane and (o.xid, o.id) > (after_xid, after_id)
      and o.xid < pg_snapshot_xmin(pg_current_snapshot())
    order by o.xid, o.id
    limit most
  $$;

-- Tenants with work that is due in a lane; it is claimed tenant by tenant, under row-level security.
create function outbox_due(wanted_lane text, due_at bigint) returns setof bigint
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select distinct o.tenant_id
    from outbox o
    where o.lane = wanted_lane and o.next_at <= due_at and o.xid < pg_snapshot_xmin(pg_current_snapshot())
  $$;

do $$
declare f regprocedure;
begin
  foreach f in array array['tenant_ids()', 'outbox_tail(text, xid8, bigint, int)', 'outbox_due(text, bigint)']::regprocedure[]
  loop
    execute format('alter function %s owner to carrick_reader', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to carrick_app', f);
  end loop;
end $$;
