import type { Group } from '../group/group.ts'
import { belenios2048, rfc3526 } from '../group/parameters.ts'
import { platformRandom, type Random } from '../random.ts'
import type { BatchKernel } from './batch.ts'
import { ResidueBatch } from './residues-batch.ts'
import { kernelGroup } from './residues-group.ts'
import { type Residue, startMachine } from './residues-machine.ts'

export type { Residue } from './residues-machine.ts'

/**
 * A 2048-bit group in WebAssembly, for verifiers: it sees public values only and is not constant-time. `fused` says
 * whether the quicker of its two modules runs here. Elements belong to the caller; the kernel's memory is bounded: tables
 * (7 MB; 58 MB for RFC-3526-2048) and what the largest batch needed (about 400 bytes a point).
 */
export type ResidueKernel = Group<Residue> &
  BatchKernel<Residue> & {
    readonly fused: boolean
    /** Product of the bases, each to its exponent in [0, q). */
    powers(bases: readonly Residue[], exponents: readonly bigint[]): Residue
  }

const groups = { 'BELENIOS-2048': belenios2048, 'RFC-3526-2048': rfc3526 } as const

/** Compiles the kernel. `random` must be a CSPRNG: membership tests of many elements together rest on it. */
export async function openResidueKernel(
  name: keyof typeof groups,
  random: Random = platformRandom,
  which: 'best' | 'plain' = 'best',
): Promise<ResidueKernel> {
  const machine = await startMachine(groups[name], which)
  const { read, readBytes, writeBytes, product, ...group } = kernelGroup(machine, random)
  const whole = { ...group, read, readBytes, writeBytes, product }
  return {
    ...group,
    fused: machine.fused,
    hints: {
      elementLength: 0,
      commitmentLength: 256,
      writeElement: () => new Uint8Array(),
      writeCommitment: writeBytes,
    },
    batch: (y, capacity) => new ResidueBatch(machine, whole, y, capacity),
  }
}
