import type { View } from '#platform/http.ts'
import { formatNumber } from '#platform/text.ts'
import type { StandingLine } from '../domain/nominee.ts'
import type { PanelRound } from '../domain/panel.ts'
import { panelWords } from '../text/panel.ts'

type Lined = { standing: StandingLine | null }

/** The columns that show where an entry stands: score, interval and rank range, for every table of the panel. */
export function standingColumns<Row extends Lined>(round: PanelRound, lang: View['lang']) {
  const w = panelWords(lang)
  const { decimals } = round.rules.scoring
  const number = (value: number | null | undefined) =>
    value === null || value === undefined ? w.scoreMissing : formatNumber(value, lang, decimals)
  return [
    {
      head: w.score,
      cell: ({ standing }: Row) => number(standing?.figure),
      number: true,
    },
    {
      head: w.interval,
      cell: ({ standing }: Row) =>
        standing?.low != null && standing.high != null ? `${number(standing.low)}–${number(standing.high)}` : '',
      number: true,
    },
    {
      head: w.rankRange,
      cell: ({ standing }: Row) =>
        standing?.rank == null
          ? ''
          : standing.rankLow != null && standing.rankHigh != null && standing.rankLow !== standing.rankHigh
            ? `${standing.rank} (${standing.rankLow}–${standing.rankHigh})`
            : String(standing.rank),
      number: true,
    },
  ]
}
