import type { Ciphertext } from '../src/format/proof.ts'
import type { Group } from '../src/group/group.ts'
import { openGroup } from '../src/group/index.ts'
import { openKernel } from '../src/kernel/open.ts'
import { platformRandom as random } from '../src/random.ts'
import { encryptedTally } from '../src/tally.ts'
import { decrypt } from '../src/trustee/decrypt.ts'
import { member } from '../src/trustee/election-key.ts'
import { openLogarithms } from '../src/trustee/logarithm.ts'
import { combine } from '../src/trustee/result.ts'
import { makeSingle } from '../src/trustee/single.ts'
import { holdCeremony } from '../test/hold-ceremony.ts'
import { decryptionsOf, encrypted, talliedElection } from '../test/tallied-election.ts'

/**
 * `node bench/trustees.ts`: what trustees and the tally cost. CPU time of this process in milliseconds, the best of
 * several rounds in which all rows take their turn; the machine may be shared, so differences below a fifth mean nothing.
 */
const rounds = Number(process.env.ROUNDS ?? 5)
const ballots = 1000

type Row = { name: string; run: () => unknown; best: number }
const rows: Row[] = []
const measure = (name: string, run: () => unknown) => rows.push({ name, run, best: Number.POSITIVE_INFINITY })

/** Rows of what touches secrets by the one group, and of public work by it and by the kernel. */
function rowsOf(group: Group<unknown>, kernel: Group<unknown>) {
  const { name } = group
  const { trustee, secrets } = holdCeremony(group, { size: 3, threshold: 2 }, random)
  const votes = Array.from({ length: 3 }, (_, k) => ({ choices: [[0, 1, 2].map((c) => (c === k ? 1 : 0))] }))
  const small = talliedElection(group, [trustee], [3], votes)
  const y = member(group, small.election.public_key)
  // Ten different ballots, over and over: the tally does not look whether they differ.
  const made = Array.from({ length: 10 }, (_, k): Ciphertext[] =>
    [0, 1, 2].map((c) => encrypted(group, y, c === k % 3 ? 1n : 0n)),
  )
  const counted = (weight: bigint) =>
    Array.from({ length: ballots }, (_, k) => ({ answers: [{ choices: made[k % 10]! }], weight }))
  const decryptions = decryptionsOf(group, small, secrets.slice(0, 2))
  const fifty = { ...small.board, totalWeight: 50_000n }

  measure(`${name}: single key with proof`, () => makeSingle(group, random))
  measure(`${name}: key generation 2 of 3, all parties`, () => holdCeremony(group, { size: 3, threshold: 2 }, random))
  measure(`${name}: decryption by one trustee, 3 candidates`, () =>
    decrypt(group, secrets[0]!, small.order, [], random),
  )
  for (const [label, quick] of [
    ['', group],
    [', kernel', kernel],
  ] as const) {
    measure(`${name}: tally of ${ballots} ballots, 3 candidates${label}`, () =>
      encryptedTally(quick, small.election, counted(1n)),
    )
    measure(`${name}: tally of ${ballots} ballots of weight 1000${label}`, () =>
      encryptedTally(quick, small.election, counted(1000n)),
    )
    measure(`${name}: result from 2 of 3, 50,000 votes${label}`, () => combine(quick, fifty, decryptions))
  }
  const limit = 2n ** 30n
  const last = kernel.power(kernel.generator, limit)
  measure(`${name}: logarithm 2^30 of at most 2^30, kernel`, () => openLogarithms(kernel, limit, 1)(last))
}

const only = process.argv[2]
for (const name of ['Ed25519', 'BELENIOS-2048'] as const)
  if (only === undefined || only === name) rowsOf(openGroup(name), await openKernel(name, random))

for (let round = 0; round < rounds; round++)
  for (const row of rows) {
    const before = process.cpuUsage()
    row.run()
    const { user, system } = process.cpuUsage(before)
    row.best = Math.min(row.best, (user + system) / 1000)
  }
for (const { name, best } of rows) console.log(`${best.toFixed(1).padStart(9)} ms  ${name}`)
