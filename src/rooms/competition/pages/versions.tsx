import type { View } from '#platform/http.ts'
import { fill, formatDateTime } from '#platform/text.ts'
import { ActionButton, Page } from '#platform/ui/index.ts'
import type { Proposal } from '../domain/proposal.ts'
import type { Question } from '../domain/round.ts'
import { textDifference } from '../domain/text-difference.ts'
import { words } from '../text/index.ts'
import { proposalPath, trailOf } from './proposal.tsx'

export function Difference({ before, after }: { before: string; after: string }) {
  return (
    <div class="prose difference">
      {textDifference(before, after).map(({ kind, text }, i) =>
        kind === 'same' ? text : kind === 'added' ? <ins key={i}>{text}</ins> : <del key={i}>{text}</del>,
      )}
    </div>
  )
}

/** Every text one question ever had, each with what it changed, and a way back to it. */
export function VersionsPage({
  view,
  proposal,
  question,
  versions,
  restore,
}: {
  view: View
  proposal: Proposal
  question: Question
  versions: readonly { revision: number; value: string; at: Date; by: string | null }[]
  restore: boolean
}) {
  const w = words(view.lang)
  return (
    <Page
      view={view}
      title={fill(w.versionsOf, { question: question.label[view.lang] })}
      trail={trailOf(view, proposal)}
    >
      {versions.length === 0 && <p class="soft">{w.noAnswer}</p>}
      <ol class="plain stack" reversed>
        {versions.map((version, i) => (
          <li key={version.revision}>
            <h2>{fill(w.revision, { n: version.revision })}</h2>
            <p class="meta">
              {formatDateTime(version.at, view.lang, view.zone, true)} · {version.by ?? ''}
            </p>
            <Difference before={versions[i + 1]?.value ?? ''} after={version.value} />
            {restore && i > 0 && (
              <ActionButton
                action={`${proposalPath(proposal.id)}/versions/${question.key}`}
                fields={{ revision: String(version.revision) }}
                kind="quiet"
              >
                {w.restore}
              </ActionButton>
            )}
          </li>
        ))}
      </ol>
    </Page>
  )
}
