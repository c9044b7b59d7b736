create schema log;

create table log.event (
  id          bigint primary key,
  at          timestamptz not null,
  actor       uuid,
  name        text not null check (name ~ '^[a-z]+\.[a-z-]+$'),
  subject     uuid not null,
  scope       uuid,
  particulars jsonb not null default '{}',
  hash        bytea not null check (length(hash) = 32)
);
comment on table log.event is 'Everything anybody did, in order. Never updated, never deleted. hash = SHA-256 of the previous hash and this event.';
comment on column log.event.actor is 'The person; null for the public and for the machine.';
comment on column log.event.scope is 'The agency whose people may read the event; null for national matters.';
create index on log.event (subject, id);
create index on log.event (scope, id);
create index on log.event (name, id);

create table log.once (
  token   uuid primary key,
  at      timestamptz not null default now(),
  actor   uuid,
  action  text not null,
  subject text not null,
  lasts   boolean not null default false,
  change  jsonb
);
comment on table log.once is 'A form carries a token; the second click of the same form finds the first one''s result here instead of acting again.';
comment on column log.once.token is 'Made from the form''s token and from who does what to which thing.';
comment on column log.once.lasts is 'Named by a device or a gateway for ever; a form''s token is forgotten after a week.';

create table log.mail (
  id       uuid primary key,
  at       timestamptz not null default now(),
  to_email text not null,
  to_name  text not null,
  subject  text not null,
  body     text not null,
  once     boolean not null default false,
  sent     timestamptz,
  attempts int not null default 0,
  failure  text
);
comment on table log.mail is 'Outgoing letters, written in the transaction of the act they tell of, sent by the worker.';
comment on column log.mail.once is 'Carries a one-time link: the body is emptied once it is sent.';
create index on log.mail (at desc);

create table log.attempt (
  key   text not null,
  at    timestamptz not null default now()
);
comment on table log.attempt is 'Attempts counted for rate limits; key names the limit and the account or address.';
create index on log.attempt (key, at);

create table log.file (
  id     uuid primary key,
  owner  uuid,
  name   text not null,
  type   text not null,
  size   bigint not null check (size >= 0),
  got    bigint not null default 0 check (got between 0 and size),
  sha256 bytea,
  at     timestamptz not null default now(),
  done   timestamptz
);
comment on table log.file is 'Uploads. got = bytes received so far (a cut-off upload goes on from there); done = complete, sniffed and hashed.';
