-- An upload that is complete has all its bytes, a type and a hash.
select id, got, size from log.file where done is not null and (got <> size or sha256 is null);

-- The event log has no gap: its ids count from one.
select id from (select id, lag(id, 1, 0::bigint) over (order by id) as before from log.event) e where id <> before + 1;

-- A form's token that is kept belongs to an act that was done.
select token from log.once where change is null;

-- A letter that was sent says so without a failure.
select id from log.mail where sent is not null and failure is not null;
