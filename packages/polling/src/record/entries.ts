import type { Counts, Difference, Signed } from '../format/index.ts'

/** The entries of a public TPS record, in the order in which they stand in the file. A name that is not here is refused. */
export const entryNames = [
  'package.json',
  'station.json',
  'zero.json',
  'heads.json',
  'election.bel',
  'decryption.json',
  'spoiled.json',
  'refused.json',
  'incidents.json',
  'logs.json',
  'reconciliation.json',
  'hand-count.json',
  'objections.json',
] as const
/** … then for each version of the result its text, and the photograph of the plano with the chair's signature. */
export const versionEntry = /^(?:result-([1-9]\d?)\.json|plano-([1-9]\d?)\.(?:jpg|json))$/

/** `station.json`: who held the polling place, and the devices that two officers let join. */
export type StationEntry = {
  readonly key: string
  /** SHA-256 over the program's files, as shown at start. */
  readonly software: string
  /** Certificates, kind `device/1`, signed by the station. */
  readonly devices: readonly Signed[]
}

/** `zero.json`, kind `zero/1`, signed by chair, witnesses and station before the polls open. */
export type ZeroReport = {
  readonly package: string
  readonly software: string
  readonly roll: { readonly count: number; readonly additional: number; readonly hash: string }
  /** Tokens counted by hand. */
  readonly tokens: number
  readonly candidates: readonly { readonly number: number; readonly name: string; readonly photoHash?: string }[]
  /** Ballots in every box, all 0. */
  readonly boxes: readonly { readonly device: string; readonly ballots: 0 }[]
}

/** An element of `heads.json`, kind `head/1`, signed by the station and the witnesses present. */
export type Head = {
  readonly package: string
  /** From 1. */
  readonly number: number
  readonly step: string
  readonly counts: Counts
  /** `commitmentOf`; none while too few ballots came since the last one. */
  readonly commitment?: string
}
/** What the log's line says where a head commits to nothing. */
export const noCommitment = '0'.repeat(64)

/**
 * An element of `refused.json`: a ballot that is neither counted nor among the opened ones, and what the station says is wrong with
 * it. `opening`: it was challenged, and this is said to open it. Sorted by hash.
 */
export type RefusedBallot = { readonly why: string; readonly ballot: string; readonly opening?: string }

/** `incidents.json`: what happened, without names. */
export type Incident = { readonly device: string; readonly step: string; readonly what: string }

/** `logs.json`: each device's log, of which the restricted file holds the lines. */
export type LogSummary = {
  readonly device: string
  readonly lines: number
  /** hashOf the last line. */
  readonly head: string
  /** hashOf the whole log, as in the restricted file. */
  readonly hash: string
}

/** `reconciliation.json`, kind `reconciliation/1`, signed by the chair and the station. */
export type ReconciliationSheet = {
  readonly package: string
  readonly counts: Counts
  /** Tokens of the pool that were never issued, counted by hand. */
  readonly unused: number
  /** Papers in the envelope of void slips, counted by hand. */
  readonly voidSlips: number
  /** Papers in the envelope of reprints, counted by hand. */
  readonly replaced: number
  /** An explanation for each law that does not hold, signed by two officers with these numbers (BA selisih). */
  readonly differences: readonly Difference[]
}

/**
 * `hand-count.json`, kind `hand-count/1`: the good slips as two officers counted them before the witnesses, each alone and both
 * alike; signed by both and the station. Only where the tally cannot be opened: it is then the result. A count of the slips that
 * is held later is published by the centre, beside the record.
 */
export type HandCountSheet = {
  readonly package: string
  /** In the order of the candidates' numbers. */
  readonly votes: readonly number[]
  readonly blank: number
  /** Slips that nobody could read. */
  readonly unreadable: number
}
export const handCountKind = 'hand-count/1'

/** `plano-<v>.json`: kind `plano/1`, the chair's signature over the photograph's SHA-256 and the version it shows. */
export type PlanoSignature = { readonly package: string; readonly version: number; readonly photo: string }

/** `objections.json`: filed at the polling place by witnesses, kind `objection/1`, signed by who filed it. */
export type FiledObjection = { readonly package: string; readonly step: string; readonly text: string }
