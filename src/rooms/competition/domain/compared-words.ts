/**
 * Words as every comparison in this room sees them, so that a title, a shingle and a side-by-side passage can never
 * disagree about what "the same word" is.
 */

/** A word of a text: its compared form and where it stands in the original, in UTF-16 units, `end` exclusive. */
export type Word = { word: string; start: number; end: number }

const separator = 1
const starts = 2
const continues = 3

/** What a UTF-16 unit may do in a word; 0 is not asked yet. 64 KiB, filled as letters turn up. */
const kinds = new Uint8Array(0x10000)

function kindOf(character: string) {
  if (/[\p{L}\p{N}]/u.test(character)) return starts
  // Marks belong to the letter before them. Format characters (soft hyphen, zero-width space) come along from PDF
  // and Word, and are the cheapest way to hide a copied word, so they must not split it.
  return /[\p{M}\p{Cf}]/u.test(character) ? continues : separator
}

for (let unit = 0; unit < 0x80; unit++) kinds[unit] = kindOf(String.fromCharCode(unit))

function kindAt(text: string, at: number) {
  const unit = text.charCodeAt(at)
  if (unit < 0x80) return kinds[unit]!
  if (unit >= 0xd800 && unit < 0xdc00) return kindOf(String.fromCodePoint(text.codePointAt(at)!))
  const known = kinds[unit]!
  if (known !== 0) return known
  const kind = kindOf(String.fromCharCode(unit))
  kinds[unit] = kind
  return kind
}

const isApostrophe = (unit: number) => unit === 0x27 || unit === 0x2019

/**
 * The compared form of one word: NFKC, lower case, no diacritics, no marks, letters and digits only. Empty when nothing
 * of it is a letter or digit. Applying it twice changes nothing.
 */
export function normaliseWord(word: string): string {
  return word
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]|\p{Lm}/gu, '')
}

/**
 * Visits the words of a text from left to right without building them, since a round reads twenty million.
 * A word is a run of letters and digits, together with marks, format characters and apostrophes inside it: `Jum'at` is
 * one word, `rumah-rumah` and `e-voting` are two. `normal` is '' for a word of ASCII letters and digits, whose compared
 * form is its lower case; otherwise it is the compared form.
 */
export function eachWord(text: string, visit: (start: number, end: number, normal: string) => void): void {
  const length = text.length
  let at = 0
  while (at < length) {
    if (kindAt(text, at) !== starts) {
      at++
      continue
    }
    const start = at
    let plain = true
    while (at < length) {
      const unit = text.charCodeAt(at)
      if (isApostrophe(unit)) {
        if (at + 1 >= length || kindAt(text, at + 1) !== starts) break
        plain = false
        at++
      } else if (kindAt(text, at) === separator) break
      else {
        if (unit >= 0x80) plain = false
        at += unit >= 0xd800 && unit < 0xdc00 && at + 1 < length ? 2 : 1
      }
    }
    const normal = plain ? '' : normaliseWord(text.slice(start, at))
    if (plain || normal !== '') visit(start, at, normal)
  }
}

/** All words of a text in order, with their places. */
export function words(text: string): Word[] {
  const found: Word[] = []
  eachWord(text, (start, end, normal) => {
    found.push({ word: normal || text.slice(start, end).toLowerCase(), start, end })
  })
  return found
}
