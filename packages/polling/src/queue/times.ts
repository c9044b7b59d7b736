import { type Draw, normal } from './draw.ts'

/**
 * How long people take, in seconds. Sources: R3 (photograph within 4 s on average, a reader was shown with 10 s, up to 4
 * fingerprints), R2 (two officers type or compare when card or finger fails), R18 (5–25 s in the booth). What no source says is
 * an assumption of ours and named so; each is a setting of the plan.
 */
export type ServiceTimes = {
  /** Reading the card until the photograph is there (R3). */
  readonly card: number
  /** One fingerprint (assumed). */
  readonly finger: number
  /** Chance that a fingerprint is recognised (assumed). */
  readonly fingerHolds: number
  /** Tries before the manual way (R3). */
  readonly fingerTries: number
  /** Share of voters whose card is broken or not there (assumed). */
  readonly cardFails: number
  /** Two officers find and compare a voter by hand (assumed). */
  readonly manual: number
  /** Greeting, invitation, giving way to the next (assumed). */
  readonly greeting: number
  /** Drawing, stamping and handing over a token (assumed). */
  readonly token: number
  /** In the booth: the middle voter, and the one of twenty who takes longest (R18: 5–25 s; at most 60 s with printing). */
  readonly booth: { readonly median: number; readonly p95: number }
  /** Until the next voter stands in the booth (assumed). */
  readonly change: number
}

export const usualTimes: ServiceTimes = {
  card: 10,
  finger: 4,
  fingerHolds: 0.75,
  fingerTries: 4,
  cardFails: 0.05,
  manual: 75,
  greeting: 6,
  token: 6,
  booth: { median: 18, p95: 45 },
  change: 5,
}

/** Seconds at a check-in desk for one voter, without the token. */
export function checkInTime(times: ServiceTimes, draw: Draw): number {
  // Between half and one and a half times as long, even: a mean with people in it.
  const about = (seconds: number) => seconds * (0.5 + draw())
  const spent = about(times.greeting)
  if (draw() < times.cardFails) return spent + about(times.manual)
  let all = spent + about(times.card)
  for (let tries = 0; tries < times.fingerTries; tries++) {
    all += about(times.finger)
    if (draw() < times.fingerHolds) return all
  }
  return all + about(times.manual)
}

/** Seconds in which a token is given. */
export const tokenTime = (times: ServiceTimes, draw: Draw): number => times.token * (0.5 + draw())

/** z of the 95th percentile of a normal distribution. */
const z95 = 1.6448536269514722

/** Seconds for which a booth is taken by one voter: log-normal, as waiting people know it, and the change. */
export function boothTime({ booth, change }: ServiceTimes, draw: Draw): number {
  const spread = Math.log(booth.p95 / booth.median) / z95
  return booth.median * Math.exp(spread * normal(draw)) + change
}
