import type { Counts } from './act.ts'

/** A law of the reconciliation sheet (R64): both sides as counted, and whether they agree. */
export type Law = { readonly law: LawName; readonly left: number; readonly right: number; readonly holds: boolean }
export const lawNames = [
  'present', // hadir = token terbit − token kembali
  'used', // token terpakai = suara elektronik + batal
  'slips', // suara elektronik = struk sah
  'slips-void', // struk batal tidak lebih dari suara batal
  'reprints', // isi amplop cetak ulang = struk yang dicetak ulang
  'pending', // tidak ada suara yang belum diputuskan
  'issued', // token terbit − kembali = token terpakai − batal: nobody kept a token
  'pool', // isi kotak token = terbit + sisa yang dihitung tangan
  'roll', // hadir tidak lebih dari daftar pemilih
] as const
export type LawName = (typeof lawNames)[number]

/**
 * The laws that the numbers of a polling place must keep. A token whose ballot was voided is handed back and counts as returned.
 * `unused`: tokens left in the box,
 * `replaced`: papers in the envelope of reprints, both counted by hand; `pool` and `roll` from the package.
 */
export function reconcile(
  counts: Counts,
  { pool, roll, unused, replaced }: { pool: number; roll: number; unused: number; replaced: number },
): Law[] {
  const equal = (law: LawName, left: number, right: number): Law => ({ law, left, right, holds: left === right })
  const atMost = (law: LawName, left: number, right: number): Law => ({ law, left, right, holds: left <= right })
  const { present, issued, returned, used, cast, void: voided, pending, slips, slipsVoid, reprints } = counts
  return [
    equal('present', present, issued - returned),
    equal('used', used, cast + voided),
    equal('slips', cast, slips),
    atMost('slips-void', slipsVoid, voided),
    equal('reprints', replaced, reprints),
    equal('pending', pending, 0),
    equal('issued', issued - returned, cast),
    equal('pool', pool, issued + unused),
    atMost('roll', present, roll),
  ]
}
