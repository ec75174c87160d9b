-- Mail, the member's own page, and consent to share contact data.
-- A member belongs to no tenant, so what is only about a member has no tenant_id; what ties one to an organisation begins with it.

-- ── the member's own choices ────────────────────────────────────────────────────────────────────────────────────────

-- As they hold now; a directory feed does not change them. Written by the members slice from member_choice.
alter table member
  add column if not exists is_found_by_email boolean not null default true,
  add column if not exists is_found_by_phone boolean not null default true;

-- What members decided on their own page: it outlives every import of the same person.
create table member_choice (
  member_id  bigint  not null references member on delete cascade,
  choice     text    not null check (choice in ('sharing', 'found-by-email', 'found-by-phone', 'account', 'erased')),
  is_on      boolean not null,
  changed_at bigint  not null,
  primary key (member_id, choice)
);

-- An address that the member confirmed, or removed, whatever the directory feed says of it. In lower case.
create table member_email_choice (
  member_id    bigint  not null references member on delete cascade,
  email        text    not null,
  is_confirmed boolean not null,
  changed_at   bigint  not null,
  primary key (member_id, email)
);

-- Every change, for the member to read. No addresses.
create table member_change (
  member_id  bigint  not null references member on delete cascade,
  change_no  bigint  generated always as identity,
  choice     text    not null, -- as in member_choice; or 'email': an address came or went
  is_on      boolean not null,
  origin     text    not null check (origin in ('member', 'directory')),
  changed_at bigint  not null,
  primary key (member_id, change_no)
);

-- Who has this address? Asked when somebody wants a link to his or her page.
create function member_addresses(p_doc jsonb) returns text[] language sql immutable parallel safe
as $$
  select coalesce(array_agg(lower(btrim(e))), '{}')
  from jsonb_array_elements_text(case when jsonb_typeof(p_doc -> 'emails') = 'array' then p_doc -> 'emails' else '[]' end) as e
$$;
create index member_address on member using gin (member_addresses(doc));

-- ── signed links ────────────────────────────────────────────────────────────────────────────────────────────────────

-- The token in a link is its id with a signature over id, member, purpose and end. Without its row a link is worth nothing.
create table member_link (
  link_id    uuid   primary key,
  member_id  bigint not null,
  purpose    text   not null check (purpose in ('settings', 'confirm-email', 'reply')),
  subject    jsonb  not null default '{}', -- what the link is about
  address    text,                         -- to which it was mailed, in lower case: it ends when the member removes the address
  created_at bigint not null,
  expires_at bigint not null,
  revoked_at bigint
);
create index member_link_member on member_link (member_id);
create index member_link_expiry on member_link (expires_at);

grant select, insert, update, delete on member_choice, member_email_choice, member_change, member_link to carrick_app, carrick_reader;

-- ── consent to share contact data with one organisation ─────────────────────────────────────────────────────────────

create table contact_consent (
  tenant_id       bigint not null,
  member_id       bigint not null,
  contract_id     bigint not null, -- of the recruiter who asked
  seat_id         bigint not null,
  conversation_id text   not null,
  asked           int    not null,
  last_asked_at   bigint not null,
  answer          text   check (answer in ('YES', 'NO')),
  answered_at     bigint,
  text_version    text,
  language        text,
  email           text,            -- as the member confirmed it; kept while the consent holds
  phone           text,
  withdrawn_at    bigint,
  primary key (tenant_id, member_id)
);

-- What was asked and answered, for good; no contact data.
create table contact_consent_event (
  tenant_id    bigint  not null,
  event_no     bigint  generated always as identity,
  member_id    bigint  not null,
  change       text    not null check (change in ('ASKED', 'GIVEN', 'REFUSED', 'WITHDRAWN')),
  seat_id      bigint,
  text_version text,
  language     text,
  has_email    boolean not null default false,
  has_phone    boolean not null default false,
  happened_at  bigint  not null,
  primary key (tenant_id, event_no)
);
create index contact_consent_event_member on contact_consent_event (tenant_id, member_id);

-- ── the built-in mailbox of demo and sandbox ────────────────────────────────────────────────────────────────────────

create table mailbox_message (
  message_no  bigint  generated always as identity primary key,
  address     text    not null, -- whose mailbox, in lower case
  is_outgoing boolean not null, -- written by the one who plays the member
  from_text   text    not null,
  to_text     text    not null,
  reply_to    text,
  subject     text    not null,
  body        text    not null,
  message_id  text    not null,
  refers_to   text    not null default '', -- References, as the next reply repeats them
  created_at  bigint  not null,
  unique (address, message_id)
);
create index mailbox_message_address on mailbox_message (address, message_no);
grant select, insert, delete on mailbox_message to carrick_app;

-- ── what a member sees across organisations ─────────────────────────────────────────────────────────────────────────

-- Which ATSs hold a record that is tied to this member.
create function ats_records_of_member(p_member_id bigint)
  returns table (tenant_id bigint, organisation text, ats text, records bigint, received_at bigint)
  language sql stable security definer set search_path = public, pg_temp
as $$
  select l.tenant_id, o.name, coalesce(i.name, ''), count(*), max(c.received_at)
  from candidate_member l
  join organisation o on o.tenant_id = l.tenant_id
  join candidate c on c.tenant_id = l.tenant_id and c.ats_no = l.ats_no and c.id = l.candidate_id
  left join ats_instance i on i.tenant_id = l.tenant_id and i.ats_no = l.ats_no
  where l.member_id = p_member_id
  group by l.tenant_id, l.ats_no, o.name, i.name
  order by o.name, i.name
$$;

create function consents_of_member(p_member_id bigint)
  returns table (
    tenant_id bigint, organisation text, asked int, last_asked_at bigint, answer text, answered_at bigint, text_version text,
    language text, email text, phone text, withdrawn_at bigint
  )
  language sql stable security definer set search_path = public, pg_temp
as $$
  select c.tenant_id, o.name, c.asked, c.last_asked_at, c.answer, c.answered_at, c.text_version, c.language, c.email, c.phone,
    c.withdrawn_at
  from contact_consent c join organisation o on o.tenant_id = c.tenant_id
  where c.member_id = p_member_id
  order by o.name
$$;

-- Seats that go with the member's account: their holder cannot erase it from here.
create function seats_of_member(p_member_id bigint) returns table (organisation text)
  language sql stable security definer set search_path = public, pg_temp
as $$
  select distinct o.name from seat s join organisation o on o.tenant_id = s.tenant_id
  where s.member_id = p_member_id order by o.name
$$;

do $$
declare t text; f regprocedure;
begin
  foreach t in array array['contact_consent', 'contact_consent_event'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I for all to carrick_app using (tenant_id = (select tenant_id())) with check (tenant_id = (select tenant_id()))', t);
    execute format('create policy reader on %I for all to carrick_reader using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on %I to carrick_app, carrick_reader', t);
  end loop;
  foreach f in array array[
    'ats_records_of_member(bigint)', 'consents_of_member(bigint)', 'seats_of_member(bigint)'
  ]::regprocedure[] loop
    execute format('alter function %s owner to carrick_reader', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to carrick_app', f);
  end loop;
end $$;
