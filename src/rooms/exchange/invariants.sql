-- A catalogue that is kept was signed by the key of the installation that it is kept for.
select p.id from exchange.peer p where p.catalogue is not null
  and p.catalogue -> 'content' -> 'installation' ->> 'key' is distinct from p.key;

-- The number of a kept catalogue is the one in it.
select p.id from exchange.peer p where p.catalogue is not null
  and (p.catalogue -> 'content' ->> 'sequence')::bigint is distinct from p.sequence;

-- Reports of a service are numbered without gaps up to the last that was made.
select d.service from exchange.adoption d where d.sequence <> (
  select count(*) from exchange.report r where r.agency = d.agency and r.service = d.service)
  or d.sequence <> coalesce((select max(r.sequence) from exchange.report r where r.agency = d.agency and r.service = d.service), 0);

-- A heartbeat stands under the installation whose key it names, and under its own number.
select h.peer from exchange.heartbeat h join exchange.peer p on p.id = h.peer
where h.content -> 'content' -> 'from' ->> 'key' is distinct from p.key
  or (h.content -> 'content' ->> 'sequence')::int is distinct from h.sequence
  or h.content -> 'content' ->> 'service' is distinct from h.service::text;
