-- Every innovation in the gallery stands in the register.
select i.id from gallery.innovation i where not exists (select from competition.winner w where w.innovation = i.id);

-- Every award in the gallery stands in the register, with the same year and level.
select a.id from gallery.award a left join competition.winner w on w.id = a.id
where w.id is null or w.innovation <> a.innovation or w.level <> a.level or w.year is distinct from a.year;

-- Every innovation shows at least one award, and each award has a source.
select i.id from gallery.innovation i where not exists (select from gallery.award a where a.innovation = i.id and a.source <> '');

-- A status that somebody said has a day, a reason and a speaker.
select id from gallery.innovation where status <> 'unknown' and (status_on is null or status_reason is null or status_said is null);

-- What stands in the story says where it comes from.
select i.id from gallery.innovation i, jsonb_array_elements(i.story) part
where part ->> 'from' not in ('proposal', 'agency', 'secretariat') or coalesce(part ->> 'id', '') = '';
