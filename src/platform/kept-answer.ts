/**
 * An answer as this browser keeps it until the server has said that it has it. `after` are the texts this browser sent
 * from the same revision and has heard nothing of: when one of them is what the server holds, then it is this writer's
 * own earlier text, and no conflict.
 */
export type Kept = { value: string; revision: number; after: string[] }

export type Reply =
  | { kind: 'saved'; revision: number; savedAt: string }
  | { kind: 'conflict'; revision: number; value: string; at: string; by: string | null }
  | { kind: 'not-asked'; sentence: string }

const mostUnheard = 20

/** One browser may serve several people of an office: what is kept is its writer's alone. */
export const keyOf = (owner: string, href: string) => `draft:${owner}:${href}`

// A browser without storage (private windows, a full disk) still saves; it only cannot survive a crash.
export function keep(key: string, kept: Kept) {
  try {
    localStorage.setItem(key, JSON.stringify(kept))
  } catch {}
}
export function read(key: string): Kept | undefined {
  try {
    const text = localStorage.getItem(key)
    if (!text) return undefined
    const { value, revision, after = [] } = JSON.parse(text) as Kept
    return { value, revision, after }
  } catch {
    return undefined
  }
}
export function forget(key: string) {
  try {
    localStorage.removeItem(key)
  } catch {}
}
/** The addresses below `path` for which this browser keeps an answer of this person. */
export function keptBelow(owner: string, path: string): string[] {
  const start = keyOf(owner, `${path}/answers/`)
  try {
    const keys = Array.from({ length: localStorage.length }, (_, n) => localStorage.key(n) ?? '')
    return keys.filter((key) => key.startsWith(start)).map((key) => key.slice(keyOf(owner, '').length))
  } catch {
    return []
  }
}

/** One more text was sent from this revision. */
export const sending = (kept: Kept): Kept => ({
  ...kept,
  after: [...kept.after.filter((text) => text !== kept.value), kept.value].slice(-mostUnheard),
})

/** Where to go on from when the server holds what this browser itself sent earlier; undefined for a true conflict. */
export const ownEarlier = (kept: Kept, held: { revision: number; value: string }): Kept | undefined =>
  kept.after.includes(held.value) ? { ...kept, revision: held.revision, after: [] } : undefined

/** Sends one answer. `leaving` outlives the page; browsers take about 64 kB so, and refuse more. */
export async function put(href: string, kept: Kept, leaving = false) {
  const body = JSON.stringify({ value: kept.value, revision: kept.revision, after: kept.after.at(-1) })
  const answer = await fetch(href, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body,
    keepalive: leaving || body.length < 20_000,
    signal: AbortSignal.timeout(20_000),
  })
  return { status: answer.status, reply: (await answer.json().catch(() => undefined)) as Reply | undefined }
}
