import type { View } from '#platform/http.ts'
import { fill, formatDate, formatNumber, type Lang } from '#platform/text.ts'
import { ActionButton, ErrorSummary, Facts, hrefWith, Page, Pager, Table, Tabs } from '#platform/ui/index.ts'
import { type EntrantLetters, type LetterStanding, letterStanding, letterStandings } from '../domain/entrant-letter.ts'
import { type LetterContent, letterNumber } from '../domain/letter.ts'
import type { PanelRound } from '../domain/panel.ts'
import { type PanelWords, panelWords } from '../text/panel.ts'
import { EntryState } from './entrant-letters.tsx'
import { panelTrail } from './panel.tsx'

/** The result of an entry as a sentence. */
export function reachedSentence({ reached, level }: LetterContent, lang: Lang): string {
  const w = panelWords(lang)
  const values = { level: level?.[lang] ?? '' }
  if (reached === 'level') return fill(w.reachedLevel, values)
  if (reached === 'finalist') return fill(w.reachedFinalist, values)
  return reached === 'nominee' ? w.reachedNominee : w.reachedScored
}

/** Where an entry stood among its group. */
export function percentileSentence({ percentile, entries }: LetterContent, lang: Lang): string {
  const w = panelWords(lang)
  return percentile === null ? w.letterFew : fill(w.letterPercentile, { percent: percentile, entries })
}

export function LetterPage({
  view,
  proposal,
  content,
  at,
}: {
  view: View
  proposal: string
  content: LetterContent
  at: Date
}) {
  const { lang } = view
  const w = panelWords(lang)
  const points = (value: number | null) => (value === null ? w.letterNoPoints : formatNumber(value, lang, 2))
  const commented = content.criteria.filter((criterion) => criterion.comments.length > 0)
  return (
    <Page
      view={view}
      title={fill(w.letterTitle, { title: content.title })}
      lead={fill(w.letterLead, { round: content.round.name[lang], number: content.number })}
    >
      <div class="actions">
        <a class="button quiet" href={`/judging/entries/${proposal}/letter.pdf`}>
          {w.letterPdf}
        </a>
      </div>
      <Facts
        facts={[
          [w.letterAgency, `${content.agencyName} · ${content.unitName}`],
          [w.letterReached, <strong key="r">{reachedSentence(content, lang)}</strong>],
          [w.letterTotal, points(content.mean)],
          [w.rankRange, percentileSentence(content, lang)],
        ]}
      />
      <Table
        caption={w.letterCriteria}
        rows={content.criteria}
        columns={[
          { head: w.letterCriterion, cell: (c) => c.label[lang], main: true },
          { head: w.letterWeight, cell: (c) => `${formatNumber(c.weight, lang)} %`, number: true },
          { head: w.letterMean, cell: (c) => points(c.mean), number: true },
          { head: w.letterReaders, cell: (c) => c.readers, number: true },
        ]}
      />
      <h2>{w.letterComments}</h2>
      {commented.length === 0 && <p>{w.letterNoComments}</p>}
      {commented.map((criterion, i) => (
        <section key={i}>
          <h3>{criterion.label[lang]}</h3>
          {criterion.comments.map((comment, j) => (
            <blockquote key={j} class="prose">
              {comment}
            </blockquote>
          ))}
        </section>
      ))}
      {content.interview && (
        <>
          <h2>{w.letterInterview}</h2>
          <p>
            {fill(w.letterInterviewMean, {
              mean: points(content.interview.mean),
              members: content.interview.members,
            })}
          </p>
          <Table
            caption={w.letterInterview}
            hideCaption
            rows={content.interview.criteria}
            columns={[
              { head: w.letterCriterion, cell: (c) => c.label[lang], main: true },
              { head: w.letterWeight, cell: (c) => `${formatNumber(c.weight, lang)} %`, number: true },
              { head: w.letterMean, cell: (c) => points(c.mean), number: true },
            ]}
          />
        </>
      )}
      {content.code && (
        <p>
          {fill(w.letterCode, { code: content.code })}{' '}
          <a href={`/judging/rounds/${content.round.id}/recompute`}>{w.recomputeHow}</a>
        </p>
      )}
      <p class="soft">{fill(w.letterDate, { when: formatDate(at, lang, view.zone) })}</p>
    </Page>
  )
}

/** What whoever holds a letter compares it with. Only what stands on it, found by the code that stands on it. */
export function LetterCheckPage({
  view,
  letter: { content, at, receipt },
}: {
  view: View
  letter: { content: LetterContent; at: Date; receipt: string }
}) {
  const { lang } = view
  const w = panelWords(lang)
  return (
    <Page view={view} title={w.checkTitle} lead={w.checkLead}>
      <Facts
        facts={[
          [w.letterNumber, <strong key="n">{letterNumber(receipt)}</strong>],
          [w.letterDated, formatDate(at, lang, view.zone)],
          [w.letterEntry, content.title],
          [w.letterAgency, `${content.agencyName} · ${content.unitName}`],
          [w.letterRound, content.round.name[lang]],
          [w.letterReached, reachedSentence(content, lang)],
          [w.letterTotal, content.mean === null ? w.letterNoPoints : formatNumber(content.mean, lang, 2)],
        ]}
      />
      <p>{w.checkHow}</p>
    </Page>
  )
}

/** The secretariat's page: send all letters, and see which entrants have theirs in hand. */
export function LettersPage({
  view,
  round,
  waiting,
  sent,
  entrants,
  refusal,
}: {
  view: View
  round: PanelRound
  waiting: number
  sent: number
  entrants: {
    rows: readonly EntrantLetters[]
    counts: Readonly<Record<LetterStanding, number>>
    standing: LetterStanding | undefined
    page: number
    total: number
    size: number
  }
  refusal?: keyof PanelWords
}) {
  const w = panelWords(view.lang)
  const { lang, zone } = view
  const at = `/judging/rounds/${round.id}/letters`
  const { rows, counts, standing, page, total, size } = entrants
  const last = (e: EntrantLetters) => (e.state === 'failed' ? e.result : e.feedback)
  const day = (date: Date | null | undefined) => (date ? formatDate(date, lang, zone) : '–')
  const all = letterStandings.reduce((sum, each) => sum + counts[each], 0)
  const tab = (label: string, n: number) => `${label} (${formatNumber(n, lang)})`
  return (
    <Page view={view} title={w.lettersTitle} lead={w.lettersLead} trail={panelTrail(round, lang)}>
      <ErrorSummary lang={lang} refusal={refusal} words={w} />
      <p>
        {fill(w.lettersWaiting, { n: waiting })} {fill(w.lettersSent, { n: sent })}
      </p>
      {waiting > 0 && (
        <div class="actions">
          <ActionButton action={at}>{w.lettersDo}</ActionButton>
        </div>
      )}
      <h2>{w.lettersEntrants}</h2>
      <p>{w.lettersEntrantsLead}</p>
      <Tabs
        label={w.lettersFilter}
        here={hrefWith(at, { surat: standing })}
        items={[
          { href: at, label: tab(w.lettersAll, all) },
          ...letterStandings.map((each) => ({
            href: hrefWith(at, { surat: each }),
            label: tab(w[`letters-${each}`], counts[each]),
          })),
        ]}
      />
      <Table
        caption={w.lettersEntrants}
        hideCaption
        rows={rows}
        empty={<p>{w.lettersNobody}</p>}
        columns={[
          { head: w.letterEntry, cell: (e) => `${e.number}. ${e.title}`, main: true },
          { head: w.letterAgency, cell: (e) => `${e.agencyName} · ${e.unitName}` },
          { head: w.letterState, cell: (e) => <EntryState state={e.state} w={w} /> },
          { head: w.lettersFilter, cell: (e) => w[`letters-${letterStanding(e)}`] },
          { head: w.letterSentOn, cell: (e) => day(last(e)?.at) },
          { head: w.letterReadOn, cell: (e) => day(last(e)?.read) },
        ]}
      />
      {total > size && (
        <Pager
          lang={lang}
          page={page}
          total={total}
          size={size}
          href={(n) => hrefWith(at, { surat: standing, hal: String(n) })}
        />
      )}
    </Page>
  )
}
