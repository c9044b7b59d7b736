import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { newId } from '#platform/ids.ts'
import { decide, refuse } from '#platform/result.ts'
import {
  codeFrom,
  dueOf,
  filingOf,
  isOverdue,
  mayFile,
  type ObjectionState,
  type StepKind,
  type StepOutcome,
  takeStep,
} from '../domain/objection.ts'
import { objectionForm, ownStepForm, stepForm } from '../forms.ts'
import { may } from '../permissions.ts'
import {
  type FilingHeld,
  holdByReceipt,
  holdFiling,
  holdObjection,
  holdSignedFiling,
  insertObjection,
  type Objection,
  type ObjectionHeld,
  type SignedFilingHeld,
  saveStep,
} from '../store/objection.ts'

export const storedCode = (code: string): Buffer =>
  createHash('sha256').update(code.trim().toUpperCase().replace(/[\s-]/g, '')).digest()

/** The code on a receipt. From the form's token where there is one, so that a double click shows the same receipt. */
export const receiptCode = (once: string | undefined): string =>
  codeFrom(once ? createHash('sha256').update(`keberatan ${once}`).digest() : randomBytes(10))

type StepRefusal = 'answer-first' | 'step-over' | 'outcome-wrong'

/**
 * File an objection (R35). What was typed goes past the change: that is kept with the form's token and told in the log, and no
 * name, contact or statement may stand there.
 */
export function fileObjection(
  code: string,
  evidence: string | null,
): Action<
  FilingHeld,
  z.output<typeof objectionForm>,
  { id: string; number: number; due: Date },
  'objection-early' | 'objection-over' | 'tps-unknown'
> {
  let typed: z.output<typeof objectionForm> | undefined
  return {
    name: 'voting.objection-filed',
    find: holdFiling,
    may: may.fileObjection,
    input: objectionForm,
    decide: ({ election, opens, last, places }, input, { now }) => {
      const { answerDays } = election.profile.rules
      const judged = mayFile(opens, filingOf(election), now)
      if (!judged.ok) return judged
      if (input.tps !== null && !places.some(({ id }) => id === input.tps)) return refuse('tps-unknown')
      typed = input
      return decide({ id: newId(), number: last + 1, due: dueOf(now, answerDays.value) })
    },
    save: (tx, { election }, { id, number, due }, { now }) =>
      insertObjection(tx, election, {
        ...{ ...typed!, id, number, due, evidence, filed: now },
        ...{ code: storedCode(code), source: null },
      }),
    subject: ({ id }) => id,
    tell: ({ number }, { election }) => ({ number, village: election.villageName }),
    scope: ({ election }) => election.agency,
  }
}

const signedObjection = z.object({
  source: z.string().regex(/^[0-9a-f]{64}$/),
  signer: z.string(),
  text: z.string(),
  received: z.date(),
})

/**
 * Note what a witness signed at a polling place, as its record brought it (R35): the committee owes it an answer as to the others,
 * from the day on which the centre could read it. It was filed in time by being signed there, so no window closes on it. The
 * record is public, so its text is; the name is with the committee, as with the others.
 */
export const noteSigned: Action<
  SignedFilingHeld & { tps: string },
  z.output<typeof signedObjection>,
  z.output<typeof signedObjection> & { id: string; number: number; due: Date },
  'objection-known'
> = {
  name: 'voting.objection-filed',
  find: async (tx, actor, tps) => {
    const held = await holdSignedFiling(tx, actor, tps)
    return held && { ...held, tps }
  },
  may: may.fileObjection,
  input: signedObjection,
  decide: ({ election, last, known }, signed) => {
    if (known.has(signed.source)) return refuse('objection-known')
    const due = dueOf(signed.received, election.profile.rules.answerDays.value)
    return decide({ ...signed, id: newId(), number: last + 1, due })
  },
  save: (tx, { election, tps }, { id, number, due, source, signer, text, received }) =>
    insertObjection(tx, election, {
      ...{ id, number, due, tps, code: null, source: Buffer.from(source, 'hex'), filed: received },
      ...{ role: 'witness', about: 'other', name: signer, contact: '', statement: text, demand: '' },
      ...{ public: true, evidence: null },
    }),
  subject: ({ id }) => id,
  tell: ({ number }, { election }) => ({ number, village: election.villageName }),
  scope: ({ election }) => election.agency,
}

type StepChange = { kind: StepKind; outcome: StepOutcome | null; text: string; state: ObjectionState; late: boolean }

/** Mediate, answer or decide. The committee answers, the regency decides; an answer after its time is marked as late. */
export const stepObjection: Action<
  ObjectionHeld,
  z.output<typeof stepForm>,
  StepChange,
  StepRefusal | 'step-not-yours'
> = {
  name: 'voting.objection-stepped',
  find: holdObjection,
  may: (actor, { election }) => may.answerObjection(actor, election) || may.decideObjection(actor, election),
  input: stepForm,
  decide: ({ objection, election }, { kind, outcome, text }, { actor, now }) => {
    const own = kind === 'decision' ? may.decideObjection(actor, election) : may.answerObjection(actor, election)
    if (!own) return refuse('step-not-yours')
    const led = takeStep(objection.state, kind, outcome)
    return led.ok ? decide({ kind, outcome, text, state: led.change, late: isOverdue(objection, now) }) : led
  },
  save: (tx, { objection }, { state, ...step }, { actor, now }) =>
    saveStep(tx, objection, { ...step, by: actor.id, at: now }, state),
  tell: ({ kind, outcome, late }, { objection }) => ({ number: objection.number, kind, outcome, late }),
  scope: ({ election }) => election.agency,
}

/** Whoever filed it appeals to the regency or withdraws it, with the code of the receipt. */
export const ownStep = (code: string): Action<Objection, z.output<typeof ownStepForm>, StepChange, StepRefusal> => ({
  name: 'voting.objection-stepped',
  find: (tx) => holdByReceipt(tx, storedCode(code)),
  may: may.fileObjection,
  input: ownStepForm,
  decide: (objection, { kind, text }) => {
    const led = takeStep(objection.state, kind, null)
    return led.ok ? decide({ kind, outcome: null, text, state: led.change, late: false }) : led
  },
  save: (tx, objection, { state, ...step }, { now }) => saveStep(tx, objection, { ...step, by: null, at: now }, state),
  subject: (_, { id }) => id,
  tell: ({ kind }, { number }) => ({ number, kind, outcome: null, late: false }),
  scope: ({ agency }) => agency,
})
