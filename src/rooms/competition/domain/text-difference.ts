/** A stretch of text that stayed, came or went. */
export type Stretch = { kind: 'same' | 'added' | 'gone'; text: string }

/** Words compared at most in one stretch that differs; longer ones are told as one piece gone and one added. */
const mostWords = 1500

/**
 * What changed between two texts, word by word: the longest common run of words stays. Spaces belong to the word before
 * them, so that the stretches of `same` and `added` put together are the new text, and `same` and `gone` the old one.
 */
export function textDifference(before: string, after: string): Stretch[] {
  const a = wordsOf(before)
  const b = wordsOf(after)
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const middle = between(a.slice(start, a.length - end), b.slice(start, b.length - end))
  const parts: Stretch[] = [
    { kind: 'same', text: a.slice(0, start).join('') },
    ...middle,
    { kind: 'same', text: a.slice(a.length - end).join('') },
  ]
  return joined(parts.filter((part) => part.text !== ''))
}

const wordsOf = (text: string): string[] => text.match(/\S+\s*|^\s+/gu) ?? []

function between(a: string[], b: string[]): Stretch[] {
  if (a.length > mostWords || b.length > mostWords || a.length === 0 || b.length === 0)
    return [
      { kind: 'gone', text: a.join('') },
      { kind: 'added', text: b.join('') },
    ]
  // longest[i][j]: length of the longest common run of a from i and b from j.
  const longest = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i]![j] = a[i] === b[j] ? longest[i + 1]![j + 1]! + 1 : Math.max(longest[i + 1]![j]!, longest[i]![j + 1]!)
  const parts: Stretch[] = []
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      parts.push({ kind: 'same', text: a[i]! })
      i++
      j++
    } else if (longest[i + 1]![j]! >= longest[i]![j + 1]!) parts.push({ kind: 'gone', text: a[i++]! })
    else parts.push({ kind: 'added', text: b[j++]! })
  }
  return [...parts, { kind: 'gone', text: a.slice(i).join('') }, { kind: 'added', text: b.slice(j).join('') }]
}

function joined(parts: Stretch[]): Stretch[] {
  const list: Stretch[] = []
  for (const part of parts) {
    const last = list.at(-1)
    if (part.text === '') continue
    if (last?.kind === part.kind) last.text += part.text
    else list.push({ ...part })
  }
  return list
}
