import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { writeXlsx } from '#platform/sheet.ts'
import { aWorld, type World } from '../../../test/world.ts'

describe('people: importing the units of an agency', () => {
  let world: World
  let agency: string
  let admin: Awaited<ReturnType<World['as']>>
  before(async () => {
    world = await aWorld()
    agency = await world.anAgency()
    admin = await world.as(await world.aPerson('local-admin', { agency }))
  })
  after(() => world.drop())

  const head = 'unit,nama,surel'
  const place = () => `/people/agencies/${agency}/units/import`
  function upload(content: string | Buffer, who = admin, name = 'upp.csv') {
    const body = new FormData()
    body.append('file', new File([new Uint8Array(Buffer.from(content))], name))
    return who.send('POST', place(), body)
  }
  const uploaded = async (...rows: string[]) => (await upload([head, ...rows].join('\n'))).headers.get('location')!
  const counts = async () => {
    const rows = await Promise.all([
      world.db.selectFrom('people.unit').select('id').where('agency', '=', agency).execute(),
      world.db.selectFrom('people.invitation').select('id').where('agency', '=', agency).execute(),
      world.db.selectFrom('log.mail').select('id').execute(),
    ])
    return rows.map((list) => list.length)
  }

  it('shows every error by row and column, and writes nothing of a table that has one', async () => {
    const before = await counts()
    const address = await uploaded(
      'RSUD A,Sari,sari@a.go.id',
      ',Budi,budi@a.go.id',
      'RSUD A,,x@a.go.id',
      'Dinas B,Ani,ani',
    )
    const text = await (await admin.get(address)).text()
    const cells = [...text.matchAll(/<th scope="row">(\d+)<\/th><td[^>]*>(\w+)<\/td>/g)].map((m) => `${m[1]} ${m[2]}`)
    assert.deepEqual(cells, ['3 unit', '4 nama', '5 surel'])
    assert.equal(text.includes(`action="${address}"`), false)
    assert.equal((await admin.post(address)).status, 409)
    assert.deepEqual(await counts(), before)
  })

  it('writes each unit once and invites its people, once for two clicks, and tells of each in the agency’s history', async () => {
    const [units, invitations, letters] = (await counts()) as [number, number, number]
    const address = await uploaded(
      'RSUD Satu,Sari,sari@a.go.id',
      'rsud satu,Budi,BUDI@a.go.id',
      'Dinas Dua,Sari,sari@a.go.id',
      'Dinas Tiga,,',
    )
    assert.match(await (await admin.get(address)).text(), /Impor 3 UPP dan undang 3 orang/)
    const answers = await Promise.all([1, 2].map(() => admin.post(address)))
    assert.deepEqual(answers.map((a) => a.status).sort(), [303, 409])
    assert.deepEqual(await counts(), [units + 3, invitations + 3, letters + 3])
    const told = await world.db
      .selectFrom('log.event')
      .select('name')
      .where('scope', '=', agency)
      .where('name', 'in', ['people.units-imported', 'people.unit-added', 'people.person-invited'])
      .orderBy('id')
      .execute()
    assert.deepEqual(
      told.map(({ name }) => name),
      [
        'people.units-imported',
        ...Array.from({ length: 3 }, () => 'people.unit-added'),
        ...Array.from({ length: 3 }, () => 'people.person-invited'),
      ],
    )
    const kept = JSON.stringify(await world.db.selectFrom('log.event').selectAll().execute())
    for (const secret of ['Budi', 'sari@a.go.id', 'budi@a.go.id']) assert.equal(kept.includes(secret), false)
    const letter = await world.db
      .selectFrom('log.mail')
      .select('body')
      .where('to_email', '=', 'budi@a.go.id')
      .executeTakeFirstOrThrow()
    assert.match(letter.body, /RSUD Satu/)
    const link = /\/people\/invitations\/[\w-]{43}/.exec(letter.body)![0]
    const form = { name: 'Budi', password: 'gajah hijau menari', lang: 'id' }
    assert.equal((await (await world.as()).post(link, form)).status, 303)
  })

  it('skips whoever is there or invited already, so that a list may grow and be imported again', async () => {
    const same = await uploaded('RSUD Satu,Sari,sari@a.go.id', 'RSUD Satu,Budi,budi@a.go.id')
    assert.match(await (await admin.get(same)).text(), /Tidak ada yang perlu diimpor/)
    assert.equal((await admin.post(same)).status, 409)
    const grown = await uploaded('RSUD Satu,Sari,sari@a.go.id', 'RSUD Satu,Cici,cici@a.go.id')
    const [units, invitations] = (await counts()) as [number, number]
    assert.equal((await admin.post(grown)).status, 303)
    assert.deepEqual((await counts()).slice(0, 2), [units, invitations + 1])
  })

  it('is checked again when it is confirmed, against the agency as it has become', async () => {
    const address = await uploaded('Dinas Baru,Dedi,dedi@a.go.id')
    await admin.post(`/people/agencies/${agency}/units`, { name: 'Dinas Baru' })
    const [units, invitations] = (await counts()) as [number, number]
    assert.equal((await admin.post(address)).status, 303)
    assert.deepEqual((await counts()).slice(0, 2), [units, invitations + 1])
  })

  it('reads XLSX, gives a table to begin with, and refuses what is none', async () => {
    const file = await writeXlsx([head.split(','), ['Dinas XLSX', 'Eka', 'eka@a.go.id']])
    assert.equal((await upload(Buffer.from(file), admin, 'upp.xlsx')).status, 303)
    for (const end of ['csv', 'xlsx']) {
      const template = await (await admin.get(`${place()}/template.${end}`)).arrayBuffer()
      assert.equal((await upload(Buffer.from(template), admin, `upp.${end}`)).status, 303)
    }
    for (const content of ['', head, 'nama,surel\nA,a@a.go.id']) assert.equal((await upload(content)).status, 422)
  })

  it('is for the agency’s own admins alone', async () => {
    const address = await uploaded('Dinas Rahasia,Sari,rahasia@a.go.id')
    const unit = await world.aUnit(agency)
    const other = await world.anAgency()
    for (const [person, status] of [
      [await world.aPerson('deputy', { agency }), 200],
      [await world.aPerson('unit', { agency, unit }), 404],
      [await world.aPerson('local-admin', { agency: other }), 404],
      [await world.aPerson('national-admin'), 404],
      [await world.aPerson('evaluator'), 404],
      [undefined, 303],
    ] as const) {
      const who = await world.as(person)
      assert.equal((await who.get(address)).status, status)
      assert.equal((await who.get(`${place()}/template.csv`)).status, status)
      if (status !== 200) assert.equal((await who.post(address)).status, status)
    }
    // Through another agency's address there is no such import, and as a table of agencies neither.
    const elsewhere = await world.as(await world.aPerson('deputy', { agency: other }))
    assert.equal((await elsewhere.get(address.replace(agency, other))).status, 404)
    const national = await world.as(await world.aPerson('national-admin'))
    assert.equal((await national.get(`/people/agencies/import/${address.split('/').at(-1)}`)).status, 404)
  })
})
