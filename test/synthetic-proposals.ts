/**
 * Texts shaped like proposals, in a language that resembles Indonesian: for measuring near-duplicate detection without
 * anybody's real text. Everything follows from numbers, so a text need not be kept: it can be written again.
 */

/** A repeatable source of numbers in [0, 1) (Mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 0x100000000
  }
}

const small =
  'yang dan di untuk dengan pada dari dalam ini itu adalah oleh sebagai tidak telah akan dapat ke juga agar bagi ' +
  'secara melalui serta atau karena sudah lebih masyarakat pelayanan publik layanan inovasi'
const beginnings = 'b c d g h j k l m n p r s t w y ng ny tr pr'.split(' ')
const vowels = 'a a a i u e o'.split(' ')
const endings = ['', '', '', 'n', 'ng', 'k', 's', 't', 'r', 'h', 'l']
const affixes = [
  ['', ''],
  ['', ''],
  ['me', 'kan'],
  ['di', 'kan'],
  ['ber', ''],
  ['pe', 'an'],
  ['ke', 'an'],
  ['ter', ''],
] as const

const pick = <T>(from: readonly T[], random: () => number) => from[Math.floor(random() * from.length)]!

/** The frequent words first: a word's rank r is drawn with a probability near 1/r, as in a natural language. */
const vocabulary = (() => {
  const random = seeded(1)
  const syllable = () => pick(beginnings, random) + pick(vowels, random) + pick(endings, random)
  const list = new Set(small.split(' '))
  while (list.size < 6000) {
    const [before, behind] = pick(affixes, random)
    list.add(before + syllable() + syllable() + behind)
  }
  return [...list]
})()

const word = (random: () => number) => vocabulary[Math.floor(vocabulary.length ** random()) - 1]!
const several = (count: number, random: () => number) => Array.from({ length: count }, () => word(random))

/** Turns of phrase that everybody uses, the frequent ones first. */
const phrases = (() => {
  const random = seeded(2)
  return Array.from({ length: 400 }, () => several(3 + Math.floor(random() * 4), random))
})()

/** The form's own sentences, which stand in every proposal. */
const boilerplate = (() => {
  const random = seeded(3)
  return Array.from({ length: 3 }, () => several(45, random))
})()

/** Paragraphs of words. */
export type Draft = string[][]

/**
 * A proposal of about `size` words in 12 paragraphs, of which 15 % are the form's sentences and about a tenth turns of
 * phrase. The same number always gives the same text.
 */
export function draft(number: number, size = 900): Draft {
  const random = seeded(number * 7919 + 11)
  const common = Math.round((size * 0.15) / boilerplate.length)
  const length = Math.round((size * 0.85) / 9)
  const own = Array.from({ length: 9 }, () => {
    const paragraph: string[] = []
    while (paragraph.length < length) {
      if (random() < 0.022) paragraph.push(...phrases[Math.floor(phrases.length ** random()) - 1]!)
      else paragraph.push(word(random))
    }
    return paragraph
  })
  return [...boilerplate.map((paragraph) => paragraph.slice(0, common)), ...own]
}

/** A copy with a share of its words replaced by others and its paragraphs in another order. */
export function reworded(of: Draft, share: number, seed: number): Draft {
  const random = seeded(seed * 104_729 + 5)
  const changed = of.map((paragraph) => paragraph.map((one) => (random() < share ? word(random) : one)))
  for (let i = changed.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[changed[i], changed[j]] = [changed[j]!, changed[i]!]
  }
  return changed
}

/** The draft as a person would send it: capitals, full stops, a typographic quote, empty lines between paragraphs. */
export function written(of: Draft): string {
  return of
    .map((paragraph) => {
      let text = ''
      for (let i = 0; i < paragraph.length; i++) {
        const begins = i % 14 === 0
        const one = paragraph[i]!
        const shown = begins ? one[0]!.toUpperCase() + one.slice(1) : one
        text += (i === 0 ? '' : begins ? '. ' : i % 14 === 7 ? ', ' : ' ') + (i === 20 ? `“${shown}”` : shown)
      }
      return `${text}.`
    })
    .join('\n\n')
}
