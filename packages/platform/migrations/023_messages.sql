-- Conversations of recruiters with members.

create table conversation (
  tenant_id       bigint not null,
  conversation_id bigint generated always as identity,
  contract_id     bigint not null,
  seat_id         bigint not null, -- who began it, and whose it is
  member_id       bigint not null,
  visibility      text   not null check (visibility in ('ORGANISATION', 'PROJECT', 'PRIVATE')),
  project         text,            -- whose members read it, where visibility says PROJECT
  request_key     text   not null, -- of the composer: sent twice, it is stored once
  -- SCHEDULED: not sent yet. DECLINED with is_closed: by "No thanks" alone, and nobody writes into it any more.
  state           text   not null check (state in ('SCHEDULED', 'SENT', 'ACCEPTED', 'REPLIED', 'DECLINED')),
  is_closed       boolean not null default false,
  send_at         bigint,          -- of a scheduled one
  sent_at         bigint,
  last_at         bigint not null,
  is_awaiting     boolean not null default false, -- the member's answer to the last message
  is_unread       boolean not null default false,
  primary key (tenant_id, conversation_id),
  unique (tenant_id, seat_id, member_id, request_key)
);
create index conversation_member on conversation (tenant_id, member_id);
create index conversation_of_seat on conversation (tenant_id, seat_id, last_at);

create table conversation_message (
  tenant_id       bigint not null,
  message_no      bigint generated always as identity,
  conversation_id bigint not null,
  seat_id         bigint,          -- null: the member
  kind            text   not null check (kind in ('MESSAGE', 'REPLY', 'ACCEPT', 'DECLINE')),
  subject         text,
  body            text   not null,
  reply_key       text,            -- of the member's page or mail, or of the recruiter's form
  created_at      bigint not null,
  primary key (tenant_id, message_no),
  unique (tenant_id, conversation_id, reply_key),
  foreign key (tenant_id, conversation_id) references conversation (tenant_id, conversation_id) on delete cascade
);
create index conversation_message_thread on conversation_message (tenant_id, conversation_id, created_at);

create table message_template (
  tenant_id   bigint not null,
  template_no bigint generated always as identity,
  contract_id bigint not null,
  seat_id     bigint not null,
  name        text   not null,
  subject     text   not null,
  body        text   not null,
  is_shared   boolean not null, -- with the contract
  updated_at  bigint not null,
  primary key (tenant_id, template_no)
);
create index message_template_contract on message_template (tenant_id, contract_id);

-- What was written and not sent: one for each seat and person.
create table message_draft (
  tenant_id  bigint not null,
  seat_id    bigint not null,
  member_id  bigint not null,
  subject    text   not null,
  body       text   not null,
  visibility text   not null check (visibility in ('ORGANISATION', 'PROJECT', 'PRIVATE')),
  updated_at bigint not null,
  primary key (tenant_id, seat_id, member_id)
);

-- The consents that a contract's ATS asks for, by time.
create index contact_consent_answered on contact_consent (tenant_id, contract_id, answered_at);

-- What a member wrote and was written, in every organisation: for the member alone. What is private among recruiters was still
-- sent to the member.
create function conversations_of_member(p_member_id bigint)
  returns table (
    organisation text, conversation_id bigint, is_from_member boolean, author text, subject text, body text, created_at bigint
  )
  language sql stable security definer set search_path = public, pg_temp
as $$
  select o.name, c.conversation_id, m.seat_id is null,
    coalesce(a.first_name || ' ' || a.last_name, ''), m.subject, m.body, m.created_at
  from conversation c
  join organisation o on o.tenant_id = c.tenant_id
  join conversation_message m on m.tenant_id = c.tenant_id and m.conversation_id = c.conversation_id
  left join seat s on s.tenant_id = m.tenant_id and s.seat_id = m.seat_id
  left join member a on a.member_id = s.member_id
  where c.member_id = p_member_id and c.state <> 'SCHEDULED'
  order by o.name, c.conversation_id, m.created_at, m.message_no
$$;

-- The member was erased: no organisation keeps what was said.
create function forget_conversations(p_member_id bigint) returns void
  language sql security definer set search_path = public, pg_temp
as $$
  delete from conversation where member_id = p_member_id;
  delete from message_draft where member_id = p_member_id;
$$;

do $$
declare t text; f regprocedure;
begin
  foreach t in array array['conversation', 'conversation_message', 'message_template', 'message_draft'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I for all to carrick_app using (tenant_id = (select tenant_id())) with check (tenant_id = (select tenant_id()))', t);
    execute format('create policy reader on %I for all to carrick_reader using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on %I to carrick_app, carrick_reader', t);
  end loop;
  foreach f in array array['conversations_of_member(bigint)', 'forget_conversations(bigint)']::regprocedure[] loop
    execute format('alter function %s owner to carrick_reader', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to carrick_app', f);
  end loop;
end $$;
