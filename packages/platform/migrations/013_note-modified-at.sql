-- Notes of the versioned dialect say when the ATS last changed them.
alter table candidate_note add column ats_last_modified_at bigint;
alter table application_note add column ats_last_modified_at bigint;
