import type { Counts } from './act.ts'

/** A law of the reconciliation sheet (R64): both sides as counted, and whether they agree. */
/** One that does not hold, as two officers explained it: for these numbers and no others (R64). */
export type Difference = {
  readonly law: string
  readonly left: number
  readonly right: number
  readonly note: string
}
/** As a result and a sheet on paper name it; the law first. */
export const differenceText = ({ law, left, right, note }: Difference): string => `${law}: ${left} ≠ ${right}: ${note}`
/** The explanation of a law as it is now broken, where there is one. */
export const explanationOf = ({ law, left, right }: Law, differences: readonly Difference[]): Difference | undefined =>
  differences.find((each) => each.law === law && each.left === left && each.right === right)

export type Law = { readonly law: LawName; readonly left: number; readonly right: number; readonly holds: boolean }
export const lawNames = [
  'present', // hadir = token terbit − token kembali
  'used', // token terpakai = suara elektronik + batal
  'slips', // suara elektronik = struk sah
  'slips-void', // struk batal di amplop tidak lebih dari suara batal
  'slips-kept', // struk batal yang tercetak tidak lebih dari yang di amplop: none of them is missing
  'reprints', // isi amplop cetak ulang = struk yang dicetak ulang
  'pending', // tidak ada suara yang belum diputuskan
  'issued', // token terbit − kembali = token terpakai − batal: nobody kept a token
  'pool', // isi kotak token = terbit + sisa yang dihitung tangan
  'roll', // hadir tidak lebih dari daftar pemilih
] as const
export type LawName = (typeof lawNames)[number]

/** What only hands can count, beside the good slips. */
export type HandCounted = { readonly unused: number; readonly voidSlips: number; readonly replaced: number }

/**
 * The laws that the numbers of a polling place must keep. A token whose ballot was voided is handed back and counts as returned.
 * Counted by hand are `unused`: tokens left in the box, `voidSlips`: papers in the envelope of void slips, and `replaced`: papers in the envelope
 * of reprints; `pool` and `roll` are from the package.
 */
export function reconcile(
  counts: Counts,
  { pool, roll, unused, voidSlips, replaced }: HandCounted & { readonly pool: number; readonly roll: number },
): Law[] {
  const equal = (law: LawName, left: number, right: number): Law => ({ law, left, right, holds: left === right })
  const atMost = (law: LawName, left: number, right: number): Law => ({ law, left, right, holds: left <= right })
  const { present, issued, returned, used, cast, void: voided, pending, slips, slipsVoid, reprints } = counts
  return [
    equal('present', present, issued - returned),
    equal('used', used, cast + voided),
    equal('slips', cast, slips),
    // A vote may be void before its slip was printed, or power was cut while it was.
    atMost('slips-void', voidSlips, voided),
    atMost('slips-kept', slipsVoid, voidSlips),
    equal('reprints', replaced, reprints),
    equal('pending', pending, 0),
    equal('issued', issued - returned, cast),
    equal('pool', pool, issued + unused),
    atMost('roll', present, roll),
  ]
}
