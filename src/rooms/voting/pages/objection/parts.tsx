import type { View } from '#platform/http.ts'
import { fill, formatDateTime } from '#platform/text.ts'
import { Facts, State, type Tone } from '#platform/ui/index.ts'
import type { Election } from '../../domain/election.ts'
import {
  isOverdue,
  type ObjectionKind,
  type ObjectionRole,
  type ObjectionState,
  type StepKind,
  type StepOutcome,
} from '../../domain/objection.ts'
import { words } from '../../text/index.ts'

export type StepShown = {
  n: number
  kind: StepKind
  outcome: StepOutcome | null
  text: string
  at: Date
  late: boolean
}
export type ObjectionShown = {
  id: string
  number: number
  tpsNumber: number | null
  role: ObjectionRole
  signed: boolean
  about: ObjectionKind
  statement: string | null
  filed: Date
  due: Date
  state: ObjectionState
  steps: readonly StepShown[]
}
export type InElection = Pick<Election, 'id' | 'wave' | 'waveName' | 'villageName' | 'mode'>

const tones: Record<ObjectionState, Tone> = {
  filed: 'attention',
  mediated: 'active',
  answered: 'active',
  appealed: 'attention',
  decided: 'good',
  withdrawn: 'calm',
}

/** What it is about, where it stands and until when it waits. */
export function ObjectionFacts({ view, objection }: { view: View; objection: ObjectionShown }) {
  const w = words(view.lang)
  const when = (at: Date) => formatDateTime(at, view.lang, view.zone)
  const late = isOverdue(objection, view.now)
  const waits = objection.state === 'filed' || objection.state === 'mediated'
  return (
    <Facts
      facts={[
        [
          w.objectionState,
          <>
            <State tone={tones[objection.state]}>{w[`ostate-${objection.state}`]}</State>
            {late && <State tone="bad">{w.overdue}</State>}
          </>,
        ],
        [w.objectionAbout, w[`about-${objection.about}`]],
        [w.objectionTps, objection.tpsNumber === null ? w.objectionTpsNone : fill(w.tpsN, { n: objection.tpsNumber })],
        [w.filedOn, `${when(objection.filed)} · ${w[`orole-${objection.role}`]}`],
        ...(objection.signed ? [[w.signedThere, w.signedThereWhen] as const] : []),
        ...(waits ? [[w.dueOn, when(objection.due)] as const] : []),
      ]}
    />
  )
}

/** What was done about it, the first that was done first. */
export function Steps({ view, steps }: { view: View; steps: readonly StepShown[] }) {
  const w = words(view.lang)
  if (steps.length === 0) return null
  return (
    <ol class="history">
      {steps.map((step) => (
        <li key={step.n}>
          <strong>{w[`ostep-${step.kind}`]}</strong>
          {step.outcome && `: ${w[`out-${step.outcome}`]}`}
          {step.late && ` (${w.stepLate})`}
          <p>{step.text}</p>
          <time datetime={step.at.toISOString()}>{formatDateTime(step.at, view.lang, view.zone)}</time>
        </li>
      ))}
    </ol>
  )
}

export type ObjectionInFull = ObjectionShown & {
  name: string
  contact: string
  statement: string
  demand: string
  evidence: string | null
}

/** All of it, for whoever filed it and for those who answer. */
export function InFull({ view, objection, own }: { view: View; objection: ObjectionInFull; own: boolean }) {
  const w = words(view.lang)
  return (
    <>
      <ObjectionFacts view={view} objection={objection} />
      <Facts
        facts={[
          [own ? w.objectorName : w.filedBy, objection.name] as const,
          [own ? w.objectorContact : w.filedContact, objection.contact] as const,
          [w.statement, objection.statement] as const,
          [own ? w.demand : w.filedDemand, objection.demand] as const,
          // What is signed at the polling place is a text and a name.
        ].filter(([, value]) => value !== '')}
      />
      <h2>{w.stepsHead}</h2>
      {objection.steps.length === 0 ? <p>{w.stepsNone}</p> : <Steps view={view} steps={objection.steps} />}
    </>
  )
}
