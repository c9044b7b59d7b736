import { createHash } from 'node:crypto'

/**
 * An archive taken apart to be altered by hand and put together again with all hashes, parents and heights right, so
 * that nothing but the alteration is wrong. It shares no code with the package's own reader and writer.
 */
export type DraftEvent = {
  type: string
  /** Data records before the event, but for the one that refers to them. */
  texts: string[]
  /** That one: what it holds beside the hashes of `texts`, which it names by these words. */
  refers?: { names: string[]; more: Record<string, unknown> }
}
export type Draft = { timestamp: string; events: DraftEvent[] }

export const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex')

export function takeApart(bytes: Uint8Array): Draft {
  const [first, ...entries] = readEntries(bytes)
  const events: DraftEvent[] = []
  let texts: string[] = []
  for (const { name, text } of entries) {
    if (name.endsWith('.data.json')) {
      texts.push(text)
      continue
    }
    const { type } = JSON.parse(text) as { type: string }
    const event: DraftEvent = { type, texts }
    if (['Setup', 'EncryptedTally', 'PartialDecryption'].includes(type)) {
      const value: Record<string, unknown> = JSON.parse(texts.pop()!)
      const isHash = ([, value]: [string, unknown]) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
      const members = Object.entries(value)
      event.refers = {
        names: members.filter(isHash).map(([name]) => name),
        more: Object.fromEntries(members.filter((member) => !isHash(member))),
      }
    }
    events.push(event)
    texts = []
  }
  return { timestamp: JSON.parse(first!.text).timestamp, events }
}

export type Entry = { name: string; text: string }

export function readEntries(bytes: Uint8Array): Entry[] {
  const entries: Entry[] = []
  const buffer = Buffer.from(bytes)
  for (let at = 0; at < buffer.length; ) {
    const size = Number.parseInt(buffer.toString('latin1', at + 124, at + 135), 8)
    entries.push({
      name: buffer.toString('latin1', at, at + 100).replace(/\0+$/, ''),
      text: buffer.toString('utf8', at + 512, at + 512 + size),
    })
    at += 512 + Math.ceil(size / 512) * 512
  }
  return entries
}

/** What to do with an event or a referring record after it was written and before it is hashed. */
export type Tamper = {
  event?: (event: Record<string, unknown>, index: number) => Record<string, unknown>
  eventText?: (text: string, index: number) => string
  refer?: (text: string, index: number) => string
  entries?: (entries: Entry[]) => Entry[]
}

export function putTogether({ timestamp, events }: Draft, tamper: Tamper = {}): Uint8Array<ArrayBuffer> {
  const entries: Entry[] = [{ name: 'BELENIOS', text: JSON.stringify({ version: 1, timestamp }) }]
  let parent: string | undefined
  for (const [height, { type, texts, refers }] of events.entries()) {
    const all = [...texts]
    if (refers) {
      const named = refers.names.map((name, k): [string, unknown] => [name, sha256(texts[k]!)])
      const text = JSON.stringify({ ...refers.more, ...Object.fromEntries(named) })
      all.push(tamper.refer?.(text, height) ?? text)
    }
    for (const text of all) entries.push({ name: `${sha256(text)}.data.json`, text })
    const payload = all.length > 0 ? { payload: sha256(all.at(-1)!) } : {}
    const event = { ...(parent ? { parent } : {}), height, type, ...payload }
    const plain = JSON.stringify(tamper.event?.(event, height) ?? event)
    const text = tamper.eventText?.(plain, height) ?? plain
    parent = sha256(text)
    entries.push({ name: `${parent}.event.json`, text })
  }
  return writeEntries(tamper.entries?.(entries) ?? entries, Number(timestamp))
}

export function writeEntries(entries: Entry[], mtime: number): Uint8Array<ArrayBuffer> {
  const blocks = entries.flatMap(({ name, text }) => {
    const body = Buffer.from(text)
    const padded = Buffer.alloc(Math.ceil(body.length / 512) * 512)
    body.copy(padded)
    return [headerOf(name, body.length, mtime), padded]
  })
  return Uint8Array.from(Buffer.concat(blocks))
}

export function headerOf(name: string, size: number, mtime: number): Buffer {
  const header = Buffer.alloc(512)
  header.write(name, 0, 'latin1')
  header.write('0000644\x000000000\x000000000\0', 100, 'latin1')
  header.write(`${size.toString(8).padStart(11, '0')}\0${mtime.toString(8).padStart(11, '0')}\0`, 124, 'latin1')
  header.write('0', 156, 'latin1')
  return sealHeader(header)
}

/** Writes the checksum anew. */
export function sealHeader(header: Buffer): Buffer {
  header.write('        ', 148, 'latin1')
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return header
}
