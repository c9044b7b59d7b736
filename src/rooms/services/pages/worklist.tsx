import type { View } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { hrefWith, Page, Pager, Table, When } from '#platform/ui/index.ts'
import { words } from '../text/index.ts'

export type ListRow = {
  id: string
  number: string
  service: string
  agency: string
  area: string
  state: string
  tasks: readonly string[]
  due: Date | null
  opened: Date
}

/** Open cases of somebody's roles. */
export function WorklistPage({
  view,
  rows,
  total,
  page,
  size,
  opens,
  posts,
}: {
  view: View
  rows: readonly ListRow[]
  total: number
  page: number
  size: number
  opens: readonly { href: string; name: string }[]
  posts: boolean
}) {
  const w = words(view.lang)
  return (
    <Page
      view={view}
      title={w.worklistTitle}
      lead={w.worklistLead}
      trail={[{ href: '/services', label: w.servicesTitle }]}
    >
      {opens.length > 0 && (
        <div class="actions">
          {opens.map(({ href, name }) => (
            <a class="button" key={href} href={href}>
              {fill(w.openNew, { name })}
            </a>
          ))}
        </div>
      )}
      <Table
        caption={w.worklistTitle}
        hideCaption
        empty={<p>{posts ? w.worklistNone : w.noPosts}</p>}
        rows={rows}
        columns={[
          { head: w.number, main: true, cell: ({ id, number }) => <a href={`/services/cases/${id}`}>{number}</a> },
          { head: w.state, cell: ({ state }) => state },
          { head: w.area, cell: ({ area }) => area || '–' },
          { head: w.tasks, cell: ({ tasks }) => tasks.join('; ') || '–' },
          {
            head: w.due,
            cell: ({ due }) => (due ? <When at={due} now={view.now} lang={view.lang} zone={view.zone} /> : w.dueNone),
          },
          { head: w.service, cell: ({ service, agency }) => `${service}, ${agency}` },
        ]}
      />
      {total > 0 && (
        <Pager
          lang={view.lang}
          page={page}
          total={total}
          size={size}
          href={(n) => hrefWith('/services/worklist', { hal: n > 1 ? String(n) : undefined })}
        />
      )}
    </Page>
  )
}
