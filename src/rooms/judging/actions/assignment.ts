import { z } from 'zod'
import { listPassed } from '#competition'
import type { Action } from '#platform/action.ts'
import type { Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { type Event, record } from '#platform/log.ts'
import { decide, refuse } from '#platform/result.ts'
import { deadlineOf, isLate } from '../domain/deadline.ts'
import { type Demand, type Posed, pairKey, poseProblem } from '../domain/demand.ts'
import type { Evaluator } from '../domain/evaluator.ts'
import type { Working } from '../domain/liveness.ts'
import { type Assignment, labelReadings, owedReaders, type PromisedWave } from '../domain/owed.ts'
import type { RunSettings } from '../domain/run.ts'
import { wantThirdReader } from '../domain/standing.ts'
import * as forms from '../forms.ts'
import { may } from '../permissions.ts'
import * as store from '../store/assignment.ts'
import { conflictingPairs, isConflicting } from '../store/conflict.ts'
import { findEvaluator, listEvaluators } from '../store/evaluator.ts'
import { holdReading, type RoundReading } from '../store/reading.ts'
import * as runs from '../store/run.ts'
import { sealedSheets } from '../store/sheet.ts'
import { listWaves } from '../store/wave.ts'
import { tellReaders } from './notice.ts'
import { standingEntries } from './reading.ts'
import { recheckConflicts } from './recheck.ts'

type Lack = RoundReading & {
  entries: Awaited<ReturnType<typeof listPassed>>
  readings: Assignment[]
  team: Evaluator[]
  demands: Demand[]
  waves: (PromisedWave & { until: Date | null })[]
  /** Entries for which a third reader is called now. */
  third: Set<string>
}

/** Who lacks readers, with everything that decides it: also what the page of the secretariat shows. */
export async function lackOf(tx: Tx | Parameters<typeof listPassed>[0], held: RoundReading): Promise<Lack> {
  const { round, reading } = held
  const entries = await listPassed(tx, round.id)
  const readings = await store.listAssignments(tx, round.id)
  const team = await listEvaluators(tx, round.id)
  const waves = await listWaves(tx, round.id)
  const third = reading.rule
    ? wantThirdReader(reading.rule, await standingEntries(tx, round), await sealedSheets(tx, round.id))
    : new Set<string>()
  const reviews = reading.rule?.reviews ?? reading.settings.reviews
  const promised = waves.map((wave) => ({
    seq: wave.seq,
    extra: wave.extra,
    proposals: wave.proposals.map((each) => each.proposal),
    until: wave.until,
  }))
  const demands = owedReaders(entries, readings, { reviews, waves: promised, third })
  return { ...held, entries, readings, team, demands, waves: promised, third }
}

/** Who may be given readings: confirmed and still there. */
const available = (team: readonly Evaluator[]) => team.filter((each) => each.confirmed && !each.withdrawn)

type Start = { id: string; settings: RunSettings; posed: Posed; demands: Demand[] }
/** Who computes: says whether a computation is worked on, takes a new one on, and is handed what to compute. */
type Computing = {
  isAlive: (run: Working) => boolean
  takeOn: (run: string) => string
  hand: (start: Start) => void
}

/** Begin to look for the readers that are missing, all at once and exactly. The computing itself begins when this is written. */
export const startRun = (
  computing: Computing,
): Action<
  Lack & { busy: boolean; barred: Set<string> },
  object,
  { id: string; missing: number },
  'run-goes-on' | 'nothing-lacks' | 'nobody-confirmed' | 'reading-over'
> => {
  let start: Start | undefined
  return {
    name: 'judging.assignment-begun',
    find: async (tx, actor, id, now) => {
      const held = await holdReading(tx, actor, id)
      if (!held) return undefined
      if (!held.reading.closed) await recheckConflicts(tx, id, undefined, now)
      const busy = (await runs.listRunning(tx, id)).some(computing.isAlive)
      return { ...(await lackOf(tx, held)), busy, barred: await conflictingPairs(tx, id) }
    },
    may: may.manageAssignment,
    input: z.object({}),
    decide: ({ reading, demands, readings, team, busy, barred, entries }) => {
      if (reading.closed) return refuse('reading-over')
      if (busy) return refuse('run-goes-on')
      if (demands.length === 0) return refuse('nothing-lacks')
      const people = available(team)
      if (people.length === 0) return refuse('nobody-confirmed')
      const { settings } = reading
      const whole = demands.length === entries.length
      // Whoever was recused, moved or withdrew from an entry does not come back to it.
      const closed = readings.filter((r) => r.ended !== null).map((r) => pairKey(r.proposal, r.evaluator))
      const loads = new Map<string, number>()
      for (const r of readings) if (r.ended === null) loads.set(r.evaluator, (loads.get(r.evaluator) ?? 0) + 1)
      const posed = poseProblem(
        demands,
        people.map((each) => ({ ...each, id: each.person })),
        new Set([...barred, ...closed]),
        loads,
        settings,
        whole,
      )
      const missing = demands.reduce((sum, demand) => sum + demand.extra, 0)
      const { bridge, university, floor, fairest = false, seed, reviews } = settings
      const kept = { fairest, bridge, university, floor, seed, reviews, whole, entries: demands.length, missing }
      start = { id: newId(), settings: kept, posed, demands }
      return decide({ id: start.id, missing })
    },
    save: async (tx, { round }, { id }, { actor, now }) => {
      const process = computing.takeOn(id)
      await runs.beginRun(tx, { round: round.id, id, process, settings: start!.settings, at: now, by: actor.id! })
      computing.hand(start!)
    },
    tell: ({ missing }) => ({ missing }),
    scope: () => null,
  }
}

/** Stop a computation. What it found so far is thrown away. */
export const cancelRun = (round: string): Action<runs.HeldRun, object, object, 'run-ended'> => ({
  name: 'judging.assignment-cancelled',
  find: (tx, actor, id) => runs.holdRun(tx, actor, round, id),
  may: may.manageAssignment,
  input: z.object({}),
  decide: ({ run }) => (run.state === 'running' ? decide({}) : refuse('run-ended')),
  save: async (tx, { run }, _, { now }) => {
    await runs.endRun(tx, { round, id: run.id, state: 'cancelled', result: null, at: now })
  },
  tell: () => ({ round }),
  scope: () => null,
  subject: () => round,
})

type Accepting = runs.HeldRun & { lack: Lack; barred: Set<string> }
/** Each with its deadline; null while reading is not open. */
type Accepted = { pairs: (store.NewAssignment & { due: Date | null })[] }

/** Take over what a computation proposes. Everything is looked at again: conflicts, people, and what is still missing. */
export const acceptRun = (
  round: string,
): Action<Accepting, object, Accepted, 'run-not-proposed' | 'run-outdated' | 'reading-over' | 'deadline-first'> => ({
  name: 'judging.assignment-accepted',
  find: async (tx, actor, id, now) => {
    const held = await runs.holdRun(tx, actor, round, id)
    if (!held) return undefined
    if (!held.reading.closed) await recheckConflicts(tx, round, undefined, now)
    return { ...held, lack: await lackOf(tx, held), barred: await conflictingPairs(tx, round) }
  },
  may: may.manageAssignment,
  input: z.object({}),
  decide: ({ run, lack, barred, reading }, _, { now }) => {
    if (reading.closed) return refuse('reading-over')
    if (run.state !== 'proposed' || run.result?.outcome !== 'assigned') return refuse('run-not-proposed')
    const free = new Set(available(lack.team).map((each) => each.person))
    const had = new Set(lack.readings.map((r) => pairKey(r.proposal, r.evaluator)))
    const open = new Map(lack.demands.map((demand) => [demand.proposal, demand.extra]))
    const agency = new Map(lack.entries.map((entry) => [entry.id, entry.agency]))
    for (const { proposal, evaluator } of run.result.pairs) {
      const key = pairKey(proposal, evaluator)
      const left = open.get(proposal) ?? 0
      if (left === 0 || had.has(key) || barred.has(key) || !free.has(evaluator)) return refuse('run-outdated')
      open.set(proposal, left - 1)
    }
    const labels = labelReadings(run.result.pairs, lack.readings, {
      opened: reading.opened !== null,
      third: lack.third,
      waves: lack.waves,
    })
    const pairs = run.result.pairs.map(({ proposal, evaluator }, i) => ({
      agency: agency.get(proposal)!,
      proposal,
      evaluator,
      round,
      run: run.id,
      ...labels[i]!,
      due: dueOf({ reading, waves: lack.waves }, labels[i]!),
    }))
    // Nobody is given an entry whose sheet cannot be written on any more.
    if (pairs.some(({ due }) => isLate(due, now))) return refuse('deadline-first')
    return decide({ pairs })
  },
  save: async (tx, { round: whole, reading, run }, { pairs }, { now, actor }) => {
    await store.addAssignments(
      tx,
      pairs.map(({ due: _, ...pair }) => pair),
      now,
      actor.id!,
    )
    await runs.markAccepted(tx, round, run.id)
    // One line for each evaluator: the history of a person says how much was dealt to them and by whom.
    const counts = Map.groupBy(pairs, (pair) => pair.evaluator)
    const events = [...counts].map(
      ([subject, own]): Event => ({
        at: now,
        actor: actor.id,
        name: 'judging.readings-given',
        subject,
        scope: null,
        particulars: { round, readings: own.length },
      }),
    )
    await record(tx, events)
    if (!reading.opened) return
    for (const [due, own] of Map.groupBy(pairs, (pair) => pair.due!.getTime())) {
      const more = new Map(
        [...Map.groupBy(own, (pair) => pair.evaluator)].map(([person, list]) => [person, list.length]),
      )
      await tellReaders(tx, whole, more, new Date(due), 'more')
    }
  },
  tell: ({ pairs }, { run }) => ({ run: run.id, readings: pairs.length }),
  scope: () => null,
  subject: () => round,
})

/** The deadline that a new reading will have; null while reading is not open. */
const dueOf = (
  { reading, waves }: Pick<Lack, 'reading' | 'waves'>,
  { purpose, wave }: { purpose: string; wave: number | null },
): Date | null => deadlineOf(reading, { purpose, waveUntil: waves.find((each) => each.seq === wave)?.until ?? null })

type Change = z.output<typeof forms.change>
type Changing = RoundReading & { readings: Assignment[]; entries: Awaited<ReturnType<typeof listPassed>> }
type ChangeRefusal =
  | 'reading-over'
  | 'entry-unknown'
  | 'not-reading'
  | 'reads-already'
  | 'not-in-team'
  | 'conflict-there'
  | 'same-university'
  | 'sheet-finished'
  | 'deadline-first'

/** Move, add or take away one reading by hand, with the reason. Conflicts and universities are looked at again. */
export const changeAssignment: Action<
  Changing & { check: (input: Change) => Promise<ChangeRefusal | undefined> },
  Change,
  Change & { agency: string },
  ChangeRefusal
> = {
  name: 'judging.assignment-changed',
  find: async (tx, actor, id, now) => {
    const held = await holdReading(tx, actor, id)
    if (!held) return undefined
    if (!held.reading.closed) await recheckConflicts(tx, id, undefined, now)
    const readings = await store.listAssignments(tx, id)
    const entries = await listPassed(tx, id)
    const check = async ({ proposal, to }: Change) => {
      if (to === null) return undefined
      const evaluator = await findEvaluator(tx, id, to)
      if (!evaluator || evaluator.withdrawn) return 'not-in-team' as const
      if (!evaluator.confirmed || (await isConflicting(tx, { proposal, evaluator: to })))
        return 'conflict-there' as const
      const others = readings.filter((r) => r.proposal === proposal && r.ended === null)
      for (const other of others) {
        const own = (await findEvaluator(tx, id, other.evaluator))?.university
        if (own && evaluator.university?.toLowerCase() === own.toLowerCase() && held.reading.settings.university)
          return 'same-university' as const
      }
      return undefined
    }
    return { ...held, readings, entries, check }
  },
  may: may.manageAssignment,
  input: forms.change,
  decide: async ({ reading, readings, entries, check }, input, { now }) => {
    if (reading.closed) return refuse('reading-over')
    const entry = entries.find((each) => each.id === input.proposal)
    if (!entry) return refuse('entry-unknown')
    const own = readings.filter((r) => r.proposal === input.proposal)
    const from = input.from === null ? undefined : own.find((r) => r.evaluator === input.from && r.ended === null)
    if (input.from !== null && !from) return refuse('not-reading')
    if (from?.finished) return refuse('sheet-finished')
    if (own.some((r) => r.evaluator === input.to)) return refuse('reads-already')
    if (input.to !== null && isLate(reading.until, now)) return refuse('deadline-first')
    const refusal = await check(input)
    return refusal ? refuse(refusal) : decide({ ...input, agency: entry.agency })
  },
  save: async (tx, { round, reading }, { agency, proposal, from, to, reason }, { now, actor }) => {
    if (from !== null) await store.endAssignments(tx, [{ proposal, evaluator: from }], 'moved', reason, now)
    const pair = { agency, proposal, round: round.id, purpose: 'manual' as const, reason }
    if (to === null) return
    await store.addAssignments(tx, [{ ...pair, evaluator: to }], now, actor.id!)
    if (reading.opened && reading.until) await tellReaders(tx, round, new Map([[to, 1]]), reading.until, 'more')
  },
  tell: ({ proposal, from, to, reason }) => ({ proposal, from, to, reason }),
  scope: () => null,
}
