import { hashOf, resultKind } from '@melayani/polling/format'
import { z } from 'zod'
import { type ActionOnMany, type ItemOutcome, nobody, performAll } from '#platform/action.ts'
import type { Clock } from '#platform/clock.ts'
import type { Db, Tx } from '#platform/db.ts'
import { gathering } from '#platform/gather.ts'
import { enqueue } from '#platform/jobs.ts'
import { decide, refuse } from '#platform/result.ts'
import { type Impossible, isTooEarly, judgeNumbers, resultShape, validVotes } from '../domain/result.ts'
import { continues, type Standing, sheetOf, standingOf } from '../domain/versions.ts'
import { may } from '../permissions.ts'
import {
  type CountHeld,
  holdCount,
  holdCounts,
  insertResults,
  type KeptResult,
  type NewResult,
  type OfficerKey,
  saveStandings,
} from '../store/result.ts'
import { judgeSignatures, judgeSigners, type SignatureRefusal, type SignedInput, signedShape } from './signature.ts'

export type TakeRefusal =
  | Impossible
  | SignatureRefusal
  | 'received-already'
  | 'not-a-result'
  | 'package-other'
  | 'too-early'
  | 'station-changed'
  | 'version-gap'

/** A signed result, and whether its signatures hold: that is found out before its polling place is held. */
const takenShape = signedShape.extend({ holds: z.boolean() })
type TakenInput = z.output<typeof takenShape>

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

/** Judge a signed result against the polling place that it names. */
function judge(count: CountHeld, input: TakenInput, now: Date) {
  const hash = hashOf(input.text)
  if (count.versions.some((each) => each.hash === hash)) return refuse('received-already')
  const result = read(input.text)
  if (!result) return refuse('not-a-result')
  const same = result.package === count.package && result.election === count.election && result.tps === count.tps
  if (!same) return refuse('package-other')
  const signed = judgeSigners(input, count.officers, resultKind)
  if (!signed.ok) return signed
  if (!input.holds) return refuse('signature-wrong')
  const bounds = { mode: count.mode, candidates: count.candidates.length, roll: count.voters, pool: count.pool }
  const numbers = judgeNumbers(result, bounds)
  if (!numbers.ok) return numbers
  if (isTooEarly(count, result.present, now)) return refuse('too-early')
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

/** Write versions and what counts after them. Three queries. */
export async function saveTaken(tx: Tx, taken: readonly (Taken & { count: CountHeld })[], at: Date): Promise<void> {
  await insertResults(tx, taken, at)
  await saveStandings(tx, taken, at)
}

type HeldToTake = CountHeld & { taken?: Taken }

/** Take the signed result of a polling place. Who brings it does not matter; who signed it does. */
export const takeResult: ActionOnMany<HeldToTake, TakenInput, TakenChange, TakeRefusal> = {
  name: 'voting.result-received',
  find: (tx, _actor, tps) => holdCount(tx, tps),
  may: may.bringResult,
  input: takenShape,
  decide: (count, input, { now }) => {
    const judged = judge(count, input, now)
    if (!judged.ok) return judged
    // The whole goes to `save` beside the change: a change is kept and told, and stays small.
    count.taken = judged.change
    const { made, standing } = judged.change
    return decide({ sheet: made.sheet, version: made.result.version, state: standing.kind, hash: made.hash })
  },
  save: (tx, count, _, { now }) => saveAll(tx, [count], now),
  together: {
    find: (tx, _actor, places) => holdCounts(tx, places),
    save: (tx, made, { now }) =>
      saveAll(
        tx,
        made.map(({ thing }) => thing),
        now,
      ),
  },
  tell: ({ sheet, version, state }, { number }) => ({ tps: number, sheet, version, state }),
  scope: ({ agency }) => agency,
}

async function saveAll(tx: Tx, counts: readonly HeldToTake[], now: Date): Promise<void> {
  await saveTaken(
    tx,
    counts.map((count) => ({ count, ...count.taken! })),
    now,
  )
  // What is here of a place is judged once more beside the new numbers.
  for (const { evidence } of counts)
    for (const { sha256, kind } of evidence.files)
      if (kind !== 'plano') await enqueue(tx, 'voting.verify', { sha256 }, { key: `voting.verify ${sha256}` })
}

/** So many results are taken in one transaction. */
const mostTogether = 400
const gatherers = new WeakMap<Db, ReturnType<typeof gathering<Brought, ItemOutcome<TakeRefusal>>>>()
export type Brought = { id: string; raw: SignedInput }

/**
 * Take results for their polling places, together with what others bring meanwhile: one transaction for all that wait, and each
 * is answered when it is durable. Their signatures are examined before, outside of the transaction and only where those who
 * signed are known. Each is judged alone, and alike whoever else brings something.
 */
export async function takeResults(
  { db, clock }: { db: Db; clock: Clock },
  brought: readonly (Brought & { officers: readonly OfficerKey[] })[],
): Promise<readonly ItemOutcome<TakeRefusal>[]> {
  if (brought.length === 0) return []
  const judged = await Promise.all(
    brought.map(async ({ id, raw, officers }) => ({
      id,
      raw: { ...raw, holds: (await judgeSignatures(raw, officers, resultKind)).ok },
    })),
  )
  let gather = gatherers.get(db)
  if (!gather) {
    gather = gathering(mostTogether, (items) => performAll(takeResult, { db, clock, actor: nobody }, items))
    gatherers.set(db, gather)
  }
  return gather(judged)
}
