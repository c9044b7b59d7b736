create table voting.audit (
  agency     uuid not null,
  election   uuid not null,
  id         uuid not null unique,
  kind       text not null check (kind in ('full', 'poll')),
  why        text check (why in ('tie', 'margin', 'size', 'chosen')),
  risk       float8 not null check (risk > 0 and risk < 1),
  full_below float8 not null check (full_below between 0 and 1),
  announced  jsonb not null,
  piles      jsonb not null,
  expected   int check (expected >= 0),
  first      int check (first > 0),
  places     int not null check (places >= 0),
  planned    timestamptz not null,
  by         uuid not null references people.person (id),
  dice       text check (dice ~ '^[0-9]{20,200}$'),
  diced      timestamptz,
  diced_by   uuid references people.person (id),
  seen       timestamptz,
  seen_by    uuid references people.person (id),
  witnesses  text,
  drawn      int not null default 0 check (drawn >= 0),
  escalated  timestamptz,
  outcome    text check (outcome in ('confirmed', 'differs')),
  ended      timestamptz,
  ended_by   uuid references people.person (id),
  primary key (agency, election),
  foreign key (agency, election) references voting.election (agency, id),
  check ((kind = 'full') = (why is not null)),
  check ((kind = 'poll') = (expected is not null and first is not null)),
  check ((dice is null) = (diced is null) and (diced is null) = (diced_by is null) and (dice is null) = (witnesses is null)),
  check ((seen is null) = (seen_by is null)),
  check (seen is null or (dice is not null and seen_by <> diced_by)),
  check (drawn = 0 or seen is not null),
  check ((outcome is null) = (ended is null))
);
comment on table voting.audit is 'The audit of an election by its slips: fixed before the dice are thrown. announced and piles: votes and slips by polling place as they were then, with the hash of each result. places: polling places drawn for a full count.';
comment on column voting.audit.dice is 'Digits of ten-sided dice thrown in public, typed by one and compared by another of the committee.';
comment on column voting.audit.drawn is 'So many slips are drawn by now.';
comment on column voting.audit.escalated is 'When the slips that were drawn did not confirm the winner and all began to be counted.';

create function voting.keep_audit() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.outcome is not null
    or (old.kind, old.risk, old.full_below, old.announced::text, old.piles::text, old.places, old.planned)
      is distinct from (new.kind, new.risk, new.full_below, new.announced::text, new.piles::text, new.places, new.planned)
    or (old.seen is not null and old.dice is distinct from new.dice) or new.drawn < old.drawn then
    raise exception 'what an audit began with is never changed' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger keep_audit before update or delete on voting.audit for each row execute function voting.keep_audit();

create table voting.slip_count (
  agency     uuid not null,
  election   uuid not null,
  tps        uuid not null,
  round      int not null check (round > 0),
  side       text not null check (side in ('a', 'b')),
  votes      int[] not null check (0 <= all (votes)),
  blank      int not null check (blank >= 0),
  unreadable int not null check (unreadable >= 0),
  at         timestamptz not null,
  by         uuid not null references people.person (id),
  primary key (agency, tps, round, side),
  unique (tps, round, by),
  foreign key (agency, election) references voting.audit (agency, election),
  foreign key (agency, tps) references voting.tps (agency, id)
);
comment on table voting.slip_count is 'What one person counted of the slips of a polling place, alone. Rounds whose two counts differ stay; another follows.';

create table voting.slip_reading (
  agency   uuid not null,
  election uuid not null,
  n        int not null check (n > 0),
  by       uuid not null references people.person (id),
  try      int not null check (try > 0),
  reading  text not null check (reading ~ '^([1-9][0-9]?|blank|unreadable)$'),
  at       timestamptz not null,
  primary key (agency, election, n, by, try),
  foreign key (agency, election) references voting.audit (agency, election)
);
comment on table voting.slip_reading is 'What one person read on the n-th drawn slip, alone: a candidate''s number, blank, or nothing that can be read.';

create function voting.keep_count() returns trigger language plpgsql as $$
begin
  raise exception 'a count of slips is never changed or removed' using errcode = 'check_violation';
end $$;
create trigger keep_count before update or delete on voting.slip_count for each row execute function voting.keep_count();
create trigger keep_reading before update or delete on voting.slip_reading for each row execute function voting.keep_count();
