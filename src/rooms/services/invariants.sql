-- A case that has ended waits for nothing, and nobody has work in it.
select c.id from services."case" c where c.closed is not null
  and (c.due is not null or exists (select from services.task t where t.agency = c.agency and t."case" = c.id and t.done is null));

-- Every case was opened by an event, and what it is now is what its last move made of it.
select c.id from services."case" c where c.part_of is null
  and (not exists (select from log.event e where e.subject = c.id and e.name = 'services.case-opened')
    or c.state is distinct from c.life -> 'history' -> -1 ->> 'to');

-- No whole NIK or KK stands in the values of a case.
select c.id from services."case" c where (c.open -> 'data')::text ~ '"\d{16}"' or (c.personal -> 'data')::text ~ '"\d{16}"'
  or (c.specific -> 'data')::text ~ '"\d{16}"';

-- A consent that the case says is given was given last.
select c.id from services."case" c, jsonb_each(c.life -> 'consents') as said (purpose, what)
where (what ->> 'given')::boolean is distinct from (select k.given from services.consent k
  where k.agency = c.agency and k."case" = c.id and k.purpose = said.purpose order by k.at desc limit 1);

-- A service runs by a version that its agency has installed.
select s.id from services.service s where not exists (
  select from services.installation i where i.agency = s.agency and i.service = s.id and i.release = s.release);

-- A version made here says from which release it was made, and one of a publisher says none.
select i.release from services.installation i join services.release r on r.hash = i.release
where (r.version like '%+local.%') <> (i.base is not null);

-- A service runs by what the last change of release that was not taken back made of it, or by what ran before the first.
select s.id from services.service s where exists (select from services.changeover o where o.agency = s.agency and o.service = s.id)
  and s.release is distinct from coalesce(
    (select o.after from services.changeover o where o.agency = s.agency and o.service = s.id and o.undone is null order by o.n desc limit 1),
    (select o.before from services.changeover o where o.agency = s.agency and o.service = s.id order by o.n limit 1));
-- A draft stands at its last save, and every save has its number.
select d.id from services.draft d where d.revision is distinct from (select max(s.revision) from services.draft_save s
  where s.agency = d.agency and s.draft = d.id) or d.revision <> (select count(*) from services.draft_save s
  where s.agency = d.agency and s.draft = d.id);

-- Somebody's charge of a case ends when the next one's begins, or with the case.
select h.id from services.charge h join services."case" c on c.agency = h.agency and c.id = h."case"
where h.until is not null and h.until > h.since and not exists (
    select from services.charge n where n.agency = h.agency and n."case" = h."case" and n.role = h.role and n.since = h.until and n.id <> h.id)
  and (c.closed is null or h.until < c.closed);

-- A closed case is in nobody's charge, and an open one whose ledger was begun is in somebody's or in that of nobody, once for each role.
select h."case" from services.charge h join services."case" c on c.agency = h.agency and c.id = h."case"
group by h."case", h.role, c.closed having count(*) filter (where h.until is null) <> case when c.closed is null then 1 else 0 end;

-- A case that was merged into another is closed, waits for nothing, and says in its life what it was merged into.
select c.id from services."case" c where (c.merged_into is not null and (c.due is not null or c.life -> 'merged' ->> 'into' is distinct from c.merged_into::text))
  or (c.merged_into is null and c.life ? 'merged')
  or (c.merged_into is not null) <> exists (select from services.merge m where m.agency = c.agency and m.merged = c.id and m.undone is null);

-- Of a closed case nothing is offered to anybody.
select o.id from services.offer o join services."case" c on c.agency = o.agency and c.id = o."case" where o.answer is null and c.closed is not null;

-- A message that is to go to a number has one, and a text; and what is done with waits for nothing.
select m.id from services.message m where m.due is not null
  and (m.state not in ('queued', 'held') or (m.to_role is null and (m.text is null or m.to_phone is null)));

-- Of what was heard no values are kept between the services.
select t.id from services.telling t where t.done is not null and t.content is not null;

-- A gateway that is closed talks with nobody.
select c.id from services.conversation c join services.gateway g on g.id = c.gateway where g.revoked is not null;
