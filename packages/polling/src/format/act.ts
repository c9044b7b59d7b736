import type { Signature } from './signed.ts'

/**
 * One line of a device's log. Lines are numbered, each names the hash of the one before it, and the device signs each. There is
 * no choice, no credential, no ballot, no tracking code and no place of a touch in any act; `step` is the hour's quarter, for
 * people to read, and nothing is ordered by it.
 */
export type Line = {
  readonly seq: number
  /** hashOf of the line before, as written; of the package's text for the first. */
  readonly prev: string
  readonly device: string
  /** "2026-11-22T08:15" local time, rounded down to 15 minutes. */
  readonly step: string
  readonly act: Act
  /** Officers who did it together, by their cards over kind `act/1` and the text of act, prev and seq. */
  readonly by?: readonly Signature[]
}

/**
 * `card-photo`: the chip's photograph and the face. `typed-nik` and `papers`: no chip was read, the line of the roll was found by the NIK, or by
 * number or invitation, and two officers compared the person with the photograph printed on the card or on another paper.
 */
export type CheckInMethod = 'card-finger' | 'card-photo' | 'typed-nik' | 'papers'

export type Act =
  // every device
  | { readonly kind: 'started'; readonly software: string; readonly package: string }
  | { readonly kind: 'incident'; readonly what: string; readonly note: string }
  /** Two officers looked at the paper self-test of this device's printer (R42). */
  | { readonly kind: 'paper-tested'; readonly readable: boolean }
  /** The paper ran out or the cover was opened: what lies in the printer now nobody has looked at. */
  | { readonly kind: 'paper-changed' }
  // station
  | {
      readonly kind: 'device-joined'
      readonly device: string
      readonly as: 'desk' | 'booth'
      readonly number: number
      readonly key: string
      readonly mobile?: true
    }
  | { readonly kind: 'device-stopped'; readonly device: string; readonly reason: string }
  | { readonly kind: 'zero-report'; readonly hash: string }
  | { readonly kind: 'polls-opened' | 'polls-paused' | 'polls-resumed' }
  | { readonly kind: 'polls-extended'; readonly until: string; readonly reason: string }
  /** At the closing hour: so many stand in the queue, and nobody else is let in. Said again it puts the number right. */
  | { readonly kind: 'queue-closed'; readonly standing: number }
  | { readonly kind: 'head'; readonly counts: Counts; readonly commitment: string }
  | { readonly kind: 'polls-closed'; readonly counts: Counts }
  | { readonly kind: 'box-imported'; readonly device: string; readonly counts: Counts }
  | { readonly kind: 'reconciled'; readonly hash: string; readonly holds: boolean }
  /** The law that does not hold, with both its sides: it is explained for these numbers alone. */
  | {
      readonly kind: 'difference-explained'
      readonly law: string
      readonly left: number
      readonly right: number
      readonly note: string
    }
  | { readonly kind: 'tally-announced'; readonly tally: string }
  | { readonly kind: 'decrypted'; readonly owner: number }
  | { readonly kind: 'result'; readonly hash: string }
  | { readonly kind: 'objection'; readonly by: string; readonly text: string }
  | { readonly kind: 'handed-over'; readonly how: 'network' | 'usb' | 'qr'; readonly hash: string }
  | { readonly kind: 'destroyed'; readonly what: string }
  // desk
  | {
      readonly kind: 'check-in'
      readonly voter: number
      readonly method: CheckInMethod
      readonly assisted?: true
      /** From the closed queue: of which, for there is one more after each extension. Counted from 1. */
      readonly queued?: number
    }
  | { readonly kind: 'turned-away'; readonly reason: string; readonly voter?: number }
  | { readonly kind: 'token-issued'; readonly voter: number; readonly replaces?: 'returned' | 'void' }
  | { readonly kind: 'token-returned'; readonly voter: number }
  /** One more stamp than tokens went out: by whom, for no voter in particular, as a stamp names nobody. */
  | { readonly kind: 'stamp-printed' }
  // booth
  | { readonly kind: 'slip-reprinted' | 'session-void' | 'slip-reported' }
  | { readonly kind: 'resolved'; readonly as: 'cast' | 'void' }

export type PaperState = 'untested' | 'readable' | 'unreadable'

/** What is known of the paper in a device's printer, from the acts of its log. No sensor tells thermal paper from other paper. */
export const paperOf = (acts: Iterable<Act>): PaperState => {
  let state: PaperState = 'untested'
  for (const act of acts)
    if (act.kind === 'paper-tested') state = act.readable ? 'readable' : 'unreadable'
    else if (act.kind === 'paper-changed') state = 'untested'
  return state
}

/** What can be counted without saying who or what: the numbers of the reconciliation (R64). */
export type Counts = {
  readonly present: number
  readonly issued: number
  readonly returned: number
  /** Tokens that opened a ballot. */
  readonly used: number
  readonly cast: number
  readonly void: number
  readonly spoiled: number
  readonly pending: number
  readonly slips: number
  readonly slipsVoid: number
  /** Papers that a reprint (CETAK ULANG) took the place of, as the boxes say: each is one paper more than there are ballots. */
  readonly reprints: number
}

export const noCounts: Counts = {
  present: 0,
  issued: 0,
  returned: 0,
  used: 0,
  cast: 0,
  void: 0,
  spoiled: 0,
  pending: 0,
  slips: 0,
  slipsVoid: 0,
  reprints: 0,
}
