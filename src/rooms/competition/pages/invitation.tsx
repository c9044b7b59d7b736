import type { View } from '#platform/http.ts'
import { fill, formatDate } from '#platform/text.ts'
import { ErrorSummary, Form, Page, State, Table, TextField } from '#platform/ui/index.ts'
import { type Invitation, invitedGroups, invites } from '../domain/invitation.ts'
import type { Round } from '../domain/running-round.ts'
import { words } from '../text/index.ts'
import { InviteForms, type Steered } from './invite.tsx'
import { roundPath } from './round-parts.tsx'

/** Who is invited to the groups of a round. `steered`: for the secretariat, which invites and withdraws. */
export function InvitationsPage({
  view,
  round,
  invitations,
  steered,
  refusal,
}: {
  view: View
  round: Round
  invitations: readonly Invitation[]
  steered?: Steered | undefined
  refusal?: string | undefined
}) {
  const { lang } = view
  const w = words(lang)
  const groups = invitedGroups(round.rules)
  return (
    <Page
      view={view}
      title={w.invitationsTitle}
      lead={steered ? w.invitationsLead : w.invitationsOwnLead}
      trail={[
        { href: '/competition', label: w.navRounds },
        { href: roundPath(round.id), label: round.rules.name[lang] },
      ]}
    >
      <ErrorSummary
        lang={lang}
        refusal={refusal}
        problems={
          steered?.withdrawal?.problem ? { [reasonField(steered.withdrawal.id)]: { code: 'reason-short' } } : {}
        }
        words={w}
        labels={{}}
      />
      {groups.length === 0 ? (
        <p class="empty">{w.invitationsNoGroup}</p>
      ) : (
        <>
          <InvitationTable view={view} round={round} invitations={invitations} steered={steered} />
          {steered && invites(round.state) && <InviteForms view={view} round={round} steered={steered} />}
          {steered && !invites(round.state) && <p class="hint">{w.inviteNotRunning}</p>}
        </>
      )}
    </Page>
  )
}

const reasonField = (id: string) => `reason-${id}`

function InvitationTable({
  view,
  round,
  invitations,
  steered,
}: {
  view: View
  round: Round
  invitations: readonly Invitation[]
  steered: Steered | undefined
}) {
  const { lang, zone } = view
  const w = words(lang)
  const label = (key: string) => round.rules.groups.find((group) => group.key === key)?.label[lang] ?? key
  const withdraws = steered && invites(round.state)
  return (
    <Table
      caption={w.invitationsTitle}
      hideCaption
      rows={invitations}
      empty={<p>{steered ? w.invitationsNone : w.invitationsOwnNone}</p>}
      columns={[
        { head: w.guest, main: true, cell: ({ name }) => name ?? w.guestAny },
        {
          head: w.guestAgency,
          cell: ({ agency, agencyName }) =>
            agency === null && steered ? `${agencyName} (${w.guestUnbound})` : agencyName,
        },
        { head: w.guestGroup, cell: ({ group }) => label(group) },
        {
          head: w.invitedWhen,
          cell: ({ at, by }) => (
            <>
              {formatDate(at, lang, zone)}
              {steered && by && <span class="soft small"> · {by}</span>}
            </>
          ),
        },
        {
          head: w.invitedState,
          cell: (invitation) =>
            invitation.withdrawn ? (
              <>
                <State tone="calm">{fill(w.withdrawnOn, { date: formatDate(invitation.withdrawn, lang, zone) })}</State>
                <p class="hint">{invitation.reason}</p>
              </>
            ) : (
              <>
                <State tone="good">{w.invitedNow}</State>
                {withdraws && <Withdrawal view={view} round={round.id} {...{ invitation, steered }} />}
              </>
            ),
        },
      ]}
    />
  )
}

function Withdrawal({
  view,
  round,
  invitation,
  steered,
}: {
  view: View
  round: string
  invitation: Invitation
  steered: Steered
}) {
  const w = words(view.lang)
  const back = steered.withdrawal?.id === invitation.id ? steered.withdrawal : undefined
  return (
    <details open={back !== undefined}>
      <summary>
        {w.uninvite}
        <span class="unseen">: {invitation.name ?? invitation.agencyName}</span>
      </summary>
      <Form action={`${roundPath(round)}/invitations/${invitation.id}/withdrawal`}>
        <TextField
          name="reason"
          id={reasonField(invitation.id)}
          label={w.uninviteReason}
          hint={w.uninviteHint}
          value={back?.reason}
          problem={back?.problem}
        />
        <button type="submit" class="danger">
          {w.uninvite}
        </button>
      </Form>
    </details>
  )
}
