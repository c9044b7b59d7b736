import type { View } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { type Column, hrefWith, Page, Select, Table, TextField, When } from '#platform/ui/index.ts'
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
  charge: string
}

export type Choice = { value: string; label: string; group?: string }
/** What of the worklist is shown, as it stands in the address. */
export type Filters = { layanan?: string; keadaan?: string; wilayah?: string; kasus?: string }

/** Open cases of somebody's roles: filters in the address, moves for several at once. */
export function WorklistPage({
  view,
  rows,
  filters,
  choices,
  next,
  first,
  opens,
  posts,
  moves,
  links,
}: {
  view: View
  rows: readonly ListRow[]
  filters: Filters
  choices: { services: readonly Choice[]; states: readonly Choice[]; mine: boolean }
  /** The last case of this page, where there are more. */
  next: string | undefined
  first: boolean
  opens: readonly { href: string; name: string }[]
  posts: boolean
  /** What can be done with several of these at once. */
  moves: readonly Choice[]
  links: readonly { href: string; label: string }[]
}) {
  const w = words(view.lang)
  const path = '/services/worklist'
  const filtered = Object.values(filters).some(Boolean)
  const mark: Column<ListRow>[] =
    moves.length > 0
      ? [
          {
            head: w.choose,
            cell: ({ id, number }) => (
              <input type="checkbox" name="case" value={id} aria-label={fill(w.chooseCase, { number })} />
            ),
          },
        ]
      : []
  const table = (
    <Table
      caption={w.worklistTitle}
      hideCaption
      empty={
        <p>
          {!posts ? w.noPosts : filtered ? w.filterNone : w.worklistNone}{' '}
          {filtered && <a href={path}>{w.filterClear}</a>}
        </p>
      }
      rows={rows}
      columns={[
        {
          head: w.number,
          main: true,
          cell: ({ id, number }) => (
            <a class="nowrap" href={`/services/cases/${id}`}>
              {number}
            </a>
          ),
        },
        ...mark,
        { head: w.state, cell: ({ state }) => state },
        { head: w.area, cell: ({ area }) => area || '–' },
        { head: w.tasks, cell: ({ tasks }) => tasks.join('; ') || '–' },
        {
          head: w.due,
          cell: ({ due }) => (due ? <When at={due} now={view.now} lang={view.lang} zone={view.zone} /> : w.dueNone),
        },
        ...(choices.mine ? [{ head: w.inCharge, cell: ({ charge }: ListRow) => charge || '–' }] : []),
        { head: w.service, cell: ({ service, agency }) => `${service}, ${agency}` },
      ]}
    />
  )
  return (
    <Page
      view={view}
      title={w.worklistTitle}
      lead={w.worklistLead}
      trail={[{ href: '/services', label: w.servicesTitle }]}
    >
      <p class="small">
        <a href="/services/contact">{w.contactTitle}</a>
      </p>
      {(opens.length > 0 || links.length > 0) && (
        <div class="actions">
          {opens.map(({ href, name }) => (
            <a class="button" key={href} href={href}>
              {fill(w.openNew, { name })}
            </a>
          ))}
          {links.map(({ href, label }) => (
            <a class="button quiet" key={href} href={href}>
              {label}
            </a>
          ))}
        </div>
      )}
      {posts && (
        <form class="filters" method="get" action={path}>
          <Select
            name="kasus"
            label={w.whose}
            value={filters.kasus ?? ''}
            options={[
              { value: '', label: w.whoseAll },
              ...(choices.mine ? [{ value: 'saya', label: w.whoseMine }] : []),
              { value: 'lewat', label: w.whoseLate },
            ]}
          />
          {choices.services.length > 1 && (
            <Select
              name="layanan"
              label={w.service}
              value={filters.layanan ?? ''}
              empty={w.allServices}
              options={choices.services}
            />
          )}
          <Select
            name="keadaan"
            label={w.state}
            value={filters.keadaan ?? ''}
            empty={w.allStates}
            options={choices.states}
          />
          <TextField
            name="wilayah"
            label={w.filterArea}
            value={filters.wilayah ?? ''}
            inputmode="numeric"
            maxlength={13}
          />
          <button type="submit" class="quiet">
            {w.filterNow}
          </button>
        </form>
      )}
      {moves.length > 0 ? (
        <form method="get" action="/services/worklist/moves">
          {table}
          <p class="hint">{w.bulkHint}</p>
          <div class="filters">
            <Select name="move" label={w.bulkMove} value="" empty={w.choose} options={moves} />
            <button type="submit" class="quiet">
              {w.bulkPreview}
            </button>
          </div>
        </form>
      ) : (
        table
      )}
      {(next || !first) && (
        <nav class="pager" aria-label={w.worklistTitle}>
          {!first && (
            <a class="button quiet" href={hrefWith(path, filters)}>
              {w.firstPage}
            </a>
          )}
          {next && (
            <a class="button quiet" rel="next" href={hrefWith(path, { ...filters, sesudah: next })}>
              {w.nextPage}
            </a>
          )}
        </nav>
      )}
    </Page>
  )
}
