import { type Audited, type AuditPile, pileShown, sameNumbers } from './audit.ts'
import { doubtfulOf, type Evidence } from './reading.ts'
import type { Version } from './versions.ts'

/** Why a polling place has no record, as one of the committee wrote it and, from `confirmed` on, another confirmed. */
export type Unrecorded = {
  text: string
  by: string
  byName: string
  confirmed: Date | null
  confirmedBy: string | null
}

/** What the result that counts of a polling place rests on, besides its numbers. */
export type Proof = {
  tps: string
  number: number
  /** Hash of that result. */
  head: string
  how: Version['how']
  archive: string | null
  files: Evidence['files']
  unrecorded: Unrecorded | null
}

/**
 * What shows that a result is what was voted: a sound record, and no record or archive of it that is doubtful; slips that two
 * people counted with just these numbers; or, where no record is, that two of the committee said in public why.
 */
export function provenBy(
  proof: Proof,
  piles: readonly AuditPile[],
  audits: readonly Audited[],
): 'record' | 'slips' | 'statement' | undefined {
  const now = piles.filter(({ tps }) => tps === proof.tps)
  const counted = audits.some((audit) =>
    audit.piles.some((pile) => {
      const { state } = pileShown(pile, audit.counts)
      return pile.tps === proof.tps && state.kind === 'agreed' && sameNumbers([{ tps: pile.tps, ...state.count }], now)
    }),
  )
  if (proof.how === 'audit' || counted) return 'slips'
  if (doubtfulOf(proof.archive, proof.files)) return undefined
  const records = proof.files.filter(({ kind }) => kind === 'record')
  if (records.some(({ verdict }) => verdict === 'sound')) return 'record'
  return records.length === 0 && proof.unrecorded?.confirmed ? 'statement' : undefined
}

/** Why a place that nothing proves waits: its files are doubtful, its record is being checked, or it has none. */
export const lackOf = ({ archive, files }: Proof): 'doubtful' | 'unchecked' | 'none' =>
  doubtfulOf(archive, files) ? 'doubtful' : files.some(({ kind }) => kind === 'record') ? 'unchecked' : 'none'
