import assert from 'node:assert/strict'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, it } from 'node:test'
import { inFiles, packageOf, small } from '../../../../test/packages.ts'
import { carrySettings } from './carrying.ts'
import { hashOf, type Offer } from './installing.ts'
import { judgeLocal } from './local.ts'
import type { Package } from './package/format/index.ts'
import { type Choices, merge } from './package/merge.ts'
import { asJson } from './package/read.ts'
import { publicKeyText, sealed, sha256 } from './package/seal.ts'
import { type Draft, examineNewer, type House, judgeNewer, judgeUpgrade, prepare, type Upgrader } from './upgrading.ts'

const agency = generateKeyPairSync('ed25519').privateKey
const neighbour = generateKeyPairSync('ed25519').privateKey
const stranger = generateKeyPairSync('ed25519').privateKey
const texts = (version: string, more: Record<string, string> = {}) => {
  const all: Record<string, string> = { ...small, ...more }
  return { ...all, 'package.yaml': all['package.yaml']!.replace('version: 1.2.0', `version: ${version}`) }
}
const fileOf = (
  version: string,
  by: KeyObject = agency,
  more: Record<string, string> = {},
  id = 'id.contoh.kursi-roda',
): Offer => ({
  sealed: sealed(asJson(inFiles(texts(version, more))), { id, version, publisher: 'Dinas Contoh' }, by),
})
const cheaper = { 'package.yaml': small['package.yaml']!.replace('Gratis', 'Seribu rupiah') }
const other = { 'package.yaml': small['package.yaml']!.replace('id.contoh.kursi-roda', 'id.contoh.tongkat') }

const base = packageOf(inFiles(small))
const runs: Upgrader = {
  hash: hashOf(base),
  pkg: base,
  base: { hash: hashOf(base), pkg: base },
  earlier: [
    { hash: hashOf(base), version: '1.2.0' },
    // Installed once and put back.
    { hash: 'ab'.repeat(32), version: '1.4.0' },
  ],
  settings: { hari_pinjam: 50 },
  key: publicKeyText(agency),
  seal: sha256(new Uint8Array([1])),
}
const house: House = { keys: [agency, neighbour].map(publicKeyText), used: [publicKeyText(agency)] }
const shippedHere: Upgrader = { ...runs, key: null, seal: null }

// biome-ignore format: one attack a line
const offers: [title: string, offer: () => Offer, refusal: string, rule?: string, running?: Upgrader][] = [
  ['an older version, sealed', () => fileOf('1.1.0'), 'package-refused', 'version-downgraded'],
  ['an older version, as files', () => ({ files: inFiles(texts('1.1.9')) }), 'version-downgraded'],
  ['the version that runs, sealed anew with other content', () => fileOf('1.2.0', agency, cheaper), 'package-refused', 'version-reused'],
  ['the version that runs, as files with other content', () => ({ files: inFiles(texts('1.2.0', cheaper)) }), 'version-reused'],
  ['the version that runs, once more', () => ({ files: inFiles(small) }), 'already-installed'],
  ['a version that was put back, with other content', () => fileOf('1.4.0'), 'version-reused'],
  ['the same package by a trusted neighbour', () => fileOf('1.3.0', neighbour), 'package-refused', 'publisher-changed'],
  ['the same package by a neighbour, where another agency has the first publisher’s', () => fileOf('1.3.0', neighbour), 'publisher-changed', undefined, shippedHere],
  ['the same package by a stranger', () => fileOf('1.3.0', stranger), 'package-refused', 'publisher-unknown'],
  ['another package by its own publisher', () => fileOf('1.3.0', agency, other, 'id.contoh.tongkat'), 'another-package'],
  ['another package under the seal of this one', () => fileOf('1.3.0', agency, other), 'package-refused', 'seal-differs'],
  ['a local version as if it were a publisher’s', () => fileOf('1.3.0+local.1'), 'package-refused', 'seal-broken'],
  ['a local version as files', () => ({ files: inFiles(texts('1.3.0+local.1')) }), 'package-refused', 'not-the-schema'],
  ['a version larger than any number', () => ({ files: inFiles(texts('99999999999999999999.0.0')) }), 'package-refused', 'not-the-schema'],
]

const withRules = (prefix: string, n: number): Package => ({
  ...base,
  manifest: { ...base.manifest, version: prefix === 'ours' ? '1.2.0' : '1.3.0' },
  rules: [...base.rules, ...Array.from({ length: n }, (_, i) => ({ ...base.rules[0]!, id: `${prefix}${i}` }))],
})
const labelled = (pkg: Package, label: string, version = pkg.manifest.version): Package => {
  const copy = structuredClone(pkg)
  copy.manifest.version = version
  copy.forms[0]!.fields[0]!.label = { id: label }
  return copy
}
const draftOf = (pkg: Package, choices: Choices = {}, leftOut: string[] = []): Draft => ({
  pkg,
  hash: hashOf(pkg),
  seal: null,
  key: null,
  choices,
  leftOut,
})
const changed = (ours: Package): Upgrader => ({ ...runs, pkg: ours, hash: hashOf(ours), settings: {} })
const refusalOf = (running: Upgrader, draft: Draft) => {
  const judged = judgeUpgrade(running, draft)
  return judged.ok ? 'installed' : judged.refusal
}

describe('services: hostile upgrades', () => {
  for (const [title, offer, refusal, rule, running = runs] of offers)
    it(`refuse ${title}: ${rule ?? refusal}`, () => {
      const judged = judgeNewer(offer(), running, house)
      assert.equal(judged.ok ? 'begun' : judged.refusal, refusal)
      if (rule) assert.equal(examineNewer(offer(), running, house).problems[0]?.rule, rule)
    })

  it('take the next version of the publisher', () => {
    assert.equal(judgeNewer(fileOf('1.3.0'), runs, house).ok, true)
  })

  it('refuse a change that was made from a release that never ran here', () => {
    const judged = judgeLocal({ from: 'cd'.repeat(32), content: labelled(base, 'Nama') }, runs)
    assert.equal(judged.ok ? 'installed' : judged.refusal, 'base-unknown')
  })

  it('refuse a merge that grows past the limits, though each side keeps them', () => {
    const [ours, theirs] = [withRules('ours', 250), withRules('theirs', 250)]
    const { pkg, conflicts } = merge(base, ours, theirs)
    assert.deepEqual([conflicts.length, pkg.rules.length], [0, 501])
    assert.equal(refusalOf(changed(ours), draftOf(theirs)), 'package-refused')
    assert.equal(prepare(changed(ours), draftOf(theirs)).examined.problems[0]?.rule, 'too-many-files')
  })

  it('refuse a merge whose examples would run too long, though each side’s do not', () => {
    const steps = base.examples[0]!.steps
    const heavy = (prefix: string): Package => ({
      ...withRules(prefix, 60),
      examples: [
        ...base.examples,
        ...Array.from({ length: 60 }, (_, i) => ({
          ...base.examples[0]!,
          id: `${prefix}_${i}`,
          steps: [...steps, ...Array.from({ length: 90 - steps.length }, () => ({ after: 'PT1S' }))],
        })),
      ],
    })
    const [ours, theirs] = [heavy('ours'), heavy('theirs')]
    assert.equal(prepare(changed(ours), draftOf(theirs)).examined.problems[0]?.rule, 'examples-too-costly')
  })

  it('refuse a script in words that are written anew, and take no choice by a name of JavaScript', () => {
    const [ours, theirs] = [labelled(base, 'Nama lengkap'), labelled(base, 'Nama sesuai KTP', '1.3.0')]
    const { id } = merge(base, ours, theirs).conflicts[0]!
    const decided = (choices: Choices) => refusalOf(changed(ours), draftOf(theirs, choices))
    assert.equal(decided({}), 'conflicts-open')
    assert.equal(decided(JSON.parse('{"__proto__":{"pick":"ours"}}') as Choices), 'conflicts-open')
    assert.equal(decided({ [id]: { pick: 'anew', text: '<script>alert(1)</script>' } }), 'package-refused')
    assert.equal(decided({ [id]: { pick: 'anew', text: 'Nama\u202e' } }), 'package-refused')
    assert.equal(decided({ [id]: { pick: 'anew', text: 'Nama penuh' } }), 'installed')
  })

  it('take no words where there is a number or a rule to decide', () => {
    const points = (value: number, version: string): Package => {
      const copy = structuredClone(base)
      copy.manifest.version = version
      copy.settings[0] = { ...copy.settings[0]!, max: value } as Package['settings'][number]
      return copy
    }
    const [ours, theirs] = [points(40, '1.2.0'), points(45, '1.3.0')]
    const { id, text } = merge(base, ours, theirs).conflicts[0]!
    assert.equal(text, false)
    assert.equal(refusalOf(changed(ours), draftOf(theirs, { [id]: { pick: 'anew', text: '1000' } })), 'conflicts-open')
  })

  it('smuggle no setting: what is unknown is dropped, what is out of range is asked, what is typed is judged', () => {
    const narrow = structuredClone(base)
    narrow.settings[0] = { ...narrow.settings[0]!, max: 30 } as Package['settings'][number]
    const carried = carrySettings({ hari_pinjam: 50, lain: 'x', constructor: 1 }, narrow)
    assert.deepEqual([carried.settings, carried.dropped.map(({ id }) => id)], [{}, ['lain', 'constructor']])
    const { id } = carried.open[0]!
    const with_ = (text: string) => carrySettings({ hari_pinjam: 50 }, narrow, { [id]: { pick: 'anew', text } })
    for (const text of ['50', '0', 'banyak', '1e1', '', '__proto__']) assert.equal(with_(text).open.length, 1, text)
    assert.deepEqual(with_('21').settings, { hari_pinjam: 21 })
    assert.deepEqual(carrySettings({ hari_pinjam: 50 }, narrow, { [id]: { pick: 'theirs' } }).settings, {})
  })

  it('leave out no example of the other side unseen: without any there is no package', () => {
    const theirs = labelled(base, 'Nama sesuai KTP', '1.3.0')
    assert.equal(
      refusalOf(
        changed(base),
        draftOf(
          theirs,
          {},
          base.examples.map(({ id }) => id),
        ),
      ),
      'package-refused',
    )
  })

  it('refuse when another version was installed since it was begun', () => {
    const theirs = labelled(base, 'Nama sesuai KTP', '1.3.0')
    const since: Upgrader = { ...runs, base: { hash: 'x', pkg: labelled(base, 'Nama', '1.3.0') } }
    assert.equal(refusalOf(since, draftOf(theirs)), 'version-downgraded')
    assert.equal(judgeUpgrade(runs, undefined).ok, false)
  })
})
