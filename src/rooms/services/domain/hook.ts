/** Events that an agency's own systems are told of, by their names in the log. */
export const toldOutside = [
  'services.case-opened',
  'services.case-moved',
  'services.time-passed',
  'services.told',
  'services.consent-withdrawn',
] as const

/** What of an event may leave: names and ids, never words of a person and never a value. */
const mayLeave = ['number', 'move', 'role', 'from', 'state', 'reason', 'limit', 'event', 'purpose', 'on'] as const

type About = { service: string; package: string; part: string | null; flow: string }

/** The message that an address is sent of an event. */
export function bodyOf(
  event: { name: string; at: Date; subject: string; particulars: Record<string, unknown> },
  { service, package: id, part, flow }: About,
): string {
  const data = Object.fromEntries(
    mayLeave.flatMap((key) => (typeof event.particulars[key] === 'string' ? [[key, event.particulars[key]]] : [])),
  )
  return JSON.stringify({
    type: event.name,
    timestamp: event.at.toISOString(),
    data: { case: event.subject, service, package: id, flow, ...(part ? { partOf: part } : {}), ...data },
  })
}

/** For how long an address that does not answer is tried. */
export const patience = 3 * 86_400_000
/** After a change of the secret, both sign for a day. */
export const bothSign = 86_400_000

/** When to try again, 1, 2, 4 … minutes and at most 6 hours later; undefined when the three days are over. */
export function nextTry(first: Date, now: Date, attempts: number): Date | undefined {
  const at = now.getTime() + Math.min(2 ** (attempts - 1), 360) * 60_000
  return at - first.getTime() > patience ? undefined : new Date(at)
}
