import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { inFiles, packageOf, small } from '../../../../test/packages.ts'
import { instantOf } from './calendar.ts'
import { type Case, calendarOf, flowOf, type Installation, withdraw } from './case.ts'
import { counted } from './clock.ts'
import { nationalHolidays } from './holidays.ts'
import { type Act, catchUp, move, open } from './moving.ts'
import { sight } from './sight.ts'
import { dueNext } from './timing.ts'

const pkg = packageOf(inFiles(small))
const here: Installation = {
  place: { zone: 'WIB', holidays: nationalHolidays() },
  settings: {},
  language: 'id',
  allowSynthetic: true,
}
const monday = instantOf('2026-03-02T09:00', 'WIB')
const answers = {
  nama: 'Budi',
  nik: '9910200101800001',
  umur: 46,
  desa: '3510202001',
  sakit: ['stroke'],
  setuju: true,
  alamat: 'Jalan Mawar',
  hp: '0812 3456 7890',
}
const hour = 3_600_000

function opened(over: Record<string, unknown> = {}): Case {
  const outcome = open(
    pkg,
    here,
    'KR-1',
    'pinjam',
    { move: 'ajukan', role: 'warga', answers: { ...answers, ...over } },
    monday,
  )
  assert.ok(outcome.ok, JSON.stringify(outcome))
  return outcome.case
}

describe('services: moves of a case', () => {
  it('are refused by the name of the rule, and then nothing has changed', () => {
    const it = opened()
    const before = structuredClone(it)
    const refusals: [act: Act, refusal: string][] = [
      [{ move: 'terbang', role: 'petugas' }, 'no-such-move'],
      [{ move: 'kembalikan', role: 'petugas' }, 'not-from-here'],
      [{ move: 'serahkan', role: 'warga' }, 'not-your-role'],
      [{ move: 'anggap_batal', role: 'petugas' }, 'not-your-role'],
      [{ move: 'anggap_batal', role: 'system' }, 'not-your-role'],
      [{ move: 'serahkan', role: 'petugas', reason: 'mau' }, 'reason-not-asked'],
      [{ move: 'serahkan', role: 'petugas', answers: { nama: 'Lain' } }, 'not-asked:nama'],
      [{ move: 'ajukan', role: 'warga', answers }, 'not-from-here'],
    ]
    for (const [act, refusal] of refusals) {
      const outcome = move(pkg, here, it, act, monday + hour)
      assert.deepEqual(outcome.ok ? 'done' : outcome.refusal, refusal, act.move)
    }
    assert.deepEqual(it, before)
  })

  it('take no answer that was not asked, and say every fault at once', () => {
    const act = { move: 'ajukan', role: 'warga', answers: { ...answers, umur: 'tua', desa: '', admin: true, hp: '12' } }
    const outcome = open(pkg, here, 'KR-1', 'pinjam', act, monday)
    assert.deepEqual(outcome.ok ? [] : outcome.objections.map(({ rule }) => rule), [
      'not-asked:admin',
      'kind:umur',
      'required:desa',
      'phone:hp',
    ])
  })

  it('let a warning through only with a reason', () => {
    const act = { move: 'ajukan', role: 'warga', answers: { ...answers, umur: 12 } }
    const refused = open(pkg, here, 'KR-1', 'pinjam', act, monday)
    assert.equal(refused.ok ? '' : refused.refusal, 'anak')
    assert.equal(open(pkg, here, 'KR-1', 'pinjam', { ...act, despite: { anak: '  ' } }, monday).ok, false)
    const done = open(pkg, here, 'KR-1', 'pinjam', { ...act, despite: { anak: 'Ibunya hadir', lain: 'x' } }, monday)
    assert.deepEqual(done.ok && done.case.history, [
      { at: monday, move: 'ajukan', role: 'warga', from: '', to: 'diajukan', despite: { anak: 'Ibunya hadir' } },
    ])
  })

  it('never keep a value whose consent is missing, whatever is typed', () => {
    fc.assert(
      fc.property(fc.constantFrom(undefined, false, null, 'ya', 1), fc.string({ minLength: 1 }), (setuju, alamat) => {
        const outcome = open(
          pkg,
          here,
          'KR-1',
          'pinjam',
          { move: 'ajukan', role: 'warga', answers: { ...answers, setuju, alamat } },
          monday,
        )
        if (outcome.ok) assert.equal(JSON.stringify(outcome).includes('"alamat":'), false)
        if (outcome.ok) assert.equal(outcome.case.consents.antar?.given, false)
      }),
    )
  })

  it('send what was typed to the number that was typed, cut to the length that was promised', () => {
    const outcome = move(
      pkg,
      here,
      opened({ nama: `B${'udi '.repeat(14)}i` }),
      { move: 'serahkan', role: 'petugas' },
      monday,
    )
    assert.ok(outcome.ok)
    assert.deepEqual(outcome.effects, [
      {
        kind: 'sent',
        at: monday,
        message: 'siap',
        to: { phone: '+6281234567890' },
        text: { sms: `${`B${'udi '.repeat(14)}`.slice(0, 30)}, kursi roda siap diambil.` },
      },
    ])
    const without = move(pkg, here, opened({ hp: undefined }), { move: 'serahkan', role: 'petugas' }, monday)
    assert.deepEqual(without.ok && without.effects, [{ kind: 'unsent', at: monday, message: 'siap', why: 'no-number' }])
  })
})

/** A life of a case: hours that pass, and what somebody tries then. Some of it is refused; that is part of life. */
const life = fc.array(
  fc.record({
    hours: fc.integer({ min: 0, max: 60 }),
    act: fc.constantFrom<Act>(
      { move: 'minta', role: 'petugas' },
      { move: 'lengkapi', role: 'warga' },
      { move: 'serahkan', role: 'petugas' },
      { move: 'kembalikan', role: 'warga' },
    ),
  }),
  { maxLength: 8 },
)

function live(acts: { hours: number; act: Act }[], everyHour: boolean) {
  let it = opened()
  let now = monday
  const effects: unknown[] = []
  for (const { hours, act } of acts) {
    const until = now + hours * hour
    if (everyHour)
      for (; now < until; now += hour) {
        const passed = catchUp(pkg, here, it, now)
        it = passed.case
        effects.push(...passed.effects)
      }
    now = until
    const outcome = move(pkg, here, it, act, now)
    if (outcome.ok) {
      it = outcome.case
      effects.push(...outcome.effects)
    } else if (everyHour) {
      // A refused act has let time pass too, in a program that was running.
      const passed = catchUp(pkg, here, it, now)
      it = passed.case
      effects.push(...passed.effects)
    }
  }
  const end = catchUp(pkg, here, it, now + 90 * 24 * hour)
  return { case: end.case, effects: [...effects, ...end.effects], last: now }
}

describe('services: time', () => {
  it('comes out the same whether the program was running or down', () => {
    fc.assert(
      fc.property(life, (acts) => {
        const down = live(acts, false)
        const running = live(acts, true)
        assert.deepEqual(running.case, down.case)
        assert.deepEqual(running.effects, down.effects)
      }),
      { numRuns: 40 },
    )
  })

  it('does everything once, however often it is asked', () => {
    const later = monday + 30 * 24 * hour
    const once = catchUp(pkg, here, opened(), later)
    assert.deepEqual(
      once.effects.map(({ kind }) => kind),
      ['task', 'task'],
    )
    assert.deepEqual(catchUp(pkg, here, once.case, later), { case: once.case, effects: [] })
    assert.equal(once.case.state, 'kembali')
    assert.deepEqual(
      once.case.history.map(({ move, role }) => [move, role]),
      [
        ['ajukan', 'warga'],
        ['anggap_batal', 'system'],
      ],
    )
  })

  it('happens in its order, as of when it was due', () => {
    fc.assert(
      fc.property(life, (acts) => {
        const { case: it, effects } = live(acts, false)
        const times = it.history.map(({ at }) => at)
        assert.deepEqual(
          times,
          times.toSorted((a, b) => a - b),
        )
        const when = (effects as { at: number }[]).map(({ at }) => at)
        assert.deepEqual(
          when,
          when.toSorted((a, b) => a - b),
        )
      }),
      { numRuns: 40 },
    )
  })

  it('never loses a clock: it is there exactly in the states of its limit, runs unless we wait, and never counts back', () => {
    fc.assert(
      fc.property(life, (acts) => {
        let it = opened()
        let now = monday
        const limits = flowOf(pkg, 'pinjam').limits
        let before = 0
        for (const { hours, act } of acts) {
          now += hours * hour
          const outcome = move(pkg, here, it, act, now)
          it = outcome.ok ? outcome.case : catchUp(pkg, here, it, now).case
          assert.deepEqual(
            it.clocks.map(({ limit }) => limit),
            limits.filter((limit) => limit.in.includes(it.state)).map(({ id }) => id),
          )
          for (const clock of it.clocks) {
            assert.equal(clock.since === null, it.state === 'kurang')
            const has = counted(clock, calendarOf(pkg, clock.calendar), here.place, now)
            assert.ok(has >= before)
            before = has
          }
          // Something is always awaited while the clock runs, and nothing that is awaited has passed.
          const next = dueNext(pkg, here, it)
          if (it.state === 'diajukan') assert.ok(next && next.at >= now)
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('services: who sees what', () => {
  it('is by role and kind of value: not the name of what may not be seen', () => {
    const it = opened()
    const clerk = sight(pkg, it, 'petugas')!
    assert.deepEqual(Object.keys(clerk.data), ['nama', 'nik', 'umur', 'desa', 'setuju', 'alamat', 'hp'])
    assert.equal(clerk.data.nik, '9910********0001')
    // Nor a result that is made from it, whose reasons would tell it.
    assert.equal(JSON.stringify(clerk).includes('stroke'), false)
    assert.equal(JSON.stringify(sight(pkg, it, 'warga')).includes('stroke'), true)
    assert.equal(sight(pkg, it, 'orang_lain'), undefined)
  })

  it('after a later form says no to what an earlier one agreed to, it is gone as well', () => {
    const asking = packageOf(
      inFiles({
        ...small,
        'forms/ubah.yaml': `
id: ubah
names: { id: Ubah izin }
fields:
  - { id: setuju, type: bool, label: { id: Boleh diantar? } }
`,
        'flows/pinjam.yaml': small['flows/pinjam.yaml']!.replace(
          '  - { id: minta,',
          '  - { id: ubah, names: { id: Ubah izin }, from: [diajukan], to: same, roles: [warga], form: ubah }\n  - { id: minta,',
        ),
      }),
    )
    const it = opened({ alamat: 'Jalan Rahasia 7' })
    const change = (setuju: boolean) => {
      const outcome = move(asking, here, it, { move: 'ubah', role: 'warga', answers: { setuju } }, monday + hour)
      assert.ok(outcome.ok)
      return outcome.case
    }
    assert.equal(change(true).data.alamat, 'Jalan Rahasia 7')
    assert.equal(JSON.stringify(change(false)).includes('Rahasia'), false)
    assert.deepEqual(change(false).consents.antar, { given: false, version: 1, at: monday + hour })
  })

  it('after consent is withdrawn, nobody reads it anywhere', () => {
    const it = opened({ alamat: 'Jalan Rahasia 7' })
    const after = withdraw(pkg, it, 'antar', monday + hour)
    for (const { id } of pkg.roles) assert.equal(JSON.stringify(sight(pkg, after, id)).includes('Rahasia'), false)
    assert.equal(JSON.stringify(after).includes('Rahasia'), false)
    assert.deepEqual(after.consents.antar, { given: false, version: 1, at: monday + hour })
    assert.deepEqual(withdraw(pkg, after, 'antar', monday + hour), after)
  })
})
