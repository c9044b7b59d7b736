import type { View } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { ActionButton, ErrorSummary, Facts, Notice, Page, sentence, Table, When } from '#platform/ui/index.ts'
import { shortHash } from '../domain/candidate.ts'
import type { Election } from '../domain/election.ts'
import type { Gap } from '../domain/preparation.ts'
import { words } from '../text/index.ts'
import { gapText } from './office.tsx'
import { type Again, PracticeNotice, ReasonForm, UploadForm, withinTrail } from './parts.tsx'

export type OrderRow = {
  version: number
  hash: string
  made: Date
  byName: string
  withdrawn: Date | null
  reason: string | null
  taken: Date | null
}

export function Left({ view, gaps }: { view: View; gaps: readonly Gap[] }) {
  if (gaps.length === 0) return null
  return (
    <Notice tone="attention" title={words(view.lang).stepsLeft}>
      <ul>
        {gaps.map((gap, at) => (
          <li key={at}>{gapText(view, gap)}</li>
        ))}
      </ul>
    </Notice>
  )
}

/** The order for the key ceremony, and what it answered. */
export function CeremonyPage({
  view,
  election,
  orders,
  gaps,
  makes,
  takes,
  faults = [],
  typed,
  problems = {},
  refusal,
}: {
  view: View
  election: Election
  orders: readonly OrderRow[]
  /** What stands against ordering now. */
  gaps: readonly Gap[]
  /** May order and withdraw. */
  makes: boolean
  takes: boolean
  /** What was wrong with the file that was brought: rule and place. */
  faults?: readonly { rule: string; at: string }[]
} & Again) {
  const w = words(view.lang)
  const at = `/voting/elections/${election.id}/ceremony`
  const order = orders.find(({ withdrawn }) => withdrawn === null)
  const moves = election.state === 'preparing' || election.state === 'sealed'
  return (
    <Page view={view} title={w.ceremonyTitle} lead={w.ceremonyLead} trail={withinTrail(view, election)}>
      <PracticeNotice view={view} mode={election.mode} />
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ reason: w.reason, text: w.ceremonyUpload }}
      />
      {faults.length > 0 && (
        <Notice tone="bad" title={w.ceremonyFaults}>
          <ul>
            {faults.slice(0, 30).map(({ rule, at: place }, n) => (
              <li key={n}>
                <code>{rule}</code> <code>{place}</code>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {orders.length === 0 && <p>{w.ceremonyNone}</p>}
      {order && (
        <section>
          <h2>{fill(w.orderVersion, { n: order.version })}</h2>
          <Facts
            facts={[
              [w.orderMadeAt, <When at={order.made} lang={view.lang} zone={view.zone} />],
              [w.orderHash, <code>{shortHash(order.hash)}</code>],
              [w.orderAnswered, order.taken ? <When at={order.taken} lang={view.lang} zone={view.zone} /> : '–'],
            ]}
          />
          {takes && !order.taken && (
            <p>
              <a class="button quiet" href={`${at}/order.json`} download>
                {w.orderDownload}
              </a>
            </p>
          )}
          {takes && !order.taken && <p class="hint">{w.orderSecret}</p>}
          {takes && !order.taken && moves && (
            <UploadForm
              action={at}
              accept="application/json,.json"
              label={w.ceremonyUpload}
              hint={w.ceremonyUploadHint}
              problem={problems.text && sentence(problems.text, view.lang, w)}
              send={w.ceremonyTake}
            />
          )}
        </section>
      )}
      {!order && makes && moves && election.kind !== 'deliberation' && (
        <section>
          <Left view={view} gaps={gaps} />
          {gaps.length === 0 && (
            <>
              <p>{w.orderMakeHint}</p>
              <ActionButton action={`${at}/order`}>{w.orderMake}</ActionButton>
            </>
          )}
        </section>
      )}
      {order && makes && moves && (
        <ReasonForm
          view={view}
          open={typed !== undefined && problems.reason !== undefined}
          action={`${at}/withdraw`}
          head={w.orderWithdrawHead}
          send={w.orderWithdraw}
          typed={typed}
          problem={problems.reason}
        />
      )}
      {orders.some(({ withdrawn }) => withdrawn !== null) && (
        <Table
          caption={w.ceremonyTitle}
          hideCaption
          rows={orders.filter(({ withdrawn }) => withdrawn !== null)}
          columns={[
            { head: w.packageVersion, main: true, cell: ({ version }) => fill(w.orderVersion, { n: version }) },
            { head: w.orderHash, cell: ({ hash }) => <code>{shortHash(hash)}</code> },
            { head: w.packageState, cell: () => w.orderWithdrawnState },
            { head: w.reason, cell: ({ reason }) => reason },
          ]}
        />
      )}
    </Page>
  )
}
