-- A session ends no earlier than it began.
select id from people.session where ended < started;

-- An office that ended says why.
select id from people.role where ended is not null and coalesce(reason, '') = '';

-- An agency has one local admin at most.
select agency from people.role where role = 'local-admin' and ended is null group by agency having count(*) > 1;

-- An invitation that was used names who used it, and was not withdrawn.
select id from people.invitation where (used is null) <> (used_by is null) or (used is not null and revoked is not null);

-- A hand-over that was accepted left nobody else in the office.
select i.id from people.invitation i
where i.hand_over is not null and i.used is not null and not exists (
  select from people.role r where r.agency = i.agency and r.role = 'local-admin' and r.person = i.used_by);

-- An authenticator app that counts has a secret.
select id from people.person where totp_since is not null and totp_secret is null;

-- Whoever holds an office is not closed.
select r.id from people.role r join people.person p on p.id = r.person where r.ended is null and p.closed is not null;

-- An account that was closed keeps its name and nothing to reach or open it by.
select p.id from people.person p where p.closed_by is not null and (p.closed is null or p.password is not null or p.phone is not null
  or p.totp_secret is not null or p.email not like '%@ditutup.invalid' or coalesce(p.closed_reason, '') = ''
  or exists (select from people.passkey k where k.person = p.id)
  or exists (select from people.session s where s.person = p.id and s.ended is null));

-- An import that ran keeps none of its rows.
select id from people.agency_import where done is not null and rows <> '[]'::jsonb;

-- A letter with a one-time link keeps no text once it was sent.
select id from log.mail where once and sent is not null and body <> '';
