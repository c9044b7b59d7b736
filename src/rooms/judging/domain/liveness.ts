/** What a computation's row says of the process that works on it. `silent` is for how many milliseconds nobody heard of it. */
export type Working = { id: string; worker: string; silent: number }

/** What this process knows: its own name as `host/pid`, the computations it works on, and whether another of its host lives. */
export type Here = { worker: string; works: (id: string) => boolean; lives: (pid: number) => boolean }

const longestSilence = 60_000

/**
 * Does anybody still work on this computation? One of this process is known for certain, one of another process of the
 * same host by whether that process lives; of a process elsewhere only how long it has been silent.
 */
export function isWorkedOn({ id, worker, silent }: Working, here: Here): boolean {
  if (here.works(id)) return true
  if (worker === here.worker) return false
  const [host, pid] = split(worker)
  if (host === split(here.worker)[0] && !here.lives(Number(pid))) return false
  return silent < longestSilence
}

function split(worker: string): [host: string, pid: string] {
  const at = worker.lastIndexOf('/')
  return [worker.slice(0, at), worker.slice(at + 1)]
}
