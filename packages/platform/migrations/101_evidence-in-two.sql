-- What a decision goes by, in two parts: the members who hold an identifier, which a batch asks for before it writes its candidates, so
-- that they are compared while it writes; and what is stored beside the candidates, asked for behind the write.

-- Members who hold one of the keys, as they are compared. Of a key that more than p_most_holders have, some are returned: it
-- identifies nobody. Of a member whose form is missing or of another version the id only. Few candidates may be a guess at whose an
-- address is: where nobody holds a key of theirs somebody else is returned, so that it takes as long.
create function identifier_holders(
  p_keys bigint[], p_kinds smallint[], p_candidates int, p_most_holders int, p_most_of_a_guess int, p_version int
)
  returns table (member_id bigint, form text)
  language plpgsql stable set enable_seqscan = off
as $$
#variable_conflict use_column
declare held bigint[];
begin
  held := array(
    select distinct h.member_id
    from unnest((select p_keys), (select p_kinds)) as g(key, kind)
    cross join lateral (
      select k.member_id from member_key k where k.key = g.key and k.kind = g.kind limit p_most_holders + 1
    ) h
  );
  if cardinality(held) = 0 and p_candidates <= p_most_of_a_guess then
    -- Anybody, but for one key always the same: not one whom every cache knows.
    held := array(
      select m.member_id from member m
      where m.member_id >= coalesce(abs(p_keys[1] % (select max(last.member_id) from member last)), 0) and not m.is_closed
      order by m.member_id limit 1
    );
  end if;
  return query
  select h.member_id, f.form
  from unnest((select held)) as h(member_id)
  left join lateral (
    select * from member_form f where f.member_id = h.member_id and f.version = p_version offset 0
  ) f on true;
end $$;

-- As in 015, without the members.
drop function match_evidence(bigint, int, text[], bigint[], int[], bigint[], smallint[], bigint[], int, int, boolean);
create function match_evidence(
  p_tenant_id bigint, p_ats_no int, p_ids text[], p_families bigint[], p_owners int[], p_keys bigint[], p_kinds smallint[],
  p_domains bigint[], p_are_written boolean
)
  returns table (what "char", candidate_id text, note text, member_id bigint, weight real, model_no int, weakness text)
  language plpgsql volatile set enable_seqscan = off
as $$
#variable_conflict use_column
begin
  if p_are_written then
    -- Only rows that differ: a conflict would write a lock into each row that is there. One that comes up nevertheless is another
    -- batch's, which brought the same new candidate at the same time.
    insert into candidate_key (tenant_id, key, kind, ats_no, candidate_id, family)
    select p_tenant_id, g.key, g.kind, p_ats_no, p_ids[g.owner], p_families[g.owner]
    from unnest(p_owners, p_keys, p_kinds) as g(owner, key, kind)
    where p_families[g.owner] is distinct from (
      select k.family from candidate_key k
      where k.tenant_id = p_tenant_id and k.key = g.key and k.ats_no = p_ats_no and k.candidate_id = p_ids[g.owner] and k.kind = g.kind
    )
    order by g.key, g.owner
    on conflict (tenant_id, key, ats_no, candidate_id, kind) do update set family = excluded.family;
  end if;
  return query
  select 'L'::"char", a.candidate_id, a.reasons::text, a.member_id, a.weight, a.model_no, null
  from automatic_match a
  where a.tenant_id = p_tenant_id and a.ats_no = p_ats_no and a.candidate_id = any(p_ids)
  union all
  select 'T', t.candidate_id, null, t.member_id, null, null, null
  from live_tombstones(p_tenant_id, p_ats_no, p_ids) t
  union all
  select 'A', a.candidate_id, a.candidate_email, null, null, null, null
  from application a
  where a.tenant_id = p_tenant_id and a.ats_no = p_ats_no and a.candidate_id = any(p_ids) and a.candidate_email is not null
  union all
  select 'W', null, w.key::text, null, null, null, w.reason
  from weak_identifier w
  where w.tenant_id = p_tenant_id and w.key = any(p_keys || p_domains)
  union all
  select 'W', null, w.key::text, null, null, null, 'SHARED'
  from generic_identifier w
  where w.key = any(p_keys)
  union all
  (
    select 'V', null, null, null, null, v.model_no, null
    from match_model v where v.published_at is not null order by v.published_at desc, v.model_no desc limit 1
  );
end $$;

revoke all on function identifier_holders(bigint[], smallint[], int, int, int, int),
  match_evidence(bigint, int, text[], bigint[], int[], bigint[], smallint[], bigint[], boolean) from public;
grant execute on function identifier_holders(bigint[], smallint[], int, int, int, int),
  match_evidence(bigint, int, text[], bigint[], int[], bigint[], smallint[], bigint[], boolean) to carrick_app;
