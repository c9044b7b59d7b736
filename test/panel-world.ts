import { createHash } from 'node:crypto'
import type { Rules, StageKind } from '#competition'
import { newId } from '#platform/ids.ts'
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

  return { ...world, announced, round, rules, secretary, secretaryId, panelists, moveTo, entries, onlyPlaces }
}

export type PanelWorld = Awaited<ReturnType<typeof aPanelWorld>>
