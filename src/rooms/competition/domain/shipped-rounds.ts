import y2017 from '../data/rounds/2017.json' with { type: 'json' }
import y2021 from '../data/rounds/2021.json' with { type: 'json' }
import y2022 from '../data/rounds/2022.json' with { type: 'json' }
import y2023 from '../data/rounds/2023.json' with { type: 'json' }
import y2025 from '../data/rounds/2025.json' with { type: 'json' }
import type { Rules } from './round.ts'
import { parseRules } from './round-reading.ts'

/** The rounds that come with the programme, oldest first: examples to start a new round from, and the past to recompute. */
export function shippedRounds(): Rules[] {
  return [y2017, y2021, y2022, y2023, y2025].map((document: unknown) => {
    const parsed = parseRules(document)
    if (!parsed.ok) throw new Error(`A shipped round does not parse: ${JSON.stringify(parsed.problems)}`)
    return parsed.rules
  })
}
