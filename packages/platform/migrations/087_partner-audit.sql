-- What a vendor's people did in their console. By the number of who did it: names are joined when it is read. Reached like everything
-- of a partner (051): through functions that take the partner's id.
create table partner_audit (
  partner_id      bigint not null references oauth_application on delete cascade,
  entry_no        bigint generated always as identity,
  at              bigint not null,
  partner_user_id bigint not null references partner_user on delete cascade,
  action          text   not null,
  application_id  bigint,
  detail          jsonb  not null default '{}', -- addresses of sites and codes; no secret
  primary key (partner_id, entry_no)
);
create index partner_audit_user on partner_audit (partner_user_id);
grant select, insert, delete on partner_audit to carrick_reader;
grant usage on all sequences in schema public to carrick_reader;

drop function partner_session_by_token(bytea);
create function partner_session_by_token(p_token_sha256 bytea)
  returns table (
    partner_user_id bigint, partner_id bigint, partner text, client_id text, former_until bigint, name text, email text,
    is_active boolean, expires_at bigint
  )
  language sql stable security definer set search_path = public, pg_temp
as $$
  select u.partner_user_id, a.application_id, a.name, a.client_id, a.former_until, u.name, u.email,
    u.is_active and a.access <> 'blocked', s.expires_at
  from partner_session s
  join partner_user u on u.partner_user_id = s.partner_user_id
  join oauth_application a on a.application_id = u.partner_id
  where s.token_sha256 = p_token_sha256
$$;

-- What is older than p_forget_before goes with the same step.
create function note_partner_action(
  p_partner_id bigint, p_partner_user_id bigint, p_action text, p_application_id bigint, p_detail text, p_at bigint, p_forget_before bigint
) returns void
  language sql security definer set search_path = public, pg_temp
as $$
  delete from partner_audit where partner_id = p_partner_id and at < p_forget_before;
  insert into partner_audit (partner_id, at, partner_user_id, action, application_id, detail)
  values (p_partner_id, p_at, p_partner_user_id, p_action, p_application_id, p_detail::jsonb);
$$;

-- Newest first; p_before: only what is older than this entry.
create function list_partner_audit(p_partner_id bigint, p_before bigint, p_most int)
  returns table (entry_no bigint, at bigint, by_name text, action text, customer text, detail jsonb)
  language sql stable security definer set search_path = public, pg_temp
as $$
  select e.entry_no, e.at, u.name, e.action, a.name, e.detail
  from partner_audit e
  join partner_user u on u.partner_user_id = e.partner_user_id
  left join oauth_application a on a.application_id = e.application_id and a.partner_id = e.partner_id
  where e.partner_id = p_partner_id and (p_before is null or e.entry_no < p_before)
  order by e.entry_no desc limit p_most
$$;

do $$
declare f regprocedure;
begin
  foreach f in array array[
    'partner_session_by_token(bytea)', 'note_partner_action(bigint, bigint, text, bigint, text, bigint, bigint)',
    'list_partner_audit(bigint, bigint, int)'
  ]::regprocedure[]
  loop
    execute format('alter function %s owner to carrick_reader', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to carrick_app', f);
  end loop;
end $$;
