create extension if not exists pg_trgm;
create schema people;

create table people.region (
  code   text primary key,
  kind   text not null check (kind in ('province', 'regency', 'city', 'district', 'village')),
  name   text not null,
  parent text references people.region (code),
  zone   text not null check (zone in ('WIB', 'WITA', 'WIT'))
);
comment on table people.region is 'Kemendagri codes, loaded from idn-area-data (Open Database License) at migration.';
create index on people.region (parent);
create index on people.region (kind, name);
create index region_name_trgm on people.region using gin (lower(name) gin_trgm_ops);

create table people.agency (
  id     uuid primary key,
  code   text not null unique,
  kind   text not null check (kind in ('ministry', 'institution', 'province', 'regency', 'city', 'bumn', 'bumd')),
  name   text not null,
  region text references people.region (code),
  demo   boolean not null default false,
  added  timestamptz not null default now()
);
comment on table people.agency is 'Instansi: a ministry, institution, local government or state-owned enterprise.';
create unique index agency_code on people.agency (lower(code));
create unique index agency_name on people.agency (lower(name));
create index agency_name_trgm on people.agency using gin (lower(name) gin_trgm_ops);
create index on people.agency (region);

create table people.unit (
  agency uuid not null references people.agency (id),
  id     uuid not null,
  name   text not null,
  added  timestamptz not null default now(),
  primary key (agency, id)
);
comment on table people.unit is 'UPP: the service unit that owns an innovation.';
create index on people.unit (id);
create unique index unit_name on people.unit (agency, lower(name));

create table people.person (
  id            uuid primary key,
  name          text not null,
  email         text not null check (email = lower(email)),
  lang          text not null default 'id' check (lang in ('id', 'en')),
  password      text,
  must_change   boolean not null default false,
  totp_secret   text,
  totp_since    timestamptz,
  totp_last     bigint,
  demo          boolean not null default false,
  added         timestamptz not null default now(),
  closed        timestamptz
);
comment on column people.person.password is 'argon2id in PHC form; null until the invitation is accepted.';
comment on column people.person.totp_secret is 'Encrypted with SECRET_KEY; null without a second factor.';
comment on column people.person.totp_last is 'The last time step accepted, so that a code works once.';
create unique index person_email on people.person (email);

create table people.passkey (
  person     uuid not null references people.person (id),
  credential text not null,
  public_key bytea not null,
  counter    bigint not null,
  transports text,
  name       text not null,
  added      timestamptz not null default now(),
  used       timestamptz,
  primary key (person, credential),
  unique (credential)
);

create table people.recovery_code (
  person uuid not null references people.person (id),
  code   bytea not null,
  made   timestamptz not null,
  used   timestamptz,
  primary key (person, code)
);
comment on table people.recovery_code is 'For whoever lost the telephone: each opens the second factor once. code = SHA-256.';

create table people.password_reset (
  id      uuid primary key,
  person  uuid not null references people.person (id),
  token   bytea not null unique,
  sent    timestamptz not null,
  expires timestamptz not null,
  used    timestamptz
);
comment on table people.password_reset is 'A link by e-mail with which a forgotten password is replaced, once. token = SHA-256.';
create index on people.password_reset (person);

create table people.role (
  id       uuid primary key,
  person   uuid not null references people.person (id),
  role     text not null check (role in ('national-admin', 'local-admin', 'deputy', 'unit', 'evaluator', 'panel')),
  agency   uuid references people.agency (id),
  unit     uuid,
  since    timestamptz not null default now(),
  given_by uuid,
  ended    timestamptz,
  ended_by uuid,
  reason   text,
  foreign key (agency, unit) references people.unit (agency, id),
  check ((role in ('local-admin', 'deputy', 'unit')) = (agency is not null)),
  check ((role = 'unit') = (unit is not null))
);
comment on table people.role is 'Who holds which office, since and until when. Ended rows stay: a hand-over keeps its history.';
create unique index role_held on people.role (person, role, coalesce(agency, person), coalesce(unit, person)) where ended is null;
create unique index one_local_admin on people.role (agency) where role = 'local-admin' and ended is null;
create index on people.role (agency) where ended is null;

create table people.session (
  id      uuid primary key,
  person  uuid not null references people.person (id),
  token   bytea not null unique,
  started timestamptz not null,
  seen    timestamptz not null,
  expires timestamptz not null,
  ended   timestamptz,
  factor  timestamptz,
  challenge text,
  address text not null,
  agent   text not null
);
comment on column people.session.token is 'SHA-256 of the cookie; the cookie itself is not stored.';
comment on column people.session.challenge is 'What a passkey must sign next; used once.';
comment on column people.session.factor is 'When the second factor was given; null until then.';
create index on people.session (person) where ended is null;

create table people.invitation (
  id       uuid primary key,
  token    bytea not null unique,
  name     text not null,
  email    text not null check (email = lower(email)),
  role     text not null check (role in ('national-admin', 'local-admin', 'deputy', 'unit', 'evaluator', 'panel')),
  agency   uuid references people.agency (id),
  unit     uuid,
  hand_over text,
  by       uuid,
  sent     timestamptz not null,
  expires  timestamptz not null,
  used     timestamptz,
  used_by  uuid references people.person (id),
  revoked  timestamptz,
  foreign key (agency, unit) references people.unit (agency, id),
  check ((role in ('local-admin', 'deputy', 'unit')) = (agency is not null)),
  check ((role = 'unit') = (unit is not null)),
  check (hand_over is null or role = 'local-admin')
);
comment on table people.invitation is 'A one-time link by e-mail to an office. token = SHA-256 of what stands in the link; the link itself is only in the letter.';
comment on column people.invitation.hand_over is 'The reason of a hand-over: whoever accepts takes the office over from the present local admin.';
create index on people.invitation (agency) where used is null and revoked is null;
create unique index invitation_open on people.invitation (email, role, coalesce(agency, '00000000-0000-0000-0000-000000000000'), coalesce(unit, '00000000-0000-0000-0000-000000000000'))
  where used is null and revoked is null;

create table people.agency_import (
  id   uuid primary key,
  by   uuid not null references people.person (id),
  at   timestamptz not null,
  file text not null,
  rows jsonb not null,
  done timestamptz
);
comment on table people.agency_import is 'A table of agencies as it was uploaded, waiting to be confirmed; nothing of it counts before.';
