import { writePartialDecryption } from '@melayani/ballot'
import type { DecryptionOrder } from '@melayani/ballot/trustee'
import { z } from 'zod'
import type { OpenCard } from '../card/index.ts'
import { announcedOf, type TakenDecryption } from '../ceremony/opening.ts'

const orderShape = z.strictObject({
  form: z.literal('melayani-tally-order/1'),
  order: z.strictObject({
    election: z.string(),
    trustees: z.string(),
    tally: z.string(),
    announced: z.strictObject({ election: z.string(), tally: z.string() }),
  }),
})

/** What the station asks of a key holder elsewhere, as text; `readTallyOrder` reads it. */
export const writeTallyOrder = (order: DecryptionOrder): string =>
  JSON.stringify({ form: 'melayani-tally-order/1', order } satisfies z.infer<typeof orderShape>)

/** undefined when it is no such file, or when the tally in it is not the one it names: that one would be announced, and another opened. */
export function readTallyOrder(text: string): DecryptionOrder | undefined {
  try {
    const { order } = orderShape.parse(JSON.parse(text))
    const { election, tally } = announcedOf(order)
    return order.announced.election === election && order.announced.tally === tally ? order : undefined
  } catch {
    return undefined
  }
}

/** What the card gives for the station, or why it gives nothing. */
export function answerOrder(order: DecryptionOrder, card: OpenCard): TakenDecryption | { readonly refused: string } {
  if (!card.decrypt) return { refused: 'card.no-key' }
  const done = card.decrypt(order)
  if (!done.ok) return { refused: done.faults.map(({ rule }) => rule).join(', ') }
  const { owner, decryption, stronger } = done.value
  return { owner, decryption: writePartialDecryption(decryption), stronger }
}
