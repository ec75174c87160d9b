-- What an ATS sent of each record, as a digest (docs/spec/digests.md): 128 bits, of which the first 32 follow from the key alone.
-- Null where a record came before these columns: it is told apart when both sides are compared, and sent again.
-- No index: sums are made by reading the kind's rows once. An index would be written with every change of a record.

do $$
declare name text;
begin
  foreach name in array array['job', 'candidate', 'candidate_note', 'application', 'application_note', 'interview_feedback',
    'stage', 'entity_acl', 'acl_assignee']
  loop
    execute format('alter table %I add column digest_high bigint, add column digest_low bigint', name);
  end loop;
end $$;
