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
-- Who has each of the soft keys, as ids with commas: a row for each holder costs as much as finding them. Of a key that more than
-- p_most_holders have, nobody.
drop function soft_holders(int[], bigint[], smallint[], int);
create function soft_holders(p_places int[], p_keys bigint[], p_kinds smallint[], p_most_holders int)
  returns table (place int, members text)
  language sql stable set enable_seqscan = off
as $$
  select g.place, held.members
  from unnest(p_places, p_keys, p_kinds) as g(place, key, kind)
  cross join lateral (
    select string_agg(found.member_id::text, ',') as members, count(*) as holders
    from (select k.member_id from member_key k where k.key = g.key and k.kind = g.kind limit p_most_holders + 1) found
  ) held
  where held.holders between 1 and p_most_holders
$$;

revoke all on function member_forms(bigint[], int), soft_holders(int[], bigint[], smallint[], int) from public;
grant execute on function member_forms(bigint[], int), soft_holders(int[], bigint[], smallint[], int) to carrick_app;
