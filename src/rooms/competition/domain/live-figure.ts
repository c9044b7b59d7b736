import { createHash } from 'node:crypto'

/**
 * Figures of a service that runs, inside a proposal: as they were published by the day on which it was handed in, with
 * what they are made from. They come from another room (see store/live-figure.ts); here is what a proposal keeps of them.
 */
type Words = Record<string, string>
export type Whole = { n: number | null; value: number | null; hidden: boolean }
/** What the indicator asks, as it stands in the package: kind, and the expressions over the cases. */
export type Query = {
  kind: string
  flow?: string | undefined
  over?: string | undefined
  value?: string | undefined
  by?: string | undefined
}
export type LiveFigure = {
  indicator: string
  names: Words
  unit: string | null
  whole: Whole
  /** The day to whose end it was counted: YYYY-MM-DD. */
  of: string
  query: Query
}
/** What one service showed. `hash`: SHA-256 of the published text, which stands at `address` for ever. */
export type LiveFigures = {
  service: string
  names: Words
  agency: string
  package: string
  version: string
  since: string
  day: string
  hash: string
  address: string
  figures: LiveFigure[]
}
/** What a proposal chose of one service. */
export type Chosen = { service: string; indicators: readonly string[] }

export const mostFigures = 12

/** Of everything that services showed, what was chosen. What shows nothing yet is left out. */
export function pickFigures(chosen: readonly Chosen[], published: readonly LiveFigures[]): LiveFigures[] {
  return published.flatMap((one) => {
    const indicators = chosen.find(({ service }) => service === one.service)?.indicators ?? []
    const figures = one.figures.filter(({ indicator }) => indicators.includes(indicator))
    return figures.length > 0 ? [{ ...one, figures }] : []
  })
}

export type Standing = 'whole' | 'changed' | 'missing'

/** Whether what a proposal shows is what was published under the hash that it names. */
export function standingOf(shown: LiveFigures, text: string | undefined): Standing {
  if (text === undefined) return 'missing'
  if (createHash('sha256').update(text).digest('hex') !== shown.hash) return 'changed'
  const published = JSON.parse(text) as {
    service?: { id: string }
    package: string
    version: string
    day: string
    figures: LiveFigure[]
  }
  const head = ({ package: name, version, day }: { package: string; version: string; day: string }) =>
    [name, version, day].join('\n')
  const same = (figure: LiveFigure) => {
    const there = published.figures.find(({ indicator }) => indicator === figure.indicator)
    return there !== undefined && asText(there) === asText(figure)
  }
  return published.service?.id === shown.service && head(published) === head(shown) && shown.figures.every(same)
    ? 'whole'
    : 'changed'
}

const asText = ({ whole: { n, value, hidden }, of, query }: LiveFigure): string =>
  JSON.stringify([n, value, hidden, of, query.kind, query.flow, query.over, query.value, query.by])

/** The choice as one text: a form that started from another choice is told by it. */
export const choiceText = (chosen: readonly Chosen[]): string =>
  chosen
    .flatMap(({ service, indicators }) => indicators.map((indicator) => `${service}:${indicator}`))
    .sort()
    .join(' ')

/** Choices by service from what a form sent: `service:indicator`. */
export function chosenOf(typed: readonly string[]): Chosen[] {
  const pairs = [...new Set(typed)].map((each) => [each.slice(0, 36), each.slice(37)] as const)
  return [...Map.groupBy(pairs, ([service]) => service)].map(([service, own]) => ({
    service,
    indicators: own.map(([, indicator]) => indicator),
  }))
}
