import type { View } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { ErrorSummary, Form, Notice, sentence, TextField } from '#platform/ui/index.ts'
import type { Election } from '../../domain/election.ts'
import type { QuestionKind } from '../../domain/roll/question.ts'
import { words } from '../../text/index.ts'
import { type Again, typedText } from '../parts.tsx'
import { count, RollPart, rollAt } from './parts.tsx'

export type Person = { id: string; name: string; masked: string; born: string; address: string }
/** The questions of one kind: how many are open, and the first of them. */
export type Asked = {
  kind: QuestionKind
  total: number
  shown: readonly { key: string; voter: Person; other?: Person | undefined }[]
}

/** Questions by kind, each to be answered alone or all of a kind together. */
export function QuestionsPage({
  view,
  election,
  asked,
  answered,
  open,
  typed,
  problems = {},
  refusal,
}: { view: View; election: Election; asked: readonly Asked[]; answered: number; open: boolean } & Again) {
  const w = words(view.lang)
  const at = rollAt(election)
  const who = ({ id, name, masked, born, address }: Person) => (
    <>
      <a href={`${at}/voters/${id}`}>{name}</a>{' '}
      <span class="soft small">
        {masked} · {[born, address].filter(Boolean).join(' · ')}
      </span>
    </>
  )
  return (
    <RollPart view={view} election={election} title={w.questionsTitle} lead={w.questionsLead}>
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ note: w.questionAnswer }}
      />
      {answered > 0 && <p class="soft">{fill(w.questionsDone, { n: count(view, answered) })}</p>}
      {asked.length === 0 && (
        <Notice tone="good">
          <p>{w.questionsNone}</p>
        </Notice>
      )}
      {asked.map(({ kind, total, shown }) => (
        <section key={kind}>
          <h2>
            {w[`question-${kind}`]} ({count(view, total)})
          </h2>
          <Form action={`${at}/questions`}>
            <ul class="plain">
              {shown.map(({ key, voter, other }) => (
                <li key={key}>
                  <div class="choice">
                    {open && <input type="checkbox" name="questions[]" value={key} aria-label={voter.name} />}
                    <span>
                      {who(voter)}
                      {other && (
                        <>
                          {' '}
                          {w.questionAnd} {who(other)}
                        </>
                      )}
                    </span>
                  </div>
                </li>
              ))}
            </ul>
            {total > shown.length && (
              <p class="soft small">{fill(w.questionMore, { n: count(view, total - shown.length) })}</p>
            )}
            {open && (
              <>
                <TextField
                  name="note"
                  id={`note-${kind}`}
                  label={w.questionAnswer}
                  value={typedText(typed, 'note')}
                  problem={problems.note && sentence(problems.note, view.lang, w)}
                  maxlength={300}
                />
                <div class="actions">
                  <button type="submit">{w.questionKeep}</button>
                  {total > 1 && (
                    <button type="submit" class="quiet" name="kind" value={kind}>
                      {fill(w.questionKeepAll, { n: count(view, total) })}
                    </button>
                  )}
                </div>
              </>
            )}
          </Form>
        </section>
      ))}
    </RollPart>
  )
}
