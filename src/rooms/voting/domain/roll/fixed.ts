import { createHash } from 'node:crypto'
import { hashOf, nikMark, type Roll, type Voter } from '@melayani/polling/format'

/** Somebody in the roll of a village, as it is fixed. */
export type Fixed = {
  readonly nik: string
  readonly name: string
  readonly born: string | null
  readonly sex: 'L' | 'P' | null
  readonly address: string
  readonly hamlet: string
  readonly rt: string
  readonly rw: string
  /** The polling place. */
  readonly tps: string
  /** Number in its roll; given when the roll is fixed. */
  readonly no: number
  readonly additional: boolean
}

/** Neighbours stand together: by hamlet, RW, RT, then name; equals by NIK, so that the order is always the same. */
export const inOrder = <V extends Pick<Fixed, 'hamlet' | 'rw' | 'rt' | 'name' | 'nik'>>(voters: readonly V[]): V[] => {
  const keyed = voters.map((voter) => ({
    voter,
    key: [voter.hamlet, voter.rw, voter.rt, voter.name].map((part) => part.toLowerCase()).concat(voter.nik),
  }))
  return keyed.sort((a, b) => compare(a.key, b.key)).map(({ voter }) => voter)
}
function compare(a: readonly string[], b: readonly string[]): number {
  for (const [at, part] of a.entries()) if (part !== b[at]) return part < b[at]! ? -1 : 1
  return 0
}

type Home = Pick<Fixed, 'address' | 'hamlet' | 'rt' | 'rw'>
/** Hamlet, RT and RW behind the address, as far as they are known, as they stand in lists and on invitations. */
export const wholeAddress = ({ address, hamlet, rt, rw }: Home): string =>
  [address, [rt && `RT ${rt}`, rw && `RW ${rw}`].filter(Boolean).join('/'), hamlet].filter(Boolean).join(', ')
/** The same with a dash for an unknown RT or RW: so it stands in rolls that were fixed before, and in their hashes. */
const dashedAddress = ({ address, hamlet, rt, rw }: Home): string =>
  [address, rt || rw ? `RT ${rt || '-'}/RW ${rw || '-'}` : '', hamlet].filter(Boolean).join(', ')

type RollText = { roll: Roll; text: string; hash: string; count: number; additional: number }
/**
 * The roll of one polling place as its desks read it, and its text byte for byte. The others of the village are marks only,
 * in the order of the marks, so that nothing says who stands beside whom.
 */
export function rollTextOf(
  voters: readonly Fixed[],
  tps: string,
  numbers: ReadonlyMap<string, number>,
  rollKey: string,
  addressOf = wholeAddress,
): RollText {
  const own = voters.filter((voter) => voter.tps === tps).sort((a, b) => a.no - b.no)
  const roll: Roll = {
    voters: own.map(
      (voter): Voter => ({
        no: voter.no,
        name: voter.name,
        ...(voter.born && { born: voter.born }),
        ...(voter.sex && { sex: voter.sex }),
        address: addressOf(voter),
        nik: nikMark(rollKey, voter.nik),
        last4: voter.nik.slice(-4),
        ...(voter.additional && { additional: true as const }),
      }),
    ),
    elsewhere: voters
      .filter((voter) => voter.tps !== tps)
      .map((voter) => [nikMark(rollKey, voter.nik), numbers.get(voter.tps)!] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  }
  const text = JSON.stringify(roll)
  return {
    ...{ roll, text, hash: hashOf(text) },
    ...{ count: own.length, additional: own.filter(({ additional }) => additional).length },
  }
}

/** The roll of one polling place, when it still is what was signed: the same count and the same hash. */
export function signedRollText(
  signed: Pick<Counted, 'count' | 'hash'>,
  ...of: [voters: readonly Fixed[], tps: string, numbers: ReadonlyMap<string, number>, rollKey: string]
): RollText | undefined {
  for (const addressOf of [wholeAddress, dashedAddress]) {
    const found = rollTextOf(...of, addressOf)
    if (found.hash === signed.hash && found.count === signed.count) return found
  }
  return undefined
}

/** What is signed of a polling place: how many, of whom added, and the hash that its zero report prints. */
export type Counted = { number: number; count: number; additional: number; hash: string }

/** The hash of a village's whole roll: of one line for each polling place, which anybody can write and hash again. */
export function wholeHash(counted: readonly Counted[]): string {
  const lines = counted
    .toSorted((a, b) => a.number - b.number)
    .map(({ number, count, additional, hash }) => `TPS ${number} ${count} ${additional} ${hash}\n`)
  return createHash('sha256').update(lines.join('')).digest('hex')
}
