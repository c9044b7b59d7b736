import type { Source } from '../archive/source.ts'
import type { Group } from '../group/group.ts'
import { openGroup } from '../group/index.ts'
import { openEdwardsKernel } from '../kernel/ed25519.ts'
import type { VerifyOptions } from '../verify/verify.ts'

/** PLACEHOLDER */
export async function openPageJudge(_hints: Source | undefined): Promise<{ threads: number; options: VerifyOptions }> {
  const kernel = await openEdwardsKernel()
  return {
    threads: 1,
    options: { openGroup: (name) => (name === 'Ed25519' ? (kernel as Group<unknown>) : openGroup(name)) },
  }
}
