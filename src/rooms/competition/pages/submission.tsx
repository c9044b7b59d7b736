import type { View } from '#platform/http.ts'
import { fill, formatDistance } from '#platform/text.ts'
import { ErrorSummary, Facts, Form, hrefWith, Notice, Page, Table, When } from '#platform/ui/index.ts'
import { deadline } from '../domain/calendar.ts'
import { blocking, proposalStates } from '../domain/draft.ts'
import type { Checked, Proposal } from '../domain/proposal.ts'
import type { Round } from '../domain/running-round.ts'
import { words } from '../text/index.ts'
import { Missing } from './finding.tsx'
import { ProposalStateMark, proposalPath } from './proposal.tsx'
import { Zones } from './zones.tsx'

/** What the units of an agency have written: who waits for whom, since when. */
export function InboxPage({
  view,
  proposals,
  state,
  names,
}: {
  view: View
  proposals: readonly Proposal[]
  state: string | undefined
  names: Readonly<Record<string, string>>
}) {
  const w = words(view.lang)
  return (
    <Page view={view} title={w.navInbox} lead={w.inboxLead}>
      <nav class="tabs" aria-label={w.stateFilter}>
        <ul>
          {[undefined, ...proposalStates].map((each) => (
            <li key={each ?? ''}>
              <a
                href={hrefWith('/competition/inbox', { state: each })}
                aria-current={each === state ? 'page' : undefined}
              >
                {each ? w[`state-${each}`] : w.allStates}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <Table
        caption={w.navInbox}
        hideCaption
        rows={proposals}
        empty={<p>{w.inboxEmpty}</p>}
        columns={[
          { head: w.title, cell: (p) => <a href={proposalPath(p.id)}>{p.title}</a>, main: true },
          { head: w.unit, cell: (p) => p.unitName },
          { head: w.where, cell: (p) => <ProposalStateMark state={p.state} lang={view.lang} /> },
          { head: w.since, cell: (p) => formatDistance(p.since, view.now, view.lang) },
          { head: w.round, cell: (p) => names[p.round] },
        ]}
      />
    </Page>
  )
}

export type Quota = { used: number; quota: number | null }

/** The last look before the second lock: closing time, the rule on late lines, quota, what would stop it. */
export function SubmitPage({
  view,
  proposal,
  round,
  checked,
  quota,
  refusal,
}: {
  view: View
  proposal: Proposal
  round: Round
  checked: Checked
  quota: Quota
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  const closes = new Date(deadline(round.rules, round.extensions))
  const group = round.rules.groups.find((each) => each.key === proposal.group)?.label[view.lang] ?? proposal.group
  return (
    <Page
      view={view}
      title={w.submitTitle}
      lead={w.submitLead}
      trail={[
        { href: '/competition/inbox', label: w.navInbox },
        { href: proposalPath(proposal.id), label: proposal.title },
      ]}
    >
      <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
      <Facts
        facts={[
          [w.title, proposal.title],
          [w.unit, proposal.unitName],
          [w.closesAt, <Zones key="z" at={closes} lang={view.lang} />],
          ...(proposal.begun
            ? ([[w.begunAt, <When key="b" at={proposal.begun} lang={view.lang} zone={view.zone} />]] as const)
            : []),
        ]}
      />
      <p>
        {quota.quota === null
          ? fill(w.quotaNone, { group })
          : fill(w.quotaOf, { group, used: quota.used, quota: quota.quota })}
      </p>
      <Notice>
        <p>{fill(w.graceRule, { minutes: round.rules.calendar.lateArrivalMinutes })}</p>
      </Notice>
      <h2>{w.missing}</h2>
      <Missing findings={checked.findings} rules={round.rules} group={proposal.group} lang={view.lang} />
      <Form action={`${proposalPath(proposal.id)}/submit`}>
        <div class="actions">
          {blocking(checked.findings).length === 0 && <button type="submit">{w.submit}</button>}
          <a class="button quiet" href={`${proposalPath(proposal.id)}/preview`}>
            {w.preview}
          </a>
        </div>
      </Form>
    </Page>
  )
}
