create table services.draft (
  agency     uuid not null references people.agency (id),
  id         uuid not null,
  title      text not null,
  base       bytea references services.release (hash),
  content    json not null,
  revision   int not null default 1 check (revision > 0),
  created    timestamptz not null,
  changed    timestamptz not null,
  changed_by uuid references people.person (id),
  dropped    timestamptz,
  primary key (agency, id),
  unique (id)
);
comment on table services.draft is 'A package that an agency is writing: its documents by path, right or wrong. base: the installed release that it changes.';
create index draft_list on services.draft (agency, changed desc) where dropped is null;

create table services.draft_save (
  agency   uuid not null,
  draft    uuid not null,
  revision int not null,
  changes  json not null,
  undo     int,
  at       timestamptz not null,
  by       uuid references people.person (id),
  primary key (agency, draft, revision),
  foreign key (agency, draft) references services.draft (agency, id)
);
comment on table services.draft_save is 'Every save of a draft: the documents that it changed, null where one was removed. undo: the revision that it went back to.';

create table services.draft_release (
  agency  uuid not null,
  draft   uuid not null,
  version text not null,
  hash    bytea not null,
  content json not null,
  at      timestamptz not null,
  by      uuid references people.person (id),
  primary key (agency, draft, version),
  foreign key (agency, draft) references services.draft (agency, id)
);
comment on table services.draft_release is 'A version of a draft that was published: its documents as they were read and rehearsed, never changed. hash: as in services.release.';

create table services.draft_trial (
  agency  uuid not null,
  draft   uuid not null,
  person  uuid not null references people.person (id),
  example json not null,
  at      timestamptz not null,
  primary key (agency, draft, person),
  foreign key (agency, draft) references services.draft (agency, id)
);
comment on table services.draft_trial is 'What somebody is playing through with a draft, as the steps of an example. It is no case, and holds made-up persons.';
