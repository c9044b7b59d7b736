import type { View } from '#platform/http.ts'
import { fill, formatNumber, formatTime, type Lang } from '#platform/text.ts'
import { Choices, TextArea, TextField, Tick } from '#platform/ui/index.ts'
import { hasFormat, shapeOf } from '../domain/answer-format.ts'
import type { Comment, StoredAnswer } from '../domain/proposal.ts'
import type { Question } from '../domain/round.ts'
import { wordCount } from '../domain/words.ts'
import { formats } from '../text/admission-rule.ts'
import { words } from '../text/index.ts'
import { Difference } from './versions.tsx'

/** Two texts of one answer: what this writer typed and what somebody else saved meanwhile. */
export type Conflict = { question: string; mine: string; theirs: string; by: string | null; at: Date; revision: number }

/** A question that is answered with a file alone. */
export function FileQuestion({ question, lang }: { question: Question; lang: Lang }) {
  return (
    <div id={`value-${question.key}`}>
      <p class="label">{question.label[lang]}</p>
      <p class="hint">{question.help[lang]}</p>
    </div>
  )
}

/** One question as a field that saves itself, with what the local admin asked for and what somebody else wrote. */
export function AnswerField({
  view,
  question,
  path,
  answer,
  typed,
  comments,
  conflict,
  problem,
}: {
  view: View
  question: Question
  path: string
  answer: StoredAnswer | undefined
  typed: string | undefined
  comments: readonly Comment[]
  conflict: Conflict | undefined
  problem: string | undefined
}) {
  const w = words(view.lang)
  const value = conflict?.mine ?? typed ?? answer?.value ?? ''
  const format = question.kind === 'text' ? question.format : null
  const revision = conflict?.revision ?? answer?.revision ?? 0
  return (
    <>
      {conflict && (
        <div class="notice attention">
          <p>
            {fill(w.conflictLead, {
              who: conflict.by ?? w.someone,
              time: formatTime(conflict.at, view.lang, view.zone, true),
            })}
          </p>
          <h3>{w.conflictOther}</h3>
          <Difference before={conflict.theirs} after={conflict.mine} />
        </div>
      )}
      {comments.map((comment) => (
        <div key={comment.id} class="notice attention">
          <p>
            <b>{comment.by}:</b> {comment.text}
          </p>
        </div>
      ))}
      <auto-save
        href={`${path}/answers/${question.key}`}
        owner={view.actor.id ?? ''}
        stored={value === (answer?.value ?? '') ? undefined : (answer?.value ?? '')}
        revision={revision}
        zone={view.zone}
        lang={view.lang}
        words={JSON.stringify({
          savedAt: w.savedAt,
          saving: w.saving,
          notSaved: w.notSaved,
          offline: w.offline,
          restored: w.restoredHere,
          locked: w.lockedNow,
          signIn: w.signInAgain,
          tooLong: w.tooLongAnswer,
          conflictTitle: w.conflictTitle,
          conflictLead: w.conflictLead,
          other: w.conflictOther,
          mine: w.conflictMine,
          keepMine: w.keepMine,
          takeTheirs: w.takeTheirs,
          someone: w.someone,
          words: w.words,
          wordsOf: w.wordsOf,
          wordsOver: w.wordsOver,
        })}
        limit={question.maxWords ?? undefined}
        shape={format ? shapeOf(format) : undefined}
      >
        <input type="hidden" name={`revision-${question.key}`} value={revision} />
        <Control question={question} lang={view.lang} value={value} problem={problem} />
        {format && (
          <p class="problem" role="status" data-shape hidden={value.trim() === '' || hasFormat(format, value)}>
            {formats[view.lang][format].says}
          </p>
        )}
        <p class="saved">
          {question.kind === 'text' && <Count text={value} limit={question.maxWords} lang={view.lang} />}
          <span class="status" role="status">
            {answer && fill(w.savedAt, { time: formatTime(answer.at, view.lang, view.zone, true) })}
          </span>
          {answer && (
            <a class="small" href={`${path}/versions/${question.key}`}>
              {w.history}
              <span class="unseen"> {question.label[view.lang]}</span>
            </a>
          )}
        </p>
      </auto-save>
    </>
  )
}

function Count({ text, limit, lang }: { text: string; limit: number | null; lang: Lang }) {
  const w = words(lang)
  const n = wordCount(text)
  const over = limit !== null && n > limit
  const values = { n: formatNumber(n, lang), limit: limit ?? 0, over: limit === null ? 0 : n - limit }
  return (
    <span class={over ? 'count over' : 'count'}>
      {fill(limit === null ? w.words : over ? w.wordsOver : w.wordsOf, values)}
    </span>
  )
}

function Control({
  question,
  lang,
  value,
  problem,
}: {
  question: Question
  lang: Lang
  value: string
  problem: string | undefined
}) {
  const w = words(lang)
  const shared = {
    name: `value-${question.key}`,
    label: question.label[lang],
    hint:
      question.weight > 0
        ? `${question.help[lang]} ${fill(w.weight, { weight: question.weight })}.`
        : question.help[lang],
    problem,
    ...(!question.required && { optional: lang === 'id' ? 'boleh kosong' : 'optional' }),
  }
  switch (question.kind) {
    case 'text':
      return question.maxWords === null ? (
        <TextField
          {...shared}
          value={value}
          {...(question.format && { inputmode: question.format === 'email' ? 'email' : 'tel' })}
        />
      ) : (
        <TextArea {...shared} value={value} rows={question.maxWords > 250 ? 14 : 7} />
      )
    case 'tick':
      return <Tick {...shared} checked={value === 'ya'} />
    case 'choice':
      return (
        <Choices
          {...shared}
          value={value}
          options={question.choices.map((choice) => ({ value: choice.key, label: choice.label[lang] }))}
        />
      )
    case 'date':
      return <TextField {...shared} type="date" value={value} />
    case 'link':
      return <TextField {...shared} type="url" inputmode="url" value={value} />
    case 'number':
      return <TextField {...shared} inputmode="decimal" value={value} />
    case 'file':
      return null
  }
}

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'auto-save': preact.HTMLAttributes<HTMLElement> & {
        href: string
        owner: string
        /** What the server holds, where the box shows something else. */
        stored?: string | undefined
        revision: number
        zone: string
        lang: string
        words: string
        limit?: number | undefined
        shape?: string | undefined
      }
    }
  }
}
