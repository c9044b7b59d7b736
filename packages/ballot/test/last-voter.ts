import { drawCredential, publicCredential } from '../src/cast/credential.ts'
import { openBoothWith } from '../src/cast/encrypt.ts'
import { drawUuid } from '../src/election.ts'
import { readBallot } from '../src/format/ballot.ts'
import { writeElection } from '../src/format/election.ts'
import { writeEncryptedTally, writePartialDecryption, writeResult } from '../src/format/tally.ts'
import { type Trustee, writeTrustees } from '../src/format/trustees.ts'
import type { Group, GroupName } from '../src/group/group.ts'
import { openGroup } from '../src/group/index.ts'
import { base64Hash, hashScalar, hexHash } from '../src/hash.ts'
import { type Random, randomScalar } from '../src/random.ts'
import { inverseModulo, modulo } from '../src/scalar.ts'
import { encryptedTally } from '../src/tally.ts'
import { decrypt } from '../src/trustee/decrypt.ts'
import { electionKey, member } from '../src/trustee/election-key.ts'
import { makeSingle } from '../src/trustee/single.ts'
import { putTogether, type Step } from './alter.ts'
import { holdCeremony, must } from './hold-ceremony.ts'
import { seeded } from './seeded.ts'

/**
 * A trustee and the voter who votes last change the result, and every proof holds.
 *
 * The proof of a decryption (specification 4.18) hashes φ, X, A and B, but neither the ciphertext α nor the factor f. So A
 * and B may be chosen, and with them the challenge c, before α is settled. Let α' be the product of all other ballots,
 * and δ how many votes are to be taken away from a choice:
 *
 *     A = g^a, B = α'^a · g^b, c = HZ(decrypt|φ|str(X)|A,B), v = (b - c δ) / a
 *
 * The last voter encrypts an allowed choice with the randomness v, so that α = α' · g^v. The trustee then publishes
 * f = α^x · g^δ with the response a - c x: α^response · f^c = α^a · g^(c δ) = α'^a · g^(v a + c δ) = B.
 *
 * (D. Bernhard, O. Pereira, B. Warinschi, "How not to prove yourself: pitfalls of the Fiat-Shamir heuristic and applications
 * to Helios", 2012.) `shift`: δ of the two answers. All four voters choose the first. The trustees are two who each hold
 * a key alone, or three who share one; the second of them cheats, and `who` decrypt.
 */
export function shiftedByLastVoter(
  name: GroupName,
  shift: readonly bigint[],
  board: 'alone' | 'shared' = 'alone',
  who: readonly number[] = [1, 2],
): { bytes: Uint8Array; votes: bigint[] } {
  const random = seeded('last voter')
  const group = openGroup(name)
  const q = group.order
  const { trustees, secrets } = trusteesOf(group, board, random)
  const rogue = secrets[1]!
  // A share enters the result with a weight; with owners 1 and 2 that of the second is 1/(1 - 2).
  const own = board === 'alone' ? shift : shift.map((votes) => -votes)
  const uuid = drawUuid(random)
  const question = { answers: ['Ani', 'Budi'], min: 1, max: 1, question: 'Siapa?' }
  const public_key = electionKey(group, trustees)
  const election = writeElection({
    version: 1,
    description: '',
    name: 'Pilkades',
    group: name,
    public_key,
    questions: [question],
    uuid,
  })
  const fingerprint = base64Hash(election)
  const credentials = Array.from({ length: 4 }, () => drawCredential(random))
  const roll = credentials.map((each) => publicCredential(group, uuid, each)).sort(group.compare)
  const booth = openBoothWith(group, election)
  const ballots = credentials.slice(0, 3).map((each) => booth.encrypt(each, [[1, 0]], random).text)

  const sum = (texts: readonly string[]) =>
    encryptedTally(
      group,
      { questions: [question] },
      texts.map((text) => ({ ...readBallot(text), weight: 1n })),
    )
  const others = sum(ballots).tally[0]!.map(({ alpha }) => member(group, alpha))
  const { publicKey: X, exponent: x } = rogue
  const made = others.map((alpha, j) => {
    const [a, b] = [randomScalar(q, random), randomScalar(q, random)]
    const A = group.power(group.generator, a)
    const B = group.multiply(group.power(alpha, a), group.power(group.generator, b))
    const challenge = hashScalar(`decrypt|${fingerprint}|${X}|${group.encode(A)},${group.encode(B)}`, q)
    const v = modulo((b - challenge * own[j]!) * inverseModulo(a, q), q)
    return { v, proof: { challenge, response: modulo(a - challenge * x, q) } }
  })
  ballots.push(
    booth.encrypt(
      credentials[3]!,
      [[1, 0]],
      first(
        made.map(({ v }) => v),
        random,
      ),
    ).text,
  )

  const { tally, numTallied, totalWeight } = sum(ballots)
  const text = writeEncryptedTally(tally)
  const order = {
    election,
    trustees: writeTrustees(trustees),
    tally: text,
    announced: { election: fingerprint, tally: hexHash(text) },
  }
  const factors = tally[0]!.map(({ alpha }, j) =>
    group.encode(
      group.multiply(group.power(member(group, alpha), x), group.power(group.generator, modulo(own[j]!, q))),
    ),
  )
  const votes = [4n, 0n].map((m, j) => m - shift[j]!)
  const decryptions = who.map((owner) =>
    owner === 2
      ? { decryption_factors: [factors], decryption_proofs: [made.map(({ proof }) => proof)] }
      : must(decrypt(group, secrets[owner - 1]!, order, [], random)).decryption,
  )
  const steps: Step[] = [
    { type: 'Setup', texts: { election, trustees: order.trustees, public_credentials: JSON.stringify(roll) } },
    ...ballots.map((ballot): Step => ({ type: 'Ballot', texts: { ballot } })),
    { type: 'EndBallots', texts: {} },
    {
      type: 'EncryptedTally',
      texts: { encrypted_tally: text },
      sized: { num_tallied: numTallied, total_weight: totalWeight },
    },
    ...decryptions.map(
      (each, at): Step => ({
        type: 'PartialDecryption',
        texts: { partial_decryption: writePartialDecryption(each) },
        owner: who[at]!,
      }),
    ),
    { type: 'Result', texts: { result: writeResult([votes]) } },
  ]
  return { bytes: putTogether({ timestamp: 1_795_332_664, steps }), votes }
}

function trusteesOf<E>(group: Group<E>, board: 'alone' | 'shared', random: Random) {
  if (board === 'shared') {
    const { trustee, secrets } = holdCeremony(group, { size: 3, threshold: 2 }, random)
    return { trustees: [trustee], secrets }
  }
  const both = [makeSingle(group, random), makeSingle(group, random)]
  return { trustees: both.map(({ key }): Trustee => ['Single', key]), secrets: both.map(({ secret }) => secret) }
}

/** Randomness that begins with these numbers. */
function first(numbers: readonly bigint[], random: Random): Random {
  const left = [...numbers]
  return (length) => {
    const next = left.shift()
    if (next === undefined) return random(length)
    return Uint8Array.from({ length }, (_, at) => Number((next >> BigInt(8 * (length - 1 - at))) & 255n))
  }
}
