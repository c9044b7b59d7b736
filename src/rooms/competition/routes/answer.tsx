import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { type C, type Env, flash, idParam, page, readForm } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { submissionVerdict } from '../domain/calendar.ts'
import { longestAnswer, movesOf } from '../domain/draft.ts'
import type { Question } from '../domain/round.ts'
import { answerForm } from '../forms.ts'
import type { Conflict } from '../pages/answer-field.tsx'
import { partsOf, proposalPath } from '../pages/proposal.tsx'
import { VersionsPage } from '../pages/versions.tsx'
import { WritePage } from '../pages/write.tsx'
import { LockedPage } from '../pages/write-locked.tsx'
import { may, sidesOf } from '../permissions.ts'
import { listAnswers, listVersions, saveAnswer } from '../store/answer.ts'
import { listComments } from '../store/comment.ts'
import { listEvidence } from '../store/evidence.ts'
import { words } from '../text/index.ts'
import { heldParam } from './proposal.tsx'

export const answers = new Hono<Env>()

const isPart = (text: string | undefined): text is 'head' | 'group' | 'foot' =>
  text === 'head' || text === 'group' || text === 'foot'

/**
 * One answer saves itself. On the night before the closing this is what everybody does at once, so it asks the database
 * once; that one statement looks at the permission, the state, the time and the revision.
 */
answers.put('/competition/proposals/:proposal/answers/:question', async (c) => {
  const { db, actor, clock } = c.get('ctx')
  const id = idParam(c, 'proposal')
  const question = c.req.param('question')
  if (!actor.id) return c.json({ kind: 'signed-out' }, 401)
  const sent = answerForm.safeParse(await c.req.json().catch(() => undefined))
  if (!sent.success || !/^[a-z0-9][a-z0-9-]{0,79}$/.test(question)) return c.json({ kind: 'invalid' }, 422)
  const saved = await saveAnswer(db, { proposal: id, question, person: actor.id, at: clock.now(), ...sent.data })
  switch (saved.kind) {
    case 'saved':
      return c.json({ kind: 'saved', revision: saved.revision, savedAt: saved.at.toISOString() })
    case 'conflict':
      return c.json({ ...saved, at: saved.at.toISOString() }, 409)
    case 'locked':
      return c.json({ kind: 'locked' }, 423)
    case 'not-asked':
      return c.json({ kind: 'not-asked', sentence: words(c.get('view').lang)['not-asked'] }, 422)
  }
})

async function writePage(c: C, extra: { conflicts?: Conflict[]; problems?: Problems; typed?: Map<string, string> }) {
  const part = c.req.param('part')
  const { proposal, round } = await heldParam(c)
  const { db, actor } = c.get('ctx')
  if (!isPart(part)) throw new HTTPException(404)
  if (!may.editProposal(actor, proposal)) throw new HTTPException(403)
  const [stored, evidence, comments] = [
    await listAnswers(db, proposal),
    await listEvidence(db, proposal),
    await listComments(db, proposal),
  ]
  return (
    <WritePage
      view={c.get('view')}
      proposal={proposal}
      round={round}
      part={part}
      answers={stored}
      typed={extra.typed ?? new Map()}
      evidence={evidence}
      comments={comments.filter((comment) => !comment.settled)}
      conflicts={extra.conflicts ?? []}
      problems={extra.problems ?? {}}
    />
  )
}

answers.get('/competition/proposals/:proposal/write/:part', async (c) => {
  // Coming back to it, the browser asks again: meanwhile the proposal may have been sent.
  c.header('Cache-Control', 'no-store')
  return page(c, (await lockedPage(c)) ?? (await writePage(c, {})))
})

/** The part to be read, when its writer's state or the round's closing leaves nothing to write; undefined otherwise. */
async function lockedPage(c: C) {
  const part = c.req.param('part')
  const { proposal, round } = await heldParam(c)
  const { db, actor } = c.get('ctx')
  const view = c.get('view')
  if (!isPart(part)) throw new HTTPException(404)
  if (!may.editProposal(actor, proposal)) throw new HTTPException(403)
  const closed = submissionVerdict(round.rules, view.now, view.now, round.extensions) === 'late'
  const withUnit = movesOf(sidesOf(actor, proposal), proposal.state).includes('edit')
  if (withUnit && !closed) return undefined
  return (
    <LockedPage
      view={view}
      proposal={proposal}
      round={round}
      part={part}
      answers={await listAnswers(db, proposal)}
      closed={withUnit}
    />
  )
}

/** The same saves without a script: every answer of the part at once, each by its own revision. */
answers.post('/competition/proposals/:proposal/write/:part', async (c) => {
  const part = c.req.param('part')
  const { proposal, round } = await heldParam(c)
  const { db, actor, clock } = c.get('ctx')
  if (!may.editProposal(actor, proposal)) throw new HTTPException(403)
  const { form } = await readForm(c)
  const questions = partsOf(round.rules, proposal.group).find((each) => each.part === part)?.questions ?? []
  const stored = new Map((await listAnswers(db, proposal)).map((answer) => [answer.question, answer.value]))
  const conflicts: Conflict[] = []
  const problems: Problems = {}
  const typed = new Map<string, string>()
  for (const question of questions) {
    const value = typedIn(form, question)
    if (value === undefined || value === (stored.get(question.key) ?? '')) continue
    typed.set(question.key, value)
    const sent = answerForm.safeParse({ value, revision: form[`revision-${question.key}`] ?? 0 })
    if (!sent.success) {
      problems[`value-${question.key}`] = { code: 'too-long', limit: longestAnswer }
      continue
    }
    const saved = await saveAnswer(db, {
      ...sent.data,
      proposal: proposal.id,
      question: question.key,
      person: actor.id!,
      at: clock.now(),
    })
    if (saved.kind === 'locked') problems.form = { code: 'not-now' }
    // The question went with a new version while this page was open.
    if (saved.kind === 'not-asked') problems[`value-${question.key}`] = { code: 'not-asked' }
    if (saved.kind === 'conflict') {
      const { value: theirs, revision, by, at } = saved
      conflicts.push({ question: question.key, mine: value, theirs, revision, by, at })
    }
  }
  if (Object.keys(problems).length > 0 || conflicts.length > 0)
    return page(c, await writePage(c, { conflicts, problems, typed }), conflicts.length > 0 ? 409 : 422)
  flash(c, words(c.get('view').lang).answersSaved)
  return c.redirect(`${proposalPath(proposal.id)}/write/${part}`, 303)
})

/** What was typed; a box that is not ticked sends nothing, and lines end as the browser's own text area ends them. */
function typedIn(form: Record<string, string | string[]>, question: Question): string | undefined {
  if (question.kind === 'file') return undefined
  const value = form[`value-${question.key}`]
  if (question.kind === 'tick') return value === 'ya' ? 'ya' : ''
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n') : undefined
}

async function questionParam(c: C) {
  const held = await heldParam(c)
  const key = c.req.param('question')
  const question = partsOf(held.round.rules, held.proposal.group)
    .flatMap(({ part, questions }) => questions.map((each) => ({ part, ...each })))
    .find((each) => each.key === key)
  if (!question) throw new HTTPException(404)
  return { ...held, question }
}

answers.get('/competition/proposals/:proposal/versions/:question', async (c) => {
  const { proposal, question } = await questionParam(c)
  const { db, actor } = c.get('ctx')
  const versions = await listVersions(db, proposal, question.key)
  const restore = may.editProposal(actor, proposal) && ['draft', 'returned'].includes(proposal.state)
  return page(
    c,
    <VersionsPage view={c.get('view')} proposal={proposal} question={question} versions={versions} restore={restore} />,
  )
})

/** An old text becomes the newest: history only grows. */
answers.post('/competition/proposals/:proposal/versions/:question', async (c) => {
  const { proposal, question } = await questionParam(c)
  const { form } = await readForm(c)
  const { db, actor, clock } = c.get('ctx')
  if (!may.editProposal(actor, proposal)) throw new HTTPException(403)
  const versions = await listVersions(db, proposal, question.key)
  const wanted = versions.find((version) => String(version.revision) === form.revision)
  if (!wanted) throw new HTTPException(404)
  const saved = await saveAnswer(db, {
    proposal: proposal.id,
    question: question.key,
    value: wanted.value,
    revision: versions[0]!.revision,
    person: actor.id!,
    at: clock.now(),
  })
  const w = words(c.get('view').lang)
  flash(c, saved.kind === 'saved' ? w.restored : saved.kind === 'not-asked' ? w['not-asked'] : w['not-now'])
  return c.redirect(`${proposalPath(proposal.id)}/write/${question.part}`, 303)
})
