import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { hashOf, invitationCode, nikMark, type Roll, readInvitation } from '@melayani/polling/format'
import fc from 'fast-check'
import { type Fixed, inOrder, rollTextOf, signedRollText, wholeAddress, wholeHash } from './fixed.ts'
import { hasInvitation, mayNote, slotOf } from './invitation.ts'
import { crowded, type Listed, plainName, questionsOf } from './question.ts'
import { checkRoll, type RollRow, readBorn, readRollRows, rollColumns } from './row.ts'

const row = (n: number, over: Partial<Record<(typeof rollColumns)[number], string>> = {}): RollRow => ({
  ...{ row: n, nik: `999999010180${String(n).padStart(4, '0')}`, nama: `Pemilih ${n}`, lahir: '01-01-1980' },
  ...{ kelamin: 'L', kawin: 'S', alamat: 'Jalan Melati', dusun: 'Krajan', rt: '1', rw: '2', tps: '1' },
  ...over,
})
const nobody = { tps: [1, 2], listed: new Map<string, number | null>() }
const check = (rows: RollRow[], registered = nobody) => checkRoll(rows, registered, '2026-10-01')

describe('a list of voters', () => {
  it('is read by the names of its columns in any order, with rows as the spreadsheet counts them', () => {
    const read = readRollRows([
      ['Nama', 'NIK', 'Tps'],
      ['Sari ', '9999990101800001', 'TPS 2'],
      ['', '', ''],
      ['Budi', '1', ''],
    ])
    assert.ok(read.ok)
    assert.deepEqual(
      read.change.map(({ row, nama, tps, rt }) => [row, nama, tps, rt]),
      [
        [2, 'Sari', 'TPS 2', ''],
        [4, 'Budi', '', ''],
      ],
    )
    assert.deepEqual(readRollRows([['nama', 'alamat']]), { ok: false, refusal: 'columns-missing', columns: ['nik'] })
    assert.deepEqual(readRollRows([['nik', 'nama']]), { ok: false, refusal: 'file-empty' })
  })

  it('names every row that cannot be right, and takes the others', () => {
    const { entries, problems } = check([
      row(2),
      row(3, { nik: '12345' }),
      row(4, { nik: '9999990101800000' }),
      row(5, { nama: '' }),
      row(6, { lahir: '31-02-1980' }),
      row(7, { lahir: '01-01-2030' }),
      row(8, { kelamin: 'X' }),
      row(9, { kawin: 'Q' }),
      row(10, { tps: '3' }),
      row(11, { nik: row(2).nik }),
      row(12, { nik: row(2).nik, tps: '2' }),
      row(13, { alamat: 'x'.repeat(201) }),
      row(14),
    ])
    assert.deepEqual(
      entries.map(({ row }) => row),
      [2, 14],
    )
    assert.deepEqual(
      problems.map(({ row, column, code, with: other }) => [row, column, code, other]),
      [
        [3, 'nik', 'row-nik-digits', undefined],
        [4, 'nik', 'row-nik-digits', undefined],
        [5, 'nama', 'row-required', undefined],
        [6, 'lahir', 'row-born', undefined],
        [7, 'lahir', 'row-born', undefined],
        [8, 'kelamin', 'row-sex', undefined],
        [9, 'kawin', 'row-marital', undefined],
        [10, 'tps', 'row-tps', undefined],
        [11, 'nik', 'row-nik-twice', 2],
        [12, 'nik', 'row-nik-other-tps', 2],
        [13, 'alamat', 'row-too-long', 200],
      ],
    )
  })

  it('can be imported again: who is in the roll is known, who is at another polling place is named', () => {
    const listed = new Map([
      [row(2).nik, 1],
      [row(3).nik, 2],
      [row(4).nik, null],
    ])
    const { entries, known, problems } = check([row(2), row(3), row(4), row(5)], { tps: [1, 2], listed })
    assert.deepEqual([entries.map(({ row }) => row), known], [[5], 2])
    assert.deepEqual(problems, [{ row: 3, column: 'nik', code: 'row-nik-listed', with: 2 }])
  })

  it('fills birthday and sex from the NIK where the list is silent', () => {
    const [first] = check([row(2, { nik: '9999994512900001', lahir: '', kelamin: '', kawin: '', tps: '' })]).entries
    assert.deepEqual(first!.entry, {
      ...{ nik: '9999994512900001', name: 'Pemilih 2', born: '1990-12-05', sex: 'P', marital: null },
      ...{ address: 'Jalan Melati', hamlet: 'Krajan', rt: '001', rw: '002', tps: null },
    })
  })

  it('takes every row once or says why not, whatever stands in it', () => {
    const cell = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.constantFrom('', '1', '2', 'TPS 1', '01-01-1980', '9999990101800002', '9999990101800003', 'L', 'S'),
    )
    const rows = fc.array(
      fc.record(Object.fromEntries(rollColumns.map((c) => [c, cell])) as Record<'nik', typeof cell>),
      {
        maxLength: 12,
      },
    )
    fc.assert(
      fc.property(rows, (made) => {
        const list = made.map((cells, at) => ({ row: at + 2, ...cells }) as unknown as RollRow)
        const { entries, known, problems } = check(list)
        const left = new Set(problems.map(({ row }) => row))
        assert.equal(entries.length + known + left.size, list.length)
        assert.equal(new Set(entries.map(({ entry }) => entry.nik)).size, entries.length)
        assert.ok(entries.every(({ row }) => !left.has(row)))
      }),
      { numRuns: 300 },
    )
  })

  it('reads birthdays as lists write them', () => {
    assert.deepEqual(
      [
        '31-12-1980',
        '1/2/1980',
        '01|02|1980',
        '1980-02-01',
        'Fri Feb 01 1980 00:00:00 GMT+0000',
        '30-02-1980',
        'x',
      ].map(readBorn),
      ['1980-12-31', '1980-02-01', '1980-02-01', '1980-02-01', '1980-02-01', undefined, undefined],
    )
  })
})

const listed = (id: string, over: Partial<Listed> = {}): Listed => ({
  ...{
    id,
    nik: '9999990101800001',
    name: `Orang ${id}`,
    born: '1980-01-01',
    sex: 'L',
    marital: 'S',
    address: `No. ${id}`,
  },
  ...over,
})
const ask = (voters: Listed[], elsewhere: string[] = []) =>
  questionsOf(voters, { held: '2026-11-22', elsewhere: new Set(elsewhere) }).map(({ kind, voter, other }) =>
    [kind, voter, other].filter(Boolean).join(' '),
  )

describe('questions of a roll', () => {
  it('are none where nothing is strange', () => assert.deepEqual(ask([listed('a'), listed('b')]), []))

  it('ask about those below 17 on the day and unmarried, not about the married and not about who turns 17 that day', () => {
    const young = { nik: '9999992311090001' }
    assert.deepEqual(
      ask([
        listed('a', { ...young, born: '2009-11-23', marital: 'B' }),
        listed('b', { ...young, born: '2009-11-23', marital: null }),
        listed('c', { ...young, born: '2009-11-23', marital: 'S' }),
        listed('d', { ...young, born: '2009-11-23', marital: 'P' }),
        listed('e', { nik: '9999992211090001', born: '2009-11-22', marital: 'B' }),
      ]),
      ['young a', 'young b'],
    )
  })

  it('ask about a NIK that cannot be a birthday, that says another birthday or another sex, and about no age at all', () => {
    assert.deepEqual(
      ask([
        listed('a', { nik: '9999990001000001' }),
        listed('b', { born: '1980-01-02' }),
        listed('c', { sex: 'P' }),
        listed('d', { nik: '9999990001000001', born: null }),
      ]),
      ['nik-date a', 'nik-date d', 'nik-born b', 'nik-sex c', 'no-age d'],
    )
  })

  it('ask once about a pair that is alike, also behind titles, and about three as a chain', () => {
    const name = 'Moh. Yusuf'
    assert.deepEqual(ask([listed('b', { name: 'H. Moh Yusuf, S.Pd' }), listed('a', { name })]), ['alike a b'])
    assert.deepEqual(ask(['c', 'a', 'b'].map((id) => listed(id, { name }))), ['alike a b', 'alike b c'])
    const other = { nik: '9999990101900001', born: '1990-01-01' }
    assert.deepEqual(ask([listed('a', { name }), listed('b', { name, ...other })]), [])
    assert.deepEqual(ask([listed('a', { name }), listed('b', { name, ...other, address: 'no. A' })]), ['alike a b'])
    assert.equal(plainName('Drs. H. Siti-Aminah'), 'sitiaminah')
  })

  it('ask about a NIK that another village of the wave has too', () =>
    assert.deepEqual(ask([listed('a'), listed('b')], ['b']), ['wave b']))

  it('warn of a polling place with more than the profile says, and of none with as many', () =>
    assert.deepEqual(crowded([{ voters: 500 }, { voters: 501 }], 500), [{ voters: 501 }]))
})

const fixed = (n: number, tps: string, no: number, over: Partial<Fixed> = {}): Fixed => ({
  ...{
    nik: `999999010180${String(n).padStart(4, '0')}`,
    name: `Pemilih ${n}`,
    born: '1980-01-01',
    sex: 'L',
    address: '',
  },
  ...{ hamlet: 'Krajan', rt: '001', rw: '002', tps, no, additional: false, ...over },
})
const rollKey = 'ab'.repeat(32)
const numbers = new Map([
  ['x', 1],
  ['y', 2],
])

describe('a fixed roll', () => {
  const voters = [
    fixed(1, 'x', 2),
    fixed(2, 'x', 1),
    fixed(3, 'y', 1),
    fixed(4, 'x', 3, { additional: true, born: null }),
  ]

  it('has its own voters in order of number, and of the others a mark and where they vote', () => {
    const { text, hash, count, additional } = rollTextOf(voters, 'x', numbers, rollKey)
    const roll = JSON.parse(text) as Roll
    assert.deepEqual([count, additional, hash], [3, 1, hashOf(text)])
    assert.deepEqual(
      roll.voters.map(({ no, name, last4, additional, born }) => [no, name, last4, additional, born]),
      [
        [1, 'Pemilih 2', '0002', undefined, '1980-01-01'],
        [2, 'Pemilih 1', '0001', undefined, '1980-01-01'],
        [3, 'Pemilih 4', '0004', true, undefined],
      ],
    )
    assert.deepEqual(roll.elsewhere, [[nikMark(rollKey, voters[2]!.nik), 2]])
    assert.equal(roll.voters[0]!.nik, nikMark(rollKey, voters[1]!.nik))
  })

  it('carries no NIK: neither in its text nor of those elsewhere', () => {
    const { text } = rollTextOf(voters, 'x', numbers, rollKey)
    for (const { nik } of voters) assert.equal(text.includes(nik.slice(0, 12)), false)
    assert.equal(text.includes('Pemilih 3'), false)
  })

  it('is the same text whatever the order in which it is read, and another when one thing of one voter is', () => {
    const { hash } = rollTextOf(voters, 'x', numbers, rollKey)
    assert.equal(rollTextOf(voters.toReversed(), 'x', numbers, rollKey).hash, hash)
    for (const over of [{ name: 'Lain' }, { born: '1980-01-02' }, { rt: '009' }, { nik: '9999990101809999' }])
      assert.notEqual(rollTextOf([{ ...voters[0]!, ...over }, ...voters.slice(1)], 'x', numbers, rollKey).hash, hash)
  })

  it('says of RT and RW what is known, and a roll that was signed with a dash for the other stays what it is', () => {
    const at = (rt: string, rw: string) => wholeAddress({ address: 'Jalan 1', hamlet: 'Krajan', rt, rw })
    assert.deepEqual(
      [at('001', '002'), at('', '002'), at('001', ''), at('', '')],
      ['Jalan 1, RT 001/RW 002, Krajan', 'Jalan 1, RW 002, Krajan', 'Jalan 1, RT 001, Krajan', 'Jalan 1, Krajan'],
    )
    const half = voters.map((voter) => ({ ...voter, address: '', rt: '' }))
    const before = rollTextOf(half, 'x', numbers, rollKey, ({ rw, hamlet }) => `RT -/RW ${rw}, ${hamlet}`)
    const now = rollTextOf(half, 'x', numbers, rollKey)
    assert.notEqual(before.hash, now.hash)
    for (const signed of [before, now])
      assert.equal(signedRollText(signed, half, 'x', numbers, rollKey)?.text, signed.text)
    assert.equal(signedRollText({ ...now, count: now.count + 1 }, half, 'x', numbers, rollKey), undefined)
    assert.equal(signedRollText(before, voters, 'x', numbers, rollKey), undefined)
  })

  it('stands neighbours together, always in the same order', () => {
    const made = fc.record({
      hamlet: fc.constantFrom('Krajan', 'Sawah'),
      rw: fc.constantFrom('001', '002'),
      rt: fc.constantFrom('001', '002'),
      name: fc.constantFrom('Ani', 'Budi'),
    })
    fc.assert(
      fc.property(fc.array(made, { maxLength: 20 }), fc.infiniteStream(fc.nat()), (list, random) => {
        const people = list.map((each, at) => ({ ...each, nik: String(at) }))
        const shuffled = people.map((p) => [random.next().value, p] as const).sort(([a], [b]) => a - b)
        const order = inOrder(shuffled.map(([, p]) => p))
        assert.deepEqual(order, inOrder(people))
        const places = order.map(({ hamlet, rw, rt }) => `${hamlet}${rw}${rt}`)
        assert.equal(places.filter((place, at) => place !== places[at - 1]).length, new Set(places).size)
      }),
    )
  })

  it('has one hash for the village, of lines that anybody can write', () => {
    const counted = [
      { number: 2, count: 1, additional: 0, hash: 'b' },
      { number: 1, count: 3, additional: 1, hash: 'a' },
    ]
    assert.equal(wholeHash(counted), hashOf('TPS 1 3 1 a\nTPS 2 1 0 b\n'))
    assert.equal(wholeHash(counted.toReversed()), wholeHash(counted))
  })
})

describe('an invitation', () => {
  const election = '0199a3a0-0000-7000-8000-000000000001'

  it('has a square that names the line of the roll, and is refused when one sign was misread or it is of another election', () => {
    const code = invitationCode(election, 2, 314)
    assert.deepEqual(readInvitation(election, code), { tps: 2, no: 314 })
    assert.equal(readInvitation('0199a3a0-0000-7000-8000-000000000002', code), undefined)
    assert.equal(readInvitation(election, code.replace('.314.', '.315.')), undefined)
    assert.equal(readInvitation(election, 'U1'), undefined)
  })

  it('names an hour inside the opening, in equal shares, the last hour left free', () => {
    const hours = { opens: '07:00', closes: '13:00' }
    const slots = Array.from({ length: 500 }, (_, at) => slotOf(at + 1, 500, hours).from)
    assert.deepEqual(
      [...Map.groupBy(slots, (from) => from)].map(([from, all]) => [from, all.length]),
      ['07:00', '08:00', '09:00', '10:00', '11:00'].map((from) => [from, 100]),
    )
    assert.deepEqual(slotOf(1, 1, { opens: '08:30', closes: '09:00' }), { from: '08:30', until: '09:00' })
  })

  it('is received once, and can be claimed until the day before', () => {
    const days = { today: '2026-11-21', held: '2026-11-22' }
    assert.equal(mayNote(undefined, days), undefined)
    assert.equal(mayNote({ outcome: 'not-found' }, days), undefined)
    assert.equal(mayNote({ outcome: 'family' }, days), 'already-received')
    assert.equal(mayNote(undefined, { ...days, today: '2026-11-22' }), 'claim-over')
    assert.deepEqual(
      (['self', 'family', 'claimed', 'not-found', 'moved', 'died'] as const).map((outcome) =>
        hasInvitation({ outcome }),
      ),
      [true, true, true, false, false, false],
    )
  })
})
