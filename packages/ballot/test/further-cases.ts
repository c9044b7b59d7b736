import { bytesSource, type Source } from '../src/archive/index.ts'
import type { VerifyOptions } from '../src/verify/verify.ts'
import { alter, type BallotText, blank, edit, known, type TrusteesText } from './archives/alter.ts'
import { headerOf, readEntries, sealHeader, writeEntries } from './archives/draft.ts'
import { ed } from './archives/forge.ts'
import { mutations } from './archives/mutations.ts'
import { readFixture } from './archives/read.ts'
import { cancelling, forge } from './forge.ts'
import { shiftedByLastVoter } from './last-voter.ts'

/** Something the verifier is given, with what it is asked for. What it must say of it stands in `findings.json`. */
export type Case = {
  readonly name: string
  readonly source: () => Source
  readonly options?: Pick<VerifyOptions, 'final' | 'profile'>
}

const whole = (bytes: Uint8Array) => () => bytesSource(bytes)
const pilkades = { profile: 'pilkades' } as const
const demanded = (name: string): Case => ({
  name: `${name} as a village head election`,
  source: whole(readFixture(name)),
  options: pilkades,
})

/** The first ballot of the known election as other bytes; its signature stays. */
const ballotAs = (change: (text: string) => string | Uint8Array) =>
  alter(known, ({ events }) => {
    events[1]!.texts = [change(events[1]!.texts[0]!) as string]
    return undefined
  })

const small = readFixture(blank)
const entries = readEntries(small)
const mtime = Number(JSON.parse(entries[0]!.text).timestamp)

/** The small archive with the header at a byte written over at one place, and its sum made right. */
function withHeader(header: number, at: number, text: string): Uint8Array {
  const bytes = Buffer.from(small)
  bytes.write(text, header + at, 'latin1')
  sealHeader(bytes.subarray(header, header + 512))
  return bytes
}

/** Other bytes once the end was reached for the first time. */
function changing(before: Uint8Array, after: Uint8Array): Source {
  let now = before
  return {
    size: before.length,
    async read(offset, length) {
      const piece = now.subarray(offset, offset + length)
      if (offset + length >= before.length) now = after
      return piece
    },
  }
}

function huge(size: number): Source {
  const head = Buffer.concat([small, headerOf(`${'0'.repeat(64)}.data.json`, size, mtime)])
  return {
    size: head.length + size,
    async read(offset, length) {
      const piece = new Uint8Array(Math.max(0, Math.min(length, head.length + size - offset)))
      piece.set(head.subarray(offset, offset + piece.length))
      return piece
    },
  }
}

const further: Case[] = [
  demanded('3.0-questions'),
  demanded('3.0-weights'),
  demanded('3.0-revotes'),
  demanded('3.0-single'),
  { name: 'voting has ended, a result is demanded', source: whole(readFixture('3.0-ended')), options: { final: true } },
  { name: 'a result is demanded and there', source: whole(readFixture('3.0-single')), options: { final: true } },
  {
    name: 'the roll in another order, as a village head election',
    source: () =>
      bytesSource(
        alter(known, ({ setup }) => {
          setup[2] = JSON.stringify((JSON.parse(setup[2]!) as string[]).reverse())
          return undefined
        })(),
      ),
    options: pilkades,
  },
  {
    name: 'the answers of another voter, as a village head election',
    source: () =>
      bytesSource(
        alter(known, ({ events }) => {
          const [one, other] = events.slice(1, 3).map(({ texts }) => JSON.parse(texts[0]!) as BallotText)
          events[2]!.texts = [JSON.stringify({ ...other!, answers: one!.answers })]
          return undefined
        })(),
      ),
    options: pilkades,
  },
  {
    name: 'a ballot of 17 million bytes',
    source: () => bytesSource(ballotAs((text) => text.replace('"answers":', `"answers":${' '.repeat(17_000_000)}`))()),
  },
  {
    name: 'a ballot whose answers are no JSON',
    source: () => bytesSource(ballotAs((text) => text.replace('"answers":[', '"answers":[}'))()),
  },
  {
    name: 'a ballot that is no UTF-8',
    source: () =>
      bytesSource(
        ballotAs((text) => {
          const bytes = Buffer.from(text)
          bytes[bytes.indexOf('"answers"') + 1] = 0xff
          return bytes
        })(),
      ),
  },
  {
    name: 'a certificate signed with a response of q and more',
    source: () =>
      bytesSource(
        alter(known, ({ setup }) => {
          setup[1] = edit<TrusteesText>(setup[1]!, ([, [, { certs }]]) => {
            const { signature } = certs[0]!
            signature.response = `${BigInt(signature.response) + ed.q}`
          })
          return undefined
        })(),
      ),
  },
  {
    name: 'a file whose ballots change after it was read for the first time',
    source: () => {
      const after = Uint8Array.from(small)
      const at = Buffer.from(small).indexOf('"individual_proofs"')
      after[at + 40]! ^= 1
      return changing(small, after)
    },
  },
  {
    name: 'a shuffle after a partial decryption',
    source: () =>
      bytesSource(
        alter(blank, ({ events }) => {
          events.splice(-1, 0, { type: 'Shuffle', texts: ['{}'] })
          return undefined
        })(),
      ),
  },
  {
    name: 'a result before any partial decryption',
    source: () =>
      bytesSource(
        alter(blank, ({ events }) => {
          events.splice(-2, 1)
          return undefined
        })(),
      ),
  },
  { name: 'cut in the midst of a header', source: whole(small.subarray(0, small.length - 1024 + 100)) },
  { name: 'without its first record', source: whole(small.subarray(1024)) },
  {
    name: 'a second record BELENIOS',
    source: whole(writeEntries([...entries.slice(0, 3), entries[0]!, ...entries.slice(3)], mtime)),
  },
  { name: 'a record of 200 million bytes', source: () => huge(200_000_000) },
  {
    name: 'a file that ends before the size that it has',
    source: () => ({
      size: small.length,
      read: async (offset, length) => small.subarray(0, -100).subarray(offset, offset + length),
    }),
  },
  { name: 'a first record that says another time than its header', source: whole(withHeader(0, 136, '00000000001')) },
  { name: 'trustees whose keys cancel each other', source: () => bytesSource(forge({ trustees: cancelling }).open()) },
  {
    name: 'votes that vanish by a false decryption whose proof holds',
    source: () => bytesSource(shiftedByLastVoter('Ed25519', [3n, 0n]).bytes),
  },
  {
    name: 'a false share whose proof holds, beside more shares than are needed',
    source: () => bytesSource(shiftedByLastVoter('Ed25519', [3n, -3n], 'shared', [1, 2, 3]).bytes),
  },
  { name: 'a time that is no number', source: whole(withHeader(1024, 136, 'x')) },
]

/** All altered archives, the ones of the plain verifier among them. */
export const cases: readonly Case[] = [
  ...mutations.map(({ name, bytes }): Case => ({ name, source: () => bytesSource(bytes()) })),
  ...further,
]
