import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { decide, refuse } from '#platform/result.ts'
import { counters, type DecisionInForce } from '../domain/decision.ts'
import { cellKey, type PanelRound, plenaryOf } from '../domain/panel.ts'
import { movePlaces, placesOf, type SetPlaces, settlePlaces } from '../domain/places.ts'
import { moveForm, placesForm } from '../forms/panel.ts'
import { mayPanel } from '../permissions/panel.ts'
import { listDecisions } from '../store/decision.ts'
import { holdPanelRound } from '../store/panel.ts'
import { savePlaces } from '../store/places.ts'

type Change = { changes: SetPlaces; reason: string }

/** Fix how many places each cluster has, where the rules leave it open. Before the plenary. */
export const setPlaces: Action<
  PanelRound,
  z.output<typeof placesForm>,
  Change,
  'places-in-rules' | 'places-incomplete' | 'places-not-total' | 'plenary-open'
> = {
  name: 'judging.places-set',
  find: holdPanelRound,
  may: mayPanel.setPlaces,
  input: placesForm,
  decide: (round, { places, reason }) => {
    if (plenaryOf(round, 'finalists')) return refuse('plenary-open')
    const settled = settlePlaces(round.rules, places)
    return settled.ok ? decide({ changes: settled.change, reason }) : settled
  },
  save: (tx, round, { changes, reason }, { actor, now }) =>
    savePlaces(tx, round.id, { kind: 'set', changes, reason }, actor.id!, now),
  tell: ({ changes, reason }) => ({ total: changes.reduce((sum, c) => sum + c.places, 0), reason }),
  scope: () => null,
}

/** Move places from one cluster to another: a decision of the plenary, recorded with its reason. */
export const movePlace: Action<
  { round: PanelRound; decisions: DecisionInForce[] },
  z.output<typeof moveForm>,
  Change & z.output<typeof moveForm>,
  'move-same' | 'move-unknown' | 'places-not-set' | 'move-too-many' | 'plenary-over'
> = {
  name: 'judging.places-moved',
  find: async (tx, actor, id) => {
    const round = await holdPanelRound(tx, actor, id)
    return round && { round, decisions: await listDecisions(tx, id, 'finalists') }
  },
  may: mayPanel.setPlaces,
  input: moveForm,
  decide: ({ round, decisions }, move) => {
    if (plenaryOf(round, 'finalists')?.closed) return refuse('plenary-over')
    const places = placesOf(round.rules, round.places)
    const taken = new Map(counters(places, decisions).map((cell) => [cellKey(cell), cell.taken]))
    const moved = movePlaces(places, taken, move)
    return moved.ok ? decide({ ...move, changes: moved.change }) : moved
  },
  save: (tx, { round }, { changes, reason }, { actor, now }) =>
    savePlaces(tx, round.id, { kind: 'move', changes, reason }, actor.id!, now),
  tell: ({ group, from, to, count, reason }) => ({ group, from, to, count, reason }),
  scope: () => null,
}
