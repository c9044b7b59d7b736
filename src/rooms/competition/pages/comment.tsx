import type { View } from '#platform/http.ts'
import { fill, formatDateTime } from '#platform/text.ts'
import { ActionButton, State } from '#platform/ui/index.ts'
import type { Comment } from '../domain/proposal.ts'
import { questionsFor, type Rules } from '../domain/round.ts'
import { words } from '../text/index.ts'

/** What the local admin asked for; open ones first, each with its question. */
export function CommentList({
  view,
  comments,
  proposal,
  rules,
  settle,
}: {
  view: View
  comments: readonly Comment[]
  proposal: { id: string; group: string }
  rules: Rules
  settle: boolean
}) {
  const w = words(view.lang)
  if (comments.length === 0) return <p class="soft">{w.noComments}</p>
  const labels = new Map(questionsFor(rules, proposal.group).map((q) => [q.key, q.label[view.lang]]))
  const ordered = [...comments.filter((c) => !c.settled), ...comments.filter((c) => c.settled)]
  return (
    <ul class="cards">
      {ordered.map((comment) => (
        <li key={comment.id}>
          <h3>{comment.question ? (labels.get(comment.question) ?? comment.question) : w.commentGeneral}</h3>
          <p>{comment.text}</p>
          <p class="meta">
            {comment.by} · {formatDateTime(comment.at, view.lang, view.zone)}
          </p>
          {comment.settled ? (
            <State tone="good">{fill(w.settledBy, { who: comment.settledBy ?? '' })}</State>
          ) : (
            settle && (
              <ActionButton action={`/competition/proposals/${proposal.id}/comments/${comment.id}/settle`} kind="quiet">
                {w.settle}
              </ActionButton>
            )
          )}
        </li>
      ))}
    </ul>
  )
}
