import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { hashOf, type Signed, type TpsResult } from '@melayani/polling/format'
import fc from 'fast-check'
import { bring } from '../../../test/running-voting-results.ts'
import { aSealedElection, type Place } from '../../../test/voting-results.ts'
import { aWorld, type World } from '../../../test/world.ts'
import { openCounting } from './store/counting.ts'
import { nodeOf, nodesBelow } from './store/node.ts'

/** What was reported of elections by hand, replayed: results that differ from copy to copy, votes that were added up wrong. */
describe('voting: the faults of elections by hand', () => {
  let world: World
  let agency: string
  let admin: string
  let client: Awaited<ReturnType<World['as']>>
  before(async () => {
    world = await aWorld(new Date('2026-11-22T08:00:00Z'))
    agency = await world.anAgency()
    admin = await world.aPerson('local-admin', { agency })
    client = await world.as()
  })
  after(() => world.drop())

  const sealed = async (village: string, voters: readonly number[]): Promise<Place[]> => {
    const places = voters.map((each) => ({ voters: each }))
    const election = await aSealedElection(world.db, admin, { agency, village, places })
    await world.db.transaction().execute((tx) => openCounting(tx, world.clock.now()))
    return election.places
  }
  const send = async (result: Signed) => {
    const answer = await client.json('POST', '/voting/intake/results', result)
    return (await answer.json()) as { taken: boolean; refused?: string }
  }
  const check = async (text: string) => {
    const page = await (await client.get(`/voting/check?hash=${hashOf(text).slice(0, 20)}`)).text()
    return /Tidak dikenal/.test(page) ? 'not known' : /yang berlaku\)/.test(page) ? 'the same' : 'older'
  }

  it('differing results: whatever number is changed on the way, it is refused, and the hash on the altered copy is not known', async () => {
    const [place] = await sealed('35.10.20.2001', [500])
    const result = place!.result([210, 190], { blank: 4 })
    const original = JSON.parse(result.text) as TpsResult
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('votes', 'blank', 'present', 'roll', 'version', 'archive', 'differences'),
        fc.integer({ min: 1, max: 9 }),
        async (field, by) => {
          const changed: Record<string, unknown> = { ...original }
          if (field === 'votes') changed.votes = [original.votes[0]! + by, original.votes[1]! - by]
          else if (field === 'archive') changed.archive = String(by).repeat(64)
          else if (field === 'differences') changed.differences = [`Selisih ${by}.`]
          else changed[field] = (original[field as 'blank'] as number) + by
          const text = JSON.stringify(changed)
          assert.deepEqual((await send({ ...result, text })).refused, 'signature-wrong')
          assert.equal(await check(text), 'not known')
        },
      ),
      { numRuns: 25 },
    )
    assert.equal((await send(result)).taken, true)
    assert.equal(await check(result.text), 'the same')
    assert.equal((await nodeOf(world.db, 2026, '35.10.20.2001')).valid, 400)
  })

  it('differing results: two sheets that both bear good signatures are both shown, and neither is summed', async () => {
    const [place] = await sealed('35.10.20.2002', [500])
    const [one, other] = [place!.result([210, 190]), place!.result([190, 210])]
    await bring(world, one)
    await bring(world, other)
    const { valid, contradicting } = await nodeOf(world.db, 2026, '35.10.20.2002')
    assert.deepEqual([valid, contradicting], [0, 1])
    const page = await (await client.get(`/voting/tps/${place!.id}/result`)).text()
    assert.match(page, /1: 210 · 2: 190/)
    assert.match(page, /1: 190 · 2: 210/)
  })

  it('miscounts: numbers that do not add up at a polling place are refused, and above it nobody adds by hand', async () => {
    const places = await sealed('35.10.20.2003', [500, 400, 300])
    const short = places[0]!.result([200, 100])
    const said = JSON.parse(short.text) as TpsResult
    const wrong = places[0]!.result([200, 100], { counts: { ...said.counts, cast: 310, slips: 310 }, present: 310 })
    assert.equal((await send(wrong)).refused, 'sum-not-ballots')
    assert.equal((await send(places[0]!.result([617, 0], { present: 500 }))).refused, 'votes-above-roll')
    const numbers = [
      [200, 100],
      [150, 170],
      [90, 95],
    ] as const
    for (const [i, votes] of numbers.entries()) await bring(world, places[i]!.result(votes))
    const all = numbers.flat().reduce((sum, n) => sum + n, 0)
    assert.equal((await nodeOf(world.db, 2026, '35.10.20.2003')).valid, all)
    // Every level is the sum of those below it, whatever was brought before.
    for (const region of ['', '35', '35.10', '35.10.20']) {
      const below = await nodesBelow(world.db, 2026, region)
      const own = await nodeOf(world.db, 2026, region)
      for (const name of ['tps', 'counted', 'present', 'valid', 'blank', 'contradicting'] as const)
        assert.equal(
          own[name],
          below.reduce((sum, node) => sum + node[name], 0),
          `${region} ${name}`,
        )
    }
  })

  it('a sheet that is made up stays unknown, whatever result it claims', async () => {
    const [place] = await sealed('35.10.20.2004', [500])
    const made = place!.result([499, 1], { signers: { roles: [] } })
    assert.equal((await send(made)).refused, 'chair-missing')
    assert.equal(await check(made.text), 'not known')
  })
})
