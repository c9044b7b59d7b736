import { normaliseWord, words } from './compared-words.ts'

/**
 * A title as it is compared: its words in lower case without diacritics and punctuation, one space between them.
 * Store this form beside the title and index it with pg_trgm, so that page and database compare the same characters.
 */
export function normaliseTitle(title: string): string {
  return words(title)
    .map(({ word }) => word)
    .join(' ')
}

/**
 * A title taken apart, each part normalised. "Kakekku Datang (Kartu Keluargaku Data Ulang)" has the name
 * `kakekku datang` and, since that is an acronym of it, the expansion `kartu keluargaku data ulang`. "Layanan Keliling
 * (Gresik)" has the name `layanan keliling` and the aside `gresik`. A title without such parts is all name.
 */
export type TitleParts = { name: string; expansion: string | undefined; aside: string | undefined }

const squeeze = (text: string) => text.replaceAll(' ', '')

/** The length of the longest sequence of letters that stands in both, in order. */
function commonLetters(a: string, b: string) {
  let above = new Array<number>(b.length + 1).fill(0)
  for (const letter of a) {
    const row = [0]
    for (let j = 0; j < b.length; j++) row.push(b[j] === letter ? above[j]! + 1 : Math.max(above[j + 1]!, row[j]!))
    above = row
  }
  return above[b.length]!
}

/**
 * Whether `name` is drawn from the letters of `expansion`: it is shorter, has two letters or more, begins with the same
 * letter, and nine of ten of its letters stand in the expansion in order. Not all of them, since owners add one for
 * the sound: the fourth k of "Kakekku Datang" stands nowhere in "Kartu Keluargaku Data Ulang".
 */
function isAcronymOf(name: string, expansion: string) {
  const short = squeeze(name)
  const long = squeeze(expansion)
  if (short.length < 2 || short.length >= long.length || short[0] !== long[0]) return false
  return commonLetters(short, long) >= 0.9 * short.length
}

/**
 * Takes a title apart at its first brackets, colon, dash, or the word "adalah" or "atau". Colon, dash and word count
 * only where one side is an acronym of the other, in either order; brackets always set their content apart.
 */
export function titleParts(title: string): TitleParts {
  const [, before = '', inside = '', behind = ''] = /^(.*?)[([{](.*?)(?:[)\]}](.*))?$/su.exec(title) ?? []
  const splits = [
    [`${before} ${behind}`, inside],
    /^(.*?)(?::|\s-+\s|[–—])(.*)$/su.exec(title)?.slice(1) ?? [],
    /^(.*?)\s(?:adalah|atau)\s(.*)$/isu.exec(title)?.slice(1) ?? [],
  ].map(([one = '', other = '']) => [normaliseTitle(one), normaliseTitle(other)] as const)
  for (const [left, right] of splits) {
    if (isAcronymOf(left, right)) return { name: left, expansion: right, aside: undefined }
    if (isAcronymOf(right, left)) return { name: right, expansion: left, aside: undefined }
  }
  const [name, aside] = splits[0]!
  if (name !== '' && aside !== '') return { name, expansion: undefined, aside }
  return { name: normaliseTitle(title), expansion: undefined, aside: undefined }
}

/**
 * The trigrams of a text exactly as pg_trgm makes them: lower case, cut into runs of letters and digits, each run with
 * two spaces before and one behind it, every three neighbouring characters once. Of "cat", with _ for a space: __c,
 * _ca, cat, at_. Source: PostgreSQL manual, appendix F, pg_trgm, "Trigram (or Trigraph) Concepts".
 */
export function trigrams(text: string): Set<string> {
  const found = new Set<string>()
  for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)) {
    const padded = ['', '', ...word, ''].map((character) => character || ' ')
    for (let i = 0; i + 3 <= padded.length; i++) found.add(padded.slice(i, i + 3).join(''))
  }
  return found
}

/**
 * pg_trgm's `similarity(a, b)`: shared trigrams in all trigrams, 0 to 1, rounded to `real` as Postgres returns it. 0
 * when either text has no trigram. It agrees with the database on normalised titles; elsewhere Postgres may see other
 * word characters, depending on its locale.
 */
export function trigramSimilarity(a: string, b: string): number {
  const ofA = trigrams(a)
  const ofB = trigrams(b)
  if (ofA.size === 0 || ofB.size === 0) return 0
  let shared = 0
  for (const trigram of ofA) if (ofB.has(trigram)) shared++
  return Math.fround(shared / (ofA.size + ofB.size - shared))
}

/** Trigram similarity from which two titles are shown as near: a default of the round, above pg_trgm's own 0.3. */
export const nearTitleThreshold = 0.6

/**
 * How two titles stand to each other, by the first rule that holds:
 * `same` after normalisation, spaces left aside ("Si Pintar", "SIPINTAR") · `same-expansion` the written-out names are
 * the same · `same-name` the names are the same and what else the two titles say does not contradict it, because one
 * word (SIGAP, SIMPATI) serves many innovations · `near` the trigram similarity of titles or written-out names reaches
 * the threshold · `different`. `similarity` is 1 for the first three, else the greater of the two trigram similarities.
 */
export type TitleComparison = {
  rule: 'same' | 'same-expansion' | 'same-name' | 'near' | 'different'
  similarity: number
}

/** Compares two titles as written; symmetric. Titles without a letter or digit are `different`, similarity 0. */
export function compareTitles(a: string, b: string, threshold = nearTitleThreshold): TitleComparison {
  const wholeA = normaliseTitle(a)
  const wholeB = normaliseTitle(b)
  if (wholeA === '' || wholeB === '') return { rule: 'different', similarity: 0 }
  if (squeeze(wholeA) === squeeze(wholeB)) return { rule: 'same', similarity: 1 }
  const partsA = titleParts(a)
  const partsB = titleParts(b)
  // A title that is only the written-out name has no acronym of its own: its whole is what an expansion must equal.
  const longA = squeeze(partsA.expansion ?? wholeA)
  const longB = squeeze(partsB.expansion ?? wholeB)
  if (longA === longB) return { rule: 'same-expansion', similarity: 1 }
  const restA = partsA.expansion ?? partsA.aside
  const restB = partsB.expansion ?? partsB.aside
  const bothSayMore = restA !== undefined && restB !== undefined
  const agrees = !bothSayMore || trigramSimilarity(restA, restB) >= threshold
  if (agrees && squeeze(partsA.name) === squeeze(partsB.name)) return { rule: 'same-name', similarity: 1 }
  const bothExpanded = partsA.expansion !== undefined && partsB.expansion !== undefined
  const expansions = bothExpanded ? trigramSimilarity(partsA.expansion!, partsB.expansion!) : 0
  const similarity = Math.max(trigramSimilarity(wholeA, wholeB), expansions)
  return { rule: similarity >= threshold ? 'near' : 'different', similarity }
}

/**
 * What may be wrong with a title. A hint for the person who checks, never a refusal: acronyms are odd by nature.
 * `few-letters` under two letters · `repeated-characters` one character but a digit four times in a row, or six letters
 * made of one or two · `repeated-word` the same word three times in a row · `keyboard-run` qwerty, asdf, zxcv ·
 * `placeholder` nothing but words like "tes", "judul", "contoh" · `coarse-word`.
 */
export type TitleHint =
  | 'few-letters'
  | 'repeated-characters'
  | 'repeated-word'
  | 'keyboard-run'
  | 'placeholder'
  | 'coarse-word'

const placeholders = new Set(
  'tes test testing coba judul inovasi contoh dummy xxx abc sample lorem ipsum na nama'.split(' '),
)

/** Without words that also have a plain use in a service (anjing in rabies control, babi in farming). */
export const coarseWords: ReadonlySet<string> = new Set(
  'kontol memek ngentot bangsat bajingan jancok jancuk goblok tolol asu fuck shit bitch'.split(' '),
)

/** The hints for one title, in the order of the type; an empty list for a title with nothing odd. */
export function titleHints(title: string, coarse: ReadonlySet<string> = coarseWords): TitleHint[] {
  const list = words(title).map(({ word }) => word)
  const joined = list.join(' ')
  const letters = joined.match(/\p{L}/gu) ?? []
  const hints: TitleHint[] = []
  if (letters.length < 2) hints.push('few-letters')
  if (
    /([^\s\p{N}])\1{3}/u.test(title.normalize('NFKC').toLowerCase()) ||
    (letters.length >= 6 && new Set(letters).size <= 2)
  )
    hints.push('repeated-characters')
  if (/(?:^| )(\S+) \1 \1(?: |$)/u.test(joined)) hints.push('repeated-word')
  if (/qwert|asdf|zxcv|hjkl/u.test(joined)) hints.push('keyboard-run')
  if (list.length > 0 && list.every((word) => placeholders.has(word) || /^\p{N}+$/u.test(word)))
    hints.push('placeholder')
  if (list.some((word) => coarse.has(normaliseWord(word)))) hints.push('coarse-word')
  return hints
}
