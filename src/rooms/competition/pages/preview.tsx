import type { ComponentChildren } from 'preact'
import type { View } from '#platform/http.ts'
import { KeptForm, Page, TextArea } from '#platform/ui/index.ts'
import type { Comment, Content, Proposal } from '../domain/proposal.ts'
import type { Rules } from '../domain/round.ts'
import { words } from '../text/index.ts'
import { CommentList } from './comment.tsx'
import { proposalPath } from './proposal.tsx'
import { again, type Sent } from './proposal-now.tsx'
import { ReadingCopy } from './reading-copy.tsx'

/** The proposal as an evaluator will read it; the local admin writes under each question what should be mended. */
export function PreviewPage({
  view,
  proposal,
  rules,
  content,
  comments,
  comment,
  refusal,
  sent,
}: {
  view: View
  proposal: Proposal
  rules: Rules
  content: Content
  comments: readonly Comment[]
  comment: boolean
  refusal?: ComponentChildren
  sent?: Sent | undefined
}) {
  const w = words(view.lang)
  const path = proposalPath(proposal.id)
  return (
    <Page
      view={view}
      title={comment ? w.readAndComment : w.preview}
      lead={comment ? w.commentLead : w.previewLead}
      trail={[{ href: path, label: proposal.title }]}
      islands={comment ? ['keep-form'] : []}
    >
      {refusal}
      <ReadingCopy
        content={content}
        rules={rules}
        lang={view.lang}
        full={comment}
        fileHref={(item) => `${path}/evidence/${item.id}`}
        beside={(question) => {
          const own = comments.filter((each) => each.question === question.key)
          return (
            <>
              {own.length > 0 && (
                <CommentList view={view} comments={own} proposal={proposal} rules={rules} settle={comment} />
              )}
              {comment && (
                <details open={sent?.field === `comment-${question.key}`}>
                  <summary>
                    {w.addComment}
                    <span class="unseen"> {question.label[view.lang]}</span>
                  </summary>
                  <KeptForm
                    lang={view.lang}
                    owner={view.actor.id}
                    name={`comment:${proposal.id}:${question.key}`}
                    state={own.length}
                    typed={sent?.field === `comment-${question.key}`}
                    action={`${path}/comments`}
                  >
                    <input type="hidden" name="question" value={question.key} />
                    <input type="hidden" name="back" value="preview" />
                    <TextArea
                      name="text"
                      label={w.returnNote}
                      rows={3}
                      {...again(`comment-${question.key}`, sent, view.lang)}
                    />
                    <button type="submit" class="quiet">
                      {w.addComment}
                    </button>
                  </KeptForm>
                </details>
              )}
            </>
          )
        }}
      />
    </Page>
  )
}
