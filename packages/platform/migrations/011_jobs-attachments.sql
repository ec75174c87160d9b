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

-- Files: what was uploaded, in pieces outside its row, and the attachments that name it. An upload is announced first and filled once.
create table media (
  tenant_id    bigint not null,
  media_id     uuid   not null,
  media_no     bigint generated always as identity,
  ats_no       int    not null,
  file_name    text   not null,
  content_type text,   -- told from the content; null until it was uploaded
  size         bigint,
  created_at   bigint not null,
  uploaded_at  bigint,
  expires_at   bigint, -- when the sender wants it forgotten
  primary key (tenant_id, media_id),
  unique (tenant_id, media_no)
);

create table media_chunk (
  tenant_id bigint not null,
  media_id  uuid   not null,
  chunk_no  int    not null,
  bytes     bytea  not null,
  primary key (tenant_id, media_id, chunk_no),
  foreign key (tenant_id, media_id) references media (tenant_id, media_id) on delete cascade
);
alter table media_chunk alter column bytes set storage external; -- files of these kinds are compressed already

create table attachment (
  tenant_id            bigint not null,
  ats_no               int    not null,
  entity_type          text   not null check (entity_type in ('APPLICATION', 'CANDIDATE')),
  entity_id            text   not null,
  id                   text   not null,
  media_id             uuid   not null,
  file_name            text   not null,
  ats_created_at       bigint,
  ats_last_modified_at bigint,
  received_at          bigint not null,
  primary key (tenant_id, ats_no, entity_type, entity_id, id),
  unique (tenant_id, media_id),
  foreign key (tenant_id, media_id) references media (tenant_id, media_id)
);

do $$
declare t text;
begin
  foreach t in array array['media', 'media_chunk', 'attachment']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I for all to carrick_app using (tenant_id = (select tenant_id())) with check (tenant_id = (select tenant_id()))', t);
    execute format('create policy reader on %I for all to carrick_reader using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on %I to carrick_app, carrick_reader', t);
  end loop;
end $$;
grant usage on all sequences in schema public to carrick_app, carrick_reader;
