-- What people keep up of their own account, and how an account ends.
alter table people.person
  add column phone         text check (phone ~ '^\+\d{8,15}$'),
  add column lang_since    timestamptz,
  add column closed_by     uuid,
  add column closed_reason text;
comment on column people.person.phone is 'Given freely so that admins can reach the person near a deadline; forgotten when the account is closed.';
comment on column people.person.lang_since is 'When the person chose the language; null until then, and the first choice of a browser counts.';
comment on column people.person.closed_by is 'Who closed the account: the person, or an admin with a reason. A closed one keeps its name and nothing to reach it by.';

create table people.email_change (
  id      uuid primary key,
  person  uuid not null references people.person (id),
  email   text not null check (email = lower(email)),
  token   bytea not null unique,
  sent    timestamptz not null,
  expires timestamptz not null,
  used    timestamptz
);
comment on table people.email_change is 'A new address that waits to be proved by the one-time link sent to it. token = SHA-256.';
create index on people.email_change (person);
