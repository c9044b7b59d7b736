import { createHash } from 'node:crypto'
import { questionsFor, type Rules, type StageKind } from '#competition'
import { newId } from '#platform/ids.ts'
import { hashOf } from '../src/rooms/judging/actions/reading.ts'
import { defaultSettings, fixRule } from '../src/rooms/judging/domain/reading.ts'
import type { Sheet } from '../src/rooms/judging/domain/score.ts'
import { standingOf } from '../src/rooms/judging/domain/standing.ts'
import { aWorld } from './world.ts'

/** A world at the end of scoring: a published round with these rules and a released ranking, and its people. */
export async function aPanelWorld(rules: Rules, start = new Date('2017-04-01T02:00:00Z')) {
  const world = await aWorld(start)
  const { db } = world
  const round = await world.aRound(rules)
  const secretaryId = await world.aPerson('national-admin')
  const secretary = await world.as(secretaryId)
  const panelists = [await world.aPerson('panel'), await world.aPerson('panel')]
  const lines: { proposal: string; agency: string; cluster: string; group: string; raw: number }[] = []

  for (const [seq, stage] of rules.stages.entries())
    await db.insertInto('competition.stage').values({ round, seq, kind: stage.kind }).execute()
  await db
    .insertInto('judging.reading')
    .values({
      round,
      settings: '{}',
      rule: '{}',
      rule_hash: Buffer.alloc(32),
      opened: start,
      closed: start,
      released: start,
    })
    .execute()

  /** Open this stage and close those before it. */
  async function moveTo(kind: StageKind) {
    const seq = rules.stages.findIndex((stage) => stage.kind === kind)
    const now = world.clock.now()
    await db
      .updateTable('competition.stage')
      .set({ closed: now })
      .where('round', '=', round)
      .where('seq', '<', seq)
      .execute()
    await db
      .updateTable('competition.stage')
      .set({ opened: now })
      .where('round', '=', round)
      .where('seq', '=', seq)
      .execute()
  }

  /** Passed entries with these scores in the ranking, each of an agency of its own. */
  async function entries(
    kind: 'ministry' | 'province' | 'regency' | 'city',
    scores: readonly number[],
    options: { group?: string } = {},
  ) {
    const ids: string[] = []
    const cluster = rules.clusters.find((each) => each.agencyKinds.includes(kind))!.key
    for (const raw of scores) {
      const agency = await world.anAgency({ kind, region: kind === 'ministry' ? null : '35.10' })
      const unit = await world.aUnit(agency)
      const proposal = await world.aProposal({ agency, unit, round }, { state: 'passed', ...options })
      ids.push(proposal)
      lines.push({ proposal, agency, cluster, group: options.group ?? 'umum', raw })
    }
    await db.deleteFrom('judging.ranking').where('round', '=', round).execute()
    const sorted = [...lines].sort((a, b) => b.raw - a.raw)
    const ranked = sorted.map((line) => {
      const rank = 1 + sorted.filter((other) => other.raw > line.raw).length
      const { raw } = line
      return {
        ...line,
        n: 2,
        corrected: raw,
        low: raw - 3,
        high: raw + 3,
        rank,
        rankLow: rank,
        rankHigh: rank + 1,
        spread: 1,
        gap: 2,
      }
    })
    const result = JSON.stringify({ ranked, selectBy: 'raw', refusal: null, leftOut: 0 })
    const hash = createHash('sha256').update(result).digest()
    await db
      .insertInto('judging.ranking')
      .values({ round, id: newId(), at: world.clock.now(), method: 'uji', rule: '{}', result, hash })
      .execute()
    return ids
  }

  /** A recorded decision that leaves places in these clusters only. */
  async function onlyPlaces(places: Record<string, number>) {
    const changes = rules.clusters.flatMap((cluster) =>
      rules.groups.map((group) => ({ cluster: cluster.key, group: group.key, places: places[cluster.key] ?? 0 })),
    )
    await db
      .insertInto('judging.places')
      .values({
        round,
        id: newId(),
        kind: 'move',
        changes: JSON.stringify(changes),
        reason: 'uji',
        by: secretaryId,
        at: world.clock.now(),
      })
      .execute()
  }

  /** Finished sheets of these entries by three evaluators, two each, and the ranking that follows from them. */
  async function scored(proposals: readonly string[], comment = '') {
    const [by, at] = [secretaryId, world.clock.now()]
    const group = rules.groups[0]!.key
    const criteria = questionsFor(rules, group).flatMap(({ key, weight, scored }) =>
      scored ? [{ id: key, weight }] : [],
    )
    const fixed = fixRule(rules, defaultSettings(rules), { [group]: criteria }, { bySector: false })
    if (!fixed.ok) throw new Error(fixed.refusal)
    const rule = fixed.change
    const evaluators: string[] = []
    for (let i = 0; i < 3; i++) evaluators.push(await world.aPerson('evaluator'))
    for (const person of evaluators)
      await db
        .insertInto('judging.evaluator')
        .values({ round, person, max_load: 70, confirmed: at, added: at, added_by: by })
        .execute()
    const sheets: Sheet[] = []
    for (const [i, proposal] of proposals.entries()) {
      const { agency } = lines.find((line) => line.proposal === proposal)!
      for (const k of [0, 1]) {
        const evaluator = evaluators[(i + k) % 3]!
        const pair = { agency, proposal, evaluator }
        await db
          .insertInto('judging.assignment')
          .values({ ...pair, round, purpose: 'first', by, at })
          .execute()
        const points = Object.fromEntries(criteria.map(({ id }, c) => [id, 60 + ((i * 7 + k * 3 + c * 5) % 35) + 0.25]))
        const open = k === 0
        await db
          .insertInto('judging.sheet')
          .values({ ...pair, round, begun: at, finished: at, note: 'Catatan rahasia', comments_for_entrant: open })
          .execute()
        for (const [criterion, value] of Object.entries(points))
          await db
            .insertInto('judging.score')
            .values({
              ...pair,
              criterion,
              points: value,
              comment: `${comment} ${open ? 'terbuka' : 'tertutup'}`,
              revision: 1,
              at,
            })
            .execute()
        sheets.push({ proposal, evaluator, points })
      }
    }
    const entries = lines.map(({ proposal, ...line }) => ({ id: proposal, ...line, category: 'kesehatan' }))
    const { method, result } = standingOf(rule, entries, sheets)
    const stored = JSON.stringify(result)
    await db
      .updateTable('judging.reading')
      .set({ rule: JSON.stringify(rule), rule_hash: hashOf(rule) })
      .execute()
    await db.deleteFrom('judging.ranking').where('round', '=', round).execute()
    await db
      .insertInto('judging.ranking')
      .values({ round, id: newId(), at, method, rule: JSON.stringify(rule), result: stored, hash: hashOf(result) })
      .execute()
  }

  /** Nominees and a closed, announced plenary with these decisions, and the stage after the announcement open. */
  async function announced(outcomes: Record<string, 'finalist' | 'not'>) {
    const at = world.clock.now()
    const by = secretaryId
    const sitting = { round, kind: 'finalists' as const, opened: at, opened_by: by, closed: at, closed_by: by }
    await db
      .insertInto('judging.plenary')
      .values({ ...sitting, announced: at, announced_by: by })
      .execute()
    for (const [proposal, outcome] of Object.entries(outcomes)) {
      const line = lines.find((each) => each.proposal === proposal)!
      const { agency, cluster, group } = line
      const standing = JSON.stringify({ ...line, figure: line.raw, rank: null })
      const entry = { agency, proposal, round, by, at }
      await db
        .insertInto('judging.nominee')
        .values({ ...entry, cluster, group_key: group, via: 'ranking', standing })
        .execute()
      await db
        .insertInto('judging.decision')
        .values({ ...entry, id: newId(), kind: 'finalists', outcome, reason: 'uji' })
        .execute()
    }
    const stages = rules.stages.map((stage) => stage.kind)
    await moveTo(stages[stages.indexOf('announcement') + 1] ?? 'announcement')
  }

  /** A final plenary with these levels, closed, and the decree. */
  async function finished(levels: Record<string, string>) {
    const [at, by] = [world.clock.now(), secretaryId]
    const sitting = { round, kind: 'levels' as const, opened: at, opened_by: by, closed: at, closed_by: by }
    await db
      .insertInto('judging.plenary')
      .values({ ...sitting, announced: at, announced_by: by })
      .execute()
    for (const [proposal, outcome] of Object.entries(levels)) {
      const { agency } = lines.find((each) => each.proposal === proposal)!
      const decision = { agency, id: newId(), proposal, round, kind: 'levels', outcome, reason: 'uji', by, at }
      await db.insertInto('judging.decision').values(decision).execute()
    }
    const decree = { number: '18 Tahun 2017', dated: '2017-06-01', about: '' }
    await db
      .insertInto('judging.decree')
      .values({ round, ...decree, by, at })
      .execute()
  }

  return {
    ...world,
    announced,
    finished,
    scored,
    round,
    rules,
    secretary,
    secretaryId,
    panelists,
    moveTo,
    entries,
    onlyPlaces,
  }
}

export type PanelWorld = Awaited<ReturnType<typeof aPanelWorld>>
