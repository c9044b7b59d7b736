import type { View } from '#platform/http.ts'
import { fill, formatPercent } from '#platform/text.ts'
import { ErrorSummary, Notice, Numbers, Table, TextField } from '#platform/ui/index.ts'
import type { Election } from '../../domain/election.ts'
import type { DeliveryOutcome } from '../../domain/roll/invitation.ts'
import { words } from '../../text/index.ts'
import { count, neighbourhood, RollPart, rollAt, tpsName } from './parts.tsx'

export type StandingRow = { tps: string; number: number; colour: string; voters: number } & Record<
  DeliveryOutcome,
  number
>
export type BundleRow = {
  tps: string
  number: number
  hamlet: string
  rw: string
  rt: string
  voters: number
  received: number
}
export type InvitedRow = {
  id: string
  number: number
  no: number
  name: string
  address: string
  hamlet: string
  rt: string
  rw: string
  outcome: DeliveryOutcome | null
  tries: number
}

export const invitationsAt = (election: { id: string }) => `${rollAt(election)}/invitations`
export const bundleHref = (election: { id: string }, where: string, { tps, hamlet, rw, rt }: BundleRow) =>
  `${invitationsAt(election)}/${where}?${new URLSearchParams({ tps, hamlet, rw, rt })}`

/** How the invitations stand, and the bundles that are carried. */
export function InvitationsPage({
  view,
  election,
  standing,
  bundles,
  code,
  refusal,
}: {
  view: View
  election: Election
  standing: readonly StandingRow[]
  bundles: readonly BundleRow[]
  /** What was looked for and not found. */
  code?: string | undefined
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  const at = invitationsAt(election)
  const has = (row: StandingRow) => row.self + row.family + row.claimed
  const all = standing.reduce((sum, { voters }) => sum + voters, 0)
  const received = standing.reduce((sum, row) => sum + has(row), 0)
  if (standing.length === 0)
    return (
      <RollPart view={view} election={election} title={w.invitationsTitle} lead={w.invitationsLead}>
        <Notice>
          <p>{w.invitationsWait}</p>
        </Notice>
      </RollPart>
    )
  return (
    <RollPart view={view} election={election} title={w.invitationsTitle} lead={w.invitationsLead}>
      <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
      <Numbers
        lang={view.lang}
        items={[
          {
            value: received,
            label: `${w.invitationsReceived} (${formatPercent(received / Math.max(1, all), view.lang)})`,
          },
          { value: all - received, label: w.invitationsOpen, href: `${at}/undelivered` },
        ]}
      />
      <form class="filters" method="get" action={`${at}/claim`}>
        <TextField name="code" label={w.claimCode} hint={w.claimHint} value={code} maxlength={60} autocomplete="off" />
        <button type="submit" class="quiet">
          {w.claimFind}
        </button>
      </form>
      <Table
        caption={w.invitationsStanding}
        rows={standing}
        columns={[
          { head: w.tpsOne, main: true, cell: ({ number, colour }) => `${tpsName(view, number)} (${colour})` },
          { head: w.rollVotersHead, number: true, cell: ({ voters }) => count(view, voters) },
          { head: w['outcome-self'], number: true, cell: (row) => count(view, row.self) },
          { head: w['outcome-family'], number: true, cell: (row) => count(view, row.family) },
          { head: w['outcome-claimed'], number: true, cell: (row) => count(view, row.claimed) },
          {
            head: w.undelivered,
            number: true,
            cell: (row) => <a href={`${at}/undelivered?tps=${row.tps}`}>{count(view, row.voters - has(row))}</a>,
          },
        ]}
      />
      <div class="actions">
        {standing.map(({ tps, number }) => (
          <a class="button quiet" key={tps} href={`${at}/print/${tps}`}>
            {fill(w.invitationsPrint, { tps: tpsName(view, number) })}
          </a>
        ))}
      </div>
      <Table
        caption={w.invitationsBundles}
        rows={bundles}
        columns={[
          {
            head: w.bundle,
            main: true,
            cell: (row) => (
              <a href={bundleHref(election, 'deliver', row)}>
                {fill(w.bundleOf, { tps: tpsName(view, row.number), place: neighbourhood(row) })}
              </a>
            ),
          },
          { head: w.rollVotersHead, number: true, cell: ({ voters }) => count(view, voters) },
          { head: w.invitationsReceived, number: true, cell: (row) => count(view, row.received) },
          { head: w.bundlePrint, cell: (row) => <a href={bundleHref(election, 'print.pdf', row)}>PDF</a> },
        ]}
      />
    </RollPart>
  )
}
