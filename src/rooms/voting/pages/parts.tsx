import type { Form as Typed, View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDate } from '#platform/text.ts'
import { Notice, State, type Tone, type TrailStep } from '#platform/ui/index.ts'
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
