alter table services.message alter column "case" drop not null;
alter table services.message
  add column service  uuid,
  add column mark     bytea,
  add column urgent   boolean not null default false,
  add column state    text check (state in ('queued', 'held', 'sent', 'delivered', 'failed')),
  add column why      text,
  add column channel  text check (channel in ('sms', 'whatsapp')),
  add column due      timestamptz,
  add column attempts int not null default 0,
  add column receipt  text,
  add column settled  timestamptz,
  add constraint message_of_case_or_service check ("case" is not null or service is not null);
comment on column services.message.service is 'Only of a reply to somebody who wrote: its text is encrypted and deleted a day after it went out.';
comment on column services.message.mark is 'The number, as HMAC-SHA256 with SECRET_KEY: who wants no messages is known by it.';
comment on column services.message.state is 'Null: to a role, nothing goes out. held: not now (quiet hours, and then due says when) or not at all; why says which.';
comment on column services.message.receipt is 'How the gateway names it.';
create index message_due on services.message (due) where due is not null;
create index message_reply on services.message (agency, settled) where "case" is null;

create table services.silence (
  agency uuid not null references people.agency (id),
  mark   bytea not null,
  at     timestamptz not null,
  primary key (agency, mark)
);
comment on table services.silence is 'Numbers that answered STOP: nothing goes to them until they write START. mark as in services.message.';

create table services.gateway (
  agency   uuid not null,
  id       uuid not null,
  service  uuid not null,
  name     text not null,
  secret   text not null,
  made     timestamptz not null,
  made_by  uuid references people.person (id),
  revoked  timestamptz,
  heard    int not null default 0,
  primary key (agency, id),
  unique (id),
  foreign key (agency, service) references services.service (agency, id)
);
comment on table services.gateway is 'Where messages of citizens come in: an SMS or WhatsApp gateway that signs with secret (encrypted).';

create table services.conversation (
  agency   uuid not null,
  gateway  uuid not null,
  mark     bytea not null,
  id       uuid not null,
  content  text not null,
  until    timestamptz not null,
  primary key (gateway, mark),
  foreign key (agency, gateway) references services.gateway (agency, id)
);
comment on table services.conversation is 'Somebody answers the questions of a form one by one by message. content: number and answers so far, encrypted; deleted when it ends or at until.';
create index conversation_until on services.conversation (until);

create table services.link (
  agency   uuid not null,
  id       uuid not null,
  service  uuid not null,
  code     text not null unique check (code ~ '^[a-z2-9]{6,12}$'),
  label    text not null,
  made     timestamptz not null,
  made_by  uuid references people.person (id),
  revoked  timestamptz,
  seen     int not null default 0,
  sent     int not null default 0,
  primary key (agency, id),
  unique (id),
  foreign key (agency, service) references services.service (agency, id)
);
comment on table services.link is 'Short addresses (/l/code) of the form that opens a case without an account, with how often each was opened and sent.';

create table services.rating (
  agency  uuid not null,
  service uuid not null,
  mark    bytea not null,
  score   int not null check (score between 1 and 4),
  words   text,
  day     date not null,
  primary key (service, mark),
  foreign key (agency, service) references services.service (agency, id)
);
comment on table services.rating is 'What those who were served say of it, once a case (scale 1 to 4 of Permenpan 14/2017). mark: HMAC-SHA256 of the case with SECRET_KEY, so that nobody reads here whose it is.';

create table services.account (
  agency   uuid not null,
  id       uuid not null,
  service  uuid not null,
  role     text not null,
  area     text not null default '' check (area ~ '^\d*$'),
  name     text not null,
  token    bytea not null unique,
  made     timestamptz not null,
  made_by  uuid references people.person (id),
  revoked  timestamptz,
  used     timestamptz,
  primary key (agency, id),
  unique (id),
  foreign key (agency, service) references services.service (agency, id)
);
comment on table services.account is 'A program that works through the API in one role of one service. token: SHA-256 of what it shows.';

create table services.hook (
  agency     uuid not null references people.agency (id),
  id         uuid not null,
  address    text not null,
  secret     text not null,
  old_secret text,
  old_until  timestamptz,
  seen       bigint not null,
  made       timestamptz not null,
  made_by    uuid references people.person (id),
  ended      timestamptz,
  primary key (agency, id),
  unique (id)
);
comment on table services.hook is 'An address of the agency that is told of events of its services. seen: the last event of the log that was looked at. Secrets are encrypted; after a change the old one still signs until old_until.';

create table services.delivery (
  agency   uuid not null,
  id       uuid not null,
  hook     uuid not null,
  event    bigint not null,
  subject  uuid not null,
  name     text not null,
  body     text not null,
  at       timestamptz not null,
  state    text not null default 'waiting' check (state in ('waiting', 'sent', 'dead')),
  attempts int not null default 0,
  due      timestamptz not null,
  first    timestamptz,
  failure  text,
  settled  timestamptz,
  primary key (agency, id),
  unique (id),
  unique (hook, event),
  foreign key (agency, hook) references services.hook (agency, id)
);
comment on table services.delivery is 'An event on its way to an address, in the order of its subject. dead: given up after three days; somebody may send it again.';
create index delivery_due on services.delivery (due) where state = 'waiting';
create index delivery_order on services.delivery (hook, subject, event) where state = 'waiting';

alter table services."case" add column depth int not null default 0;
comment on column services."case".depth is 'How many packages told one another until this case was opened; 0 when a person opened it.';

create table services.telling (
  agency   uuid not null,
  id       uuid not null,
  service  uuid not null,
  "case"   uuid not null,
  event    text not null,
  content  text,
  depth    int not null,
  at       timestamptz not null,
  done     timestamptz,
  primary key (agency, id),
  unique (id),
  foreign key (agency, "case") references services."case" (agency, id)
);
comment on table services.telling is 'What a case told other packages of the same agency. content: the values that go with it, encrypted; deleted once it was heard, or when a consent is taken back.';
create index telling_waiting on services.telling (at) where done is null;

create table services.heard (
  agency  uuid not null,
  telling uuid not null,
  service uuid not null,
  place   int not null,
  at      timestamptz not null,
  outcome text not null,
  "case"  uuid,
  fields  text[] not null default '{}',
  primary key (telling, service, place),
  foreign key (agency, telling) references services.telling (agency, id),
  foreign key (agency, "case") references services."case" (agency, id)
);
comment on table services.heard is 'Which service made what of a telling, once for each place in its package that hears it. outcome: opened, moved, or why not. fields: what it wrote into its case.';

create table services.contact (
  person uuid primary key references people.person (id),
  phone  text not null,
  since  timestamptz not null
);
comment on table services.contact is 'The number, encrypted, on which somebody who works with cases wants the messages to her role. She gives it herself.';
