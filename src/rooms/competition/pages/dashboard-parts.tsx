import type { View } from '#platform/http.ts'
import { fill, formatDateTime, formatDistance, formatNumber, type Lang } from '#platform/text.ts'
import { State } from '#platform/ui/index.ts'
import type { ProposalState } from '../domain/draft.ts'
import type { Progress, Risk } from '../domain/progress.ts'
import { questionsFor, type Rules } from '../domain/round.ts'
import { dashboardWords } from '../text/dashboard.ts'

export const pipelineStates = ['draft', 'with-local-admin', 'returned', 'submitted', 'passed', 'failed'] as const

/** Where proposals lie, from draft to result, each number with the list behind it. */
export function Pipeline({
  counts,
  href,
  lang,
}: {
  counts: Partial<Record<ProposalState, number>>
  href: (state: ProposalState) => string
  lang: Lang
}) {
  const w = dashboardWords(lang)
  return (
    <ol class="flow" aria-label={w.pipeline}>
      {pipelineStates.map((state) => {
        const n = counts[state] ?? 0
        const kind =
          n === 0
            ? undefined
            : state === 'submitted' || state === 'passed'
              ? 'done'
              : state === 'failed'
                ? undefined
                : 'open'
        return (
          <li key={state} class={kind}>
            <a href={href(state)}>
              <span class="value">{formatNumber(n, lang)}</span> {w[`state-${state}`]}
            </a>
          </li>
        )
      })}
    </ol>
  )
}

/** As of when the numbers are, and how long there is time. */
export function Clock({ view, deadline }: { view: View; deadline: Date }) {
  const { lang, zone, now } = view
  const w = dashboardWords(lang)
  const said = { deadline: formatDateTime(deadline, lang, zone, true), distance: formatDistance(deadline, now, lang) }
  return (
    <p class="lead">
      {fill(w.asOf, { at: formatDateTime(now, lang, zone) })} {fill(deadline > now ? w.closesIn : w.closedSince, said)}
    </p>
  )
}

const tones = { high: 'bad', medium: 'attention', low: 'calm' } as const

export function RiskMark({ risk, missing, lang }: { risk: Risk; missing: number; lang: Lang }) {
  const w = dashboardWords(lang)
  return (
    <>
      <State tone={tones[risk.level]}>{w[`risk-${risk.level}`]}</State>
      <span class="small soft"> {risk.reasons.map((reason) => fill(w[reason], { n: missing })).join(', ')}</span>
    </>
  )
}

/** The names of what is missing, at most four and how many more. */
export function missingNames(progress: Progress, rules: Rules, group: string, lang: Lang): string {
  const w = dashboardWords(lang) as Record<string, string>
  const questions = questionsFor(rules, group)
  const names = progress.missing.map(
    (key) => w[`part-${key}`] ?? questions.find((question) => question.key === key)?.label[lang] ?? key,
  )
  return names.length <= 4 ? names.join(', ') : `${names.slice(0, 4).join(', ')} … (+${names.length - 4})`
}

/** Counts added up by what a row is called, the greatest first. */
export function sumBy<Row extends { n: number }>(
  rows: readonly Row[],
  key: (row: Row) => string,
): { key: string; n: number }[] {
  const sums = new Map<string, number>()
  for (const row of rows) sums.set(key(row), (sums.get(key(row)) ?? 0) + row.n)
  return [...sums].map(([name, n]) => ({ key: name, n })).sort((a, b) => b.n - a.n || (a.key < b.key ? -1 : 1))
}
