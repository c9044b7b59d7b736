import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { fill } from '#platform/text.ts'
import { shippedFiles } from '../../import.ts'
import { problemSentence } from '../../pages/problem.ts'
import { words } from '../../text/index.ts'
import { kindOf, type Package } from '../package/format/index.ts'
import { problem } from '../package/problem.ts'
import { readPackage } from '../package/read.ts'
import type { Ask } from './ask.ts'
import { documentAsks, partAsks } from './asks.ts'
import { changesBetween, nextVersion } from './difference.ts'
import { documentsOf, filesOf } from './documents.ts'
import { cellsFrom, fieldsFrom } from './pasted.ts'
import { emptyPackage } from './template.ts'

describe('services: questions from a spreadsheet', () => {
  it('are read with tabs, semicolons or commas, with quotes, with a first row of names or without', () => {
    assert.deepEqual(cellsFrom('a\tb\r\nc\td\n'), [
      ['a', 'b'],
      ['c', 'd'],
    ])
    assert.deepEqual(cellsFrom('a;"b;\n""c"""\nd;e'), [
      ['a', 'b;\n"c"'],
      ['d', 'e'],
    ])
    assert.deepEqual(cellsFrom('  '), [])
    const expected = [
      { id: 'nama_warga', type: 'text', label: { id: 'Nama warga' }, required: true },
      {
        id: 'keadaan',
        type: 'choice',
        label: { id: 'Keadaan' },
        options: [
          { id: 'baik', label: { id: 'Baik' } },
          { id: 'rusak_berat', label: { id: 'Rusak berat' } },
        ],
      },
    ]
    const plain = fieldsFrom(cellsFrom('Nama warga\tteks\tya\nKeadaan\t\t\tBaik, Rusak berat'), ['id'], new Set())
    const headed = fieldsFrom(
      cellsFrom('Wajib,Pertanyaan,Pilihan,Jenis\nya,Nama warga,,Teks\n,Keadaan,Baik; Rusak berat,pilihan'),
      ['id'],
      new Set(),
    )
    assert.deepEqual([plain, headed], [expected, expected])
  })

  it('get names of their own, both languages, and no lower privacy than their type allows', () => {
    const rows = cellsFrom(
      'pertanyaan\tenglish\tjenis\tprivasi\nUmur\tAge\tangka\tterbuka\nUmur\tAge\tangka\t\nHP\tPhone\ttelepon\tterbuka\nDesa\tVillage\tdesa\t',
    )
    assert.deepEqual(fieldsFrom(rows, ['id', 'en'], new Set(['desa'])), [
      { id: 'umur', type: 'int', label: { id: 'Umur', en: 'Age' }, privacy: 'open' },
      { id: 'umur_2', type: 'int', label: { id: 'Umur', en: 'Age' } },
      { id: 'hp', type: 'phone', label: { id: 'HP', en: 'Phone' } },
      { id: 'desa_2', type: 'region', label: { id: 'Desa', en: 'Village' }, level: 'village' },
    ])
    assert.deepEqual(fieldsFrom(cellsFrom('Warna\thijau'), ['id'], new Set())[0]!.type, 'hijau', 'is told, not guessed')
    assert.equal(
      fieldsFrom(cellsFrom(Array.from({ length: 500 }, (_, i) => `Q${i}`).join('\n')), ['id'], new Set()).length,
      200,
    )
  })
})

describe('services: the next version of a draft', () => {
  const next = (change: (pkg: Package) => void) => {
    const shipped = readPackage(shippedFiles('garda-ampuh')!)
    assert.ok(shipped.ok)
    const changed = structuredClone(shipped.value)
    change(changed)
    const changes = changesBetween(shipped.value, changed)
    return [nextVersion('1.2.3', changes), changes.map(({ what, kind, id }) => `${what} ${kind} ${id}`)]
  }

  it('rises by what it means to those who run the one before', () => {
    assert.deepEqual(
      next(() => {}),
      ['1.2.3', []],
    )
    assert.deepEqual(
      next((pkg) => {
        pkg.manifest.version = '9.9.9'
      }),
      ['1.2.3', []],
    )
    assert.deepEqual(
      next((pkg) => {
        pkg.roles[0]!.names.id = 'Penjual'
      }),
      ['1.2.4', ['changed role pelapor']],
    )
    assert.deepEqual(
      next((pkg) => {
        pkg.forms[0]!.fields.push({ ...pkg.forms[0]!.fields.at(-1)!, id: 'baru' })
      }),
      ['1.3.0', ['added field baru']],
    )
    assert.deepEqual(
      next((pkg) => {
        pkg.flows[0]!.states.pop()
      })[0],
      '2.0.0',
    )
    assert.deepEqual(
      next((pkg) => {
        const [field] = pkg.forms[0]!.fields
        field!.privacy = field!.privacy === 'open' ? 'personal' : 'open'
      })[0],
      '2.0.0',
    )
    assert.deepEqual(next((pkg) => void pkg.examples.pop())[0], '1.3.0')
  })
})

describe('services: the words of the studio', () => {
  const both = [words('id'), words('en')] as unknown as Record<string, string>[]

  it('tell every rule by which a package is refused, in both languages', () => {
    const folder = path.join(import.meta.dirname, '..')
    const rules = new Set<string>(['not-yaml', 'duplicate-key', 'yaml-tag', 'unknown-field', 'not-the-schema'])
    for (const file of globSync(['package/**/*.ts', 'rehearsal.ts', 'expression.ts', 'xlsform.ts'], { cwd: folder })) {
      if (file.endsWith('.test.ts')) continue
      const source = readFileSync(path.join(folder, file), 'utf8')
      for (const [, rule] of source.matchAll(
        /\b(?:problem|warning|missing|stop|say|fault)\(\s*'([a-z]+(?:-[a-z0-9]+)+)'/g,
      ))
        rules.add(rule!)
    }
    assert.ok(rules.size > 80, String(rules.size))
    const untold = [...rules].filter((rule) => both.some((said) => !said[`p-${rule}`]))
    assert.deepEqual(untold, [])
  })

  it('say what the schema and an example say, in the words of whoever writes the package', () => {
    const said = (rule: string, says: string) => problemSentence(problem(rule, says, 'package.yaml', 'names'), 'id')
    assert.equal(
      said('unknown-name', '“umur” is no field, setting or rule here'),
      '“umur” bukan pertanyaan, pengaturan, atau aturan di sini.',
    )
    assert.equal(said('not-the-schema', 'Invalid input: expected string, received undefined'), 'Wajib diisi.')
    assert.equal(
      said('not-the-schema', 'Invalid option: expected one of "open"|"final"'),
      'Pilih salah satu yang dikenal di sini: open, final',
    )
    assert.equal(said('example-failed', 'it was refused: guard'), 'Langkah ditolak: guard')
    assert.equal(said('example-failed', 'expected "a", and it is null'), 'Diharapkan "a", hasilnya null.')
    assert.equal(
      said('sms-too-long', 'up to 170 characters; at most 160'),
      `${fill(both[0]!['p-sms-too-long']!, {})} (170 > 160)`,
    )
  })

  it('name every question, heading, hint and choice of every page', () => {
    const unnamed = new Set<string>()
    const ask = ({ at, name, head, hint, choices = [], empty, columns = [], kind }: Ask) => {
      const needed = [
        `a-${name ?? at}`,
        head && `g-${head}`,
        hint,
        empty,
        ...choices.flatMap(({ label, group }) => [label, group]),
      ]
      for (const key of needed)
        if (key && /^(?:a|g|h|c)-/.test(key) && both.some((said) => !said[key])) unnamed.add(`${key} (${kind})`)
      columns.forEach(ask)
    }
    for (const name of ['laskar-penjaja-sayur', 'garda-ampuh']) {
      const read = documentsOf(shippedFiles(name)!)
      assert.ok(read.ok)
      for (const path of Object.keys(read.value)) {
        const around = { documents: read.value, path, lang: 'id' }
        documentAsks(around)?.forEach(ask)
        const kind = kindOf(`${path}.yaml`)!.kind
        for (const list of [
          'fields',
          'moves',
          'states',
          'limits',
          'versions',
          'steps',
          'messages',
          'purposes',
          'indicators',
          'settings',
          'calendars',
        ])
          for (let i = 0; i < 40; i++) partAsks(around, [list, i])?.forEach(ask)
        assert.ok(kind)
      }
    }
    assert.deepEqual([...unnamed], [])
  })

  it('and a package begun with pasted questions has nothing wrong but its missing examples', () => {
    const fields = fieldsFrom(
      cellsFrom('Desa\tdesa\tya\nDi mana?\tteks\tya\nKeadaan\tpilihan\tya\tMati, Kedip\nHP\ttelepon'),
      ['id'],
      new Set(),
    )
    const begun = emptyPackage({ id: 'id.a.b', name: 'Lampu', agency: 'Kabupaten', region: null }, fields)
    const wrong = readPackage(filesOf(begun)).problems.filter(({ level }) => level === 'error')
    assert.deepEqual(
      wrong.map(({ rule }) => rule),
      ['no-examples'],
    )
  })
})
