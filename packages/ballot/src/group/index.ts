import { curveGroup } from './curve.ts'
import type { Group, GroupName } from './group.ts'
import { belenios2048, rfc3526 } from './parameters.ts'
import { residueGroup } from './residues.ts'

const groups = {
  'BELENIOS-2048': residueGroup(belenios2048),
  'RFC-3526-2048': residueGroup(rfc3526),
  Ed25519: curveGroup,
} as const

/** The group for whatever touches a secret: constant-time as far as the platform allows. */
export const openGroup = (name: GroupName): Group<unknown> => groups[name] as Group<unknown>
