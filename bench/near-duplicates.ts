import {
  commonShingles,
  jaccard,
  nearDuplicateThreshold,
  shingles,
  signature,
  signatureBins,
  signText,
  without,
} from '../src/rooms/competition/domain/similarity.ts'
import { SimilarityIndex } from '../src/rooms/competition/domain/similarity-index.ts'
import { draft, reworded, written } from '../test/synthetic-proposals.ts'

/** One measured number: what was measured, how much, of what, and under which circumstances. */
export type Measurement = { name: string; value: number; unit: string; note: string }

/** A national round and the proposals of the years before it, at 1x. */
const newTexts = 3000
const oldTexts = 20_000
const wordsEach = 900

/** Of the new texts, how many are copies at each rate of changed words, at 1x. The others are like nothing. */
const copiesEach = 100
const changes = [0.02, 0.1, 0.2, 0.3]

/** A threshold under the default, to show what a round would gain and pay by choosing it. */
const lenientThreshold = 0.15

const mebibytes = (bytes: number) => bytes / 2 ** 20

/** Adds the time that a piece of work takes to `spent.ms`, so that writing the synthetic texts is not counted. */
function timed<T>(spent: { ms: number }, work: () => T): T {
  const before = performance.now()
  const result = work()
  spent.ms += performance.now() - before
  return result
}

/** The form's wording, learned from 300 texts that are in neither corpus. */
const learnForm = () =>
  commonShingles(Array.from({ length: 300 }, (_, i) => shingles(written(draft(1_000_000 + i, wordsEach)))))

function measure(scale: number, form: Uint32Array | undefined): Measurement[] {
  const sign = (text: string) => (form ? signature(without(shingles(text), form)) : signText(text))
  const signing = { ms: 0 }
  const adding = { ms: 0 }
  const asking = { ms: 0 }
  const olds = oldTexts * scale
  const news = newTexts * scale
  const copies = copiesEach * scale
  const index = new SimilarityIndex(olds)
  for (let i = 0; i < olds; i++) {
    const text = written(draft(i, wordsEach))
    const signed = timed(signing, () => sign(text))
    timed(adding, () => index.add(signed))
  }

  const asked = new Uint32Array(news * signatureBins)
  const exact: { from: number; likeness: number }[] = []
  for (let i = 0; i < news; i++) {
    const change = changes[Math.floor(i / copies)]
    const from = (i * 37) % olds
    const original = change === undefined ? undefined : draft(from, wordsEach)
    const text = written(original ? reworded(original, change!, i) : draft(olds + i, wordsEach))
    if (original) exact.push({ from, likeness: jaccard(shingles(written(original)), shingles(text)) })
    asked.set(
      timed(signing, () => sign(text)),
      i * signatureBins,
    )
  }

  let falsePairs = 0
  let lenientFalse = 0
  let lenientLast = 0
  const found = changes.map(() => 0)
  let like = 0
  let likeFound = 0
  for (let i = 0; i < news; i++) {
    const signed = asked.subarray(i * signatureBins, (i + 1) * signatureBins)
    const matches = timed(asking, () => index.query(signed))
    const copy = exact[i]
    const hit = copy !== undefined && matches.some(({ item }) => item === copy.from)
    if (hit) found[Math.floor(i / copies)]!++
    falsePairs += matches.length - (hit ? 1 : 0)
    const lenient = index.query(signed, lenientThreshold)
    const lenientHit = copy !== undefined && lenient.some(({ item }) => item === copy.from)
    if (lenientHit && Math.floor(i / copies) === changes.length - 1) lenientLast++
    lenientFalse += lenient.length - (lenientHit ? 1 : 0)
    if (copy !== undefined && copy.likeness >= nearDuplicateThreshold) {
      like++
      if (hit) likeFound++
    }
  }

  const size = `${news.toLocaleString('en')} new x ${olds.toLocaleString('en')} old, ${wordsEach} words`
  const rows: [string, number, string, string][] = [
    ['signatures', signing.ms / 1000, 's', `all ${(news + olds).toLocaleString('en')} texts`],
    ['index', adding.ms / 1000, 's', 'adding every old text'],
    ['query', asking.ms / 1000, 's', 'every new text against every old one'],
    ['index memory', mebibytes(index.bytes), 'MiB', 'typed arrays of the index'],
    // The highest of the process so far: scales run from small to large.
    ['peak memory', mebibytes(process.resourceUsage().maxRSS * 1024), 'MiB', 'resident, whole process'],
    ...changes.map((change, i): [string, number, string, string] => {
      const mean = exact.slice(i * copies, (i + 1) * copies).reduce((sum, { likeness }) => sum + likeness / copies, 0)
      const note = `${copies} copies, mean exact Jaccard ${mean.toFixed(2)}`
      return [`found at ${change * 100} % changed`, (100 * found[i]!) / copies, '%', note]
    }),
    ['found of those at or over the threshold', (100 * likeFound) / like, '%', `${like} copies, exact Jaccard >= 0.20`],
    [
      'false pairs',
      falsePairs,
      'pairs',
      `${(news - changes.length * copies).toLocaleString('en')} unrelated new texts`,
    ],
    [
      `found at 30 % changed, threshold ${lenientThreshold}`,
      (100 * lenientLast) / copies,
      '%',
      'a round may choose it',
    ],
    [`false pairs, threshold ${lenientThreshold}`, lenientFalse, 'pairs', 'the price of it'],
  ]
  return rows.map(([name, value, unit, note]) => ({
    name: `${scale}x${form ? ' form left out:' : ''} ${name}`,
    value,
    unit,
    note: `${size}; ${note}`,
  }))
}

/**
 * Near-duplicate detection at the size of a national round and at two and four times that: seconds to sign and to ask,
 * memory, the share of planted copies found, and the pairs wrongly shown. The texts are synthetic, 15 % of each is the
 * form's own wording; each scale is measured with that wording in the signatures and without it. Three minutes at most.
 */
export async function benchNearDuplicates(scales: readonly number[] = [1, 2, 4]): Promise<Measurement[]> {
  const form = learnForm()
  return scales.flatMap((scale) => [...measure(scale, undefined), ...measure(scale, form)])
}

if (import.meta.main) {
  for (const { name, value, unit, note } of await benchNearDuplicates())
    console.log(`${name.padEnd(58)} ${value.toFixed(2).padStart(9)} ${unit.padEnd(6)} ${note}`)
}
