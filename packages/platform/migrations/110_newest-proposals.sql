-- The bell and the home page count what waits for review up to a limit, the newest first. By weight nobody reads a whole organisation's.
drop index match_proposal_weight;
create index match_proposal_newest on match_proposal (tenant_id, proposed_at);
create index match_decision_contested on match_decision (tenant_id, decided_at) where lifted_at is null and is_contested;
