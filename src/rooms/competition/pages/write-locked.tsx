import type { View } from '#platform/http.ts'
import { fill, formatDateTime } from '#platform/text.ts'
import { Notice, Page } from '#platform/ui/index.ts'
import type { Proposal, StoredAnswer } from '../domain/proposal.ts'
import type { Question } from '../domain/round.ts'
import type { Round } from '../domain/running-round.ts'
import { words } from '../text/index.ts'
import { partsOf, proposalPath, trailOf } from './proposal.tsx'

/** One part of a proposal that cannot be written now: why, where it lies, and what stands in it. */
export function LockedPage({
  view,
  proposal,
  round,
  part,
  answers,
  closed,
}: {
  view: View
  proposal: Proposal
  round: Round
  part: 'head' | 'group' | 'foot'
  answers: readonly StoredAnswer[]
  /** The unit has it still, and the round takes nothing any more. */
  closed: boolean
}) {
  const w = words(view.lang)
  const path = proposalPath(proposal.id)
  const since = formatDateTime(proposal.since, view.lang, view.zone)
  const questions = partsOf(round.rules, proposal.group).find((each) => each.part === part)?.questions ?? []
  return (
    <Page view={view} title={w[`part-${part}`]} trail={trailOf(view, proposal)} islands={['kept-text']}>
      <Notice tone="attention" title={w.readOnlyTitle}>
        <p>
          {closed
            ? w.readOnlyClosed
            : fill(w[`lies-${proposal.state}`], { since, unit: proposal.unitName, agency: proposal.agencyName })}
        </p>
        <p>
          <a href={path}>{w.backToProposal}</a>
        </p>
      </Notice>
      <div class="reading">
        {questions
          .filter(({ kind }) => kind !== 'file')
          .map((question) => {
            const value = answers.find((each) => each.question === question.key)?.value ?? ''
            return (
              <section key={question.key} id={`value-${question.key}`}>
                <h2>{question.label[view.lang]}</h2>
                {value.trim() === '' ? (
                  <p class="soft">{w.notAnswered}</p>
                ) : (
                  <p class="prose">{shown(question, value, view)}</p>
                )}
                <kept-text
                  owner={view.actor.id ?? ''}
                  href={`${path}/answers/${question.key}`}
                  stored={value}
                  lead={w.keptHere}
                />
              </section>
            )
          })}
      </div>
    </Page>
  )
}

function shown(question: Question, value: string, view: View): string {
  if (question.kind === 'tick') return words(view.lang).answerYes
  if (question.kind === 'choice') return question.choices.find(({ key }) => key === value)?.label[view.lang] ?? value
  return value
}

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'kept-text': preact.HTMLAttributes<HTMLElement> & { owner: string; href: string; stored: string; lead: string }
    }
  }
}
