import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Catalogue, judgeCatalogue, standingOf } from './catalogue.ts'
import { digestOf, fingerprintOf, newKeyPair, signedBy } from './signed.ts'

const now = new Date('2026-05-01T00:00:00Z')
const address = 'https://melayani.contoh.go.id'
const ours = newKeyPair()
const theirs = newKeyPair()
const content = (change: Partial<Catalogue> = {}): Catalogue => ({
  format: 'melayani.catalogue/1',
  installation: { name: 'Contoh', address, key: ours.key },
  sequence: 7,
  issued: '2026-04-30T00:00:00Z',
  until: '2026-05-14T00:00:00Z',
  packages: [],
  ...change,
})
const text = (change: Partial<Catalogue> = {}, secret = ours.secret) =>
  JSON.stringify(signedBy(secret, content(change)))
const outcome = (given: string, known?: { key: string; sequence: number | null; digest: Buffer | null }) => {
  const judged = judgeCatalogue(given, { address, known, now })
  return judged.ok ? judged.change.catalogue.sequence : judged.refusal
}

describe('exchange: a catalogue from elsewhere', () => {
  const known = { key: ours.key, sequence: 7, digest: digestOf(content()) }

  it('is believed when it is whole, of the known key and address, in its time, and not older than the last', () => {
    assert.equal(outcome(text()), 7)
    assert.equal(outcome(text(), known), 7)
    assert.equal(outcome(text({ sequence: 8 }), known), 8)
    const shuffled = JSON.parse(text(), (_, value: unknown) =>
      value && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    ) as unknown
    assert.equal(outcome(JSON.stringify(shuffled, undefined, 3), known), 7)
    assert.equal(outcome(text({ ...{ later: 'an edition of tomorrow' } })), 7)
  })

  const other = { name: 'Contoh', address, key: theirs.key }
  const refused: [title: string, given: string, rule: string][] = [
    ['is nothing', '', 'not-a-catalogue'],
    ['is a page', '<!doctype html>', 'not-a-catalogue'],
    ['has no signature', JSON.stringify({ content: content() }), 'not-a-catalogue'],
    ['has a short signature', JSON.stringify({ content: content(), signature: 'abc' }), 'not-a-catalogue'],
    [
      'leads out of its own address',
      text({ packages: [{ ...entry(), file: { ...entry().file, path: '//evil.example/x' } }] }),
      'not-a-catalogue',
    ],
    [
      'leads up',
      text({ packages: [{ ...entry(), file: { ...entry().file, path: '/exchange/../../etc' } }] }),
      'not-a-catalogue',
    ],
    [
      'offers a file larger than a package may be',
      text({ packages: [{ ...entry(), file: { ...entry().file, size: 1_000_001 } }] }),
      'not-a-catalogue',
    ],
    ['was changed after it was signed', text().replace('"sequence":7', '"sequence":9'), 'signature-wrong'],
    ['is signed by another than it says', text({}, theirs.secret), 'signature-wrong'],
    ['is of another key', text({ installation: other }, theirs.secret), 'key-changed'],
    [
      'is of another address',
      text({ installation: { ...content().installation, address: 'https://lain.go.id' } }),
      'address-differs',
    ],
    ['is an old one played again', text({ sequence: 6 }), 'catalogue-old'],
    ['has the number of another', text({ until: '2026-05-15T00:00:00Z' }), 'catalogue-differs'],
    ['is past its time', text({ sequence: 8, until: '2026-05-01T00:00:00Z' }), 'catalogue-expired'],
    ['is of the future', text({ sequence: 8, issued: '2026-05-01T00:11:00Z' }), 'catalogue-early'],
  ]
  for (const [title, given, rule] of refused)
    it(`is refused when it ${title}`, () => assert.equal(outcome(given, known), rule))

  it('has a fingerprint that two people can read to each other', () => {
    assert.match(fingerprintOf(ours.key), /^(?:[0-9a-f]{4} ){7}[0-9a-f]{4}$/)
    assert.notEqual(fingerprintOf(ours.key), fingerprintOf(theirs.key))
  })

  it('says what a package would be to an agency', () => {
    const all = [null, '1.2.3', '1.2.3+local.4', '1.10.0', '1.2.2+local.1'].map((running) =>
      standingOf('1.2.3', running),
    )
    assert.deepEqual(all, ['new', 'same', 'same', 'older', 'newer'])
  })
})

function entry(): Catalogue['packages'][number] {
  return {
    id: 'id.contoh.kursi',
    version: '1.0.0',
    names: { id: 'Kursi' },
    summary: { id: 'Kursi' },
    licence: 'CC0-1.0',
    languages: ['id'],
    origin: { innovation: 'Contoh', agency: 'Contoh' },
    agency: 'Contoh',
    hash: 'a'.repeat(64),
    file: { path: '/exchange/packages/x.melayani', sha256: 'b'.repeat(64), size: 100 },
    publisher: { name: 'Contoh', key: ours.key },
  }
}
