create table voting.objection (
  agency     uuid not null,
  election   uuid not null,
  tps        uuid,
  id         uuid not null,
  number     int not null check (number > 0),
  code       bytea not null unique check (length(code) = 32),
  role       text not null check (role in ('witness', 'candidate', 'voter')),
  about      text not null check (about in ('count', 'roll', 'device', 'secrecy', 'procedure', 'other')),
  name       text not null,
  contact    text not null,
  statement  text not null,
  demand     text not null,
  public     boolean not null,
  evidence   uuid references log.file (id),
  filed      timestamptz not null,
  due        timestamptz not null,
  state      text not null check (state in ('filed', 'mediated', 'answered', 'appealed', 'decided', 'withdrawn')),
  since      timestamptz not null,
  primary key (agency, id),
  unique (id),
  unique (election, number),
  foreign key (agency, election) references voting.election (agency, id),
  foreign key (agency, tps) references voting.tps (agency, id)
);
comment on table voting.objection is 'Keberatan: filed by a witness, a candidate or a voter. Name and contact are for the committee and the regency alone.';
comment on column voting.objection.code is 'SHA-256 of the code on the receipt, with which whoever filed it follows it.';
comment on column voting.objection.public is 'Whoever filed it lets the statement be shown to everybody.';
comment on column voting.objection.due is 'Until when the committee must answer, by the legal profile.';

create table voting.objection_step (
  agency    uuid not null,
  objection uuid not null,
  n         int not null check (n > 0),
  kind      text not null check (kind in ('mediation', 'answer', 'appeal', 'decision', 'withdrawal')),
  outcome   text check (outcome in ('agreed', 'not-agreed', 'upheld', 'partly', 'rejected')),
  text      text not null,
  by        uuid references people.person (id),
  at        timestamptz not null,
  late      boolean not null,
  primary key (agency, objection, n),
  foreign key (agency, objection) references voting.objection (agency, id),
  check ((kind in ('appeal', 'withdrawal')) = (by is null))
);
comment on table voting.objection_step is 'What was done with an objection: mediation, the answer that the committee owes, and the decision of the regency. Public.';

create function voting.keep_objection() returns trigger language plpgsql as $$
begin
  raise exception 'an objection and what was done with it are never removed' using errcode = 'check_violation';
end $$;
create trigger keep_objection before delete on voting.objection for each row execute function voting.keep_objection();
create trigger keep_objection_step before update or delete on voting.objection_step for each row execute function voting.keep_objection();
