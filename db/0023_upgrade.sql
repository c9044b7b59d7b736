alter table services.installation add column base bytea references services.release (hash);
comment on column services.installation.base is 'Of a version made here: the publisher''s release that it was made from. seal and key are then those of that release; the local version itself is signed by nobody.';

create table services.changeover (
  agency    uuid not null,
  service   uuid not null,
  n         int not null,
  before    bytea not null references services.release (hash),
  after     bytea not null references services.release (hash),
  settings  jsonb not null,
  at        timestamptz not null,
  by        uuid references people.person (id),
  undone    timestamptz,
  undone_by uuid references people.person (id),
  primary key (agency, service, n),
  foreign key (agency, service) references services.service (agency, id),
  check (before <> after)
);
comment on table services.changeover is 'Each time another release became the one for new cases: what ran before and what the agency had set then, so that it can come back.';

create table services.upgrade (
  agency   uuid not null,
  service  uuid not null,
  release  bytea not null references services.release (hash),
  seal     bytea,
  key      text references services.publisher (key),
  choices  jsonb not null default '{}',
  left_out text[] not null default '{}',
  revision int not null default 1,
  at       timestamptz not null,
  by       uuid references people.person (id),
  primary key (agency, service),
  foreign key (agency, service) references services.service (agency, id),
  check ((seal is null) = (key is null))
);
comment on table services.upgrade is 'A newer release that an agency is about to install, and what it has decided so far where both sides changed the same. Gone when it is installed or dropped.';
comment on column services.upgrade.left_out is 'Example cases that will not be taken over.';

create table services.improvement (
  agency   uuid not null,
  id       uuid not null,
  service  uuid not null,
  package  text not null,
  release  bytea not null references services.release (hash),
  base     bytea not null references services.release (hash),
  upstream uuid not null references people.agency (id),
  reason   text not null,
  at       timestamptz not null,
  by       uuid references people.person (id),
  answer   text check (answer in ('adopted', 'declined')),
  answer_reason text,
  adopted  bytea references services.release (hash),
  answered timestamptz,
  answered_by uuid references people.person (id),
  primary key (agency, id),
  unique (id),
  unique (service, release),
  foreign key (agency, service) references services.service (agency, id),
  check ((answer is null) = (answered is null)),
  check ((answer is not distinct from 'adopted') = (adopted is not null)),
  check ((answer is not distinct from 'declined') = (answer_reason is not null))
);
comment on table services.improvement is 'A local version that an adopter offered to the agency from which its package comes, and what became of it.';
create index improvement_upstream on services.improvement (upstream, at);
