create schema gallery;

-- A number is taken once and never given again, even when the innovation it was taken for is not kept.
create sequence gallery.code_number as int minvalue 1 maxvalue 999999;

create table gallery.innovation (
  id           uuid primary key,
  code         text not null unique check (code ~ '^MI-\d{6}$'),
  name         text not null,
  agency_name  text not null,
  agency       uuid references people.agency (id),
  region_name  text not null,
  province     text references people.region (code),
  first_year   int,
  last_year    int,
  years        int[] not null default '{}',
  levels       text[] not null default '{}',
  categories   text[] not null default '{}',
  category     text,
  summary      text not null,
  lang         text not null check (lang in ('id', 'en')),
  translation  text,
  flags        text[] not null default '{}',
  in_seed      boolean not null default false,
  demo         boolean not null default false,
  story        jsonb not null default '[]',
  photos       jsonb not null default '[]',
  goals        int[] not null default '{}' check (goals <@ array[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17]),
  status       text not null default 'unknown' check (status in ('continues', 'developing', 'dormant', 'stopped', 'unknown')),
  status_on    date,
  status_reason text,
  status_said  text check (status_said in ('agency', 'secretariat')),
  status_by    uuid references people.person (id),
  status_at    timestamptz,
  contact_office text,
  contact_email  text,
  contact_phone  text,
  contact_site   text,
  added        timestamptz not null default now(),
  changed      timestamptz not null default now(),
  -- Names also as they are written: an acronym has no stem.
  words        tsvector generated always as (
    setweight(to_tsvector('indonesian', name), 'A') || setweight(to_tsvector('simple', name), 'A')
    || setweight(to_tsvector('indonesian', agency_name || ' ' || region_name), 'C') || setweight(to_tsvector('simple', agency_name || ' ' || region_name), 'C')
    || setweight(to_tsvector('indonesian', case when lang = 'id' then summary else coalesce(translation, '') end), 'B')
    || setweight(to_tsvector('english', case when lang = 'en' then summary else coalesce(translation, '') end), 'B')
    || setweight(to_tsvector('indonesian', coalesce(category, '')), 'D')
    || setweight(jsonb_to_tsvector('indonesian', story, '["string"]'), 'D')
  ) stored,
  check ((status = 'unknown') = (status_at is null)),
  check (translation is null or translation <> '')
);
comment on table gallery.innovation is 'One innovation that the public may read of: gathered from the register of winners, kept up by its agency.';
comment on column gallery.innovation.id is 'The identity in competition.winner.innovation.';
comment on column gallery.innovation.code is 'The stable register code, printed and linked to; never given to another.';
comment on column gallery.innovation.province is 'Province code; null for a national innovation.';
comment on column gallery.innovation.levels is 'The families of its awards (top, top99, special, finalist, …) for filters; the level in the words of the source is in gallery.award.';
comment on column gallery.innovation.translation is 'The summary in the other language than the source''s: our translation, shown as one.';
comment on column gallery.innovation.goals is 'Sustainable Development Goals 1 to 17, only as its agency or the secretariat gave them.';
comment on column gallery.innovation.status is 'Whether it still lives. unknown until somebody says so, with a reason and a day.';
comment on column gallery.innovation.status_said is 'Whose word it is, as the public reads it; status_by is the person, for the record only.';
comment on column gallery.innovation.photos is 'Photos given with public answers: [{file, label}]; only these files are served.';
comment on column gallery.innovation.demo is 'Every award of it is invented for a demonstration; gallery.award.demo says it of one.';
comment on column gallery.innovation.story is 'What is told of it: [{id, from: proposal | agency | secretariat, question, questionEn, text, lang, at, demo}]. Those from the proposal follow the register; the others were added by hand.';
create index innovation_words on gallery.innovation using gin (words);
create index innovation_name_trgm on gallery.innovation using gin (lower(name) gin_trgm_ops);
create index innovation_years on gallery.innovation using gin (years);
create index innovation_levels on gallery.innovation using gin (levels);
create index innovation_categories on gallery.innovation using gin (categories);
create index innovation_province on gallery.innovation (province, last_year desc nulls last, code);
create index innovation_status on gallery.innovation (status) where status <> 'unknown';
create index innovation_newest on gallery.innovation (last_year desc nulls last, code);
create index innovation_agency on gallery.innovation (agency);
-- What the filters count, without the wide rows that carry it.
create index innovation_facets on gallery.innovation (province, status) include (years, levels, categories);
create index innovation_changed on gallery.innovation (changed);

create table gallery.award (
  innovation uuid not null references gallery.innovation (id),
  id         uuid not null,
  year       int,
  level      text not null,
  family     text not null,
  category   text,
  source     text not null,
  decree     text,
  round      uuid,
  flags      text[] not null default '{}',
  demo       boolean not null default false,
  primary key (innovation, id)
);
comment on table gallery.award is 'The history of an innovation: one row for each award in the register, in the words of its source.';

create table gallery.word (
  word text primary key,
  uses int not null
);
comment on table gallery.word is 'The words of the gallery, so that a mistyped one can be put right.';
create index word_trgm on gallery.word using gin (word gin_trgm_ops);
