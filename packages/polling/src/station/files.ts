import { hashOf } from '../format/index.ts'
import { type Medium, MediumLost } from '../media/medium.ts'

/** The documents of a station, whole files on all its media; the log names the hash of each that matters. */
export type Files = {
  /** Durable on every medium that holds when it returns. Throws MediumLost when none does. */
  put(name: string, body: Uint8Array | string): void
  /** The first medium's that has it; with `hash` the one of that text. A medium that has another is brought to agree. */
  get(name: string, hash?: string): Uint8Array | undefined
  text(name: string, hash?: string): string | undefined
  readonly lost: readonly string[]
  /** Tries lost media again. */
  rejoin(): void
}

export function openFiles(media: readonly Medium[]): Files {
  const lost = new Set<Medium>()
  const surviving = <T>(medium: Medium, work: () => T): T | undefined => {
    if (lost.has(medium)) return undefined
    try {
      return work()
    } catch (error) {
      if (!(error instanceof MediumLost)) throw error
      lost.add(medium)
      return undefined
    }
  }
  const put = (name: string, body: Uint8Array | string) => {
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
    for (const medium of media) surviving(medium, () => medium.replace(name, bytes))
    if (media.every((medium) => lost.has(medium))) throw new MediumLost(media.map((each) => each.name).join(', '), name)
  }
  const get = (name: string, hash?: string) => {
    const found = media.map((medium) => ({ medium, body: surviving(medium, () => medium.read(name)) }))
    const right = found.find(({ body }) => body !== undefined && (hash === undefined || hashOf(body) === hash))?.body
    if (!right) return undefined
    for (const { medium, body } of found)
      if (!body || Buffer.compare(body, right) !== 0) surviving(medium, () => medium.replace(name, right))
    return right
  }
  return {
    put,
    get,
    text: (name, hash) => {
      const body = get(name, hash)
      return body && new TextDecoder().decode(body)
    },
    get lost() {
      return media.filter((medium) => lost.has(medium)).map(({ name }) => name)
    },
    rejoin: () => lost.clear(),
  }
}

/** A JSON file that this very program wrote; undefined when there is none. */
export function readJson<T>(files: Files, name: string): T | undefined {
  const text = files.text(name)
  return text === undefined ? undefined : (JSON.parse(text) as T)
}
