import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDateTime } from '#platform/text.ts'
import { ActionButton, ErrorSummary, Form, Notice, Page, sentence, TextField } from '#platform/ui/index.ts'
import { type Invitation, judgeInvitation } from '../domain/office.ts'
import { words } from '../text/index.ts'
import { type HolderRow, HoldersTable, type InvitationRow, InvitationsTable } from './agency.tsx'
import { PeopleTabs, roleAt } from './parts.tsx'
import { ProfileFields, profileLabels } from './profile.tsx'

export type OpenedInvitation = Invitation & {
  agency_name: string | null
  unit_name: string | null
  by_name: string | null
  account: string | null
}

/** What the link of an invitation opens: what it is for, and the way to accept it that fits whoever reads it. */
export function InvitationPage({
  view,
  token,
  invitation,
  typed,
  problems,
  refusal,
}: {
  view: View
  token: string
  invitation: OpenedInvitation
  typed?: Record<string, string>
  problems?: Problems
  refusal?: string
}) {
  const w = words(view.lang)
  const judged = judgeInvitation(invitation, view.now)
  if (!judged.ok)
    return (
      <Page view={view} title={w.invitationGone}>
        <Notice tone="attention">
          <p>{w[judged.refusal]}</p>
        </Notice>
        <div class="actions">
          <a class="button" href="/masuk">
            {w.login}
          </a>
        </div>
      </Page>
    )
  const role = roleAt(w, invitation)
  const lead = invitation.by_name
    ? fill(w.acceptLead, { by: invitation.by_name, role })
    : fill(w.acceptLeadNobody, { role })
  return (
    <Page view={view} title={w.acceptTitle} lead={lead}>
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ ...profileLabels(view), password: w.choosePassword }}
      />
      {invitation.hand_over !== null && (
        <Notice>
          <p>{w.acceptHandOver}</p>
        </Notice>
      )}
      <p class="soft">{fill(w.validUntil, { until: formatDateTime(invitation.expires, view.lang, view.zone) })}</p>
      {invitation.account ? (
        <AcceptAsSelf view={view} token={token} invitation={invitation} />
      ) : (
        <AcceptAsNew
          view={view}
          token={token}
          invitation={invitation}
          typed={{ name: invitation.name, lang: view.lang, ...typed }}
          problems={problems}
        />
      )}
    </Page>
  )
}

function AcceptAsSelf({ view, token, invitation }: { view: View; token: string; invitation: OpenedInvitation }) {
  const w = words(view.lang)
  const here = `/people/invitations/${token}`
  if (view.actor.id === invitation.account)
    return (
      <div class="actions">
        <ActionButton action={here}>{w.acceptKnown}</ActionButton>
      </div>
    )
  return (
    <>
      <p>{view.actor.id ? w['other-account'] : w['sign-in-first']}</p>
      <div class="actions">
        {view.actor.id ? (
          <ActionButton action="/keluar">{w.acceptSignOut}</ActionButton>
        ) : (
          <a class="button" href={`/masuk?ke=${encodeURIComponent(here)}`}>
            {fill(w.acceptSignIn, { email: invitation.email })}
          </a>
        )}
      </div>
    </>
  )
}

function AcceptAsNew({
  view,
  token,
  invitation,
  typed,
  problems,
}: {
  view: View
  token: string
  invitation: OpenedInvitation
  typed: Record<string, string>
  problems: Problems | undefined
}) {
  const w = words(view.lang)
  const problem = (field: string) => problems?.[field] && sentence(problems[field], view.lang, w)
  return (
    <Form action={`/people/invitations/${token}`}>
      <TextField name="email" label={w.email} value={invitation.email} autocomplete="username" readonly />
      <ProfileFields view={view} typed={typed} problems={problems} />
      <TextField
        name="password"
        label={w.choosePassword}
        hint={w.newPasswordHint}
        type="password"
        autocomplete="new-password"
        problem={problem('password')}
      />
      <div class="actions">
        <button type="submit">{w.acceptNew}</button>
      </div>
    </Form>
  )
}

/** The people of the national level and who is invited to it. */
export function TeamPage({
  view,
  holders,
  invitations,
}: {
  view: View
  holders: readonly HolderRow[]
  invitations: readonly InvitationRow[]
}) {
  const w = words(view.lang)
  return (
    <Page view={view} title={w.team} lead={w.teamLead}>
      <PeopleTabs view={view} here="/people/team" />
      <div class="actions">
        <a class="button" href="/people/team/invitations/new">
          {w.invite}
        </a>
      </div>
      <HoldersTable view={view} holders={holders} empty={w.noTeam} />
      <h2>{w.invitations}</h2>
      <InvitationsTable view={view} invitations={invitations} />
    </Page>
  )
}
