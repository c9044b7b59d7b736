create extension if not exists btree_gist;

create table judging.places (
  round   uuid not null references competition.round (id),
  id      uuid not null,
  kind    text not null check (kind in ('set', 'move')),
  changes jsonb not null,
  reason  text not null check (reason <> ''),
  by      uuid not null references people.person (id),
  at      timestamptz not null,
  primary key (round, id)
);
comment on table judging.places is 'Recorded decisions on the number of places. changes = [{cluster, group, places}]; read in order over the quotas of the rules, the last word on a cell counts.';

create table judging.tie (
  round    uuid not null references competition.round (id),
  id       uuid not null,
  cluster  text not null,
  group_key text not null,
  score    double precision not null,
  places   int not null check (places >= 1),
  tied     uuid[] not null,
  chosen   uuid[] not null,
  deciders text not null check (deciders <> ''),
  reason   text not null check (reason <> ''),
  by       uuid not null references people.person (id),
  at       timestamptz not null,
  primary key (round, id)
);
comment on table judging.tie is 'Ties at the line of the nominees, settled by people: who, when, why. Never a silent order.';

create table judging.nominee (
  agency    uuid not null,
  proposal  uuid not null,
  round     uuid not null references competition.round (id),
  cluster   text not null,
  group_key text not null,
  via       text not null check (via in ('ranking', 'tie', 'manual')),
  standing  jsonb,
  reason    text,
  by        uuid not null references people.person (id),
  at        timestamptz not null,
  removed        timestamptz,
  removed_by     uuid references people.person (id),
  removed_reason text,
  primary key (agency, proposal),
  foreign key (agency, proposal) references competition.proposal (agency, id),
  check (via <> 'manual' or reason is not null),
  check ((removed is null) = (removed_reason is null))
);
comment on table judging.nominee is 'What the panel examines. standing is the line of the released ranking as it was when nominated.';
create index on judging.nominee (round) where removed is null;
create index on judging.nominee (proposal);

create table judging.interest (
  person uuid not null references people.person (id),
  id     uuid not null,
  agency uuid references people.agency (id),
  region text references people.region (code),
  at     timestamptz not null,
  ended  timestamptz,
  primary key (person, id),
  check ((agency is null) <> (region is null))
);
comment on table judging.interest is 'What a panel member declared: an agency, or a home region. Entries of it are not given to that member to read, to judge or to interview.';
create unique index interest_once on judging.interest (person, coalesce(agency::text, region)) where ended is null;

create table judging.panel_reading (
  agency   uuid not null,
  proposal uuid not null,
  member   uuid not null references people.person (id),
  kind     text not null check (kind in ('nominee', 'feasibility')),
  round    uuid not null references competition.round (id),
  given    timestamptz not null,
  score    double precision check (score between 0 and 100 and round(score::numeric, 2) = score::numeric),
  note     text not null default '',
  done     timestamptz,
  ended    timestamptz,
  primary key (agency, proposal, member, kind),
  foreign key (agency, proposal) references competition.proposal (agency, id),
  check (done is null or kind = 'nominee' or score is not null)
);
comment on table judging.panel_reading is 'Who of the panel reads which entry before the plenary, or judges whether it can be widened nationally. The own score is sealed to the member until done, and to the others until the plenary opens.';
create index on judging.panel_reading (round, member) where ended is null;

create table judging.plenary (
  round     uuid not null references competition.round (id),
  kind      text not null check (kind in ('finalists', 'levels')),
  opened    timestamptz not null,
  opened_by uuid not null references people.person (id),
  closed    timestamptz,
  closed_by uuid references people.person (id),
  minutes   text not null default '',
  announced    timestamptz,
  announced_by uuid references people.person (id),
  primary key (round, kind),
  check (announced is null or closed is not null)
);
comment on table judging.plenary is 'Sidang pleno. Closing freezes its decisions; announcing makes them public.';

create table judging.decision (
  agency   uuid not null,
  id       uuid not null,
  proposal uuid not null,
  round    uuid not null,
  kind     text not null,
  outcome  text not null,
  reason   text not null check (reason <> ''),
  by       uuid not null references people.person (id),
  at       timestamptz not null,
  replaced timestamptz,
  cause    uuid,
  primary key (agency, id),
  foreign key (agency, proposal) references competition.proposal (agency, id),
  foreign key (round, kind) references judging.plenary (round, kind),
  check (kind <> 'finalists' or outcome in ('finalist', 'not'))
);
comment on table judging.decision is 'What the plenary decided on an entry, with the reason, kept apart from every score. outcome = finalist or not; in the final plenary the key of a top level, or none. Replaced rows stay.';
comment on column judging.decision.cause is 'The upheld objection after which it was decided again.';
create unique index decision_in_force on judging.decision (agency, proposal, kind) where replaced is null;
create index on judging.decision (round, kind) where replaced is null;

create table judging.objection (
  agency   uuid not null,
  id       uuid not null,
  proposal uuid not null,
  round    uuid not null references competition.round (id),
  number   text not null unique,
  code     bytea not null check (length(code) = 32),
  name     text not null,
  contact  text not null,
  text     text not null,
  file     uuid references log.file (id),
  received timestamptz not null,
  outcome  text check (outcome in ('upheld', 'rejected')),
  answer   text,
  answered timestamptz,
  answered_by uuid references people.person (id),
  decided_again timestamptz,
  primary key (agency, id),
  foreign key (agency, proposal) references competition.proposal (agency, id),
  check ((outcome is null) = (answer is null)),
  check ((outcome is null) = (answered is null)),
  check (decided_again is null or outcome = 'upheld')
);
comment on table judging.objection is 'Sanggah / uji publik. code = SHA-256 of the code on the receipt; name and contact are encrypted and only the secretariat reads them.';
create index on judging.objection (round, received);
create index on judging.objection (id);

create table judging.interview (
  agency   uuid not null,
  proposal uuid not null,
  round    uuid not null references competition.round (id),
  starts   timestamptz not null,
  ends     timestamptz not null check (ends > starts),
  place    text not null,
  room     int not null check (room >= 1),
  invited  timestamptz,
  confirmed    timestamptz,
  confirmed_by uuid references people.person (id),
  attendance   text,
  closed   timestamptz,
  primary key (agency, proposal),
  foreign key (agency, proposal) references competition.proposal (agency, id),
  exclude using gist (round with =, room with =, tstzrange(starts, ends) with &&)
);
comment on table judging.interview is 'When and where a finalist presents. Two interviews of one room never overlap. Scores are sealed to each member until closed.';
create index on judging.interview (round, starts);

create table judging.interviewer (
  agency   uuid not null,
  proposal uuid not null,
  member   uuid not null references people.person (id),
  slot     tstzrange not null,
  points   jsonb not null default '{}',
  note     text not null default '',
  done     timestamptz,
  primary key (agency, proposal, member),
  foreign key (agency, proposal) references judging.interview (agency, proposal),
  exclude using gist (member with =, slot with &&)
);
comment on table judging.interviewer is 'A panel member in an interview, with the own score sheet. points = {criterion: 0-100 or null}; null is not given, which is not zero. Nobody sits in two interviews at once.';

create table judging.finding (
  agency   uuid not null,
  id       uuid not null,
  proposal uuid not null,
  round    uuid not null references competition.round (id),
  visited  date not null,
  online   boolean not null,
  panel      uuid[] not null,
  evaluators uuid[] not null,
  verdict  text not null check (verdict in ('confirmed', 'partly', 'not')),
  text     text not null check (text <> ''),
  photos   uuid[] not null default '{}',
  by       uuid not null references people.person (id),
  at       timestamptz not null,
  primary key (agency, id),
  foreign key (agency, proposal) references competition.proposal (agency, id)
);
comment on table judging.finding is 'Field verification (verifikasi lapangan): who went, when, and whether what was presented is real.';
create index on judging.finding (round);

create table judging.rating (
  agency   uuid not null,
  proposal uuid not null,
  voter    bytea not null check (length(voter) = 32),
  round    uuid not null references competition.round (id),
  stars    int not null check (stars between 1 and 5),
  at       timestamptz not null,
  primary key (agency, proposal, voter),
  foreign key (agency, proposal) references competition.proposal (agency, id)
);
comment on table judging.rating is 'How useful the public finds a finalist. voter = SHA-256 of a random cookie; one rating each, the last counts.';
create index on judging.rating (round);

create table judging.decree (
  round  uuid primary key references competition.round (id),
  number text not null check (number <> ''),
  dated  date not null,
  about  text not null,
  file   uuid references log.file (id),
  by     uuid not null references people.person (id),
  at     timestamptz not null
);
comment on table judging.decree is 'Keputusan Menteri that fixes the result. With it the winners enter the register.';

create table judging.letter (
  agency   uuid not null,
  proposal uuid not null,
  round    uuid not null references competition.round (id),
  content  jsonb not null,
  by       uuid not null references people.person (id),
  at       timestamptz not null,
  primary key (agency, proposal),
  foreign key (agency, proposal) references competition.proposal (agency, id)
);
comment on table judging.letter is 'Feedback to an entrant, as it was when released: scores per criterion, comments, percentile, result.';
create index on judging.letter (round);

create table judging.bundle (
  round       uuid primary key references competition.round (id),
  ranking     uuid not null,
  text        text not null,
  hash        bytea not null check (length(hash) = 32),
  result_hash bytea not null check (length(result_hash) = 32),
  codes       jsonb not null,
  by          uuid not null references people.person (id),
  at          timestamptz not null,
  foreign key (round, ranking) references judging.ranking (round, id)
);
comment on table judging.bundle is 'What strangers recompute the ranking from: points under codes drawn by lot, with rule and versions. codes = {proposal: code} is never published; an owner learns the own code from the feedback letter.';
