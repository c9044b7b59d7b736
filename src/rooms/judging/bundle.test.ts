import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { shippedRounds } from '#competition'
import { aPanelWorld, type PanelWorld } from '../../../test/panel-world.ts'
import type { PublishedBundle } from './domain/bundle.ts'
import { latestRanking } from './store/ranking.ts'

const rules = shippedRounds().find((round) => round.key === '2017')!
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const root = path.join(import.meta.dirname, '../../..')

describe('judging: recomputing', () => {
  let world: PanelWorld
  let ids: string[]
  let text: string
  before(async () => {
    world = await aPanelWorld(rules)
    ids = await world.entries(
      'city',
      Array.from({ length: 12 }, () => 80),
    )
    await world.scored(ids)
  })
  after(() => world.drop())

  /** Run the command as a stranger would. */
  function recompute(content: string) {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'melayani-bundle-')), 'bundle.json')
    writeFileSync(file, content)
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'tools/recompute.ts', file], {
      cwd: root,
      encoding: 'utf8',
    })
    return { status, stdout, stderr }
  }

  it('is published once, by the secretariat, when the finalists are public', async () => {
    const at = `/judging/rounds/${world.round}`
    const visitor = await world.as()
    assert.equal((await visitor.get(`${at}/bundle.json`)).status, 404)
    assert.equal((await world.secretary.post(`${at}/recompute`)).status, 409)
    await world.announced({ [ids[0]!]: 'finalist' })
    assert.equal((await (await world.as(world.panelists[0])).post(`${at}/recompute`)).status, 403)
    const both = await Promise.all([1, 2].map(() => world.secretary.post(`${at}/recompute`)))
    assert.deepEqual(both.map((r) => r.status).sort(), [303, 409])
    text = await (await visitor.get(`${at}/bundle.json`)).text()
    assert.ok((await (await visitor.get(`${at}/recompute`)).text()).includes(sha256(text)))
  })

  it('names nobody', async () => {
    const { db } = world
    const people = (await db.selectFrom('people.person').select(['id', 'name', 'email']).execute()).flatMap(
      Object.values,
    )
    const entries = (await db.selectFrom('competition.proposal').select(['id', 'agency', 'title']).execute()).flatMap(
      Object.values,
    )
    for (const word of [...people, ...entries]) assert.ok(!text.includes(String(word)), String(word))
    assert.ok(!text.includes('Catatan rahasia'))
  })

  it('the command prints the ranking that was kept, byte for byte, and says so', async () => {
    const { status, stdout, stderr } = recompute(text)
    assert.equal(status, 0, stderr)
    const bundle = JSON.parse(text) as PublishedBundle
    assert.equal(sha256(stdout.trimEnd()), bundle.resultHash)
    assert.match(stderr, /The same ranking, byte for byte/)
    const kept = (await latestRanking(world.db, world.round))!.result
    const coded = JSON.parse(stdout) as { ranked: { code: string; raw: number; rank: number; corrected: number }[] }
    const figures = (line: { raw: number | null; rank: number | null; corrected: number | null }) =>
      JSON.stringify([line.raw, line.rank, line.corrected])
    assert.deepEqual(coded.ranked.map(figures).sort(), kept.ranked.map(figures).sort())
    assert.ok(kept.ranked.some((line) => line.corrected !== null))
    assert.equal(recompute(text).stdout, stdout)
  })

  it('one changed point, a changed rule and no bundle at all are told apart', () => {
    const bundle = JSON.parse(text) as PublishedBundle
    const sheet = bundle.sheets[0]!
    const criterion = bundle.rule.criteria.umum!.find((each) => each.weight > 0)!.id
    const points = { ...sheet.points, [criterion]: (sheet.points[criterion] ?? 0) + 1 }
    const changed = recompute(JSON.stringify({ ...bundle, sheets: [{ ...sheet, points }, ...bundle.sheets.slice(1)] }))
    assert.equal(changed.status, 1)
    assert.match(changed.stderr, /NOT the published ranking/)
    const otherRule = recompute(JSON.stringify({ ...bundle, rule: { ...bundle.rule, selectBy: 'corrected' } }))
    assert.deepEqual([otherRule.status, otherRule.stdout], [1, ''])
    assert.equal(recompute('{}').status, 2)
    assert.equal(recompute('bukan').status, 2)
  })
})
