-- Whoever signed, confirmed or drew in an election did so as another person than the one who began it.
select d.id from voting.draw d where d.confirmed_by = d.by;

-- Candidates' numbers are those of the last confirmed draw of their election.
select c.id from voting.candidate c where c.number is distinct from (
  select (n ->> 'number')::int from voting.draw d, jsonb_array_elements(d.numbers) n
  where d.election = c.election and d.confirmed is not null and (n ->> 'candidate')::uuid = c.id order by d.version desc limit 1);

-- Numbers of an election run from 1 without gaps.
select c.election from voting.candidate c where c.number is not null group by c.election having max(c.number) <> count(*);

-- Of the versions of a package the last is the one that holds, and all before it are superseded.
select p.id from voting.package p where (p.superseded is null) <> (p.version = (
  select max(l.version) from voting.package l where l.tps = p.tps));

-- An election is sealed exactly when every polling place has a package that holds.
select e.id from voting.election e where e.kind <> 'deliberation' and e.state <> 'preparing' and (
  not exists (select from voting.tps t where t.election = e.id)
  or exists (select from voting.tps t where t.election = e.id
    and not exists (select from voting.package p where p.tps = t.id and p.superseded is null)));

-- A package that holds names the mode, the village and the polling place that it is for.
select p.id from voting.package p join voting.election e on e.id = p.election
where p.text::jsonb ->> 'mode' is distinct from e.mode or p.text::jsonb -> 'tps' ->> 'id' is distinct from p.tps::text
  or p.text::jsonb -> 'election' ->> 'id' is distinct from p.election::text
  or p.text::jsonb -> 'election' -> 'village' ->> 'code' is distinct from e.village;

-- Readiness is signed by two persons, one of each side.
select s.election from voting.readiness_signature s join voting.readiness_signature o
  on o.election = s.election and o.version = s.version and o.side <> s.side where o.person = s.person;
