import { blank, openSheet } from './alter.ts'
import { putTogether, type Tamper } from './draft.ts'

/**
 * Every field of every object of a small election changed, removed, put there twice, exchanged with its neighbour; of
 * a list the first and the last entry. All hashes and the chain fit again, and a ballot is signed again by its voter.
 */
export type FieldMutation = { name: string; bytes: Uint8Array<ArrayBuffer>; inAnswers: boolean }

type Path = (string | number)[]
type Holder = Record<string | number, unknown>

/** The places of a value, the value itself not among them. */
function placesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return []
  const keys = Array.isArray(value) ? [...new Set([0, value.length - 1])].filter((k) => k >= 0) : Object.keys(value)
  return keys.flatMap((key) => [[...path, key], ...placesOf((value as Holder)[key], [...path, key])])
}

/** Another value of the same kind, as near as can be. */
function changed(value: unknown): unknown {
  if (typeof value === 'number') return value + 1
  if (typeof value === 'boolean') return !value
  if (typeof value !== 'string') return undefined
  if (/^\d+$/.test(value)) return `${BigInt(value) + 1n}`
  return value.slice(0, -1) + (value.endsWith('1') ? '2' : '1')
}

const twice = '\u0001twice'

const ways: Record<string, (holder: Holder, key: string | number) => void> = {
  changed(holder, key) {
    holder[key] = changed(holder[key]) ?? holder[key]
  },
  removed(holder, key) {
    if (Array.isArray(holder)) holder.splice(key as number, 1)
    else delete holder[key]
  },
  'there twice'(holder, key) {
    if (Array.isArray(holder)) holder.splice(key as number, 0, holder[key])
    else
      rebuild(holder, (members) =>
        members.flatMap(([k, v]) =>
          k === key
            ? [
                [k, v],
                [`${k}${twice}`, v],
              ]
            : [[k, v]],
        ),
      )
  },
  'exchanged with its neighbour'(holder, key) {
    if (Array.isArray(holder))
      holder.splice(key as number, 2, ...holder.slice(key as number, (key as number) + 2).reverse())
    else
      rebuild(holder, (members) => {
        const at = members.findIndex(([k]) => k === key)
        return members.toSpliced(at, 2, ...members.slice(at, at + 2).reverse())
      })
  },
}

type Member = [string, unknown]
function rebuild(holder: Holder, change: (members: Member[]) => Member[]): void {
  const members = change(Object.entries(holder))
  for (const key of Object.keys(holder)) delete holder[key]
  for (const [key, value] of members) holder[key] = value
}

/** All texts that differ from the given one in one way at one place. */
function* variants(text: string): Generator<{ where: string; path: Path; text: string }> {
  for (const path of placesOf(JSON.parse(text))) {
    for (const [way, change] of Object.entries(ways)) {
      const value: unknown = JSON.parse(text)
      const holder = path.slice(0, -1).reduce<Holder>((inner, key) => inner[key] as Holder, value as Holder)
      change(holder, path.at(-1)!)
      const other = JSON.stringify(value).replaceAll(JSON.stringify(twice).slice(1, -1), '')
      if (other !== text) yield { where: `${path.join('.')} ${way}`, path, text: other }
    }
  }
}

/** Events of the small election: setup, ballot, end, tally, decryption, result. */
const objects: { name: string; event: number; text?: number; upTo: number; part?: 'refer' | 'event' }[] = [
  { name: 'election', event: 0, text: 0, upTo: 2 },
  { name: 'trustees', event: 0, text: 1, upTo: 1 },
  { name: 'credentials', event: 0, text: 2, upTo: 2 },
  { name: 'setup_data', event: 0, upTo: 1, part: 'refer' },
  { name: 'ballot', event: 1, text: 0, upTo: 2 },
  { name: 'tally', event: 3, text: 0, upTo: 4 },
  { name: 'sized tally', event: 3, upTo: 4, part: 'refer' },
  { name: 'decryption', event: 4, text: 0, upTo: 5 },
  { name: 'owner', event: 4, upTo: 5, part: 'refer' },
  { name: 'result', event: 5, text: 0, upTo: 6 },
  { name: 'setup event', event: 0, upTo: 1, part: 'event' },
  { name: 'ballot event', event: 1, upTo: 2, part: 'event' },
  { name: 'end event', event: 2, upTo: 3, part: 'event' },
]

export function* everyField(): Generator<FieldMutation> {
  for (const { name, event, text, upTo, part } of objects) {
    const sheet = openSheet(blank)
    const { draft, events, forge } = sheet
    events.splice(upTo)
    if (part) {
      // What the text would be is only known while the archive is put together.
      let original = ''
      const note: Tamper = part === 'event' ? { eventText: keep } : { refer: keep }
      function keep(written: string, index: number) {
        if (index === event) original = written
        return written
      }
      putTogether(draft, note)
      for (const { where, text: other } of variants(original)) {
        const replace = (written: string, index: number) => (index === event ? other : written)
        const bytes = putTogether(draft, part === 'event' ? { eventText: replace } : { refer: replace })
        yield { name: `${name}: ${where}`, bytes, inAnswers: false }
      }
      continue
    }
    const texts = events[event]!.texts
    const original = texts[text!]!
    for (const { where, path, text: other } of variants(original)) {
      const inAnswers = name === 'ballot' && path[0] === 'answers' && path.length > 2
      texts[text!] = inAnswers ? forge.sign(other) : other
      yield { name: `${name}: ${where}`, bytes: putTogether(draft), inAnswers }
    }
  }
}
