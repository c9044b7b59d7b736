import { createHash } from 'node:crypto'
import { z } from 'zod'
import { clusterOf, listPassed } from '#competition'
import type { Action } from '#platform/action.ts'
import { decide, refuse } from '#platform/result.ts'
import { canonicalJson } from '../domain/canonical-json.ts'
import { endOfDay } from '../domain/deadline.ts'
import { type FixedRule, fixRule, type Settings, stateOf } from '../domain/reading.ts'
import { type Standing, type StandingEntry, standingOf } from '../domain/standing.ts'
import * as forms from '../forms.ts'
import { may } from '../permissions.ts'
import { listAssignments, progressOf } from '../store/assignment.ts'
import { listEvaluators } from '../store/evaluator.ts'
import { keepRanking } from '../store/ranking.ts'
import * as store from '../store/reading.ts'
import { sealedSheets } from '../store/sheet.ts'
import { graphOf } from './graph.ts'
import { tellReaders } from './notice.ts'
import { recheckConflicts } from './recheck.ts'

type Held = store.RoundReading

/** SHA-256 of the canonical JSON: what is published of a rule, and what a stranger compares. */
export const hashOf = (value: unknown): Buffer => createHash('sha256').update(canonicalJson(value)).digest()

/** Choose the numbers of the assignment and the waves; possible until reading opens. */
export const saveSettings: Action<Held, z.output<typeof forms.settings>, Settings, 'rule-fixed' | 'bridge-too-many'> = {
  name: 'judging.settings-saved',
  find: store.holdReading,
  may: may.manageAssignment,
  input: forms.settings,
  decide: ({ reading }, input) => {
    if (reading.opened) return refuse('rule-fixed')
    if (input.bridge > input.reviews) return refuse('bridge-too-many')
    return decide({ ...input, stopBelow: input.stopBelow / 100 })
  },
  save: (tx, { round }, settings) => store.saveSettings(tx, round.id, settings),
  tell: (settings) => ({ ...settings, waves: settings.waves.length }),
  scope: () => null,
}

/** `apart`: why reading is opened although the readings do not connect all entries; null when they do. */
type Opening = { rule: FixedRule; until: Date; apart: string | null }
type Ready = Held & { bySector: boolean; unread: number; groups: string[]; parts: number }
type OpenRefusal =
  | 'opened-already'
  | 'nothing-assigned'
  | 'until-past'
  | 'readings-apart'
  | 'initial-below-two'
  | 'empty-wave'
  | 'line-not-a-number'
  | 'stop-not-a-chance'

/**
 * Fix the rule, publish its hash and let the evaluators read. Where the readings fall into parts that share no reader,
 * strict readers cannot be told from weak entries across them: it is refused, unless somebody says why it must be so.
 */
export const openReading: Action<Ready, z.output<typeof forms.opening>, Opening, OpenRefusal> = {
  name: 'judging.reading-opened',
  find: async (tx, actor, id) => {
    const held = await store.holdReading(tx, actor, id)
    if (!held) return undefined
    const entries = await listPassed(tx, id)
    const readings = await listAssignments(tx, id)
    const read = new Set(readings.filter((a) => a.ended === null).map((a) => a.proposal))
    const team = await listEvaluators(tx, id)
    const graph = await graphOf(tx, id, { entries, readings, team })
    return {
      ...held,
      parts: graph.components.length,
      bySector: team.some((evaluator) => evaluator.sector !== null),
      unread: entries.filter((entry) => !read.has(entry.id)).length,
      groups: held.round.rules.groups.map((group) => group.key),
    }
  },
  may: may.openReading,
  input: forms.opening,
  decide: ({ round, reading, bySector, unread, groups, parts }, { until, apart }, { now }) => {
    if (reading.opened) return refuse('opened-already')
    if (unread > 0) return refuse('nothing-assigned')
    const end = endOfDay(until)
    if (end <= now) return refuse('until-past')
    if (parts > 1 && apart.length < 5) return refuse('readings-apart')
    const criteria = Object.fromEntries(groups.map((group) => [group, store.criteriaOf(round, group)]))
    const fixed = fixRule(round.rules, reading.settings, criteria, { bySector })
    return fixed.ok
      ? decide({ rule: fixed.change, until: end, apart: parts > 1 ? apart : null })
      : refuse(fixed.refusal)
  },
  save: async (tx, { round }, { rule, until, apart }, { now, actor }) => {
    await recheckConflicts(tx, round.id, undefined, now)
    await store.openReading(tx, round.id, { rule, hash: hashOf(rule), until, apart, at: now, by: actor.id! })
    const counts = new Map([...(await progressOf(tx, round.id))].map(([person, own]) => [person, own.assigned]))
    await tellReaders(tx, round, counts, until, 'opened')
  },
  tell: ({ rule, until, apart }, { parts }) => ({
    until: until.toISOString(),
    ruleHash: hashOf(rule).toString('hex'),
    ...(apart !== null && { parts, apart }),
  }),
  scope: () => null,
}

/** End the reading: sheets are read-only from now on. */
export const closeReading: Action<Held, object, object, 'reading-not-open'> = {
  name: 'judging.reading-closed',
  find: store.holdReading,
  may: may.openReading,
  input: z.object({}),
  decide: ({ reading }) => (stateOf(reading) === 'open' ? decide({}) : refuse('reading-not-open')),
  save: (tx, { round }, _, { now, actor }) => store.closeReading(tx, round.id, now, actor.id!),
  tell: () => ({}),
  scope: () => null,
}

/** Open it once more, with a reason, as long as nothing is released. */
export const reopenReading: Action<Held, { reason: string }, { reason: string }, 'not-closed' | 'released-already'> = {
  name: 'judging.reading-reopened',
  find: store.holdReading,
  may: may.openReading,
  input: z.object({ reason: forms.reason }),
  decide: ({ reading }, input) => {
    if (reading.released) return refuse('released-already')
    return reading.closed ? decide(input) : refuse('not-closed')
  },
  save: (tx, { round }) => store.reopenReading(tx, round.id),
  tell: ({ reason }) => ({ reason }),
  scope: () => null,
}

export type Sealed = Held & { standing: Standing | null }

/** The entries of a round as the ranking sees them. */
export async function standingEntries(
  tx: Parameters<typeof listPassed>[0],
  round: Held['round'],
): Promise<StandingEntry[]> {
  const entries = await listPassed(tx, round.id)
  return entries.map(({ id, agency, agencyKind, group, category }) => ({
    id,
    agency,
    group,
    category,
    cluster: clusterOf(round.rules, agencyKind).key,
  }))
}

/** Break the seal: compute the ranking, keep it, and show the scores to those who may see them. */
export const releaseScores: Action<
  Sealed,
  object,
  { hash: string; readings: number },
  'not-closed' | 'released-already'
> = {
  name: 'judging.scores-released',
  find: async (tx, actor, id) => {
    const held = await store.holdReading(tx, actor, id)
    if (!held) return undefined
    const { rule, closed, released } = held.reading
    if (!rule || !closed || released) return { ...held, standing: null }
    return { ...held, standing: standingOf(rule, await standingEntries(tx, held.round), await sealedSheets(tx, id)) }
  },
  may: may.release,
  input: z.object({}),
  decide: ({ reading, standing }) => {
    if (reading.released) return refuse('released-already')
    if (!standing) return refuse('not-closed')
    const readings = standing.result.ranked.reduce((sum, each) => sum + each.n, 0)
    return decide({ hash: hashOf(standing.result).toString('hex'), readings })
  },
  save: async (tx, { round, reading, standing }, { hash }, { now, actor }) => {
    await store.releaseReading(tx, round.id, now, actor.id!)
    await keepRanking(tx, {
      round: round.id,
      at: now,
      by: actor.id,
      method: standing!.method,
      rule: reading.rule!,
      result: standing!.result,
      hash: Buffer.from(hash, 'hex'),
    })
  },
  tell: (change) => change,
  scope: () => null,
}
