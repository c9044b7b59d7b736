create table competition.round_question (
  round    uuid not null references competition.round (id),
  question text not null,
  primary key (round, question)
);
comment on table competition.round_question is 'The questions that a round asks in writing, in any of its groups, by the version in force: competition.questions_of(round), kept beside it because every save of an answer asks for it.';

create function competition.questions_of(round uuid) returns setof text language sql stable as $$
  select distinct q->>'key'
  from competition.round r
  join competition.round_version v on v.round = r.id and v.version = r.version
  cross join lateral (
    select jsonb_array_elements(coalesce(v.rules->'head', '[]')) as q
    union all
    select jsonb_array_elements(g->'questions') from jsonb_array_elements(v.rules->'groups') g
    union all
    select jsonb_array_elements(coalesce(v.rules->'foot', '[]'))) asked
  where r.id = questions_of.round and q->>'kind' <> 'file'
$$;
comment on function competition.questions_of is 'The keys of the questions that a proposal of this round can answer in writing: those of the opening, of every group and of the closing. A group may change while one writes, and nothing typed before is lost.';

create function competition.keep_questions() returns trigger language plpgsql as $$
declare
  changed uuid;
begin
  if tg_table_name = 'round' then
    changed := new.id;
  else
    changed := new.round;
  end if;
  delete from competition.round_question q where q.round = changed and q.question not in (select competition.questions_of(changed));
  insert into competition.round_question (round, question) select changed, competition.questions_of(changed) on conflict do nothing;
  return null;
end $$;
create trigger keep_questions after update of version on competition.round for each row execute function competition.keep_questions();
create trigger keep_questions after insert or update on competition.round_version for each row execute function competition.keep_questions();

insert into competition.round_question (round, question) select r.id, competition.questions_of(r.id) from competition.round r;
