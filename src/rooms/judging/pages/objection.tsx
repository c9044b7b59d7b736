import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDateTime } from '#platform/text.ts'
import {
  Choices,
  ErrorSummary,
  Facts,
  Form,
  Page,
  Select,
  State,
  sentence,
  Table,
  TextArea,
} from '#platform/ui/index.ts'
import { outcomesOf } from '../domain/decision.ts'
import type { Objection } from '../domain/objection.ts'
import type { PanelRound } from '../domain/panel.ts'
import { type PanelWords, panelWords } from '../text/panel.ts'
import { panelTrail } from './panel.tsx'
import { outcomeLabel } from './sitting.tsx'

export type Again = { typed?: Record<string, unknown>; problems?: Problems; refusal?: keyof PanelWords }
export const textOf = (typed: Record<string, unknown>, name: string) =>
  typeof typed[name] === 'string' ? (typed[name] as string) : undefined

export function ObjectionState({ view, objection }: { view: View; objection: Pick<Objection, 'outcome'> }) {
  const w = panelWords(view.lang)
  if (objection.outcome === 'upheld') return <State tone="attention">{w.receiptUpheld}</State>
  if (objection.outcome === 'rejected') return <State tone="calm">{w.receiptRejected}</State>
  return <State tone="active">{w.receiptWaiting}</State>
}

/** The secretariat's list. */
export function ObjectionsPage({
  view,
  round,
  objections,
}: {
  view: View
  round: PanelRound
  objections: readonly (Objection & { title: string })[]
}) {
  const w = panelWords(view.lang)
  return (
    <Page view={view} title={w.objectionsTitle} lead={w.objectionsLead} trail={panelTrail(round, view.lang)}>
      <Table
        caption={w.objectionsTitle}
        hideCaption
        rows={objections}
        empty={w.objectionsNone}
        columns={[
          {
            head: w.receiptNumber,
            cell: (o) => <a href={`/judging/objections/${o.id}`}>{o.number}</a>,
            main: true,
          },
          { head: w.receiptAbout, cell: (o) => o.title },
          { head: w.receiptReceived, cell: (o) => formatDateTime(o.received, view.lang, view.zone) },
          { head: w.receiptState, cell: (o) => <ObjectionState view={view} objection={o} /> },
        ]}
      />
    </Page>
  )
}

/** One objection for the secretariat, with who made it, the answer, and the new decision when it was upheld. */
export function ObjectionPage({
  view,
  round,
  objection,
  title,
  name,
  contact,
  group,
  typed = {},
  problems,
  refusal,
}: {
  view: View
  round: PanelRound
  objection: Objection
  title: string
  name: string
  contact: string
  group: string
} & Again) {
  const w = panelWords(view.lang)
  const problem = (field: string) => problems?.[field] && sentence(problems[field], view.lang, w)
  const at = `/judging/objections/${objection.id}`
  return (
    <Page
      view={view}
      title={fill(w.receiptTitle, { number: objection.number })}
      lead={title}
      trail={[
        ...panelTrail(round, view.lang),
        { href: `/judging/rounds/${round.id}/objections`, label: w.objectionsTitle },
      ]}
    >
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ outcome: w.objectionOutcome, answer: w.objectionAnswer, reason: w.reason }}
      />
      <div class="with-side">
        <div>
          <Facts
            facts={[
              [w.objector, `${name} · ${contact}`],
              [w.receiptReceived, formatDateTime(objection.received, view.lang, view.zone, true)],
              [w.receiptState, <ObjectionState key="s" view={view} objection={objection} />],
              ...(objection.answer ? [[w.objectionAnswer, objection.answer] as const] : []),
            ]}
          />
          <h2>{w.objectText}</h2>
          <p class="prose">{objection.text}</p>
          {objection.file && (
            <p>
              <a href={`${at}/file`}>{w.objectionFile}</a>
            </p>
          )}
        </div>
        <aside class="now">
          {!objection.outcome && (
            <Form action={`${at}/answer`}>
              <h2>{w.objectionAnswerTitle}</h2>
              <Choices
                name="outcome"
                label={w.objectionOutcome}
                value={textOf(typed, 'outcome')}
                problem={problem('outcome')}
                options={[
                  { value: 'upheld', label: w.upheld, hint: w.upheldHint },
                  { value: 'rejected', label: w.rejected },
                ]}
              />
              <TextArea
                name="answer"
                label={w.objectionAnswer}
                hint={w.objectionAnswerHint}
                value={textOf(typed, 'answer')}
                problem={problem('answer')}
              />
              <button type="submit">{w.objectionAnswerDo}</button>
            </Form>
          )}
          {objection.outcome === 'upheld' && !objection.decidedAgain && (
            <Form action={`${at}/decide`}>
              <h2>{fill(w.decideAgain, { number: objection.number })}</h2>
              <Select
                name="outcome"
                label={w.decision}
                value={textOf(typed, 'outcome')}
                problem={problem('outcome')}
                empty=""
                options={outcomesOf(round.rules, 'finalists', group).map((outcome) => ({
                  value: outcome,
                  label: outcomeLabel(round, outcome, view.lang),
                }))}
              />
              <TextArea
                name="reason"
                label={w.reason}
                rows={3}
                value={textOf(typed, 'reason')}
                problem={problem('reason')}
              />
              <button type="submit">{w.decideAgainDo}</button>
            </Form>
          )}
        </aside>
      </div>
    </Page>
  )
}
