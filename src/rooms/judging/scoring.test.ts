import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shippedRounds } from '#competition'
import { aWorld } from '../../../test/world.ts'
import { computed } from './running.ts'

/** A round with `entries` passed proposals and `people` evaluators in the role, not yet in the team. */
export async function aJudgedRound(options: { entries?: number; people?: number } = {}) {
  const world = await aWorld(new Date('2017-03-20T02:00:00Z'))
  const rules = shippedRounds().find((each) => each.key === '2017')!
  const round = await world.aRound(rules)
  const admin = await world.aPerson('national-admin')
  const proposals: string[] = []
  for (let i = 0; i < (options.entries ?? 3); i++) {
    const agency = await world.anAgency({ region: ['35.10', '35.07', '33.01', '73.71'][i % 4]! })
    const unit = await world.aUnit(agency)
    proposals.push(
      await world.aProposal({ agency, unit, round }, { state: 'passed', title: `Layanan Jemput Bola ${i + 1}` }),
    )
  }
  const people: string[] = []
  for (let i = 0; i < (options.people ?? 3); i++) people.push(await world.aPerson('evaluator', {}, `Penilai ${i + 1}`))
  const national = await world.as(admin)
  const base = `/judging/rounds/${round}`
  const criteria = rules.groups[0]!.questions.filter((question) => question.scored).map((question) => question.key)

  /** Put them all in the team, each of a university of their own, and confirm who they are. */
  async function team(facts: Record<string, string> = {}) {
    for (const [i, person] of people.entries()) {
      const form = { person, university: `Universitas ${i + 1}`, minLoad: '0', maxLoad: '60', ...facts }
      assert.equal((await national.post(`${base}/evaluators`, form)).status, 303)
      assert.equal((await national.post(`${base}/evaluators/${person}/confirm`)).status, 303)
    }
  }

  /** Compute an assignment and accept it. */
  async function assign() {
    const begun = await national.post(`${base}/assignment/runs`)
    assert.equal(begun.status, 303)
    const run = begun.headers.get('location')!.split('/').at(-1)!
    await computed(run)
    const accepted = await national.post(`${base}/assignment/runs/${run}/accept`)
    assert.equal(accepted.status, 303)
    return run
  }

  const open = async () => assert.equal((await national.post(`${base}/open`, { until: '2017-04-30' })).status, 303)

  /** Fill and finish a sheet with these points for every criterion. */
  async function score(person: string, proposal: string, points: number | string) {
    const evaluator = await world.as(person)
    const form = Object.fromEntries([
      ...criteria.flatMap((key) => [
        [`points-${key}`, String(points)],
        [`comment-${key}`, ''],
        [`base-${key}`, '0'],
      ]),
      ['note', ''],
      ['base-note', '0'],
      ['act', 'finish'],
    ]) as Record<string, string>
    return evaluator.post(`/judging/sheets/${proposal}`, form)
  }

  const readings = () =>
    world.db
      .selectFrom('judging.assignment')
      .select(['proposal', 'evaluator', 'purpose', 'ended_as'])
      .where('round', '=', round)
      .orderBy('proposal')
      .orderBy('evaluator')
      .execute()

  return {
    ...world,
    rules,
    round,
    admin,
    proposals,
    people,
    national,
    base,
    criteria,
    team,
    assign,
    open,
    score,
    readings,
  }
}

test('judging: evaluators are added, entries assigned, sheets filled, and the ranking shown after release', async () => {
  const w = await aJudgedRound({ entries: 3, people: 3 })
  await w.team()
  await w.assign()
  const pairs = await w.readings()
  assert.equal(pairs.length, 6)
  await w.open()
  for (const { proposal, evaluator } of pairs) {
    const points = 60 + 10 * w.proposals.indexOf(proposal) + w.people.indexOf(evaluator)
    assert.equal((await w.score(evaluator, proposal, points)).status, 303)
  }
  assert.equal((await w.national.get(`${w.base}/ranking`)).status, 404)
  assert.equal((await w.national.post(`${w.base}/close`)).status, 303)
  assert.equal((await w.national.post(`${w.base}/release`)).status, 303)
  const page = await (await w.national.get(`${w.base}/ranking`)).text()
  const places = ['Layanan Jemput Bola 3', 'Layanan Jemput Bola 2', 'Layanan Jemput Bola 1'].map((title) =>
    page.indexOf(`<th scope="row">${title}</th>`, page.indexOf('Urutan')),
  )
  assert.deepEqual(
    places,
    [...places].sort((a, b) => a - b),
  )
  assert.ok(places.every((place) => place > 0))
})
