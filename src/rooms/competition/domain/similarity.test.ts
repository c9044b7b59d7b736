import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { draft, reworded, seeded, written } from '../../../../test/synthetic-proposals.ts'
import { eachWord, normaliseWord, words } from './compared-words.ts'
import {
  bandCount,
  bandKeys,
  commonShingles,
  containment,
  estimateJaccard,
  isEmptySignature,
  jaccard,
  nearDuplicateThreshold,
  rowsPerBand,
  shingles,
  signature,
  signatureBins,
  signatureBytes,
  signatureFromBytes,
  signText,
  without,
} from './similarity.ts'
import { SimilarityIndex } from './similarity-index.ts'

const list = (text: string) => words(text).map(({ word }) => word)
const hashes = fc.uniqueArray(fc.integer({ min: 0, max: 0xfffffffe }), { maxLength: 400 })
const sortedSet = (of: number[]) => Uint32Array.from(of).sort()
const anyText = fc.string({ unit: 'binary', maxLength: 60 })
const prose = fc
  .array(fc.constantFrom('warga', 'Desa', 'kartu', 'yang', 'é', 'Jum’at', '2019', ';', '\n'), { maxLength: 60 })
  .map((parts) => parts.join(' '))

/** Two sets of `size` random hashes with a known Jaccard likeness near the one wished for. */
function pairOf(size: number, wished: number, random: () => number) {
  const shared = Math.round((2 * size * wished) / (1 + wished))
  const draw = () => Math.floor(random() * 0xffffffff)
  const common = Array.from({ length: shared }, draw)
  const own = () => sortedSet([...common, ...Array.from({ length: size - shared }, draw)])
  return [own(), own()] as const
}

describe('the words of a text', () => {
  const table: [string, string[]][] = [
    ['Kartu Keluarga, 2019!', ['kartu', 'keluarga', '2019']],
    ['rumah-rumah e-voting', ['rumah', 'rumah', 'e', 'voting']],
    ["Jum'at Jum’at 'kutip'", ['jumat', 'jumat', 'kutip']],
    ['Péláyanan pe\u0301la\u0301yanan', ['pelayanan', 'pelayanan']],
    ['pela\u00adyanan pela\u200byanan', ['pelayanan', 'pelayanan']],
    ['ＰＥＬＡＹＡＮＡＮ ﬁsik', ['pelayanan', 'fisik']],
    ['𝐊𝐚𝐫𝐭𝐮 \ud83d\ude00 kartu\ud835', ['kartu', 'kartu']],
    ['“… – • ()', []],
    ['', []],
  ]
  for (const [text, expected] of table) it(JSON.stringify(text), () => assert.deepEqual(list(text), expected))

  it('lie at rising places in the original and read there as compared', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, prose), (text) => {
        let before = 0
        for (const { word, start, end } of words(text)) {
          assert.ok(start >= before && end > start && end <= text.length)
          assert.equal(normaliseWord(text.slice(start, end)), word)
          assert.equal(normaliseWord(word), word)
          before = end
        }
      }),
      { numRuns: 500 },
    )
  })
  it('do not change when they are written out again', () => {
    fc.assert(fc.property(anyText, (text) => assert.deepEqual(list(list(text).join(' ')), list(text))))
  })
  it('are given without a form when ASCII, with one otherwise', () => {
    const forms: string[] = []
    eachWord('Desa é', (_start, _end, normal) => forms.push(normal))
    assert.deepEqual(forms, ['', 'e'])
  })
})

describe('shingles', () => {
  it('are one for each three neighbouring words, one for a shorter text, none for an empty one', () => {
    assert.equal(shingles('a b c d').length, 2)
    assert.equal(shingles('a b a b a b').length, 2)
    assert.equal(shingles('a b').length, 1)
    assert.equal(shingles('a').length, 1)
    assert.equal(shingles(' … ').length, 0)
  })
  it('see words and not how they are written', () => {
    assert.deepEqual(shingles('KARTU, keluargá: Jum’at'), shingles('kartu keluarga jumat'))
    assert.notDeepEqual(shingles('ab c d'), shingles('a bc d'))
    assert.notDeepEqual(shingles('a b c'), shingles('c b a'))
  })
  it('keep their numbers, since stored signatures depend on them', () => {
    assert.deepEqual([...shingles('Kakekku Datang ke desa')], [443_974_266, 2_633_906_237])
  })
})

describe('a signature', () => {
  it('does not depend on order or repetition', () => {
    fc.assert(
      fc.property(hashes, fc.nat(), (set, seed) => {
        const random = seeded(seed)
        const shuffled = [...set, ...set].sort(() => random() - 0.5)
        assert.deepEqual(signature(Uint32Array.from(shuffled)), signature(Uint32Array.from(set)))
      }),
    )
  })
  it('of a text is that of its shingles, time after time', () => {
    fc.assert(
      fc.property(prose, (text) => {
        assert.deepEqual(signText(text), signature(shingles(text)))
        assert.deepEqual(signText(text), signText(text))
      }),
    )
  })
  it('survives the way to the database and back, at any alignment', () => {
    fc.assert(
      fc.property(hashes, fc.integer({ min: 0, max: 7 }), (set, shift) => {
        const of = signature(Uint32Array.from(set))
        const shifted = new Uint8Array(signatureBins * 4 + 8)
        shifted.set(signatureBytes(of), shift)
        assert.deepEqual(signatureFromBytes(shifted.subarray(shift, shift + signatureBins * 4)), of)
      }),
    )
    assert.throws(() => signatureFromBytes(new Uint8Array(1023)), RangeError)
  })
  it('of an empty text is like nothing, not even itself', () => {
    const empty = signText('')
    assert.ok(isEmptySignature(empty))
    assert.equal(estimateJaccard(empty, empty), 0)
    assert.equal(bandKeys(empty).length, 0)
  })
})

describe('the estimate of likeness', () => {
  it('is symmetric, between 0 and 1, and 1 for equal sets', () => {
    fc.assert(
      fc.property(hashes, hashes, (a, b) => {
        const [x, y] = [signature(Uint32Array.from(a)), signature(Uint32Array.from(b))]
        const estimate = estimateJaccard(x, y)
        assert.equal(estimate, estimateJaccard(y, x))
        assert.ok(estimate >= 0 && estimate <= 1)
        if (a.length > 0) assert.equal(estimateJaccard(x, x), 1)
      }),
    )
  })
  for (const size of [20, 150, 900]) {
    for (const wished of [0.05, 0.2, 0.5, 0.9]) {
      it(`of sets of ${size} at ${wished} is right on average and errs no more than theory allows`, () => {
        const random = seeded(size + wished * 100)
        const rounds = 200
        let error = 0
        let square = 0
        let spread = 0
        for (let i = 0; i < rounds; i++) {
          const [a, b] = pairOf(size, wished, random)
          const truth = jaccard(a, b)
          const off = estimateJaccard(signature(a), signature(b)) - truth
          error += off / rounds
          square += off ** 2 / rounds
          // Fewer members than bins: the borrowed bins repeat what is known, so only the union's size informs.
          spread += (truth * (1 - truth)) / Math.min(signatureBins, a.length) / rounds
        }
        assert.ok(Math.abs(error) < 4 * Math.sqrt(spread / rounds) + 0.002, `mean error ${error}`)
        assert.ok(
          Math.sqrt(square) < 1.3 * Math.sqrt(spread) + 0.005,
          `error ${Math.sqrt(square)} of ${Math.sqrt(spread)}`,
        )
      })
    }
  }
})

describe('the exact measures', () => {
  it('agree with sets', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(50)), fc.uniqueArray(fc.nat(50)), (a, b) => {
        const shared = a.filter((one) => b.includes(one)).length
        const all = new Set([...a, ...b]).size
        const [x, y] = [sortedSet(a), sortedSet(b)]
        assert.equal(jaccard(x, y), all === 0 ? 0 : shared / all)
        assert.equal(jaccard(x, y), jaccard(y, x))
        assert.equal(containment(x, y), a.length === 0 ? 0 : shared / a.length)
      }),
    )
  })
  it('find an abstract wholly contained in its proposal', () => {
    const whole = written(draft(1))
    assert.equal(containment(shingles(whole.slice(0, whole.indexOf('\n'))), shingles(whole)), 1)
  })
})

describe('the wording of the form', () => {
  const drafts = Array.from({ length: 30 }, (_, i) => shingles(written(draft(i))))
  const common = commonShingles(drafts)
  it('is found in a sample and left out of a set', () => {
    assert.ok(common.length > 100 && common.length < 300, `${common.length}`)
    const [a, b] = [without(drafts[0]!, common), without(drafts[1]!, common)]
    assert.equal(containment(common, a), 0)
    assert.ok(jaccard(drafts[0]!, drafts[1]!) > 0.05)
    assert.ok(jaccard(a, b) < 0.02)
  })
  it('is not what two texts alone share', () => {
    assert.equal(commonShingles([drafts[0]!, drafts[0]!]).length, 0)
    assert.throws(() => commonShingles(drafts, 0), RangeError)
  })
  it('leaves the difference of two sets', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(50)), fc.uniqueArray(fc.nat(50)), (a, b) => {
        const expected = a.filter((one) => !b.includes(one)).sort((x, y) => x - y)
        assert.deepEqual([...without(sortedSet(a), sortedSet(b))], expected)
      }),
    )
  })
})

describe('band keys', () => {
  it('are equal exactly where the rows of the band are', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 256, maxLength: 256 }), fc.nat(), (rows, seed) => {
        const random = seeded(seed)
        const a = Uint32Array.from(rows)
        const b = a.map((row) => (random() < 0.3 ? (row + 1) % 4 : row))
        const [keysA, keysB] = [bandKeys(a), bandKeys(b)]
        assert.equal(keysA.length, bandCount)
        for (let band = 0; band < bandCount; band++) {
          const from = band * rowsPerBand
          const same = a.slice(from, from + rowsPerBand).join() === b.slice(from, from + rowsPerBand).join()
          assert.equal(keysA[band] === keysB[band], same)
        }
        assert.equal(new Set(keysA).size, bandCount)
      }),
    )
  })
  it('fit a Postgres integer', () => {
    for (const key of bandKeys(signText('kartu keluarga'))) assert.equal(key, key | 0)
  })
})

describe('the index', () => {
  it('answers as comparing with every text that shares a key would, also after growing', () => {
    const all = Array.from({ length: 120 }, (_, i) =>
      signText(written(i % 3 === 0 ? draft(i, 200) : reworded(draft(i - (i % 3), 200), 0.1 * (i % 3), i))),
    )
    const index = new SimilarityIndex(1)
    for (const of of all) index.add(of)
    assert.equal(index.size, 120)
    for (const of of all) {
      const keys = new Set(bandKeys(of))
      const expected = all
        .map((other, item) => ({ item, estimate: estimateJaccard(of, other) }))
        .filter(({ item, estimate }) => estimate >= 0.2 && bandKeys(all[item]!).some((key) => keys.has(key)))
        .sort((a, b) => b.estimate - a.estimate || a.item - b.item)
      assert.deepEqual(index.query(of), expected)
    }
  })
  it('neither finds nor is found by an empty text', () => {
    const index = new SimilarityIndex()
    index.add(signText(''))
    index.add(signText('kartu keluarga desa'))
    assert.deepEqual(index.query(signText('')), [])
    assert.deepEqual(index.query(signText('Kartu keluarga, desa')), [{ item: 1, estimate: 1 }])
    assert.throws(() => new SimilarityIndex(0), RangeError)
  })
})

describe('near-duplicates among 1,200 old texts of 900 words', () => {
  it('are found while a fifth of the words is changed, and nothing else is', () => {
    const index = new SimilarityIndex(1200)
    for (let i = 0; i < 1200; i++) index.add(signText(written(draft(i))))
    const found = (share: number) => {
      let count = 0
      for (let i = 0; i < 60; i++) {
        const matches = index.query(signText(written(reworded(draft(i * 20), share, i))))
        assert.ok(matches.every(({ item }) => item === i * 20))
        count += matches.length
      }
      return count / 60
    }
    assert.equal(found(0.02), 1)
    assert.equal(found(0.1), 1)
    assert.ok(found(0.2) >= 0.85)
    for (let i = 0; i < 200; i++) assert.deepEqual(index.query(signText(written(draft(100_000 + i)))), [])
  })
  it('are judged by the documented threshold', () => {
    const likeness = (share: number) =>
      jaccard(shingles(written(draft(1))), shingles(written(reworded(draft(1), share, 1))))
    assert.ok(likeness(0.2) > nearDuplicateThreshold)
    assert.ok(likeness(0.4) < nearDuplicateThreshold)
    assert.ok(jaccard(shingles(written(draft(1))), shingles(written(draft(2)))) < nearDuplicateThreshold / 2)
  })
})
