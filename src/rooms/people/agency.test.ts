import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { queriesOf } from '#platform/db.ts'
import { verifyChain } from '#platform/log.ts'
import { readSheet, writeXlsx, xlsxType } from '#platform/sheet.ts'
import { aWorld, type World } from '../../../test/world.ts'

describe('people: agencies', () => {
  let world: World
  let national: Awaited<ReturnType<World['as']>>
  before(async () => {
    world = await aWorld()
    national = await world.as(await world.aPerson('national-admin'))
  })
  after(() => world.drop())

  let n = 0
  const aForm = (change: Record<string, string> = {}) => ({
    kind: 'regency',
    name: `Pemerintah Kabupaten Uji ${++n}`,
    code: `UJI-${n}`,
    region: 'Kabupaten Banyuwangi',
    ...change,
  })
  const idIn = (response: Response) => response.headers.get('location')!.split('/').at(-1)!
  const nameOf = (id: string) =>
    world.db.selectFrom('people.agency').selectAll().where('id', '=', id).executeTakeFirst()

  it('are added with a region that is typed by name or code, and changed', async () => {
    const form = aForm()
    const added = await national.post('/people/agencies', form)
    assert.equal(added.status, 303)
    const id = idIn(added)
    assert.equal((await nameOf(id))!.region, '35.10')
    const changed = await national.post(`/people/agencies/${id}/edit`, {
      ...form,
      kind: 'city',
      region: '35.77 Kota Madiun',
    })
    assert.equal(changed.status, 303)
    const after = (await nameOf(id))!
    assert.deepEqual([after.kind, after.region], ['city', '35.77'])
    assert.equal(
      (await national.post(`/people/agencies/${id}/edit`, { ...form, kind: 'city', region: '35.77' })).status,
      409,
    )
    const page = await (await national.get(`/people/agencies/${id}`)).text()
    assert.match(page, /Menambahkan instansi Pemerintah Kabupaten Uji/)
    assert.match(page, /Mengubah data instansi/)
  })

  it('come back with everything typed when something is wrong, and with regions to choose from', async () => {
    const several = await national.post('/people/agencies', aForm({ name: 'A "B"', region: 'Madiun' }))
    assert.equal(several.status, 422)
    const text = await several.text()
    assert.match(text, /value="A &quot;B&quot;"/)
    assert.deepEqual(
      [...text.matchAll(/name="region_choice" value="([\d.]+)"/g)].map((m) => m[1]),
      ['35.19', '35.77'],
    )
    const chosen = await national.post('/people/agencies', aForm({ region: 'Madiun', region_choice: '35.19' }))
    assert.equal(chosen.status, 303)
    for (const [change, status] of [
      [{ region: '' }, 409],
      [{ kind: 'ministry' }, 409],
      [{ kind: 'city' }, 409],
      [{ region: 'Tidak Ada' }, 422],
      [{ code: '' }, 422],
      [{ code: 'a b' }, 422],
      [{ kind: 'dinas' }, 422],
      [{ name: '' }, 422],
    ] as [Record<string, string>, number][])
      assert.equal((await national.post('/people/agencies', aForm(change))).status, status, JSON.stringify(change))
  })

  it('have codes and names of their own, even when two are added at the same moment', async () => {
    const form = aForm()
    const answers = await Promise.all([1, 2, 3].map(() => national.post('/people/agencies', form)))
    assert.deepEqual(answers.map((a) => a.status).sort(), [303, 409, 409])
    const lower = { ...aForm(), code: form.code.toLowerCase() }
    assert.equal((await national.post('/people/agencies', lower)).status, 409)
  })

  it('are listed by name, kind and province, with the same number of queries for one and for three', async () => {
    const word = `Sangihe${++n}`
    const rowsOf = (text: string) =>
      [...text.matchAll(/<th scope="row">.*?<a href="[^"]*">([^<]*)<\/a>/gs)].map((m) => m[1])
    const list = async (query: string) => {
      let text = ''
      const queries = await queriesOf(async () => {
        text = await (await national.get(`/people/agencies?${query}`)).text()
      })
      return { rows: rowsOf(text), queries: queries.length }
    }
    await world.anAgency({ name: `Pemkab ${word} 1`, kind: 'regency', region: '71.03' })
    const one = await list(`q=${word}`)
    await world.anAgency({ name: `Pemkab ${word} 2`, kind: 'regency', region: '71.03' })
    await world.anAgency({ name: `BUMD ${word} 3`, kind: 'bumd', region: '35.10' })
    const three = await list(`q=${word.toUpperCase()}`)
    assert.deepEqual(one.rows, [`Pemkab ${word} 1`])
    assert.deepEqual(three.rows, [`BUMD ${word} 3`, `Pemkab ${word} 1`, `Pemkab ${word} 2`])
    assert.equal(three.queries, one.queries)
    assert.deepEqual((await list(`q=${word}&kind=bumd`)).rows, [`BUMD ${word} 3`])
    assert.deepEqual((await list(`q=${word}&province=71`)).rows, [`Pemkab ${word} 1`, `Pemkab ${word} 2`])
    assert.deepEqual((await list(`q=${word}%25`)).rows, [])
    assert.equal((await national.get('/people/agencies?hal=abc&kind=x&province=zz')).status, 200)
  })

  it('show their record to their own admins and the secretariat; to everybody else there is none', async () => {
    const agency = await world.anAgency()
    const unit = await world.aUnit(agency)
    const other = await world.anAgency()
    const statusFor = async (person?: string) =>
      (await (await world.as(person)).get(`/people/agencies/${agency}`)).status
    assert.equal(await statusFor(await world.aPerson('local-admin', { agency })), 200)
    assert.equal(await statusFor(await world.aPerson('deputy', { agency })), 200)
    assert.equal(await statusFor(await world.aPerson('unit', { agency, unit })), 404)
    assert.equal(await statusFor(await world.aPerson('local-admin', { agency: other })), 404)
    assert.equal(await statusFor(await world.aPerson('evaluator')), 404)
    assert.equal(await statusFor(undefined), 303)
  })

  it('have units that their admins add and rename, each name once', async () => {
    const agency = await world.anAgency()
    const admin = await world.as(await world.aPerson('local-admin', { agency }))
    const name = 'RSUD Contoh'
    const answers = await Promise.all([1, 2].map(() => admin.post(`/people/agencies/${agency}/units`, { name })))
    assert.deepEqual(answers.map((a) => a.status).sort(), [303, 409])
    const { id } = await world.db
      .selectFrom('people.unit')
      .select('id')
      .where('agency', '=', agency)
      .executeTakeFirstOrThrow()
    assert.equal((await admin.post(`/people/agencies/${agency}/units/${id}/edit`, { name: 'RSUD Baru' })).status, 303)
    assert.equal((await admin.post(`/people/agencies/${agency}/units/${id}/edit`, { name: 'RSUD Baru' })).status, 409)
    assert.equal((await admin.post(`/people/agencies/${agency}/units/${id}/edit`, { name: '' })).status, 422)
    const elsewhere = await world.as(await world.aPerson('local-admin', { agency: await world.anAgency() }))
    assert.equal((await elsewhere.post(`/people/agencies/${agency}/units/${id}/edit`, { name: 'X' })).status, 404)
    assert.equal((await national.post(`/people/agencies/${agency}/units`, { name: 'Y' })).status, 403)
  })

  it('end a role with a reason, and never the last national admin', async () => {
    const agency = await world.anAgency()
    const unit = await world.aUnit(agency)
    const admin = await world.as(await world.aPerson('local-admin', { agency }))
    const worker = await world.aPerson('unit', { agency, unit })
    const roleOf = async (person: string) =>
      (await world.db.selectFrom('people.role').select('id').where('person', '=', person).executeTakeFirstOrThrow()).id
    const role = await roleOf(worker)
    assert.equal((await admin.post(`/people/roles/${role}/end`, { reason: '' })).status, 422)
    const answers = await Promise.all([1, 2].map(() => admin.post(`/people/roles/${role}/end`, { reason: 'Pindah' })))
    assert.deepEqual(answers.map((a) => a.status).sort(), [303, 409])
    const deputy = await world.as(await world.aPerson('deputy', { agency }))
    assert.equal(
      (
        await deputy.post(`/people/roles/${await roleOf(await world.aPerson('deputy', { agency }))}/end`, {
          reason: 'x',
        })
      ).status,
      403,
    )

    const nationals = await world.db
      .selectFrom('people.role')
      .select(['id', 'person'])
      .where('role', '=', 'national-admin')
      .where('ended', 'is', null)
      .execute()
    assert.equal(nationals.length, 1)
    assert.equal((await national.post(`/people/roles/${nationals[0]!.id}/end`, { reason: 'x' })).status, 409)
    const second = await world.aPerson('national-admin')
    const other = await world.as(second)
    // Both end each other at once: one of them stays.
    const both = await Promise.all([
      national.post(`/people/roles/${await roleOf(second)}/end`, { reason: 'x' }),
      other.post(`/people/roles/${nationals[0]!.id}/end`, { reason: 'x' }),
    ])
    const [done, late] = both.map((a) => a.status).sort()
    assert.equal(done, 303)
    // Whose request was read after the own role ended is nobody here any more.
    assert.ok([403, 404, 409].includes(late!), String(late))
    const left = await world.db
      .selectFrom('people.role')
      .select('id')
      .where('role', '=', 'national-admin')
      .where('ended', 'is', null)
      .execute()
    assert.equal(left.length, 1)
  })
})

describe('people: importing agencies', () => {
  let world: World
  let national: Awaited<ReturnType<World['as']>>
  before(async () => {
    world = await aWorld()
    national = await world.as(await world.aPerson('national-admin'))
  })
  after(() => world.drop())

  const head = 'kode,jenis,nama,wilayah,nama_admin,surel_admin'
  function upload(name: string, content: string | Buffer, who = national) {
    const body = new FormData()
    body.append('file', new File([new Uint8Array(Buffer.from(content))], name))
    return who.send('POST', '/people/agencies/import', body)
  }
  const counts = async () => {
    const count = async (table: 'people.agency' | 'people.invitation' | 'log.mail') =>
      Number(
        (
          await world.db
            .selectFrom(table)
            .select((eb) => eb.fn.countAll().as('n'))
            .executeTakeFirstOrThrow()
        ).n,
      )
    return [await count('people.agency'), await count('people.invitation'), await count('log.mail')]
  }

  it('shows every error by row and column, offers no confirmation, and has written nothing', async () => {
    const before = await counts()
    const sent = await upload('instansi.csv', `${head}\nA-1,kabupaten,Pemkab A,Entah Di Mana,,\nA-2,BUMN,PT A,,,salah`)
    assert.equal(sent.status, 303)
    const address = sent.headers.get('location')!
    const text = await (await national.get(address)).text()
    const cells = [...text.matchAll(/<th scope="row">(\d+)<\/th><td[^>]*>(\w+)<\/td>/g)].map((m) => `${m[1]} ${m[2]}`)
    assert.deepEqual(cells, ['2 wilayah', '3 nama_admin', '3 surel_admin'])
    assert.equal(text.includes(`action="${address}"`), false)
    assert.equal((await national.post(address)).status, 409)
    assert.deepEqual(await counts(), before)
  })

  it('writes all on confirmation, invites each local admin, and runs once for two clicks', async () => {
    const before = await counts()
    const rows = [1, 2, 3].map((i) => `B-${i},BUMN,PT Uji ${i},,Admin ${i},admin${i}@uji.co.id`)
    const address = (await upload('instansi.csv', [head, ...rows].join('\n'))).headers.get('location')!
    assert.match(await (await national.get(address)).text(), /Impor 3 instansi/)
    const answers = await Promise.all([1, 2].map(() => national.post(address)))
    assert.deepEqual(answers.map((a) => a.status).sort(), [303, 409])
    assert.deepEqual(
      await counts(),
      before.map((n) => n + 3),
    )
    const letters = await world.db
      .selectFrom('log.mail')
      .select('body')
      .where('to_email', 'like', 'admin_@uji.co.id')
      .execute()
    const links = letters.map(({ body }) => /\/people\/invitations\/[\w-]{43}/.exec(body)![0])
    assert.equal(new Set(links).size, 3)
    assert.equal((await (await world.as()).get(links[0]!)).status, 200)
    const kept = await world.db
      .selectFrom('people.agency_import')
      .select('rows')
      .where('done', 'is not', null)
      .execute()
    assert.deepEqual(
      kept.map((row) => row.rows),
      [[]],
    )
  })

  it('tells of every agency and every invitation it made, in each agency’s own history', async () => {
    for (const n of [1, 3]) {
      const rows = Array.from(
        { length: n },
        (_, i) => `H${n}-${i},BUMN,PT Riwayat ${n} ${i},,Admin,h${n}.${i}@uji.co.id`,
      )
      const address = (
        await upload('x.csv', [head, ...rows, `H${n}-x,BUMN,PT Tanpa Admin ${n},,,`].join('\n'))
      ).headers.get('location')!
      const from = await world.db
        .selectFrom('log.event')
        .select((eb) => eb.fn.countAll<string>().as('n'))
        .executeTakeFirstOrThrow()
      assert.equal((await national.post(address)).status, 303)
      const told = await world.db
        .selectFrom('log.event')
        .select(['name', 'subject', 'scope', 'particulars'])
        .where('id', '>', from.n)
        .orderBy('id')
        .execute()
      const agencies = await world.db
        .selectFrom('people.agency')
        .select(['id', 'code', 'name'])
        .where('code', 'like', `H${n}-%`)
        .orderBy('code')
        .execute()
      const invitations = await world.db
        .selectFrom('people.invitation')
        .select(['id', 'agency'])
        .where('email', 'like', `h${n}.%`)
        .execute()
      const origin = address.split('/').at(-1)!
      assert.deepEqual(told, [
        {
          name: 'people.agencies-imported',
          subject: origin,
          scope: null,
          particulars: { agencies: n + 1, invited: n },
        },
        ...agencies.flatMap(({ id, code, name }) => [
          {
            name: 'people.agency-added',
            subject: id,
            scope: null,
            particulars: { code, kind: 'bumn', agency: name, import: origin },
          },
          ...invitations
            .filter(({ agency }) => agency === id)
            .map((invitation) => ({
              name: 'people.person-invited',
              subject: invitation.id,
              scope: id,
              particulars: { role: 'local-admin', import: origin },
            })),
        ]),
      ])
      const page = await (await national.get(`/people/agencies/${agencies[0]!.id}`)).text()
      assert.match(page, /Menambahkan instansi PT Riwayat/)
      assert.match(page, /Mengundang seseorang sebagai Admin lokal/)
    }
    assert.equal((await verifyChain(world.db)).broken, undefined)
  })

  it('is checked again when it is confirmed: what changed in between stops all of it', async () => {
    const address = (await upload('x.csv', `${head}\nC-1,BUMN,PT C Satu,,,\nC-2,BUMN,PT C Dua,,,`)).headers.get(
      'location',
    )!
    await national.post('/people/agencies', { code: 'C-2', kind: 'bumn', name: 'Yang Lain', region: '' })
    const before = await counts()
    const refused = await national.post(address)
    assert.equal(refused.status, 409)
    assert.match(await refused.text(), /Kode sudah dipakai instansi lain/)
    assert.deepEqual(await counts(), before)
  })

  it('reads XLSX, and takes back what it gave away', async () => {
    const file = await (await national.get('/people/agencies/export.xlsx')).arrayBuffer()
    const table = await readSheet(Buffer.from(file), xlsxType)
    assert.deepEqual(table![0], head.split(','))
    const again = await upload('balik.xlsx', await writeXlsx([...table!, ['D-1', 'BUMN', 'PT D', '', '', '']]))
    const text = await (await national.get(again.headers.get('location')!)).text()
    assert.match(text, /Impor 1 instansi/)
  })

  it('refuses what is no table, and a table without its columns', async () => {
    for (const [name, content] of [
      ['a.csv', ''],
      ['a.exe', 'MZ...'],
      ['a.csv', 'kode,nama\n1,2'],
      ['a.csv', head],
      ['a.xlsx', 'bukan xlsx'],
      ['a.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
    ] as const)
      assert.equal((await upload(name, content)).status, 422, name)
    assert.match(await (await upload('a.csv', 'kode,nama\n1,2')).text(), /jenis, wilayah/)
  })

  it('is for the national admin alone, and the files too', async () => {
    const agency = await world.anAgency()
    const admin = await world.as(await world.aPerson('local-admin', { agency }))
    assert.equal((await upload('a.csv', `${head}\nE-1,BUMN,PT E,,,`, admin)).status, 404)
    for (const file of ['export.csv', 'export.xlsx', 'import/template.csv', 'import/template.xlsx']) {
      assert.equal((await admin.get(`/people/agencies/${file}`)).status, 404, file)
      assert.equal((await national.get(`/people/agencies/${file}`)).status, 200, file)
    }
  })
})
