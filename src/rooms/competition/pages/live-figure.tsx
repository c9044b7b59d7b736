import type { View } from '#platform/http.ts'
import { fill, formatDate, formatNumber, type Lang } from '#platform/text.ts'
import { ErrorSummary, Form, Notice, Page, State, Table } from '#platform/ui/index.ts'
import type { Chosen, LiveFigure, LiveFigures, Query, Standing, Whole } from '../domain/live-figure.ts'
import { choiceText } from '../domain/live-figure.ts'
import type { Proposal } from '../domain/proposal.ts'
import { words } from '../text/index.ts'
import { proposalPath, trailOf } from './proposal.tsx'

const say = (texts: Record<string, string>, lang: Lang) => texts[lang] ?? texts.id ?? Object.values(texts)[0] ?? ''
const shown = ({ value, hidden }: Whole, unit: string | null, lang: Lang) =>
  hidden
    ? words(lang).liveHidden
    : value === null
      ? '–'
      : [formatNumber(value, lang), unit ?? ''].filter(Boolean).join(' ')
const cases = ({ n, hidden }: Whole, lang: Lang) =>
  hidden ? words(lang).liveHidden : n === null ? '–' : formatNumber(n, lang)

/** What an indicator asks, in words, with the package's own expressions. */
function queryInWords({ kind, flow, over, value, by }: Query, lang: Lang): string {
  const w = words(lang) as Record<string, string>
  const part = (key: string, text: string | undefined) => text !== undefined && fill(w[key]!, { text })
  return [
    w[`kind-${kind}`] ?? kind,
    part('liveFlow', flow),
    part('liveOver', over),
    part('liveExpression', value),
    part('liveBy', by),
  ]
    .filter(Boolean)
    .join('; ')
}

/** Figures of one service as a proposal holds them, with what they are made from. `latest`: what was published last. */
export function FigureTable({
  of,
  lang,
  latest,
  headed = false,
}: {
  of: LiveFigures
  lang: Lang
  /** A heading before it says already whose figures these are. */
  headed?: boolean
  latest?: ReadonlyMap<string, LiveFigure> | undefined
}) {
  const w = words(lang)
  return (
    <Table<LiveFigure>
      caption={say(of.names, lang)}
      hideCaption={headed}
      rows={of.figures}
      columns={[
        { head: w.liveIndicator, main: true, cell: ({ names }) => say(names, lang) },
        { head: w.liveValue, number: true, cell: ({ whole, unit }) => shown(whole, unit, lang) },
        { head: w.liveN, number: true, cell: ({ whole }) => cases(whole, lang) },
        ...(latest
          ? [
              {
                head: w.liveToday,
                number: true,
                cell: ({ indicator }: LiveFigure) => {
                  const now = latest.get(indicator)
                  return now ? `${shown(now.whole, now.unit, lang)} (${formatDate(now.of, lang)})` : '–'
                },
              },
            ]
          : []),
        { head: w.liveOf, cell: (figure) => formatDate(figure.of, lang) },
        { head: w.liveQuery, cell: ({ query }) => <span class="small">{queryInWords(query, lang)}</span> },
      ]}
    />
  )
}

/** The figures at the end of a reading copy: what they said when the proposal was handed in. */
export function FiguresInCopy({ figures, lang }: { figures: readonly LiveFigures[]; lang: Lang }) {
  const w = words(lang)
  return (
    <section id="live-figures">
      <h3>{w.liveTitle}</h3>
      {figures.map((of) => (
        <div key={of.service}>
          <FigureTable of={of} lang={lang} />
          <Provenance of={of} lang={lang} />
        </div>
      ))}
    </section>
  )
}

function Provenance({ of, lang }: { of: LiveFigures; lang: Lang }) {
  const w = words(lang)
  const { day, since, package: name, version } = of
  return (
    <p class="hint">
      {fill(w.liveFrozen, { day: formatDate(day, lang), since: formatDate(since, lang), package: name, version })}{' '}
      <a href={of.address}>{w.liveSource}</a> · {w.liveHash} <code class="hash">{of.hash}</code>
    </p>
  )
}

/** Choose which figures of the own services the proposal shows. */
export function LiveFiguresPage({
  view,
  proposal,
  published,
  chosen,
  refusal,
}: {
  view: View
  proposal: Proposal
  published: readonly LiveFigures[]
  /** As it is kept, or as it was typed when it came back. */
  chosen: { from: readonly Chosen[]; now: readonly Chosen[] }
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  const { lang } = view
  const ticked = (service: string, indicator: string) =>
    chosen.now.some((one) => one.service === service && one.indicators.includes(indicator))
  return (
    <Page view={view} title={w.liveTitle} lead={w.liveLead} trail={trailOf(view, proposal)}>
      <ErrorSummary lang={lang} refusal={refusal} words={w} />
      {published.length === 0 && <p class="empty">{w.liveNone}</p>}
      {published.length > 0 && (
        <Form action={`${proposalPath(proposal.id)}/figures`}>
          <input type="hidden" name="from" value={choiceText(chosen.from)} />
          {published.map((of) => (
            <fieldset key={of.service} class="field">
              <legend>{say(of.names, lang)}</legend>
              <p class="hint">
                {fill(w.liveAsOf, { day: formatDate(of.day, lang), version: of.version })} ·{' '}
                <a href={of.address}>{w.liveSource}</a>
              </p>
              {of.figures.map(({ indicator, names, whole, unit }) => (
                <label class="choice" key={indicator}>
                  <input
                    type="checkbox"
                    name="chosen[]"
                    value={`${of.service}:${indicator}`}
                    checked={ticked(of.service, indicator)}
                  />
                  <span>
                    {say(names, lang)} <span class="hint">{shown(whole, unit, lang)}</span>
                  </span>
                </label>
              ))}
            </fieldset>
          ))}
          <div class="actions">
            <button type="submit">{w.liveSave}</button>
          </div>
        </Form>
      )}
    </Page>
  )
}

export type CheckedFigures = {
  of: LiveFigures
  standing: Standing
  latest: ReadonlyMap<string, LiveFigure>
}

/** The figures of what was handed in, held against what was published then and last. For everybody. */
export function CheckFiguresPage({
  view,
  number,
  whole,
  rows,
}: {
  view: View
  number: string
  /** Whether the content as a whole still is what the receipt says. */
  whole: boolean
  rows: readonly CheckedFigures[]
}) {
  const w = words(view.lang)
  const { lang } = view
  return (
    <Page
      view={view}
      title={fill(w.liveCheckTitle, { number })}
      lead={w.liveCheckLead}
      trail={[{ href: `/competition/receipts/${number}`, label: number }]}
    >
      {!whole && (
        <Notice tone="bad">
          <p>{w['live-content']}</p>
        </Notice>
      )}
      {rows.map(({ of, standing, latest }) => (
        <section key={of.service}>
          <h2>{say(of.names, lang)}</h2>
          <p>
            <State tone={standing === 'whole' ? 'good' : 'bad'}>{w[`live-${standing}`]}</State>
          </p>
          <FigureTable of={of} lang={lang} latest={latest} headed />
          <Provenance of={of} lang={lang} />
        </section>
      ))}
    </Page>
  )
}
