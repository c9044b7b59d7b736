import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import { shippedRounds } from '#competition'
import { readWhole, storeWhole } from '#platform/files.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs.ts'
import { record } from '#platform/log.ts'
import { post } from '#platform/mail.ts'
import { backup, type Manifest, restore } from '../tools/backup.ts'
import { type Fresh, freshDatabase } from './database.ts'
import { aWorld, type World } from './world.ts'

describe('the house: a backup', () => {
  let world: World
  let copy: Fresh
  const folder = mkdtempSync(path.join(tmpdir(), 'melayani-backup-'))
  const to = path.join(folder, 'first')
  const newFiles = path.join(folder, 'files')
  let manifest: Manifest
  let file: string
  const pdf = Buffer.from('%PDF-1.7\n%%EOF\n')

  before(async () => {
    world = await aWorld()
    copy = await freshDatabase()
    await furnish()
    manifest = await backup(world.address, world.files.folder, to)
  })
  after(async () => {
    await copy.drop()
    await world.drop()
  })

  async function furnish() {
    const agency = await world.anAgency({ name: 'Kabupaten "Baris\nbaru", (koma) \\ garis' })
    const unit = await world.aUnit(agency)
    const person = await world.aPerson('unit', { agency, unit }, "Nama 'kutip' é 你")
    const round = await world.aRound(shippedRounds()[0]!)
    for (const state of ['draft', 'submitted', 'passed'] as const)
      await world.aProposal({ agency, unit, round }, { state, title: `${state} \t\n"x"` })
    const event = {
      at: new Date(),
      actor: person,
      name: 'people.signed-in',
      subject: person,
      scope: agency,
      particulars: { a: '\\"\n' },
    }
    await world.db.transaction().execute((tx) => record(tx, [event, event]))
    await post(world.db, [{ to: { name: 'A', email: 'a@contoh.go.id' }, subject: 'x', body: 'baris\nbaris' }])
    await enqueue(world.db, 'log.send-mail', { a: 1 }, { at: new Date('2099-01-01T00:00:00Z') })
    const stored = await storeWhole(world.db, world.files, person, 'bukti.pdf', pdf, ['pdf'])
    assert.ok('id' in stored)
    file = stored.id
  }

  it('says what is in it', () => {
    assert.equal(manifest.files, 1)
    assert.equal(manifest.tables['competition.proposal']?.rows, 3)
    assert.equal(manifest.tables['log.event']?.rows, 2)
    assert.ok(manifest.tables['people.region']!.rows > 90_000)
    assert.equal(manifest.tables['graphile_worker._private_jobs']?.rows, 1)
  })

  it('comes back the same, to the last byte of every row and file', async () => {
    await restore(copy.address, newFiles, to)
    const again = await backup(copy.address, newFiles, path.join(folder, 'second'))
    const sorted = (where: string, table: string) =>
      gunzipSync(readFileSync(path.join(where, 'tables', `${table}.gz`)))
        .toString()
        .split('\n')
        .sort()
        .join('\n')
    assert.deepEqual(Object.keys(again.tables), Object.keys(manifest.tables))
    for (const table of Object.keys(manifest.tables))
      assert.ok(sorted(to, table) === sorted(path.join(folder, 'second'), table), `${table} came back different`)
    assert.deepEqual(await readWhole({ folder: newFiles }, file), pdf)
  })

  it('leaves a database that works: rules hold, ids go on', async () => {
    assert.equal((await copy.db.selectFrom('people.person').select('id').execute()).length, 1)
    await enqueue(copy.db, 'log.send-mail', {})
    await copy.db
      .transaction()
      .execute((tx) =>
        record(tx, [
          { at: new Date(), actor: null, name: 'people.signed-in', subject: newId(), scope: null, particulars: {} },
        ]),
      )
    await assert.rejects(
      copy.db.insertInto('people.unit').values({ agency: newId(), id: newId(), name: 'tanpa instansi' }).execute(),
      { code: '23503' },
    )
  })

  it('is not written over a database in use', async () => {
    await assert.rejects(restore(copy.address, newFiles, to), /in use/)
  })

  it('that was damaged is refused, and nothing of it stays', async () => {
    const other = await freshDatabase()
    const damaged = path.join(folder, 'damaged')
    await cp(to, damaged, { recursive: true })
    const at = path.join(damaged, 'tables/people.unit.gz')
    writeFileSync(at, gzipSync(gunzipSync(readFileSync(at)).toString().replace('Dinas', 'Dines')))
    await assert.rejects(restore(other.address, path.join(folder, 'files-2'), damaged), /people\.unit is damaged/)
    assert.equal((await other.db.selectFrom('people.agency').select('id').execute()).length, 0)
    await other.drop()
  })

  it('of another version is refused with the way out', async () => {
    const other = await freshDatabase()
    const older = path.join(folder, 'older')
    await cp(to, older, { recursive: true })
    writeFileSync(path.join(older, 'backup.json'), JSON.stringify({ ...manifest, migrations: ['0001_log.sql'] }))
    await assert.rejects(
      restore(other.address, path.join(folder, 'files-3'), older),
      /Restore it with the version it was made with/,
    )
    await other.drop()
  })

  it('is one moment: what is written meanwhile is in all tables or in none', async () => {
    let stopped = false
    const writing = (async () => {
      while (!stopped) {
        const person = await world.aPerson()
        await world.db.transaction().execute((tx) =>
          record(tx, [
            {
              at: new Date(),
              actor: person,
              name: 'people.signed-in',
              subject: person,
              scope: null,
              particulars: {},
            },
          ]),
        )
      }
    })()
    const during = path.join(folder, 'during')
    await backup(world.address, world.files.folder, during)
    stopped = true
    await writing
    const third = await freshDatabase()
    await restore(third.address, path.join(folder, 'files-4'), during)
    const orphans = await third.db
      .selectFrom('log.event as e')
      .leftJoin('people.person as p', 'p.id', 'e.subject')
      .select('e.id')
      .where('p.id', 'is', null)
      .execute()
    assert.deepEqual(orphans, [])
    await third.drop()
  })

  it('is the same text whatever its rows: hashes are of what was written', () => {
    const table = gunzipSync(readFileSync(path.join(to, 'tables/people.agency.gz')))
    assert.equal(createHash('sha256').update(table).digest('hex'), manifest.tables['people.agency']?.sha256)
  })
})
