import { createHash } from 'node:crypto'
import { invitationCode } from '@melayani/polling/format'

export { invitationCode }

const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
const timeOf = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/**
 * The hour in which voter `no` of `count` is asked to come: equal shares of hours in the order of the roll, so neighbours
 * come together. The last hour stays free for those who are late. Times are local "HH:MM".
 */
export function slotOf(no: number, count: number, { opens, closes }: { opens: string; closes: string }) {
  const [from, until] = [minuteOf(opens), minuteOf(closes)]
  const hours = Math.max(1, Math.floor((until - from) / 60) - 1)
  const slot = Math.min(hours - 1, Math.floor(((no - 1) * hours) / Math.max(1, count)))
  return { from: timeOf(from + slot * 60), until: timeOf(Math.min(until, from + (slot + 1) * 60)) }
}

export const deliveryOutcomes = ['self', 'family', 'not-found', 'moved', 'died', 'claimed'] as const
export type DeliveryOutcome = (typeof deliveryOutcomes)[number]
/** Outcomes after which the voter has the invitation. */
export const received: readonly DeliveryOutcome[] = ['self', 'family', 'claimed']

export type Delivery = { readonly outcome: DeliveryOutcome }
/** Whether a voter has the invitation: by the last that was noted. */
export const hasInvitation = (last: Delivery | undefined): boolean =>
  last !== undefined && received.includes(last.outcome)

/** What may be noted about an invitation. `today` and `held` are local days: it is claimed until the day before (R32). */
export function mayNote(
  last: Delivery | undefined,
  { today, held }: { today: string; held: string },
): 'already-received' | 'claim-over' | undefined {
  if (hasInvitation(last)) return 'already-received'
  return today >= held ? 'claim-over' : undefined
}

/** Invitations of one file: a hundred sheets, which is what a printer and a pair of hands take at once. */
export const lettersPerPart = 300

/** What the invitations of a polling place say of it, and of which fixed roll they are. Nothing in it names a voter. */
export type PrintOrder = {
  readonly election: string
  readonly tps: string
  readonly lang: 'id' | 'en'
  readonly village: string
  readonly held: string
  readonly zone: string
  readonly practice: boolean
  readonly place: string
  readonly placeAddress: string
  readonly colour: string
  readonly opens: string
  readonly closes: string
  readonly voters: number
  /** Of the village's roll: another roll makes other files. */
  readonly roll: string
}

/**
 * The files in which the invitations of a polling place are made: each with an id that follows from everything that stands in
 * it, so that the same order, given twice or again after a crash, means the same files.
 */
export function partsOf(order: PrintOrder): { id: string; from: number; until: number }[] {
  return Array.from({ length: Math.ceil(order.voters / lettersPerPart) }, (_, at) => {
    const hash = createHash('sha256')
      .update(`melayani/invitations/1\n${at}\n${JSON.stringify(order)}`)
      .digest('hex')
    return {
      id: hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
      from: at * lettersPerPart + 1,
      until: Math.min(order.voters, (at + 1) * lettersPerPart),
    }
  })
}
