import type { CheckInMethod } from '../format/index.ts'

/** What the roll says of somebody. `elsewhere`: in the roll of another polling place of the village. */
export type Found =
  | { readonly in: 'roll'; readonly voter: number }
  | { readonly in: 'elsewhere'; readonly tps: number }
  | { readonly in: 'none' }

/** How much is known of the person at the desk. */
export type Identity = {
  /** `ok`: the chip was read. `broken`: there is a card, its chip does not answer. `absent`: no card. */
  readonly card: 'ok' | 'broken' | 'absent'
  /** Tries of the finger against the card, of which the last may have matched. */
  readonly tries: number
  readonly matched: boolean
  /** How the line of the roll was found where no chip said it. */
  readonly by?: 'nik' | 'number'
}

/** What stands in the way before the roll is asked: from the station's last word and from the other desks. */
export type Situation = {
  readonly stage: 'preparing' | 'open' | 'paused' | 'closed'
  /** Let in before, at any desk that is known of. */
  readonly present: boolean
  /**
   * Who decides about this voter: this desk itself, another that answers, another that does not, or nobody because the desk of
   * that share was stopped.
   */
  readonly share: { readonly decides: 'here' | 'reached' | 'silent' | 'nobody'; readonly desk?: number }
  /** People of the closed queue who have not been let in; undefined while everybody may come. */
  readonly queueLeft?: number
  readonly cutOff: 'own-share' | 'two-officers'
}

export const fingerTries = 4

export type TurnAway = 'closed' | 'queue' | 'not-open' | 'paused' | 'none' | 'elsewhere' | 'already' | 'not-the-person'

export type Verdict =
  /** The finger is to be put on the reader; so many tries are left. */
  | { readonly kind: 'finger'; readonly left: number }
  /** Goes in. With `two`, two officers compare the photograph and agree with their cards first; `why` says why. */
  | {
      readonly kind: 'let-in'
      readonly method: CheckInMethod
      readonly two?: 'finger' | 'broken' | 'absent' | 'silent'
    }
  /** Goes to another desk, whose share it is. */
  | { readonly kind: 'other-desk'; readonly desk: number }
  | { readonly kind: 'turn-away'; readonly reason: TurnAway; readonly tps?: number }

/**
 * The whole of R2 as one function: card × finger × roll, and what a desk that is cut off may do. First what does not depend
 * on the person, then the roll, then who decides, and only then the finger: nobody tries four times for nothing.
 */
export function verdictOf(found: Found, identity: Identity, situation: Situation): Verdict {
  const { stage, present, share, queueLeft, cutOff } = situation
  if (stage !== 'open')
    return { kind: 'turn-away', reason: stage === 'closed' ? 'closed' : stage === 'paused' ? 'paused' : 'not-open' }
  if (found.in === 'none') return { kind: 'turn-away', reason: 'none' }
  if (found.in === 'elsewhere') return { kind: 'turn-away', reason: 'elsewhere', tps: found.tps }
  if (present) return { kind: 'turn-away', reason: 'already' }
  if (queueLeft !== undefined && queueLeft <= 0) return { kind: 'turn-away', reason: 'queue' }
  if (share.decides === 'silent' && cutOff === 'own-share') return { kind: 'other-desk', desk: share.desk! }
  const alone = share.decides === 'silent' || share.decides === 'nobody'
  if (identity.card !== 'ok')
    return { kind: 'let-in', method: identity.by === 'nik' ? 'typed-nik' : 'papers', two: identity.card }
  if (identity.matched) return { kind: 'let-in', method: 'card-finger', ...(alone ? { two: 'silent' } : {}) }
  if (identity.tries < fingerTries) return { kind: 'finger', left: fingerTries - identity.tries }
  return { kind: 'let-in', method: 'card-photo', two: 'finger' }
}
