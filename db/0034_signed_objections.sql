-- What a witness signed at the polling place has no receipt: its card signed it, and its record brings it.
alter table voting.objection alter column code drop not null;
alter table voting.objection add column source bytea check (length(source) = 32);
alter table voting.objection add check ((code is null) = (source is not null));
alter table voting.objection add unique (election, source);
comment on column voting.objection.code is 'SHA-256 of the code on the receipt, with which whoever filed it follows it; none for one that was signed at the polling place.';
comment on column voting.objection.source is 'Of one that a witness signed at the polling place: SHA-256 of the witness''s key and the signed text. However many records bring it, it is one.';
