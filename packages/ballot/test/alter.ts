import {
  bytesSource,
  type EventType,
  entries,
  frame,
  Order,
  type Role,
  writeEvent,
  writeOwned,
  writeSetupData,
} from '../src/archive/index.ts'
import { joined } from '../src/archive/source.ts'
import { writeSizedTally } from '../src/format/tally.ts'
import { hexHash } from '../src/hash.ts'

/** An event with the texts of its records. Hashes, parents, heights and the records that only refer are made anew. */
export interface Step {
  type: EventType
  /** Of the records that hold something: election, trustees, public_credentials, ballot, encrypted_tally … */
  texts: Partial<Record<Role, string>>
  /** Of a partial decryption. */
  owner?: number
  /** Of a tally. */
  sized?: { num_tallied: number; total_weight: bigint }
}

/** An archive taken apart, to be changed and put together again. */
export interface Taken {
  timestamp: number
  steps: Step[]
}

const referring: readonly Role[] = ['setup_data', 'owned', 'sized_encrypted_tally']

export async function takeApart(bytes: Uint8Array): Promise<Taken> {
  const order = new Order()
  const steps: Step[] = []
  for await (const item of entries(bytesSource(bytes), order)) {
    if (item.kind === 'fault') throw new Error(`${item.rule}: ${item.detail}`)
    const { event, parts, owned, sized } = item
    const texts: Step['texts'] = {}
    for (const [role, record] of Object.entries(parts) as [Role, { body: Uint8Array }][])
      if (!referring.includes(role)) texts[role] = new TextDecoder().decode(record.body)
    steps.push({
      type: event.type,
      texts,
      ...(owned && { owner: owned.owner }),
      ...(sized && { sized: { num_tallied: sized.num_tallied, total_weight: sized.total_weight } }),
    })
  }
  return { timestamp: order.state.timestamp!, steps }
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
/** For bytes that are no UTF-8: each character is one byte. */
export const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'))

/** The records of one step as texts, in their order, the event's payload last. */
function recordsOf({ type, texts, owner, sized }: Step, hashOf: (text: string) => string): string[] {
  const { election, trustees, public_credentials, credentials_certificate, encrypted_tally, partial_decryption } = texts
  switch (type) {
    case 'Setup': {
      const own = [election!, trustees!, public_credentials!]
      const certificate = credentials_certificate === undefined ? [] : [credentials_certificate]
      const [e, t, c, s] = [...own, ...certificate].map(hashOf) as [string, string, string, string?]
      const data = { election: e, trustees: t, credentials: c, ...(s !== undefined && { credentials_certificate: s }) }
      return [...own, ...certificate, writeSetupData(data)]
    }
    case 'EncryptedTally':
      return [encrypted_tally!, writeSizedTally({ ...sized!, encrypted_tally: hashOf(encrypted_tally!) })]
    case 'PartialDecryption':
      return [partial_decryption!, writeOwned({ owner: owner!, payload: hashOf(partial_decryption!) })]
    default:
      return Object.values(texts)
  }
}

/** A whole archive with everything that holds it together consistent: hashes, references, parents, heights. */
export function putTogether({ timestamp, steps }: Taken, encode = utf8): Uint8Array {
  const hashOf = (text: string) => hexHash(encode(text))
  const record = (text: string, ending: string) => frame(`${hashOf(text)}.${ending}`, encode(text), timestamp)
  const parts = [frame('BELENIOS', encode(`{"version":1,"timestamp":"${timestamp}"}`), timestamp)]
  let parent: string | undefined
  for (const [height, step] of steps.entries()) {
    const records = recordsOf(step, hashOf)
    for (const text of records) parts.push(record(text, 'data.json'))
    const payload = records.at(-1)
    const event = writeEvent({
      ...(parent !== undefined && { parent }),
      height,
      type: step.type,
      ...(payload !== undefined && { payload: hashOf(payload) }),
    })
    parent = hashOf(event)
    parts.push(record(event, 'event.json'))
  }
  return joined(parts)
}

/** An archive with something changed and everything around it made consistent again, as somebody who forges it would. */
export async function alter(bytes: Uint8Array, change: (taken: Taken) => void): Promise<Uint8Array> {
  const taken = await takeApart(bytes)
  change(taken)
  return putTogether(taken)
}

/** The step of that type, the `nth` from 0. */
export function stepOf(taken: Taken, type: EventType, nth = 0): Step {
  const step = taken.steps.filter((each) => each.type === type)[nth]
  if (!step) throw new Error(`there is no ${type} number ${nth}`)
  return step
}

/** Changes the text of one record. */
export function changeText(taken: Taken, role: Role, change: (text: string) => string, nth = 0): void {
  const step = taken.steps.filter(({ texts }) => texts[role] !== undefined)[nth]
  if (!step) throw new Error(`there is no ${role} number ${nth}`)
  const before = step.texts[role]!
  const after = change(before)
  if (before === after) throw new Error(`${role}: nothing was changed`)
  step.texts[role] = after
}

/** Changes the value of one record, by its JSON. */
export const changeValue = <T>(taken: Taken, role: Role, change: (value: T) => void, nth = 0): void =>
  changeText(
    taken,
    role,
    (text) => {
      const value = JSON.parse(text) as T
      change(value)
      return JSON.stringify(value)
    },
    nth,
  )
