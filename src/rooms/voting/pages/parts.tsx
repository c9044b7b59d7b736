import type { Form as Typed, View } from '#platform/http.ts'
import type { Problem, Problems } from '#platform/problems.ts'
import { fill, formatDate } from '#platform/text.ts'
import { Form, Notice, State, sentence, TextArea, TextField, type Tone, type TrailStep } from '#platform/ui/index.ts'
import type { Election, ElectionState } from '../domain/election.ts'
import { words } from '../text/index.ts'

/** What a form that came back brings with it. */
export type Again = { typed?: Typed; problems?: Problems; refusal?: string | undefined }

export const typedText = (typed: Typed | undefined, name: string): string =>
  typeof typed?.[name] === 'string' ? typed[name] : ''

const tones: Record<ElectionState, Tone> = {
  preparing: 'attention',
  sealed: 'active',
  held: 'active',
  decided: 'good',
  closed: 'calm',
}

export function ElectionStateSign({ view, state }: { view: View; state: ElectionState }) {
  return <State tone={tones[state]}>{words(view.lang)[`state-${state}`]}</State>
}

export const electionTitle = (view: View, { villageName, mode }: Pick<Election, 'villageName' | 'mode'>): string => {
  const w = words(view.lang)
  const name = fill(w.electionOf, { village: villageName })
  return mode === 'practice' ? `${w['mode-practice']}: ${name}` : name
}

export const electionTrail = (view: View, election: Pick<Election, 'wave' | 'waveName'>): TrailStep[] => [
  { href: '/voting', label: words(view.lang).votingTitle },
  { href: `/voting/waves/${election.wave}`, label: election.waveName },
]

/** The way back from a page within an election. */
export const withinTrail = (
  view: View,
  election: Pick<Election, 'id' | 'wave' | 'waveName' | 'villageName' | 'mode'>,
): TrailStep[] => [
  ...electionTrail(view, election),
  { href: `/voting/elections/${election.id}`, label: electionTitle(view, election) },
]

/** A practice says so at the head of every page (R69). */
export function PracticeNotice({ view, mode }: { view: View; mode: Election['mode'] }) {
  if (mode === 'real') return null
  return (
    <Notice tone="attention">
      <p>{words(view.lang).practiceNotice}</p>
    </Notice>
  )
}

export const heldOn = (view: View, held: string): string => formatDate(held, view.lang)

/** One file to be sent. */
export function UploadForm({
  action,
  name = 'file',
  accept,
  label,
  hint,
  problem,
  send,
}: {
  action: string
  name?: string
  accept: string
  label: string
  hint?: string
  problem?: string | undefined
  send: string
}) {
  return (
    <Form action={action} upload>
      <TextField name={name} type="file" accept={accept} label={label} hint={hint} problem={problem} />
      <div class="actions">
        <button type="submit">{send}</button>
      </div>
    </Form>
  )
}

/** What is taken back with a reason: folded away until somebody means it. */
export function ReasonForm({
  view,
  open,
  action,
  head,
  send,
  typed,
  problem,
}: {
  view: View
  open: boolean
  action: string
  head: string
  send: string
  typed: Typed | undefined
  problem: Problem | undefined
}) {
  const w = words(view.lang)
  return (
    <details open={open}>
      <summary>{head}</summary>
      <Form action={action}>
        <TextArea
          name="reason"
          label={w.reason}
          rows={3}
          value={typedText(typed, 'reason')}
          problem={problem && sentence(problem, view.lang, w)}
        />
        <div class="actions">
          <button type="submit" class="danger">
            {send}
          </button>
        </div>
      </Form>
    </details>
  )
}
