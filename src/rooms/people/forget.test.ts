import assert from 'node:assert/strict'
import { it } from 'node:test'
import { newId } from '#platform/ids.ts'
import { newToken } from '#platform/password.ts'
import { aWorld } from '../../../test/world.ts'
import { forget } from './store/forget.ts'

it('people: what has served its purpose is forgotten: old sessions, unconfirmed imports, links of forgotten passwords and new addresses', async () => {
  const world = await aWorld()
  try {
    const now = world.clock.now()
    const ago = (days: number) => new Date(now.getTime() - days * 86_400_000)
    const person = await world.aPerson('national-admin')
    const session = (started: Date, ended: Date | null) => ({
      id: newId(),
      person,
      token: newToken().stored,
      started,
      seen: started,
      expires: new Date(started.getTime() + 14 * 86_400_000),
      ended,
      address: '10.0.0.1',
      agent: 'x',
    })
    const [old, idle, recent, open] = [
      session(ago(120), ago(91)),
      session(ago(91), null),
      session(ago(80), ago(79)),
      session(now, null),
    ]
    await world.db.insertInto('people.session').values([old, idle, recent, open]).execute()
    const anImport = (at: Date, done: Date | null) => ({ id: newId(), by: person, at, file: 'a.csv', rows: '[]', done })
    const imports = [anImport(ago(8), null), anImport(ago(6), null), anImport(ago(300), ago(300))]
    await world.db.insertInto('people.agency_import').values(imports).execute()
    const aReset = (sent: Date) => ({ id: newId(), person, token: newToken().stored, sent, expires: sent })
    const resets = [aReset(ago(8)), aReset(ago(6))]
    await world.db.insertInto('people.password_reset').values(resets).execute()
    const changes = resets.map((reset) => ({
      ...reset,
      id: newId(),
      email: 'baru@contoh.go.id',
      token: newToken().stored,
    }))
    await world.db.insertInto('people.email_change').values(changes).execute()

    await forget(world.db, now)
    const left = async (
      table: 'people.session' | 'people.agency_import' | 'people.password_reset' | 'people.email_change',
    ) => (await world.db.selectFrom(table).select('id').orderBy('id').execute()).map(({ id }) => id)
    assert.deepEqual(await left('people.session'), [recent.id, open.id].sort())
    assert.deepEqual(await left('people.agency_import'), [imports[1]!.id, imports[2]!.id].sort())
    assert.deepEqual(await left('people.password_reset'), [resets[1]!.id])
    assert.deepEqual(await left('people.email_change'), [changes[1]!.id])
  } finally {
    await world.drop()
  }
})
