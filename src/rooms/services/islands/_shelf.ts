import { type Box, boxed, textOf, unboxed } from './_box.ts'

/**
 * Where the phone keeps things. Values lie in boxes only; what stands beside them in the open are ids made by chance, the
 * service and the role they belong to, and how far they are.
 */
export type Stored = {
  id: string
  n: number
  device: string
  service: string
  role: string
  /** The case that it moves. */
  case: string | null
  state: 'waiting' | 'done' | 'refused' | 'held' | 'sealed'
  box: Box
}
export type Kept = { key: string; service: string; box: Box }
export type Known = {
  device: string
  token: string
  person: string
  salt: Uint8Array<ArrayBuffer>
  own: CryptoKey
  /** A box that opens with the right PIN. */
  check: Box
  wrong: number
  until: number
}

let opened: Promise<IDBDatabase> | undefined

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open('melayani-field', 1)
    asked.onupgradeneeded = () => {
      const db = asked.result
      db.createObjectStore('meta')
      db.createObjectStore('locks')
      db.createObjectStore('shelf', { keyPath: 'key' }).createIndex('service', 'service')
      const reports = db.createObjectStore('reports', { keyPath: 'id' })
      reports.createIndex('state', ['state', 'n'])
      reports.createIndex('n', 'n')
      reports.createIndex('service', 'service')
      db.createObjectStore('media', { keyPath: 'key' }).createIndex('report', 'report')
    }
    asked.onsuccess = () => done(asked.result)
    asked.onerror = () => failed(asked.error ?? new Error('no storage'))
  })
  return opened
}

const ended = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => failed(request.error ?? new Error('storage'))
  })

type Store = 'meta' | 'locks' | 'shelf' | 'reports' | 'media'

/** One act on the stores: all of it is on the disk, or nothing. */
export async function act<T>(
  stores: Store[],
  work: (store: (name: Store) => IDBObjectStore) => Promise<T>,
): Promise<T> {
  const tx = (await open()).transaction(stores, 'readwrite', { durability: 'strict' })
  const over = new Promise<void>((done, failed) => {
    tx.oncomplete = () => done()
    tx.onabort = tx.onerror = () => failed(tx.error ?? new Error('storage'))
  })
  const result = await work((name) => tx.objectStore(name))
  await over
  return result
}

async function reading<T>(store: Store, work: (store: IDBObjectStore) => Promise<T>): Promise<T> {
  return work((await open()).transaction(store, 'readonly').objectStore(store))
}

export const readMeta = <T>(key: string) => reading('meta', (s) => ended(s.get(key) as IDBRequest<T | undefined>))
export const writeMeta = (key: string, value: unknown) => act(['meta'], async (s) => void s('meta').put(value, key))

export const readLocks = async (): Promise<Map<string, Box>> =>
  reading('locks', async (s) => {
    const [keys, boxes] = await Promise.all([ended(s.getAllKeys()), ended(s.getAll() as IDBRequest<Box[]>)])
    return new Map(keys.map((key, i) => [String(key), boxes[i]!]))
  })
export const writeLock = (service: string, box: Box) => act(['locks'], async (s) => void s('locks').put(box, service))
export const dropLocks = () => act(['locks'], async (s) => void s('locks').clear())

export async function readKept<T>(key: string, keys: ReadonlyMap<string, CryptoKey>): Promise<T | undefined> {
  const kept = await reading('shelf', (s) => ended(s.get(key) as IDBRequest<Kept | undefined>))
  const lock = kept && keys.get(kept.service)
  return lock && (JSON.parse(textOf(await unboxed(lock, kept.box))) as T)
}
export async function writeKept(key: string, service: string, lock: CryptoKey, value: unknown): Promise<void> {
  const box = await boxed(lock, JSON.stringify(value))
  await act(['shelf'], async (s) => void s('shelf').put({ key, service, box } satisfies Kept))
}
export const dropKept = (key: string) => act(['shelf'], async (s) => void s('shelf').delete(key))
export const keptKeys = (prefix: string) =>
  reading('shelf', async (s) => (await ended(s.getAllKeys(IDBKeyRange.bound(prefix, `${prefix}\uffff`)))).map(String))

/** A new report, with the number that it has in the order of capture. Its draft goes in the same act. */
export async function addReport(report: Omit<Stored, 'n'>, media: readonly string[]): Promise<void> {
  await act(['reports', 'shelf', 'media', 'meta'], async (s) => {
    const n = ((await ended(s('meta').get('n') as IDBRequest<number | undefined>)) ?? 0) + 1
    s('meta').put(n, 'n')
    s('reports').put({ ...report, n })
    s('shelf').delete('draft')
    // Files of questions that do not apply (any more) are not kept.
    for (const key of await ended(s('media').index('report').getAllKeys(report.id)))
      if (!media.includes(String(key).split(':')[1]!)) s('media').delete(key)
  })
}

export const readReport = (id: string) => reading('reports', (s) => ended(s.get(id) as IDBRequest<Stored | undefined>))

export async function changeReport(id: string, change: Partial<Stored>, dropMedia: boolean): Promise<void> {
  await act(['reports', 'media'], async (s) => {
    const report = await ended(s('reports').get(id) as IDBRequest<Stored | undefined>)
    if (!report) return
    s('reports').put({ ...report, ...change })
    if (dropMedia) for (const key of await ended(s('media').index('report').getAllKeys(id))) s('media').delete(key)
  })
}

export async function dropReport(id: string): Promise<void> {
  await act(['reports', 'media'], async (s) => {
    s('reports').delete(id)
    for (const key of await ended(s('media').index('report').getAllKeys(id))) s('media').delete(key)
  })
}

/** Reports of one state, oldest first, at most so many; those of `beyond` are stepped over. */
export function listState(
  state: Stored['state'],
  most: number,
  beyond: (report: Stored) => boolean = () => false,
): Promise<Stored[]> {
  return reading('reports', (s) =>
    walk(s.index('state').openCursor(IDBKeyRange.bound([state], [state, []])), most, beyond),
  )
}

/** All reports, newest first, a page at a time: those before the number `before`. */
export function listReports(before: number, most: number): Promise<Stored[]> {
  return reading('reports', (s) =>
    walk(s.index('n').openCursor(IDBKeyRange.upperBound(before, true), 'prev'), most, () => false),
  )
}

function walk(
  asked: IDBRequest<IDBCursorWithValue | null>,
  most: number,
  beyond: (report: Stored) => boolean,
): Promise<Stored[]> {
  return new Promise((done, failed) => {
    const found: Stored[] = []
    asked.onerror = () => failed(asked.error ?? new Error('storage'))
    asked.onsuccess = () => {
      const cursor = asked.result
      if (!cursor || found.length === most) return done(found)
      if (!beyond(cursor.value as Stored)) found.push(cursor.value as Stored)
      cursor.continue()
    }
  })
}

/** The services of which reports are kept here. */
export const reportServices = () =>
  reading('reports', async (s) => {
    const found: string[] = []
    await new Promise<void>((done, failed) => {
      const asked = s.index('service').openKeyCursor(null, 'nextunique')
      asked.onerror = () => failed(asked.error ?? new Error('storage'))
      asked.onsuccess = () => {
        if (!asked.result) return done()
        found.push(String(asked.result.key))
        asked.result.continue()
      }
    })
    return found
  })

export const countState = (state: Stored['state']) =>
  reading('reports', (s) => ended(s.index('state').count(IDBKeyRange.bound([state], [state, []]))))

export const addFile = (report: string, hash: string, box: Box) =>
  act(['media'], async (s) => void s('media').put({ key: `${report}:${hash}`, report, box }))
export const filesOf = (report: string) =>
  reading('media', (s) => ended(s.index('report').getAll(report) as IDBRequest<{ key: string; box: Box }[]>))

/**
 * All of a service that could be read goes: its lock, forms and cases. Reports that were not sent stay, sealed: nobody can
 * read them here any more. Those that were are gone.
 */
export async function forgetService(service: string): Promise<void> {
  await act(['locks', 'shelf', 'reports'], async (s) => {
    s('locks').delete(service)
    for (const key of await ended(s('shelf').index('service').getAllKeys(service))) s('shelf').delete(key)
    const reports = await ended(s('reports').index('service').getAll(service) as IDBRequest<Stored[]>)
    for (const report of reports)
      if (report.state === 'done' || report.state === 'held') s('reports').delete(report.id)
      else s('reports').put({ ...report, state: 'sealed' })
  })
}

/** The service is there again: what was sealed for want of its key waits again. */
export async function unsealService(service: string, device: string): Promise<void> {
  await act(['reports'], async (s) => {
    const reports = await ended(s('reports').index('service').getAll(service) as IDBRequest<Stored[]>)
    for (const report of reports)
      if (report.state === 'sealed' && report.device === device) s('reports').put({ ...report, state: 'waiting' })
  })
}
