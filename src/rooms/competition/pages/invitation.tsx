import type { View } from '#platform/http.ts'
import { fill, formatDate, formatNumber } from '#platform/text.ts'
import { ErrorSummary, Form, Notice, Page, Select, State, Table, TextArea, TextField } from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
import { type Invitation, invitedGroups, invites, type Proposed } from '../domain/invitation.ts'
import type { Round } from '../domain/running-round.ts'
import { words } from '../text/index.ts'
import { roundPath } from './round-parts.tsx'

export type Search = {
  asked: string
  agencies: readonly { id: string; code: string; name: string }[]
  innovations: readonly { innovation: string; name: string; agencyName: string; year: number | null }[]
}
export type TypedGuests = { group: string; pasted: string; agencies: readonly string[]; innovations: readonly string[] }
export type WrongLine = { line: number; text: string; code: string }

type Steered = {
  search: Search
  /** What the awards of the register suggest, by group. */
  proposed: ReadonlyMap<string, readonly Proposed[]>
  typed: TypedGuests
  wrong: readonly WrongLine[]
  /** The withdrawal that came back, with its reason. */
  withdrawal?: { id: string; reason: string; problem: string | undefined } | undefined
}

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

function InviteForms({ view, round, steered }: { view: View; round: Round; steered: Steered }) {
  const { lang } = view
  const w = words(lang)
  const { search, proposed, typed, wrong } = steered
  const action = `${roundPath(round.id)}/invitations`
  const groups = invitedGroups(round.rules)
  const found = search.agencies.length + search.innovations.length
  const group = <GroupField groups={groups} lang={lang} value={typed.group} />
  return (
    <section>
      <h2 id="invite">{w.inviteTitle}</h2>
      <p>{w.inviteWhat}</p>
      <search>
        <form method="get" action={`${action}#invite`} class="search-line">
          <TextField name="q" label={w.inviteSearch} type="search" value={search.asked} />
          <button type="submit" class="quiet">
            {platformWords(lang).search}
          </button>
        </form>
      </search>
      {search.asked !== '' && found === 0 && <p class="empty">{w.inviteFoundNone}</p>}
      {found > 0 && (
        <Form action={`${action}?${new URLSearchParams({ q: search.asked })}`}>
          {group}
          <fieldset class="field">
            <legend>{w.inviteFound}</legend>
            {search.agencies.map(({ id, code, name }) => (
              <Pick key={id} name="agencies[]" value={id} checked={typed.agencies.includes(id)} hint={code}>
                {`${name} (${w.guestAny})`}
              </Pick>
            ))}
            {search.innovations.map(({ innovation, name, agencyName, year }) => (
              <Pick
                key={innovation}
                name="innovations[]"
                value={innovation}
                checked={typed.innovations.includes(innovation)}
                hint={[agencyName, year].filter(Boolean).join(', ')}
              >
                {name}
              </Pick>
            ))}
          </fieldset>
          <button type="submit">{w.invitePicked}</button>
        </Form>
      )}
      <h3>{w.invitePaste}</h3>
      <Form action={action}>
        {wrong.length > 0 && (
          <Notice tone="bad">
            <p>{w.linesWrong}</p>
            <ul>
              {wrong.map(({ line, text, code }) => (
                <li key={line}>{fill((w as Record<string, string>)[code] ?? code, { line, text })}</li>
              ))}
            </ul>
          </Notice>
        )}
        {group}
        <TextArea
          name="pasted"
          label={w.inviteLines}
          hint={w.inviteLinesHint}
          value={typed.pasted}
          problem={wrong.length > 0 ? w.linesWrong : undefined}
        />
        <button type="submit">{w.invitePasted}</button>
      </Form>
      {groups.map(({ key, label }) => {
        const list = proposed.get(key) ?? []
        if (list.length === 0) return null
        return (
          <section key={key}>
            <h3>{fill(w.inviteProposed, { group: label[lang] })}</h3>
            <p class="hint">{w.inviteProposedWhy}</p>
            <details>
              <summary>{fill(w.inviteProposedN, { n: formatNumber(list.length, lang) })}</summary>
              <Form action={action}>
                <input type="hidden" name="group" value={key} />
                <fieldset class="field">
                  <legend class="unseen">{fill(w.inviteProposed, { group: label[lang] })}</legend>
                  {list.map(({ innovation, name, agencyName, awards }) => (
                    <Pick
                      key={innovation}
                      name="innovations[]"
                      value={innovation}
                      checked={typed.innovations.includes(innovation)}
                      hint={`${agencyName} · ${awards.map(({ level, year }) => `${w[`award-${level}`]} ${year}`).join(', ')}`}
                    >
                      {name}
                    </Pick>
                  ))}
                </fieldset>
                <button type="submit">{w.invitePicked}</button>
              </Form>
            </details>
          </section>
        )
      })}
    </section>
  )
}

function GroupField({
  groups,
  lang,
  value,
}: {
  groups: ReturnType<typeof invitedGroups>
  lang: View['lang']
  value: string
}) {
  if (groups.length === 1) return <input type="hidden" name="group" value={groups[0]!.key} />
  return (
    <Select
      name="group"
      label={words(lang).guestGroup}
      value={value}
      options={groups.map(({ key, label }) => ({ value: key, label: label[lang] }))}
    />
  )
}

function Pick({
  name,
  value,
  checked,
  hint,
  children,
}: {
  name: string
  value: string
  checked: boolean
  hint: string
  children: string
}) {
  return (
    <label class="choice">
      <input type="checkbox" name={name} value={value} checked={checked} />
      <span>
        {children} <span class="hint">{hint}</span>
      </span>
    </label>
  )
}
