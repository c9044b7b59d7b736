import type { View } from '#platform/http.ts'
import { formatDate } from '#platform/text.ts'
import { ActionButton, Page, Table } from '#platform/ui/index.ts'
import type { Proposal, ReusableEvidence } from '../domain/proposal.ts'
import { words } from '../text/index.ts'
import { proposalPath, trailOf } from './proposal.tsx'

/** Evidence that the unit has uploaded for other proposals, to use once more. */
export function ReusePage({
  view,
  proposal,
  question,
  items,
}: {
  view: View
  proposal: Proposal
  question: string
  items: readonly ReusableEvidence[]
}) {
  const w = words(view.lang)
  return (
    <Page view={view} title={w.reuse} lead={w.reuseLead} trail={trailOf(view, proposal)}>
      <Table
        caption={w.reuse}
        hideCaption
        rows={items}
        empty={<p>{w.reuseEmpty}</p>}
        columns={[
          { head: w.evidence, cell: (item) => item.label, main: true },
          { head: w.proposal, cell: (item) => `${item.title} (${item.round})` },
          { head: w.since, cell: (item) => formatDate(item.at, view.lang, view.zone) },
          {
            head: w.reuseOne,
            cell: (item) => (
              <ActionButton
                action={`${proposalPath(proposal.id)}/evidence/reuse`}
                fields={{ question, evidence: item.id }}
                kind="quiet"
              >
                {w.reuseOne}
                <span class="unseen"> {item.label}</span>
              </ActionButton>
            ),
          },
        ]}
      />
    </Page>
  )
}
