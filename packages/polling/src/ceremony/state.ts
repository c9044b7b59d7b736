import { randomBytes } from 'node:crypto'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { z } from 'zod'
import type { Signature } from '../format/index.ts'
import type { Medium } from '../media/medium.ts'

const texts = z.record(z.string(), z.string())
const byGroup = z.record(z.string(), texts)
const signature = z.strictObject({ role: z.string(), signer: z.string(), key: z.string(), signature: z.string() })

/** What the laptop of the ceremony knows between two cards. All of it is public; what is secret is on the cards and tokens. */
const shape = z.strictObject({
  form: z.literal('melayani-ceremony-state/1'),
  /** Drawn when it begins; each card carries it, so that a card of another ceremony is seen. */
  id: z.string(),
  /** hashOf the order's text. */
  order: z.string(),
  /** By holder. `rollKey` is sealed for the centre. */
  cards: z.record(
    z.string(),
    z.strictObject({ key: z.string(), single: z.string().optional(), rollKey: z.string().optional() }),
  ),
  /** By group, then holder: the messages of each round. */
  certificates: byGroup,
  commitments: byGroup,
  polynomials: byGroup,
  outputs: byGroup,
  /** By polling place: the election's text. */
  elections: texts,
  /** By holder, then fingerprint: the card's signature that the key is its own. */
  owned: z.record(z.string(), z.record(z.string(), signature)),
  pools: z.record(
    z.string(),
    z.strictObject({
      stage: z.enum(['printed', 'counted']),
      credentials: z.string(),
      file: z.string(),
      /** How often it was drawn: sheets of an earlier drawing are worth nothing and are to be destroyed. */
      drawing: z.number().int().positive(),
    }),
  ),
  minutes: z.array(z.strictObject({ step: z.string(), what: z.string(), who: z.string().optional() })),
  answer: z.string().optional(),
  signatures: z.array(signature),
})
export type CeremonyState = Readonly<z.infer<typeof shape>>
export type Minute = CeremonyState['minutes'][number]

const file = 'ceremony-state.json'

export const newState = (order: string): CeremonyState => ({
  form: 'melayani-ceremony-state/1',
  id: randomBytes(16).toString('hex'),
  order,
  cards: {},
  certificates: {},
  commitments: {},
  polynomials: {},
  outputs: {},
  elections: {},
  owned: {},
  pools: {},
  minutes: [],
  signatures: [],
})

/** The state that was kept, or undefined. Throws when the file is none, or is of another order. */
export function readState(medium: Medium, order: string): CeremonyState | undefined {
  const bytes = medium.read(file)
  if (!bytes) return undefined
  const state = shape.parse(JSON.parse(new TextDecoder().decode(bytes)))
  if (state.order !== order) throw new Error('this folder holds a ceremony for another order; take an empty one')
  return state
}

export const keepState = (medium: Medium, state: CeremonyState): void =>
  medium.replace(file, utf8ToBytes(`${JSON.stringify(state)}\n`))

export const asSignature = (held: CeremonyState['signatures'][number]): Signature => held as Signature
