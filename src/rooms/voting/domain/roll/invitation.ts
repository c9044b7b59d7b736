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
