import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Json } from './paths.ts'
import type { Rules } from './round.ts'
import { columnsAt, fieldsOf } from './round-fields.ts'
import { applySection, type Typed } from './round-form.ts'
import { provenance, renoted } from './round-notes.ts'
import { readRules } from './round-reading.ts'
import {
  afterRowAct,
  awardColumns,
  choiceColumns,
  partsOfColumn,
  readRows,
  rowActOf,
  storedRows,
  typedRows,
} from './round-rows.ts'
import { shippedRounds } from './shipped-rounds.ts'

const [y2017, y2021, y2022, y2023, y2025] = shippedRounds() as [Rules, Rules, Rules, Rules, Rules]
const path = 'groups.umum.excludedBy'

/** A form that holds these rows of a list. */
const formOf = (at: string, rows: readonly Record<string, string>[]): Typed =>
  Object.fromEntries(
    rows.flatMap((row, index) => Object.entries(row).map(([part, text]) => [`${at}.${index}.${part}`, text])),
  )
const chosen = { id: 'Ditetapkan sekretariat untuk putaran ini.', en: 'Fixed by the secretariat for this round.' }

describe('competition: lists of a round that are edited row by row', () => {
  it('gives back every stored list of award rules, exceptions and choices as it stands', () => {
    for (const rules of [y2017, y2021, y2022, y2023, y2025])
      for (const group of rules.groups)
        for (const section of ['groups', `questions-${group.key}`])
          for (const field of fieldsOf(rules, section)!.blocks.flatMap(({ fields }) => fields)) {
            if (field.kind !== 'rows') continue
            const stored = field.path
              .split('.')
              .reduce<unknown>(
                (node, step) =>
                  Array.isArray(node)
                    ? node.find((item: { key: string }) => item.key === step)
                    : (node as Record<string, unknown>)[step],
                rules,
              ) as Json
            const form = formOf(field.path, storedRows(stored, field.columns))
            assert.deepEqual(readRows(field.path, field.columns, form), { value: stored }, field.path)
          }
  })

  it('adds an empty row, which is no row when it is saved, and removes the one whose button was pressed', () => {
    const rows = storedRows(y2021.groups[0]!.excludedBy as unknown as Json, awardColumns)
    const form: Typed = { other: 'kept', ...formOf(path, rows) }
    const more = afterRowAct(form, awardColumns, { path, act: 'add' })
    assert.deepEqual(typedRows(more, path, awardColumns), [...rows, { level: '', times: '', fromYear: '', toYear: '' }])
    assert.deepEqual(readRows(path, awardColumns, more), readRows(path, awardColumns, form))
    const less = afterRowAct(more, awardColumns, { path, act: 'remove', row: 0 })
    assert.deepEqual(typedRows(less, path, awardColumns), [rows[1], { level: '', times: '', fromYear: '', toYear: '' }])
    assert.equal(less.other, 'kept')
  })

  it('keeps every other row and every other field, whichever rows are added and removed', () => {
    const text = fc.string({ maxLength: 5 }).map((each) => each.trim())
    const row = fc.record(Object.fromEntries(choiceColumns.flatMap(partsOfColumn).map((part) => [part, text])), {
      noNullPrototype: true,
    })
    const at = 'head.pilihan.choices'
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), fc.nat(9), text, (rows, gone, other) => {
        const form: Typed = { [`${at}x`]: other, ...formOf(at, rows) }
        const added = afterRowAct(form, choiceColumns, { path: at, act: 'add' })
        const back = afterRowAct(added, choiceColumns, { path: at, act: 'remove', row: rows.length })
        assert.deepEqual(back, form)
        const fewer = afterRowAct(form, choiceColumns, { path: at, act: 'remove', row: gone })
        assert.deepEqual(
          typedRows(fewer, at, choiceColumns),
          rows.filter((_, index) => index !== gone),
        )
        assert.equal(fewer[`${at}x`], other)
      }),
    )
  })

  it('names each cell that cannot be read, by its place', () => {
    const form = formOf(path, [
      { level: 'medali', times: '0', fromYear: '2013', toYear: 'kini' },
      { level: 'top', times: '1,5', fromYear: '2020', toYear: '2019' },
    ])
    assert.deepEqual(readRows(path, awardColumns, form), {
      problems: [
        { field: `${path}.0.level`, code: 'choose' },
        { field: `${path}.0.times`, code: 'number-least', limit: 1 },
        { field: `${path}.0.fromYear`, code: 'number-least', limit: 2014 },
        { field: `${path}.0.toYear`, code: 'number-needed' },
        { field: `${path}.1.times`, code: 'number-needed' },
        { field: `${path}.1.toYear`, code: 'years-backwards' },
      ],
    })
    const at = 'head.pilihan.choices'
    const choices = formOf(at, [
      { key: 'ya', 'label.id': 'Ya', 'label.en': 'Yes' },
      { key: 'ya', 'label.id': 'Tentu', 'label.en': '' },
      { key: 'Tidak!', 'label.id': 'Tidak', 'label.en': 'No' },
    ])
    assert.deepEqual(readRows(at, choiceColumns, choices), {
      problems: [
        { field: `${at}.1.label.en`, code: 'both-languages' },
        { field: `${at}.1.key`, code: 'used-before' },
        { field: `${at}.2.key`, code: 'key-shape' },
      ],
    })
  })

  it('reads what a button says, and nothing else', () => {
    assert.deepEqual(rowActOf(`add ${path}`), { path, act: 'add' })
    assert.deepEqual(rowActOf(`remove ${path} 2`), { path, act: 'remove', row: 2 })
    for (const text of ['', 'add', 'remove a', 'remove a b', 'wipe a 1']) assert.equal(rowActOf(text), null, text)
    assert.equal(columnsAt(y2021, 'groups', 'groups.replikasi.source.awards'), awardColumns)
    assert.equal(columnsAt(y2021, 'groups', 'groups.umum.questions'), undefined)
    assert.equal(columnsAt(y2021, 'stages', path), undefined)
  })
})

describe('competition: what an edited rule rests on', () => {
  const section = (rules: Rules, name: string): Typed =>
    Object.fromEntries(
      fieldsOf(rules, name)!.blocks.flatMap(({ fields }) =>
        fields.flatMap((field): [string, string | string[]][] => {
          const value = field.path
            .split('.')
            .reduce<unknown>(
              (node, step) =>
                Array.isArray(node)
                  ? node.find((item: { key: string }) => item.key === step)
                  : (node as Record<string, unknown> | null)?.[step],
              rules,
            )
          switch (field.kind) {
            case 'words':
              return Object.entries(value as Record<string, string>).map(([lang, text]) => [
                `${field.path}.${lang}`,
                text,
              ])
            case 'rows':
              return Object.entries(formOf(field.path, storedRows(value as Json, field.columns))) as [string, string][]
            case 'copied': {
              if (!value) return []
              const { awards, signedStatement } = value as { awards: Json; signedStatement: boolean }
              return [
                [`${field.path}.on`, 'ya'],
                [`${field.path}.signedStatement`, signedStatement ? 'ya' : ''],
                ...(Object.entries(formOf(`${field.path}.awards`, storedRows(awards, field.columns))) as [
                  string,
                  string,
                ][]),
              ]
            }
            case 'tick':
              return [[field.path, value === true ? 'ya' : '']]
            case 'evidence': {
              if (!value) return []
              const { required, accept, maxMb, max } = value as {
                required: boolean
                accept: string[]
                maxMb: number
                max: number
              }
              return [
                [`${field.path}.on`, 'ya'],
                [`${field.path}.required`, required ? 'ya' : ''],
                [`${field.path}.accept`, accept],
                [`${field.path}.maxMb`, String(maxMb)],
                [`${field.path}.max`, String(max)],
              ]
            }
            default:
              return [[field.path, value === null || value === undefined ? '' : String(value)]]
          }
        }),
      ),
    )
  const edited = (rules: Rules, name: string, changes: Typed): Rules => {
    const applied = applySection(rules, name, { ...section(rules, name), ...changes })
    assert.ok(applied.ok, JSON.stringify(applied))
    return applied.rules
  }

  it('keeps every note when nothing was changed', () => {
    for (const rules of [y2017, y2021, y2022, y2023, y2025])
      for (const name of ['groups', `questions-${rules.groups[0]!.key}`])
        assert.deepEqual(edited(rules, name, {}), rules, `${rules.key} ${name}`)
  })

  it('no longer claims the old text for an award rule, an exception of age and the innovation copied', () => {
    const rules = edited(y2021, 'groups', {
      'groups.umum.excludedBy.0.times': '3',
      'groups.replikasi.source.signedStatement': '',
      'groups.khusus.ageExceptions.0.category': y2021.categories[0]!.key,
      'groups.khusus.ageExceptions.0.months': '6',
    })
    assert.deepEqual(rules.groups[0]!.excludedBy[0], { level: 'finalist', times: 3, fromYear: 2014, toYear: 2020 })
    for (const at of ['groups.umum.excludedBy', 'groups.replikasi.source', 'groups.khusus.ageExceptions'])
      assert.deepEqual(provenance(rules, at), { sources: [], setting: chosen }, at)
    // What nobody touched still rests on its text.
    assert.deepEqual(provenance(rules, 'groups.replikasi.excludedBy')!.sources, ['REVIEW20', 'K161'])
    // The statement belongs to the innovation copied: nothing inside keeps another note.
    assert.deepEqual(provenance(rules, 'groups.replikasi.source.awards'), { sources: [], setting: chosen })
  })

  it('notes a changed choice at the choices, whichever part of it changed', () => {
    const at = 'groups.umum.questions.spbe-aplikasi.choices'
    for (const changes of [
      { [`${at}.0.label.en`]: 'Yes, all of it' },
      { [`${at}.2.key`]: 'sebagian', [`${at}.2.label.id`]: 'Sebagian', [`${at}.2.label.en`]: 'Partly' },
      { [`${at}.0.key`]: '', [`${at}.0.label.id`]: '', [`${at}.0.label.en`]: '' },
    ]) {
      const rules = edited(y2023, 'questions-umum', changes)
      assert.deepEqual(provenance(rules, at), { sources: [], setting: chosen })
      assert.deepEqual(provenance(rules, 'groups.umum.questions.spbe-aplikasi')!.sources, ['MENPAN23'])
      assert.deepEqual(readRules(rules).problems, [])
    }
  })

  it('takes what is said of a rule, in place of all that was noted on it', () => {
    const law = edited(y2021, 'groups', {
      'groups.umum.excludedBy.0.times': '3',
      'groups.umum.excludedBy.basis': 'source',
      'groups.umum.excludedBy.basis.sources': 'Peraturan Menteri PANRB 12/2027\n\n K161 ',
    })
    assert.deepEqual(provenance(law, 'groups.umum.excludedBy'), {
      sources: ['Peraturan Menteri PANRB 12/2027', 'K161'],
      setting: null,
    })
    const reason = { id: 'Rapat pleno 3 Maret.', en: 'Plenary of 3 March.' }
    const choice = edited(law, 'groups', {
      'groups.umum.excludedBy.basis': 'setting',
      'groups.umum.excludedBy.basis.id': reason.id,
      'groups.umum.excludedBy.basis.en': reason.en,
    })
    assert.deepEqual(provenance(choice, 'groups.umum.excludedBy'), { sources: [], setting: reason })
    assert.deepEqual(choice.groups, law.groups)
  })

  it('asks for the texts, and for the reason in both languages', () => {
    const at = 'groups.umum.needsOneOf.basis'
    for (const [changes, fields] of [
      [{ [at]: 'source' }, [`${at}.sources`]],
      [{ [at]: 'setting', [`${at}.id`]: 'Alasan' }, [`${at}.en`]],
      [{ [at]: 'hearsay' }, [at]],
    ] as const) {
      const applied = applySection(y2021, 'groups', { ...section(y2021, 'groups'), ...changes })
      assert.deepEqual(applied.ok ? [] : applied.problems.map(({ field }) => field), fields)
    }
  })

  it('leaves no note on what is gone', () => {
    const rules = edited(y2021, 'groups', { 'groups.replikasi.source.on': '' })
    assert.equal(rules.groups[1]!.source, null)
    assert.deepEqual(provenance(rules, 'groups.replikasi.source'), { sources: [], setting: chosen })
    assert.deepEqual(renoted(rules, rules), rules)
  })
})
