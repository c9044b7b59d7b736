import type { Round } from '#competition'
import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { formatDate } from '#platform/text.ts'
import {
  ActionButton,
  ErrorSummary,
  Form,
  Notice,
  Page,
  Select,
  State,
  sentence,
  Table,
  TextField,
} from '#platform/ui/index.ts'
import type { ConflictSource } from '../domain/conflict.ts'
import type { Evaluator } from '../domain/evaluator.ts'
import { type JudgingWords, words } from '../text/index.ts'
import { FactFields, roundTrail, type Typed } from './evaluators.tsx'

export type ConflictRow = {
  proposal: string
  source: ConflictSource
  reason: string | null
  title: string
  number: number | null
}
export type WorkRow = { kind: 'mentor' | 'co-author'; title: string; agencyName: string }

export const sourceWord = (w: JudgingWords, source: ConflictSource) =>
  source === 'employer' ? w['employer-conflict'] : w[source]

/** One evaluator: what is known, what conflicts follow from it, and what the secretariat may do. */
export function EvaluatorPage({
  view,
  round,
  evaluator,
  conflicts,
  works,
  typed,
  problems = {},
  refusal,
}: {
  view: View
  round: Round
  evaluator: Evaluator
  conflicts: readonly ConflictRow[]
  works: readonly WorkRow[]
  typed: Typed
  problems?: Problems
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  const path = `/judging/rounds/${round.id}/evaluators/${evaluator.person}`
  const trail = [...roundTrail(view, round), { href: `/judging/rounds/${round.id}/evaluators`, label: w.teamTitle }]
  return (
    <Page view={view} title={evaluator.name} trail={trail} lead={evaluator.email} islands={['region-field']}>
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} />
      {evaluator.withdrawn ? (
        <Notice title={w.withdrawn}>
          <p>{evaluator.withdrawnReason}</p>
        </Notice>
      ) : evaluator.confirmed ? (
        <p>
          <State tone="good">{`${w.identity}: ${w.confirmed} (${formatDate(evaluator.confirmed, view.lang, view.zone)})`}</State>
        </p>
      ) : (
        <Notice tone="attention" title={w.notConfirmed}>
          <p>{w.notConfirmedHint}</p>
          <div class="actions">
            <ActionButton action={`${path}/confirm`}>{w.confirm}</ActionButton>
          </div>
        </Notice>
      )}
      <h2>{w.conflicts}</h2>
      <Table
        caption={w.conflicts}
        hideCaption
        rows={conflicts}
        empty={w.conflictsEmpty}
        columns={[
          { head: w.proposal, main: true, cell: (c) => `${c.number ?? ''} ${c.title}` },
          { head: w.source, cell: (c) => sourceWord(w, c.source) },
          { head: w.reason, cell: (c) => c.reason ?? '–' },
        ]}
      />
      <h2>{w.works}</h2>
      <Table
        caption={w.works}
        hideCaption
        rows={works}
        empty={w.worksEmpty}
        columns={[
          { head: w.title, main: true, cell: (work) => work.title },
          { head: w.agency, cell: (work) => work.agencyName },
          { head: w.kind, cell: (work) => w[work.kind] },
        ]}
      />
      {!evaluator.withdrawn && (
        <>
          <details open={Boolean(problems.agency || problems.title)}>
            <summary>{w.addWork}</summary>
            <Form action={`${path}/involvements`}>
              <Select
                name="kind"
                label={w.kind}
                value={typed.kind as string}
                options={[
                  { value: 'mentor', label: w.mentor },
                  { value: 'co-author', label: w['co-author'] },
                ]}
              />
              <TextField
                name="agency"
                label={w.agency}
                hint={w.employerHint.split('.')[0]}
                value={typed.agency as string}
                problem={problems.agency && sentence(problems.agency, view.lang, w)}
              />
              <TextField
                name="title"
                label={w.title}
                value={typed.title as string}
                problem={problems.title && sentence(problems.title, view.lang, w)}
              />
              <div class="actions">
                <button type="submit">{w.addWork}</button>
              </div>
            </Form>
          </details>
          <h2>{w.saveFacts}</h2>
          <Form action={path}>
            <FactFields view={view} round={round} typed={typed} problems={problems} />
            <div class="actions">
              <button type="submit">{w.saveFacts}</button>
            </div>
          </Form>
          <details open={Boolean(problems.reason)}>
            <summary>{w.withdraw}</summary>
            <p>{w.withdrawHint}</p>
            <Form action={`${path}/withdraw`}>
              <TextField
                name="reason"
                label={w.reason}
                hint={w.reasonHint}
                value={typed.reason as string}
                problem={problems.reason && sentence(problems.reason, view.lang, w)}
              />
              <div class="actions">
                <button type="submit" class="danger">
                  {w.withdraw}
                </button>
              </div>
            </Form>
          </details>
        </>
      )}
    </Page>
  )
}
