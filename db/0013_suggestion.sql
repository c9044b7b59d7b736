-- What is offered while somebody types into the search of the gallery.
create table gallery.suggestion (
  kind text not null check (kind in ('agency', 'category')),
  text text not null,
  uses int not null check (uses > 0),
  primary key (kind, text)
);
comment on table gallery.suggestion is 'Agencies and categories of the gallery with how many innovations each has; counted anew when the gallery changes.';
create index suggestion_trgm on gallery.suggestion using gin (lower(text) gin_trgm_ops);
create index innovation_name_prefix on gallery.innovation (lower(name) text_pattern_ops);
create index innovation_code_prefix on gallery.innovation (code text_pattern_ops);
insert into gallery.suggestion (kind, text, uses)
  select 'agency', agency_name, count(*) from gallery.innovation group by agency_name
  union all select 'category', tag, count(*) from gallery.innovation, unnest(categories) as tag group by tag;
