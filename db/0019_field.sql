create table services.device (
  id      uuid primary key,
  person  uuid not null references people.person (id),
  secret  text not null,
  token   bytea not null unique,
  session uuid,
  since   timestamptz not null,
  seen    timestamptz not null
);
comment on table services.device is 'A phone with the field app, of one person. secret: 32 bytes from which the keys of what it keeps are made, encrypted with SECRET_KEY.';
comment on column services.device.token is 'SHA-256 of what the phone shows to hand in what it can no longer read.';
comment on column services.device.session is 'The session with which the app was last in touch; when it is ended, the phone forgets its keys.';
create index device_person on services.device (person);

create table services.report (
  agency   uuid not null,
  person   uuid not null references people.person (id),
  id       uuid not null,
  service  uuid not null,
  device   uuid not null references services.device (id),
  "case"   uuid not null,
  step     int not null,
  captured timestamptz not null,
  counted  timestamptz not null,
  received timestamptz not null,
  primary key (agency, person, id),
  foreign key (agency, service) references services.service (agency, id),
  foreign key (agency, "case") references services."case" (agency, id)
);
comment on table services.report is 'What was captured in the field app and became a case or a move of one; id is made by the phone. captured: by the clock of the phone; counted: the time that the clocks of the case count from.';
comment on column services.report.step is 'Which move of the case it became, counted from 0.';
create index report_case on services.report (agency, "case");

create table services.held_report (
  agency   uuid not null,
  id       uuid not null,
  person   uuid not null references people.person (id),
  service  uuid not null,
  device   uuid not null references services.device (id),
  role     text not null,
  reason   text not null check (reason in ('role-over', 'service-retired', 'case-elsewhere')),
  content  text,
  captured timestamptz,
  received timestamptz not null,
  decided  timestamptz,
  by       uuid references people.person (id),
  outcome  text check (outcome in ('taken', 'refused')),
  primary key (agency, person, id),
  foreign key (agency, service) references services.service (agency, id),
  check ((decided is null) = (outcome is null) and (decided is null) = (by is null) and (content is null) = (decided is not null))
);
comment on table services.held_report is 'Captured for a role, a case or a service that the person no longer has: kept, encrypted, until the local admin takes it in or refuses it.';
create index held_report_open on services.held_report (agency, service) where decided is null;

create table services.media (
  agency  uuid not null,
  id      uuid not null,
  service uuid not null,
  file    uuid not null references log.file (id),
  sha256  bytea not null,
  kind    text not null check (kind in ('photo', 'voice', 'signature')),
  at      timestamptz not null,
  "case"  uuid,
  primary key (agency, id),
  unique nulls not distinct (agency, service, sha256, "case"),
  foreign key (agency, service) references services.service (agency, id),
  foreign key (agency, "case") references services."case" (agency, id)
);
comment on table services.media is 'Photographs, sound and signatures of forms. Whoever sees the hash among the values of the case sees the file; without a case it waits for its form.';
create index media_case on services.media (agency, "case");
create index media_file on services.media (file);
