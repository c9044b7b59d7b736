create table voting.voter (
  agency     uuid not null,
  election   uuid not null,
  tps        uuid,
  id         uuid not null,
  no         int check (no > 0),
  name       text not null,
  nik_sealed text not null,
  nik_mark   bytea not null,
  born       date,
  sex        text check (sex in ('L', 'P')),
  marital    text check (marital in ('B', 'S', 'P')),
  address    text not null,
  hamlet     text not null,
  rt         text not null,
  rw         text not null,
  additional boolean not null default false,
  struck     boolean not null default false,
  since      timestamptz not null,
  primary key (agency, id),
  unique (id),
  foreign key (agency, election) references voting.election (agency, id),
  foreign key (agency, tps) references voting.tps (agency, id)
);
comment on table voting.voter is 'Who may vote in an election. The NIK is encrypted with SECRET_KEY; nik_mark finds it again and does not tell it. no: in the roll of the polling place, given when the roll is fixed. additional: pemilih tambahan, added after that.';
create unique index voter_once on voting.voter (election, nik_mark) where not struck;
create index voter_mark on voting.voter (nik_mark) where not struck;
create unique index voter_no on voting.voter (tps, no);
create index voter_place on voting.voter (election, tps, no);

create table voting.roll_import (
  agency   uuid not null,
  election uuid not null,
  id       uuid not null,
  file     text not null,
  rows     text,
  count    int not null,
  taken    int,
  at       timestamptz not null,
  by       uuid not null references people.person (id),
  done     timestamptz,
  primary key (agency, id),
  unique (id),
  foreign key (agency, election) references voting.election (agency, id),
  check ((done is null) = (taken is null)),
  check (done is null or rows is null)
);
comment on table voting.roll_import is 'A file of voters between its check and the answer to it. rows: encrypted, and gone when it is done.';

create table voting.roll_change (
  agency   uuid not null,
  election uuid not null,
  id       uuid not null,
  voter    uuid not null,
  kind     text not null check (kind in ('added', 'struck', 'changed', 'moved')),
  reason   text not null,
  note     text,
  fields   text[] not null default '{}',
  at       timestamptz not null,
  by       uuid not null references people.person (id),
  primary key (agency, id),
  unique (id),
  foreign key (agency, election) references voting.election (agency, id),
  foreign key (agency, voter) references voting.voter (agency, id)
);
comment on table voting.roll_change is 'Each correction between the provisional roll (DPS) and the fixed one (DPT), with its reason. fields: which were changed, not what they held.';
create index roll_change_of on voting.roll_change (election, at);

create table voting.roll_answer (
  agency   uuid not null,
  election uuid not null,
  question text not null,
  note     text not null,
  at       timestamptz not null,
  by       uuid not null references people.person (id),
  primary key (agency, election, question),
  foreign key (agency, election) references voting.election (agency, id)
);
comment on table voting.roll_answer is 'Why a voter stays in the roll although something about them is strange. question: kind and voters.';

create table voting.roll (
  agency     uuid not null,
  election   uuid not null,
  kind       text not null check (kind in ('fixed', 'additional')),
  id         uuid not null unique,
  count      int not null check (count > 0),
  additional int not null check (additional >= 0 and additional < count),
  places     jsonb not null,
  hash       text not null check (hash ~ '^[0-9a-f]{64}$'),
  at         timestamptz not null,
  by         uuid not null references people.person (id),
  primary key (agency, election, kind),
  foreign key (agency, election) references voting.election (agency, id),
  check ((kind = 'additional') = (additional > 0))
);
comment on table voting.roll is 'The roll as it was fixed (DPT), and again with those added after it. places: number, count, additional and hash of each polling place; hash: of these lines.';

create table voting.roll_key (
  agency   uuid not null,
  election uuid not null,
  tps      uuid not null,
  sealed   text not null,
  primary key (agency, tps),
  foreign key (agency, election) references voting.election (agency, id),
  foreign key (agency, tps) references voting.tps (agency, id)
);
comment on table voting.roll_key is 'The key under which the roll of a polling place travels, encrypted with SECRET_KEY. In clear it is only on the chair''s card.';

create table voting.roll_signature (
  agency    uuid not null,
  election  uuid not null,
  kind      text not null,
  candidate uuid not null,
  signed    boolean not null,
  note      text,
  at        timestamptz not null,
  by        uuid not null references people.person (id),
  confirmed    timestamptz,
  confirmed_by uuid references people.person (id),
  primary key (agency, election, kind, candidate),
  foreign key (agency, election, kind) references voting.roll (agency, election, kind),
  foreign key (agency, candidate) references voting.candidate (agency, id),
  check ((confirmed is null) = (confirmed_by is null)),
  check (confirmed_by is null or confirmed_by <> by),
  check (signed or note is not null)
);
comment on table voting.roll_signature is 'What a candidate did with the printed roll sheet: signed, or refused with a reason. Noted by one of the committee, confirmed by another. The committee''s own signature is who fixed it.';

create table voting.delivery (
  agency   uuid not null,
  election uuid not null,
  voter    uuid not null,
  n        int not null check (n > 0),
  outcome  text not null check (outcome in ('self', 'family', 'not-found', 'moved', 'died', 'claimed')),
  receiver text,
  at       timestamptz not null,
  noted    timestamptz not null,
  by       uuid not null references people.person (id),
  primary key (agency, voter, n),
  foreign key (agency, election) references voting.election (agency, id),
  foreign key (agency, voter) references voting.voter (agency, id)
);
comment on table voting.delivery is 'What became of an invitation, each time somebody went with it. at: on their device; noted: here.';
create index delivery_of on voting.delivery (election, voter, n);
create unique index delivery_once on voting.delivery (voter) where outcome in ('self', 'family', 'claimed');

-- A fixed roll stays as it is: from then on only voters who are added, and nobody once those were counted too.
create function voting.keep_roll() returns trigger language plpgsql as $$
declare
  fixed boolean := exists (select from voting.roll where election = coalesce(new.election, old.election) and kind = 'fixed');
  closed boolean := exists (select from voting.roll where election = coalesce(new.election, old.election) and kind = 'additional');
begin
  if closed or (fixed and (tg_op = 'DELETE' or (tg_op = 'UPDATE' and not old.additional) or not new.additional)) then
    raise exception 'the roll is fixed' using errcode = 'check_violation';
  end if;
  return coalesce(new, old);
end $$;
create trigger keep_roll before insert or update or delete on voting.voter for each row execute function voting.keep_roll();

create function voting.keep_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'a fixed roll is never changed' using errcode = 'check_violation';
end $$;
create trigger keep_fixed before update or delete on voting.roll for each row execute function voting.keep_fixed();
