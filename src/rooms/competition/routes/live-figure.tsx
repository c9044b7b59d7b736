import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { canonicalJson } from '#platform/canonical.ts'
import { answer, type C, type Env, found, page, readForm } from '#platform/http.ts'
import { chooseFigures } from '../actions/live-figure.ts'
import type { Held } from '../actions/proposal.ts'
import { chosenOf, standingOf } from '../domain/live-figure.ts'
import { CheckFiguresPage, LiveFiguresPage } from '../pages/live-figure.tsx'
import { proposalPath } from '../pages/proposal.tsx'
import { may } from '../permissions.ts'
import { listChosen, publishedBy, publishedText } from '../store/live-figure.ts'
import { findReceipt } from '../store/submission.ts'
import { words } from '../text/index.ts'
import { heldParam } from './proposal.tsx'

export const liveFigures = new Hono<Env>()

async function choicePage(c: C, { proposal }: Held, typed?: readonly string[], refusal?: string) {
  const { db, actor } = c.get('ctx')
  const view = c.get('view')
  if (!may.editProposal(actor, proposal)) throw new HTTPException(403)
  const from = await listChosen(db, proposal)
  const chosen = { from, now: typed ? chosenOf(typed) : from }
  const published = await publishedBy(db, proposal.agency, view.now)
  return <LiveFiguresPage view={view} {...{ proposal, published, chosen, refusal }} />
}

liveFigures.get('/competition/proposals/:proposal/figures', async (c) =>
  page(c, await choicePage(c, await heldParam(c))),
)

liveFigures.post('/competition/proposals/:proposal/figures', async (c) => {
  const held = await heldParam(c)
  const { form, ctx } = await readForm(c)
  return answer(c, await perform(chooseFigures, ctx, held.proposal.id, form), {
    onDone: proposalPath(held.proposal.id),
    say: words(c.get('view').lang).liveSaved,
    again: (_, refusal) => choicePage(c, held, [form.chosen ?? []].flat(), refusal),
  })
})

/** Held against what was published: anybody who has the number of a receipt may look. */
liveFigures.get('/competition/receipts/:number/figures', async (c) => {
  const { db } = c.get('ctx')
  const view = c.get('view')
  const receipt = found(await findReceipt(db, c.req.param('number').slice(0, 80)))
  const { figures = [] } = receipt.content
  if (figures.length === 0) throw new HTTPException(404)
  const hash = createHash('sha256').update(canonicalJson(receipt.content)).digest()
  const latest = await publishedBy(db, receipt.agency, view.now)
  const rows = []
  for (const of of figures) {
    const now = latest.find(({ service }) => service === of.service)?.figures ?? []
    rows.push({
      of,
      standing: standingOf(of, await publishedText(db, of.service, of.hash)),
      latest: new Map(now.map((figure) => [figure.indicator, figure])),
    })
  }
  return page(c, <CheckFiguresPage view={view} number={receipt.number} whole={hash.equals(receipt.hash)} rows={rows} />)
})
