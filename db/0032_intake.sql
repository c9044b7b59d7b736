-- No result before the polls close: a card and a key that anybody can make are not to be first.
alter table voting.tps_count add column closes timestamptz;
update voting.tps_count c set closes = ((said -> 'election' ->> 'date') || ' ' || (said -> 'rules' ->> 'closes'))::timestamp
    at time zone (said -> 'rules' ->> 'zone')
  from (select p.hash, p.text::jsonb as said from voting.package p) known where known.hash = c.package;
alter table voting.tps_count alter column closes set not null, add check (opens <= closes);
comment on column voting.tps_count.closes is 'Before this hour no result is taken, but of a place to which its whole roll has come.';

-- An archive is told by all with which it begins (election, trustees, tokens), as the sealed package has it: a uuid anybody can copy.
alter table voting.tps_count drop column uuid;

comment on table voting.settlement is 'Which of contradicting versions one of the committee chose, and why. It counts when another, knowing the same versions, chose the same; the others stay visible.';
comment on table voting.reading is 'What somebody read from the photograph of a plano, without having seen our number. reader: a keyed mark of the network and this photograph; the address is kept nowhere.';
