import type { SlotState } from '../media/slot.ts'

/**
 * The life of a voter's session at a booth (R52). `slot` is what the box holds, durably, from the moment the state is entered:
 * what a power cut in that state leaves behind.
 */
export type SessionState =
  | 'waiting' // for a token
  | 'choosing'
  | 'confirming' // YA / TIDAK
  | 'sealing' // encrypts, and waits until the ballot is durable
  | 'receipt' // the receipt with the tracking code is printed
  | 'receipt-help' // it was not: officers
  | 'receipt-again' // officers have agreed, and leave the booth
  | 'deciding' // MASUKKAN / UJI: the booth has committed itself and does not know yet
  | 'opening' // UJI: the opening is stored, then printed
  | 'opened'
  | 'slip'
  | 'slip-help'
  | 'slip-again'
  | 'marking' // the slip is out, and the box is told
  | 'checking' // "Periksa struk"
  | 'recording' // cast, until it is durable
  | 'thanks'
  | 'voiding'
  | 'voided'

export type SessionEvent =
  | 'take'
  | 'choose'
  | 'yes'
  | 'no'
  | 'stored'
  | 'printed'
  | 'failed'
  | 'agreed' // two officers allow a reprint
  | 'left' // the voter says that nobody else looks
  | 'cast'
  | 'test'
  | 'again'
  | 'good'
  | 'wrong'
  | 'void' // two officers end the session

type Row = {
  readonly slot: 'none' | SlotState
  /** Slip in the box while in this state; 'none' when not said. */
  readonly slip?: 'printed'
  readonly on: Partial<Record<SessionEvent, SessionState>>
}

export const sessionTable: Readonly<Record<SessionState, Row>> = {
  waiting: { slot: 'none', on: { take: 'choosing' } },
  choosing: { slot: 'open', on: { choose: 'confirming', void: 'voiding' } },
  confirming: { slot: 'open', on: { yes: 'sealing', no: 'choosing', void: 'voiding' } },
  sealing: { slot: 'open', on: { stored: 'receipt', void: 'voiding' } },
  receipt: { slot: 'pending', on: { printed: 'deciding', failed: 'receipt-help' } },
  'receipt-help': { slot: 'pending', on: { agreed: 'receipt-again', void: 'voiding' } },
  'receipt-again': { slot: 'pending', on: { left: 'receipt', void: 'voiding' } },
  deciding: { slot: 'pending', on: { cast: 'slip', test: 'opening', void: 'voiding' } },
  opening: { slot: 'pending', on: { stored: 'opened', void: 'voiding' } },
  opened: { slot: 'open', on: { again: 'choosing', void: 'voiding' } },
  slip: { slot: 'pending', on: { printed: 'marking', failed: 'slip-help' } },
  'slip-help': { slot: 'pending', on: { agreed: 'slip-again', void: 'voiding' } },
  'slip-again': { slot: 'pending', on: { left: 'slip', void: 'voiding' } },
  marking: { slot: 'pending', on: { stored: 'checking', void: 'voiding' } },
  checking: { slot: 'pending', slip: 'printed', on: { good: 'recording', wrong: 'voiding', void: 'voiding' } },
  // Once the box says cast, the keeper lets nobody end it: see agreeVoid.
  recording: { slot: 'pending', slip: 'printed', on: { stored: 'thanks', void: 'voiding' } },
  thanks: { slot: 'cast', slip: 'printed', on: {} },
  voiding: { slot: 'pending', on: { stored: 'voided' } },
  voided: { slot: 'void', on: {} },
}

/** The next state; undefined when the event is none of this state: a second press, a page from before. It changes nothing. */
export const nextState = (state: SessionState, event: SessionEvent): SessionState | undefined =>
  sessionTable[state].on[event]

/** Nothing more happens: the process ends. */
export const isFinal = (state: SessionState): boolean => Object.keys(sessionTable[state].on).length === 0
