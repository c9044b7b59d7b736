import { difference } from './difference.ts'
import { closeness, nodesAt } from './paths.ts'
import type { Rules, Words } from './round.ts'
import { isWhole, notedAt } from './round-basis.ts'

/** A value with a `setting` was at least partly chosen and must not be shown as law, even when sources stand beside it. */
export type Provenance = { sources: string[]; setting: Words | null }

/**
 * What the document says about where a value comes from: the notes whose path covers it most closely. A source and a setting
 * on the same path both count ("the date is published, the hour was chosen"). Null when nothing is said.
 */
export function provenance(rules: Rules, path: string): Provenance | null {
  const closest = (patterns: string[]) =>
    patterns.reduce(
      (best, pattern) => {
        const near = closeness(pattern, path)
        return near > best.near ? { near, pattern } : best
      },
      { near: 0, pattern: '' },
    )
  const source = closest(Object.keys(rules.sources))
  const setting = closest(Object.keys(rules.settings))
  const nearest = Math.max(source.near, setting.near)
  if (nearest === 0) return null
  return {
    sources: source.near === nearest ? rules.sources[source.pattern]! : [],
    setting: setting.near === nearest ? rules.settings[setting.pattern]! : null,
  }
}

const chosen: Words = {
  id: 'Ditetapkan sekretariat untuk putaran ini.',
  en: 'Fixed by the secretariat for this round.',
}

/**
 * The notes on where values come from, after an edit: a value that was changed no longer rests on the text that it was
 * taken from, so it becomes a setting of this round; notes on what is gone go too.
 */
export function renoted(before: Rules, after: Rules): Rules {
  const settings = { ...after.settings }
  const sources = { ...after.sources }
  for (const change of difference(before, after)) {
    const path = notedAt(change.path)
    if (/^(?:settings|sources|version|key)(?:\.|$)/.test(path) || nodesAt(after, path).length === 0) continue
    if (!provenance(after, path)) continue
    if (isWhole(path))
      for (const notes of [settings, sources])
        for (const at of Object.keys(notes)) if (at.startsWith(`${path}.`)) delete notes[at]
    delete sources[path]
    settings[path] = chosen
  }
  const names = ([path]: [string, unknown]) => nodesAt(after, path).length > 0
  return {
    ...after,
    settings: Object.fromEntries(Object.entries(settings).filter(names)),
    sources: Object.fromEntries(Object.entries(sources).filter(names)),
  }
}

/** The parts of a rule that carry a note of their own, by their full paths: what was changed or corrected by hand. */
export function notesInside(rules: Rules, path: string): string[] {
  const own = [...Object.keys(rules.settings), ...Object.keys(rules.sources)]
  return [...new Set(own.filter((at) => at.startsWith(`${path}.`)))].sort()
}
