import type { Fault } from './fault.ts'
import type { Entry, Order } from './order.ts'
import { type ReadOptions, records } from './read.ts'
import type { Source } from './source.ts'

/**
 * An archive event by event, each with its data records, and every fault of framing, hashes and order where it is found.
 * `order` is the caller's, to be asked for the stage at any moment and for the state at the end.
 */
export async function* entries(
  source: Source,
  order: Order,
  options: ReadOptions = {},
): AsyncGenerator<Entry | Fault, void, void> {
  for await (const item of records(source, options)) {
    if (item.kind === 'fault') {
      yield item
      continue
    }
    const { faults, entry } = order.take(item)
    yield* faults
    if (entry) yield entry
  }
  yield* order.finish()
}
