create schema judging;

create table judging.reading (
  round       uuid primary key references competition.round (id),
  settings    jsonb not null,
  rule        jsonb,
  rule_hash   bytea check (length(rule_hash) = 32),
  opened      timestamptz,
  opened_by   uuid references people.person (id),
  until       timestamptz,
  closed      timestamptz,
  closed_by   uuid references people.person (id),
  released    timestamptz,
  released_by uuid references people.person (id),
  check ((opened is null) = (rule is null)),
  check ((opened is null) = (rule_hash is null)),
  check (closed is null or opened is not null),
  check (released is null or closed is not null)
);
comment on table judging.reading is 'How and when the entries of a round are read. rule is fixed when reading opens and never changes after; scores are sealed until released.';
comment on column judging.reading.settings is 'Numbers the secretariat chose for the assignment and the waves, before they are fixed in rule.';
comment on column judging.reading.rule_hash is 'SHA-256 of the canonical JSON of rule, shown to everybody from the day reading opens.';

create table judging.evaluator (
  round        uuid not null references competition.round (id),
  person       uuid not null references people.person (id),
  university   text,
  sector       text,
  expertise    text[] not null default '{}',
  home_region  text references people.region (code),
  employer     uuid references people.agency (id),
  min_load     int not null default 0 check (min_load >= 0),
  max_load     int not null check (max_load >= 1),
  confirmed    timestamptz,
  confirmed_by uuid references people.person (id),
  added        timestamptz not null,
  added_by     uuid not null references people.person (id),
  withdrawn    timestamptz,
  withdrawn_reason text,
  primary key (round, person),
  check (min_load <= max_load),
  check ((withdrawn is null) = (withdrawn_reason is null))
);
comment on table judging.evaluator is 'Tim Evaluasi of a round. Until the identity is confirmed, everything is a conflict.';
comment on column judging.evaluator.sector is 'The category that is this evaluator''s own field; one reader of each entry comes from another (bridge).';
comment on column judging.evaluator.home_region is 'Domicile or origin: entries of that region and of its province are a conflict.';

create table judging.involvement (
  person uuid not null references people.person (id),
  id     uuid not null,
  kind   text not null check (kind in ('mentor', 'co-author')),
  agency uuid not null references people.agency (id),
  title  text not null,
  by     uuid not null references people.person (id),
  at     timestamptz not null,
  primary key (person, id)
);
comment on table judging.involvement is 'Innovations somebody mentored or wrote with others earlier. An entry of that agency under that title is a conflict.';
create unique index involvement_once on judging.involvement (person, kind, agency, lower(title));

create table judging.conflict (
  agency     uuid not null,
  proposal   uuid not null,
  evaluator  uuid not null references people.person (id),
  source     text not null check (source in ('declared', 'home-region', 'employer', 'mentor', 'co-author')),
  round      uuid not null references competition.round (id),
  reason     text,
  by         uuid references people.person (id),
  at         timestamptz not null,
  primary key (agency, proposal, evaluator, source),
  foreign key (agency, proposal) references competition.proposal (agency, id),
  check ((source = 'declared') = (reason is not null))
);
comment on table judging.conflict is 'Pairs that must not meet. Declared by the evaluator with a reason, or derived from what is known of the evaluator.';
create index on judging.conflict (round, evaluator);

create table judging.run (
  round     uuid not null references competition.round (id),
  id        uuid not null,
  settings  jsonb not null,
  state     text not null check (state in ('running', 'proposed', 'impossible', 'undecided', 'cancelled', 'failed', 'accepted', 'superseded')),
  progress  jsonb not null default '{}',
  beat      timestamptz not null,
  result    jsonb,
  begun     timestamptz not null,
  by        uuid not null references people.person (id),
  ended     timestamptz,
  primary key (round, id),
  check ((state = 'running') = (ended is null))
);
comment on table judging.run is 'One computation of an assignment. Its result is a proposal to the secretariat until accepted.';
create unique index one_run on judging.run (round) where state = 'running';

create table judging.assignment (
  agency    uuid not null,
  proposal  uuid not null,
  evaluator uuid not null references people.person (id),
  round     uuid not null references competition.round (id),
  purpose   text not null check (purpose in ('first', 'manual', 'replacement', 'third', 'wave')),
  run       uuid,
  wave      int check (wave >= 1),
  reason    text,
  by        uuid not null references people.person (id),
  at        timestamptz not null,
  ended     timestamptz,
  ended_as  text check (ended_as in ('recused', 'moved', 'withdrawn')),
  ended_reason text,
  primary key (agency, proposal, evaluator),
  foreign key (agency, proposal) references competition.proposal (agency, id),
  check ((ended is null) = (ended_as is null)),
  check ((purpose = 'wave') = (wave is not null))
);
comment on table judging.assignment is 'Who reads what. recused = a conflict came up later; a recused reading is never counted, and a replacement is asked for.';
create index on judging.assignment (round, evaluator) where ended is null;
create index on judging.assignment (evaluator) where ended is null;
create index on judging.assignment (proposal);

create table judging.sheet (
  agency    uuid not null,
  proposal  uuid not null,
  evaluator uuid not null references people.person (id),
  round     uuid not null references competition.round (id),
  note      text not null default '',
  note_revision int not null default 0,
  comments_for_entrant boolean not null default false,
  finished  timestamptz,
  begun     timestamptz not null,
  primary key (agency, proposal, evaluator),
  foreign key (agency, proposal, evaluator) references judging.assignment (agency, proposal, evaluator)
);
comment on column judging.sheet.comments_for_entrant is 'The evaluator allows the comments to be passed on in the feedback letter, without a name.';
comment on table judging.sheet is 'The score sheet of one evaluator for one entry. Sealed: only the evaluator reads it until release. note is for the secretariat, never for the entrant.';
create index on judging.sheet (round) where finished is not null;

create table judging.score (
  agency    uuid not null,
  proposal  uuid not null,
  evaluator uuid not null references people.person (id),
  criterion text not null,
  points    double precision check (points between 0 and 100 and round(points::numeric, 2) = points::numeric),
  comment   text not null default '',
  revision  int not null check (revision >= 1),
  at        timestamptz not null,
  primary key (agency, proposal, evaluator, criterion),
  foreign key (agency, proposal, evaluator) references judging.sheet (agency, proposal, evaluator)
);
comment on column judging.score.points is '0-100 with at most two decimals; null is not given, which is not zero.';
comment on column judging.score.revision is 'Grows by one with each save; a save names the revision it started from.';

create table judging.wave (
  round     uuid not null references competition.round (id),
  seq       int not null check (seq >= 1),
  extra     int not null check (extra >= 1),
  proposals jsonb not null,
  basis     text not null check (basis in ('corrected', 'raw')),
  minimum   jsonb not null,
  by        uuid not null references people.person (id),
  at        timestamptz not null,
  primary key (round, seq)
);
comment on table judging.wave is 'Extra readings sent out under the rule fixed before reading began. proposals = [{proposal, chance}]; minimum = the proof that nobody was read less than promised.';

create table judging.ranking (
  round  uuid not null references competition.round (id),
  id     uuid not null,
  at     timestamptz not null,
  by     uuid references people.person (id),
  method text not null,
  rule   jsonb not null,
  result jsonb not null,
  hash   bytea not null check (length(hash) = 32),
  primary key (round, id)
);
comment on table judging.ranking is 'Computed rankings, kept as they were. result = {ranked: [{proposal, agency, cluster, group, n, raw, corrected, low, high, rank, rankLow, rankHigh}], refusal}; hash = SHA-256 of its canonical JSON.';
create index on judging.ranking (round, at desc);
