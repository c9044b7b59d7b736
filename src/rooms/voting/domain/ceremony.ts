import type { CeremonyOrder } from '@melayani/polling/ceremony'
import type { Candidate } from './candidate.ts'
import type { Election } from './election.ts'
import { type Officer, officersAt, type Place, trusteesAt } from './place.ts'

/** Tokens of a polling place: the roll and its reserve, at least five, for spoiled ones and voters who are added late. */
export const poolSize = (voters: number, reservePercent: number): number =>
  voters + Math.max(5, Math.ceil((voters * reservePercent) / 100))

/** The committee's own card in a ceremony. */
export const committeeCard = 'panitia'
export const committeeName = ({ villageName }: Pick<Election, 'villageName'>) => `Panitia Pemilihan ${villageName}`

/**
 * What the key ceremony is asked to make: format `melayani-ceremony-order/1` of @melayani/polling/ceremony. `box` is the public
 * half of a key of the centre. The text holds the rolls' keys, so it is as secret as the rolls.
 */
export function orderOf({
  election,
  candidates,
  places,
  officers,
  voters,
  rollKeys,
  centre,
}: {
  election: Election
  candidates: readonly Candidate[]
  places: readonly Place[]
  officers: readonly Officer[]
  /** By polling place. */
  voters: ReadonlyMap<string, number>
  rollKeys: ReadonlyMap<string, string>
  centre: { name: string; box: string }
}): CeremonyOrder {
  const reserve = election.profile.rules.reservePercent.value
  return {
    format: 'melayani-ceremony-order/1',
    mode: election.mode,
    election: { id: election.id, name: election.name, village: election.villageName },
    group: election.group,
    centre,
    candidates: candidates.map(({ number, name, emptyBox }) => ({
      number: number!,
      name,
      ...(emptyBox && { emptyBox: true as const }),
    })),
    tps: places.map(({ id, number }) => {
      const rollKey = rollKeys.get(id)
      return { id, number, pool: poolSize(voters.get(id) ?? 0, reserve), ...(rollKey && { rollKey }) }
    }),
    trustees: [
      { name: election.outside, outside: true as const },
      ...officers
        .filter(({ trustee }) => trustee)
        .map(({ id, name, tps }) => ({ name, officer: id, ...(tps && { tps }) })),
    ],
    threshold: { needed: election.needed, of: places[0] ? trusteesAt(officers, places[0].id).length : 0 },
    officers: [
      { id: committeeCard, name: committeeName(election), role: 'committee' as const },
      ...officers.map(({ id, name, role, candidate, tps }) => ({
        id,
        name,
        role,
        ...(candidate && { candidate }),
        ...(tps && { tps }),
      })),
    ],
  }
}

/** Who serves at a polling place, as its package names them; the card of each was made in the ceremony. */
export const packageOfficers = (officers: readonly Officer[], tps: string, keys: ReadonlyMap<string, string>) =>
  officersAt(officers, tps).map(({ id, name, role, candidate }) => ({
    id,
    name,
    role,
    key: keys.get(id) ?? '',
    ...(candidate && { candidate }),
  }))
