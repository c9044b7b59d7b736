import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { newId } from '#platform/ids.ts'
import { aWorld, type World } from '../../../test/world.ts'
import { remindOfDeadlines } from './actions/reminder.ts'
import { shippedRounds } from './domain/shipped-rounds.ts'

const rules = shippedRounds().find((round) => round.key === '2017')!

describe('competition: reminders before the closing', () => {
  let world: World
  let round: string
  let agency: string
  before(async () => {
    world = await aWorld()
    agency = await world.anAgency()
    const unit = await world.aUnit(agency, 'Dinas Kesehatan')
    const other = await world.aUnit(agency, 'Dinas Sosial')
    await world.aPerson('unit', { agency, unit }, 'Sari')
    await world.aPerson('unit', { agency, unit: other }, 'Budi')
    await world.aPerson('local-admin', { agency }, 'Admin Lokal')
    await world.aPerson('local-admin', { agency: await world.anAgency() }, 'Admin Lain')
    round = await world.aRound(rules, { key: '2017' })
    const at = new Date('2017-02-01T03:00:00Z')
    await world.aProposal({ agency, unit, round }, { title: 'Masih draf', at })
    await world.aProposal({ agency, unit, round }, { title: 'Menunggu admin', state: 'with-local-admin', at })
    await world.aProposal({ agency, unit: other, round }, { title: 'Sudah diajukan', state: 'submitted', at })
    await world.aProposal({ agency, unit: other, round }, { title: 'Sudah ditarik', state: 'withdrawn', at })
  })
  after(() => world.drop())

  const letters = async () =>
    (await world.db.selectFrom('log.mail').select(['to_name', 'subject', 'body']).orderBy('at').execute()).map(
      ({ to_name, subject, body }) => ({ to: to_name, subject, list: body.match(/^- .*$/gm) }),
    )
  const list = [
    '- "Masih draf" (Dinas Kesehatan): Draf sejak 1 Februari 2017',
    '- "Menunggu admin" (Dinas Kesehatan): Pada admin lokal sejak 1 Februari 2017',
  ]

  it('tells those who can still act, once each, with whom every proposal lies', async () => {
    const now = new Date('2017-03-07T01:00:00Z')
    assert.equal(await remindOfDeadlines(world.db, new Date('2017-03-03T01:00:00Z')), 0)
    const ran = await Promise.all([remindOfDeadlines(world.db, now), remindOfDeadlines(world.db, now)])
    assert.equal(ran[0] + ran[1], 2)
    assert.equal(await remindOfDeadlines(world.db, new Date('2017-03-07T02:00:00Z')), 0)
    const subject = 'Pengajuan ditutup dalam 7 hari: Kompetisi Inovasi Pelayanan Publik 2017'
    assert.deepEqual(
      (await letters()).sort((a, b) => (a.to < b.to ? -1 : 1)),
      [
        { to: 'Admin Lokal', subject, list: [...list].sort() },
        { to: 'Sari', subject, list: [...list].sort() },
      ].map((letter) => ({ ...letter, list })),
    )
  })

  it('tells of an extended deadline anew, and nothing after the closing', async () => {
    assert.equal(await remindOfDeadlines(world.db, new Date('2017-03-11T01:00:00Z')), 0)
    const by = await world.aPerson('national-admin')
    const until = new Date('2017-03-17T17:00:00Z')
    await world.db
      .insertInto('competition.extension')
      .values({ id: newId(), round, until, reason: 'gangguan', by, at: until })
      .execute()
    assert.equal(await remindOfDeadlines(world.db, new Date('2017-03-11T01:00:00Z')), 2)
  })
})
