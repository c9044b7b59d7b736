import { type Medium, MediumLost } from '../media/medium.ts'

/**
 * One JSON document that the device keeps over a restart, on all its media. The newest of what the media hold counts, by
 * `newer`; where there is none, undefined.
 */
export function openMemory<T>(media: readonly Medium[], file: string, newer: (a: T, b: T) => boolean = () => false) {
  const surviving = <V>(work: () => V): V | undefined => {
    try {
      return work()
    } catch (error) {
      // The log's own writing tells when a medium is gone; here the others do.
      if (error instanceof MediumLost || error instanceof SyntaxError) return undefined
      throw error
    }
  }
  const found = media.flatMap((medium) => {
    const value = surviving(() => {
      const bytes = medium.read(file)
      return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as T)
    })
    return value === undefined ? [] : [value]
  })
  let value = found.reduce<T | undefined>(
    (best, each) => (best === undefined || newer(each, best) ? each : best),
    undefined,
  )
  return {
    get: () => value,
    set(next: T) {
      value = next
      const bytes = new TextEncoder().encode(JSON.stringify(next))
      for (const medium of media) surviving(() => medium.replace(file, bytes))
    },
  }
}
