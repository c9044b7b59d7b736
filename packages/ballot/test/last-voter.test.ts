import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import { bytesSource } from '../src/archive/index.ts'
import { verifyReference } from '../src/reference/index.ts'
import { verify } from '../src/verify/verify.ts'
import { shiftedByLastVoter } from './last-voter.ts'

const judged = async (...given: Parameters<typeof shiftedByLastVoter>) => {
  const { bytes, votes } = shiftedByLastVoter(...given)
  const { verdict, findings, result } = await verify(bytesSource(bytes), { final: true })
  deepEqual(
    result?.[0]?.answers.map((each) => each.votes),
    votes.map(Number),
  )
  return [verdict, ...findings.map(({ rule, place }) => `${rule} ${place.path}`)]
}

test('KNOWN LIMIT of the format: one trustee and the last voter move votes, and no verifier of the format can see it', async () => {
  // All four voted for the first answer; the archive says 1 and 3. belenios-tool 2.0 accepts it over BELENIOS-2048.
  deepEqual(await judged('Ed25519', [3n, -3n]), ['sound'])
  equal(verifyReference(shiftedByLastVoter('Ed25519', [3n, -3n]).bytes).verdict, 'sound')
  deepEqual(await judged('Ed25519', [3n, -3n], 'shared'), ['sound'])
})

test('without a shift the same archive is honest', async () => {
  deepEqual(await judged('Ed25519', [0n, 0n]), ['sound'])
  deepEqual(await judged('Ed25519', [0n, 0n], 'shared', [1, 2, 3]), ['sound'])
})

test('votes that only vanish are seen: all answers together must have as many as the ballots gave', async () => {
  deepEqual(await judged('Ed25519', [3n, 0n]), ['refused', 'result.total result[0]'])
})

test('where one more decrypts than is needed, a false share is seen, whoever holds it', async () => {
  deepEqual(await judged('Ed25519', [3n, -3n], 'shared', [1, 2, 3]), ['refused', 'decryption.consistent owner 3'])
})
