import type { Group } from '../group/group.ts'
import { platformRandom, type Random } from '../random.ts'
import type { BatchKernel } from './batch.ts'
import { EdwardsBatch } from './edwards-batch.ts'
import { type EdwardsPoint, edwardsGroup } from './edwards-group.ts'
import { startMachine } from './machine.ts'

export type { EdwardsPoint } from './edwards-group.ts'

/**
 * Ed25519 in WebAssembly, for verifiers: it sees public values only and is not constant-time. `fused` says whether the
 * quicker of its two modules runs here (`startMachine`). The elements are the caller's, and the kernel's memory is bounded: 5 MB of
 * tables, and what the largest batch needed (about 220 bytes a point).
 */
export type EdwardsKernel = Group<EdwardsPoint> & BatchKernel<EdwardsPoint> & { readonly fused: boolean }

/**
 * Compiles the kernel. `random` must be a CSPRNG: membership tests of many points together rest on it. `plain` asks for
 * the slower module, for tests. Rejects where the engine has no WebAssembly SIMD, or a page's policy forbids to compile
 * WebAssembly (it takes 'wasm-unsafe-eval'): `openGroup` does everything there, about thirty times as slowly (bench/kernel.ts).
 */
export async function openEdwardsKernel(
  random: Random = platformRandom,
  which: 'best' | 'plain' = 'best',
): Promise<EdwardsKernel> {
  const machine = await startMachine(which)
  const group = edwardsGroup(machine, random)
  return {
    ...group,
    fused: machine.fused,
    hints: {
      elementLength: 32,
      commitmentLength: 64,
      writeElement: (point) => group.affine([point]).slice(0, 32),
      writeCommitment: (point) => group.affine([point]),
    },
    batch: (y, capacity) => new EdwardsBatch(machine, group.generator, y, capacity),
  }
}
