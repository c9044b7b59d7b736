import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { sql } from 'kysely'
import { type Fresh, freshDatabase } from '../../test/database.ts'
import { connect, type Db } from './db.ts'
import { newId } from './ids.ts'
import { type Event, record, verifyChain } from './log.ts'

describe('platform: the event log', () => {
  let fresh: Fresh
  /** The database's superuser: the only one who can still tamper. */
  let intruder: Db
  before(async () => {
    fresh = await freshDatabase()
    intruder = connect(fresh.address.replace('postgres://melayani@', 'postgres://postgres@'), 1)
  })
  after(async () => {
    await intruder.destroy()
    await fresh.drop()
  })
  beforeEach(async () => {
    await sql`truncate log.event`.execute(intruder)
  })

  const anEvent = (particulars: Record<string, unknown> = {}): Event => ({
    at: new Date('2017-01-15T02:00:00.123Z'),
    actor: newId(),
    name: 'people.signed-in',
    subject: newId(),
    scope: null,
    particulars,
  })
  const write = (...events: Event[]) => fresh.db.transaction().execute((tx) => record(tx, events))

  it('holds after one and after three events, with nested particulars in any order', async () => {
    assert.deepEqual(await verifyChain(fresh.db), { events: 0 })
    await write(anEvent({ b: 1, a: { d: [1, { z: null, y: 'é' }], c: 2 } }))
    assert.deepEqual(await verifyChain(fresh.db), { events: 1 })
    await write(anEvent(), anEvent({ list: [] }))
    assert.deepEqual(await verifyChain(fresh.db), { events: 3 })
  })

  it('stays one chain when forty write at once', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, i) => write(anEvent({ i }))))
    assert.deepEqual(await verifyChain(fresh.db), { events: 40 })
  })

  it('takes 2,500 events of one bulk act', async () => {
    await write(...Array.from({ length: 2500 }, (_, i) => anEvent({ i })))
    assert.deepEqual(await verifyChain(fresh.db), { events: 2500 })
  })

  for (const [what, statement] of [
    ['changed', sql`update log.event set at = now()`],
    ['deleted', sql`delete from log.event`],
    ['emptied', sql`truncate log.event`],
  ] as const)
    it(`cannot be ${what} by the product's own role`, async () => {
      await write(anEvent())
      await assert.rejects(statement.execute(fresh.db), { code: '42501' })
    })

  const tamperings = [
    ['particulars', sql`update log.event set particulars = '{"score": 100}' where id = 2`, '2', 'changed'],
    ['the actor', sql`update log.event set actor = gen_random_uuid() where id = 2`, '2', 'changed'],
    ['the time by a millisecond', sql`update log.event set at = at + interval '1 ms' where id = 2`, '2', 'changed'],
    ['the scope', sql`update log.event set scope = gen_random_uuid() where id = 2`, '2', 'changed'],
    ['a deleted event', sql`delete from log.event where id = 2`, '2', 'missing'],
    ['a deleted first event', sql`delete from log.event where id = 1`, '1', 'missing'],
    [
      'two that changed places',
      sql`update log.event e set subject = o.subject, actor = o.actor, particulars = o.particulars from log.event o
        where e.id in (2, 3) and o.id = 5 - e.id`,
      '2',
      'changed',
    ],
    [
      'an event put at the end without the chain',
      sql`insert into log.event select 5, at, actor, name, subject, scope, particulars, hash from log.event where id = 1`,
      '5',
      'changed',
    ],
  ] as const
  for (const [what, statement, id, reason] of tamperings)
    it(`shows tampering: ${what}`, async () => {
      await write(...Array.from({ length: 4 }, (_, i) => anEvent({ i })))
      await statement.execute(intruder)
      assert.deepEqual(await verifyChain(fresh.db), { events: Number(id) - 1, broken: { id, reason } })
    })
})
