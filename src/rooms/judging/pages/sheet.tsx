import { type Content, type Entry, type Question, ReadingCopy, type Round } from '#competition'
import type { View } from '#platform/http.ts'
import { newId } from '#platform/ids.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDateTime, formatNumber } from '#platform/text.ts'
import { ActionButton, ErrorSummary, Facts, Form, Notice, Page, sentence, TextField } from '#platform/ui/index.ts'
import { deadlineOf, isLate } from '../domain/deadline.ts'
import type { Reading } from '../domain/reading.ts'
import { stateOf } from '../domain/reading.ts'
import { sheetTotal } from '../domain/score.ts'
import type { OwnSheet } from '../domain/sheet.ts'
import { missingMarks } from '../domain/sheet.ts'
import { words } from '../text/index.ts'

export type SheetView = {
  view: View
  round: Round
  reading: Reading
  entry: Entry
  copy: { content: Content; number: string; arrived: Date }
  questions: readonly Question[]
  sheet: OwnSheet
  /** What the reader declared, and whether it was withdrawn. */
  declared: { reason: string | null; clearedReason: string | null } | undefined
  /** The neighbours in the own worklist. */
  before: string | undefined
  after: string | undefined
  typed?: Record<string, string | string[]>
  problems?: Problems
  refusal?: string | undefined
}

/** One entry beside its score sheet. Works as a plain form; the island saves each field as it is typed. */
export function SheetPage(props: SheetView) {
  const { view, round, reading, entry, copy, sheet, declared, before, after, typed, problems, refusal } = props
  const state = stateOf(reading)
  const due = deadlineOf(reading, sheet)
  const late = state === 'open' && isLate(due, view.now)
  // What this device still holds of an unfinished sheet must find its fields, even when nothing may be written any more.
  const over = late || state === 'closed' || state === 'released'
  const sent = refusal !== undefined && Object.keys(typed ?? {}).some((name) => name.startsWith('points-'))
  const written = sheet.finished !== null || state === 'preparing'
  const w = words(view.lang)
  const neighbour = (id: string | undefined, label: string, rel: 'prev' | 'next') =>
    id && (
      <a class="button quiet" rel={rel} href={`/judging/sheets/${id}`}>
        {label}
      </a>
    )
  return (
    <Page
      view={view}
      title={entry.title}
      trail={[
        { href: '/judging', label: w.judgingTitle },
        { href: `/judging?round=${entry.round}`, label: w.backToList },
      ]}
      lead={`${entry.agencyName} · ${entry.unitName}`}
      islands={['score-sheet']}
    >
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} />
      <div class="sheet-beside">
        <section aria-label={w.readingCopy}>
          <p class="meta">
            {fill(w.submittedAs, {
              number: copy.number,
              at: formatDateTime(copy.arrived, view.lang, view.zone),
            })}
          </p>
          <ReadingCopy
            content={copy.content}
            rules={round.rules}
            lang={view.lang}
            fileHref={(item) => `/judging/sheets/${entry.id}/evidence/${item.id}`}
          />
        </section>
        {/* It scrolls for itself: the keyboard reaches it also when there is nothing left to fill in. */}
        <aside class="now" tabindex={0} aria-labelledby="lembar">
          <h2 id="lembar">{w.rubric}</h2>
          {sheet.ended ? (
            <Notice tone="attention" title={w.endedTitle}>
              <p>{w.endedText}</p>
              {declared && (
                <>
                  <p>{fill(w.declaredLine, { reason: declared.reason ?? '' })}</p>
                  {declared.clearedReason !== null ? (
                    <p>{fill(w.declarationWithdrawn, { reason: declared.clearedReason })}</p>
                  ) : (
                    !reading.closed && (
                      <details open={problems?.reason !== undefined}>
                        <summary>{w.withdrawDeclaration}</summary>
                        <p class="hint">{w.withdrawDeclarationHint}</p>
                        <Form action={`/judging/sheets/${entry.id}/conflict/withdraw`}>
                          <TextField
                            name="reason"
                            label={w.reason}
                            value={typed?.reason as string}
                            problem={problems?.reason && sentence(problems.reason, view.lang, w)}
                          />
                          <button type="submit" class="quiet">
                            {w.withdrawDeclaration}
                          </button>
                        </Form>
                      </details>
                    )
                  )}
                </>
              )}
            </Notice>
          ) : !written || sent ? (
            <>
              {late && (
                <Notice tone="attention" title={w.lateTitle}>
                  <p>{fill(w.lateText, { until: formatDateTime(due!, view.lang, view.zone) })}</p>
                  {!sheet.finished && <p>{w.lateOpen}</p>}
                  <p>{w.lateAsk}</p>
                </Notice>
              )}
              {over && !late && <p class="hint">{w.nowClosed}</p>}
              <OpenSheet {...props} locked={over} sent={sent} />
            </>
          ) : (
            <FinishedSheet {...props} late={late} />
          )}
          <nav class="actions" aria-label={w.worklistTitle}>
            {neighbour(before, w.previousEntry, 'prev')}
            {neighbour(after, w.nextEntry, 'next')}
          </nav>
          {!sheet.ended && !reading.closed && (
            <details>
              <summary>{w.conflictTitle}</summary>
              <p class="hint">{w.conflictHint}</p>
              <Form action={`/judging/sheets/${entry.id}/conflict`}>
                <TextField
                  name="reason"
                  label={w.reason}
                  problem={problems?.reason && sentence(problems.reason, view.lang, w)}
                />
                <button type="submit" class="danger">
                  {w.declareConflict}
                </button>
              </Form>
            </details>
          )}
        </aside>
      </div>
    </Page>
  )
}

const markOf = (sheet: OwnSheet, key: string) =>
  sheet.marks.find((mark) => mark.criterion === key) ?? { points: null, comment: '', revision: 0 }

/** The sheet to fill in. Locked, it only shows what was typed and never arrived. */
function OpenSheet({
  view,
  reading,
  entry,
  questions,
  sheet,
  typed = {},
  problems = {},
  locked,
  sent,
}: SheetView & { locked: boolean; sent: boolean }) {
  const w = words(view.lang)
  const criteria = reading.rule!.criteria[entry.group] ?? []
  const scored = questions.filter((question) => question.scored)
  const missing = missingMarks(criteria, sheet.marks)
  const was = (name: string, stored: string) => (typeof typed[name] === 'string' ? (typed[name] as string) : stored)
  return (
    <score-sheet
      action={`/judging/sheets/${entry.id}/save`}
      data-saved={w.saved}
      data-saving={w.saving}
      data-offline={w.offline}
      data-behind={w.behind}
      data-refused={w.refusedLocal}
      data-lang={view.lang}
      data-locked={locked ? w.lateTyped : undefined}
      data-keep={locked && sent ? 'yes' : undefined}
    >
      {!locked && <p class="hint">{w.rubricHint}</p>}
      <form method="post" action={`/judging/sheets/${entry.id}`} novalidate>
        <input type="hidden" name="once" value={newId()} />
        {scored.map((question) => {
          const mark = markOf(sheet, question.key)
          const problem = problems[`points-${question.key}`]
          const id = `points-${question.key}`
          return (
            <fieldset
              key={question.key}
              class={problem ? 'field bad mark' : 'field mark'}
              data-criterion={question.key}
            >
              <legend>
                <a href={`#q-${question.key}`}>{question.label[view.lang]}</a>{' '}
                <span class="soft small">{fill(w.weight, { n: formatNumber(question.weight, view.lang) })}</span>
              </legend>
              {problem && (
                <p class="problem" id={`${id}-problem`}>
                  {sentence(problem, view.lang, w)}
                </p>
              )}
              <input type="hidden" name={`base-${question.key}`} value={mark.revision} />
              <div>
                <label for={id} class="small">
                  {w.pointsOf}
                </label>
                <input
                  id={id}
                  name={id}
                  type="text"
                  inputmode="decimal"
                  autocomplete="off"
                  class="points"
                  readonly={locked}
                  value={was(id, mark.points === null ? '' : formatNumber(mark.points, view.lang))}
                  aria-describedby={problem ? `${id}-problem` : undefined}
                  aria-invalid={problem ? 'true' : undefined}
                />
              </div>
              <div>
                <label for={`comment-${question.key}`} class="small">
                  {w.comment}
                </label>
                <textarea
                  id={`comment-${question.key}`}
                  name={`comment-${question.key}`}
                  rows={1}
                  maxlength={4000}
                  class="short"
                  readonly={locked}
                >
                  {was(`comment-${question.key}`, mark.comment)}
                </textarea>
              </div>
            </fieldset>
          )
        })}
        <fieldset class="field" data-note="">
          <legend>{w.note}</legend>
          <p class="hint" id="note-hint">
            {w.noteHint}
          </p>
          <input type="hidden" name="base-note" value={sheet.noteRevision} />
          <textarea
            id="note"
            name="note"
            rows={2}
            class="short"
            aria-label={w.note}
            aria-describedby="note-hint"
            readonly={locked}
          >
            {was('note', sheet.note)}
          </textarea>
          <label class="choice">
            <input type="checkbox" name="share" value="ya" checked={sheet.commentsForEntrant} disabled={locked} />
            <span>{w.share}</span>
          </label>
        </fieldset>
        <p role="status" class="saved" data-status="">
          {!locked && missing.length > 0 && fill(w.totalMissing, { n: missing.length })}
          {locked && sent && w.lateTyped}
        </p>
        {!locked && (
          <div class="actions">
            <button type="submit" name="act" value="finish">
              {w.finishSheet}
            </button>
            <button type="submit" name="act" value="save" class="quiet">
              {w.save}
            </button>
          </div>
        )}
      </form>
    </score-sheet>
  )
}

function FinishedSheet({ view, reading, entry, questions, sheet, late }: SheetView & { late: boolean }) {
  const w = words(view.lang)
  const criteria = reading.rule?.criteria[entry.group] ?? []
  const points = Object.fromEntries(sheet.marks.map((mark) => [mark.criterion, mark.points]))
  const total = reading.rule
    ? sheetTotal(criteria, { proposal: entry.id, evaluator: sheet.evaluator, points }, reading.rule.rounding)
    : undefined
  return (
    <>
      <Facts
        facts={questions
          .filter((question) => question.scored)
          .map((question) => {
            const mark = markOf(sheet, question.key)
            return [
              question.label[view.lang],
              <>
                <strong>{mark.points === null ? '–' : formatNumber(mark.points, view.lang)}</strong>
                {mark.comment && <div class="prose small">{mark.comment}</div>}
              </>,
            ] as const
          })}
      />
      {total?.complete && (
        <p>
          {w.total}: <strong>{formatNumber(total.total, view.lang, 2)}</strong>
        </p>
      )}
      {stateOf(reading) === 'preparing' && <p class="hint">{w.notYetOpen}</p>}
      {reading.closed && <p class="hint">{w.nowClosed}</p>}
      {late && (
        <p class="hint">
          {fill(w.lateText, { until: formatDateTime(deadlineOf(reading, sheet)!, view.lang, view.zone) })}
        </p>
      )}
      {sheet.finished && stateOf(reading) === 'open' && !late && (
        <>
          <p class="hint">{fill(w.reopenHint, { at: formatDateTime(sheet.finished, view.lang, view.zone) })}</p>
          <ActionButton action={`/judging/sheets/${entry.id}/reopen`} kind="quiet">
            {w.reopenSheet}
          </ActionButton>
        </>
      )}
    </>
  )
}

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'score-sheet': preact.HTMLAttributes<HTMLElement> & { action: string }
    }
  }
}
