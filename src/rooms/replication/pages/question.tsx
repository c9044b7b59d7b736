import type { Form as Typed, View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDate } from '#platform/text.ts'
import { Choices, ErrorSummary, Facts, Form, Page, sentence, TextArea, TextField } from '#platform/ui/index.ts'
import { type Answer, answers } from '../domain/stage.ts'
import { words } from '../text/index.ts'

type Question = {
  id: string
  names: Record<string, string>
  quiet_since: Date
  answer: Answer | null
  words: string | null
  until: string | null
}
export const nameOf = ({ names }: Pick<Question, 'names'>, lang: string) => names[lang] ?? Object.values(names)[0] ?? ''

/** Why is there no case? */
export function QuestionPage({
  view,
  question,
  typed = {},
  problems = {},
  refusal,
}: {
  view: View
  question: Question
  typed?: Typed
  problems?: Problems
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  const problem = (name: string) => problems[name] && sentence(problems[name], view.lang, w)
  const value = (name: string) => String(typed[name] ?? '')
  const day = (date: Date | string) => formatDate(date, view.lang, view.zone)
  return (
    <Page
      view={view}
      title={fill(w.questionTitle, { name: nameOf(question, view.lang) })}
      lead={fill(w.questionLead, { date: day(question.quiet_since) })}
      trail={[{ href: '/replication/processes', label: w.processesTitle }]}
    >
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ answer: w.questionAnswer, until: w.questionUntil, words: w.questionWords }}
      />
      {question.answer ? (
        <Facts
          facts={[
            [w.questionKept, w[`answer-${question.answer}`]],
            ...(question.until ? [[w.questionUntil, day(question.until)] as const] : []),
            [w.questionWords, question.words],
          ]}
        />
      ) : (
        <Form action={`/replication/questions/${question.id}`}>
          <Choices
            name="answer"
            label={w.questionAnswer}
            value={value('answer')}
            problem={problem('answer')}
            options={answers.map((answer) => ({ value: answer, label: w[`answer-${answer}`] }))}
          />
          <TextField
            name="until"
            type="date"
            label={w.questionUntil}
            hint={w.questionUntilHint}
            value={value('until')}
            problem={problem('until')}
          />
          <TextArea
            name="words"
            rows={3}
            maxlength={500}
            label={w.questionWords}
            hint={w.questionWordsHint}
            value={value('words')}
            problem={problem('words')}
          />
          <div class="actions">
            <button type="submit">{w.questionSend}</button>
          </div>
        </Form>
      )}
    </Page>
  )
}
