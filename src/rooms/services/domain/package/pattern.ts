import { limits } from './limits.ts'

/**
 * Regular expressions of text fields run on every keystroke of every phone, so only those are taken which cannot
 * explode: letters, signs, classes (`[A-Z0-9]`, `\d`, `\w`, `\s`, `.`), each with `?`, `{n}` or `{n,m}` (m at most 200),
 * at most two of them of varying length. No groups, no alternatives, no look-around, no back references, no `*`, no `+`.
 * Returns why a pattern is not taken.
 */
export function unsafe(pattern: string): string | undefined {
  if (pattern.length > limits.pattern) return `${pattern.length} characters; at most ${limits.pattern}`
  const atom = /\\[dws.\\/()[\]{}?*+|^$-]|\[\^?(?:\\[dws\\\]^-]|[^\\\]])+\]|[^\\[\](){}*+?|^$]/y
  const repeat = /\?|\{(\d{1,3})(?:,(\d{1,3}))?\}/y
  let varying = 0
  let at = 0
  while (at < pattern.length) {
    atom.lastIndex = at
    if (!atom.test(pattern)) return `“${pattern.slice(at, at + 5)}” is not part of the patterns of packages`
    at = atom.lastIndex
    repeat.lastIndex = at
    const found = repeat.exec(pattern)
    if (!found) continue
    at = repeat.lastIndex
    const most = Number(found[2] ?? found[1] ?? 1)
    if (most > 200) return 'repeats more than 200 times'
    if ((found[2] !== undefined || found[0] === '?') && ++varying > 2) return 'more than two parts of varying length'
  }
  // What is left can still be nonsense: a range that goes backwards ([z-a]), or numbers that do ({3,2}).
  try {
    fits(pattern, '')
  } catch {
    return 'is no regular expression'
  }
  return undefined
}

/** Whether the whole text is as the pattern says. */
export function fits(pattern: string, text: string): boolean {
  return new RegExp(`^(?:${pattern})$`, 'u').test(text)
}
