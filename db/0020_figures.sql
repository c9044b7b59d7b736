create table services.count (
  agency  uuid not null,
  service uuid not null,
  day     date not null,
  release bytea not null references services.release (hash),
  until   timestamptz not null,
  cases   int not null,
  figures json not null,
  taken   timestamptz not null,
  primary key (agency, service, day),
  foreign key (agency, service) references services.service (agency, id)
);
comment on table services.count is 'What a service counted, night by night, with small groups hidden: for those who work in it. Counted again, a day is replaced.';

create table services.snapshot (
  agency  uuid not null,
  service uuid not null,
  hash    bytea not null,
  day     date not null,
  version text not null,
  content json not null,
  known   jsonb not null,
  taken   timestamptz not null,
  by      uuid references people.person (id),
  primary key (agency, service, hash),
  foreign key (agency, service) references services.service (agency, id),
  check (hash = sha256(convert_to(content::text, 'UTF8')))
);
comment on table services.snapshot is 'What was published of a service on a day, for ever: hash = SHA-256 of content as it stands here and is downloaded. Never updated, never deleted.';
comment on column services.snapshot.known is 'The counts that a reader can know from content, so that no later one lies closer to them than five.';
create index snapshot_day on services.snapshot (service, day desc, taken desc);

create function services.keep_snapshot() returns trigger language plpgsql as $$
begin
  raise exception 'a snapshot never changes';
end
$$;
create trigger keep_snapshot before update or delete on services.snapshot for each row execute function services.keep_snapshot();
create trigger keep_snapshots before truncate on services.snapshot for each statement execute function services.keep_snapshot();
