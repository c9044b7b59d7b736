import type { View } from '#platform/http.ts'
import { fill, formatDateTime, formatNumber } from '#platform/text.ts'
import { hrefWith, Page, Pager, Table } from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
import type { Rules } from '../domain/round.ts'
import { admissionWords } from '../text/admission.ts'

/** The published list: who passed, by number. */
export function AdmittedPage({
  view,
  round,
  rows,
  total,
  page,
  size,
  q,
}: {
  view: View
  round: { id: string; rules: Rules }
  rows: readonly { id: string; number: number; title: string; agencyName: string; group: string }[]
  total: number
  page: number
  size: number
  q: string
}) {
  const { lang } = view
  const w = admissionWords(lang)
  const path = `/competition/rounds/${round.id}/admitted`
  const several = round.rules.groups.length > 1
  type Row = (typeof rows)[number]
  return (
    <Page
      view={view}
      title={w.admittedTitle}
      trail={[{ href: `/competition/rounds/${round.id}`, label: round.rules.name[lang] }]}
      lead={fill(w.admittedLead, {
        round: round.rules.name[lang],
        n: formatNumber(total, lang),
        date: formatDateTime(view.now, lang, view.zone),
      })}
    >
      <form class="filters" method="get" action={path}>
        <div class="field">
          <label for="q">{w.admittedSearch}</label>
          <input id="q" name="q" value={q} />
        </div>
        <button type="submit" class="quiet">
          {platformWords(lang).search}
        </button>
      </form>
      <Table
        caption={w.admittedTitle}
        hideCaption
        rows={rows}
        empty={<p>{w.admittedEmpty}</p>}
        columns={[
          { head: w.entryNumber, cell: (row) => formatNumber(row.number, lang), number: true },
          { head: w.entryTitle, cell: (row) => row.title, main: true },
          { head: w.agency, cell: (row) => row.agencyName },
          ...(several
            ? [
                {
                  head: w.group,
                  cell: (row: Row) => round.rules.groups.find(({ key }) => key === row.group)?.label[lang] ?? row.group,
                },
              ]
            : []),
        ]}
      />
      <Pager lang={lang} page={page} total={total} size={size} href={(n) => hrefWith(path, { q, hal: String(n) })} />
    </Page>
  )
}
