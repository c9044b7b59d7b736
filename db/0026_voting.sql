create schema voting;

create table voting.self (
  one    boolean primary key default true check (one),
  key    text not null check (key ~ '^[0-9a-f]{64}$'),
  secret text not null,
  made   timestamptz not null
);
comment on table voting.self is 'The Ed25519 key with which this installation signs election packages, made the first time that it is needed; the secret half is encrypted with SECRET_KEY.';

create table voting.wave (
  agency  uuid not null references people.agency (id),
  id      uuid not null,
  name    text not null,
  held    date not null,
  profile text not null,
  state   text not null check (state in ('preparing', 'held', 'closed')),
  since   timestamptz not null,
  by      uuid references people.person (id),
  primary key (agency, id),
  unique (id)
);
comment on table voting.wave is 'Gelombang: the village elections that one regency holds on one day. profile: the key of a legal profile.';
create unique index wave_name on voting.wave (agency, lower(name));

create table voting.election (
  agency     uuid not null,
  id         uuid not null,
  wave       uuid not null,
  village    text not null references people.region (code),
  name       text not null,
  mode       text not null check (mode in ('real', 'practice')),
  kind       text not null check (kind in ('contest', 'empty-box', 'deliberation')),
  profile    jsonb not null,
  state      text not null check (state in ('preparing', 'sealed', 'held', 'decided', 'closed')),
  group_name text not null check (group_name in ('BELENIOS-2048', 'Ed25519')),
  outside    text not null,
  needed     int not null check (needed between 1 and 10),
  since      timestamptz not null,
  by         uuid references people.person (id),
  primary key (agency, id),
  unique (id),
  foreign key (agency, wave) references voting.wave (agency, id)
);
comment on table voting.election is 'The election of one village. A practice never becomes real: its mode cannot be changed.';
comment on column voting.election.kind is 'contest: candidates; empty-box: one candidate and kotak kosong; deliberation: musyawarah, without a ballot.';
comment on column voting.election.profile is 'The legal profile as it was taken over, with what was set for this election and on what ground.';
comment on column voting.election.outside is 'Who holds the trustee key that is not at the polling place.';
comment on column voting.election.needed is 'How many of the trustees at each polling place must come to open its result.';
create unique index election_village on voting.election (wave, village) where mode = 'real';
create index election_wave on voting.election (agency, wave);

create function voting.keep_mode() returns trigger language plpgsql as $$
begin
  raise exception 'the mode of an election cannot be changed' using errcode = 'check_violation';
end $$;
create trigger keep_mode before update on voting.election for each row
  when (old.mode is distinct from new.mode) execute function voting.keep_mode();

create table voting.committee (
  agency   uuid not null,
  election uuid not null,
  person   uuid not null references people.person (id),
  role     text not null check (role in ('chair', 'secretary', 'member')),
  since    timestamptz not null,
  given_by uuid references people.person (id),
  primary key (agency, election, person),
  foreign key (agency, election) references voting.election (agency, id)
);
comment on table voting.committee is 'Panitia pemilihan of the village: who prepares and runs the election.';
create unique index committee_chair on voting.committee (election) where role = 'chair';
create index committee_person on voting.committee (person);

create table voting.candidate (
  agency     uuid not null,
  election   uuid not null,
  id         uuid not null,
  number     int check (number between 1 and 10),
  name       text not null,
  photo_file uuid references log.file (id),
  photo_hash text check (photo_hash ~ '^[0-9a-f]{64}$'),
  empty_box  boolean not null default false,
  proof      jsonb,
  added      timestamptz not null,
  primary key (agency, id),
  unique (id),
  foreign key (agency, election) references voting.election (agency, id),
  check ((photo_file is null) = (photo_hash is null)),
  check (not empty_box or photo_file is null)
);
comment on table voting.candidate is 'Calon kepala desa, or the empty box. number: as drawn, none before.';
comment on column voting.candidate.proof is 'The proof sheet that the candidate signed: hash of number, name and photograph, the scan, and the two of the committee who compared it.';
create unique index candidate_number on voting.candidate (election, number) where number is not null;
create unique index candidate_empty_box on voting.candidate (election) where empty_box;
create index on voting.candidate (agency, election);

create table voting.draw (
  agency       uuid not null,
  election     uuid not null,
  version      int not null check (version > 0),
  id           uuid not null unique,
  numbers      jsonb not null,
  place        text not null,
  witnesses    text not null,
  drawn        timestamptz not null,
  by           uuid not null references people.person (id),
  confirmed    timestamptz,
  confirmed_by uuid references people.person (id),
  annulled     timestamptz,
  annulled_by  uuid references people.person (id),
  reason       text,
  primary key (agency, election, version),
  foreign key (agency, election) references voting.election (agency, id),
  check ((confirmed is null) = (confirmed_by is null)),
  check (confirmed_by is null or confirmed_by <> by),
  check ((annulled is null) = (annulled_by is null) and (annulled is null) = (reason is null))
);
comment on table voting.draw is 'Undian nomor urut, as it was drawn in an open meeting: written by one of the committee, confirmed by another. numbers: [{candidate, name, number}]. An annulled one stays, with the reason.';
create unique index draw_now on voting.draw (election) where annulled is null;

create table voting.tps (
  agency   uuid not null,
  election uuid not null,
  id       uuid not null,
  number   int not null check (number between 1 and 999),
  place    text not null,
  address  text not null,
  colour   text not null,
  hamlet   text,
  desks    int not null check (desks between 1 and 20),
  booths   int not null check (booths between 1 and 20),
  mobile   int not null default 0 check (mobile between 0 and 5),
  primary key (agency, id),
  unique (id),
  unique (election, number),
  foreign key (agency, election) references voting.election (agency, id)
);
comment on table voting.tps is 'Tempat pemungutan suara. colour: of its invitations; desks, booths and mobile booths as planned.';

create table voting.officer (
  agency    uuid not null,
  election  uuid not null,
  tps       uuid,
  id        uuid not null,
  name      text not null,
  role      text not null check (role in ('chair', 'officer', 'operator', 'witness', 'supervisor')),
  candidate int check (candidate between 1 and 10),
  trustee   boolean not null default false,
  key       text check (key ~ '^[0-9a-f]{64}$'),
  primary key (agency, id),
  unique (id),
  foreign key (agency, election) references voting.election (agency, id),
  foreign key (agency, tps) references voting.tps (agency, id),
  check ((role = 'witness') = (candidate is not null)),
  check (tps is not null or role in ('supervisor', 'operator'))
);
comment on table voting.officer is 'Who serves at a polling place; without one, at all of the village. key: of the card that the ceremony made.';
comment on column voting.officer.trustee is 'Holds a part of the key of the result.';
create unique index officer_chair on voting.officer (tps) where role = 'chair';
create index on voting.officer (agency, election);

create table voting.readiness (
  agency   uuid not null,
  election uuid not null,
  version  int not null check (version > 0),
  id       uuid not null unique,
  content  jsonb not null,
  hash     text not null check (hash ~ '^[0-9a-f]{64}$'),
  made     timestamptz not null,
  by       uuid not null references people.person (id),
  primary key (agency, election, version),
  foreign key (agency, election) references voting.election (agency, id)
);
comment on table voting.readiness is 'The conditions of MK 147/PUU-VII/2009 as they were answered; a change is a new version that must be signed anew.';

create table voting.readiness_signature (
  agency   uuid not null,
  election uuid not null,
  version  int not null,
  side     text not null check (side in ('committee', 'regency')),
  person   uuid not null references people.person (id),
  at       timestamptz not null,
  primary key (agency, election, version, side),
  unique (election, version, person),
  foreign key (agency, election, version) references voting.readiness (agency, election, version)
);
comment on table voting.readiness_signature is 'The committee''s chair and the regency sign the same answers, two persons.';

create table voting.ceremony_order (
  agency   uuid not null,
  election uuid not null,
  version  int not null check (version > 0),
  id       uuid not null unique,
  text     text not null,
  hash     text not null check (hash ~ '^[0-9a-f]{64}$'),
  box      text not null,
  made     timestamptz not null,
  by       uuid not null references people.person (id),
  withdrawn    timestamptz,
  withdrawn_by uuid references people.person (id),
  reason   text,
  primary key (agency, election, version),
  foreign key (agency, election) references voting.election (agency, id),
  check ((withdrawn is null) = (withdrawn_by is null) and (withdrawn is null) = (reason is null))
);
comment on column voting.ceremony_order.box is 'The secret half of the key for which the ceremony seals what only the centre may read; encrypted with SECRET_KEY.';
comment on column voting.ceremony_order.text is 'Encrypted with SECRET_KEY: it holds the keys of the rolls, for the cards of the chairs. hash is of the text in clear.';
comment on table voting.ceremony_order is 'What the key ceremony is asked to make. While one stands, candidates, polling places and officers stay as they are; a change needs it withdrawn, with a reason, and a new one.';
create unique index order_now on voting.ceremony_order (election) where withdrawn is null;

create table voting.ceremony (
  agency    uuid not null,
  election  uuid not null,
  version   int not null,
  id        uuid not null unique,
  text      text not null,
  key       text not null check (key ~ '^[0-9a-f]{64}$'),
  taken     timestamptz not null,
  by        uuid not null references people.person (id),
  primary key (agency, election, version),
  foreign key (agency, election, version) references voting.ceremony_order (agency, election, version)
);
comment on table voting.ceremony is 'What the ceremony answered to an order, signed with the committee''s key that it made, as the file came. Checked before it is kept; never replaced.';

create table voting.pool (
  agency   uuid not null,
  election uuid not null,
  version  int not null,
  tps      uuid not null,
  hash     text not null unique check (hash ~ '^[0-9a-f]{64}$'),
  size     int not null check (size > 0),
  primary key (agency, election, version, tps),
  foreign key (agency, election, version) references voting.ceremony (agency, election, version),
  foreign key (agency, tps) references voting.tps (agency, id)
);
comment on table voting.pool is 'The tokens of a polling place. No pool serves two elections: what was made for a practice can never be of a real one.';

create table voting.package (
  agency     uuid not null,
  election   uuid not null,
  tps        uuid not null,
  version    int not null check (version > 0),
  id         uuid not null unique,
  hash       bytea not null unique,
  text       text not null,
  signatures jsonb not null,
  reason     text,
  made       timestamptz not null,
  by         uuid not null references people.person (id),
  superseded timestamptz,
  primary key (agency, election, tps, version),
  foreign key (agency, election) references voting.election (agency, id),
  foreign key (agency, tps) references voting.tps (agency, id),
  check (version = 1 or reason is not null)
);
comment on table voting.package is 'The election package of a polling place, signed by the centre and the committee. A later one supersedes it and says why; it stays and can be read.';
create unique index package_now on voting.package (tps) where superseded is null;

create table voting.package_draft (
  agency     uuid not null,
  election   uuid not null,
  tps        uuid not null,
  version    int not null check (version > 0),
  text       text not null,
  signatures jsonb not null,
  reason     text,
  made       timestamptz not null,
  by         uuid not null references people.person (id),
  primary key (agency, tps),
  foreign key (agency, election) references voting.election (agency, id),
  foreign key (agency, tps) references voting.tps (agency, id)
);
comment on table voting.package_draft is 'What the centre signed and the committee has not signed yet: no polling place takes it.';

create function voting.keep_package() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or (old.agency, old.election, old.tps, old.version, old.hash, old.text, old.signatures::text, old.made)
    is distinct from (new.agency, new.election, new.tps, new.version, new.hash, new.text, new.signatures::text, new.made)
    or old.superseded is not null then
    raise exception 'an election package is never changed' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger keep_package before update or delete on voting.package for each row execute function voting.keep_package();

create table voting.destruction (
  agency       uuid not null,
  election     uuid not null,
  id           uuid not null unique,
  place        text not null,
  witnesses    text not null,
  done         timestamptz not null,
  by           uuid not null references people.person (id),
  confirmed    timestamptz,
  confirmed_by uuid references people.person (id),
  primary key (agency, election),
  foreign key (agency, election) references voting.election (agency, id),
  check ((confirmed is null) = (confirmed_by is null)),
  check (confirmed_by is null or confirmed_by <> by)
);
comment on table voting.destruction is 'Pemusnahan: keys, tokens and copies of the roll were destroyed after the time for objections, as one of the committee wrote down and another confirmed. The public archives stay.';
