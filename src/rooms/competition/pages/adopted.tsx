import type { View } from '#platform/http.ts'
import { formatDate, type Lang } from '#platform/text.ts'
import { ActionButton, Facts, Table } from '#platform/ui/index.ts'
import type { AdoptedAward, Lineage } from '../domain/adoption.ts'
import type { Proposal } from '../domain/proposal.ts'
import { words } from '../text/index.ts'
import { proposalPath } from './proposal.tsx'

/** What the agency adopted from others, each with the click that declares this proposal its replication. */
export function AdoptedSection({
  view,
  proposal,
  adopted,
}: {
  view: View
  proposal: Proposal
  adopted: readonly AdoptedAward[]
}) {
  const w = words(view.lang)
  if (adopted.length === 0) return null
  return (
    <section>
      <h2>{w.adoptedTitle}</h2>
      <p class="hint">{w.adoptedHint}</p>
      <Table<AdoptedAward>
        caption={w.adoptedTitle}
        hideCaption
        rows={adopted}
        columns={[
          {
            head: w.title,
            main: true,
            cell: ({ innovation, name }) => <a href={`/gallery/${innovation}`}>{name}</a>,
          },
          { head: w.adoptedOwner, cell: ({ ownerName }) => ownerName },
          { head: w.adoptedSince, cell: ({ since }) => formatDate(since, view.lang, view.zone) },
          { head: w.adoptedStage, cell: ({ stage }) => w[`adopted-${stage}`] },
          {
            head: w.originMeans,
            cell: ({ name, award }) =>
              award === null ? (
                <span class="soft">{w.adoptedNoAward}</span>
              ) : proposal.source === award.id ? (
                w.declaredSource
              ) : (
                <ActionButton
                  action={`${proposalPath(proposal.id)}/origin`}
                  fields={{ kind: 'replication', winner: award.id, revision: String(proposal.revision) }}
                  kind="quiet"
                >
                  {w.adoptedDeclare}
                  <span class="unseen">: {name}</span>
                </ActionButton>
              ),
          },
        ]}
      />
    </section>
  )
}

/** In a reading copy: the original of a replication as the data knew it when it was handed in. */
export function LineageInCopy({ of, lang }: { of: Lineage; lang: Lang }) {
  const w = words(lang)
  return (
    <section id="lineage">
      <h3>{w.lineageTitle}</h3>
      <Facts
        facts={[
          [w.title, <a href={`/gallery/${of.innovation}`}>{of.name}</a>],
          [w.adoptedCode, of.innovation],
          [w.adoptedOwner, of.owner],
          ...(of.unit ? ([[w.unit, of.unit]] as const) : []),
          [w.adoptedSince, formatDate(of.since, lang)],
          [w.adoptedVersion, of.version],
          [w.adoptedStage, w[`adopted-${of.stage}`]],
        ]}
      />
    </section>
  )
}
