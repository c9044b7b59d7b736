create function log.append(events jsonb) returns void language plpgsql as $$
declare
  last_id   bigint;
  last_hash bytea;
  given     jsonb;
begin
  perform pg_advisory_xact_lock(7017);
  -- A statement of its own, after the lock: it sees what the act before has committed.
  select id, hash into last_id, last_hash from log.event order by id desc limit 1;
  last_id := coalesce(last_id, 0);
  last_hash := coalesce(last_hash, decode(repeat('00', 32), 'hex'));
  for given in select value from jsonb_array_elements(events) with ordinality order by ordinality loop
    last_id := last_id + 1;
    last_hash := sha256(last_hash || convert_to('["' || last_id || '",' || (given ->> 'hashed'), 'UTF8'));
    insert into log.event (id, at, actor, name, subject, scope, particulars, hash)
    values (last_id, (given ->> 'at')::timestamptz, (given ->> 'actor')::uuid, given ->> 'name', (given ->> 'subject')::uuid,
      (given ->> 'scope')::uuid, given -> 'particulars', last_hash);
  end loop;
end $$;
comment on function log.append is 'Put events at the end of the chain while its lock is held, in one journey to the database. `hashed` is what is hashed of an event, after its number.';
