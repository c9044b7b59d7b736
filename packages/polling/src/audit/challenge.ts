/**
 * What opened ballots (UJI) find. A booth that changes ballots must decide before it knows which will be opened, since it has
 * printed the tracking code by then; every changed ballot that is opened is seen.
 */

/** Probability that at least one of `opened` ballots was changed, when each is changed with probability `share` (T1, R62). */
export const foundByChallenges = (share: number, opened: number): number => 1 - (1 - share) ** opened

/** The same where exactly `changed` of all `ballots` were changed and `opened` of them are opened, each as likely as any other. */
export function foundByChallengesOf(ballots: number, changed: number, opened: number): number {
  let unseen = 1
  for (let at = 0; at < opened; at++) unseen *= Math.max(0, ballots - changed - at) / (ballots - at)
  return 1 - unseen
}

/** How many must be opened so that a booth which changes this share of ballots stays unseen with at most `risk`. */
export const challengesFor = (share: number, risk: number): number =>
  share >= 1 ? 1 : Math.ceil(Math.log(risk) / Math.log(1 - share))
