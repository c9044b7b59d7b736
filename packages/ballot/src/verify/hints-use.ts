import type { HintsRefused } from './hints.ts'

/** How hints were used. A notice in the report: they decide nothing, so nothing about them is a fault. */
export type HintsUse = {
  /** Why the whole file was of no use, if so. */
  readonly refused?: HintsRefused
  /** Ballots found sound in a batch. */
  readonly batched: number
  /** Ballots judged the plain way, for whatever reason. */
  readonly plain: number
  /** Of these: there were no hints for them. */
  readonly missing: number
  /** Of these: sound, so their hints were false. */
  readonly false: number
}

export const noHintsUse: HintsUse = { batched: 0, plain: 0, missing: 0, false: 0 }

export function addHintsUse(a: HintsUse, b: HintsUse): HintsUse {
  const refused = a.refused ?? b.refused
  return {
    ...(refused === undefined ? {} : { refused }),
    batched: a.batched + b.batched,
    plain: a.plain + b.plain,
    missing: a.missing + b.missing,
    false: a.false + b.false,
  }
}
