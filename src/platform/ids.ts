import { randomUUIDv7 } from 'node:crypto'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

let last = ''

/** A new UUIDv7: sortable by time, so that indexes grow at one end; those of one millisecond keep their order too. */
export function newId(): string {
  const fresh = randomUUIDv7()
  const next = () => (Number.parseInt(last.slice(24), 16) + 1).toString(16).padStart(12, '0')
  last = fresh > last ? fresh : `${last.slice(0, 24)}${next()}`
  return last
}

/** Ids are parsed at the edge: a mistyped one is not found, it is not a database error. */
export const isId = (text: string | undefined): text is string => text !== undefined && uuid.test(text)
