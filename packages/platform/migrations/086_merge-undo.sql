-- Decisions that come into force again come as they were: in dispute where they were in dispute, and still known as moved by the
-- merge that moved them. Two links in dispute, renewed as if each held alone, met in the index that allows one; and what a merge had
-- moved stayed where it was once a later merge had been undone.
create or replace function renew_decisions(p_tenant_id bigint, p_decision_nos bigint[], p_seat_id bigint, p_now bigint) returns void
  language sql volatile
as $$
  insert into match_decision (
    tenant_id, ats_no, candidate_id, member_id, verdict, origin, seat_id, reason, note, basis, weight, suspect_keys, is_contested,
    merge_no, decided_at
  )
  select d.tenant_id, d.ats_no, d.candidate_id, d.member_id, d.verdict, 'undo', p_seat_id, d.reason, d.note, d.basis, d.weight,
    d.suspect_keys, d.is_contested, d.merge_no, p_now
  from match_decision d
  where d.tenant_id = p_tenant_id and d.decision_no = any(p_decision_nos)
    and not exists (
      select from match_decision o
      where o.tenant_id = d.tenant_id and o.ats_no = d.ats_no and o.candidate_id = d.candidate_id and o.lifted_at is null
        and (o.member_id = d.member_id or (o.verdict = 'LINK' and d.verdict = 'LINK'))
    )
  order by d.decision_no
$$;

-- As in 016; what goes back may have been in dispute there, too.
create or replace function undo_merge(p_tenant_id bigint, p_merge_no bigint, p_seat_id bigint, p_now bigint) returns boolean
  language plpgsql volatile
as $$
declare merged candidate_merge;
begin
  update candidate_merge m set undone_at = p_now, undone_by = p_seat_id
  where m.tenant_id = p_tenant_id and m.merge_no = p_merge_no and m.undone_at is null
  returning * into merged;
  if not found then return false; end if;
  update match_decision d set lifted_at = p_now, lifted_by = p_seat_id
  where d.tenant_id = p_tenant_id and d.merge_no = p_merge_no and d.lifted_at is null;
  perform settle_contested(p_tenant_id, merged.ats_no, merged.into_id);
  perform renew_decisions(
    p_tenant_id,
    array(select d.decision_no from match_decision d where d.tenant_id = p_tenant_id and d.lifted_by_merge = p_merge_no),
    p_seat_id, p_now
  );
  perform settle_contested(p_tenant_id, merged.ats_no, merged.from_id);
  perform settle_contested(p_tenant_id, merged.ats_no, merged.into_id);
  return true;
end $$;
