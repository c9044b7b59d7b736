import { hashOf, type Role } from '../format/index.ts'
import { type CeremonyOrder, officerOf } from './order.ts'

/** Somebody who gets a card in this ceremony, and what will be on it besides the signing key. */
export type Holder = {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly tps?: string
  readonly candidate?: number
  /** Holds a key without which nothing opens at these polling places. */
  readonly single?: readonly string[]
  /** Numbers (from 1) in the threshold groups they belong to, by the group's name. */
  readonly shares: Readonly<Record<string, number>>
  /** The chair: opens the roll of this polling place. */
  readonly rollOf?: string
}

/** People who make one threshold key together, and the polling places that use it. */
export type KeyGroup = { readonly name: string; readonly members: readonly string[]; readonly tps: readonly string[] }

export type People = {
  readonly holders: readonly Holder[]
  readonly groups: readonly KeyGroup[]
  readonly committee: string
}

/** The committee's card, where the order names no officer of this role. */
const committeeId = 'panitia'

/**
 * Who takes part. Where every trustee inside serves at all polling places, they make one key for the village, and each holds
 * one part for all of it; else each polling place has a key of its own, and who serves at several has a part of each, all on
 * one card.
 */
export function peopleOf(order: CeremonyOrder): People {
  const trustees = order.trustees.map((trustee, at) => {
    const officer = officerOf(order, trustee)
    // A name of its own, since a name of a person makes no name of a file.
    return { ...trustee, at, card: officer?.id ?? `kunci-${at + 1}-${hashOf(trustee.name).slice(0, 6)}` }
  })
  const inside = trustees.filter(({ outside }) => !outside)
  const all = order.tps.map(({ id }) => id)
  const groups: KeyGroup[] = inside.every(({ tps }) => tps === undefined)
    ? [{ name: 'desa', members: inside.map(({ card }) => card), tps: all }]
    : all.map((id) => ({
        name: id,
        members: inside.filter(({ tps }) => tps === undefined || tps === id).map(({ card }) => card),
        tps: [id],
      }))
  const known = new Set(order.officers.map(({ id }) => id))
  const committee = order.officers.find(({ role }) => role === 'committee')
  const others = trustees.filter(({ card }) => !known.has(card))
  const cards: (Pick<Holder, 'id' | 'name' | 'role' | 'tps' | 'candidate'> & {})[] = [
    ...(committee ? [] : [{ id: committeeId, name: 'Panitia pemilihan', role: 'committee' as const }]),
    ...order.officers,
    // Who is no officer has a card for the key alone. Its signing key stands in no package and signs nothing there.
    ...others.map(({ card, name, outside, tps }) => ({
      id: card,
      name,
      role: outside ? ('centre' as const) : ('committee' as const),
      ...(tps === undefined ? {} : { tps }),
    })),
  ]
  const holders = cards.map(({ id, name, role, tps, candidate }): Holder => {
    const single = trustees.find((each) => each.outside && each.card === id)
    return {
      id,
      name,
      role,
      ...(tps === undefined ? {} : { tps }),
      ...(candidate === undefined ? {} : { candidate }),
      ...(single ? { single: single.tps === undefined ? all : [single.tps] } : {}),
      shares: Object.fromEntries(
        groups.flatMap((group) => {
          const at = group.members.indexOf(id)
          return at < 0 ? [] : [[group.name, at + 1] as const]
        }),
      ),
      ...(role === 'chair' && tps !== undefined ? { rollOf: tps } : {}),
    }
  })
  return { holders, groups, committee: committee?.id ?? committeeId }
}

/** Who must come back after the first round: those who hold a part of a key, or a key alone. */
export const isTrustee = ({ single, shares }: Holder): boolean => single !== undefined || Object.keys(shares).length > 0

/** Of one polling place, in the order of their owner numbers: those with a key of their own first. */
export function trusteesOf({ holders, groups }: People, tps: string): Holder[] {
  const group = groups.find((each) => each.tps.includes(tps))!
  const byId = new Map(holders.map((holder) => [holder.id, holder]))
  return [...holders.filter(({ single }) => single?.includes(tps)), ...group.members.map((id) => byId.get(id)!)]
}
