import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import type { Db } from '#platform/db.ts'
import { findFile } from '#platform/files.ts'
import { newId } from '#platform/ids.ts'
import { type Decision, decide, refuse } from '#platform/result.ts'
import { isOpen } from '../domain/calendar.ts'
import { type Evidence, type Proposal, statementKey } from '../domain/proposal.ts'
import { type EvidenceKind, questionsFor } from '../domain/round.ts'
import * as forms from '../forms.ts'
import { may } from '../permissions.ts'
import * as store from '../store/evidence.ts'
import { askedOf, can, type Held, hold } from './proposal.ts'

type Item = { kind: EvidenceKind; file: string | null; link: string | null; label: string; bytes: number }
type Attached = Item & { id: string; question: string; hash: string | null }
type Refusal = 'not-now' | 'round-closed' | 'question-unknown' | 'evidence-full' | 'evidence-kind' | 'evidence-big'

/** What a question accepts; the statement on a replication's source is one signed PDF. */
export function evidenceRuleOf(
  { proposal, round }: Held,
  question: string,
): { accept: EvidenceKind[]; maxMb: number; max: number } | undefined {
  if (question === statementKey) {
    const signed = round.rules.groups.find((group) => group.key === proposal.group)?.source?.signedStatement
    return signed ? { accept: ['pdf'], maxMb: 5, max: 1 } : undefined
  }
  return questionsFor(round.rules, proposal.group).find((each) => each.key === question)?.evidence ?? undefined
}

/** One shape for a file just uploaded, a link, and evidence used before: only where it comes from differs. */
function attach<Input extends { question: string }>(
  input: z.ZodType<Input>,
  source: (input: Input) => Item & { hash: string | null },
): Action<Held & { there: Evidence[] }, Input, Attached, Refusal> {
  return {
    name: 'competition.evidence-added',
    find: async (tx, actor, id) => {
      const held = await hold(tx, actor, id)
      return held && { ...held, there: await store.listEvidence(tx, held.proposal) }
    },
    may: (actor, { proposal }) => may.editProposal(actor, proposal),
    input,
    decide: (held, typed, { actor, now }) => {
      if (!can(actor, held, 'edit')) return refuse('not-now')
      if (!isOpen(held.round.rules, now, held.round.extensions)) return refuse('round-closed')
      return fitting(held, typed.question, source(typed))
    },
    save: (tx, { proposal }, item, { actor, now }) => {
      const { bytes: _bytes, hash: _hash, ...row } = item
      return store.addEvidence(tx, { agency: proposal.agency, proposal: proposal.id, by: actor.id, at: now }, row)
    },
    tell: ({ question, kind, label, hash }, held) => ({
      question,
      ...askedOf(held, question),
      kind,
      label,
      ...(hash && { hash }),
    }),
    scope: ({ proposal }) => proposal.agency,
  }
}

function fitting(
  held: Held & { there: Evidence[] },
  question: string,
  item: Item & { hash: string | null },
): Decision<Attached, Refusal> {
  const rule = evidenceRuleOf(held, question)
  if (!rule) return refuse('question-unknown')
  if (held.there.filter((each) => each.question === question).length >= rule.max) return refuse('evidence-full')
  if (!rule.accept.includes(item.kind)) return refuse('evidence-kind')
  if (item.bytes > rule.maxMb * 1_048_576) return refuse('evidence-big')
  return decide({ ...item, question, id: newId() })
}

/** A file whose upload is complete becomes evidence. Whoever uploaded it attaches it. */
export async function attachFile(db: Db, file: string, owner: string | null) {
  const stored = await findFile(db, file)
  if (!stored || stored.owner !== owner) return undefined
  const item = {
    kind: stored.type === 'application/pdf' ? ('pdf' as const) : ('photo' as const),
    file,
    link: null,
    label: stored.name,
    bytes: Number(stored.size),
    hash: stored.sha256?.toString('hex') ?? null,
  }
  return attach(forms.evidenceForm, () => item)
}

/** A link: always https, never fetched by us. */
export const attachLink = attach(forms.linkForm, ({ link, label }) => ({
  kind: 'link' as const,
  file: null,
  link,
  label: label || link,
  bytes: 0,
  hash: null,
}))

/** Evidence of another proposal of the same unit, once more: the file stays one. */
export async function attachAgain(db: Db, proposal: Proposal, evidence: string) {
  const found = (await store.listReusable(db, proposal)).find((each) => each.id === evidence)
  if (!found) return undefined
  const { kind, file, link, label, bytes, sha256 } = found
  return attach(forms.evidenceForm, () => ({ kind, file, link, label, bytes, hash: sha256 }))
}

/** Take evidence away. The row stays, marked: what was handed in earlier must still be found. */
export const removeEvidence = (
  evidence: string,
): Action<
  Held & { evidence: Evidence & { removed: Date | null } },
  Record<string, never>,
  { question: string; label: string },
  'not-now' | 'round-closed' | 'evidence-gone'
> => ({
  name: 'competition.evidence-removed',
  find: async (tx, actor, id) => {
    const held = await hold(tx, actor, id)
    const found = held && (await store.findEvidence(tx, held.proposal, evidence))
    return found && { ...held, evidence: found }
  },
  may: (actor, { proposal }) => may.editProposal(actor, proposal),
  input: forms.nothingForm,
  decide: (held, _, { actor, now }) => {
    if (!can(actor, held, 'edit')) return refuse('not-now')
    if (!isOpen(held.round.rules, now, held.round.extensions)) return refuse('round-closed')
    if (held.evidence.removed) return refuse('evidence-gone')
    return decide({ question: held.evidence.question, label: held.evidence.label })
  },
  save: (tx, { proposal }, _, { now }) => store.removeEvidence(tx, { agency: proposal.agency, id: evidence }, now),
  tell: (change, held) => ({ ...change, ...askedOf(held, change.question) }),
  scope: ({ proposal }) => proposal.agency,
})
