import type { Action } from '#platform/action.ts'
import { decide, refuse } from '#platform/result.ts'
import type { Comment } from '../domain/proposal.ts'
import { questionsFor } from '../domain/round.ts'
import * as forms from '../forms.ts'
import { may } from '../permissions.ts'
import { addComment, listComments, settleComment } from '../store/comment.ts'
import { askedOf, can, type Held, hold } from './proposal.ts'

/** The local admin says what should be mended, on one question or in general, while the text lies with it. */
export const commentProposal: Action<
  Held,
  { question: string | null; text: string },
  { question: string | null; text: string },
  'not-now' | 'question-unknown'
> = {
  name: 'competition.comment-made',
  find: hold,
  may: (actor, { proposal }) => may.commentProposal(actor, proposal),
  input: forms.commentForm,
  decide: (held, input, { actor }) => {
    if (!can(actor, held, 'comment')) return refuse('not-now')
    const known = questionsFor(held.round.rules, held.proposal.group).some((q) => q.key === input.question)
    return input.question === null || known ? decide(input) : refuse('question-unknown')
  },
  save: (tx, { proposal }, change, { actor, now }) =>
    addComment(tx, { agency: proposal.agency, proposal: proposal.id, by: actor.id!, at: now }, change),
  tell: ({ question }, held) => ({ question, ...askedOf(held, question) }),
  scope: ({ proposal }) => proposal.agency,
}

/** Either side marks a comment as settled; settling twice is once. */
export const markSettled = (
  comment: string,
): Action<Held & { comment: Comment }, Record<string, never>, { question: string | null }, 'already-settled'> => ({
  name: 'competition.comment-settled',
  find: async (tx, actor, id) => {
    const held = await hold(tx, actor, id)
    const found = held && (await listComments(tx, held.proposal)).find((each) => each.id === comment)
    return found && { ...held, comment: found }
  },
  may: (actor, { proposal }) => may.settleComment(actor, proposal),
  input: forms.nothingForm,
  decide: (held) => (held.comment.settled ? refuse('already-settled') : decide({ question: held.comment.question })),
  save: (tx, { proposal }, _, { actor, now }) =>
    settleComment(tx, { agency: proposal.agency, id: comment }, actor.id!, now),
  tell: (change, held) => ({ ...change, ...askedOf(held, change.question) }),
  scope: ({ proposal }) => proposal.agency,
})
