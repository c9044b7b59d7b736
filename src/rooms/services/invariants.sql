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
