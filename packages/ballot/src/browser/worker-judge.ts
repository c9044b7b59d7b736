import type { FromJudge } from '../verify/judge-messages.ts'
import type { StartThread, Thread } from '../verify/judge-threads.ts'

/**
 * Starts Web Workers from the text of their script. A page that is a single file, opened from a disk, has no second file
 * to name, and may not read one either; a Blob in its own memory it may run.
 */
export const startWebThread =
  (script: string): StartThread =>
  (answer, ended) => {
    const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }))
    const worker = new Worker(url, { name: 'melayani: judge of ballots' })
    worker.addEventListener('message', ({ data }: MessageEvent<FromJudge>) => {
      // The script has been read by now.
      URL.revokeObjectURL(url)
      answer(data)
    })
    worker.addEventListener('error', (event) => ended(event.message || 'the browser ended it'))
    worker.addEventListener('messageerror', () => ended('an answer could not be read'))
    const thread: Thread = {
      send: (message, handedOver) => worker.postMessage(message, handedOver),
      async end() {
        worker.terminate()
        URL.revokeObjectURL(url)
      },
    }
    return thread
  }
