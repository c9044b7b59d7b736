import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { newId } from '#platform/ids.ts'
import { decide, refuse } from '#platform/result.ts'
import { drawNominees, judgeTie, type Nominee, proposeNominees, type StandingLine } from '../domain/nominee.ts'
import { type Cell, cellKey, finalistStage, isStageOpen, type PanelRound, plenaryOf } from '../domain/panel.ts'
import { placesOf } from '../domain/places.ts'
import { nothingTyped, reasonForm, tieForm } from '../forms/panel.ts'
import { mayPanel } from '../permissions/panel.ts'
import {
  addNominees,
  holdPanelEntry,
  listNominees,
  type PanelEntry,
  releasedStandings,
  removeNominee as removeStored,
} from '../store/nominee.ts'
import { holdPanelRound, saveTie } from '../store/panel.ts'

export type Drawing = { round: PanelRound; standings: StandingLine[] | undefined; nominees: Nominee[] }

async function holdDrawing(...args: Parameters<typeof holdPanelRound>): Promise<Drawing | undefined> {
  const round = await holdPanelRound(...args)
  if (!round) return undefined
  const [tx, , id] = args
  return { round, standings: await releasedStandings(tx, id), nominees: await listNominees(tx, id) }
}

/** Who would be nominated now, or why nobody can be. */
export function proposalOf({ round, standings, nominees }: Drawing) {
  if (!standings) return refuse('ranking-not-released')
  if (nominees.length > 0) return refuse('nominated-already')
  return proposeNominees(round.rules, standings, placesOf(round.rules, round.places), round.ties)
}

type Settled = Omit<z.output<typeof tieForm>, 'chosen'> & {
  chosen: readonly string[]
  tie: { id: string; score: number; places: number; tied: readonly string[] }
}

/** Settle a tie at the line: people say which of the equals become nominees, and why. */
export const settleTie: Action<
  Drawing,
  z.output<typeof tieForm>,
  Settled,
  | 'ranking-not-released'
  | 'nominated-already'
  | 'places-not-set'
  | 'no-tie'
  | 'wrong-number-chosen'
  | 'not-in-the-tie'
  | 'nobody-decided'
  | 'reason-missing'
> = {
  name: 'judging.tie-settled',
  find: holdDrawing,
  may: mayPanel.settleTie,
  input: tieForm,
  decide: (drawing, typed) => {
    const proposed = proposalOf(drawing)
    if (!proposed.ok) return proposed
    const cell = proposed.change.find((each) => cellKey(each) === cellKey(typed as Cell))
    const judged = judgeTie(cell, typed.chosen, typed.deciders, typed.reason)
    if (!judged.ok) return judged
    const { score, places, proposals } = judged.change.tie
    return decide({ ...typed, chosen: judged.change.chosen, tie: { id: newId(), score, places, tied: proposals } })
  },
  save: (tx, { round }, { tie, ...typed }, { actor, now }) =>
    saveTie(tx, round.id, { ...typed, ...tie }, { id: actor.id!, at: now }),
  tell: ({ cluster, group, deciders, reason, tie }) => ({ cluster, group, deciders, reason, score: tie.score }),
  scope: () => null,
}

/** Take the nominees from the released ranking. Refused while a tie at a line is open. */
export const nominate: Action<
  Drawing,
  object,
  { drawn: readonly { proposal: string; cluster: string; group: string; via: 'ranking' | 'tie' }[] },
  'ranking-not-released' | 'nominated-already' | 'places-not-set' | 'tie-open' | 'nobody-to-nominate' | 'stage-not-open'
> = {
  name: 'judging.nominees-drawn',
  find: holdDrawing,
  may: mayPanel.nominate,
  input: nothingTyped,
  decide: (drawing) => {
    if (!isStageOpen(drawing.round, finalistStage(drawing.round.rules))) return refuse('stage-not-open')
    const proposed = proposalOf(drawing)
    if (!proposed.ok) return proposed
    const drawn = drawNominees(proposed.change)
    return drawn.ok ? decide({ drawn: drawn.change }) : drawn
  },
  save: (tx, { round, standings }, { drawn }, { actor, now }) => {
    const lines = new Map(standings!.map((standing) => [standing.proposal, standing]))
    const rows = drawn.map((d) => {
      const standing = lines.get(d.proposal)!
      return { ...d, agency: standing.agency, standing, reason: null }
    })
    return addNominees(tx, round.id, rows, actor.id!, now)
  },
  tell: ({ drawn }) => ({ nominees: drawn.length }),
  scope: () => null,
}

/** Add an entry by hand, or bring back one that was taken out. */
export const addNominee: Action<
  PanelEntry,
  { reason: string },
  { reason: string },
  'plenary-over' | 'nominee-already' | 'stage-not-open'
> = {
  name: 'judging.nominee-added',
  find: holdPanelEntry,
  may: mayPanel.nominate,
  input: reasonForm,
  decide: ({ round, nominee }, { reason }) => {
    if (!isStageOpen(round, finalistStage(round.rules))) return refuse('stage-not-open')
    if (plenaryOf(round, 'finalists')?.closed) return refuse('plenary-over')
    return nominee && !nominee.removed ? refuse('nominee-already') : decide({ reason })
  },
  save: async (tx, { round, entry, cluster }, { reason }, { actor, now }) => {
    const standing = (await releasedStandings(tx, round.id))?.find((line) => line.proposal === entry.id) ?? null
    const row = { proposal: entry.id, agency: entry.agency, cluster, group: entry.group, via: 'manual' as const }
    await addNominees(tx, round.id, [{ ...row, standing, reason }], actor.id!, now)
  },
  // Told of the round: the entry's own history may be read by its owners, who must not learn of it yet.
  subject: (_, { round }) => round.id,
  tell: ({ reason }, { entry }) => ({ number: entry.number, reason }),
  scope: () => null,
}

/** Take a nominee out, before anything was decided on it. */
export const removeNominee: Action<
  PanelEntry,
  { reason: string },
  { reason: string; round: string },
  'plenary-open' | 'not-a-nominee'
> = {
  name: 'judging.nominee-removed',
  find: holdPanelEntry,
  may: mayPanel.nominate,
  input: reasonForm,
  decide: ({ round, nominee }, { reason }) => {
    if (!nominee || nominee.removed) return refuse('not-a-nominee')
    return plenaryOf(round, 'finalists') ? refuse('plenary-open') : decide({ reason, round: round.id })
  },
  save: (tx, { entry }, { reason }, { actor, now }) => removeStored(tx, entry, reason, actor.id!, now),
  subject: (_, { round }) => round.id,
  tell: ({ reason }, { entry }) => ({ number: entry.number, reason }),
  scope: () => null,
}
