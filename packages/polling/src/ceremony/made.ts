import { drawUuid, makeElection, openGroup, platformRandom } from '@melayani/ballot'
import { electionFingerprint, hashOf } from '../format/index.ts'
import type { CeremonyAnswer } from './answer.ts'
import { type ElectionKeys, keyOfElection } from './key-card.ts'
import type { CeremonyOrder } from './order.ts'
import { type People, trusteesOf } from './people.ts'
import { asSignature, type CeremonyState } from './state.ts'

/** The election of each polling place, as soon as its key is known: the cards bind themselves to it in the next round. */
export function makeElections(order: CeremonyOrder, keysOf: (tps: string) => ElectionKeys): Record<string, string> {
  return Object.fromEntries(
    order.tps.map(({ id, number }) => {
      const { text } = makeElection(
        {
          name: `${order.election.name} – TPS ${number}`,
          description: order.mode === 'practice' ? 'LATIHAN' : order.election.village,
          group: order.group,
          publicKey: keyOfElection(openGroup(order.group), keysOf(id)),
          questions: [
            {
              question: 'Kepala desa',
              answers: order.candidates.map((each) => `${each.number}. ${each.name}`),
              blank: true,
              min: 1,
              max: 1,
            },
          ],
          administrator: order.centre.name,
          credentialAuthority: order.centre.name,
        },
        drawUuid(platformRandom),
      )
      return [id, text]
    }),
  )
}

/** The answer, from a state in which all is done. `trustees`: by polling place. */
export function makeAnswer(
  order: CeremonyOrder,
  orderHash: string,
  people: People,
  { cards, elections, pools, commitments, owned, minutes }: CeremonyState,
  trustees: Readonly<Record<string, string>>,
): CeremonyAnswer {
  const committee = people.holders.find(({ id }) => id === people.committee)!
  return {
    format: 'melayani-ceremony/1',
    order: orderHash,
    mode: order.mode,
    election: order.election.id,
    committee: { name: committee.name, key: cards[committee.id]!.key },
    officers: order.officers.map((officer) => ({ ...officer, key: cards[officer.id]!.key })),
    tps: order.tps.map(({ id, number, pool }) => {
      const election = elections[id]!
      const { credentials } = pools[id]!
      const group = people.groups.find((each) => each.tps.includes(id))!
      const chair = people.holders.find(({ rollOf }) => rollOf === id)!
      return {
        id,
        number,
        election,
        trustees: trustees[id]!,
        credentials,
        pool: { size: pool, hash: hashOf(credentials) },
        owners: trusteesOf(people, id).map((holder, at) => ({
          owner: at + 1,
          name: holder.name,
          ...(holder.single ? { outside: true as const } : {}),
          signature: asSignature(owned[holder.id]![electionFingerprint(election)]!),
        })),
        commitments: group.members.map((member) => commitments[group.name]![member]!),
        rollKey: cards[chair.id]!.rollKey!,
      }
    }),
    minutes: [...minutes],
  }
}
