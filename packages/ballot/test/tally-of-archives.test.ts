import { deepEqual, equal } from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Ballot, readBallot } from '../src/format/ballot.ts'
import { readCredentials } from '../src/format/credentials.ts'
import { readElection } from '../src/format/election.ts'
import {
  readEncryptedTally,
  readPartialDecryption,
  writeEncryptedTally,
  writeResult,
  writeSizedTally,
} from '../src/format/tally.ts'
import { readTrustees } from '../src/format/trustees.ts'
import { openGroup } from '../src/group/index.ts'
import { base64Hash } from '../src/hash.ts'
import { openKernel } from '../src/kernel/open.ts'
import { platformRandom } from '../src/random.ts'
import { encryptedTally, lastOfEach, sizedTally } from '../src/tally.ts'
import { electionKey } from '../src/trustee/election-key.ts'
import { combine, missingDecryptions } from '../src/trustee/result.ts'
import { archives } from './archives/list.ts'

/** The records of an archive under their hashes, and its events in order. */
function open(name: string) {
  const bytes = readFileSync(join(import.meta.dirname, 'archives', `${name}.bel`))
  const records = new Map<string, string>()
  const events: { type: string; payload?: string }[] = []
  for (let at = 0; at < bytes.length; ) {
    const header = bytes.subarray(at, at + 512)
    const size = Number.parseInt(header.toString('latin1', 124, 135), 8)
    const [hash = '', kind] = header.toString('latin1', 0, header.indexOf(0)).split('.')
    const body = bytes.toString('utf8', at + 512, at + 512 + size)
    if (kind === 'data') records.set(hash, body)
    if (kind === 'event') events.push(JSON.parse(body))
    at += 512 + Math.ceil(size / 512) * 512
  }
  const payloads = (type: string) => events.filter((event) => event.type === type).map((e) => records.get(e.payload!)!)
  const setup = JSON.parse(payloads('Setup')[0]!)
  const record = (key: string) => records.get(setup[key])!
  return { records, payloads, election: record('election'), trustees: record('trustees'), roll: record('credentials') }
}

function opened(name: string) {
  const { records, payloads, ...setup } = open(name)
  const election = readElection(setup.election)
  const ballots = payloads('Ballot').map(readBallot)
  const weights = new Map(readCredentials(setup.roll).map(({ element, weight }) => [element, weight]))
  const sized = payloads('EncryptedTally')[0]
  const decryptions = new Map(
    payloads('PartialDecryption').map((text) => {
      const { owner, payload } = JSON.parse(text)
      return [owner as number, readPartialDecryption(records.get(payload)!)] as const
    }),
  )
  return {
    election,
    fingerprint: base64Hash(setup.election),
    trustees: readTrustees(setup.trustees),
    group: openGroup(election.group),
    ballots,
    weigh: ({ credential, answers }: Ballot) => ({ answers, weight: weights.get(credential)! }),
    sized,
    tally: sized && records.get(JSON.parse(sized).encrypted_tally)!,
    decryptions,
    result: payloads('Result')[0],
  }
}

for (const { name, expected } of archives) {
  if (expected.unsupported) continue
  const held = opened(name)
  const { group, election, ballots, trustees } = held

  test(`${name}: the product of the trustees' keys is the key of the election`, () => {
    equal(electionKey(group, trustees), election.public_key)
  })

  if (held.tally)
    test(`${name}: our tally of its ballots is the tool's, byte for byte, and so is its announcement`, () => {
      const counted = lastOfEach(ballots.map(({ credential }) => credential))
      const ours = encryptedTally(group, election, ballots.filter((_, at) => counted.has(at)).map(held.weigh))
      equal(writeEncryptedTally(ours.tally), held.tally)
      equal(writeSizedTally(sizedTally(ours)), held.sized)
      deepEqual([ours.numTallied, ours.totalWeight], [expected.counted, BigInt(expected.weight)])
    })

  // Logarithms of thousands of millions are left to the kernels, below.
  if (expected.result && expected.weight < 2 ** 30)
    test(`${name}: what we combine from the tool's decryptions is the tool's result, byte for byte`, () => {
      const combined = combine(
        group,
        { ...held, tally: readEncryptedTally(held.tally!), totalWeight: BigInt(expected.weight) },
        held.decryptions,
      )
      equal(combined.state === 'result' && writeResult(combined.result), held.result)
      deepEqual(combined.state === 'result' && combined.result.map((row) => row.map(Number)), expected.result)
      deepEqual(missingDecryptions(trustees, new Set(held.decryptions.keys())), [])
    })
}

for (const name of ['3.0-three-of-five', '3.0-weights', '2.0-questions', '2.0-weights', '2.0-rfc3526-pedersen'])
  test(`${name}: the kernel of the group comes to the same tally and result`, async () => {
    const held = opened(name)
    const kernel = await openKernel(held.group.name, platformRandom)
    const counted = lastOfEach(held.ballots.map(({ credential }) => credential))
    const ballots = held.ballots.filter((_, at) => counted.has(at)).map(held.weigh)
    const { tally, totalWeight } = encryptedTally(kernel, held.election, ballots)
    equal(writeEncryptedTally(tally), held.tally)
    const combined = combine(kernel, { ...held, tally, totalWeight }, held.decryptions)
    equal(combined.state === 'result' && writeResult(combined.result), held.result)
  })
