import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { shippedFiles } from '../../import.ts'
import { hashOf } from '../installing.ts'
import { readPackage } from '../package/read.ts'
import { applied, shownAll } from './ask.ts'
import { documentAsks, partAsks, partOf } from './asks.ts'
import {
  actOnList,
  afterSaves,
  at,
  changesFrom,
  type Documents,
  documentsFrom,
  documentsOf,
  filesOf,
  nameFrom,
  placeFrom,
  put,
  rowActOf,
  tooMuch,
} from './documents.ts'
import { freshDocument, freshItem, languagesOf } from './fresh.ts'
import { addressFrom, emptyPackage } from './template.ts'

const opened = (name: string): Documents => {
  const read = documentsOf(shippedFiles(name)!)
  assert.ok(read.ok)
  return read.value
}
const programs = ['laskar-penjaja-sayur', 'garda-ampuh']
const errorsOf = (documents: Documents) =>
  readPackage(filesOf(documents))
    .problems.filter(({ level }) => level === 'error')
    .map(({ rule, file, at: place }) => `${rule} ${file} ${place}`)

/** Every part that has a page of its own. */
function partsOf(path: string, document: unknown): string[] {
  const found = new Set<string>()
  const walk = (value: unknown, place: string) => {
    const part = partOf(path, place)
    if (part) found.add(part)
    if (value && typeof value === 'object')
      for (const [key, inner] of Object.entries(value)) walk(inner, place ? `${place}.${key}` : key)
  }
  walk(document, '')
  return [...found]
}

describe('services: the documents of a draft', () => {
  for (const name of programs)
    it(`${name} comes back from every page of the studio as it went`, () => {
      const documents = opened(name)
      const langs = languagesOf(documents)
      let pages = 0
      for (const [path, document] of Object.entries(documents)) {
        const around = { documents, path, lang: 'id' }
        const asks = documentAsks(around)!
        assert.deepEqual(applied(asks, shownAll(asks, document, langs), langs, document), document, path)
        for (const part of partsOf(path, document)) {
          const place = placeFrom(part)
          const own = partAsks(around, place)
          assert.ok(own, `${path} ${part}`)
          const value = at(document, place)
          assert.deepEqual(applied(own, shownAll(own, value, langs), langs, value), value, `${path} ${part}`)
          pages++
        }
      }
      assert.ok(pages > 50, `${pages} parts`)
    })

  for (const name of programs)
    it(`${name} as it runs is the same package again, without what a schema fills in`, () => {
      const read = readPackage(shippedFiles(name)!)
      assert.ok(read.ok)
      const again = readPackage(filesOf(documentsFrom(read.value)))
      assert.ok(again.ok)
      // The order of the files of a folder is not part of a draft.
      const inOrder = (pkg: typeof read.value) => ({
        ...pkg,
        ...Object.fromEntries(
          (['forms', 'flows', 'rules', 'examples'] as const).map((key) => [
            key,
            [...pkg[key]].sort((a, b) => (a.id < b.id ? -1 : 1)),
          ]),
        ),
      })
      assert.deepEqual(inOrder(again.value), inOrder(read.value))
      assert.equal(hashOf(again.value).length, 64)
    })

  it('from nothing lacks its examples and nothing else', () => {
    const begun = emptyPackage({
      id: addressFrom('Pemerintah Kabupaten Contoh 1', 'Lampu Jalan'),
      name: 'Lampu Jalan',
      agency: 'Kabupaten Contoh',
      region: '35.10',
    })
    assert.equal(at(begun.package, ['id']), 'id.contoh-1.lampu-jalan')
    assert.deepEqual(errorsOf(begun), ['no-examples  '])
    for (const folder of ['forms', 'flows', 'rules', 'examples'] as const) {
      const [path, document] = freshDocument(begun, folder, 'Yang Baru', '2026-03-02')
      assert.equal(path, `${folder}/yang_baru`)
      const expected =
        folder === 'flows'
          ? ['no-examples  ', 'unreachable-flow flows/yang_baru.yaml ']
          : folder === 'examples'
            ? []
            : ['no-examples  ']
      assert.deepEqual(errorsOf({ ...begun, [path]: document }).sort(), expected.sort(), folder)
    }
    for (const [path, list] of [
      ['flows/permohonan', 'moves'],
      ['flows/permohonan', 'limits'],
      ['messages', 'messages'],
      ['indicators', 'indicators'],
      ['settings', 'settings'],
      ['calendars', 'calendars'],
    ] as const) {
      const items = [...((at(begun[path], [list]) as unknown[]) ?? []), freshItem(begun, path, list)]
      assert.deepEqual(
        errorsOf({ ...begun, [path]: put(begun[path] ?? {}, [list], items) }).filter(
          (error) => error !== 'no-examples  ',
        ),
        // A move that nobody makes yet is told at once.
        list === 'moves' ? ['move-by-nobody flows/permohonan.yaml moves[2]'] : [],
        list,
      )
    }
  })

  it('is saved as what changed, and is the sum of its saves', () => {
    const first = { a: { x: 1 }, b: { y: 2 } }
    const second = { a: { x: 2 }, c: { z: 3 } }
    assert.deepEqual(changesFrom(first, second), { a: { x: 2 }, b: null, c: { z: 3 } })
    assert.deepEqual(changesFrom(first, structuredClone(first)), {})
    assert.deepEqual(afterSaves([first, changesFrom(first, second)]), second)
  })

  it('has places that are read, written and taken away', () => {
    assert.deepEqual(placeFrom('fields.3.label.id'), ['fields', 3, 'label', 'id'])
    assert.deepEqual(put({}, ['origin', 'year'], 2026), { origin: { year: 2026 } })
    assert.deepEqual(put({ origin: { year: 2026 } }, ['origin', 'year'], undefined), {})
    assert.deepEqual(put({ a: [1, 2] }, ['a', 1], 3), { a: [1, 3] })
    assert.equal(at({ a: [1] }, ['a', '0']), undefined)
    assert.equal(at({}, ['constructor']), undefined)
    assert.deepEqual(rowActOf('fields:up:3'), { list: 'fields', act: 'up', index: 3 })
    assert.equal(rowActOf('fields:steal:3'), undefined)
    assert.deepEqual(actOnList(['a', 'b', 'c'], { act: 'up', index: 2 }, ''), ['a', 'c', 'b'])
    assert.deepEqual(actOnList(['a', 'b', 'c'], { act: 'up', index: 0 }, ''), ['a', 'b', 'c'])
    assert.deepEqual(actOnList(['a', 'b', 'c'], { act: 'remove', index: 1 }, ''), ['a', 'c'])
    assert.deepEqual(actOnList(['a', 'b'], { act: 'add', index: 1 }, 'x'), ['a', 'x', 'b'])
    assert.equal(nameFrom('Nomor HP (rumah)'), 'nomor_hp_rumah')
    assert.equal(nameFrom('1. Nama', new Set(['nama'])), 'nama_2')
  })

  it('is not kept when it is too large, too deep, or not of a package', () => {
    const deep = (n: number): unknown => (n === 0 ? 1 : [deep(n - 1)])
    const cases: [Documents, string | undefined][] = [
      [{ package: { names: { id: '<script>alert(1)</script>' } } }, undefined],
      [{ roles: deep(30) }, 'too-deep'],
      [{ roles: Array.from({ length: 21_000 }, () => 1) }, 'too-many-values'],
      [{ roles: { a: 'x'.repeat(310_000) } }, 'file-too-large'],
      [JSON.parse('{"roles":{"__proto__":1}}') as Documents, 'prototype-name'],
      [{ '../../etc/passwd': {} }, 'unknown-file'],
      [Object.fromEntries(Array.from({ length: 401 }, (_, i) => [`forms/f${i}`, {}])), 'too-many-files'],
    ]
    for (const [documents, rule] of cases) assert.equal(tooMuch(documents, Object.keys(documents))?.rule, rule)
  })
})
