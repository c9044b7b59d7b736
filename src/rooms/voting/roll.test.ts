import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { hashOf, nikMark, openRoll, type Roll, sealRoll } from '@melayani/polling/format'
import { queriesOf } from '#platform/db.ts'
import { readSheet, xlsxType } from '#platform/sheet.ts'
import { readPdf } from '../../../test/pdf-text.ts'
import { aVillage, type Village } from '../../../test/voting-world.ts'
import { aWorld, type World } from '../../../test/world.ts'
import { rollOf } from './store/roll/fixed.ts'

/** 16 digits with a possible date: 1 January 1980, no. n; the region 999999 does not exist. */
const nik = (n: number) => `999999010180${String(n).padStart(4, '0')}`
const head = 'nik;nama;lahir;kelamin;kawin;alamat;dusun;rt;rw;tps'
const line = (
  n: number,
  over: { nik?: string; nama?: string; lahir?: string; kawin?: string; rw?: string; tps?: string } = {},
) =>
  [
    ...[
      over.nik ?? nik(n),
      over.nama ?? `Pemilih Uji ${'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[n % 26]}${'abcdefghij'[n % 10]}${n}`,
    ],
    ...[
      over.lahir ?? '01-01-1980',
      'L',
      over.kawin ?? 'S',
      `Jalan ${n}`,
      'Krajan',
      '1',
      over.rw ?? '1',
      over.tps ?? '',
    ],
  ].join(';')

describe('voting: the roll', () => {
  let world: World
  let village: Village
  before(async () => {
    world = await aWorld(new Date('2026-10-20T09:00:00+07:00'))
    village = await aVillage(world, { places: 2, candidates: 2 })
  })
  after(() => world.drop())

  const at = (rest = '') => `/voting/elections/${village.election}/roll${rest}`
  const as = (name?: string) => world.as(name && village.who[name])
  const get = async (name: string | undefined, address: string) => (await as(name)).get(address)
  const post = async (name: string | undefined, address: string, form: Record<string, string | string[]> = {}) =>
    (await as(name)).post(address, form)
  const textOf = async (address: string, name = 'member') =>
    (await (await get(name, address)).text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
  const upload = async (name: string, lines: string[]) => {
    const body = new FormData()
    body.append('file', new File([`${head}\n${lines.join('\n')}\n`], 'dps.csv', { type: 'text/csv' }))
    return (await as(name)).send('POST', at('/import'), body)
  }
  const voters = () =>
    world.db.selectFrom('voting.voter').selectAll().where('election', '=', village.election).orderBy('name').execute()
  const idOf = async (name: string) =>
    (await world.db.selectFrom('voting.voter').select('id').where('name', '=', name).executeTakeFirstOrThrow()).id

  it('is nobody else’s than those who prepare the election', async () => {
    const seen = async (name?: string) => (await get(name, at())).status
    assert.deepEqual(await Promise.all(['chair', 'member', 'regency'].map(seen)), [200, 200, 200])
    assert.deepEqual(await Promise.all(['elsewhere', 'national', 'nobody'].map(seen)), [404, 404, 404])
    assert.equal(await seen(), 303)
    for (const page of ['/import', '/voters', '/questions', '/split', '/fix', '/add'])
      assert.equal((await get('elsewhere', at(page))).status, 404)
  })

  it('is imported: rows that cannot be right are named and left out, the others come in once, for two at once', async () => {
    const lines = [
      line(1, { tps: '1' }),
      line(2, { rw: '2' }),
      line(3, { rw: '2' }),
      line(4, { nik: nik(1) }),
      line(5, { nik: '123' }),
      line(6, { tps: '9' }),
    ]
    assert.equal((await upload('elsewhere', lines)).status, 404)
    const checked = await upload('member', lines)
    assert.equal(checked.status, 303)
    const place = checked.headers.get('location')!
    const result = await textOf(place)
    assert.match(result, /3 baris tidak dapat diambil/)
    assert.match(result, /Baris 5 nik: NIK sama dengan baris 2, yang TPS-nya lain/)
    assert.deepEqual(await voters(), [])
    const report = await (await get('member', `${place}/left-out.csv`)).text()
    assert.deepEqual(
      report
        .trim()
        .split('\r\n')
        .slice(1)
        .map((row) => row.split(',').slice(0, 2)),
      [
        ['5', 'nik'],
        ['6', 'nik'],
        ['7', 'tps'],
      ],
    )
    // A NIK is sixteen digits, which a spreadsheet keeps of a text only.
    const sheet = await readSheet(
      Buffer.from(await (await get('member', `${place}/left-out.xlsx`)).arrayBuffer()),
      xlsxType,
    )
    assert.deepEqual(
      sheet!.slice(1).map(([row, , , written]) => [row, written]),
      [
        ['5', nik(1)],
        ['6', '123'],
        ['7', nik(6)],
      ],
    )
    const both = await Promise.all([1, 2].map(async () => (await post('member', place)).status))
    assert.deepEqual(both.sort(), [303, 409])
    assert.equal((await voters()).length, 3)
    assert.match(await textOf(place), /sudah diambil/)
    assert.equal((await upload('member', ['x'])).status, 303)
  })

  it('is told by the rows as a spreadsheet counts them, each row once with all that is wrong', async () => {
    const place = (
      await upload('member', ['', line(40, { nik: '12', lahir: '31-02-1980' }), '', line(41, { tps: '9' })])
    ).headers.get('location')!
    const report = (await (await get('member', `${place}/left-out.csv`)).text()).trim().split('\r\n').slice(1)
    assert.deepEqual(
      report.map((row) => row.split(',').slice(0, 2)),
      [
        ['3', 'nik lahir'],
        ['5', 'tps'],
      ],
    )
    assert.match(await textOf(place), /2 baris ditinggalkan .* Baris 3 nik: NIK harus 16 angka/)
    // An address of another election says nothing of this file.
    const other = await aVillage(world, { places: 1, candidates: 0, of: village, village: '34.04.07.2003' })
    const there = `/voting/elections/${other.election}/roll/import/${place.split('/').at(-1)}`
    assert.deepEqual([(await (await world.as(other.who.member)).post(there)).status], [404])
  })

  it('keeps no NIK in clear: not in a voter, not in a file that waits, not on a page, not in an event', async () => {
    await upload('member', [line(7)])
    const rows = [
      ...(await voters()),
      ...(await world.db.selectFrom('voting.roll_import').selectAll().execute()),
      ...(await world.db.selectFrom('log.event').selectAll().execute()),
      ...(await world.db.selectFrom('log.once').selectAll().execute()),
    ]
    const kept = JSON.stringify(rows, (_, value) =>
      value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value,
    )
    assert.equal(kept.includes('Pemilih Uji'), true)
    assert.equal(kept.includes('9999990101'), false)
    const pages = await Promise.all(
      [at('/voters'), at('/questions'), at(`/voters/${(await voters())[0]!.id}`)].map((a) => textOf(a)),
    )
    for (const text of pages) assert.equal(text.includes('9999990101'), false)
    assert.match(pages[0]!, /9999\*{8}0001/)
  })

  it('finds a NIK that is there again, whoever brings it', async () => {
    const place = (await upload('chair', [line(1, { tps: '1' }), line(2), line(3, { tps: '1' })])).headers.get(
      'location',
    )!
    assert.match(await textOf(place), /Tidak ada baris baru/)
    assert.equal((await post('chair', place)).status, 409)
    const form = { nik: nik(1), nama: 'Lain', alamat: '', dusun: '', tps: village.places[0]!, reason: 'not-listed' }
    assert.equal((await post('member', at('/add'), form)).status, 409)
    assert.equal((await post('member', at('/add'), { ...form, nik: '99' })).status, 409)
    assert.equal((await post('member', at('/add'), { ...form, nik: nik(8), reason: '' })).status, 422)
    assert.equal((await voters()).length, 3)
  })

  it('is divided by hamlet and RW, and warns of a crowded place without forbidding it', async () => {
    const text = await textOf(at('/split'))
    assert.match(text, /RW 002, Krajan 2/)
    const form = { 'group-0': 'Krajan|002', 'place-0': village.places[1]! }
    assert.equal((await post('member', at('/split'), { ...form, 'place-0': village.election })).status, 409)
    const queries = async (groups: number) => {
      const many = Array.from({ length: groups }, (_, n) => [
        [`group-${n}`, `Tidak ada ${n}|00${n}`],
        [`place-${n}`, village.places[0]!],
      ])
      const client = await as('member')
      return (await queriesOf(() => client.post(at('/split'), Object.fromEntries(many.flat())))).length
    }
    assert.equal(await queries(3), await queries(1))
    assert.equal((await post('member', at('/split'), form)).status, 303)
    assert.deepEqual((await voters()).map(({ rw, tps }) => [rw, tps]).sort(), [
      ['001', village.places[0]],
      ['002', village.places[1]],
      ['002', village.places[1]],
    ])
    await world.db
      .updateTable('voting.election')
      .set({
        profile: JSON.stringify({
          ...village.profile,
          rules: { ...village.profile.rules, votersPerTps: { ...village.profile.rules.votersPerTps, value: 1 } },
        }),
      })
      .where('id', '=', village.election)
      .execute()
    assert.match(await textOf(at()), /TPS 2 Lebih dari 1 pemilih/)
  })

  it('asks the committee about what is strange, and is not fixed before each question has an answer', async () => {
    const add = (n: number, over: Parameters<typeof line>[1]) => line(n, { rw: '1', tps: '1', ...over })
    const place = (
      await upload('member', [
        add(10, { nama: 'Muda Sekali', nik: '9999990101120010', lahir: '01-01-2012', kawin: 'B' }),
        add(11, { nama: 'Sama Nama' }),
        add(12, { nama: 'H. Sama Nama' }),
        add(13, { nama: 'Nik Aneh', nik: '9999990001000013' }),
      ])
    ).headers.get('location')!
    assert.equal((await post('member', place)).status, 303)
    const text = await textOf(at('/questions'))
    for (const asked of [/Belum 17 tahun.*Muda Sekali/, /sama \(1\).*Sama Nama/, /tidak mungkin \(1\).*Nik Aneh/])
      assert.match(text, asked)
    assert.equal((await post('chair', at('/fix'))).status, 409)
    const keep = { kind: 'nik-date', note: 'Dicocokkan dengan kartu keluarga' }
    assert.equal((await post('member', at('/questions'), { ...keep, note: '' })).status, 422)
    assert.equal((await post('nobody', at('/questions'), keep)).status, 404)
    assert.deepEqual(
      (await Promise.all([1, 2].map(async () => (await post('member', at('/questions'), keep)).status))).sort(),
      [303, 409],
    )
    const alike = /value="(alike:[^"]+)"/.exec(await (await get('member', at('/questions'))).text())![1]!
    assert.equal(
      (await post('member', at('/questions'), { 'questions[]': [alike], note: 'Dua orang, bertetangga' })).status,
      303,
    )
    // The child is struck, with the reason.
    const child = await idOf('Muda Sekali')
    const again = await post('member', at(`/voters/${child}/strike`), { note: 'Lahir 2012' })
    assert.deepEqual([again.status, (await again.text()).includes('value="Lahir 2012"')], [422, true])
    assert.equal((await post('member', at(`/voters/${child}/strike`), { reason: 'under-age' })).status, 303)
    assert.equal((await post('member', at(`/voters/${child}/strike`), { reason: 'died' })).status, 404)
    assert.match(await textOf(at('/questions')), /Tidak ada pertanyaan terbuka/)
    assert.match(await textOf(at()), /Muda Sekali dicoret Belum cukup umur dan belum kawin/)
  })

  it('asks about a NIK that another village of the same day has', async () => {
    const other = await aVillage(world, { places: 1, candidates: 0, of: village, village: '34.04.07.2002' })
    const body = new FormData()
    body.append('file', new File([`${head}\n${line(1)}\n`], 'dps.csv'))
    const there = await (await world.as(other.who.member)).send(
      'POST',
      `/voting/elections/${other.election}/roll/import`,
      body,
    )
    await (await world.as(other.who.member)).post(there.headers.get('location')!)
    const text = await textOf(at('/questions'))
    assert.match(text, /desa lain yang memilih pada hari yang sama \(1\)/)
    // Nobody learns from it what stands in the other roll but that it is there.
    assert.equal((await get('member', `/voting/elections/${other.election}/roll`)).status, 404)
    await post('member', at('/questions'), { kind: 'wave', note: 'Pindah ke sini bulan lalu' })
  })

  it('keeps an untouched NIK when a voter is corrected, and says which particulars were', async () => {
    const [voter] = await voters()
    const form = {
      ...{ nik: '', nama: 'Nama Benar', lahir: '01-01-1980', kelamin: 'L', kawin: 'S', alamat: voter!.address },
      ...{ dusun: 'Krajan', rt: '1', rw: voter!.rw, tps: voter!.tps!, reason: 'written-wrong', note: 'KK' },
    }
    assert.equal((await post('member', at(`/voters/${voter!.id}`), form)).status, 303)
    assert.equal((await post('member', at(`/voters/${voter!.id}`), form)).status, 409)
    const changed = await world.db
      .selectFrom('voting.voter')
      .selectAll()
      .where('id', '=', voter!.id)
      .executeTakeFirstOrThrow()
    assert.deepEqual([changed.name, changed.nik_mark.equals(voter!.nik_mark)], ['Nama Benar', true])
    const change = await world.db
      .selectFrom('voting.roll_change')
      .select(['kind', 'fields', 'reason'])
      .where('voter', '=', voter!.id)
      .execute()
    assert.deepEqual(change, [{ kind: 'changed', fields: ['name'], reason: 'written-wrong' }])
  })

  it('is fixed by the chair alone, once for two at once: numbered, counted, hashed', async () => {
    assert.deepEqual(await rollOf(world.db, village.places[0]!), { ok: false, refusal: 'roll-open' })
    assert.equal((await post('member', at('/fix'))).status, 403)
    assert.deepEqual(
      (await Promise.all([1, 2].map(async () => (await post('chair', at('/fix'))).status))).sort(),
      [303, 409],
    )
    // Lists that nobody answered are not kept once the roll is fixed.
    const waiting = await world.db
      .selectFrom('voting.roll_import')
      .select('taken')
      .where('rows', 'is not', null)
      .execute()
    assert.deepEqual(waiting, [])
    const numbers = (await voters())
      .filter(({ struck }) => !struck)
      .map(({ tps, no }) => `${village.places.indexOf(tps!) + 1}:${no}`)
    assert.deepEqual(numbers.sort(), ['1:1', '1:2', '1:3', '1:4', '2:1', '2:2'])
    const fixed = await world.db.selectFrom('voting.roll').selectAll().executeTakeFirstOrThrow()
    assert.deepEqual([fixed.kind, fixed.count, fixed.additional], ['fixed', 6, 0])
    const lines = (fixed.places as { number: number; count: number; additional: number; hash: string }[]).map(
      ({ number, count, additional, hash }) => `TPS ${number} ${count} ${additional} ${hash}\n`,
    )
    assert.equal(fixed.hash, hashOf(lines.join('')))
  })

  it('is changed by nobody after that: refused on every way, and each attempt is in the log (R33)', async () => {
    const voter = (await voters()).find(({ struck }) => !struck)!
    const before = await voters()
    const form = { nik: '', nama: 'Diubah', alamat: '', dusun: '', tps: voter.tps!, reason: 'other' }
    const ways = [
      (await post('member', at(`/voters/${voter.id}`), form)).status,
      (await post('member', at(`/voters/${voter.id}/strike`), { reason: 'died' })).status,
      (await post('member', at('/split'), { 'group-0': 'Krajan|002', 'place-0': village.places[0]! })).status,
      (await upload('member', [line(20)])).status,
    ]
    assert.deepEqual(ways, [409, 409, 409, 409])
    assert.deepEqual(await voters(), before)
    const refused = await world.db
      .selectFrom('log.event')
      .select(['particulars', 'actor'])
      .where('name', '=', 'voting.roll-change-refused')
      .orderBy('id')
      .execute()
    assert.deepEqual(
      refused.map(({ particulars }) => particulars),
      [{ what: 'change' }, { what: 'strike' }, { what: 'divide' }, { what: 'import' }],
    )
    assert.equal(refused[0]!.actor, village.who.member)
    for (const act of [
      () => world.db.updateTable('voting.voter').set({ name: 'Diubah' }).where('id', '=', voter.id).execute(),
      () => world.db.deleteFrom('voting.voter').where('id', '=', voter.id).execute(),
    ])
      await assert.rejects(act, /the roll is fixed/)
    await assert.rejects(() => world.db.updateTable('voting.roll').set({ count: 7 }).execute(), /never changed/)
  })

  it('goes nowhere before every candidate has signed its sheet or said why not, seen by two', async () => {
    const tps = village.places[0]!
    assert.deepEqual(await rollOf(world.db, tps), { ok: false, refusal: 'roll-unsigned' })
    const [first, second] = village.candidates
    const note = (candidate: string, signed: string, note = '') =>
      post('member', at('/fix/signings'), { candidate, signed, note })
    assert.equal((await note(first!, 'signed')).status, 303)
    const unsaid = await note(second!, 'refused')
    assert.deepEqual([unsaid.status, /value="refused" selected/.test(await unsaid.text())], [422, true])
    assert.equal((await note(second!, 'refused', 'Meminta hitung ulang')).status, 303)
    const confirm = async (name: string, candidate: string) =>
      (await post(name, at(`/fix/signings/${candidate}`))).status
    assert.equal(await confirm('member', first!), 409)
    assert.deepEqual((await Promise.all([1, 2].map(() => confirm('chair', first!)))).sort(), [303, 409])
    assert.deepEqual(await rollOf(world.db, tps), { ok: false, refusal: 'roll-unsigned' })
    assert.equal(await confirm('chair', second!), 303)
    assert.equal((await note(first!, 'refused', 'Berubah pikiran')).status, 409)
    assert.equal((await rollOf(world.db, tps)).ok, true)
  })

  it('reaches the desk sealed: every voter by number, the others of the village as marks, and no NIK', async () => {
    const [one, two] = await Promise.all(village.places.map((tps) => rollOf(world.db, tps)))
    assert.ok(one?.ok && two?.ok)
    const { rollKey, text, hash, count, additional } = one.change
    assert.deepEqual([hash, count, additional], [hashOf(text), 4, 0])
    const roll = JSON.parse(openRoll(rollKey, sealRoll(rollKey, text))!) as Roll
    assert.deepEqual(
      roll.voters.map(({ no }) => no),
      [1, 2, 3, 4],
    )
    assert.ok(roll.voters.some(({ nik: mark }) => mark === nikMark(rollKey, nik(1))))
    assert.deepEqual(
      roll.elsewhere.map(([mark, tps]) => [[nikMark(rollKey, nik(2)), nikMark(rollKey, nik(3))].includes(mark), tps]),
      [
        [true, 2],
        [true, 2],
      ],
    )
    assert.equal(text.includes('9999990101'), false)
    assert.notEqual(two.change.rollKey, rollKey)
    assert.equal(openRoll(two.change.rollKey, sealRoll(rollKey, text)), undefined)
    const keys = await world.db.selectFrom('voting.roll_key').select('sealed').execute()
    assert.equal(
      keys.some(({ sealed }) => sealed.includes(rollKey)),
      false,
    )
    // The same hash as was signed and printed.
    const sheet = readPdf(await (await get('member', at('/fix/sheet.pdf'))).bytes()).text
    assert.ok(sheet.replace(/\s/g, '').includes(hash))
    const list = readPdf(await (await get('member', at('/fix/attendance-1.pdf'))).bytes()).text
    assert.ok(list.includes('Nama Benar') && !list.includes('9999990101'))
    assert.equal((await get('member', at('/fix/attendance-9.pdf'))).status, 404)
    // Who helps a voter is written on a form that has no room for the choice (R46).
    const form = readPdf(await (await get('member', at('/fix/assistance-1.pdf'))).bytes()).text.replace(/\s+/g, ' ')
    for (const said of [
      'Surat pernyataan pendamping pemilih',
      'TPS 1',
      'Nama pendamping',
      'tidak pernah memuat pilihan',
    ])
      assert.ok(form.includes(said), said)
    assert.equal(/Calon 1|Calon 2|Nama Benar/.test(form), false)
    assert.deepEqual(
      await Promise.all(
        [['member', '/fix/assistance-9.pdf'] as const, ['elsewhere', '/fix/assistance-1.pdf'] as const].map(
          async ([name, paper]) => (await get(name, at(paper))).status,
        ),
      ),
      [404, 404],
    )
  })

  it('counts those added after it as a list of their own, and closes with them (R33)', async () => {
    const tps = village.places[0]!
    const form = {
      nik: nik(30),
      nama: 'Aan Tambahan',
      lahir: '01-01-1980',
      kelamin: 'L',
      kawin: 'S',
      alamat: 'Jl',
      dusun: 'Krajan',
      tps,
      reason: 'not-listed',
    }
    assert.equal((await post('chair', at('/fix'))).status, 409)
    assert.equal((await post('member', at('/add'), form)).status, 303)
    assert.deepEqual(await rollOf(world.db, tps), { ok: false, refusal: 'roll-uncounted' })
    const hashBefore = (await world.db.selectFrom('voting.roll').select('hash').executeTakeFirstOrThrow()).hash
    assert.equal((await post('chair', at('/fix'))).status, 303)
    const both = await world.db
      .selectFrom('voting.roll')
      .select(['kind', 'count', 'additional', 'hash'])
      .orderBy('kind', 'desc')
      .execute()
    assert.deepEqual(
      both.map(({ kind, count, additional }) => [kind, count, additional]),
      [
        ['fixed', 6, 0],
        ['additional', 7, 1],
      ],
    )
    assert.equal(both[0]!.hash, hashBefore)
    assert.notEqual(both[1]!.hash, hashBefore)
    // Nobody's number changed, and the added one stands behind them.
    const added = (await voters()).find(({ additional }) => additional)!
    assert.deepEqual([added.no, added.tps], [5, tps])
    assert.equal((await post('member', at('/add'), { ...form, nik: nik(31) })).status, 409)
    await assert.rejects(
      () => world.db.updateTable('voting.voter').set({ name: 'x' }).where('id', '=', added.id).execute(),
      /the roll is fixed/,
    )
    for (const candidate of village.candidates) {
      await post('member', at('/fix/signings'), { candidate, signed: 'signed', note: '' })
      await post('chair', at(`/fix/signings/${candidate}`))
    }
    const found = await rollOf(world.db, tps)
    assert.ok(found.ok)
    assert.deepEqual([found.change.count, found.change.additional], [5, 1])
  })

  it('is not handed out when what is stored is no longer what was signed', async () => {
    await world.db.transaction().execute(async (tx) => {
      const { sql } = await import('kysely')
      await sql`alter table voting.voter disable trigger keep_roll`.execute(tx)
      await sql`update voting.voter set name = 'Diganti' where name = 'Nama Benar'`.execute(tx)
      await sql`alter table voting.voter enable trigger keep_roll`.execute(tx)
    })
    const all = await Promise.all(village.places.map((tps) => rollOf(world.db, tps)))
    assert.equal(all.filter((found) => !found.ok && found.refusal === 'roll-broken').length, 1)
  })
})
