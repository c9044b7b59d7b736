import { Order, type OrderState, padded, type ReadOptions, readEvent, records, type Source } from '../archive/index.ts'

/** How far an archive is sound, and what comes after that. */
export interface Scan {
  /** Behind the last event (or the first record) up to which nothing is wrong; 0 if not even the first record is sound. */
  readonly end: number
  /** There. */
  readonly state: OrderState
  /** The first thing that is wrong or incomplete, and its byte; '' if nothing is. */
  readonly detail: string
  readonly offset: number
  /** Whole events, each with the name its body has, at the first fault or after it. A torn write leaves none. */
  readonly eventsAfter: number
}

/**
 * Reads an archive to its end to find out whether its end is torn. A file grows by appends, each of data records and
 * their event, and what was synced stays: so a crash can only leave a beginning of what was appended last, which has no
 * whole event in it that does not belong to the sound part. An event after a fault means damage, or another hand.
 */
export async function scanArchive(source: Source & { readonly size: number }, options: ReadOptions): Promise<Scan> {
  const order = new Order()
  let end = 0
  let eventsAfter = 0
  let first: { detail: string; offset: number } | undefined
  for await (const item of records(source, options)) {
    if (item.kind === 'fault') {
      first ??= { detail: `${item.rule}: ${item.detail}`, offset: item.offset }
      continue
    }
    if (first === undefined) {
      const [fault] = order.take(item).faults
      if (fault) first = { detail: `${fault.rule}: ${fault.detail}`, offset: fault.offset }
      else if (item.kind !== 'data') end = item.offset + 512 + padded(item.body.length)
    }
    if (first !== undefined && item.kind === 'event' && item.name === `${item.hash}.event.json`)
      if (readEvent(item.body).canonical) eventsAfter++
  }
  if (first === undefined && end < source.size)
    first = { detail: 'record.unreferenced: data records without their event', offset: end }
  const state = first === undefined ? order.state : await stateAt(source, end, options)
  return { end, state, detail: first?.detail ?? '', offset: first?.offset ?? source.size, eventsAfter }
}

/** The state after the first `end` bytes, which are known to be sound. */
async function stateAt(source: Source, end: number, options: ReadOptions): Promise<OrderState> {
  const order = new Order()
  const part: Source = {
    size: end,
    read: (offset, length) => source.read(offset, Math.max(0, Math.min(length, end - offset))),
  }
  if (end > 0)
    for await (const item of records(part, { ...options, hash: 'deferred' }))
      if (item.kind !== 'fault') order.take(item)
  return order.state
}
