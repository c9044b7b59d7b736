-- Letters: what they are checked by, who has read them, and the language in which somebody is invited.

alter table judging.letter add column code text not null default replace(gen_random_uuid()::text, '-', '')
  check (code ~ '^[0-9a-f]{32}$');
comment on column judging.letter.code is 'Drawn by lot and printed on the letter: whoever holds the letter can check it at an address made from it. Nobody can guess one.';
create unique index letter_code on judging.letter (code);

create table judging.letter_reader (
  agency   uuid not null,
  proposal uuid not null,
  person   uuid not null references people.person (id),
  at       timestamptz not null,
  primary key (agency, proposal, person),
  foreign key (agency, proposal) references judging.letter (agency, proposal)
);
comment on table judging.letter_reader is 'Which of the owners opened the feedback letter, and when first.';

create table competition.result_reader (
  agency   uuid not null,
  proposal uuid not null,
  reading  int not null,
  person   uuid not null references people.person (id),
  at       timestamptz not null,
  primary key (agency, proposal, reading, person),
  foreign key (agency, proposal, reading) references competition.admission (agency, proposal, reading)
);
comment on table competition.result_reader is 'Which of the owners opened the letter with the result of the administrative selection, and when first. A changed result is a new letter, so it is named by its reading.';

alter table people.invitation add column lang text not null default 'id' check (lang in ('id', 'en'));
comment on column people.invitation.lang is 'The language in which the person is written to until there is an account with a language of its own.';
