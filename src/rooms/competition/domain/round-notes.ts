import { difference } from './difference.ts'
import { nodesAt } from './paths.ts'
import { provenance, type Rules, type Words } from './round.ts'
import { isWhole, notedAt } from './round-basis.ts'

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
