import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, flash, idParam, page, readForm } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { checkProposal } from '../actions/check.ts'
import { commentProposal, markSettled } from '../actions/comment.ts'
import { beginSubmission, can, type Held } from '../actions/proposal.ts'
import { submitProposal } from '../actions/submission.ts'
import { type ProposalState, proposalStates } from '../domain/draft.ts'
import { proposalPath } from '../pages/proposal.tsx'
import { InboxPage, SubmitPage } from '../pages/submission.tsx'
import { administers } from '../permissions.ts'
import { listOfAgencies } from '../store/proposal.ts'
import { listRounds } from '../store/round.ts'
import { countSubmitted } from '../store/submission.ts'
import { words } from '../text/index.ts'
import { heldParam, previewPage, proposalPage } from './proposal.tsx'

export const submissions = new Hono<Env>()

submissions.get('/competition/inbox', async (c) => {
  const { db, actor } = c.get('ctx')
  const view = c.get('view')
  if (!actor.id) throw new HTTPException(401)
  if (!administers(actor)) throw new HTTPException(403)
  const asked = c.req.query('state') as ProposalState
  const state = proposalStates.includes(asked) ? asked : undefined
  const [proposals, rounds] = [await listOfAgencies(db, actor, { state }), await listRounds(db, { drafts: false })]
  const names = Object.fromEntries(rounds.map((round) => [round.id, round.rules.name[view.lang]]))
  return page(c, <InboxPage view={view} proposals={proposals} state={state} names={names} />)
})

submissions.post('/competition/proposals/:proposal/comments', async (c) => {
  const held = await heldParam(c)
  const { form, ctx } = await readForm(c)
  const outcome = await perform(commentProposal, ctx, held.proposal.id, form)
  const path = proposalPath(held.proposal.id)
  return answer(c, outcome, {
    onDone: form.back === 'preview' ? `${path}/preview#q-${encodeURIComponent(String(form.question))}` : path,
    say: words(c.get('view').lang).commentAdded,
    again: (problems, refusal) => {
      const typed = String(form.text ?? '')
      if (form.back !== 'preview') return proposalPage(c, held, refusal, { field: 'comment', typed, problems })
      return previewPage(c, held, refusal, { field: `comment-${form.question}`, typed, problems })
    },
  })
})

submissions.post('/competition/proposals/:proposal/comments/:comment/settle', async (c) => {
  const held = await heldParam(c)
  const { ctx } = await readForm(c)
  const outcome = await perform(markSettled(idParam(c, 'comment')), ctx, held.proposal.id, {})
  return answer(c, outcome, {
    onDone: proposalPath(held.proposal.id),
    say: words(c.get('view').lang).commentSettled,
    again: (_, refusal) => proposalPage(c, held, refusal),
  })
})

submissions.post('/competition/proposals/:proposal/begin-submission', async (c) => {
  const held = await heldParam(c)
  const { ctx } = await readForm(c)
  const outcome = await perform(beginSubmission, ctx, held.proposal.id, {})
  return answer(c, outcome, {
    onDone: `${proposalPath(held.proposal.id)}/submit`,
    again: (_, refusal) => proposalPage(c, held, refusal),
  })
})

async function submitPage(c: C, { proposal, round }: Held, refusal?: string) {
  const { db } = c.get('ctx')
  const checked = await checkProposal(db, proposal, round, { now: c.get('view').now, likeness: true })
  const quota = { used: await countSubmitted(db, proposal), quota: round.rules.quotas[proposal.group] ?? null }
  return (
    <SubmitPage
      view={c.get('view')}
      proposal={proposal}
      round={round}
      checked={checked}
      quota={quota}
      refusal={refusal}
    />
  )
}

submissions.get('/competition/proposals/:proposal/submit', async (c) => {
  const held = await heldParam(c)
  // A submission that is over leads to the proposal, where its receipt is.
  if (!can(c.get('ctx').actor, held, 'submit')) return c.redirect(proposalPath(held.proposal.id), 303)
  return page(c, await submitPage(c, held))
})

submissions.post('/competition/proposals/:proposal/submit', async (c) => {
  const held = await heldParam(c)
  const { ctx } = await readForm(c)
  const outcome = await perform(submitProposal, ctx, held.proposal.id, {})
  if (outcome.kind === 'done') flash(c, fill(words(c.get('view').lang).submitted, { number: outcome.change.number }))
  return answer(c, outcome, {
    onDone: ({ number }) => `/competition/receipts/${number}`,
    again: (_, refusal) => submitPage(c, held, refusal),
  })
})
