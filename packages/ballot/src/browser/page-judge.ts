import type { Source } from '../archive/source.ts'
import { kernelsOnce } from '../kernel/open.ts'
import { platformRandom } from '../random.ts'
import { openHintedJudge } from '../verify/hinted-judge.ts'
import { plainTextHash } from '../verify/text-hash.ts'
import type { VerifyOptions } from '../verify/verify.ts'
import { startWebThread } from './worker-judge.ts'

/** The text of worker.ts as one script, put in by tools/build-verifier.ts. */
declare const WORKER_SCRIPT: string

/** Who judges in a page: the group's kernel in as many workers as the machine has cores, with hints if there are any. */
export async function openPageJudge(hints: Source | undefined): Promise<{ threads: number; options: VerifyOptions }> {
  const threads = Math.max(1, navigator.hardwareConcurrency || 1)
  const openKernel = kernelsOnce(platformRandom)
  const openJudge = openHintedJudge({
    openKernel,
    tools: { random: platformRandom, hash: plainTextHash },
    threads,
    startThread: startWebThread(WORKER_SCRIPT),
    ...(hints ? { hints } : {}),
  })
  return { threads, options: { openGroup: openKernel, openJudge } }
}
