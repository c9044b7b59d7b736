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
  TextField,
} from '#platform/ui/index.ts'
import type { Evaluator } from '../domain/evaluator.ts'
import { words } from '../text/index.ts'
import { type ConflictRow, ConflictSection, type EndedRow } from './conflicts.tsx'
import { FactFields, roundTrail, type Typed } from './evaluators.tsx'
import { type RegisterRow, type WorkRow, WorkSection } from './works.tsx'

/** One evaluator: what is known, what conflicts follow from it, and what the secretariat may do. */
export function EvaluatorPage({
  view,
  round,
  evaluator,
  conflicts,
  ended,
  works,
  register,
  mayAct,
  typed,
  problems = {},
  refusal,
}: {
  view: View
  round: Round
  evaluator: Evaluator
  conflicts: readonly ConflictRow[]
  ended: readonly EndedRow[]
  works: readonly WorkRow[]
  register: readonly RegisterRow[]
  /** Conflicts can be cleared and notes corrected: reading is not over, and it is not one's own page. */
  mayAct: boolean
  typed: Typed
  problems?: Problems
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  const path = `/judging/rounds/${round.id}/evaluators/${evaluator.person}`
  // A small form further up had the problem: its fields have the plain names then.
  const inRow = typed.work !== undefined || typed.proposal !== undefined
  const problem = (name: string) => (!inRow && problems[name] ? sentence(problems[name], view.lang, w) : undefined)
  const own = (name: string) => (inRow ? `${name}-own` : name)
  const trail = [...roundTrail(view, round), { href: `/judging/rounds/${round.id}/evaluators`, label: w.teamTitle }]
  return (
    <Page view={view} title={evaluator.name} trail={trail} lead={evaluator.email} islands={['region-field']}>
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{
          kind: w.kind,
          agency: w.agency,
          title: w.title,
          reason: w.reason,
          university: w.university,
          sector: w.sector,
          expertise: w.expertise,
          homeRegion: w.homeRegion,
          employer: w.employer,
          minLoad: `${w.load}: ${w.minLoad}`,
          maxLoad: `${w.load}: ${w.maxLoad}`,
        }}
      />
      {evaluator.withdrawn ? (
        <Notice title={w.withdrawn}>
          <p>{evaluator.withdrawnReason}</p>
        </Notice>
      ) : evaluator.confirmed ? (
        <p>
          <State tone="good">{`${w.identity}: ${w.confirmed}`}</State>{' '}
          <span class="soft">
            {[evaluator.confirmedBy, formatDate(evaluator.confirmed, view.lang, view.zone)].filter(Boolean).join(', ')}
          </span>
        </p>
      ) : (
        <Notice tone="attention" title={w.notConfirmed}>
          <p>{w.notConfirmedHint}</p>
          <div class="actions">
            <ActionButton action={`${path}/confirm`}>{w.confirm}</ActionButton>
          </div>
        </Notice>
      )}
      <ConflictSection {...{ view, path, conflicts, typed, problems }} ended={ended} mayAct={mayAct} />
      <WorkSection {...{ view, path, works, register, typed, problems }} mayAct={mayAct} />
      {!evaluator.withdrawn && (
        <>
          <details open={!inRow && Boolean(problems.agency || problems.title)}>
            <summary>{w.addWork}</summary>
            <Form action={`${path}/involvements`}>
              <Select
                name="kind"
                id={own('kind')}
                label={w.kind}
                value={inRow ? undefined : (typed.kind as string)}
                options={[
                  { value: 'mentor', label: w.mentor },
                  { value: 'co-author', label: w['co-author'] },
                ]}
              />
              <TextField
                name="agency"
                id={own('agency')}
                label={w.agency}
                hint={w.employerHint.split('.')[0]}
                value={inRow ? undefined : (typed.agency as string)}
                problem={problem('agency')}
              />
              <TextField
                name="title"
                id={own('title')}
                label={w.title}
                hint={w.workHint}
                value={inRow ? undefined : (typed.title as string)}
                problem={problem('title')}
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
          <details open={!inRow && Boolean(problems.reason)}>
            <summary>{w.withdraw}</summary>
            <p>{w.withdrawHint}</p>
            <Form action={`${path}/withdraw`}>
              <TextField
                name="reason"
                id={own('reason')}
                label={w.reason}
                hint={w.reasonHint}
                value={inRow ? undefined : (typed.reason as string)}
                problem={problem('reason')}
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
