import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { z } from 'zod'
import { aWorld, type World } from '../../test/world.ts'
import { type Action, type Actor, accept, type Context, perform, performAll } from './action.ts'
import { systemClock } from './clock.ts'
import type { Tx } from './db.ts'
import { newId } from './ids.ts'
import { decide, refuse } from './result.ts'

type Agency = { id: string; name: string; code: string }

/** A small act to try the runner with: an agency's name grows by a word. */
const addWord: Action<Agency, { word: string }, { id: string; name: string }, 'name-long'> = {
  name: 'people.word-added',
  find: (tx: Tx, _actor, id) =>
    tx.selectFrom('people.agency').select(['id', 'name', 'code']).where('id', '=', id).forUpdate().executeTakeFirst(),
  may: (actor, agency) => actor.offices.some((office) => office.agency === agency.id),
  input: z.object({ word: z.string().min(1) }),
  decide: (agency, { word }) =>
    agency.name.split(' ').length >= 6
      ? refuse('name-long')
      : decide({ id: agency.id, name: `${agency.name} ${word}` }),
  save: async (tx, agency, { name }) => {
    await tx.updateTable('people.agency').set({ name }).where('id', '=', agency.id).execute()
  },
  tell: ({ name }) => ({ name }),
  scope: ({ id }) => id,
}

describe('platform: one thing a person can do', () => {
  let world: World
  before(async () => {
    world = await aWorld()
  })
  after(() => world.drop())

  async function aCase(agencies = 1) {
    const ids: string[] = []
    for (let i = 0; i < agencies; i++) ids.push(await world.anAgency({ name: `Nama ${newId()}` }))
    const actor: Actor = {
      id: await world.aPerson(),
      name: '',
      offices: ids.map((agency) => ({ role: 'local-admin', agency, unit: null })),
      secondFactor: true,
    }
    const context = (once?: string, who = actor): Context => ({ db: world.db, clock: systemClock, actor: who, once })
    return { id: ids[0]!, ids, actor, context }
  }
  const nameOf = async (id: string) =>
    (await world.db.selectFrom('people.agency').select('name').where('id', '=', id).executeTakeFirstOrThrow()).name
  const eventsOf = (id: string) => world.db.selectFrom('log.event').selectAll().where('subject', '=', id).execute()

  it('writes the change and its event together', async () => {
    const { id, actor, context } = await aCase()
    const before = await nameOf(id)
    assert.deepEqual(await perform(addWord, context(), id, { word: 'baru' }), {
      kind: 'done',
      change: { id, name: `${before} baru` },
    })
    assert.equal(await nameOf(id), `${before} baru`)
    const [event] = await eventsOf(id)
    assert.deepEqual(
      [event!.name, event!.actor, event!.scope, event!.particulars],
      ['people.word-added', actor.id, id, { name: `${before} baru` }],
    )
  })

  it('writes neither when saving fails', async () => {
    const { id, context } = await aCase()
    const before = await nameOf(id)
    const breaks: typeof addWord = {
      ...addWord,
      save: async (tx, ...rest) => {
        await addWord.save(tx, ...rest)
        throw new Error('the disk is full')
      },
    }
    await assert.rejects(perform(breaks, context(newId()), id, { word: 'baru' }), /disk/)
    assert.equal(await nameOf(id), before)
    assert.deepEqual(await eventsOf(id), [])
  })

  it('writes nothing when it is not found, not allowed, not valid or refused', async () => {
    const { id, context } = await aCase()
    const stranger: Actor = { id: await world.aPerson(), name: '', offices: [], secondFactor: false }
    assert.equal((await perform(addWord, context(newId()), newId(), { word: 'x' })).kind, 'not-found')
    assert.equal((await perform(addWord, context(newId(), stranger), id, { word: 'x' })).kind, 'forbidden')
    assert.deepEqual(await perform(addWord, context(newId()), id, { word: '' }), {
      kind: 'invalid',
      problems: { word: { code: 'required' } },
    })
    for (let i = 0; i < 4; i++) await perform(addWord, context(), id, { word: 'x' })
    assert.deepEqual(await perform(addWord, context(newId()), id, { word: 'x' }), {
      kind: 'refused',
      refusal: 'name-long',
    })
    assert.equal((await eventsOf(id)).length, 4)
  })

  describe('and its form sent twice', () => {
    it('acts once and answers the same, one after the other', async () => {
      const { id, context } = await aCase()
      const once = newId()
      const first = await perform(addWord, context(once), id, { word: 'baru' })
      assert.deepEqual(await perform(addWord, context(once), id, { word: 'baru' }), first)
      assert.equal((await eventsOf(id)).length, 1)
    })
    it('acts once and answers the same, all at once', async () => {
      const { id, context } = await aCase()
      const once = newId()
      const all = await Promise.all(
        Array.from({ length: 8 }, () => perform(addWord, context(once), id, { word: 'baru' })),
      )
      assert.equal(new Set(all.map((outcome) => JSON.stringify(outcome))).size, 1)
      assert.equal(all[0]!.kind, 'done')
      assert.equal((await eventsOf(id)).length, 1)
    })
    it('may be sent again after it was refused', async () => {
      const { id, context } = await aCase()
      const once = newId()
      assert.equal((await perform(addWord, context(once), id, { word: '' })).kind, 'invalid')
      assert.equal((await perform(addWord, context(once), id, { word: 'baru' })).kind, 'done')
    })
    it('is nothing that another person can meet: theirs is an act of its own', async () => {
      const { id, context, actor } = await aCase()
      const other: Actor = { ...actor, id: await world.aPerson() }
      const once = newId()
      const mine = await perform(addWord, context(once), id, { word: 'satu' })
      const theirs = await perform(addWord, context(once, other), id, { word: 'dua' })
      assert.notDeepEqual(theirs, mine)
      assert.deepEqual(await perform(addWord, context(once), id, { word: 'satu' }), mine)
      assert.equal((await eventsOf(id)).length, 2)
    })
    it('is another act for another thing', async () => {
      const { ids, context } = await aCase(2)
      const once = newId()
      for (const id of ids) assert.equal((await perform(addWord, context(once), id, { word: 'x' })).kind, 'done')
      for (const id of ids) assert.equal((await eventsOf(id)).length, 1)
    })
  })

  describe('done to many', () => {
    it('reports each in the order asked, and one refused does not undo the others', async () => {
      const { ids, context } = await aCase(3)
      const [good, strange, full] = ids.toReversed() as [string, string, string]
      const missing = newId()
      for (let i = 0; i < 4; i++) await perform(addWord, context(), full, { word: 'x' })
      const allowed = context()
      const offices = allowed.actor.offices.filter(({ agency }) => agency !== strange)
      const report = await performAll(
        addWord,
        { ...allowed, actor: { ...allowed.actor, offices } },
        [full, missing, good, strange, good].map((id) => ({ id, raw: { word: 'baru' } })),
      )
      assert.deepEqual(report, [
        { id: full, kind: 'refused', refusal: 'name-long' },
        { id: missing, kind: 'not-found' },
        { id: good, kind: 'done' },
        { id: strange, kind: 'forbidden' },
        { id: good, kind: 'done' },
      ])
      assert.equal((await eventsOf(good)).length, 2)
    })
    it('acts once for one token, and answers the same, all at once and with what was refused', async () => {
      const { ids, context } = await aCase(2)
      const once = newId()
      const items = [...ids, newId()].map((id) => ({ id, raw: { word: 'x' } }))
      const reports = await Promise.all(Array.from({ length: 4 }, () => performAll(addWord, context(once), items)))
      for (const report of reports)
        assert.deepEqual(
          report.map(({ kind }) => kind),
          ['done', 'done', 'not-found'],
        )
      for (const id of ids) assert.equal((await eventsOf(id)).length, 1)
      // The same form with other items is another act; and what did nothing may be tried again.
      assert.equal((await performAll(addWord, context(once), items.slice(0, 1)))[0]!.kind, 'done')
      assert.equal((await eventsOf(ids[0]!)).length, 2)
    })
    it('is all or nothing when saving fails half way', async () => {
      const { ids, context } = await aCase(3)
      let saves = 0
      const breaks: typeof addWord = {
        ...addWord,
        save: async (...all) => {
          if (++saves === 3) throw new Error('the disk is full')
          await addWord.save(...all)
        },
      }
      const items = ids.map((id) => ({ id, raw: { word: 'baru' } }))
      await assert.rejects(performAll(breaks, context(), items), /disk/)
      for (const id of ids) assert.deepEqual(await eventsOf(id), [])
    })
    it('does not block itself when two do it in opposite order', async () => {
      const { ids, context } = await aCase(20)
      const items = ids.map((id) => ({ id, raw: { word: 'x' } }))
      const reports = await Promise.all([
        performAll(addWord, context(), items),
        performAll(addWord, context(), items.toReversed()),
        performAll(addWord, context(), items),
      ])
      for (const report of reports) assert.deepEqual(new Set(report.map(({ kind }) => kind)), new Set(['done']))
      for (const id of ids) assert.equal((await eventsOf(id)).length, 3)
    })
    it('begins again when the database gives it up in a deadlock', async () => {
      const { ids, context } = await aCase(2)
      // Locks the other agency while it saves, so that two of these wait for each other.
      const crossed: typeof addWord = {
        ...addWord,
        save: async (tx, agency, change, at) => {
          await addWord.save(tx, agency, change, at)
          await new Promise((wait) => setTimeout(wait, 50))
          await tx.selectFrom('people.agency').select('id').where('id', 'in', ids).orderBy('id').forUpdate().execute()
        },
      }
      const both = await Promise.all(ids.map((id) => perform(crossed, context(), id, { word: 'x' })))
      assert.deepEqual(
        both.map(({ kind }) => kind),
        ['done', 'done'],
      )
      for (const id of ids) assert.equal((await eventsOf(id)).length, 1)
    })
  })

  describe('accepted from elsewhere', () => {
    it('is taken once and answers the same for ever, whatever its key looks like', async () => {
      const { id, context } = await aCase()
      const submission = { key: 'perangkat-7/formulir ke-12', id, raw: { word: 'luring' } }
      const first = await accept(addWord, context(), submission)
      assert.equal(first.kind, 'done')
      const all = await Promise.all(Array.from({ length: 5 }, () => accept(addWord, context(), submission)))
      for (const again of all) assert.deepEqual(again, first)
      assert.equal((await eventsOf(id)).length, 1)
    })
    it('is not forgotten when forms are', async () => {
      const { jobs } = await import('../jobs.ts')
      const { id, context } = await aCase()
      const old = new Date(Date.now() - 30 * 86_400_000)
      const submission = { key: 'lama', id, raw: { word: 'luring' } }
      const first = await accept(addWord, context(), submission)
      await perform(addWord, context(newId()), id, { word: 'formulir' })
      await world.db.updateTable('log.once').set({ at: old }).where('subject', '=', id).execute()
      await jobs['log.forget']!({}, { db: world.db })
      const kept = await world.db.selectFrom('log.once').select('lasts').where('subject', '=', id).execute()
      assert.deepEqual(kept, [{ lasts: true }])
      assert.deepEqual(await accept(addWord, context(), submission), first)
    })
  })
})
