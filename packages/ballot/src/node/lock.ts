import { DatabaseSync } from 'node:sqlite'

/** Somebody else has the lock. */
export class Locked extends Error {
  override name = 'Locked'
}

/**
 * Takes the lock `path` (a file that stays, with nothing in it) and returns what gives it back. It is a lock of the
 * operating system's, held through SQLite since Node has no other way to one: whatever ends the process ends it too, so
 * that no stale lock is ever left to judge. Throws Locked at once when another process or this one holds it.
 */
export function takeLock(path: string): () => void {
  const database = new DatabaseSync(path)
  try {
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    const busy = 5
    if ((error as { errcode?: number }).errcode === busy) throw new Locked(`${path} is held by another writer`)
    throw error
  }
  return () => database.close()
}
