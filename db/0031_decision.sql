create table voting.decision (
  agency       uuid not null,
  election     uuid not null,
  version      int not null check (version > 0),
  id           uuid not null unique,
  outcome      text not null check (outcome in ('elected', 'nobody')),
  candidate    int check (candidate between 1 and 10),
  content      jsonb not null,
  hash         text not null check (hash ~ '^[0-9a-f]{64}$'),
  place        text not null,
  witnesses    text not null,
  made         timestamptz not null,
  by           uuid not null references people.person (id),
  confirmed    timestamptz,
  confirmed_by uuid references people.person (id),
  primary key (agency, election, version),
  foreign key (agency, election) references voting.election (agency, id),
  check ((outcome = 'elected') = (candidate is not null)),
  check ((confirmed is null) = (confirmed_by is null)),
  check (confirmed_by is null or confirmed_by <> by)
);
comment on table voting.decision is 'Penetapan: who is elected, or that nobody is, as the chair of the committee wrote it down from results that were all in and another of the committee confirmed. One that was not confirmed before the numbers moved stays, and a later version follows it.';
comment on column voting.decision.content is 'The numbers of the village and the hash of each result that they were summed from; hash is over these and the election.';
create unique index decision_now on voting.decision (election) where confirmed is not null;

create function voting.keep_decision() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.confirmed is not null
    or to_jsonb(old) - array['confirmed', 'confirmed_by'] is distinct from to_jsonb(new) - array['confirmed', 'confirmed_by'] then
    raise exception 'a decision is never changed or removed' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger keep_decision before update or delete on voting.decision for each row execute function voting.keep_decision();

-- Which elections wait for their polls to open: looked for every minute.
create index election_sealed on voting.election (id) where state = 'sealed';

-- The state of a wave follows from its elections.
alter table voting.wave drop column state;
