import type { Group, GroupName } from '../src/group/group.ts'
import { openGroup } from '../src/group/index.ts'
import { openEdwardsKernel } from '../src/kernel/ed25519.ts'

const kernel = await openEdwardsKernel()

/** Groups for tests that judge many archives: the curve by its kernel, which takes a tenth of the time. */
export const quickGroup = (name: GroupName): Group<unknown> =>
  name === 'Ed25519' ? (kernel as Group<unknown>) : openGroup(name)
