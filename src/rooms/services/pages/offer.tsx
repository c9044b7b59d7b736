import type { View } from '#platform/http.ts'
import { fill, formatDateTime, formatNumber } from '#platform/text.ts'
import { ActionButton, ErrorSummary, Notice, Page, Table, When } from '#platform/ui/index.ts'
import type { Ranked } from '../domain/assigning.ts'
import { words } from '../text/index.ts'

/** Why somebody stands where she stands: "12 kasus terbuka, 2,1 km". The way only where its reader may know the place. */
export function whyRanked(view: View, one: Ranked, seesPlace: boolean): string {
  const w = words(view.lang)
  return [
    one.full ? fill(w.whyFull, { open: one.open, capacity: one.capacity ?? 0 }) : fill(w.whyOpen, { n: one.open }),
    seesPlace &&
      one.km !== null &&
      fill(w.whyWay, {
        km: formatNumber(one.km, view.lang, 1),
        minutes: formatNumber(Math.ceil(one.minutes ?? 0), view.lang),
      }),
    one.area ? fill(w.whyArea, { area: one.area }) : w.whyAll,
  ]
    .filter(Boolean)
    .join(', ')
}

export type AssignRow = Ranked & { answer: string | null; until: Date | null }

/** To whom a case can be offered, in the order in which they would be asked. */
export function AssignPage({
  view,
  at,
  number,
  role,
  by,
  minutes,
  rows,
  seesPlace,
  waits,
  refusal,
}: {
  view: View
  at: string
  number: string
  role: { id: string; name: string }
  by: 'area' | 'load' | 'nearest'
  minutes: number
  rows: readonly AssignRow[]
  seesPlace: boolean
  /** Somebody has been asked and has not answered. */
  waits: boolean
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  const how = { area: w.byArea, load: w.byLoad, nearest: w.byNearest }[by]
  const time = minutes % 60 === 0 ? fill(w.assignHours, { n: minutes / 60 }) : fill(w.assignMinutes, { n: minutes })
  const answer = ({ answer: said, until }: AssignRow) =>
    until
      ? fill(w.asked, { until: formatDateTime(until, view.lang, view.zone) })
      : said === 'declined' || said === 'accepted' || said === 'timed-out'
        ? w[said]
        : '–'
  return (
    <Page
      view={view}
      title={fill(w.assignTitle, { number, role: role.name })}
      lead={fill(w.assignLead, { by: how, minutes: time })}
      trail={[
        { href: '/services/worklist', label: w.worklistTitle },
        { href: at, label: number },
      ]}
    >
      <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
      {rows.length > 0 && !waits && <ActionButton action={`${at}/assign/${role.id}`}>{w.offerFirst}</ActionButton>}
      <Table
        caption={fill(w.assignTitle, { number, role: role.name })}
        hideCaption
        empty={<p>{w.assignNobody}</p>}
        rows={rows}
        columns={[
          { head: w.person, main: true, cell: ({ name }) => name },
          { head: w.assignWhy, cell: (row) => whyRanked(view, row, seesPlace) },
          { head: w.answerHead, cell: answer },
          {
            head: w.offerHead,
            cell: ({ post, name, full }) =>
              full || waits ? (
                '–'
              ) : (
                <ActionButton action={`${at}/assign/${role.id}`} kind="quiet" fields={{ post }}>
                  {fill(w.offerTo, { name })}
                </ActionButton>
              ),
          },
        ]}
      />
    </Page>
  )
}

export function AnswerButtons({ view, offer }: { view: View; offer: string }) {
  const w = words(view.lang)
  return (
    <div class="actions">
      <ActionButton action={`/services/offers/${offer}`} fields={{ answer: 'accepted' }}>
        {w.accept}
      </ActionButton>
      <ActionButton action={`/services/offers/${offer}`} kind="quiet" fields={{ answer: 'declined' }}>
        {w.decline}
      </ActionButton>
    </div>
  )
}

/** On the page of a case: it is offered to its reader. */
export function OfferedNotice({ view, offers }: { view: View; offers: readonly { id: string; until: Date }[] }) {
  const w = words(view.lang)
  return (
    <>
      {offers.map(({ id, until }) => (
        <Notice key={id} tone="attention" title={w.offeredHead}>
          <p>{fill(w.offeredUntil, { until: formatDateTime(until, view.lang, view.zone) })}</p>
          <AnswerButtons view={view} offer={id} />
        </Notice>
      ))}
    </>
  )
}

export type OfferRow = {
  offer: string
  until: Date
  id: string
  number: string
  state: string
  area: string
  due: Date | null
}

/** What is offered to somebody. */
export function OffersPage({
  view,
  rows,
  refusal,
}: {
  view: View
  rows: readonly OfferRow[]
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  return (
    <Page
      view={view}
      title={w.offersTitle}
      lead={w.offersLead}
      trail={[{ href: '/services/worklist', label: w.worklistTitle }]}
    >
      <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
      <Table
        caption={w.offersTitle}
        hideCaption
        empty={<p>{w.offersNone}</p>}
        rows={rows}
        columns={[
          { head: w.number, main: true, cell: ({ id, number }) => <a href={`/services/cases/${id}`}>{number}</a> },
          {
            head: w.offerUntil,
            cell: ({ until }) => <When at={until} now={view.now} lang={view.lang} zone={view.zone} />,
          },
          { head: w.state, cell: ({ state }) => state },
          { head: w.area, cell: ({ area }) => area || '–' },
          {
            head: w.due,
            cell: ({ due }) => (due ? <When at={due} now={view.now} lang={view.lang} zone={view.zone} /> : w.dueNone),
          },
          { head: w.answerHead, cell: ({ offer }) => <AnswerButtons view={view} offer={offer} /> },
        ]}
      />
    </Page>
  )
}
