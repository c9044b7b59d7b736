-- Duplicates: what a person is recognised by, as keyed hashes; never a value.
create table services.likeness (
  agency  uuid not null,
  service uuid not null,
  "case"  uuid not null,
  kind    text not null check (kind in ('nik', 'person')),
  key     bytea not null,
  primary key (agency, "case", kind, key),
  foreign key (agency, "case") references services."case" (agency, id)
);
comment on table services.likeness is 'By what the person of a case is recognised: HMAC of the NIK, or of name, birth date and area, with a key made from SECRET_KEY.';
create index likeness_key on services.likeness (service, kind, key);

create table services.duplicate (
  agency     uuid not null,
  service    uuid not null,
  one        uuid not null,
  other      uuid not null,
  kinds      text[] not null,
  found      timestamptz not null,
  verdict    text check (verdict in ('different', 'merged')),
  decided    timestamptz,
  decided_by uuid references people.person (id),
  primary key (agency, one, other),
  foreign key (agency, one) references services."case" (agency, id),
  foreign key (agency, other) references services."case" (agency, id),
  check (one < other),
  check ((verdict is null) = (decided is null))
);
comment on table services.duplicate is 'Two cases of one service that seem to be of the same person, and what somebody decided. Without a verdict they share a likeness.';
create index duplicate_open on services.duplicate (service, found, one) where verdict is null;
create index duplicate_other on services.duplicate (agency, other);

alter table services."case"
  add merged_into uuid,
  add foreign key (agency, merged_into) references services."case" (agency, id),
  add check (merged_into is null or (merged_into <> id and closed is not null));
comment on column services."case".merged_into is 'The case that stayed when the two turned out to be of one person; this one is closed.';
create index case_merged on services."case" (agency, merged_into) where merged_into is not null;

create table services.merge (
  agency  uuid not null,
  id      uuid not null,
  service uuid not null,
  kept    uuid not null,
  merged  uuid not null,
  at      timestamptz not null,
  by      uuid references people.person (id),
  until   timestamptz not null,
  before  text,
  print   bytea not null,
  undone  timestamptz,
  undone_by uuid references people.person (id),
  primary key (agency, id),
  unique (id),
  foreign key (agency, kept) references services."case" (agency, id),
  foreign key (agency, merged) references services."case" (agency, id)
);
comment on table services.merge is 'Two cases made one. before: both as they were, encrypted with SECRET_KEY, until it can no longer be undone. print: SHA-256 of the kept case right after.';
create unique index merge_now on services.merge (agency, merged) where undone is null;
create index merge_kept on services.merge (agency, kept) where undone is null;
create index merge_until on services.merge (until) where before is not null;

-- Who works where, and how much.
alter table services.post
  add except_areas text[] not null default '{}',
  add capacity int check (capacity between 0 and 100000),
  add lat double precision check (lat between -90 and 90),
  add lon double precision check (lon between -180 and 180),
  add check ((lat is null) = (lon is null));
comment on column services.post.except_areas is 'Parts of the area that were handed over to somebody else: region codes without dots.';
comment on column services.post.capacity is 'Open cases that are assigned to it at most; none: no limit.';
comment on column services.post.lat is 'Where its work begins: the village health post, the office.';

create table services.charge (
  agency  uuid not null,
  id      uuid not null default gen_random_uuid(),
  service uuid not null,
  "case"  uuid not null,
  role    text not null,
  area    text not null,
  post    uuid,
  since   timestamptz not null,
  until   timestamptz,
  why     text not null check (why in ('opened', 'moved', 'handed-over', 'assigned', 'taken', 'role-given', 'role-ended')),
  by      uuid references people.person (id),
  primary key (agency, id),
  foreign key (agency, "case") references services."case" (agency, id),
  foreign key (post) references services.post (id),
  check (until >= since),
  exclude using gist ("case" with =, role with =, tstzrange(since, until) with &&)
);
comment on table services.charge is 'The ledger: who is in charge of a case in a role, from when to when, without gap or overlap, from its opening until it is closed. post: none when nobody works there.';
create index charge_case on services.charge (agency, "case", role, since);
create index charge_post on services.charge (post, since desc);
create index charge_period on services.charge (service, since);

create table services.offer (
  agency   uuid not null,
  id       uuid not null,
  service  uuid not null,
  "case"   uuid not null,
  role     text not null,
  post     uuid not null references services.post (id),
  at       timestamptz not null,
  until    timestamptz not null,
  by       uuid references people.person (id),
  answer   text check (answer in ('accepted', 'declined', 'timed-out', 'withdrawn')),
  answered timestamptz,
  primary key (agency, id),
  unique (id),
  foreign key (agency, "case") references services."case" (agency, id),
  check ((answer is null) = (answered is null))
);
comment on table services.offer is 'A case offered to somebody who holds a role. Declined or not answered in time, it goes to the next.';
create unique index offer_open on services.offer (agency, "case", role) where answer is null;
create index offer_due on services.offer (until) where answer is null;
create index offer_post on services.offer (post) where answer is null;

-- The worklist, most urgent first: by area for somebody of a district, by time for somebody of a whole agency.
drop index services.case_list;
create index case_area on services."case" (service, flow, area collate "C", (coalesce(due, 'infinity'::timestamptz)), id) where closed is null;
create index case_urgent on services."case" (service, (coalesce(due, 'infinity'::timestamptz)), id) where closed is null;
create index case_mine on services."case" (opened_by, service, (coalesce(due, 'infinity'::timestamptz)), id) where closed is null;

-- Cases of before: whoever works alone where they are has been in charge since they were opened.
insert into services.charge (agency, service, "case", role, area, post, since, until, why)
select c.agency, c.service, c.id, r ->> 'id', c.area,
  (select case when count(*) over (partition by length(p.area)) = 1 then p.id end from services.post p
    where p.service = c.service and p.role = r ->> 'id' and p.ended is null and c.area like p.area || '%'
    order by length(p.area) desc limit 1), c.opened, greatest(c.opened, c.closed), 'opened'
from services."case" c join services.release e on e.hash = c.release, json_array_elements(e.content -> 'roles') r
where r ->> 'reach' = 'area' and r ->> 'public' is distinct from 'true' and exists (
  select from json_array_elements(e.content -> 'flows') f, json_array_elements(f -> 'moves') m
  where f ->> 'id' = c.flow and m ->> 'from' <> 'new' and (m -> 'roles')::jsonb ? (r ->> 'id')
    and (json_array_length(f -> 'only') = 0 or (f -> 'only')::jsonb ? (r ->> 'id')));
