-- What a witness signed at the polling place has no receipt: its card signed it, and its record brings it.
alter table voting.objection alter column code drop not null;
alter table voting.objection add column source bytea check (length(source) = 32);
alter table voting.objection add check ((code is null) = (source is not null));
alter table voting.objection add unique (election, source);
comment on column voting.objection.code is 'SHA-256 of the code on the receipt, with which whoever filed it follows it; none for one that was signed at the polling place.';
comment on column voting.objection.source is 'Of one that a witness signed at the polling place: SHA-256 of the witness''s key and the signed text. However many records bring it, it is one.';

create table voting.deliberation (
  agency       uuid not null,
  election     uuid not null,
  version      int not null check (version > 0),
  id           uuid not null unique,
  outcome      text not null check (outcome in ('agreed', 'not-agreed')),
  name         text,
  day          date not null,
  ground       text not null,
  place        text not null,
  witnesses    text not null,
  hash         text not null check (hash ~ '^[0-9a-f]{64}$'),
  made         timestamptz not null,
  by           uuid not null references people.person (id),
  confirmed    timestamptz,
  confirmed_by uuid references people.person (id),
  primary key (agency, election, version),
  foreign key (agency, election) references voting.election (agency, id),
  check ((outcome = 'agreed') = (name is not null)),
  check ((confirmed is null) = (confirmed_by is null)),
  check (confirmed_by is null or confirmed_by <> by)
);
comment on table voting.deliberation is 'Musyawarah mufakat: who was agreed on, or that nobody was, as the chair of the committee wrote it down from the minutes and another of the committee confirmed. One that was not confirmed stays, and a later version follows it.';
comment on column voting.deliberation.ground is 'The minutes (berita acara) in which it stands.';
create unique index deliberation_now on voting.deliberation (election) where confirmed is not null;
-- As a decision is kept.
create trigger keep_deliberation before update or delete on voting.deliberation for each row execute function voting.keep_decision();
