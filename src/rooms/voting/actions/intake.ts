import { verify } from 'node:crypto'
import { hashOf, resultKind, type Signature, signatureHolds } from '@melayani/polling/format'
import { z } from 'zod'
import type { Action } from '#platform/action.ts'
import type { Tx } from '#platform/db.ts'
import { enqueue } from '#platform/jobs.ts'
import { decide, refuse } from '#platform/result.ts'
import { type Impossible, judgeNumbers, resultShape, validVotes } from '../domain/result.ts'
import { continues, type Standing, sheetOf, standingOf } from '../domain/versions.ts'
import { may } from '../permissions.ts'
import {
  type CountHeld,
  holdCount,
  insertResult,
  type KeptResult,
  type NewResult,
  type OfficerKey,
  saveStanding,
} from '../store/result.ts'

/** A document and who vouches for it, as it travels. */
export const signedShape = z.object({
  text: z.string().min(2).max(100_000),
  signatures: z
    .array(
      z.object({
        role: z.enum(['centre', 'committee', 'chair', 'officer', 'operator', 'witness', 'supervisor', 'device']),
        signer: z.string().max(200),
        key: z.string().regex(/^[0-9a-f]{64}$/),
        signature: z.string().regex(/^[0-9a-f]{128}$/),
      }),
    )
    .min(1)
    .max(60),
})
export type SignedInput = z.output<typeof signedShape>

export type TakeRefusal =
  | Impossible
  | SignatureRefusal
  | 'received-already'
  | 'not-a-result'
  | 'package-other'
  | 'too-early'
  | 'station-changed'
  | 'version-gap'

type SignatureRefusal = 'signer-unknown' | 'signer-twice' | 'signature-wrong' | 'chair-missing' | 'station-missing'

/** What stands before the 32 bytes of an Ed25519 key in the form that the platform reads. */
const keyHead = Buffer.from('302a300506032b6570032100', 'hex')

/**
 * Whether a signature holds, by the platform's own arithmetic, which is many times quicker. Only for keys that the sealed package
 * names: a key that comes with the document itself is judged by `signatureHolds`, which refuses keys that fit any text.
 */
function holdsQuickly(kind: string, text: string, { key, signature }: Signature): boolean {
  try {
    const read = { key: Buffer.concat([keyHead, Buffer.from(key, 'hex')]), format: 'der', type: 'spki' } as const
    return verify(null, Buffer.from(`melayani/${kind}\n${text}`), read, Buffer.from(signature, 'hex'))
  } catch {
    return false
  }
}

/** Every signature must hold and be of whom the package names; the chair and one station must have signed. */
export function judgeSignatures({ text, signatures }: SignedInput, officers: readonly OfficerKey[], kind: string) {
  if (new Set(signatures.map(({ key }) => key)).size < signatures.length) return refuse('signer-twice')
  const known = ({ role, key }: Signature) =>
    role === 'device' || officers.some((officer) => officer.role === role && officer.key === key)
  if (!signatures.every(known)) return refuse('signer-unknown')
  if (!signatures.some(({ role }) => role === 'chair')) return refuse('chair-missing')
  const stations = signatures.filter(({ role }) => role === 'device')
  if (stations.length !== 1) return refuse('station-missing')
  const holds = (each: Signature) =>
    each.role === 'device' ? signatureHolds(kind, text, each) : holdsQuickly(kind, text, each)
  if (!signatures.every(holds)) return refuse('signature-wrong')
  return decide({ station: stations[0]!.key })
}

const read = (text: string) => {
  try {
    return resultShape.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

type Taken = { made: NewResult; standing: Standing<KeptResult> }
/** What is told of it, and kept of it for a second click. */
export type TakenChange = { sheet: string; version: number; state: Standing<KeptResult>['kind']; hash: string }

/** Judge a signed result against the polling place that it names. Pure but for the signatures, which are arithmetic. */
function judge(count: CountHeld, input: SignedInput, now: Date) {
  const hash = hashOf(input.text)
  if (count.versions.some((each) => each.hash === hash)) return refuse('received-already')
  const result = read(input.text)
  if (!result) return refuse('not-a-result')
  const same = result.package === count.package && result.election === count.election && result.tps === count.tps
  if (!same) return refuse('package-other')
  const signed = judgeSignatures(input, count.officers, resultKind)
  if (!signed.ok) return signed
  const bounds = { mode: count.mode, candidates: count.candidates.length, roll: count.voters, pool: count.pool }
  const numbers = judgeNumbers(result, bounds)
  if (!numbers.ok) return numbers
  if (now < count.opens) return refuse('too-early')
  const { station } = signed.change
  // A station that was swapped is for two persons with the printed sheet: see typing.
  if (count.versions.some((each) => each.station !== null && each.station !== station)) return refuse('station-changed')
  const corrects = result.corrects ? sheetOf(result.corrects.hash) : null
  if (result.corrects && !count.versions.some((each) => each.how === 'typed' || each.hash === result.corrects!.hash))
    return refuse('version-gap')
  if (!continues(count.versions, { version: result.version, corrects })) return refuse('version-gap')
  const valid = validVotes(result)
  const made: NewResult = {
    hash,
    sheet: sheetOf(hash),
    how: 'signed',
    text: input.text,
    signatures: input.signatures,
    station,
    result,
    valid,
  }
  return decide({ made, standing: standingOf([...count.versions, keptOf(made, now)], count.settled) })
}

/** A new version as it will be kept. */
export const keptOf = (made: NewResult, at: Date): KeptResult => ({
  ...made.result,
  hash: made.hash,
  sheet: made.sheet,
  how: made.how,
  corrects: made.result.corrects ? sheetOf(made.result.corrects.hash) : null,
  reason: made.result.corrects?.reason ?? null,
  signatures: made.signatures,
  station: made.station,
  valid: made.valid,
  archive: made.result.archive ?? null,
  received: at,
})

/** Write a version and what counts after it. */
export async function saveTaken(tx: Tx, count: CountHeld, { made, standing }: Taken, at: Date): Promise<void> {
  await insertResult(tx, count, made, at)
  await saveStanding(tx, count, standing, at)
}

/** Take the signed result of a polling place. Who brings it does not matter; who signed it does. */
export const takeResult: Action<CountHeld & { taken?: Taken }, SignedInput, TakenChange, TakeRefusal> = {
  name: 'voting.result-received',
  find: (tx, _actor, tps) => holdCount(tx, tps),
  may: may.bringResult,
  input: signedShape,
  decide: (count, input, { now }) => {
    const judged = judge(count, input, now)
    if (!judged.ok) return judged
    // The whole goes to `save` beside the change: a change is kept and told, and stays small.
    count.taken = judged.change
    const { made, standing } = judged.change
    return decide({ sheet: made.sheet, version: made.result.version, state: standing.kind, hash: made.hash })
  },
  save: async (tx, count, _, { now }) => {
    await saveTaken(tx, count, count.taken!, now)
    // What is here of the place is judged once more beside the new numbers.
    for (const { sha256, kind } of count.evidence.files)
      if (kind !== 'plano') await enqueue(tx, 'voting.verify', { sha256 }, { key: `voting.verify ${sha256}` })
  },
  tell: ({ sheet, version, state }, { number }) => ({ tps: number, sheet, version, state }),
  scope: ({ agency }) => agency,
}
