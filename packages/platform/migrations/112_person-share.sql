-- "Share for review": one recruiter asks another of the same contract to look at a person. Once for each of such pairs and person.
create table person_share (
  tenant_id   bigint not null,
  share_no    bigint generated always as identity,
  contract_id bigint not null,
  member_id   bigint not null,
  seat_id     bigint not null,
  to_seat_id  bigint not null,
  note        text   not null,
  shared_at   bigint not null,
  primary key (tenant_id, share_no)
);
create unique index person_share_pair on person_share (tenant_id, contract_id, member_id, seat_id, to_seat_id);
create index person_share_to on person_share (tenant_id, to_seat_id, shared_at);
create index person_share_member on person_share (member_id);

alter table person_share enable row level security;
alter table person_share force row level security;
create policy tenant on person_share for all to carrick_app
  using (tenant_id = (select tenant_id())) with check (tenant_id = (select tenant_id()));
create policy reader on person_share for all to carrick_reader using (true) with check (true);
grant select, insert, update, delete on person_share to carrick_app, carrick_reader;

create or replace function forget_recruiter_notes(p_member_id bigint, p_at bigint) returns void
  language sql security definer set search_path = public, pg_temp
as $$
  update recruiter_note set is_deleted = true, body = '', modified_at = p_at where member_id = p_member_id and not is_deleted;
  delete from person_tag where member_id = p_member_id;
  delete from profile_subscription where member_id = p_member_id;
  delete from profile_update where member_id = p_member_id;
  delete from profile_view where member_id = p_member_id;
  delete from person_share where member_id = p_member_id;
$$;
