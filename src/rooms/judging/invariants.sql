-- A finished sheet has points for something, and its reading belongs to the round of its entry.
select s.proposal from judging.sheet s join competition.proposal p on p.agency = s.agency and p.id = s.proposal
where p.round <> s.round
  or (s.finished is not null and not exists (
    select from judging.score k where k.agency = s.agency and k.proposal = s.proposal and k.evaluator = s.evaluator and k.points is not null));

-- Nobody reads an entry with which there is a conflict of interest.
select a.proposal, a.evaluator from judging.assignment a
join judging.conflict c on c.agency = a.agency and c.proposal = a.proposal and c.evaluator = a.evaluator
where a.ended is null;

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
