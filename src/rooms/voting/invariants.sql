-- Whoever signed, confirmed or drew in an election did so as another person than the one who began it.
select d.id from voting.draw d where d.confirmed_by = d.by;

-- Candidates' numbers are those of the confirmed draw that stands; while none does they have none.
select c.id from voting.candidate c where c.number is distinct from (
  select (n ->> 'number')::int from voting.draw d, jsonb_array_elements(d.numbers) n
  where d.election = c.election and d.confirmed is not null and d.annulled is null and (n ->> 'candidate')::uuid = c.id order by d.version desc limit 1);

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

-- An election that was voted on is decided, or closed, exactly when a decision was confirmed; a practice may be closed without one.
-- One by deliberation is decided exactly when how it ended was confirmed.
select e.id from voting.election e where e.state = 'decided' and e.kind <> 'deliberation' and not exists (
  select from voting.decision d where d.election = e.id and d.confirmed is not null)
union all select e.id from voting.election e where e.kind = 'deliberation' and (e.state = 'decided') <> exists (
  select from voting.deliberation d where d.election = e.id and d.confirmed is not null)
union all select e.id from voting.election e where e.state = 'closed' and e.mode = 'real' and not exists (
  select from voting.decision d where d.election = e.id and d.confirmed is not null)
union all select d.election from voting.decision d join voting.election e on e.id = d.election
where d.confirmed is not null and e.state not in ('decided', 'closed');

-- A decision that holds is the last one of its election, and by two persons.
select d.id from voting.decision d where d.confirmed is not null and (d.confirmed_by = d.by or exists (
  select from voting.decision l where l.election = d.election and l.version > d.version));

-- A package that holds names the mode, the village and the polling place that it is for.
select p.id from voting.package p join voting.election e on e.id = p.election
where p.text::jsonb ->> 'mode' is distinct from e.mode or p.text::jsonb -> 'tps' ->> 'id' is distinct from p.tps::text
  or p.text::jsonb -> 'election' ->> 'id' is distinct from p.election::text
  or p.text::jsonb -> 'election' -> 'village' ->> 'code' is distinct from e.village;

-- Readiness is signed by two persons, one of each side.
select s.election from voting.readiness_signature s join voting.readiness_signature o
  on o.election = s.election and o.version = s.version and o.side <> s.side where o.person = s.person;

-- At every level the sums, with what waits, are those of its polling places in real elections.
with counted as (
  select k.year, k.village, 0 as elections, 1 as tps, c.voters, (c.head is not null)::int as counted,
    case when c.head is null then 0 else c.voters end as counted_voters, c.present, c.valid, c.blank,
    (c.state = 'corrected')::int as corrected, (c.state = 'contradicting')::int as contradicting,
    (c.state = 'missing' and c.late)::int as late, c.questioned::int as questioned, (c.head is not null and c.typed)::int as typed
  from voting.tps_count c join voting.counting k on k.election = c.election where k.mode = 'real'
  union all select year, village, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 from voting.counting where mode = 'real'),
waits as (
  select year, village, elections, tps, voters, counted, counted_voters, present, valid, blank, corrected, contradicting, late, questioned, typed
  from voting.delta),
spread as (
  select a.year, array_to_string((string_to_array(a.village, '.'))[1:l.n], '.') as region, a.sign, a.elections, a.tps, a.voters, a.counted,
    a.counted_voters, a.present, a.valid, a.blank, a.corrected, a.contradicting, a.late, a.questioned, a.typed
  from (select 1 as sign, * from counted union all select -1, * from waits) a cross join lateral generate_series(0, 4) l (n)),
both_sides as (
  select year, region, sign, elections, tps, voters, counted, counted_voters, present, valid, blank, corrected, contradicting, late,
    questioned, typed from spread
  union all select year, region, -1, elections, tps, voters, counted, counted_voters, present, valid, blank, corrected, contradicting,
    late, questioned, typed from voting.node)
select year, region from both_sides group by year, region having
  sum(sign * elections) <> 0 or sum(sign * tps) <> 0 or sum(sign * voters) <> 0 or sum(sign * counted) <> 0
  or sum(sign * counted_voters) <> 0 or sum(sign * present) <> 0 or sum(sign * valid) <> 0 or sum(sign * blank) <> 0
  or sum(sign * corrected) <> 0 or sum(sign * contradicting) <> 0 or sum(sign * late) <> 0 or sum(sign * questioned) <> 0
  or sum(sign * typed) <> 0;

-- What counts of a polling place are the numbers of the version that it names, and that version is its own.
select c.tps from voting.tps_count c join voting.result r on r.hash = c.head
where (r.tps, r.present, r.valid, r.blank, r.votes) is distinct from (c.tps, c.present, c.valid, c.blank, c.votes);

-- A polling place without any version is missing, and one with a version is not.
select c.tps from voting.tps_count c where (c.state = 'missing') = exists (select from voting.result r where r.tps = c.tps);

-- No version has more ballots than voters on the roll or tokens in the pool, nor other votes than its candidates have.
select encode(r.hash, 'hex') from voting.result r join voting.tps_count c on c.tps = r.tps
where r.valid + r.blank > least(r.roll, c.pool) or r.roll > c.voters or cardinality(r.votes) <> jsonb_array_length(c.candidates)
  or r.valid <> (select sum(v) from unnest(r.votes) v);

-- Every correction names a version of the same polling place, one number before it.
select encode(r.hash, 'hex') from voting.result r where r.corrects is not null and not exists (
  select from voting.result b where b.tps = r.tps and b.sheet = r.corrects and b.version = r.version - 1);

-- A sheet that was typed became a result by two different persons.
select t.tps from voting.typed_sheet t where t.result is not null
group by t.tps, t.result having count(distinct t.by) < 2;

-- Everybody in a fixed roll has a polling place of the election and a number; only those added after it may wait for one.
select v.id from voting.voter v join voting.roll r on r.election = v.election and r.kind = 'fixed'
where not v.struck and (v.tps is null or (v.no is null and not v.additional));

-- Numbers of a polling place's roll have no gaps.
select v.tps from voting.voter v where v.no is not null group by v.tps having max(v.no) <> count(*) or min(v.no) <> 1;

-- A fixed roll has as many voters as were counted.
select r.id from voting.roll r where r.kind = 'fixed'
  and r.count <> (select count(*) from voting.voter v where v.election = r.election and not v.struck and not v.additional);

-- A voter votes at a polling place of their own election.
select v.id from voting.voter v join voting.tps t on t.id = v.tps where t.election <> v.election;

-- A version that an audit counted is there only where two of the committee took it as the result.
select encode(r.hash, 'hex') from voting.result r where r.how = 'audit' and not exists (
  select from voting.adoption a where a.election = r.election and a.confirmed is not null);

-- The two counts of a round are by two persons, and a round follows only one whose counts differ.
select a.tps from voting.slip_count a join voting.slip_count b on b.tps = a.tps and b.audit = a.audit and b.round = a.round and b.side > a.side where b.by = a.by
union all
select a.tps from voting.slip_count a join voting.slip_count b on b.tps = a.tps and b.audit = a.audit and b.round = a.round and b.side > a.side
  and b.votes = a.votes and b.blank = a.blank and b.unreadable = a.unreadable
  where exists (select from voting.slip_count n where n.tps = a.tps and n.audit = a.audit and n.round > a.round);

-- An audit that confirmed or differs was fixed before its dice, and its dice before its readings.
select a.id from voting.audit a where a.diced < a.planned or a.seen < a.diced
  or exists (select from voting.slip_reading r where r.election = a.election and r.audit = a.version and (a.seen is null or r.at < a.seen or r.n > a.drawn));
