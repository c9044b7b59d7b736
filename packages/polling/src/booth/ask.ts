import type { Stamp } from '../format/index.ts'
import type { TokenProblem } from './token.ts'

/**
 * All that the process with the voter tells the process that keeps the box. There is no member for a choice and none for the
 * credential's secret half, of which `proof` shows that it is there (`proveToken`): a ballot is a ciphertext, an opening belongs to
 * a ballot that never counts.
 */
export type Ask =
  | { readonly ask: 'take'; readonly credential: string; readonly stamp?: Stamp; readonly proof?: string }
  | { readonly ask: 'store'; readonly ballot: string }
  | { readonly ask: 'spoil'; readonly opening: string }
  | { readonly ask: 'slip' }
  | { readonly ask: 'cast' }
  /** The voter says that the slip is not what was chosen. */
  | { readonly ask: 'wrong' }
  /** Ends the session after two officers have agreed. `paper`: a slip, or a part of one, is out. */
  | { readonly ask: 'void'; readonly paper: boolean }
  /** The printer failed. `paper`: something of it may have come out. */
  | { readonly ask: 'help'; readonly what: 'receipt' | 'slip'; readonly paper: boolean }

export type Refusal =
  | TokenProblem
  /** The polls are not open, or the booth was stopped, or an earlier session waits for officers. */
  | 'not-open'
  | 'stopped'
  | 'unresolved'
  /** Nobody has said yet that this printer's paper is readable (R42). */
  | 'paper'
  /** Only one copy could be written: nothing may go on before there are two (R50). */
  | 'copies'
  /** Two ballots share a random number (T27): the booth is closed. */
  | 'repeated'
  | 'full'
  /** Two officers have ended the session. */
  | 'ended'

export type Answer = { readonly ok: true } | { readonly ok: false; readonly why: Refusal }

/** Gives an answer when what was asked is durable, or says why it is not. Asking again is always safe. */
export type Asker = (ask: Ask) => Promise<Answer>
