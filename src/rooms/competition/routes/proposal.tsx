import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { unitsOf } from '#people'
import { type Action, perform } from '#platform/action.ts'
import { answer, type C, type Env, found, idParam, page, readForm } from '#platform/http.ts'
import { isId } from '#platform/ids.ts'
import { fill, type Lang } from '#platform/text.ts'
import { ErrorSummary } from '#platform/ui/index.ts'
import { checkProposal } from '../actions/check.ts'
import { evidenceRuleOf } from '../actions/evidence.ts'
import type { Held } from '../actions/proposal.ts'
import * as actions from '../actions/proposal.ts'
import { contentOf } from '../actions/submission.ts'
import { isOpen } from '../domain/calendar.ts'
import { movesOf } from '../domain/draft.ts'
import { invitedGroups } from '../domain/invitation.ts'
import { statementKey } from '../domain/proposal.ts'
import type { Rules } from '../domain/round.ts'
import type { Round } from '../domain/running-round.ts'
import { OriginPage } from '../pages/origin.tsx'
import { PreviewPage } from '../pages/preview.tsx'
import { ProposalPage, ProposalsPage, proposalPath } from '../pages/proposal.tsx'
import type { Sent } from '../pages/proposal-now.tsx'
import { FactsPage, StartPage } from '../pages/write.tsx'
import { may, sidesOf, writes } from '../permissions.ts'
import { adoptedBy } from '../store/adoption.ts'
import { listComments } from '../store/comment.ts'
import { listEvidence } from '../store/evidence.ts'
import { findAward } from '../store/examination.ts'
import { listInvitations } from '../store/invitation.ts'
import { countStarted, findProposal, listMoves, listOwn, listUnits } from '../store/proposal.ts'
import { findRound, findRoundByKey, listRounds } from '../store/round.ts'
import { receiptOf } from '../store/submission.ts'
import { pageOfAwards } from '../store/winner.ts'
import { words } from '../text/index.ts'

export const proposals = new Hono<Env>()

/** The proposal in the address as this person sees it, with its round. Whoever is not signed in is asked to. */
export async function heldParam(c: C): Promise<Held> {
  const { db, actor } = c.get('ctx')
  if (!actor.id) throw new HTTPException(401)
  const proposal = found(await findProposal(db, actor, idParam(c, 'proposal')))
  return { proposal, round: found(await findRound(db, proposal.round)) }
}

proposals.get('/competition/proposals', async (c) => {
  const { db, actor } = c.get('ctx')
  if (!actor.id) throw new HTTPException(401)
  if (!writes(actor)) throw new HTTPException(403)
  const view = c.get('view')
  const [own, rounds] = [await listOwn(db, actor), await listRounds(db, { drafts: false })]
  const open = rounds.map((round) => ({
    ...round,
    open: round.state === 'published' && isOpen(round.rules, view.now, round.extensions),
  }))
  return page(c, <ProposalsPage view={view} proposals={own} rounds={open} />)
})

/** The invitations of the own agency, where the round has a group that is entered by invitation. */
const invitedTo = async (c: C, { id, rules }: Round) =>
  invitedGroups(rules).length > 0 ? listInvitations(c.get('ctx').db, c.get('ctx').actor, id) : []

const emptyFacts = { title: '', group: '', category: '', startedOn: '' }

async function startingPoint(c: C) {
  const { db, actor } = c.get('ctx')
  if (!actor.id) throw new HTTPException(401)
  const round = found(await findRoundByKey(db, c.req.param('round') ?? ''))
  if (!writes(actor)) throw new HTTPException(403)
  const units = (await listUnits(db, unitsOf(actor))).map((u) => ({ value: `${u.agency}/${u.id}`, label: u.name }))
  return { round, units, invited: await invitedTo(c, round), started: await countStarted(db, round.id, actor.id) }
}

proposals.get('/competition/:round/start', async (c) => {
  const { round, units, invited, started } = await startingPoint(c)
  const group = round.rules.groups[0]!.key
  const typed = { ...emptyFacts, group, unit: units[0]?.value ?? '' }
  return page(c, <StartPage view={c.get('view')} {...{ round, units, started, typed, invited }} />)
})

proposals.post('/competition/:round/start', async (c) => {
  const { round, units, invited, started } = await startingPoint(c)
  const { form, ctx } = await readForm(c)
  const typed = { ...emptyFacts, unit: '', ...(form as Record<string, string>) }
  const [agency = '', unit = ''] = typed.unit.split('/')
  const outcome = await perform(actions.startProposal({ agency, unit }), ctx, round.id, form)
  return answer(c, outcome, {
    onDone: ({ id }) => proposalPath(id),
    again: (problems, refusal) => (
      <StartPage view={c.get('view')} {...{ round, units, started, typed, invited, problems, refusal }} />
    ),
  })
})

/** The page of a proposal, also when an act on it was refused or its form came back. */
export async function proposalPage(c: C, held: Held, refusal?: string, sent?: Sent) {
  const { db, actor } = c.get('ctx')
  const view = c.get('view')
  const { proposal, round } = held
  const [checked, comments, moves, receipt] = [
    await checkProposal(db, proposal, round, { now: view.now, likeness: true }),
    await listComments(db, proposal),
    await listMoves(db, proposal),
    await receiptOf(db, proposal),
  ]
  return (
    <ProposalPage
      view={view}
      proposal={proposal}
      round={round}
      checked={checked}
      comments={comments}
      moves={moves}
      may={movesOf(sidesOf(actor, proposal), proposal.state)}
      receipt={receipt?.number}
      refusal={
        <ErrorSummary
          lang={view.lang}
          refusal={refusal}
          problems={summaryOf(sent)}
          words={words(view.lang)}
          labels={labelOf(sent, round.rules, view.lang)}
        />
      }
      sent={sent}
    />
  )
}

proposals.get('/competition/proposals/:proposal', async (c) => page(c, await proposalPage(c, await heldParam(c))))

/** What came back has its problem at the field's id: several forms of a page have a field of one name. */
const summaryOf = (sent: Sent | undefined) =>
  sent && Object.fromEntries(Object.values(sent.problems).map((problem) => [sent.field, problem]))

/** What the summary calls the field that came back: a comment by its question, a note by its own label. */
function labelOf(sent: Sent | undefined, rules: Rules, lang: Lang): Record<string, string> {
  if (!sent) return {}
  const w = words(lang)
  const notes: Record<string, string> = {
    comment: w.commentGeneral,
    'send-note': w.sendNote,
    'return-note': w.returnNote,
    'withdraw-note': w.withdrawNote,
  }
  const asked = [...rules.head, ...rules.groups.flatMap(({ questions }) => questions), ...rules.foot]
  const label = notes[sent.field] ?? asked.find(({ key }) => sent.field === `comment-${key}`)?.label[lang]
  return label ? { [sent.field]: label } : {}
}

/** The reading copy with the comments, also when a comment came back. */
export async function previewPage(c: C, held: Held, refusal?: string, sent?: Sent) {
  const { db, actor } = c.get('ctx')
  const view = c.get('view')
  const checked = await checkProposal(db, held.proposal, held.round, { now: view.now, likeness: false })
  const receipt = await receiptOf(db, held.proposal)
  return (
    <PreviewPage
      view={view}
      proposal={held.proposal}
      rules={held.round.rules}
      // What was handed in is read as it was then.
      content={receipt?.content ?? contentOf(held, checked)}
      comments={await listComments(db, held.proposal)}
      comment={actions.can(actor, held, 'comment')}
      refusal={
        <ErrorSummary
          lang={view.lang}
          refusal={refusal}
          problems={summaryOf(sent)}
          words={words(view.lang)}
          labels={labelOf(sent, held.round.rules, view.lang)}
        />
      }
      sent={sent}
    />
  )
}

proposals.get('/competition/proposals/:proposal/preview', async (c) =>
  page(c, await previewPage(c, await heldParam(c))),
)

proposals.get('/competition/proposals/:proposal/facts', async (c) => {
  const { proposal, round } = await heldParam(c)
  if (!may.editProposal(c.get('ctx').actor, proposal)) throw new HTTPException(403)
  const { title, group, category, startedOn } = proposal
  const typed = { title, group, category: category ?? '', startedOn: startedOn ?? '' }
  const invited = await invitedTo(c, round)
  return page(c, <FactsPage view={c.get('view')} {...{ proposal, round, typed, invited }} />)
})

proposals.post('/competition/proposals/:proposal/facts', async (c) => {
  const { proposal, round } = await heldParam(c)
  const { form, ctx } = await readForm(c)
  const outcome = await perform(actions.changeFacts, ctx, proposal.id, form)
  return answer(c, outcome, {
    onDone: proposalPath(proposal.id),
    say: words(c.get('view').lang).factsSaved,
    again: async (problems, refusal) => (
      <FactsPage
        view={c.get('view')}
        invited={await invitedTo(c, round)}
        proposal={proposal}
        round={round}
        typed={{ ...emptyFacts, ...(form as Record<string, string>) }}
        problems={problems}
        refusal={refusal}
      />
    ),
  })
})

async function originPage(c: C, { proposal, round }: Held, refusal?: string) {
  const { db, actor } = c.get('ctx')
  if (!may.editProposal(actor, proposal)) throw new HTTPException(403)
  const asked = (c.req.query('q') ?? '').slice(0, 200)
  const { rows } = asked === '' ? { rows: [] } : await pageOfAwards(db, { words: asked, offset: 0, limit: 30 })
  const named = {
    winner: proposal.winner ? await findAward(db, proposal.winner) : undefined,
    source: proposal.source ? await findAward(db, proposal.source) : undefined,
  }
  const view = c.get('view')
  const rule = evidenceRuleOf({ proposal, round }, statementKey)
  const label = { id: words('id').statementTitle, en: words('en').statementTitle }
  const statement = rule && {
    asked: { key: statementKey, label, evidence: { ...rule, required: true } },
    items: (await listEvidence(db, proposal)).filter((item) => item.question === statementKey),
  }
  return (
    <OriginPage
      view={view}
      proposal={proposal}
      rules={round.rules}
      asked={asked}
      awards={rows.map((row) => ({ ...row, agencyName: row.agency_name }))}
      named={named}
      statement={statement}
      adopted={await adoptedBy(db, proposal.agency, view.now)}
      refusal={refusal}
    />
  )
}

proposals.get('/competition/proposals/:proposal/origin', async (c) => page(c, await originPage(c, await heldParam(c))))

proposals.post('/competition/proposals/:proposal/origin', async (c) => {
  const held = await heldParam(c)
  const { form, ctx } = await readForm(c)
  const winner = typeof form.winner === 'string' && isId(form.winner) ? form.winner : null
  const outcome = await perform(actions.declareOrigin(winner), ctx, held.proposal.id, form)
  return answer(c, outcome, {
    onDone: proposalPath(held.proposal.id),
    say: words(c.get('view').lang).declared,
    again: (_, refusal) => originPage(c, held, refusal),
  })
})

/** Send, recall, return and withdraw: one address each, and back to the proposal. */
function moveAt<Input, Change, Refusal extends string>(
  path: string,
  action: Action<Held, Input, Change, Refusal>,
  say: 'sent' | 'recalled' | 'returned' | 'withdrawn',
) {
  proposals.post(`/competition/proposals/:proposal/${path}`, async (c) => {
    const held = await heldParam(c)
    const { form, ctx } = await readForm(c)
    const outcome = await perform(action, ctx, held.proposal.id, form)
    return answer(c, outcome, {
      onDone: proposalPath(held.proposal.id),
      say: fill(words(c.get('view').lang)[say], { agency: held.proposal.agencyName }),
      again: (problems, refusal) =>
        proposalPage(c, held, refusal, { field: `${path}-note`, typed: String(form.note ?? ''), problems }),
    })
  })
}
moveAt('send', actions.sendProposal, 'sent')
moveAt('recall', actions.recallProposal, 'recalled')
moveAt('return', actions.returnProposal, 'returned')
moveAt('withdraw', actions.withdrawProposal, 'withdrawn')
