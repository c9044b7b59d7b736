import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { perform } from '#platform/action.ts'
import { newId } from '#platform/ids.ts'
import { formatDateTime } from '#platform/text.ts'
import { aWorld, type World } from '../../../../test/world.ts'
import { deadline } from '../domain/calendar.ts'
import type { Rules } from '../domain/round.ts'
import { shippedRounds } from '../domain/shipped-rounds.ts'
import { publishRound } from './round.ts'
import { createRound } from './round-edit.ts'

const y2021 = shippedRounds().find(({ key }) => key === '2021') as Rules

describe('competition: the opening of a round', () => {
  let world: World
  let national: string
  before(async () => {
    world = await aWorld()
    national = await world.aPerson('national-admin')
  })
  after(() => world.drop())

  const offices = [{ role: 'national-admin', agency: null, unit: null }]
  const context = () => ({
    db: world.db,
    actor: { id: national, name: '', offices, secondFactor: true },
    clock: world.clock,
  })

  it('is told to every local admin and deputy once, each in the own language, also when published twice at once', async () => {
    const [one, two] = [await world.anAgency(), await world.anAgency()]
    const unit = await world.aUnit(one)
    const admin = await world.aPerson('local-admin', { agency: one })
    const both = await world.aPerson('local-admin', { agency: two })
    await world.db
      .insertInto('people.role')
      .values({ id: newId(), person: both, role: 'deputy', agency: one })
      .execute()
    const gone = await world.aPerson('deputy', { agency: two })
    await world.db
      .updateTable('people.role')
      .set({ ended: new Date(), reason: 'pindah' })
      .where('person', '=', gone)
      .execute()
    await world.aPerson('unit', { agency: one, unit })
    await world.db.updateTable('people.person').set({ lang: 'en' }).where('id', '=', both).execute()

    const form = { from: 'shipped:2021', key: 'dibuka', year: 2021, nameId: 'Putaran Dibuka', nameEn: 'Open Round' }
    const made = await perform(createRound, context(), 'new', form)
    const id = made.kind === 'done' ? made.change.id : ''
    const tried = await Promise.all([1, 2, 3].map(() => perform(publishRound, context(), id, {})))
    assert.deepEqual(tried.map(({ kind }) => kind).sort(), ['done', 'refused', 'refused'])

    const letters = await world.db
      .selectFrom('log.mail as m')
      .innerJoin('people.person as p', 'p.email', 'm.to_email')
      .select(['p.id', 'm.subject', 'm.body'])
      .where('m.body', 'like', `%/competition/rounds/${id}%`)
      .execute()
    assert.deepEqual(
      letters.map(({ id, subject }) => [id, subject]).sort(),
      [
        [admin, 'Putaran dibuka: Putaran Dibuka'],
        [both, 'A round is open: Open Round'],
      ].sort(),
    )
    const closing = formatDateTime(new Date(deadline(y2021)), 'id', 'WIB', true)
    assert.ok(letters.find((letter) => letter.id === admin)!.body.includes(closing))
  })

  it('calls nobody to a round that is put down for the record after its time', async () => {
    world.clock.set(new Date('2026-01-01T00:00:00Z'))
    const count = () => world.db.selectFrom('log.mail').select('id').execute()
    const letters = (await count()).length
    const form = { from: 'shipped:2017', key: 'lampau', year: 2017, nameId: 'Lampau', nameEn: 'Past' }
    const made = await perform(createRound, context(), 'new', form)
    assert.equal((await perform(publishRound, context(), made.kind === 'done' ? made.change.id : '', {})).kind, 'done')
    assert.equal((await count()).length, letters)
  })
})
