import { platformRandom } from '../random.ts'
import type { FromJudge, ToJudge } from '../verify/judge-messages.ts'
import { judgeThread } from '../verify/judge-thread.ts'
import { plainTextHash } from '../verify/text-hash.ts'

/** The script of a Web Worker that judges ballots. What a worker has of its global scope: */
type Scope = {
  addEventListener(type: 'message', listener: (event: MessageEvent<ToJudge>) => void): void
  postMessage(message: FromJudge): void
}
const scope = globalThis as unknown as Scope

const work = judgeThread({ random: platformRandom, hash: plainTextHash })
let last: Promise<void> = Promise.resolve()
// One after the other: a chunk may come while the kernel is still being compiled.
scope.addEventListener('message', ({ data }) => {
  last = last.then(async () => scope.postMessage(await work(data)))
})
