create schema competition;

create table competition.round (
  id      uuid primary key,
  key     text not null unique,
  state   text not null default 'draft' check (state in ('draft', 'published', 'finished', 'archived')),
  demo    boolean not null default false,
  version int not null default 1,
  last_number int not null default 0,
  closes  timestamptz,
  added   timestamptz not null default now()
);
comment on column competition.round.last_number is 'The running number last given. Its row is locked while a number is given, so there is neither gap nor duplicate, and quotas are counted behind the same lock.';
comment on table competition.round is 'A round of the competition (KIPP). What holds in it is in round_version; version is the one in force.';

create table competition.round_version (
  round   uuid not null references competition.round (id),
  version int not null,
  rules   jsonb not null,
  reason  text not null,
  by      uuid references people.person (id),
  at      timestamptz not null default now(),
  primary key (round, version)
);
comment on table competition.round_version is 'The rules of a round as data. A published round changes only by a new version with a reason.';

create table competition.round_draft (
  round    uuid primary key references competition.round (id),
  base     int not null,
  revision int not null check (revision >= 1),
  rules    jsonb not null,
  by       uuid references people.person (id),
  at       timestamptz not null
);
comment on table competition.round_draft is 'Rules being written: those of a draft round, or the next version of a published one. base is the version it started from; revision grows with each save, and a save names the one it started from.';

create table competition.extension (
  id     uuid primary key,
  round  uuid not null references competition.round (id),
  until  timestamptz not null,
  reason text not null,
  by     uuid not null references people.person (id),
  at     timestamptz not null
);
comment on table competition.extension is 'Recorded decisions to move the closing time of submission. The latest decision counts.';

create function competition.closes(round uuid) returns timestamptz language sql stable as $$
  select greatest(
    (v.rules->'calendar'->>'submissionCloses')::timestamptz,
    (select max((e->>'until')::timestamptz) from jsonb_array_elements(coalesce(v.rules->'calendar'->'extensions', '[]')) e),
    (select max(e.until) from competition.extension e where e.round = r.id))
  from competition.round r
  join competition.round_version v on v.round = r.id and v.version = r.version
  where r.id = closes.round
$$;
comment on function competition.closes is 'The last moment of submission: the latest of the announced closing and every extension. The same rule as deadline() in the room; a test compares them.';

create function competition.keep_closes() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'round' then
    update competition.round r set closes = competition.closes(r.id) where r.id = new.id;
  else
    update competition.round r set closes = competition.closes(r.id) where r.id = new.round;
  end if;
  return null;
end $$;
create trigger keep_closes after update of version on competition.round for each row execute function competition.keep_closes();
create trigger keep_closes after insert or update on competition.round_version for each row execute function competition.keep_closes();
create trigger keep_closes after insert on competition.extension for each row execute function competition.keep_closes();
comment on column competition.round.closes is 'competition.closes(id), kept beside the round by the triggers above: every save of an answer asks for it.';

create table competition.stage (
  round  uuid not null references competition.round (id),
  seq    int not null,
  kind   text not null,
  opened timestamptz,
  closed timestamptz,
  primary key (round, seq)
);
comment on table competition.stage is 'Where the round stands: the stages of its rules in their order, when each was opened and closed.';

create table competition.proposal (
  agency      uuid not null references people.agency (id),
  id          uuid not null,
  round       uuid not null references competition.round (id),
  unit        uuid not null,
  number      int,
  title       text not null,
  group_key   text not null,
  category    text,
  started_on  date,
  state       text not null default 'draft' check (state in ('draft', 'with-local-admin', 'returned', 'submitted', 'passed', 'failed', 'withdrawn')),
  state_since timestamptz not null,
  begun       timestamptz,
  revision    int not null default 1,
  source      uuid,
  winner      uuid,
  demo        boolean not null default false,
  real_source text,
  created_by  uuid references people.person (id),
  created     timestamptz not null,
  primary key (agency, id),
  foreign key (agency, unit) references people.unit (agency, id)
);
comment on table competition.proposal is 'One innovation entered in one round. draft and returned lie with the UPP, with-local-admin with the agency; submitted with the ministry; passed and failed are the outcome of the administrative selection.';
comment on column competition.proposal.begun is 'When the local admin opened the submission while the text lay locked with the agency; null again when it goes back.';
comment on column competition.proposal.revision is 'Grows with each change of title, category or date; a form names the revision it started from.';
comment on column competition.proposal.number is 'Running number in the round, given at submission.';
comment on column competition.proposal.source is 'For a replication: the winner in the register that it adapts.';
comment on column competition.proposal.winner is 'The earlier winner that this is (khusus, or entered again), when declared.';
comment on column competition.proposal.real_source is 'Where a real innovation is publicly told of; null for invented demo entries and for entries typed by their owners.';
create index on competition.proposal (id);
create index on competition.proposal (round, state);
create index on competition.proposal (agency, round);
create unique index proposal_number on competition.proposal (agency, round, number) where number is not null;
create index proposal_title_trgm on competition.proposal using gin (lower(title) gin_trgm_ops);

create table competition.answer (
  agency   uuid not null,
  proposal uuid not null,
  question text not null,
  value    text not null,
  revision int not null check (revision >= 1),
  by       uuid references people.person (id),
  at       timestamptz not null,
  primary key (agency, proposal, question),
  foreign key (agency, proposal) references competition.proposal (agency, id)
);
comment on table competition.answer is 'The present text of each question. revision grows by one with each save; a save names the revision it started from.';

create table competition.answer_version (
  agency   uuid not null,
  proposal uuid not null,
  question text not null,
  revision int not null,
  value    text not null,
  by       uuid references people.person (id),
  at       timestamptz not null,
  primary key (agency, proposal, question, revision),
  foreign key (agency, proposal) references competition.proposal (agency, id)
);
comment on table competition.answer_version is 'Every text that was ever saved. Only added to.';

create table competition.evidence (
  agency   uuid not null,
  id       uuid not null,
  proposal uuid not null,
  question text not null,
  kind     text not null check (kind in ('pdf', 'photo', 'link')),
  file     uuid references log.file (id),
  link     text,
  label    text not null,
  by       uuid references people.person (id),
  at       timestamptz not null,
  removed  timestamptz,
  primary key (agency, id),
  foreign key (agency, proposal) references competition.proposal (agency, id),
  check ((kind = 'link') = (link is not null)),
  check ((kind = 'link') = (file is null))
);
create index on competition.evidence (agency, proposal) where removed is null;

create table competition.move (
  agency   uuid not null,
  id       uuid not null,
  proposal uuid not null,
  from_state text not null,
  to_state text not null,
  by       uuid references people.person (id),
  at       timestamptz not null,
  note     text,
  primary key (agency, id),
  foreign key (agency, proposal) references competition.proposal (agency, id)
);
comment on table competition.move is 'Where the proposal lay, since when, and who moved it.';
create index on competition.move (agency, proposal, at);

create table competition.comment (
  agency   uuid not null,
  id       uuid not null,
  proposal uuid not null,
  question text,
  text     text not null,
  by       uuid not null references people.person (id),
  at       timestamptz not null,
  settled  timestamptz,
  settled_by uuid references people.person (id),
  primary key (agency, id),
  foreign key (agency, proposal) references competition.proposal (agency, id)
);
comment on table competition.comment is 'What the local admin asks for, question by question.';
create index on competition.comment (agency, proposal);

create table competition.submission (
  agency   uuid not null,
  id       uuid not null,
  proposal uuid not null,
  round    uuid not null references competition.round (id),
  number   text not null,
  content  jsonb not null,
  hash     bytea not null check (length(hash) = 32),
  begun    timestamptz not null,
  arrived  timestamptz not null,
  verdict  text not null check (verdict in ('in-time', 'late-but-begun-in-time')),
  by       uuid references people.person (id),
  primary key (agency, id),
  foreign key (agency, proposal) references competition.proposal (agency, id),
  unique (agency, proposal)
);
comment on table competition.submission is 'What was handed in, frozen. hash = SHA-256 of the canonical JSON of content; number is printed on the receipt.';
create index on competition.submission (id);
create index on competition.submission (number);
create index on competition.submission (round);

create table competition.reminder (
  round    uuid not null references competition.round (id),
  closes   timestamptz not null,
  days     int not null,
  person   uuid not null references people.person (id),
  at       timestamptz not null,
  primary key (round, closes, days, person)
);
comment on table competition.reminder is 'Who was reminded of which deadline and how many days before: nobody is told twice, and an extended deadline is told anew.';

create table competition.winner (
  id          uuid primary key,
  innovation  uuid not null,
  name        text not null,
  agency_name text not null,
  agency      uuid references people.agency (id),
  region_name text not null,
  region      text references people.region (code),
  year        int,
  level       text not null,
  category    text,
  summary     text not null,
  lang        text not null default 'id' check (lang in ('id', 'en')),
  source      text not null,
  flags       text[] not null default '{}',
  in_seed     boolean not null default false,
  round       uuid references competition.round (id),
  proposal    uuid,
  decree      text,
  added       timestamptz not null default now(),
  added_by    uuid references people.person (id)
);
comment on table competition.winner is 'Register of winners: one row for each award of an innovation. innovation is the identity that stays the same over years; source says where it is told of.';
comment on column competition.winner.lang is 'The language of summary, as the source has it.';
create unique index winner_once on competition.winner (lower(name), lower(agency_name), coalesce(year, 0), level);
create index on competition.winner (innovation);
create index winner_name_trgm on competition.winner using gin (lower(name) gin_trgm_ops);

create table competition.examination (
  agency   uuid not null,
  proposal uuid not null,
  round    uuid not null references competition.round (id),
  version  int not null,
  findings jsonb not null,
  rules    text[] not null,
  fails    int not null,
  warnings int not null,
  hints    int not null,
  at       timestamptz not null,
  primary key (agency, proposal),
  foreign key (agency, proposal) references competition.proposal (agency, id)
);
comment on table competition.examination is 'What the machine found on a submission, for the administrative selection. It decides nothing; it is made anew when the rules or the proposals beside it change.';
comment on column competition.examination.version is 'The version of the round''s rules that was applied.';
comment on column competition.examination.rules is 'The rules with a finding other than pass, for filtering.';
create index on competition.examination (round, fails desc, warnings desc, hints desc);

create table competition.admission (
  agency   uuid not null,
  id       uuid not null,
  proposal uuid not null,
  reading  int not null check (reading between 1 and 99),
  verdict  text not null check (verdict in ('pass', 'fail')),
  reasons  jsonb not null default '[]',
  note     text,
  source   uuid references competition.winner (id),
  by       uuid not null references people.person (id),
  at       timestamptz not null,
  primary key (agency, id),
  unique (agency, proposal, reading),
  foreign key (agency, proposal) references competition.proposal (agency, id)
);
comment on table competition.admission is 'Seleksi administrasi. A fail needs a second reader (reading 2), who decides; a later reading is a recorded change of the outcome, by somebody else than the one before. reasons are [{rule, note}].';
comment on column competition.admission.source is 'The earlier winner that the reader recommends to name as source, in the letter to the owners.';

create table competition.wording (
  id       int primary key,
  round    uuid references competition.round (id),
  version  int not null,
  shingles bytea not null,
  texts    int not null,
  at       timestamptz not null
);
comment on table competition.wording is 'Shingles of the form''s own wording, left out before texts are signed. The highest id is in force. Signatures made with different lists cannot be compared, so each names its list.';
comment on column competition.wording.version is 'The version of the hashes (signatureVersion) of which the list consists.';

create table competition.signature (
  agency   uuid not null,
  proposal uuid not null,
  round    uuid not null references competition.round (id),
  wording  int not null references competition.wording (id),
  minhash  bytea not null check (length(minhash) = 1024),
  words    int not null,
  at       timestamptz not null,
  primary key (agency, proposal),
  foreign key (agency, proposal) references competition.proposal (agency, id)
);
comment on table competition.signature is 'MinHash of the three-word shingles of the whole text of a submission, 256 bins of 32 bits.';
create index on competition.signature (round);
create index on competition.signature (wording);

create table competition.band (
  agency   uuid not null,
  proposal uuid not null,
  wording  int not null,
  band     int not null,
  primary key (agency, proposal, band),
  foreign key (agency, proposal) references competition.signature (agency, proposal) on delete cascade
);
comment on table competition.band is 'LSH bands of the signature: two texts with a band in common are compared. The band''s number is mixed into the key.';
create index band_key on competition.band (band, wording);

create table competition.likeness (
  agency       uuid not null,
  proposal     uuid not null,
  other_agency uuid not null,
  other        uuid not null,
  title        double precision not null check (title between 0 and 1),
  text         double precision check (text between 0 and 1),
  at           timestamptz not null,
  primary key (agency, proposal, other_agency, other),
  foreign key (agency, proposal) references competition.proposal (agency, id),
  foreign key (other_agency, other) references competition.proposal (agency, id),
  check (proposal <> other)
);
comment on table competition.likeness is 'Submissions that are like one another. Within a round a pair stands in both directions; towards an earlier year only from the later one.';
comment on column competition.likeness.text is 'Jaccard likeness of the three-word shingles; null when only the titles are near.';
create index on competition.likeness (other_agency, other);
