import assert from 'node:assert/strict'
import { shippedRounds } from '#competition'
import { computed } from '../src/rooms/judging/running.ts'
import { aWorld } from './world.ts'

/** A round with `entries` passed proposals and `people` evaluators in the role, not yet in the team. */
export async function aJudgedRound(options: { entries?: number; people?: number; regencies?: number } = {}) {
  const world = await aWorld(new Date('2017-03-20T02:00:00Z'))
  const rules = shippedRounds().find((each) => each.key === '2017')!
  // The places of the regencies, when a test needs a line among few entries: the rest goes to the ministries.
  const { regencies } = options
  if (regencies !== undefined)
    for (const cluster of rules.clusters) {
      if (cluster.key === 'kementerian') cluster.quota = { umum: cluster.quota!.umum! + 34 - regencies }
      if (cluster.key === 'kabupaten') Object.assign(cluster, { quota: { umum: regencies }, nomineeFactor: 1 })
    }
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

  /** Put them in the team (all, unless told), each of a university of their own, and confirm who they are. */
  async function team(facts: Record<string, string> = {}, who = people) {
    for (const person of who) {
      const i = people.indexOf(person)
      const form = { person, university: `Universitas ${i + 1}`, minLoad: '0', maxLoad: '60', ...facts }
      assert.equal((await national.post(`${base}/evaluators`, form)).status, 303)
      assert.equal((await national.post(`${base}/evaluators/${person}/confirm`)).status, 303)
    }
  }

  /** Compute an assignment and accept it. */
  async function assign(by = national) {
    const begun = await by.post(`${base}/assignment/runs`)
    assert.equal(begun.status, 303)
    const run = begun.headers.get('location')!.split('/').at(-1)!
    await computed(run)
    const accepted = await by.post(`${base}/assignment/runs/${run}/accept`)
    assert.equal(accepted.status, 303)
    return run
  }

  /** Open the reading. Few readers of few entries seldom meet, so a reason may be given for parts that do not. */
  const open = async (apart = '') =>
    assert.equal((await national.post(`${base}/open`, { until: '2017-04-30', apart })).status, 303)

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
