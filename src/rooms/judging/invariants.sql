-- A finished sheet has points for something, and its reading belongs to the round of its entry.
select s.proposal from judging.sheet s join competition.proposal p on p.agency = s.agency and p.id = s.proposal
where p.round <> s.round
  or (s.finished is not null and not exists (
    select from judging.score k where k.agency = s.agency and k.proposal = s.proposal and k.evaluator = s.evaluator and k.points is not null));

-- Nobody reads an entry with which there is a conflict of interest that nobody has cleared.
select a.proposal, a.evaluator from judging.assignment a
join judging.conflict c on c.agency = a.agency and c.proposal = a.proposal and c.evaluator = a.evaluator
where a.ended is null and not exists (
  select from judging.clearance k where k.agency = c.agency and k.proposal = c.proposal and k.evaluator = c.evaluator
    and k.source = c.source and k.basis = c.basis and k.ended is null);

-- What an evaluator declared only the evaluator withdraws, and nobody clears a derived conflict of their own.
select k.id from judging.clearance k where (k.source = 'declared') <> (k.by = k.evaluator);

-- The deadline of a round's reading is the latest that was decided.
select r.round from judging.reading r
join lateral (
  select e.until from judging.extension e where e.round = r.round and e.part = 'round' order by e.at desc, e.id desc limit 1
) e on true
where r.until <> e.until;

-- Nothing was written on a sheet after its deadline.
select k.proposal, k.evaluator from judging.score k
join judging.assignment a on a.agency = k.agency and a.proposal = k.proposal and a.evaluator = k.evaluator
join judging.reading r on r.round = a.round
left join judging.wave w on w.round = a.round and w.seq = a.wave
where k.at >= interval '1 second' + case a.purpose
  when 'third' then coalesce(r.third_until, r.until) when 'wave' then coalesce(w.until, r.until) else r.until end;

-- Everybody who reads belongs to the team of that round.
select a.proposal, a.evaluator from judging.assignment a
where not exists (select from judging.evaluator e where e.round = a.round and e.person = a.evaluator);

-- Only entries that passed the administrative selection are read.
select a.proposal from judging.assignment a join competition.proposal p on p.agency = a.agency and p.id = a.proposal
where a.ended is null and (p.state <> 'passed' or p.round <> a.round);

-- No ranking is kept before its round was released.
select r.id from judging.ranking r join judging.reading d on d.round = r.round where d.released is null or r.at < d.released;

-- Waves follow each other without a gap.
select w.round, w.seq from judging.wave w
where w.seq > 1 and not exists (select from judging.wave b where b.round = w.round and b.seq = w.seq - 1);

-- A decision in force is about a nominee that stands, in the round of its entry.
select d.proposal from judging.decision d
join competition.proposal p on p.agency = d.agency and p.id = d.proposal
left join judging.nominee n on n.agency = d.agency and n.proposal = d.proposal and n.removed is null
where d.replaced is null and (p.round <> d.round or n.proposal is null);

-- Only finalists have a top level or an interview.
select d.proposal from judging.decision d
where d.kind = 'levels' and d.replaced is null and d.outcome <> 'none' and not exists (
  select from judging.decision f where f.agency = d.agency and f.proposal = d.proposal
    and f.kind = 'finalists' and f.replaced is null and f.outcome = 'finalist');

-- Nobody of the panel reads or interviews an entry of an agency that he or she declared.
select r.proposal, r.member from judging.panel_reading r join judging.interest i on i.person = r.member and i.agency = r.agency
where i.ended is null and r.ended is null;

-- A decision that was taken again after the plenary names the upheld objection that asked for it.
select d.id from judging.decision d join judging.plenary p on p.round = d.round and p.kind = d.kind
where d.at > p.closed and (d.cause is null or not exists (
  select from judging.objection o where o.id = d.cause and o.outcome = 'upheld'));

-- A round with a decree has a closed and announced final plenary.
select d.round from judging.decree d
where not exists (select from judging.plenary p where p.round = d.round and p.kind = 'levels' and p.announced is not null);
