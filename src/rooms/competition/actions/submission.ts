import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { canonicalJson } from '#platform/canonical.ts'
import { enqueue } from '#platform/jobs.ts'
import { post } from '#platform/mail.ts'
import { decide, refuse } from '#platform/result.ts'
import { deadline, submissionVerdict } from '../domain/calendar.ts'
import { blocking } from '../domain/draft.ts'
import type { Checked, Content } from '../domain/proposal.ts'
import { receiptNumber } from '../domain/receipt.ts'
import { questionsFor } from '../domain/round.ts'
import { may } from '../permissions.ts'
import { ownersOf } from '../store/entry.ts'
import { moveProposal } from '../store/proposal.ts'
import { addSubmission, countSubmitted, holdNextNumber } from '../store/submission.ts'
import { checkProposal } from './check.ts'
import { lettersAbout, type Owner } from './letters.ts'
import { can, type Held, hold } from './proposal.ts'

/** What is handed in: the answers the round asks for and their evidence, with the hash of each file. */
export function contentOf(
  { proposal, round }: Held,
  checked: Pick<Checked, 'answers' | 'evidence' | 'figures' | 'lineage'>,
): Content {
  const questions = questionsFor(round.rules, proposal.group)
  const answers = new Map(checked.answers.map((answer) => [answer.question, answer.value]))
  const evidence = Map.groupBy(checked.evidence, (item) => item.question)
  return {
    title: proposal.title,
    group: proposal.group,
    category: proposal.category,
    startedOn: proposal.startedOn,
    answers: Object.fromEntries(questions.flatMap(({ key }) => (answers.has(key) ? [[key, answers.get(key)!]] : []))),
    evidence: Object.fromEntries(
      [...evidence].map(([key, items]) => [
        key,
        items.map(({ id, kind, label, link, file, sha256 }) => ({
          id,
          kind,
          label,
          ...(link && { link }),
          ...(file && { file }),
          ...(sha256 && { sha256 }),
        })),
      ]),
    ),
    ...(checked.figures.length > 0 && { figures: checked.figures }),
    ...(checked.lineage && { lineage: checked.lineage }),
  }
}

type Ready = Held & { checked: Checked; owners: Owner[]; next: number; quotaUsed: boolean }
type Handed = {
  number: string
  running: number
  hash: string
  begun: Date
  verdict: 'in-time' | 'late-but-begun-in-time'
}

const lastHours = (round: Held['round'], now: Date) => {
  const closes = new Date(deadline(round.rules, round.extensions))
  const left = closes.getTime() - now.getTime()
  return left > 0 && left < 3 * 3_600_000 ? { at: closes } : {}
}

/**
 * Second lock: the local admin hands the text to the ministry. The round's row is held from the counting of the quota to
 * the giving of the number, so that of two submissions for one last place exactly one is accepted.
 */
export const submitProposal: Action<
  Ready,
  Record<string, never>,
  Handed,
  'not-now' | 'too-late' | 'not-yet-open' | 'quota-used' | 'not-complete'
> = {
  name: 'competition.proposal-submitted',
  find: async (tx, actor, id, now) => {
    const held = await hold(tx, actor, id)
    if (!held) return undefined
    // Everything that is only this proposal's is looked at before the line forms at the round's row.
    const checked = await checkProposal(tx, held.proposal, held.round, { now, likeness: false })
    const owners = await ownersOf(tx, held.proposal)
    const quota = held.round.rules.quotas[held.proposal.group] ?? null
    const next = await holdNextNumber(tx, held.round.id)
    const quotaUsed = quota !== null && (await countSubmitted(tx, held.proposal)) >= quota
    return { ...held, checked, owners, next, quotaUsed }
  },
  may: (actor, { proposal }) => may.submitProposal(actor, proposal),
  input: z.object({}),
  decide: (ready, _, { actor, now }) => {
    const { proposal, round, checked, next, quotaUsed } = ready
    if (!can(actor, ready, 'submit')) return refuse('not-now')
    if (now < new Date(round.rules.calendar.opens)) return refuse('not-yet-open')
    const begun = proposal.begun ?? now
    const verdict = submissionVerdict(round.rules, begun, now, round.extensions)
    if (verdict === 'late') return refuse('too-late')
    if (quotaUsed) return refuse('quota-used')
    if (blocking(checked.findings).length > 0) return refuse('not-complete')
    const hash = createHash('sha256')
      .update(canonicalJson(contentOf(ready, checked)))
      .digest('hex')
    return decide({ number: receiptNumber(round.key, next), running: next, hash, begun, verdict })
  },
  save: async (tx, ready, handed, { actor, now }) => {
    const { proposal, round, checked, owners } = ready
    await moveProposal(tx, proposal, 'submitted', { person: actor.id, at: now })
    await addSubmission(tx, proposal, { ...handed, content: contentOf(ready, checked), arrived: now, by: actor.id })
    // Compared with everything else in the round, and with earlier years, as soon as a worker is free; in the last hours
    // after the closing, for nobody reads the comparison before the selection and everybody else is handing in.
    await enqueue(tx, 'competition.compare', { proposal: proposal.id }, lastHours(round, now))
    await post(tx, lettersAbout('submit', owners, { proposal, round, actor, now, note: '', receipt: handed }))
  },
  tell: ({ number, hash, verdict }, { proposal }) => ({ title: proposal.title, number, hash, verdict }),
  scope: ({ proposal }) => proposal.agency,
}
