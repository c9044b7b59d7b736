import { hashOf } from '../format/index.ts'

/**
 * The square of an invitation: `U1.<last 8 digits of the election's id>.<TPS>.<number in the roll>.<check>`. It finds a line of
 * the roll quickly and proves nothing about who carries it (R32). undefined when it is of another election or was misread.
 */
export function readInvitation(election: string, text: string): { tps: number; voter: number } | undefined {
  const found = /^U1\.([0-9a-f]{8})\.(\d{1,3})\.(\d{1,6})\.([0-9A-F]{4})$/.exec(text.trim())
  if (!found || found[1] !== election.replaceAll('-', '').slice(-8)) return undefined
  const [tps, voter] = [Number(found[2]), Number(found[3])]
  const check = hashOf(`melayani/invitation/1\n${election}\n${tps}\n${voter}`).slice(0, 4).toUpperCase()
  return found[4] === check ? { tps, voter } : undefined
}
