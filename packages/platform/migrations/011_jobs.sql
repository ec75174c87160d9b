-- When a job stops being listed by itself, and what its posting said beside success or failure.
alter table job add column expires_at bigint;
update job set expires_at = expire_at;
-- A company's job board: its open public jobs, newest first.
create index job_board on job (tenant_id, listed_at desc, job_posting_no desc) where state = 'LISTED' and availability = 'PUBLIC';

alter table job_task add column warning text;
alter table job_task add column location text;
create index job_task_of_job on job_task (tenant_id, ats_no, job_id, created_at);

-- A job board where jobs also come from elsewhere: what is posted over the wire is kept and not shown there.
alter table organisation add column is_board_fed_elsewhere boolean not null default false;
