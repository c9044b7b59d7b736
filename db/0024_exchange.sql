create schema exchange;

create table exchange.self (
  one       boolean primary key default true check (one),
  key       text not null,
  secret    text not null,
  made      timestamptz not null,
  sequence  bigint not null default 0,
  digest    bytea,
  catalogue json,
  issued    timestamptz,
  check ((catalogue is null) = (issued is null))
);
comment on table exchange.self is 'This installation towards others: its Ed25519 key (the secret half encrypted with SECRET_KEY) and the catalogue it signed last, with its number.';

create table exchange.offer (
  agency   uuid not null,
  id       uuid not null,
  service  uuid not null,
  package  text not null,
  since    timestamptz not null,
  by       uuid references people.person (id),
  ended    timestamptz,
  ended_by uuid references people.person (id),
  primary key (agency, id),
  unique (id),
  foreign key (agency, service) references services.service (agency, id)
);
comment on table exchange.offer is 'A package that an agency runs and lets other installations adopt, in the release that it runs.';
create unique index offer_now on exchange.offer (package) where ended is null;

create table exchange.file (
  sha256  bytea primary key,
  release bytea unique references services.release (hash),
  bytes   bytea not null,
  at      timestamptz not null
);
comment on table exchange.file is 'Sealed files: those that we sealed (release), and those that we fetched elsewhere.';

create table exchange.peer (
  id            uuid primary key,
  key           text not null unique,
  origin        text not null,
  name          text not null,
  met           timestamptz not null,
  verified      timestamptz,
  verified_by   uuid references people.person (id),
  subscribed    timestamptz,
  subscribed_by uuid references people.person (id),
  sequence      bigint,
  digest        bytea,
  catalogue     json,
  until         timestamptz,
  fetched       timestamptz,
  tried         timestamptz,
  failure       text,
  other_key     text,
  failures      int not null default 0,
  check (subscribed is null or verified is not null),
  check ((catalogue is null) = (sequence is null))
);
comment on table exchange.peer is 'Another installation, known by its key. verified: the key was found at its address, or a person compared it. subscribed: we read its catalogue.';
comment on column exchange.peer.other_key is 'The key that answered at its address instead of its own; shown until it is clear why.';
create unique index peer_origin on exchange.peer (origin) where verified is not null;

create table exchange.adoption (
  agency   uuid not null,
  service  uuid not null,
  peer     uuid not null references exchange.peer (id),
  package  text not null,
  at       timestamptz not null,
  by       uuid references people.person (id),
  sequence int not null default 0,
  primary key (agency, service),
  foreign key (agency, service) references services.service (agency, id)
);
comment on table exchange.adoption is 'A service that was adopted from another installation, to which its heartbeat goes. sequence: reports made so far.';

create table exchange.report (
  agency    uuid not null,
  service   uuid not null,
  sequence  int not null,
  peer      uuid not null references exchange.peer (id),
  content   json not null,
  made      timestamptz not null,
  tries     int not null default 0,
  next      timestamptz not null,
  sent      timestamptz,
  failure   text,
  primary key (agency, service, sequence),
  foreign key (agency, service) references exchange.adoption (agency, service)
);
comment on table exchange.report is 'Outbox of heartbeats, signed when they are made; sent in their order, again and again until the other side has taken them.';
create index report_waiting on exchange.report (next) where sent is null;

create table exchange.heartbeat (
  peer     uuid not null references exchange.peer (id),
  service  uuid not null,
  sequence int not null,
  package  text not null,
  version  text not null,
  content  json not null,
  received timestamptz not null,
  primary key (peer, service, sequence)
);
comment on table exchange.heartbeat is 'What services elsewhere reported of a package of ours: the signed text as it came. No personal data.';
create index heartbeat_package on exchange.heartbeat (package);
