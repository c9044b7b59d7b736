create table competition.live_figure (
  agency     uuid not null,
  proposal   uuid not null,
  service    uuid not null,
  indicators text[] not null check (cardinality(indicators) between 1 and 12),
  at         timestamptz not null,
  by         uuid references people.person (id),
  primary key (agency, proposal, service),
  foreign key (agency, proposal) references competition.proposal (agency, id)
);
comment on table competition.live_figure is 'Public figures of a running service of the own agency that a proposal shows, as chosen. What was handed in stands in submission.content.';
