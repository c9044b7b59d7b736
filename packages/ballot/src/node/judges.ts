import { stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { type KernelsOnce, kernelsOnce } from '../kernel/open.ts'
import { platformRandom } from '../random.ts'
import { openHintedJudge } from '../verify/hinted-judge.ts'
import type { VerifyOptions } from '../verify/verify.ts'
import type { Request } from './command.ts'
import { type FileSource, openFileSource } from './file-source.ts'
import { nodeTools, startNodeThread } from './worker-judge.ts'

/** Below this size an archive is judged before a thread has started. */
const smallArchive = 512 * 1024

export type Judges = Required<Pick<VerifyOptions, 'openGroup' | 'openJudge'>> & {
  /** Closes the hints file. */
  close(): Promise<void>
}

/**
 * Who judges an archive: the group's kernel in WebAssembly, with the hints and the threads that were asked for. Without
 * a word about hints the file ARCHIVE.hints is taken if there is one. Throws when a file that was named cannot be opened.
 */
export async function openJudges(
  file: string,
  request: Pick<Request, 'hints' | 'threads'>,
  openOnce: KernelsOnce = kernelsOnce(platformRandom),
): Promise<Judges> {
  const hints = await openHintsFile(file, request.hints)
  const isSmall = (await stat(file)).size < smallArchive
  return {
    openGroup: openOnce,
    openJudge: openHintedJudge({
      openKernel: openOnce,
      tools: nodeTools,
      threads: request.threads ?? (isSmall ? 1 : availableParallelism()),
      startThread: startNodeThread,
      ...(hints ? { hints } : {}),
    }),
    close: async () => hints?.close(),
  }
}

async function openHintsFile(file: string, hints: Request['hints']): Promise<FileSource | undefined> {
  if (hints === false) return undefined
  if (hints !== undefined) return openFileSource(hints)
  try {
    return await openFileSource(`${file}.hints`)
  } catch {
    return undefined
  }
}
