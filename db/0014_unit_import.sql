alter table people.agency_import add column agency uuid references people.agency (id);
comment on column people.agency_import.agency is 'The agency whose units and people the table holds; null for a table of agencies.';
