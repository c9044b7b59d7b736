import { entries, Order, type Source } from './archive/index.ts'

/** A tracking code as records are called: its 32 bytes in hexadecimal. Undefined when it is none. White space is left out. */
export function hashOfTrackingCode(code: string): string | undefined {
  const text = code.replace(/\s/g, '').replace(/=$/, '')
  if (!/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]$/.test(text)) return undefined
  return Array.from(atob(`${text}=`), (letter) => letter.charCodeAt(0).toString(16).padStart(2, '0')).join('')
}

/**
 * Where an archive holds the ballot with a tracking code: its number among the ballots, from 1, and how many there are.
 * Only whoever has verified the archive knows that the record is what it is called.
 */
export async function followBallot(
  source: Source,
  code: string,
): Promise<{ number: number | undefined; count: number }> {
  const wanted = hashOfTrackingCode(code)
  let number: number | undefined
  let count = 0
  for await (const item of entries(source, new Order(), { hash: 'deferred' })) {
    if (item.kind !== 'entry' || item.event.type !== 'Ballot') continue
    count++
    if (item.event.payload === wanted) number ??= count
  }
  return { number, count }
}
