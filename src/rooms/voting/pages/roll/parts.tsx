import type { ComponentChildren } from 'preact'
import type { View } from '#platform/http.ts'
import { fill, formatNumber } from '#platform/text.ts'
import type { TrailStep } from '#platform/ui/index.ts'
import { Page } from '#platform/ui/index.ts'
import type { Election } from '../../domain/election.ts'
import { wholeAddress } from '../../domain/roll/fixed.ts'
import { words } from '../../text/index.ts'
import { PracticeNotice, withinTrail } from '../parts.tsx'

export const rollAt = (election: { id: string }) => `/voting/elections/${election.id}/roll`
export const tpsName = (view: View, n: number) => fill(words(view.lang).tpsNo, { n })

/** A page about the roll: the way back leads over the roll. */
export function RollPart({
  view,
  election,
  title,
  lead,
  trail = [],
  islands,
  children,
}: {
  view: View
  election: Election
  title: string
  lead?: ComponentChildren
  trail?: readonly TrailStep[]
  islands?: readonly string[]
  children: ComponentChildren
}) {
  const back = { href: rollAt(election), label: words(view.lang).rollTitle }
  return (
    <Page
      view={view}
      title={title}
      lead={lead}
      trail={[...withinTrail(view, election), back, ...trail]}
      {...(islands && { islands })}
    >
      <PracticeNotice view={view} mode={election.mode} />
      {children}
    </Page>
  )
}

export const count = (view: View, n: number) => formatNumber(n, view.lang)
/** RT and RW with the hamlet, as people name a neighbourhood. */
export const neighbourhood = (at: { hamlet: string; rt: string; rw: string }) =>
  wholeAddress({ ...at, address: '' }) || '–'
