create table voting.result (
  agency      uuid not null,
  election    uuid not null,
  tps         uuid not null,
  hash        bytea not null unique check (length(hash) = 32),
  sheet       text not null check (sheet ~ '^[0-9a-f]{20}$'),
  version     int not null check (version > 0),
  corrects    text check (corrects ~ '^[0-9a-f]{20}$'),
  reason      text,
  how         text not null check (how in ('signed', 'typed')),
  text        text not null,
  signatures  jsonb not null,
  station     text check (station ~ '^[0-9a-f]{64}$'),
  roll        int not null check (roll >= 0),
  present     int not null check (present between 0 and roll),
  votes       int[] not null,
  blank       int not null check (blank >= 0),
  valid       int not null check (valid >= 0),
  source      text not null check (source in ('tally', 'slips')),
  archive     bytea check (length(archive) = 32),
  differences jsonb not null,
  received    timestamptz not null,
  primary key (agency, hash),
  foreign key (agency, election) references voting.election (agency, id),
  foreign key (agency, tps) references voting.tps (agency, id),
  check (0 <= all (votes)),
  check (valid + blank <= roll),
  check ((version = 1) = (corrects is null)),
  check ((corrects is null) = (reason is null)),
  check ((how = 'signed') = (station is not null))
);
comment on table voting.result is 'Every version of the result of a polling place, as it was signed or typed by two from the signed sheet. None is ever changed or removed.';
comment on column voting.result.sheet is 'The first 20 digits of the hash that is printed on the sheet; for a signed one those of its own hash.';
comment on column voting.result.corrects is 'The sheet of the version that it corrects.';
create index result_tps on voting.result (tps, received);
create index result_sheet on voting.result (sheet);
create index result_archive on voting.result (archive) where archive is not null;

create function voting.keep_result() returns trigger language plpgsql as $$
begin
  raise exception 'a result is never changed or removed' using errcode = 'check_violation';
end $$;
create trigger keep_result before update or delete on voting.result for each row execute function voting.keep_result();

create table voting.counting (
  agency   uuid not null,
  election uuid not null,
  year     int not null,
  village  text not null references people.region (code),
  mode     text not null check (mode in ('real', 'practice')),
  opened   timestamptz not null,
  primary key (agency, election),
  unique (election),
  foreign key (agency, election) references voting.election (agency, id)
);
comment on table voting.counting is 'An election whose packages are sealed: its polling places are expected at every level. A practice is expected nowhere.';
create index on voting.counting (year, village);

create table voting.tps_count (
  agency     uuid not null,
  election   uuid not null,
  tps        uuid not null,
  package    bytea not null references voting.package (hash),
  opens      timestamptz not null,
  due        timestamptz not null,
  uuid       text not null,
  candidates jsonb not null,
  officers   jsonb not null,
  pool       int not null check (pool > 0),
  least      int not null check (least > 0),
  voters     int not null check (voters >= 0),
  state      text not null default 'missing' check (state in ('missing', 'counted', 'corrected', 'contradicting')),
  late       boolean not null default false,
  questioned boolean not null default false,
  typed      boolean not null default false,
  head       bytea references voting.result (hash),
  present    int not null default 0 check (present >= 0),
  valid      int not null default 0 check (valid >= 0),
  blank      int not null default 0 check (blank >= 0),
  votes      int[],
  changed    timestamptz not null,
  primary key (agency, tps),
  unique (tps),
  foreign key (agency, election) references voting.counting (agency, election),
  foreign key (agency, tps) references voting.tps (agency, id),
  check ((state in ('counted', 'corrected')) = (head is not null)),
  check ((head is null) = (votes is null)),
  check (head is not null or present + valid + blank = 0)
);
comment on table voting.tps_count is 'What counts of a polling place now. One row each, so that no two places wait for each other.';
comment on column voting.tps_count.uuid is 'Of its encrypted election, as its archive names it.';
comment on column voting.tps_count.candidates is 'Number, name and whether it is the empty box, as the sealed package has them; officers: who may sign there.';
comment on column voting.tps_count.due is 'From when on a missing result is late.';
comment on column voting.tps_count.least is 'Below so many voters no figure of a group is shown (R28).';
comment on column voting.tps_count.questioned is 'Its archive was refused or says other numbers, or people read its photograph otherwise.';
create index tps_count_election on voting.tps_count (election);
create index tps_count_due on voting.tps_count (due) where state = 'missing' and not late;

create table voting.settlement (
  agency   uuid not null,
  tps      uuid not null,
  n        int not null check (n > 0),
  sheet    text not null,
  known    text[] not null,
  reason   text not null,
  by       uuid not null references people.person (id),
  at       timestamptz not null,
  primary key (agency, tps, n),
  foreign key (agency, tps) references voting.tps_count (agency, tps)
);
create index settlement_tps on voting.settlement (tps, n);
comment on table voting.settlement is 'Which of contradicting versions counts, and why, as the committee decided; the others stay visible.';

create table voting.typed_sheet (
  agency   uuid not null,
  election uuid not null,
  tps      uuid not null,
  id       uuid not null unique,
  sheet    text not null check (sheet ~ '^[0-9a-f]{20}$'),
  content  jsonb not null,
  by       uuid not null references people.person (id),
  at       timestamptz not null,
  result   bytea references voting.result (hash),
  primary key (agency, tps, id),
  unique (tps, sheet, by),
  foreign key (agency, tps) references voting.tps_count (agency, tps)
);
comment on table voting.typed_sheet is 'A signed sheet as one person typed it where no network reached. It becomes a result when another types the same.';

create table voting.delta (
  id      bigint generated always as identity primary key,
  year    int not null,
  village text not null,
  elections int not null default 0,
  tps int not null default 0,
  voters int not null default 0,
  counted int not null default 0,
  counted_voters int not null default 0,
  present int not null default 0,
  valid int not null default 0,
  blank int not null default 0,
  corrected int not null default 0,
  contradicting int not null default 0,
  late int not null default 0,
  questioned int not null default 0,
  typed int not null default 0
);
comment on table voting.delta is 'What was counted and is not yet added to the levels. Each act adds a row, so that nobody waits for the row of the nation; a page adds what stands here.';

create table voting.node (
  year    int not null,
  region  text not null,
  parent  text,
  elections bigint not null default 0,
  tps bigint not null default 0,
  voters bigint not null default 0,
  counted bigint not null default 0,
  counted_voters bigint not null default 0,
  present bigint not null default 0,
  valid bigint not null default 0,
  blank bigint not null default 0,
  corrected bigint not null default 0,
  contradicting bigint not null default 0,
  late bigint not null default 0,
  questioned bigint not null default 0,
  typed bigint not null default 0,
  primary key (year, region),
  check ((region = '') = (parent is null))
);
comment on table voting.node is 'The sums of a village, district, regency, province and the nation (the empty code) in a year, but for what stands in voting.delta.';
create index node_parent on voting.node (year, parent);

create table voting.record (
  agency   uuid not null,
  election uuid not null,
  tps      uuid not null,
  sha256   bytea not null unique check (length(sha256) = 32),
  kind     text not null check (kind in ('archive', 'record', 'plano')),
  size     bigint not null check (size > 0),
  received timestamptz not null,
  checked  timestamptz,
  verdict  text check (verdict in ('sound', 'not-canonical', 'profile', 'refused', 'unusable', 'differs')),
  report   jsonb,
  primary key (agency, sha256),
  foreign key (agency, tps) references voting.tps_count (agency, tps),
  check ((checked is null) = (verdict is null))
);
comment on table voting.record is 'Files of a polling place, kept by the SHA-256 of their bytes: its archive, its record, the photograph of its plano; and what our verifier said of them.';
comment on column voting.record.verdict is 'differs: the file is sound, and says other numbers than the signed result that names it.';
create index record_tps on voting.record (tps);

create table voting.reading (
  agency uuid not null,
  tps    uuid not null,
  photo  bytea not null references voting.record (sha256),
  id     uuid not null unique,
  reader bytea not null,
  votes  int[] not null,
  blank  int not null check (blank >= 0),
  at     timestamptz not null,
  primary key (agency, tps, id),
  unique (photo, reader),
  foreign key (agency, tps) references voting.tps_count (agency, tps),
  check (0 <= all (votes))
);
comment on table voting.reading is 'What somebody read from the photograph of a plano, without having seen our number. reader: a mark of a browser that leads to nobody.';
create index reading_photo on voting.reading (photo);
create index reading_tps on voting.reading (tps);

create table voting.tie_fact (
  agency    uuid not null,
  election  uuid not null,
  fact      text not null check (fact in ('education-level', 'formal-education-path')),
  candidate int not null check (candidate between 1 and 10),
  value     int not null check (value between 0 and 100),
  source    text not null,
  by        uuid not null references people.person (id),
  at        timestamptz not null,
  primary key (agency, election, fact, candidate),
  foreign key (agency, election) references voting.election (agency, id)
);
comment on table voting.tie_fact is 'What the ladder for equal votes asks of candidates, as the committee took it from their papers. Higher is more. Entered once.';
