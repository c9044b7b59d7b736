create table competition.invitation (
  id          uuid primary key,
  round       uuid not null references competition.round (id),
  group_key   text not null,
  agency      uuid references people.agency (id),
  innovation  uuid,
  name        text,
  agency_name text not null,
  by          uuid references people.person (id),
  at          timestamptz not null,
  withdrawn        timestamptz,
  withdrawn_by     uuid references people.person (id),
  withdrawn_reason text,
  check (agency is not null or innovation is not null),
  check ((innovation is null) = (name is null)),
  check ((withdrawn is null) = (withdrawn_reason is null))
);
comment on table competition.invitation is 'Who is invited to a group that is entered by invitation. One that was withdrawn stays, with its reason.';
comment on column competition.invitation.agency is 'The agency that is invited; null when an innovation is invited whose agency is not registered here.';
comment on column competition.invitation.innovation is 'The identity in winner.innovation when one innovation is invited; null: the agency may enter any.';
comment on column competition.invitation.agency_name is 'The agency as it was called when it was invited.';
create unique index invitation_of_agency on competition.invitation (round, group_key, agency) where innovation is null and withdrawn is null;
create unique index invitation_of_innovation on competition.invitation (round, group_key, innovation) where innovation is not null and withdrawn is null;
create index on competition.invitation (agency, round);
