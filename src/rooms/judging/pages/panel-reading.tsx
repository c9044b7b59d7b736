import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill } from '#platform/text.ts'
import {
  ActionButton,
  ErrorSummary,
  Form,
  Page,
  State,
  sentence,
  Table,
  TextArea,
  TextField,
  Tick,
} from '#platform/ui/index.ts'
import type { PanelRound } from '../domain/panel.ts'
import type { PanelReading, ReadingKind } from '../domain/panel-reading.ts'
import { type PanelWords, panelWords } from '../text/panel.ts'
import { panelTrail } from './panel.tsx'

export type ReadingRow = {
  proposal: string
  number: number
  title: string
  agencyName: string
  /** Only the own reading; of others no more than that they are done. */
  readers: readonly { name: string; done: boolean }[]
  mine: boolean
  done: boolean
}

/** What one has to read, or for the secretariat who reads what. */
export function ReadingsPage({
  view,
  round,
  kind,
  rows,
  each,
  mayDeal,
  mayDeclare,
  problems,
  refusal,
}: {
  view: View
  round: PanelRound
  kind: ReadingKind
  rows: readonly ReadingRow[]
  each: number
  mayDeal: boolean
  /** A panel member is shown the way to declare an interest. */
  mayDeclare: boolean
  problems?: Problems
  refusal?: keyof PanelWords
}) {
  const w = panelWords(view.lang)
  const at = `/judging/rounds/${round.id}/readings/${kind}`
  const all = rows.flatMap((row) => row.readers)
  return (
    <Page
      view={view}
      title={kind === 'nominee' ? w.readingsTitle : w.readingsFeasibility}
      lead={kind === 'nominee' ? w.readingsLead : w.readingsFeasibilityLead}
      trail={panelTrail(round, view.lang)}
    >
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ score: w.readingScore, note: w.readingNote }}
      />
      {all.length > 0 && <p>{fill(w.readingProgress, { done: all.filter((r) => r.done).length, all: all.length })}</p>}
      <Table
        caption={w.readingsTitle}
        hideCaption
        rows={rows}
        empty={w.readingsNone}
        columns={[
          {
            head: w.proposal,
            cell: (row) => <a href={`/judging/entries/${row.proposal}/nominee`}>{`${row.number}. ${row.title}`}</a>,
            main: true,
          },
          { head: w.agency, cell: (row) => row.agencyName },
          ...(mayDeal
            ? [
                {
                  head: w.readingDealt,
                  cell: (row: ReadingRow) =>
                    row.readers.map((r) => `${r.name} (${r.done ? w.readingDone : w.readingOpen})`).join(', '),
                },
              ]
            : [
                {
                  head: w.readingState,
                  cell: (row: ReadingRow) => (
                    <State tone={row.done ? 'good' : 'attention'}>{row.done ? w.readingDone : w.readingOpen}</State>
                  ),
                },
              ]),
        ]}
      />
      {mayDeal && (
        <>
          <p class="hint">{fill(w.dealHint, { n: each })}</p>
          <div class="actions">
            <ActionButton action={at}>{w.dealDo}</ActionButton>
          </div>
        </>
      )}
      {mayDeclare && (
        <section>
          <h2>{w.interestTitle}</h2>
          <p class="hint">{w.interestHint}</p>
          <div class="actions">
            <a class="button quiet" href={`/judging/rounds/${round.id}/interests`}>
              {w.interestGo}
            </a>
          </div>
        </section>
      )}
    </Page>
  )
}

/** The own score and note, beside the text of the entry. */
export function OwnReading({
  view,
  reading,
  open,
  typed = {},
  problems,
}: {
  view: View
  reading: PanelReading
  open: boolean
  typed?: Record<string, unknown>
  problems?: Problems | undefined
}) {
  const w = panelWords(view.lang)
  const problem = (name: string) => problems?.[name] && sentence(problems[name], view.lang, w)
  const decimal = reading.score === null ? '' : String(reading.score).replace('.', view.lang === 'id' ? ',' : '.')
  return (
    <section>
      <h2>{reading.kind === 'nominee' ? w.readingTitle : w.readingsFeasibility}</h2>
      {open ? (
        <Form action={`/judging/entries/${reading.proposal}/reading/${reading.kind}`}>
          <TextField
            name="score"
            label={w.readingScore}
            hint={w.readingScoreHint}
            inputmode="decimal"
            value={typeof typed.score === 'string' ? typed.score : decimal}
            problem={problem('score')}
          />
          <TextArea
            name="note"
            label={w.readingNote}
            value={typeof typed.note === 'string' ? typed.note : reading.note}
            problem={problem('note')}
          />
          <Tick name="done" label={w.readingFinish} checked={typed.done !== undefined || reading.done !== null} />
          <div class="actions">
            <button type="submit">{w.readingSave}</button>
          </div>
        </Form>
      ) : (
        <p>
          {reading.score !== null && `${decimal} · `}
          {reading.note}
        </p>
      )}
    </section>
  )
}
