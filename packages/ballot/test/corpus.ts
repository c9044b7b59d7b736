import { alter, openSheet, type Sheet } from './archives/alter.ts'

/**
 * Every change of one place in the objects of an archive, made by walking through their JSON: each value changed, each
 * member removed, doubled, exchanged with the next. Hashes and events are made anew each time, and a ballot is signed
 * again where its credential is known, as somebody would who holds the file and a credential.
 */
export type Edit = { readonly name: string; readonly bytes: () => Uint8Array<ArrayBuffer>; readonly what: Where }
export type Where = {
  readonly object: string
  readonly path: string
  readonly kind: 'changed' | 'removed' | 'doubled' | 'exchanged'
  readonly signed: boolean
}

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }
type Step = { readonly path: string; readonly kind: Where['kind']; readonly text: string }

const digits = /^\d+$/

/** Another value of the same kind: the number after it, the element's text with one digit changed, another text. */
function other(value: Json): Json[] {
  if (typeof value === 'number') return [value + 1, ...(value > 0 ? [value - 1] : [])]
  if (typeof value === 'boolean') return [!value]
  if (typeof value !== 'string') return []
  if (digits.test(value)) return [`${BigInt(value) + 1n}`]
  if (/^[0-9a-f]{64}$/.test(value)) return [value.replace(/.$/, (last) => (last === '1' ? '2' : '1'))]
  return [`${value} `]
}

/** All texts that differ from the JSON text of `value` in one place. JSON texts, since a member may stand twice. */
function* edits(value: Json, path = ''): Generator<Step> {
  for (const changed of other(value)) yield { path, kind: 'changed', text: JSON.stringify(changed) }
  if (value === null || typeof value !== 'object') return
  const isList = Array.isArray(value)
  const names = Object.keys(value)
  const entries = names.map((name) => {
    const inner = (value as Record<string, Json>)[name]!
    return { name, inner, text: isList ? JSON.stringify(inner) : `${JSON.stringify(name)}:${JSON.stringify(inner)}` }
  })
  const joined = (texts: readonly string[]) => (isList ? `[${texts.join(',')}]` : `{${texts.join(',')}}`)
  const texts = entries.map(({ text }) => text)
  for (const [at, { name, inner }] of entries.entries()) {
    const here = isList ? `${path}[]` : path ? `${path}.${name}` : name
    yield { path: here, kind: 'removed', text: joined(texts.toSpliced(at, 1)) }
    yield { path: here, kind: 'doubled', text: joined(texts.toSpliced(at, 0, texts[at]!)) }
    if (at + 1 < texts.length && texts[at] !== texts[at + 1])
      yield { path: here, kind: 'exchanged', text: joined(texts.toSpliced(at, 2, texts[at + 1]!, texts[at]!)) }
    for (const step of edits(inner, here))
      yield { ...step, text: joined(texts.with(at, isList ? step.text : `${JSON.stringify(name)}:${step.text}`)) }
  }
}

const objects: Record<string, readonly string[]> = {
  Setup: ['election', 'trustees', 'credentials'],
  Ballot: ['ballot'],
  EncryptedTally: ['tally'],
  PartialDecryption: ['decryption'],
  Result: ['result'],
}

/** The edits of an archive. Of several ballots and decryptions, the last of each kind. */
export function* corpusOf(archive: string): Generator<Edit> {
  const { events } = openSheet(archive)
  const last = new Map(events.map(({ type }, at) => [type, at]))
  for (const [type, at] of last) {
    for (const [k, object] of (objects[type] ?? []).entries()) {
      for (const step of edits(JSON.parse(events[at]!.texts[k]!) as Json)) {
        const made = (signed: boolean): Edit => ({
          name: `${archive}: ${object} ${step.path} ${step.kind}${signed ? ', signed again' : ''}`,
          what: { object, path: step.path, kind: step.kind, signed },
          bytes: alter(archive, (sheet) => put(sheet, at, k, step.text, signed)),
        })
        yield made(false)
        if (object === 'ballot' && !step.path.startsWith('signature') && !step.path.startsWith('credential'))
          yield made(true)
      }
    }
  }
  // Events and the records that only refer: members of each, hashes following.
  for (const at of events.keys()) {
    for (const kind of ['event', 'refer'] as const) {
      const shape = kind === 'event' ? ['parent', 'height', 'type', 'payload'] : Object.keys(refersOf(archive, at))
      for (const name of shape) {
        const changes: [Where['kind'], (value: Record<string, Json>) => string][] = [
          ['changed', (value) => JSON.stringify({ ...value, [name]: other(value[name]!)[0]! })],
          ['removed', ({ [name]: _, ...rest }) => JSON.stringify(rest)],
          [
            'doubled',
            (value) => JSON.stringify(value).replace('{', `{${JSON.stringify(name)}:${JSON.stringify(value[name])},`),
          ],
          ['exchanged', (value) => JSON.stringify(Object.fromEntries(Object.entries(value).reverse()))],
        ]
        for (const [change, text] of changes) {
          const applied = (source: string, index: number) => {
            const value = JSON.parse(source) as Record<string, Json>
            return index === at && name in value ? text(value) : source
          }
          if (kind === 'event' && at === 0 && name === 'parent') continue
          if (kind === 'event' && name === 'payload' && events[at]!.type === 'EndBallots') continue
          yield {
            name: `${archive}: ${kind} ${at} (${events[at]!.type}) ${name} ${change}`,
            what: { object: kind, path: name, kind: change, signed: false },
            bytes: alter(archive, () => (kind === 'event' ? { eventText: applied } : { refer: applied })),
          }
        }
      }
    }
  }
  // Whole events: left out, twice, exchanged with the next.
  for (const at of events.keys()) {
    const whole: [Where['kind'], (list: Sheet['events']) => void][] = [
      ['removed', (list) => list.splice(at, 1)],
      ['doubled', (list) => list.splice(at, 0, list[at]!)],
    ]
    if (at + 1 < events.length) whole.push(['exchanged', (list) => list.splice(at, 2, list[at + 1]!, list[at]!)])
    for (const [kind, change] of whole)
      yield {
        name: `${archive}: the whole event ${at} (${events[at]!.type}) ${kind}`,
        what: { object: 'whole event', path: events[at]!.type, kind, signed: false },
        bytes: alter(archive, (sheet) => {
          change(sheet.events)
          return undefined
        }),
      }
  }
}

function refersOf(archive: string, at: number): Record<string, unknown> {
  const { refers } = openSheet(archive).events[at]!
  return refers ? { ...refers.more, ...Object.fromEntries(refers.names.map((name) => [name, ''])) } : {}
}

function put({ events, forge }: Sheet, at: number, k: number, text: string, signed: boolean): undefined {
  events[at]!.texts[k] = signed ? forge.sign(text) : text
  return undefined
}
