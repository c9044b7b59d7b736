-- Until when is read, and who gave more time.
alter table judging.reading add third_until timestamptz;
alter table judging.reading add apart_reason text check (apart_reason <> '');
alter table judging.wave add until timestamptz;
comment on column judging.reading.until is 'Until when is read, the latest extension included; nothing is written on a sheet after it.';
comment on column judging.reading.third_until is 'Own deadline of third readings, set by an extension; null: that of the round.';
comment on column judging.reading.apart_reason is 'Why reading was opened although the readings do not connect all entries; null when they do.';
comment on column judging.wave.until is 'Own deadline of the readings of this wave; null: that of the round.';

create table judging.extension (
  round  uuid not null references judging.reading (round),
  id     uuid not null,
  part   text not null check (part in ('round', 'third', 'wave')),
  wave   int,
  before timestamptz not null,
  until  timestamptz not null,
  reason text not null check (reason <> ''),
  by     uuid not null references people.person (id),
  at     timestamptz not null,
  primary key (round, id),
  foreign key (round, wave) references judging.wave (round, seq),
  check ((part = 'wave') = (wave is not null)),
  check (until > before)
);
comment on table judging.extension is 'Recorded decisions to give evaluators more time: for the whole round, for third readings, or for one wave. The latest counts.';

-- Conflicts that a person has looked at.
alter table judging.involvement add innovation uuid;
alter table judging.involvement add ended timestamptz;
alter table judging.involvement add ended_by uuid references people.person (id);
alter table judging.involvement add ended_reason text check (ended_reason <> '');
alter table judging.involvement add replaced_by uuid;
alter table judging.involvement add check ((ended is null) = (ended_reason is null));
comment on column judging.involvement.innovation is 'Its identity in competition.winner.innovation, where the register knows it: an entry of that innovation is a conflict under whatever title and agency.';
comment on column judging.involvement.replaced_by is 'The corrected line that stands in its place; null when it was withdrawn.';
drop index judging.involvement_once;
create unique index involvement_once on judging.involvement (person, kind, agency, lower(title)) where ended is null;

alter table judging.conflict add basis text not null default '';
comment on column judging.conflict.basis is 'What it follows from: a region, an agency, involvements, or the declaration. What was cleared is cleared for this basis only.';

create table judging.clearance (
  agency    uuid not null,
  id        uuid not null,
  proposal  uuid not null,
  evaluator uuid not null references people.person (id),
  source    text not null check (source in ('declared', 'home-region', 'employer', 'mentor', 'co-author')),
  basis     text not null,
  round     uuid not null references competition.round (id),
  reason    text not null check (reason <> ''),
  by        uuid not null references people.person (id),
  at        timestamptz not null,
  ended        timestamptz,
  ended_by     uuid references people.person (id),
  ended_reason text check (ended_reason <> ''),
  primary key (agency, id),
  foreign key (agency, proposal) references competition.proposal (agency, id),
  check ((ended is null) = (ended_reason is null))
);
comment on table judging.clearance is 'A conflict that a person looked at and found to be none, with the reason: a derived one by the secretariat, a declared one by whoever declared it. Taken back, it counts again; the line stays.';
create unique index clearance_in_force on judging.clearance (agency, proposal, evaluator, source, basis) where ended is null;
create index on judging.clearance (round, evaluator);

alter table judging.interest add ended_reason text check (ended_reason <> '');
alter table judging.decision add recused uuid[] not null default '{}';
comment on column judging.decision.recused is 'Panel members who kept out of it, because of what they had declared when it was decided.';

-- Computations that a restart cut off.
alter table judging.run add process text not null default '';
comment on column judging.run.process is 'host/pid of the process that computes it.';
comment on column judging.run.beat is 'When the computing process was last alive, by the clock of the database: how long nobody heard of it, and nothing else, is measured with it.';
alter table judging.run drop constraint run_state_check;
alter table judging.run add constraint run_state_check check (state in ('running', 'proposed', 'impossible', 'undecided', 'cancelled', 'failed', 'interrupted', 'accepted', 'superseded'));

-- A whole team from a table.
create table judging.team_import (
  round uuid not null references competition.round (id),
  id    uuid not null,
  by    uuid not null references people.person (id),
  at    timestamptz not null,
  file  text not null,
  rows  jsonb not null,
  done  timestamptz,
  primary key (round, id)
);
comment on table judging.team_import is 'A table of evaluators as it was uploaded, waiting to be confirmed; nothing of it counts before. Its rows go when it is done.';

create table judging.expected (
  round       uuid not null references competition.round (id),
  id          uuid not null,
  email       text not null check (email = lower(email)),
  name        text not null,
  university  text,
  sector      text,
  expertise   text[] not null default '{}',
  home_region text references people.region (code),
  employer    uuid references people.agency (id),
  min_load    int not null check (min_load >= 0),
  max_load    int not null check (max_load >= 1),
  by          uuid not null references people.person (id),
  at          timestamptz not null,
  joined      timestamptz,
  primary key (round, id),
  check (min_load <= max_load)
);
comment on table judging.expected is 'Invited evaluators who have not accepted yet, with what the table said of them. They join the team when they accept.';
create unique index expected_once on judging.expected (round, email) where joined is null;
create index on judging.expected (email) where joined is null;
