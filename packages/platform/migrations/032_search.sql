-- Candidates nobody is matched with are found by their words (D41). As written, and without accents where that differs.
create function search_words(written text) returns tsvector
  language sql immutable
as $$
  select to_tsvector('simple', written || ' ' || regexp_replace(normalize(written, NFKD), '[\u0300-\u036f]', '', 'g'))
$$;

alter table candidate add column search_doc tsvector generated always as (
  search_words(left(
    first_name || ' ' || last_name || ' ' || coalesce(current_job_title, '') || ' ' || coalesce(current_company_name, '') || ' '
      || coalesce(addresses -> 0 ->> 'city', ''), 2000
  ))
) stored;
create index candidate_search on candidate using gin (search_doc);

-- The candidates of the transaction's tenant that hold these words. The operator is not leakproof, so under row security the index
-- would lie idle (docs/spec/running.md). Whether the viewer may see one is for the caller's statement to ask.
create function candidates_with_words(p_query text) returns table (ats_no int, id text, rank real)
  language sql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan
as $$
  select c.ats_no, c.id, ts_rank(c.search_doc, to_tsquery('simple', p_query))
  from candidate c
  where c.tenant_id = (select tenant_id()) and c.search_doc @@ to_tsquery('simple', p_query)
$$;
alter function candidates_with_words(text) owner to carrick_reader;
revoke all on function candidates_with_words(text) from public;
grant execute on function candidates_with_words(text) to carrick_app;
grant execute on function search_words(text) to carrick_app, carrick_reader;
