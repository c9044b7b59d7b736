import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Rules, shippedRounds } from '#competition'
import { newId } from '#platform/ids.ts'
import { checkProposal } from '../src/rooms/competition/actions/check.ts'
import { listOwn } from '../src/rooms/competition/store/proposal.ts'
import { findRound } from '../src/rooms/competition/store/round.ts'
import { fillGallery } from './running-replication.ts'
import { aWorld, type World } from './world.ts'

/** The round of 2021 as if it were held in 2026. */
const rules = JSON.parse(
  JSON.stringify(shippedRounds().find((round) => round.key === '2021')).replaceAll('2021-', '2026-'),
) as Rules

describe('the house: a replication that runs is entered with one click', () => {
  let world: World
  let code: string
  let proposal: string
  let elsewhere: string
  const people = {} as Record<'owner' | 'admin' | 'writer' | 'other', string>

  before(async () => {
    world = await aWorld(new Date('2026-04-02T05:30:00+07:00'))
    const round = await world.aRound(rules, { key: '2026' })
    const codeOf = await fillGallery(world)
    code = await codeOf('Laskar Penjaja Sayur')
    const owner = await world.anAgency({ name: 'Pemerintah Kabupaten Banyuwangi', region: '35.10' })
    const agency = await world.anAgency({ name: 'Pemerintah Kabupaten Jember', region: '35.09' })
    const other = await world.anAgency()
    people.owner = await world.aPerson('local-admin', { agency: owner })
    people.admin = await world.aPerson('local-admin', { agency })
    const [unit, otherUnit] = [await world.aUnit(agency), await world.aUnit(other)]
    people.writer = await world.aPerson('unit', { agency, unit })
    people.other = await world.aPerson('unit', { agency: other, unit: otherUnit })
    for (const [person, at] of [
      [people.owner, owner],
      [people.admin, agency],
    ] as const) {
      const installed = await (await world.as(person)).post(`/services/agencies/${at}/install/laskar-penjaja-sayur`)
      assert.equal(installed.status, 303)
    }
    const { release } = await world.db.selectFrom('services.service').select('release').executeTakeFirstOrThrow()
    const now = world.clock.now()
    const row = { agency: owner, id: newId(), innovation: code, package: 'id.banyuwangi.laskar-penjaja-sayur', release }
    await world.db
      .insertInto('replication.publication')
      .values({ ...row, since: now, changed: now })
      .execute()
    proposal = await world.aProposal({ agency, unit, round }, { title: 'Warung Peduli Ibu', at: now })
    elsewhere = await world.aProposal({ agency: other, unit: otherUnit, round }, { title: 'Lain sekali', at: now })
  })
  after(() => world.drop())

  const path = (id = proposal) => `/competition/proposals/${id}`
  const text = async (address: string, person: string, lang: 'id' | 'en' = 'id') => {
    const answer = await (await world.as(person, { lang })).get(address)
    assert.equal(answer.status, 200, address)
    return answer.text()
  }

  it('is proposed from what the agency runs, to that agency alone', async () => {
    const page = await text(`${path()}/origin`, people.writer)
    assert.ok(page.includes('Yang dijalankan instansi Anda dari inovasi lain'))
    for (const word of ['Laskar Penjaja Sayur', 'Pemerintah Kabupaten Banyuwangi', '2 April 2026', 'Terpasang'])
      assert.ok(page.includes(word), word)
    assert.match(await text(`${path()}/origin`, people.writer, 'en'), /Enter it as its replication/)
    assert.doesNotMatch(await text(`${path(elsewhere)}/origin`, people.other), /dari inovasi lain/)
  })

  it('names its original, moves to the group for replications, and says so to its readers; one of three clicks counts', async () => {
    const page = await text(`${path()}/origin`, people.writer)
    const form = page.slice(page.indexOf('Yang dijalankan')).split('<form')[1]!
    const fields = Object.fromEntries(
      [...form.matchAll(/name="(kind|winner|revision)" value="([^"]*)"/g)].map(([, name, value]) => [name!, value!]),
    )
    assert.equal((await (await world.as(people.admin)).post(`${path()}/origin`, fields)).status, 403)
    const writer = await world.as(people.writer)
    const statuses = (await Promise.all([1, 2, 3].map(() => writer.post(`${path()}/origin`, fields)))).map(
      (a) => a.status,
    )
    assert.deepEqual(statuses.sort(), [303, 409, 409])
    const row = await world.db
      .selectFrom('competition.proposal')
      .select(['group_key', 'source'])
      .where('id', '=', proposal)
      .executeTakeFirstOrThrow()
    assert.deepEqual(row, { group_key: 'replikasi', source: fields.winner })
    const copy = await text(`${path()}/preview`, people.writer)
    for (const word of ['Asal inovasi menurut data', code, 'Pemerintah Kabupaten Banyuwangi', '1.1.0'])
      assert.ok(copy.includes(word), word)
    assert.match(await text(`${path()}/preview`, people.writer, 'en'), /Where the innovation comes from, by the data/)
  })

  it('is then known as a declared replication, and no longer as one that names no original', async () => {
    const rulesBroken = async (source: string | null) => {
      const [it] = await listOwn(world.db, await asActor(people.writer))
      const round = (await findRound(world.db, it!.round))!
      const at = { now: world.clock.now(), likeness: true }
      const { findings } = await checkProposal(world.db, { ...it!, source }, round, at)
      // Whether the original's award is among those that the round counts is a matter of the register.
      const about = ['source', 'prior-award', 'same-title', 'near-title', 'near-text']
      return findings
        .filter(({ rule, severity }) => about.includes(rule) && severity === 'fail')
        .map(({ rule }) => rule)
    }
    const { source } = await world.db
      .selectFrom('competition.proposal')
      .select('source')
      .where('id', '=', proposal)
      .executeTakeFirstOrThrow()
    assert.deepEqual([await rulesBroken(null), await rulesBroken(source)], [['source'], []])
  })

  async function asActor(person: string) {
    const offices = await world.db
      .selectFrom('people.role')
      .select(['role', 'agency', 'unit'])
      .where('person', '=', person)
      .execute()
    return { id: person, name: '', offices, secondFactor: true }
  }
})
