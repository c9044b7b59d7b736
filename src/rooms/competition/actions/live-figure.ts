import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { decide, refuse } from '#platform/result.ts'
import { isOpen } from '../domain/calendar.ts'
import { type Chosen, choiceText, chosenOf, type LiveFigures, mostFigures } from '../domain/live-figure.ts'
import { figuresForm } from '../forms.ts'
import { may } from '../permissions.ts'
import { listChosen, publishedBy, saveChosen } from '../store/live-figure.ts'
import { can, type Held, hold } from './proposal.ts'

type Choosing = Held & { before: Chosen[]; published: LiveFigures[] }

/**
 * Choose which figures of the own agency's services the proposal shows. A form that started from another choice is
 * refused. What they say is taken when the proposal is handed in, not now.
 */
export const chooseFigures: Action<
  Choosing,
  z.output<typeof figuresForm>,
  { chosen: Chosen[] },
  'not-now' | 'round-closed' | 'changed-meanwhile' | 'too-many-figures' | 'figure-unknown'
> = {
  name: 'competition.figures-chosen',
  find: async (tx, actor, id, now) => {
    const held = await hold(tx, actor, id)
    if (!held) return undefined
    const { agency } = held.proposal
    return { ...held, before: await listChosen(tx, held.proposal), published: await publishedBy(tx, agency, now) }
  },
  may: (actor, { proposal }) => may.editProposal(actor, proposal),
  input: figuresForm,
  decide: (held, { from, chosen: typed }, { actor, now }) => {
    if (!can(actor, held, 'edit')) return refuse('not-now')
    if (!isOpen(held.round.rules, now, held.round.extensions)) return refuse('round-closed')
    if (from !== choiceText(held.before)) return refuse('changed-meanwhile')
    const chosen = chosenOf(typed)
    if (chosen.reduce((n, { indicators }) => n + indicators.length, 0) > mostFigures) return refuse('too-many-figures')
    const known = ({ service, indicators }: Chosen) => {
      const figures = held.published.find((one) => one.service === service)?.figures ?? []
      return indicators.every((indicator) => figures.some((figure) => figure.indicator === indicator))
    }
    return chosen.every(known) ? decide({ chosen }) : refuse('figure-unknown')
  },
  save: (tx, { proposal }, { chosen }, { actor, now }) =>
    saveChosen(tx, proposal, chosen, { person: actor.id, at: now }),
  tell: ({ chosen }) => ({ chosen: chosen.map(({ service, indicators }) => ({ service, indicators })) }),
  scope: ({ proposal }) => proposal.agency,
}
