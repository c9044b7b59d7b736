import type { PartialDecryption } from '@melayani/ballot'
import type { DecryptionOrder, OrderRule, Outcome } from '@melayani/ballot/trustee'
import type { Role, Signature } from '../format/index.ts'

/**
 * A card as its reader sees it before a PIN: who it belongs to, and nothing that is secret. `FileCard` is the simulator; a
 * chip card behind the same interface would do inside the chip what the simulator does in this process.
 */
export interface Card {
  readonly id: string
  readonly name: string
  readonly role: Role
  /** Ed25519 key under which its signatures hold. */
  readonly key: string
  readonly tps?: string
  readonly candidate?: number
  /** Tries left before the card waits or locks; 0 while it is locked for good. */
  left(): number
  open(pin: string): OpenCard | CardRefusal
}

/** Why a card did not open. `wait`: whole seconds until another PIN is looked at (R67). */
export type CardRefusal =
  | { readonly refused: 'pin'; readonly left: number; readonly wait: number }
  | { readonly refused: 'wait'; readonly wait: number }
  | { readonly refused: 'locked' }
  /** Another card, no card, or a file that is none any more. */
  | { readonly refused: 'gone' | 'unreadable' }

/** A card whose PIN was right, until it is pulled out. Each act looks whether it still is in the reader. */
export interface OpenCard {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly key: string
  readonly tps?: string
  readonly candidate?: number
  /** Throws CardGone when the card was pulled out. */
  sign(kind: string, text: string): Signature
  /** What somebody sealed for this card's key, about this; undefined when it was for another. Throws CardGone. */
  unseal(sealed: string, about: string): string | undefined
  /** The chair's card: opens the roll of its polling place. */
  readonly rollKey?: string
  /** A trustee's card: its part of opening the announced tally, and of no other (R59, T25). */
  readonly decrypt?: (order: DecryptionOrder) => Outcome<CardDecryption, OrderRule | 'card.gone' | 'card.election'>
}

export type CardDecryption = {
  /** Number of the trustee among the keys of the record, from 1. */
  readonly owner: number
  /** As the archive's format has it, with the format's proof. */
  readonly decryption: PartialDecryption
  /** Text of the stronger proof for the TPS record; `strongerFaults` of @melayani/ballot/trustee judges it. */
  readonly stronger: string
}

/** The card was pulled out of the reader, or exchanged. */
export class CardGone extends Error {
  constructor(name: string) {
    super(`the card of ${name} is no longer in the reader`)
  }
}

export const isOpen = (card: OpenCard | CardRefusal): card is OpenCard => !('refused' in card)
