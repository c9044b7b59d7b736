import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { filesOf, inFiles, packageOf, small } from '../../../../../test/packages.ts'
import { changesBetween } from './changes.ts'
import type { Package } from './format/index.ts'
import { type Choices, type Conflict, merge, type Path } from './merge.ts'
import { equal, isRecord, isSet, isWords, itemsOf, type Json, unordered } from './shape.ts'

/** `npm run test:long` asks for more. */
const runs = process.env.LONG ? 20 : 1
const base = packageOf(inFiles(small))
const large = packageOf(filesOf('laskar-penjaja-sayur'))

type Form = Package['forms'][number]
const with_ = (change: (copy: Package) => void, from = base): Package => {
  const copy = structuredClone(from)
  change(copy)
  return copy
}
const form = (pkg: Package): Form => pkg.forms[0]!
const field = (pkg: Package, id: string) => form(pkg).fields.find((one) => one.id === id)!
const told = ({ conflicts }: { conflicts: Conflict[] }) => conflicts.map(({ path, kind }) => [path.join('/'), kind])

/** What stands at a place; undefined where nothing does. */
function at(pkg: unknown, path: Path): unknown {
  let here: unknown = pkg
  path.forEach((step, i) => {
    if (Array.isArray(here)) here = itemsOf(path[i - 1]!, here)?.get(step)
    else here = isRecord(here) ? here[step] : undefined
  })
  return here
}

/** The same package with lists whose order says nothing in one order. */
function settled(value: unknown, list = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => settled(item))
    return unordered.has(list) || isSet(list, value)
      ? items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
      : items
  }
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, settled(inner, key)]),
  )
}

let fresh = 0
/** One change somewhere in a package: a text, a number, an answer, an item taken away, put in, or moved. */
function edit(pkg: Package, seeds: readonly number[]): Package {
  const copy = structuredClone(pkg)
  let i = 0
  const next = (n: number) => (seeds[i++ % seeds.length]! + i) % n
  let here: unknown = copy
  let list = ''
  for (;;) {
    if (Array.isArray(here)) {
      const items = itemsOf(list, here)
      if (!items || here.length === 0) return copy
      const what = next(6)
      const where = next(here.length)
      if (what === 0) here.splice(where, 1)
      else if (what === 1) {
        const item = structuredClone(here[where]) as Json
        const words = [item.label, item.names, item.says].find(isWords)
        if (!('id' in item) || !words) return copy
        fresh++
        item.id = `baru_${fresh}`
        for (const lang of Object.keys(words)) words[lang] = `Baru ${fresh}`
        here.splice(where, 0, item)
      } else if (what === 2 && here.length > 1) here.push(...here.splice(where, 1))
      else {
        here = here[where]
        continue
      }
      return copy
    }
    if (!isRecord(here)) return copy
    const record: Json = here
    const keys = Object.keys(record).filter(
      (key) => !['id', 'format', 'type', 'kind', 'validFrom', 'version'].includes(key),
    )
    const key = keys[next(keys.length)]
    if (key === undefined) return copy
    const value = record[key]
    fresh++
    if (typeof value === 'string') record[key] = `${value} ${fresh}`
    else if (typeof value === 'number') record[key] = value + fresh
    else if (typeof value === 'boolean') record[key] = !value
    else if (isSet(key, value))
      record[key] = next(2) === 0 && value.length > 1 ? value.slice(1) : [...value, `kata_${fresh}`]
    else {
      here = value
      list = key
      continue
    }
    return copy
  }
}
const edits = (max: number) =>
  fc.array(fc.array(fc.nat(9973), { minLength: 8, maxLength: 14 }), { minLength: 1, maxLength: max })
const edited = (pkg: Package, all: readonly (readonly number[])[]) => all.reduce(edit, pkg)
const decided = ({ conflicts }: { conflicts: Conflict[] }, pick: 'ours' | 'theirs'): Choices =>
  Object.fromEntries(conflicts.map(({ id }) => [id, { pick }]))
const same = (a: unknown, b: unknown) => assert.deepEqual(settled(a), settled(b))

describe('services: two versions made from one', () => {
  it('are the other when one side changed nothing, and themselves when both changed the same', () => {
    fc.assert(
      fc.property(fc.constantFrom(base, large), edits(4), (b, all) => {
        const x = edited(b, all)
        for (const [merged, want] of [
          [merge(b, b, x), x],
          [merge(b, x, b), x],
          [merge(b, x, x), x],
        ] as const) {
          assert.deepEqual(merged.conflicts, [])
          same(merged.pkg, want)
        }
      }),
      { numRuns: 60 * runs },
    )
  })

  it('come together the same from whichever side one looks', () => {
    fc.assert(
      fc.property(fc.constantFrom(base, large), edits(4), edits(4), (b, all, others) => {
        const [o, t] = [edited(b, all), edited(b, others)]
        const [here, there] = [merge(b, o, t), merge(b, t, o)]
        assert.deepEqual(
          told(here)
            .map(([path]) => path)
            .sort(),
          told(there)
            .map(([path]) => path)
            .sort(),
        )
        same(merge(b, o, t, decided(here, 'ours')).pkg, merge(b, t, o, decided(there, 'theirs')).pkg)
        same(merge(b, o, t, decided(here, 'theirs')).pkg, merge(b, t, o, decided(there, 'ours')).pkg)
        assert.deepEqual(merge(b, o, t, decided(here, 'theirs')).open, [])
      }),
      { numRuns: 60 * runs },
    )
  })

  it('lose no change of either side that was not in conflict', () => {
    fc.assert(
      fc.property(fc.constantFrom(base, large), edits(3), edits(3), (b, all, others) => {
        const [o, t] = [edited(b, all), edited(b, others)]
        const { pkg, conflicts } = merge(b, o, t)
        const touches = (path: Path) => (other: Path) =>
          other.slice(0, path.length).every((step, i) => step === path[i])
        for (const [side, other] of [
          [o, t],
          [t, o],
        ] as const)
          for (const { path, kind, before, after } of changesBetween(b, side)) {
            const disputed = conflicts.some((one) => touches(path)(one.path) || touches(one.path)(path))
            if (disputed || kind === 'order' || kind === 'renamed' || kind === 'moved') continue
            const now = at(pkg, path)
            if (isSet(path.at(-1)!, after) && isSet(path.at(-1)!, before)) {
              for (const word of after)
                if (!before.includes(word)) assert.ok((now as string[]).includes(word), path.join('/'))
              for (const word of before)
                if (!after.includes(word)) assert.ok(!(now as string[]).includes(word), path.join('/'))
            } else if (!equal(at(other, path), before)) {
              // Both changed it without a conflict: to the same, or into one that holds both.
              if (!isRecord(after)) assert.deepEqual(now, after, path.join('/'))
            } else assert.deepEqual(now, after, path.join('/'))
          }
      }),
      { numRuns: 80 * runs },
    )
  })

  it('are told apart by changes, and by none when nothing changed', () => {
    assert.deepEqual(changesBetween(large, structuredClone(large)), [])
    const now = with_((p) => {
      field(p, 'nama').label = { id: 'Nama lengkap' }
      form(p).fields.splice(5, 1)
      form(p).fields.push({ ...structuredClone(field(p, 'umur')), id: 'jumlah', label: { id: 'Jumlah kursi' } })
      p.manifest.version = '1.3.0'
    })
    assert.deepEqual(
      changesBetween(base, now).map(({ path, kind }) => [path.join('/'), kind]),
      [
        ['forms/permohonan/fields/nama/label/id', 'changed'],
        ['forms/permohonan/fields/setuju', 'removed'],
        ['forms/permohonan/fields/jumlah', 'added'],
      ],
    )
  })
})

describe('services: where both changed the same', () => {
  const label = (text: string) =>
    with_((p) => {
      field(p, 'nama').label = { id: text }
    })

  it('somebody decides, for one side or anew, and the choice holds while both say what they said', () => {
    const [o, t] = [label('Nama lengkap'), label('Nama sesuai KTP')]
    const asked = merge(base, o, t)
    assert.deepEqual(told(asked), [['forms/permohonan/fields/nama/label/id', 'both-changed']])
    const [{ id, text }] = asked.conflicts as [Conflict]
    assert.equal(text, true)
    const named = (choices: Choices, theirs = t) => {
      const { pkg, open } = merge(base, o, theirs, choices)
      return [field(pkg, 'nama').label.id, open.length]
    }
    assert.deepEqual(named({}), ['Nama sesuai KTP', 1])
    assert.deepEqual(named({ [id]: { pick: 'ours' } }), ['Nama lengkap', 0])
    assert.deepEqual(named({ [id]: { pick: 'theirs' } }), ['Nama sesuai KTP', 0])
    assert.deepEqual(named({ [id]: { pick: 'anew', text: 'Nama lengkap sesuai KTP' } }), ['Nama lengkap sesuai KTP', 0])
    assert.deepEqual(named({ [id]: { pick: 'ours' } }, label('Nama di KTP')), ['Nama di KTP', 1])
    assert.deepEqual(named({ constructor: { pick: 'ours' } } as Choices), ['Nama sesuai KTP', 1])
  })

  const cases: [title: string, ours: (p: Package) => void, theirs: (p: Package) => void, want: [string, string][]][] = [
    [
      'a question removed here and changed there',
      (p) => {
        form(p).fields.splice(2, 1)
      },
      (p) => {
        field(p, 'umur').hint = { id: 'Tahun' }
      },
      [['forms/permohonan/fields/umur', 'removed-here']],
    ],
    [
      'a question changed here and removed there',
      (p) => {
        field(p, 'umur').hint = { id: 'Tahun' }
      },
      (p) => {
        form(p).fields.splice(2, 1)
      },
      [['forms/permohonan/fields/umur', 'removed-there']],
    ],
    [
      'one question, two different properties',
      (p) => {
        field(p, 'umur').hint = { id: 'Tahun' }
      },
      (p) => {
        Object.assign(field(p, 'umur'), { max: 110 })
      },
      [],
    ],
    [
      'two new questions at one place',
      (p) => {
        form(p).fields.push({ ...field(p, 'umur'), id: 'a', label: { id: 'A' } })
      },
      (p) => {
        form(p).fields.push({ ...field(p, 'umur'), id: 'b', label: { id: 'B' } })
      },
      [],
    ],
    [
      'one new question of two types',
      (p) => {
        form(p).fields.push({ ...field(p, 'umur'), id: 'a', label: { id: 'A' } })
      },
      (p) => {
        form(p).fields.push({ ...field(p, 'nik'), id: 'a', label: { id: 'A' } })
      },
      [['forms/permohonan/fields/a', 'both-added']],
    ],
    [
      'another type here and another limit there',
      (p) => {
        form(p).fields[2] = { ...field(p, 'hp'), id: 'umur', label: field(p, 'umur').label }
      },
      (p) => {
        Object.assign(field(p, 'umur'), { max: 110 })
      },
      [['forms/permohonan/fields/umur', 'both-changed']],
    ],
    [
      'another type here and another hint there',
      (p) => {
        form(p).fields[2] = { ...field(p, 'hp'), id: 'umur', label: field(p, 'umur').label }
      },
      (p) => {
        field(p, 'umur').hint = { id: 'Tahun' }
      },
      [],
    ],
    [
      'both orders of the questions',
      (p) => {
        form(p).fields.reverse()
      },
      (p) => {
        form(p).fields.push(...form(p).fields.splice(0, 1))
      },
      [['forms/permohonan/fields', 'order']],
    ],
    [
      'one role more on both sides',
      (p) => {
        p.flows[0]!.moves[1]!.roles.push('warga')
      },
      (p) => {
        p.flows[0]!.moves[1]!.roles.push('lurah')
      },
      [],
    ],
    [
      'who alone may see, on both sides',
      (p) => {
        field(p, 'hp').only = ['warga']
      },
      (p) => {
        field(p, 'hp').only = ['petugas']
      },
      [['forms/permohonan/fields/hp/only', 'both-changed']],
    ],
    [
      'effects put in at one place',
      (p) => {
        p.flows[0]!.moves[3]!.effects.push({ tell: 'kursi.siap' })
      },
      (p) => {
        p.flows[0]!.moves[3]!.effects.push({ task: 'cari', for: 'petugas' })
      },
      [['flows/pinjam/moves/serahkan/effects', 'order']],
    ],
    [
      'two steps of one time limit',
      (p) => {
        p.flows[0]!.limits[0]!.steps.push({ at: 200, send: 'siap' })
      },
      (p) => {
        p.flows[0]!.limits[0]!.steps.push({ at: 300, send: 'siap' })
      },
      [],
    ],
    [
      'a time limit of two lengths',
      (p) => {
        p.flows[0]!.limits[0]!.time = [{ amount: 3, unit: 'working_days' }]
      },
      (p) => {
        p.flows[0]!.limits[0]!.time = [{ amount: 4, unit: 'working_days' }]
      },
      [['flows/pinjam/limits/janji/time', 'both-changed']],
    ],
    [
      'points of one factor and words of another',
      (p) => {
        Object.assign((p.rules[0]!.versions[0] as { factors: Json[] }).factors[0]!, { points: 4 })
      },
      (p) => {
        Object.assign((p.rules[0]!.versions[0] as { factors: Json[] }).factors[1]!, { says: { id: 'pernah stroke' } })
      },
      [],
    ],
    [
      'a message in two channels',
      (p) => {
        p.messages[0]!.text.whatsapp = { id: 'Siap.' }
      },
      (p) => {
        p.messages[0]!.text.sms = { id: 'Kursi siap.' }
      },
      [],
    ],
    [
      'to whom a message goes',
      (p) => {
        p.messages[0]!.to = { role: 'petugas' }
      },
      (p) => {
        p.messages[0]!.to = { role: 'warga' }
      },
      [['messages/siap/to', 'both-changed']],
    ],
    [
      'a new name here and another limit there',
      (p) => {
        Object.assign(field(p, 'umur'), { id: 'usia' })
      },
      (p) => {
        Object.assign(field(p, 'umur'), { max: 110 })
      },
      [],
    ],
    [
      'a question moved into another form and changed there',
      (p) => moveAway(p),
      (p) => {
        field(p, 'hp').hint = { id: 'Nomor WhatsApp' }
      },
      [],
    ],
  ]
  /** The telephone number is asked in a second form, which all three have. */
  const second = with_((p) => {
    p.forms.push({ id: 'serah', names: { id: 'Serah' }, fields: [structuredClone(field(p, 'umur'))], checks: [] })
  })
  second.forms[1]!.fields[0]!.id = 'berat'
  function moveAway(p: Package) {
    const at = form(p).fields.findIndex(({ id }) => id === 'hp')
    p.forms[1]!.fields.push(...form(p).fields.splice(at, 1))
  }
  for (const [title, ours, theirs, want] of cases)
    it(`${title}: ${want.length === 0 ? 'both are taken' : want.map(([, kind]) => kind).join()}`, () => {
      const [o, t] = [with_(ours, second), with_(theirs, second)]
      const merged = merge(second, o, t)
      assert.deepEqual(told(merged), want)
      if (want.length === 0) {
        const places = (to: Package) => changesBetween(second, to).map(({ path }) => path.join('/'))
        assert.equal(places(merged.pkg).length, new Set([...places(o), ...places(t)]).size)
      }
    })

  it('what was changed of a renamed or moved question goes along', () => {
    const renamed = merge(
      base,
      with_((p) => {
        Object.assign(field(p, 'umur'), { id: 'usia' })
      }),
      with_((p) => {
        Object.assign(field(p, 'umur'), { max: 110 })
      }),
    )
    assert.deepEqual(
      [field(renamed.pkg, 'umur'), (field(renamed.pkg, 'usia') as { max?: number }).max],
      [undefined, 110],
    )
    const moved = merge(
      second,
      with_(moveAway, second),
      with_((p) => {
        field(p, 'hp').hint = { id: 'Nomor WhatsApp' }
      }, second),
    )
    assert.deepEqual(
      [field(moved.pkg, 'hp'), moved.pkg.forms[1]!.fields.map(({ id, hint }) => [id, hint?.id])],
      [
        undefined,
        [
          ['berat', undefined],
          ['hp', 'Nomor WhatsApp'],
        ],
      ],
    )
  })
})
