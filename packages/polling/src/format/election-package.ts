import type { Role, Signed } from './signed.ts'

/** What a legal profile decides at the polling place. The whole profile is data of the centre. */
export type PollingRules = {
  readonly name: string
  /** Local times "HH:MM" and the zone, "Asia/Jakarta". */
  readonly opens: string
  readonly closes: string
  readonly zone: string
  /** Share of the roll that must have come, e.g. [2, 3]; none where there is no quorum. */
  readonly quorum?: readonly [number, number]
  /** Extensions when it was not reached, in minutes each. After the last the vote counts whatever the turnout. */
  readonly extensions: readonly number[]
  /** Copies of the result for those entitled to one. */
  readonly copies: readonly string[]
  /** Minutes for which a token opens a booth after it was issued. */
  readonly tokenMinutes: number
  /** Below so many voters no figure of a group is shown. */
  readonly smallGroup: number
  /** A desk that is cut off: serves its own share of the roll only, or anyone with two officers. */
  readonly cutOff: 'own-share' | 'two-officers'
  /** Seconds for which the slip must be looked at before "done" is offered. */
  readonly slipSeconds: number
}

export type Candidate = {
  /** As drawn, from 1, without gaps. */
  readonly number: number
  readonly name: string
  /** JPEG in base64; none for the empty box. */
  readonly photo?: string
  /** The name as spoken, Ogg Opus or WAV in base64: for voters who do not read. None where it could not be made. */
  readonly voice?: string
  /** hashOf of the photograph's bytes. */
  readonly photoHash?: string
  /** The empty box (kotak kosong), against a single candidate. */
  readonly emptyBox?: true
  /** The candidate's signature under the proof sheet: number, name and photoHash. */
  readonly proof?: { readonly signer: string; readonly key: string; readonly signature: string }
}

export type Officer = {
  readonly id: string
  readonly name: string
  readonly role: Exclude<Role, 'centre' | 'device'>
  /** Ed25519 key of the officer's card. */
  readonly key: string
  /** A witness's candidate. */
  readonly candidate?: number
}

/**
 * Everything a polling place needs, and no secret but the sealed roll. One JSON text, signed by the centre and the committee:
 * a device takes no other, and shows `shortHash` of its text on every screen and report.
 */
export type ElectionPackage = {
  readonly format: 'melayani-election-package/1'
  /** A practice package is made of keys of its own; nothing of it can enter a real tally. */
  readonly mode: 'real' | 'practice'
  readonly election: {
    /** The village's election. */
    readonly id: string
    readonly name: string
    readonly date: string
    readonly village: {
      readonly code: string
      readonly name: string
      readonly district: string
      readonly regency: string
    }
  }
  readonly tps: {
    readonly id: string
    readonly number: number
    readonly place: string
    /** Colour of the invitations of this polling place. */
    readonly colour: string
    readonly desks: number
    readonly booths: number
    /** A mobile booth (TPS keliling) belongs to this polling place and is counted with it. */
    readonly mobile: number
  }
  readonly rules: PollingRules
  readonly candidates: readonly Candidate[]
  readonly blank: true
  readonly roll: {
    readonly count: number
    /** Of whom added after fixing. */
    readonly additional: number
    /** hashOf of the opened text: printed on the zero report. */
    readonly hash: string
    readonly sealed: string
  }
  /** The texts of the .bel archive, byte for byte. */
  readonly ballot: { readonly election: string; readonly trustees: string; readonly credentials: string }
  /** Number of tokens, and hashOf of the sorted public credentials' text. */
  readonly pool: { readonly size: number; readonly hash: string }
  /** The pools of the village's other polling places, so that a booth can say where a token belongs that is not its own (R6). */
  readonly otherPools?: readonly { readonly tps: number; readonly hash: string }[]
  readonly officers: readonly Officer[]
  /** Names of the trustees in the order of their owner numbers; `outside`: not at the polling place. */
  readonly trustees: readonly { readonly owner: number; readonly name: string; readonly outside?: true }[]
  readonly threshold: { readonly needed: number; readonly of: number }
  readonly centre: { readonly name: string; readonly key: string; readonly address?: string }
  readonly committee: { readonly name: string; readonly key: string }
}

export const packageKind = 'election-package/1'
export type SignedPackage = Signed
