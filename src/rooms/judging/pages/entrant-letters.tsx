import type { View } from '#platform/http.ts'
import { formatDate } from '#platform/text.ts'
import { Page, Pager, State, Table } from '#platform/ui/index.ts'
import type { EntrantLetters } from '../domain/entrant-letter.ts'
import { type PanelWords, panelWords } from '../text/panel.ts'

/** Every letter of every entry of whoever reads: the unit its own, the local admin those of all units. */
export function OwnLettersPage({
  view,
  entries,
  rounds,
  page,
  total,
  size,
}: {
  view: View
  entries: readonly EntrantLetters[]
  rounds: Readonly<Record<string, string>>
  page: number
  total: number
  size: number
}) {
  const w = panelWords(view.lang)
  return (
    <Page view={view} title={w.ownLettersTitle} lead={w.ownLettersLead}>
      <Table
        caption={w.ownLettersTitle}
        hideCaption
        rows={entries}
        empty={<p>{w.ownLettersNone}</p>}
        columns={[
          {
            head: w.letterEntry,
            cell: (e) => <a href={`/competition/proposals/${e.id}`}>{e.title}</a>,
            main: true,
          },
          { head: w.letterUnit, cell: (e) => e.unitName },
          { head: w.letterRound, cell: (e) => rounds[e.round] ?? '' },
          { head: w.letterState, cell: (e) => <EntryState state={e.state} w={w} /> },
          { head: w.ownLetters, cell: (e) => <LetterLinks view={view} entry={e} w={w} /> },
        ]}
      />
      {total > size && (
        <Pager lang={view.lang} page={page} total={total} size={size} href={(n) => `/judging/letters?hal=${n}`} />
      )}
    </Page>
  )
}

export function EntryState({ state, w }: { state: EntrantLetters['state']; w: PanelWords }) {
  const tone = { submitted: 'active', passed: 'good', failed: 'bad', withdrawn: 'calm' } as const
  return <State tone={tone[state]}>{w[`entry-${state}`]}</State>
}

function LetterLinks({ view, entry, w }: { view: View; entry: EntrantLetters; w: PanelWords }) {
  const { id, receipt, result, withdrawn, feedback } = entry
  const at = `/competition/proposals/${id}/result`
  const line = (label: string, href: string, pdf: string, sent?: { at: Date; read: Date | null } | null) => (
    <li>
      <a href={href}>{label}</a> ·{' '}
      <a href={pdf} aria-label={`${label}, PDF: ${entry.title}`}>
        PDF
      </a>
      {sent && (
        <span class="soft small">
          {' · '}
          {formatDate(sent.at, view.lang, view.zone)}
          {!sent.read && ` · ${w.letterNew}`}
        </span>
      )}
    </li>
  )
  return (
    <ul class="plain">
      {feedback &&
        line(w.letterOfFeedback, `/judging/entries/${id}/letter`, `/judging/entries/${id}/letter.pdf`, feedback)}
      {result && line(w.letterOfResult, at, `${at}.pdf`, result)}
      {withdrawn && line(w.letterOfWithdrawal, at, `${at}.pdf`)}
      {line(
        `${w.letterReceipt} ${receipt}`,
        `/competition/receipts/${receipt}`,
        `/competition/receipts/${receipt}/receipt.pdf`,
      )}
    </ul>
  )
}
