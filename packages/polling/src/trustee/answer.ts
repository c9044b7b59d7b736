import { kernelsOnce, platformRandom, writePartialDecryption } from '@melayani/ballot'
import { entries as archiveEntries, bytesSource, Order } from '@melayani/ballot/archive'
import type { DecryptionOrder } from '@melayani/ballot/trustee'
import { verify } from '@melayani/ballot/verify'
import { z } from 'zod'
import type { OpenCard } from '../card/index.ts'
import { announcedOf, type TakenDecryption } from '../ceremony/opening.ts'
import { type ElectionPackage, hashOf, type Signed, signatureHolds, signedShape } from '../format/index.ts'
import { reconciliationShape } from '../record/shapes.ts'

const orderShape = z.strictObject({
  form: z.literal('melayani-tally-order/2'),
  order: z.strictObject({
    election: z.string(),
    trustees: z.string(),
    tally: z.string(),
    announced: z.strictObject({ election: z.string(), tally: z.string() }),
  }),
  archive: z.base64(),
  sheet: signedShape,
})

/** What the station asks of a key holder elsewhere, with all that is needed to see of how many ballots the tally is. */
export type TallyRequest = {
  readonly order: DecryptionOrder
  /** The archive up to the tally: set-up and every ballot that counts. */
  readonly archive: Uint8Array
  /** The signed sheet of the reconciliation. */
  readonly sheet: Signed
}

/** As text; `readTallyOrder` reads it. */
export const writeTallyOrder = ({ order, archive, sheet }: TallyRequest): string =>
  JSON.stringify({
    form: 'melayani-tally-order/2',
    order,
    archive: Buffer.from(archive).toString('base64'),
    sheet: { text: sheet.text, signatures: [...sheet.signatures] },
  } satisfies z.input<typeof orderShape>)

/** undefined when it is no such file, or when the tally in it is not the one it names: that one would be announced, and another opened. */
export function readTallyOrder(text: string): TallyRequest | undefined {
  try {
    const { order, archive, sheet } = orderShape.parse(JSON.parse(text))
    const { election, tally } = announcedOf(order)
    if (order.announced.election !== election || order.announced.tally !== tally) return undefined
    return { order, archive: Buffer.from(archive, 'base64'), sheet }
  } catch {
    return undefined
  }
}

/** Why a tally is not opened from elsewhere. */
export type RequestFault =
  | 'election' // of another election than the package
  | 'archive' // a ballot, or the product of all, does not hold
  | 'tally' // the archive leads to another tally
  | 'few' // so few ballots that it would tell what single people chose
  | 'sheet' // not signed by the chair, or of other ballots

/**
 * What a key holder elsewhere can see without believing the station (T25): every ballot of the archive is judged, their product is made anew
 * and is the tally that is to be opened, they are no fewer than a small group, and as many as the chair has signed. `package` comes to
 * the holder from the office, not with the request. The number of ballots is then compared with what people at the polling place have on paper: a
 * station that lies could have had another sheet signed.
 */
export async function judgeRequest(
  { order, archive, sheet }: TallyRequest,
  { content, hash }: { readonly content: ElectionPackage; readonly hash: string },
): Promise<{ readonly ballots: number } | { readonly fault: RequestFault }> {
  const { ballot, officers, rules } = content
  if (order.election !== ballot.election || order.trustees !== ballot.trustees) return { fault: 'election' }
  const source = bytesSource(archive)
  const report = await verify(source, { profile: 'pilkades', openGroup: kernelsOnce(platformRandom) })
  if (report.verdict !== 'sound') return { fault: 'archive' }
  let tally: string | undefined
  for await (const item of archiveEntries(source, new Order(), { hash: 'deferred' })) {
    if (item.kind !== 'entry') continue
    const { setup, parts } = item
    if (setup && (setup.election !== hashOf(ballot.election) || setup.credentials !== hashOf(ballot.credentials)))
      return { fault: 'election' }
    if (item.event.type === 'EncryptedTally') tally = parts.encrypted_tally && hashOf(parts.encrypted_tally.body)
  }
  if (tally !== order.announced.tally) return { fault: 'tally' }
  const { ballots } = report.counts
  if (ballots < rules.smallGroup) return { fault: 'few' }
  const chairs = officers.filter(({ role }) => role === 'chair').map(({ key }) => key)
  const vouched = sheet.signatures.some(
    (each) => chairs.includes(each.key) && signatureHolds('reconciliation/1', sheet.text, each),
  )
  const said = reconciliationShape.safeParse(readJson(sheet.text)).data
  return vouched && said?.package === hash && said.counts.cast === ballots ? { ballots } : { fault: 'sheet' }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
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
