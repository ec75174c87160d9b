-- Members as candidates are compared with: normalised, a list of lists (matching/member-form.ts). Of open accounts only. A form
-- that is missing or of another version is made of the profile, and written when the program next looks after matching.
create table member_form (
  member_id bigint primary key references member on delete cascade,
  version   int    not null,
  form      text   not null
);
grant select, insert, update, delete on member_form to carrick_app, carrick_reader;

-- Without enable_seqscan the plan that is made while the table is empty, and kept, is the one for a full table.
create function member_forms(p_member_ids bigint[], p_version int)
  returns table (member_id bigint, form text)
  language sql stable set enable_seqscan = off
as $$
  select f.member_id, f.form from member_form f where f.member_id = any(p_member_ids) and f.version = p_version
$$;
revoke all on function member_forms(bigint[], int) from public;
grant execute on function member_forms(bigint[], int) to carrick_app;
