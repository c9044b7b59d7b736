import { words } from './compared-words.ts'

/** A piece of a text in UTF-16 units, `end` exclusive: `text.slice(start, end)` is what the reader marks. */
export type Range = { start: number; end: number }

/** The same `words` words in a row, in both texts. */
export type Passage = { a: Range; b: Range; words: number }

/**
 * Shorter runs are the turns of phrase that any two officials share ("dalam rangka meningkatkan kualitas pelayanan").
 */
export const shortestPassage = 8

/** A run of equal words: where it begins in either list of words, and its length. */
type Run = { a: number; b: number; length: number }

/**
 * The passages that two texts share, for a side-by-side view: longest first, then in the order of the first text.
 * Passages overlap in neither text. Each is as long as it can be: the words next to it differ, or one of them is
 * already in another passage. No shared run of `minWords` words is left out. A passage standing twice in one text and
 * once in the other is shown once. Words are equal as `compared-words.ts` has it; the ranges hold the original writing.
 * Time grows with the length of both texts, times the rounds needed when passages compete for the same words: one or
 * two for prose, more for a word repeated without end, where 4,000 words still take some 30 ms. RangeError unless
 * `minWords` is a whole number from 1.
 */
export function sharedPassages(textA: string, textB: string, minWords = shortestPassage): Passage[] {
  if (!Number.isInteger(minWords) || minWords < 1) throw new RangeError(`minWords must be from 1, not ${minWords}`)
  const wordsA = words(textA)
  const wordsB = words(textB)
  const numbers = new Map<string, number>()
  const numberOf = ({ word }: { word: string }) => {
    const known = numbers.get(word) ?? numbers.size
    numbers.set(word, known)
    return known
  }
  const runs = tile(wordsA.map(numberOf), wordsB.map(numberOf), minWords)
  const range = (list: typeof wordsA, first: number, length: number) => ({
    start: list[first]!.start,
    end: list[first + length - 1]!.end,
  })
  return runs
    .sort((x, y) => y.length - x.length || x.a - y.a)
    .map(({ a, b, length }) => ({ a: range(wordsA, a, length), b: range(wordsB, b, length), words: length }))
}

/** The share of a text's words that stand in its passages, 0 to 1, for either of the two texts compared. */
export function passageShare(text: string, passages: readonly Passage[]): number {
  const all = words(text).length
  return all === 0 ? 0 : passages.reduce((sum, passage) => sum + passage.words, 0) / all
}

/**
 * Takes the longest runs first and blots them out with numbers that equal nothing, until no run is left. A run whose
 * words are taken in `a` looks for the same words elsewhere; otherwise it waits for the next round, where what remains
 * of it is found anew.
 */
function tile(a: number[], b: number[], minWords: number): Run[] {
  const taken: Run[] = []
  let blot = -1
  for (let waiting = true; waiting; ) {
    waiting = false
    for (const run of longestRuns(a, b, minWords)) {
      const at = isBlotted(b, run.b, run.length) ? undefined : freePlace(a, b, run)
      if (at === undefined) {
        waiting = true
        continue
      }
      taken.push({ ...run, a: at })
      for (let i = 0; i < run.length; i++) {
        a[at + i] = blot--
        b[run.b + i] = blot--
      }
    }
  }
  return taken
}

/** Where in `a` the words of a run stand untaken, its own place first; taken words equal nothing in `b`. */
function freePlace(a: number[], b: number[], run: Run) {
  const standsAt = (first: number) => {
    for (let i = 0; i < run.length; i++) if (a[first + i] !== b[run.b + i]) return false
    return true
  }
  if (standsAt(run.a)) return run.a
  for (let first = 0; first + run.length <= a.length; first++) if (standsAt(first)) return first
  return undefined
}

function isBlotted(list: number[], first: number, length: number) {
  for (let i = first; i < first + length; i++) if (list[i]! < 0) return true
  return false
}

/** Every run of `b` that stands in `a` and cannot be made longer on either side, longest first. */
function longestRuns(a: number[], b: number[], minWords: number): Run[] {
  const automaton = suffixAutomaton(a)
  const runs: Run[] = []
  let state = 0
  let length = 0
  for (let end = 0; end <= b.length; end++) {
    const word = b[end]
    const last = { state, length }
    while (word !== undefined && state > 0 && !automaton.next[state]!.has(word)) {
      state = automaton.link[state]!
      length = automaton.longest[state]!
    }
    const to = word === undefined ? undefined : automaton.next[state]!.get(word)
    length = to === undefined ? 0 : length + 1
    state = to ?? 0
    if (length <= last.length && last.length >= minWords) {
      const endInA = automaton.firstEnd[last.state]!
      runs.push({ a: endInA - last.length + 1, b: end - last.length, length: last.length })
    }
  }
  return runs.sort((x, y) => y.length - x.length || x.b - y.b)
}

/**
 * The suffix automaton of a list of numbers (Blumer et al. 1985): at most two states an entry, state 0 the empty run.
 * Of a state: `longest` run that leads to it, `link` to the state of its longest other ending, `next` state for each
 * following number, `firstEnd` index where its runs first end.
 */
function suffixAutomaton(list: number[]) {
  const longest = [0]
  const link = [-1]
  const firstEnd = [-1]
  const next = [new Map<number, number>()]
  let last = 0
  for (let at = 0; at < list.length; at++) {
    const entry = list[at]!
    const current = longest.length
    longest.push(longest[last]! + 1)
    link.push(0)
    firstEnd.push(at)
    next.push(new Map())
    let state = last
    for (; state >= 0 && !next[state]!.has(entry); state = link[state]!) next[state]!.set(entry, current)
    if (state >= 0) {
      const target = next[state]!.get(entry)!
      if (longest[target] === longest[state]! + 1) link[current] = target
      else {
        const copy = longest.length
        longest.push(longest[state]! + 1)
        link.push(link[target]!)
        firstEnd.push(firstEnd[target]!)
        next.push(new Map(next[target]))
        for (; state >= 0 && next[state]!.get(entry) === target; state = link[state]!) next[state]!.set(entry, copy)
        link[target] = copy
        link[current] = copy
      }
    }
    last = current
  }
  return { longest, link, firstEnd, next }
}
