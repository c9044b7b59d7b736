import type { View } from '#platform/http.ts'
import { fill, formatDate, formatDateTime, formatNumber, formatPercent } from '#platform/text.ts'
import { Facts, Notice, Page } from '#platform/ui/index.ts'
import { type ComparedText, stretches } from '../domain/compared-text.ts'
import type { Passage } from '../domain/passages.ts'
import type { Rules } from '../domain/round.ts'
import { duplicateWords } from '../text/duplicate.ts'

export type Side = {
  id: string
  title: string
  agencyName: string
  unitName?: string
  year: number | null
  startedOn: string | null
  arrived: Date | null
  compared: ComparedText
  /** Share of its words that stand in shared passages, 0 to 1. */
  share: number
}

/** Two texts side by side, what they share marked and numbered alike in both. */
export function BesidePage({
  view,
  round,
  left,
  right,
  passages,
  titleLikeness,
  textLikeness,
  path,
  winner,
}: {
  view: View
  round: { id: string; rules: Rules }
  left: Side
  right: Side
  passages: readonly Passage[]
  titleLikeness: number
  textLikeness: number
  path: string
  /** The award that the other text holds in the register, where it does. */
  winner: { id: string; name: string } | undefined
}) {
  const { lang } = view
  const w = duplicateWords(lang)
  const numbered = passages.map((passage, i) => ({ ...passage, number: i + 1 }))
  const longest = passages.reduce((most, { words }) => Math.max(most, words), 0)
  return (
    <Page
      view={view}
      title={w.besideTitle}
      trail={[
        { href: `/competition/rounds/${round.id}/admission`, label: w.queue },
        { href: path, label: left.title },
      ]}
      lead={fill(w.besideLead, {
        percent: formatPercent(textLikeness, lang),
        title: formatPercent(titleLikeness, lang),
        passages: formatNumber(passages.length, lang),
        longest: formatNumber(longest, lang),
      })}
    >
      <Notice>
        <p>{w.besideHint}</p>
        <p>{winner ? fill(w.besideReplication, { name: winner.name }) : w.besideNotAwarded}</p>
        <p>
          <a href={path}>{w.toDecision}</a>
        </p>
      </Notice>
      <div class="side-by-side">
        <One
          side={left}
          here="a"
          there="b"
          passages={numbered.map(({ a, number }) => ({ ...a, number }))}
          view={view}
        />
        <One
          side={right}
          here="b"
          there="a"
          passages={numbered.map(({ b, number }) => ({ ...b, number }))}
          view={view}
        />
      </div>
    </Page>
  )
}

function One({
  side,
  here,
  there,
  passages,
  view: { lang, zone },
}: {
  side: Side
  here: 'a' | 'b'
  there: 'a' | 'b'
  passages: readonly { start: number; end: number; number: number }[]
  view: View
}) {
  const w = duplicateWords(lang)
  const named = new Set<number>()
  return (
    <section aria-label={side.title}>
      <h2>{side.title}</h2>
      <Facts
        facts={[
          [w.agency, [side.agencyName, side.unitName].filter(Boolean).join(' · ')],
          [w.year, side.year ?? '–'],
          [w.startedOn, side.startedOn ? formatDate(side.startedOn, lang) : '–'],
          [w.arrived, side.arrived ? formatDateTime(side.arrived, lang, zone) : '–'],
          [w.share, formatPercent(side.share, lang)],
        ]}
      />
      {side.compared.parts.length === 0 && <p class="soft">{w.noText}</p>}
      {side.compared.parts.map((part) => (
        <section key={part.question}>
          <h3>{part.label[lang]}</h3>
          <p class="prose">
            {stretches(side.compared, part, passages).map((stretch, i) => {
              if (stretch.passage === 0) return stretch.text
              // A passage that runs over two answers is marked in both, but only its first piece is the target.
              const first = !named.has(stretch.passage)
              named.add(stretch.passage)
              return (
                <mark key={i} id={first ? `${here}-${stretch.passage}` : undefined}>
                  {first && (
                    <a
                      class="small"
                      href={`#${there}-${stretch.passage}`}
                      aria-label={fill(w.sameAs, { n: stretch.passage })}
                    >
                      {stretch.passage}
                    </a>
                  )}{' '}
                  {stretch.text}
                </mark>
              )
            })}
          </p>
        </section>
      ))}
    </section>
  )
}
