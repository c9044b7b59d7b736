import type { Group } from '../src/group/group.ts'
import { openGroup } from '../src/group/index.ts'
import { openEdwardsKernel } from '../src/kernel/ed25519.ts'
import { verify } from '../src/verify/verify.ts'
import type { Case } from './further-cases.ts'

/** A verdict, then the rules that were named, each once, in alphabetical order. */
export type Said = readonly string[]

const kernel = await openEdwardsKernel()

export async function sayingOf({ source, options }: Case, judge: typeof verify = verify): Promise<Said> {
  const report = await judge(source(), {
    ...options,
    openGroup: (name) => (name === 'Ed25519' ? (kernel as Group<unknown>) : openGroup(name)),
  })
  return [report.verdict, ...[...new Set(report.findings.map(({ rule }) => rule))].sort()]
}
