import { difference } from './difference.ts'
import { nodesAt } from './paths.ts'
import { provenance, type Rules, type Words } from './round.ts'

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
  for (const { path, after: value } of difference(before, after)) {
    if (/^(?:settings|sources|version|key)(?:\.|$)/.test(path) || value === undefined) continue
    if (!provenance(after, path)) continue
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
