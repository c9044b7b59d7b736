import type { View } from '#platform/http.ts'
import { formatDate } from '#platform/text.ts'
import { ActionButton, Facts, type Happened, History, Page, State, Table, When } from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
import type { Agency } from '../domain/agency.ts'
import { type Invitation, type InvitationState, isNational, type RoleName, stateOf } from '../domain/office.ts'
import { words } from '../text/index.ts'
import { roleAt } from './parts.tsx'

export type HolderRow = {
  id: string
  person: string
  name: string
  email: string
  role: RoleName
  agency: string | null
  unit: string | null
  unit_name: string | null
  since: Date
  ended: Date | null
  reason: string | null
  /** When the person's account was closed. */
  closed: Date | null
  /** Whether this reader may end it. */
  mayEnd: boolean
}
export type InvitationRow = Invitation & { unit_name: string | null; mayResend: boolean; mayRevoke: boolean }
export type UnitRow = { id: string; name: string; people: number }
/** What this reader may do with the agency now. */
export type AgencyActs = { invite: boolean; addUnit: boolean; renameUnit: boolean; handOver: boolean; change: boolean }

/** The record of an agency: who administers it, its units and people, open invitations, and what happened. */
export function AgencyPage({
  view,
  agency,
  units,
  holders,
  invitations,
  history,
  acts,
}: {
  view: View
  agency: Agency & { region_name: string | null; added: Date }
  units: readonly UnitRow[]
  holders: readonly HolderRow[]
  invitations: readonly InvitationRow[]
  history: readonly Happened[]
  acts: AgencyActs
}) {
  const w = words(view.lang)
  const admin = holders.find((holder) => holder.role === 'local-admin' && !holder.ended)
  const here = `/people/agencies/${agency.id}`
  const national = isNational(view.actor)
  return (
    <Page view={view} title={agency.name} trail={national ? [{ href: '/people/agencies', label: w.agencies }] : []}>
      <div class="with-side">
        <div>
          <Facts
            facts={[
              [w.kind, w[agency.kind]],
              [w.code, agency.code],
              ...(agency.region_name ? [[w.region, agency.region_name] as const] : []),
              [w.localAdmin, admin?.name ?? <State tone="attention">{w.noAdmin}</State>],
            ]}
          />
          <h2>{w.units}</h2>
          <Table
            caption={w.units}
            hideCaption
            rows={units}
            empty={<p>{w.noUnits}</p>}
            columns={[
              { head: w.unitName, cell: (u) => u.name, main: true },
              { head: w.unitPeople, cell: (u) => u.people, number: true },
              ...(acts.renameUnit
                ? [{ head: w.rename, cell: (u: UnitRow) => <a href={`${here}/units/${u.id}/edit`}>{w.rename}</a> }]
                : []),
            ]}
          />
          <h2>{w.peopleOfAgency}</h2>
          <HoldersTable view={view} holders={holders} empty={w.noPeople} />
          <h2>{w.invitations}</h2>
          <InvitationsTable view={view} invitations={invitations} />
          {history.length > 0 && <h2>{w.history}</h2>}
          <History items={history} lang={view.lang} zone={view.zone} />
        </div>
        <aside class="now">
          <h2>{platformWords(view.lang).nowTitle}</h2>
          <AgencyActions view={view} agency={agency} acts={acts} />
        </aside>
      </div>
    </Page>
  )
}

function AgencyActions({ view, agency, acts }: { view: View; agency: Agency; acts: AgencyActs }) {
  const w = words(view.lang)
  const here = `/people/agencies/${agency.id}`
  return (
    <div class="stack">
      {acts.invite && (
        <p>
          <a class="button" href={`${here}/invitations/new`}>
            {w.invite}
          </a>
        </p>
      )}
      {acts.addUnit && (
        <p>
          <a class="button quiet" href={`${here}/units/new`}>
            {w.addUnit}
          </a>
        </p>
      )}
      {acts.addUnit && (
        <p>
          <a class="button quiet" href={`${here}/units/import`}>
            {w.importUnits}
          </a>
        </p>
      )}
      {acts.handOver && (
        <p>
          <a class="button quiet" href={`${here}/hand-over`}>
            {w.handOver}
          </a>
        </p>
      )}
      {acts.change && (
        <p>
          <a class="button quiet" href={`${here}/edit`}>
            {w.editAgency}
          </a>
        </p>
      )}
    </div>
  )
}

export function HoldersTable({ view, holders, empty }: { view: View; holders: readonly HolderRow[]; empty: string }) {
  const w = words(view.lang)
  const date = (at: Date) => formatDate(at, view.lang, view.zone)
  return (
    <Table
      caption={w.peopleOfAgency}
      hideCaption
      rows={holders}
      empty={<p>{empty}</p>}
      columns={[
        {
          head: w.person,
          cell: (h) => (
            <>
              {h.ended ? h.name : <a href={`/people/accounts/${h.person}`}>{h.name}</a>}
              <span class="hint">{h.closed ? w.closedAccount : h.email}</span>
            </>
          ),
          main: true,
        },
        { head: w.role, cell: (h) => roleAt(w, h) },
        {
          head: w.period,
          cell: (h) => (
            <>
              {date(h.since)}
              {h.ended && ` – ${date(h.ended)}`}
              {h.ended && h.reason && <span class="hint">{h.reason}</span>}
            </>
          ),
        },
        {
          head: w.auditWhat,
          cell: (h) =>
            h.mayEnd && (
              <a href={`/people/roles/${h.id}/end`}>
                {w.endRole}
                <span class="unseen"> {h.name}</span>
              </a>
            ),
        },
      ]}
    />
  )
}

const tones: Record<InvitationState, 'calm' | 'good' | 'bad' | 'attention'> = {
  open: 'calm',
  used: 'good',
  revoked: 'bad',
  expired: 'attention',
}

export function InvitationsTable({ view, invitations }: { view: View; invitations: readonly InvitationRow[] }) {
  const w = words(view.lang)
  return (
    <Table
      caption={w.invitations}
      hideCaption
      rows={invitations}
      empty={<p>{w.noInvitations}</p>}
      columns={[
        {
          head: w.person,
          cell: (i) => (
            <>
              {i.name}
              <span class="hint">{i.email}</span>
            </>
          ),
          main: true,
        },
        { head: w.role, cell: (i) => roleAt(w, i) },
        {
          head: w.state,
          cell: (i) => {
            const state = stateOf(i, view.now)
            return <State tone={tones[state]}>{w[`invitation-state-${state}`]}</State>
          },
        },
        { head: w.expires, cell: (i) => <When at={i.expires} lang={view.lang} zone={view.zone} /> },
        {
          head: w.auditWhat,
          cell: (i) => {
            const state = stateOf(i, view.now)
            if (state !== 'open' && state !== 'expired') return null
            return (
              <div class="actions">
                {i.mayResend && (
                  <ActionButton action={`/people/invitations/${i.id}/resend`} kind="quiet">
                    {w.resend}
                  </ActionButton>
                )}
                {i.mayRevoke && (
                  <ActionButton action={`/people/invitations/${i.id}/revoke`} kind="danger">
                    {w.revoke}
                  </ActionButton>
                )}
              </div>
            )
          },
        },
      ]}
    />
  )
}
