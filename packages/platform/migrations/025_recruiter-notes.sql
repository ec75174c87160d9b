-- What recruiters note about people: notes, tags, whom they follow, and what became of those.

create table recruiter_note (
  tenant_id   bigint  not null,
  note_no     bigint  generated always as identity,
  contract_id bigint  not null,
  seat_id     bigint  not null, -- whose it is
  member_id   bigint  not null,
  visibility  text    not null check (visibility in ('CONTRACT', 'PRIVATE')),
  -- It was once visible to the contract: whoever fetched it then is told that it is gone.
  was_shared  boolean not null,
  body        text    not null, -- empty once it is deleted
  created_at  bigint  not null,
  modified_at bigint  not null,
  is_deleted  boolean not null default false,
  primary key (tenant_id, note_no)
);
create index recruiter_note_member on recruiter_note (tenant_id, member_id) where not is_deleted;
create index recruiter_note_modified on recruiter_note (tenant_id, contract_id, modified_at, note_no);

create table person_tag (
  tenant_id   bigint not null,
  contract_id bigint not null,
  member_id   bigint not null,
  tag         text   not null,
  seat_id     bigint not null, -- who added it
  added_at    bigint not null,
  primary key (tenant_id, contract_id, member_id, tag)
);

-- "Update me".
create table profile_subscription (
  tenant_id bigint not null,
  seat_id   bigint not null,
  member_id bigint not null,
  since_at  bigint not null,
  primary key (tenant_id, seat_id, member_id)
);
create index profile_subscription_member on profile_subscription (member_id);

-- What subscribers are told: the fields that a member changed, never what stands in them.
create table profile_update (
  tenant_id  bigint not null,
  update_no  bigint generated always as identity,
  seat_id    bigint not null,
  member_id  bigint not null,
  fields     text[] not null,
  changed_at bigint not null,
  primary key (tenant_id, update_no)
);
create index profile_update_seat on profile_update (tenant_id, seat_id, changed_at);
create index profile_view_contract on profile_view (tenant_id, contract_id, viewed_at);

-- Which of these members somebody follows, in whatever organisation. A member belongs to none.
create function followed_members(p_member_ids bigint[]) returns setof bigint
  language sql stable security definer set search_path = public, pg_temp
as $$
  select distinct member_id from profile_subscription where member_id = any(p_member_ids)
$$;

create function note_profile_updates(p_rows text, p_at bigint) returns void
  language sql security definer set search_path = public, pg_temp
as $$
  insert into profile_update (tenant_id, seat_id, member_id, fields, changed_at)
  select s.tenant_id, s.seat_id, s.member_id, array(select jsonb_array_elements_text(r.fields)), p_at
  from jsonb_to_recordset(p_rows::jsonb) as r (member_id bigint, fields jsonb)
  join profile_subscription s on s.member_id = r.member_id
  order by s.tenant_id, s.seat_id, s.member_id
$$;

-- The member was erased. Notes stay as deleted ones without a text, so that ATSs delete their copies.
create function forget_recruiter_notes(p_member_id bigint, p_at bigint) returns void
  language sql security definer set search_path = public, pg_temp
as $$
  update recruiter_note set is_deleted = true, body = '', modified_at = p_at where member_id = p_member_id and not is_deleted;
  delete from person_tag where member_id = p_member_id;
  delete from profile_subscription where member_id = p_member_id;
  delete from profile_update where member_id = p_member_id;
  delete from profile_view where member_id = p_member_id;
$$;

do $$
declare t text; f regprocedure;
begin
  foreach t in array array['recruiter_note', 'person_tag', 'profile_subscription', 'profile_update'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I for all to carrick_app using (tenant_id = (select tenant_id())) with check (tenant_id = (select tenant_id()))', t);
    execute format('create policy reader on %I for all to carrick_reader using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on %I to carrick_app, carrick_reader', t);
  end loop;
  grant select, delete on profile_view to carrick_reader;
  foreach f in array array[
    'followed_members(bigint[])', 'note_profile_updates(text, bigint)', 'forget_recruiter_notes(bigint, bigint)'
  ]::regprocedure[] loop
    execute format('alter function %s owner to carrick_reader', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to carrick_app', f);
  end loop;
end $$;
