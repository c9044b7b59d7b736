import { hashOf } from './signed.ts'

/**
 * The square of an invitation, `U1.<last 8 digits of the election's id>.<TPS>.<number in the roll>.<check>`: which line of which
 * roll, and a check against a misread. It opens nothing and proves nothing about who carries it; a voter with an e-KTP needs
 * none (R32).
 */
export const invitationCode = (election: string, tps: number, no: number): string =>
  `U1.${election.replaceAll('-', '').slice(-8)}.${tps}.${no}.${check(election, tps, no)}`

const check = (election: string, tps: number, no: number) =>
  hashOf(`melayani/invitation/1\n${election}\n${tps}\n${no}`).slice(0, 4).toUpperCase()

/** Polling place and number of a square that was read or typed; undefined when it is of another election or was misread. */
export function readInvitation(election: string, text: string): { tps: number; no: number } | undefined {
  // Telephones write the first letter large or all of them small, and people leave spaces.
  const typed = text.replace(/\s/g, '').toUpperCase()
  const found = /^U1\.[0-9A-F]{8}\.(\d{1,3})\.(\d{1,6})\.[0-9A-F]{4}$/.exec(typed)
  if (!found) return undefined
  const [tps, no] = [Number(found[1]), Number(found[2])]
  return invitationCode(election, tps, no).toUpperCase() === typed ? { tps, no } : undefined
}
