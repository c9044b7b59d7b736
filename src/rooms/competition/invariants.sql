-- The present answer to a question is the newest text that was ever saved for it.
select a.proposal, a.question from competition.answer a
left join lateral (
  select v.revision, v.value from competition.answer_version v
  where v.agency = a.agency and v.proposal = a.proposal and v.question = a.question
  order by v.revision desc limit 1) v on true
where v.revision is distinct from a.revision or v.value is distinct from a.value;

-- The texts of a question are counted from one, without a gap.
select agency, proposal, question from competition.answer_version
group by agency, proposal, question having min(revision) <> 1 or max(revision) <> count(*);

-- What was submitted has its frozen content and its number.
select p.id, p.state from competition.proposal p
left join competition.submission s on s.agency = p.agency and s.proposal = p.id
where p.state in ('submitted', 'passed', 'failed') and (s.id is null or p.number is null);

-- No two submissions carry one receipt number, and no two proposals of a round one running number.
select number from competition.submission group by number having count(*) > 1
union all
select round::text || ' ' || number from competition.proposal where number is not null group by round, number having count(*) > 1;

-- A submission is held to be opened only while the text lies locked with the local admin.
select id, state from competition.proposal where begun is not null and state <> 'with-local-admin';

-- Evidence that is a file has all its bytes.
select e.id from competition.evidence e join log.file f on f.id = e.file where f.done is null;

-- The closing time kept beside a round is the one its rules and extensions give.
select id, closes from competition.round where closes is distinct from competition.closes(id);

-- One stage of a round runs at a time.
select round from competition.stage where opened is not null and closed is null group by round having count(*) > 1;

-- The versions of a round's rules are counted from one, without a gap, and the newest is in force.
select r.id, r.version from competition.round r
left join competition.round_version v on v.round = r.id
group by r.id, r.version having min(v.version) is distinct from 1 or max(v.version) <> count(*) or max(v.version) <> r.version;

-- What is being written for a round starts from the version in force, and only of a round that can still change.
select d.round from competition.round_draft d join competition.round r on r.id = d.round
where d.base <> r.version or r.state not in ('draft', 'published');

-- Nobody has entered a round that is not published yet.
select p.id from competition.proposal p join competition.round r on r.id = p.round where r.state = 'draft';

-- Whoever decides on an entry in the administrative selection is another person than the reader before.
select proposal from (
  select d.proposal, d.by, lag(d.by) over (partition by d.agency, d.proposal order by d.reading) as before from competition.admission d) as readings
where before = by;

-- An entry that was read stands as its last reading says, and a fail stands only after a second one.
select p.id, p.state from competition.proposal p
join lateral (
  select d.verdict, d.reading from competition.admission d
  where d.agency = p.agency and d.proposal = p.id order by d.reading desc limit 1) last on true
where p.state <> 'withdrawn'
  and p.state <> case when last.verdict = 'pass' then 'passed' when last.reading = 1 then 'submitted' else 'failed' end;

-- Likeness within a round is told on both sides.
select l.proposal, l.other from competition.likeness l
join competition.proposal p on p.agency = l.agency and p.id = l.proposal
join competition.proposal q on q.agency = l.other_agency and q.id = l.other
where p.round = q.round and not exists (
  select from competition.likeness m where m.agency = l.other_agency and m.proposal = l.other
    and m.other_agency = l.agency and m.other = l.proposal);

-- Bands are looked up under the list of wording with which their text was signed.
select b.proposal from competition.band b
join competition.signature s on s.agency = b.agency and s.proposal = b.proposal
where b.wording <> s.wording;

-- The questions kept beside a round are those that its rules in force ask in writing.
select round, question from (
  (select r.id as round, competition.questions_of(r.id) as question from competition.round r except select round, question from competition.round_question)
  union all
  (select round, question from competition.round_question except select r.id, competition.questions_of(r.id) from competition.round r)) as differing;
