import type { Group, GroupName } from '../group/group.ts'
import type { Random } from '../random.ts'
import type { BatchKernel } from './batch.ts'
import { openEdwardsKernel } from './ed25519.ts'
import { openResidueKernel } from './residues.ts'

/** A group in WebAssembly with its batches. It sees public values only. */
export type Kernel = Group<unknown> & BatchKernel<unknown>

/** The kernel of a group. `random` must be a CSPRNG. Throws where WebAssembly cannot be compiled. */
export async function openKernel(name: GroupName, random: Random): Promise<Kernel> {
  return (name === 'Ed25519' ? await openEdwardsKernel(random) : await openResidueKernel(name, random)) as Kernel
}

/** Opens kernels, each once. */
export type KernelsOnce = (name: GroupName) => Promise<Kernel>

export function kernelsOnce(random: Random): KernelsOnce {
  const opened = new Map<GroupName, Promise<Kernel>>()
  return (name) => {
    const kernel = opened.get(name) ?? openKernel(name, random)
    opened.set(name, kernel)
    return kernel
  }
}
