import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { decide, refuse } from '#platform/result.ts'
import { type CountRow, countedPlaces, nextCount, reads, slipsShown } from '../../domain/audit.ts'
import { countForm, readingsForm } from '../../forms/audit.ts'
import { may } from '../../permissions.ts'
import * as store from '../../store/audit.ts'

/** One person counts the slips of a polling place, alone; what the other counted is not shown before. */
export const countSlips = (
  tps: string,
): Action<
  store.HeldAudit,
  z.output<typeof countForm>,
  Omit<CountRow, 'by'>,
  'audit-none' | 'audit-over' | 'pile-not-counted' | 'pile-done' | 'candidates-differ'
> => ({
  name: 'voting.slips-counted',
  find: store.holdAudit,
  may: (actor, { election }) => may.countSlips(actor, election),
  input: countForm,
  decide: ({ audit }, count, { actor }) => {
    if (!audit) return refuse('audit-none')
    if (audit.outcome) return refuse('audit-over')
    const pile = audit.piles.find((each) => each.tps === tps)
    if (!pile || !countedPlaces(audit).includes(pile.number)) return refuse('pile-not-counted')
    if (count.votes.length !== pile.votes.length) return refuse('candidates-differ')
    const next = nextCount(pile, audit.counts, actor.id!)
    return next ? decide({ tps, ...next, ...count }) : refuse('pile-done')
  },
  save: (tx, { election, audit }, count, { now, actor }) =>
    store.insertCount(tx, election, audit!, count, { by: actor.id!, at: now }),
  // Which round it was; what was counted is published when two agree.
  tell: ({ round }, { audit }) => ({ tps: audit!.piles.find((each) => each.tps === tps)!.number, round }),
  scope: ({ election }) => election.agency,
})

/** One person reads drawn slips, alone. */
export const readSlips: Action<
  store.HeldAudit,
  z.output<typeof readingsForm>,
  { readings: { n: number; try: number; reading: string }[] },
  'audit-none' | 'audit-over' | 'slip-not-yours' | 'candidates-differ'
> = {
  name: 'voting.slips-read',
  find: store.holdAudit,
  may: (actor, { election }) => may.countSlips(actor, election),
  input: readingsForm,
  decide: ({ audit }, { readings }, { actor }) => {
    if (!audit) return refuse('audit-none')
    if (audit.outcome) return refuse('audit-over')
    const known = audit.readings
    const slips = new Map(slipsShown(audit, known).map((slip) => [slip.n, slip]))
    const most = audit.announced.votes.length
    if (readings.some(({ reading }) => Number(reading) > most)) return refuse('candidates-differ')
    if (new Set(readings.map(({ n }) => n)).size !== readings.length) return refuse('slip-not-yours')
    const mine = readings.every(({ n }) => {
      const slip = slips.get(n)
      return slip !== undefined && reads(slip, actor.id!)
    })
    if (!mine) return refuse('slip-not-yours')
    const tries = (n: number) => known.filter((row) => row.n === n && row.by === actor.id).length
    return decide({ readings: readings.map((row) => ({ ...row, try: tries(row.n) + 1 })) })
  },
  save: (tx, { election, audit }, { readings }, { now, actor }) =>
    store.insertReadings(tx, election, audit!, readings, { by: actor.id!, at: now }),
  tell: ({ readings }) => ({ slips: readings.length }),
  scope: ({ election }) => election.agency,
}
