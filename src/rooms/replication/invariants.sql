-- No certificate is missing in the numbers of a year, nor an agreement, and each has a number of its own.
select p.kind, p.year from replication.paper p group by p.kind, p.year having count(*) <> max(p.n) or min(p.n) <> 1;

-- The counter stands at the last number that was given.
select c.kind, c.year from replication.counter c
where c.last is distinct from (select max(p.n) from replication.paper p where p.kind = c.kind and p.year = c.year);

-- Every replication began with a step, and stands where its last step led.
select c.id from replication.process c
where c.state is distinct from (select t.state from replication.step t where t.process = c.id order by t.n desc limit 1);

-- A certified replication has its certificate and its agreement; nothing else has a certificate.
select c.id from replication.process c
where (c.state = 'certified') <> exists (select from replication.paper p where p.process = c.id and p.kind = 'certificate')
  or (c.state = 'certified' and not exists (select from replication.paper p where p.process = c.id and p.kind = 'agreement'));

-- What a replication installed is run by its own agency and unit.
select c.id from replication.process c join services.service s on s.id = c.service
where s.agency <> c.agency or s.unit is distinct from c.unit;

-- A publication is of the agency that the innovation belonged to, and offers a release of its package.
select p.id from replication.publication p join services.release r on r.hash = p.release where r.package <> p.package;
