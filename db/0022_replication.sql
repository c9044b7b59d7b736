-- Two units of one agency (two puskesmas, say) can each run the same package.
alter table services.service add column unit uuid;
alter table services.service add foreign key (agency, unit) references people.unit (agency, id);
alter table services.service drop constraint service_agency_package_key;
alter table services.service add unique nulls not distinct (agency, package, unit);
comment on column services.service.unit is 'The unit that runs it; none where the agency runs it as a whole.';

-- What is alive is read from what people did, not from what somebody says.
alter table services.service add column first_case timestamptz;
comment on column services.service.first_case is 'When its first case was opened.';
update services.service s set first_case = (select min(opened) from services."case" c where c.agency = s.agency and c.service = s.id);
alter table services."case" add column moved timestamptz not null default now();
comment on column services."case".moved is 'When a person last did something in it; what time brings about does not count.';
update services."case" c set moved = coalesce((
  select to_timestamp((h ->> 'at')::float8 / 1000) from jsonb_array_elements(c.life -> 'history') with ordinality as x (h, n)
  where h ->> 'role' <> 'system' order by n desc limit 1), c.opened);
create index case_moved on services."case" (service, moved);

create schema replication;

create table replication.publication (
  agency     uuid not null references people.agency (id),
  id         uuid not null,
  innovation text not null references gallery.innovation (code),
  package    text not null,
  release    bytea not null references services.release (hash),
  unit       uuid,
  since      timestamptz not null,
  changed    timestamptz not null,
  by         uuid references people.person (id),
  primary key (agency, id),
  unique (id),
  unique (innovation),
  unique (package),
  foreign key (agency, unit) references people.unit (agency, id)
);
comment on table replication.publication is 'An innovation of the gallery that can be installed: the package, the release that is offered, and which unit of the owner runs it.';

create table replication.process (
  agency      uuid not null references people.agency (id),
  id          uuid not null,
  innovation  text not null references gallery.innovation (code),
  unit        uuid,
  area        text references people.region (code),
  owner       uuid references people.agency (id),
  owner_unit  uuid,
  expansion   boolean not null default false,
  learnt_from uuid references replication.process (id),
  state       text not null check (state in ('interest', 'verified', 'agreed', 'approved', 'implementing', 'certified', 'declined', 'ended')),
  since       timestamptz not null,
  reason      text not null,
  service     uuid references services.service (id),
  hash        bytea references services.release (hash),
  installed   timestamptz,
  agreed_owner    timestamptz,
  agreed_adopter  timestamptz,
  begins      date,
  note        text,
  primary key (agency, id),
  unique (id),
  foreign key (agency, unit) references people.unit (agency, id),
  foreign key (owner, owner_unit) references people.unit (agency, id),
  check (owner is null or owner <> agency or (expansion and unit is not null and owner_unit is not null and unit <> owner_unit)),
  check ((service is null) = (installed is null)),
  check (state not in ('agreed', 'approved', 'certified') or (agreed_owner is not null and agreed_adopter is not null))
);
comment on table replication.process is 'One agency copies one innovation: from interest to certificate, with the service it installed for it.';
comment on column replication.process.expansion is 'Perluasan: another unit of the owner''s own agency.';
comment on column replication.process.hash is 'The release that was installed first.';
comment on column replication.process.learnt_from is 'Where it was learnt, when not from the owner: another adopter.';
comment on column replication.process.installed is 'When the package was installed for it.';
create unique index process_open on replication.process (agency, innovation, unit) nulls not distinct
  where state not in ('declined', 'ended');
create unique index process_service on replication.process (service) where service is not null;
create index process_innovation on replication.process (innovation);
create index process_owner on replication.process (owner);

create table replication.step (
  agency  uuid not null,
  process uuid not null,
  n       int not null,
  move    text not null,
  state   text not null,
  at      timestamptz not null,
  by      uuid references people.person (id),
  note    text,
  primary key (agency, process, n),
  foreign key (agency, process) references replication.process (agency, id)
);
comment on table replication.step is 'The log of a replication: each move with who, when and why.';

create table replication.counter (
  kind text not null check (kind in ('agreement', 'certificate')),
  year int not null,
  last int not null,
  primary key (kind, year)
);
comment on table replication.counter is 'The last number given in a year; taken in the act that uses it, so that none is missing.';

create table replication.paper (
  kind    text not null check (kind in ('agreement', 'certificate')),
  year    int not null,
  n       int not null,
  agency  uuid not null,
  process uuid not null,
  code    text not null,
  content jsonb not null,
  at      timestamptz not null,
  by      uuid references people.person (id),
  primary key (kind, year, n),
  unique (process, kind),
  foreign key (agency, process) references replication.process (agency, id)
);
comment on table replication.paper is 'Agreements and certificates as they were given. code stands on the paper; with it anybody can check it.';

create table replication.outcome (
  agency    uuid not null,
  service   uuid not null,
  indicator text not null,
  target    float8 not null,
  value     float8 not null,
  n         int not null,
  version   text not null,
  reached   timestamptz not null,
  primary key (agency, service, indicator),
  foreign key (agency, service) references services.service (agency, id)
);
comment on table replication.outcome is 'When a public figure of a service first met the target of its package; a small group never does.';

create table replication.question (
  agency  uuid not null,
  id      uuid not null,
  service uuid not null,
  asked   timestamptz not null,
  quiet_since timestamptz not null,
  answer  text check (answer in ('paused', 'stopped', 'outside')),
  words   text,
  until   date,
  answered timestamptz,
  answered_by uuid references people.person (id),
  primary key (agency, id),
  unique (id),
  foreign key (agency, service) references services.service (agency, id),
  check ((answer is null) = (answered is null))
);
comment on table replication.question is 'No case for 90 days: the agency that runs the service was asked why, and what it answered.';
create unique index question_open on replication.question (service) where answer is null;

create table replication.hub (
  id     uuid primary key,
  name   text not null,
  areas  text[] not null,
  agency uuid references people.agency (id),
  decree text,
  since  text not null,
  source text not null,
  until  date
);
comment on table replication.hub is 'A hub of the network of public-service innovation (simpul JIPP), with the decree that named it. areas: region codes. since: as exact as the source says.';

create table replication.coach (
  hub    uuid not null references replication.hub (id),
  id     uuid primary key,
  person uuid not null references people.person (id),
  area   text not null references people.region (code),
  since  timestamptz not null,
  given_by uuid references people.person (id),
  ended  timestamptz,
  ended_by uuid references people.person (id)
);
comment on table replication.coach is 'Who accompanies replication in an area.';
create unique index coach_held on replication.coach (person, area) where ended is null;

create table replication.survey (
  hub        uuid not null references replication.hub (id),
  id         uuid not null unique,
  year       int not null,
  instrument text not null,
  state      text not null check (state in ('draft', 'sent', 'verified')),
  since      timestamptz not null,
  primary key (hub, year)
);
comment on table replication.survey is 'The maturity of a hub in a year by an instrument: scored by itself, then verified.';

create table replication.survey_answer (
  survey   uuid not null references replication.survey (id),
  question text not null,
  own      text,
  link     text,
  file     uuid references log.file (id),
  verified text,
  note     text,
  verified_by uuid references people.person (id),
  verified_at timestamptz,
  primary key (survey, question)
);
comment on table replication.survey_answer is 'own and verified: the option chosen. Every answer has evidence: a link or a file.';

-- The hubs that public sources name, with the decree where they name one.
insert into replication.hub (id, name, areas, decree, since, source) 
select ('00000000-0000-7000-8000-00000022' || lpad(g.code, 4, '0'))::uuid, 'JIPP ' || g.name, array[g.code], h.decree, h.since, h.source
from (values
  ('35', null, '2019-10', 'menpan.go.id: JIPP 2019'), ('16', null, '2019-10', 'menpan.go.id: JIPP 2019'), ('73', null, '2019-10', 'menpan.go.id: JIPP 2019'), ('33', null, '2019-10', 'menpan.go.id: JIPP 2019'),
  ('13', 'Kepmen PANRB 94/2020', '2020', 'menpan.go.id: JIPP 2020'), ('19', 'Kepmen PANRB 94/2020', '2020', 'menpan.go.id: JIPP 2020'),
  ('63', 'Kepmen PANRB 94/2020', '2020', 'menpan.go.id: JIPP 2020'), ('75', 'Kepmen PANRB 94/2020', '2020', 'menpan.go.id: JIPP 2020'),
  ('61', 'Kepmen PANRB 359/2021', '2021', 'menpan.go.id: JIPP 2021'), ('14', 'Kepmen PANRB 359/2021', '2021', 'menpan.go.id: JIPP 2021'),
  ('51', 'Kepmen PANRB 359/2021', '2021', 'menpan.go.id: JIPP 2021'), ('81', 'Kepmen PANRB 359/2021', '2021', 'menpan.go.id: JIPP 2021'),
  ('12', null, '2022-09-28', 'menpan.go.id: USAID ERAT 2022'), ('36', null, '2022-09-28', 'menpan.go.id: USAID ERAT 2022'), ('53', null, '2022-09-28', 'menpan.go.id: USAID ERAT 2022'),
  ('15', null, '2023', 'menpan.go.id: JIPPNas 2023'), ('18', null, '2023', 'menpan.go.id: JIPPNas 2023'), ('32', null, '2023', 'menpan.go.id: JIPPNas 2023'), ('34', null, '2023', 'menpan.go.id: JIPPNas 2023'),
  ('52', null, '2023', 'menpan.go.id: JIPPNas 2023'), ('82', null, '2023', 'menpan.go.id: JIPPNas 2023'), ('64', null, '2023', 'menpan.go.id: JIPPNas 2023'),
  ('76', 'Kepmen PANRB 305/2024', '2024', 'menpan.go.id: JIPP 2024')
) as h (code, decree, since, source) join people.region g on g.code = h.code;
