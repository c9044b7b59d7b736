import { randomUUIDv7 } from 'node:crypto'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** A new UUIDv7: sortable by time, so that indexes grow at one end. */
export const newId = (): string => randomUUIDv7()

/** Ids are parsed at the edge: a mistyped one is not found, it is not a database error. */
export const isId = (text: string | undefined): text is string => text !== undefined && uuid.test(text)
