import type { View } from '#platform/http.ts'
import { ActionButton, ErrorSummary, Page, Table, TextField } from '#platform/ui/index.ts'
import type { AdoptedAward } from '../domain/adoption.ts'
import type { Evidence, Proposal } from '../domain/proposal.ts'
import type { Rules } from '../domain/round.ts'
import { words } from '../text/index.ts'
import { AdoptedSection } from './adopted.tsx'
import { DeclareButtons } from './alike.tsx'
import { type Asked, EvidenceBox, EvidenceForms } from './evidence.tsx'
import { proposalPath, trailOf } from './proposal.tsx'

export type Award = { id: string; name: string; agencyName: string; year: number | null }

/** Where an innovation comes from: look in the register of winners and say what this one has to do with it. */
export function OriginPage({
  view,
  proposal,
  rules,
  asked,
  awards,
  named,
  statement,
  adopted,
  refusal,
}: {
  view: View
  proposal: Proposal
  rules: Rules
  asked: string
  awards: readonly Award[]
  named: { winner: Award | undefined; source: Award | undefined }
  /** The signed statement of the copied innovation's owner, where the group asks for one. */
  statement: { asked: Asked; items: readonly Evidence[] } | undefined
  /** What the agency runs of the innovations of others. */
  adopted: readonly AdoptedAward[]
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  const path = `${proposalPath(proposal.id)}/origin`
  const copies = rules.groups.filter((group) => group.source !== null).map((group) => group.label[view.lang])
  const revision = String(proposal.revision)
  return (
    <Page
      view={view}
      title={w.originTitle}
      lead={w.originLead}
      trail={trailOf(view, proposal)}
      islands={['resumable-upload']}
    >
      <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
      {copies.length > 0 && (
        <p class="soft">
          {w.originGroups} {copies.join(', ')}
        </p>
      )}
      {(['winner', 'source'] as const).map((kind) => {
        const award = named[kind]
        return (
          award && (
            <section key={kind}>
              <h2>{kind === 'winner' ? w.declaredSame : w.declaredSource}</h2>
              <p>{[award.name, award.agencyName, award.year].filter(Boolean).join(' · ')}</p>
              <ActionButton action={path} fields={{ kind: `no-${kind}`, revision }} kind="quiet">
                {w.undeclare}
              </ActionButton>
            </section>
          )
        )
      })}
      <AdoptedSection view={view} proposal={proposal} adopted={adopted} />
      {statement && (
        <section>
          <h2>{w.statementTitle}</h2>
          <p class="hint">{w.statementHint}</p>
          <EvidenceBox view={view} proposal={proposal} question={statement.asked} items={statement.items} />
          <EvidenceForms proposal={proposal} questions={[statement.asked]} evidence={statement.items} />
        </section>
      )}
      <form method="get" action={path} class="filters">
        <TextField name="q" label={w.originSearch} value={asked} />
        <button type="submit">{w.searchRegister}</button>
      </form>
      {asked !== '' && (
        <Table
          caption={w.originFound}
          rows={awards}
          empty={<p>{w.originNothing}</p>}
          columns={[
            { head: w.title, cell: (award) => award.name, main: true },
            { head: w.agency, cell: (award) => award.agencyName },
            { head: w.year, cell: (award) => award.year ?? '–' },
            {
              head: w.originMeans,
              cell: (award) => <DeclareButtons view={view} proposal={proposal} winner={award} />,
            },
          ]}
        />
      )}
    </Page>
  )
}
