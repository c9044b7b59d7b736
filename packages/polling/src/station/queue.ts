import { bookOf } from '../desk/book.ts'
import type { Station } from './station.ts'

/** Of the closed queue how many were let in at the desks, as far as their logs are here; undefined while everybody may come. */
export function queuedAt({ state, logs }: Pick<Station, 'state' | 'logs'>): { n: number; of: number } | undefined {
  const { queue } = state()
  return queue && { n: bookOf(logs.lines.values()).queued(queue.round), of: queue.standing }
}
