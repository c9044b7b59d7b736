create schema services;

create table services.publisher (
  key      text primary key,
  name     text not null,
  added_by uuid references people.person (id),
  added    timestamptz not null
);
comment on table services.publisher is 'Ed25519 keys whose sealed packages may be installed, and whose they are.';

create table services.release (
  hash    bytea primary key,
  package text not null,
  version text not null,
  content json not null,
  added   timestamptz not null
);
comment on table services.release is 'One version of a package as it was read and rehearsed; never changed. hash = SHA-256 of its content as JSON.';

create table services.service (
  agency    uuid not null references people.agency (id),
  id        uuid not null,
  package   text not null,
  release   bytea not null references services.release (hash),
  settings  jsonb not null default '{}',
  opened    int not null default 0,
  installed timestamptz not null,
  retired   timestamptz,
  primary key (agency, id),
  unique (id),
  unique (agency, package)
);
comment on table services.service is 'A package that an agency runs: its version for new cases, and what the agency has set.';
comment on column services.service.opened is 'Cases opened so far: the last number given.';

create table services.installation (
  agency  uuid not null,
  service uuid not null,
  release bytea not null references services.release (hash),
  seal    bytea,
  key     text references services.publisher (key),
  by      uuid references people.person (id),
  at      timestamptz not null,
  primary key (agency, service, release),
  foreign key (agency, service) references services.service (agency, id),
  check ((seal is null) = (key is null))
);
comment on table services.installation is 'Which versions an agency has installed. seal = SHA-256 of the seal of an uploaded file; none for those shipped with the house.';

create table services.post (
  agency   uuid not null,
  id       uuid not null,
  service  uuid not null,
  person   uuid not null references people.person (id),
  role     text not null,
  area     text not null default '' check (area ~ '^\d*$'),
  since    timestamptz not null,
  given_by uuid references people.person (id),
  ended    timestamptz,
  ended_by uuid references people.person (id),
  primary key (agency, id),
  unique (id),
  foreign key (agency, service) references services.service (agency, id)
);
comment on table services.post is 'Who holds which role of a package. area: a region code without dots; empty for the whole agency.';
create unique index post_held on services.post (service, person, role, area) where ended is null;
create index post_person on services.post (person) where ended is null;

create table services."case" (
  agency    uuid not null,
  id        uuid not null,
  service   uuid not null,
  release   bytea not null references services.release (hash),
  number    text not null,
  part_of   uuid,
  flow      text not null,
  state     text not null,
  area      text not null default '',
  opened_as text not null,
  opened_by uuid references people.person (id),
  code      bytea,
  opened    timestamptz not null,
  closed    timestamptz,
  due       timestamptz,
  stuck     text,
  life      jsonb not null,
  open      jsonb not null default '{}',
  personal  jsonb not null default '{}',
  specific  jsonb not null default '{}',
  revision  int not null default 1,
  primary key (agency, id),
  unique (id),
  unique (service, number),
  foreign key (agency, service) references services.service (agency, id),
  foreign key (agency, part_of) references services."case" (agency, id)
);
comment on table services."case" is 'A case of a service. life: consents, clocks, what was entered when and the moves made; no values. A NIK or KK inside the values is encrypted with SECRET_KEY.';
comment on column services."case".code is 'SHA-256 of the code with which whoever opened it without an account follows it.';
comment on column services."case".due is 'When time brings about the next thing; the worker looks here.';
comment on column services."case".stuck is 'Why the worker could not go on with it; a person has to look.';
create index case_due on services."case" (due) where due is not null and stuck is null;
create index case_list on services."case" (service, flow, area text_pattern_ops, due) where closed is null;
create index case_own on services."case" (opened_by, service);
create index case_part on services."case" (agency, part_of) where part_of is not null;

create table services.consent (
  agency  uuid not null,
  "case"  uuid not null,
  purpose text not null,
  at      timestamptz not null,
  version int not null,
  given   boolean not null,
  primary key (agency, "case", purpose, at),
  foreign key (agency, "case") references services."case" (agency, id)
);
comment on table services.consent is 'Every time a consent was given or taken back, to which version of its text.';

create table services.task (
  agency uuid not null,
  id     uuid not null,
  "case" uuid not null,
  role   text not null,
  task   text not null,
  at     timestamptz not null,
  done   timestamptz,
  primary key (agency, id),
  foreign key (agency, "case") references services."case" (agency, id)
);
comment on table services.task is 'Work that was put into a role''s list. It is done with that role''s next move in the case, or when the case ends.';
create index task_open on services.task (agency, "case") where done is null;

create table services.message (
  agency  uuid not null,
  id      uuid not null,
  "case"  uuid not null,
  message text not null,
  at      timestamptz not null,
  to_role text,
  to_phone text,
  text    jsonb,
  primary key (agency, id),
  foreign key (agency, "case") references services."case" (agency, id),
  check (text is null or (to_role is null) <> (to_phone is null))
);
comment on table services.message is 'Outbox of SMS and WhatsApp: what would go out, by channel. to_phone is encrypted. text is null where there was no number.';
create index message_case on services.message (agency, "case");
