-- An election whose results really changed is audited again: an audit has versions, and none replaces the one before it.
alter table voting.slip_count drop constraint slip_count_agency_election_fkey;
alter table voting.slip_reading drop constraint slip_reading_agency_election_fkey;
alter table voting.audit drop constraint audit_pkey;
alter table voting.audit add column version int not null default 1 check (version > 0);
alter table voting.audit alter column version drop default;
alter table voting.audit add primary key (agency, election, version);
alter table voting.audit drop constraint audit_why_check;
alter table voting.audit add constraint audit_why_check check (why in ('tie', 'margin', 'size', 'slips', 'chosen'));

alter table voting.slip_count add column audit int not null default 1;
alter table voting.slip_count alter column audit drop default;
alter table voting.slip_count drop constraint slip_count_pkey;
alter table voting.slip_count drop constraint slip_count_tps_round_by_key;
alter table voting.slip_count add primary key (agency, tps, audit, round, side);
alter table voting.slip_count add unique (tps, audit, round, by);
alter table voting.slip_count add foreign key (agency, election, audit) references voting.audit (agency, election, version);
comment on column voting.slip_count.audit is 'The version of the audit.';

alter table voting.slip_reading add column audit int not null default 1;
alter table voting.slip_reading alter column audit drop default;
alter table voting.slip_reading drop constraint slip_reading_pkey;
alter table voting.slip_reading add primary key (agency, election, audit, n, by, try);
alter table voting.slip_reading add foreign key (agency, election, audit) references voting.audit (agency, election, version);
comment on column voting.slip_reading.audit is 'The version of the audit.';

create or replace function voting.keep_audit() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.outcome is not null
    or (old.version, old.kind, old.risk, old.full_below, old.announced::text, old.piles::text, old.places, old.planned)
      is distinct from
      (new.version, new.kind, new.risk, new.full_below, new.announced::text, new.piles::text, new.places, new.planned)
    or (old.seen is not null and old.dice is distinct from new.dice) or new.drawn < old.drawn then
    raise exception 'what an audit began with is never changed' using errcode = 'check_violation';
  end if;
  return new;
end $$;

-- What a full count found and the tally did not say: two of the committee take it as the result of those polling places.
create table voting.adoption (
  agency       uuid not null,
  election     uuid not null,
  audit        int not null,
  ground       text not null,
  made         timestamptz not null,
  by           uuid not null references people.person (id),
  confirmed    timestamptz,
  confirmed_by uuid references people.person (id),
  primary key (agency, election, audit),
  foreign key (agency, election, audit) references voting.audit (agency, election, version),
  check ((confirmed is null) = (confirmed_by is null)),
  check (confirmed_by is null or confirmed_by <> by)
);
comment on table voting.adoption is 'The chair wrote down that what was counted by hand in an audit is the result, with the ground, and another of the committee confirmed it. Each polling place whose numbers differed then has a version of its result more.';
create function voting.keep_written() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.confirmed is not null
    or to_jsonb(old) - array['confirmed', 'confirmed_by'] is distinct from to_jsonb(new) - array['confirmed', 'confirmed_by'] then
    raise exception 'what two of the committee wrote is never changed or removed' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger keep_adoption before update or delete on voting.adoption for each row execute function voting.keep_written();

alter table voting.result drop constraint result_how_check;
alter table voting.result add constraint result_how_check check (how in ('signed', 'typed', 'audit'));
comment on table voting.result is 'Every version of the result of a polling place, as it was signed, typed by two from the signed sheet, or counted by hand in an audit. None is ever changed or removed.';

create table voting.unrecorded (
  agency       uuid not null,
  election     uuid not null,
  tps          uuid not null,
  result       bytea not null references voting.result (hash),
  text         text not null,
  made         timestamptz not null,
  by           uuid not null references people.person (id),
  confirmed    timestamptz,
  confirmed_by uuid references people.person (id),
  primary key (agency, tps, result),
  foreign key (agency, election) references voting.election (agency, id),
  foreign key (agency, tps) references voting.tps_count (agency, tps),
  check ((confirmed is null) = (confirmed_by is null)),
  check (confirmed_by is null or confirmed_by <> by)
);
comment on table voting.unrecorded is 'One of the committee wrote why a polling place has no record of this version of its result, and another confirmed it: without a record and without this nothing is decided.';
create trigger keep_unrecorded before update or delete on voting.unrecorded for each row execute function voting.keep_written();
create index unrecorded_election on voting.unrecorded (election);
