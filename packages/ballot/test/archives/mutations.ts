import { ballotMutations } from './mutations-ballot.ts'
import { frameMutations } from './mutations-frame.ts'
import { setupMutations } from './mutations-setup.ts'
import { spellingMutations } from './mutations-spelling.ts'
import { tallyMutations } from './mutations-tally.ts'
import { trusteeMutations } from './mutations-trustee.ts'

/**
 * An archive in which one thing is wrong. Everything else fits: hashes, the chain, and, where the attacker holds a key,
 * signatures and proofs as well. `rules`: all the rules that it breaks; none when it must be found sound.
 */
export type Mutation = {
  name: string
  bytes: () => Uint8Array<ArrayBuffer>
  rules: string[]
  /** A rule by which another reader may refuse it first, or name the same thing. */
  or?: string
  /** `refused` when it is not given. */
  verdict?: 'sound' | 'unsupported'
  /** How the answers of a ballot are spelt otherwise than in the format, though Belenios accepts it. */
  notCanonical?: string
}

export const mutations: Mutation[] = [
  ...frameMutations,
  ...setupMutations,
  ...trusteeMutations,
  ...ballotMutations,
  ...spellingMutations,
  ...tallyMutations,
]
