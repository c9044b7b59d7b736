import { deepEqual, equal, notEqual, ok } from 'node:assert/strict'
import { test } from 'node:test'
import { followBallot, platformRandom, readBallot, writeBallot } from '@melayani/ballot'
import { bytesSource, WriteRefused } from '@melayani/ballot/archive'
import { openBooth } from '@melayani/ballot/cast'
import {
  type Counts,
  hashOf,
  noCounts,
  reconcile,
  resultKind,
  shortHash,
  signatureHolds,
} from '../../src/format/index.ts'
import { receipt } from '../../src/print/index.ts'
import { verifyRecord } from '../../src/record/index.ts'
import { makeRecord, type RecordMakers, seal } from '../recorded.ts'
import { credentialOf } from '../tallied.ts'
import { makeTps } from '../village.ts'
import { judged, publish } from './published.ts'

/**
 * A station, or whoever publishes, that stuffs, copies, drops, replaces or shows two views. What is asked of each attack: that
 * somebody who has the papers of a polling place sees it, and can show it to a third.
 */
const made = makeTps({ voters: 6, reserve: 4 })
const booth = openBooth(made.package.ballot.election)
const choice = (vote: number) => [[0, 1, 2, 3].map((each) => (each === vote ? 1 : 0))] as (0 | 1)[][]
const vote = (token: number, pick: number) =>
  booth.encrypt(credentialOf(made.tokens[token]!), choice(pick), platformRandom)
const honest = [1, 2, 1, 3].map((pick, at) => vote(at, pick))
const texts = honest.map(({ text }) => text)

/** A whole record as a station writes it. */
const record = makeRecord({ tps: { candidates: ['Ani', 'Budi'] }, votes: [1, 1, 2], challenged: [] })

/** The numbers of a polling place where four came, four voted, and the slips and left tokens were counted by hand. */
const counts: Counts = { ...noCounts, present: 4, issued: 4, used: 4, cast: 4, slips: 4 }
const unused = made.package.pool.size - 4
const broken = (changed: Partial<Counts>, left = unused) =>
  reconcile(
    { ...counts, ...changed },
    { pool: made.package.pool.size, roll: made.package.roll.count, unused: left, voidSlips: 0, replaced: 0 },
  )
    .filter(({ holds }) => !holds)
    .map(({ law }) => law)

test('the honest archive is sound and every law holds', async () => {
  const { bytes, votes, blank } = publish(made, texts)
  deepEqual(await judged(bytes), ['sound'])
  deepEqual([votes, blank], [[2, 1, 1], 0])
  deepEqual(broken({}), [])
})

test('stuffing: a ballot of no token is refused by the verifier, whatever it is signed with', async () => {
  const stranger = openBooth(made.package.ballot.election).encrypt(
    '11111-222222-33333-444444',
    choice(1),
    platformRandom,
  ).text
  deepEqual((await judged(publish(made, [...texts, stranger]).bytes)).slice(0, 2), [
    'refused',
    'ballot.credential-unknown',
  ])
  // The credential of a token that nobody used, without its private half: only the signature of another one is at hand.
  const unusedCredential = readBallot(vote(5, 1).text).credential
  const forged = readBallot(stranger)
  const rules = await judged(publish(made, [...texts, writeBallot({ ...forged, credential: unusedCredential })]).bytes)
  equal(rules[0], 'refused')
  ok(rules.includes('ballot.signature'), `${rules}`)
})

test('stuffing with stolen tokens: the archive is sound, and the hand-counted tokens and slips are not', async () => {
  const stolen = vote(7, 2).text
  deepEqual(await judged(publish(made, [...texts, stolen]).bytes), ['sound'])
  // The station says what is: one used and cast more than was issued, and no slip.
  deepEqual(broken({ used: 5, cast: 5 }, unused - 1), ['slips', 'issued', 'pool'])
  // It says that the token was issued: then somebody more must have come, whose line no desk has.
  deepEqual(broken({ used: 5, cast: 5, issued: 5 }, unused - 1), ['present', 'slips'])
  // It invents the visitor and a slip as well: then its counts are not those of the desks' signed lines and of the box.
  deepEqual(broken({ used: 5, cast: 5, issued: 5, present: 5, slips: 5 }, unused - 1), [])
  // Whatever it says, with the token still in the envelope the pool does not add up.
  deepEqual(broken({ used: 5, cast: 5, issued: 5, present: 5, slips: 5 }), ['pool'])
})

test('copying: the same ballot twice cannot be written, a copy under another token is refused', async () => {
  let refused: unknown
  try {
    publish(made, [...texts, texts[0]!])
  } catch (error) {
    refused = error
  }
  ok(refused instanceof WriteRefused)
  const other = readBallot(vote(5, 3).text)
  const copy = writeBallot({ ...readBallot(texts[0]!), credential: other.credential })
  const rules = await judged(publish(made, [...texts, copy]).bytes)
  equal(rules[0], 'refused')
  ok(rules.includes('ballot.individual-proof') && rules.includes('pilkades.alpha'), `${rules}`)
})

test('T7: a second ballot of one token is named, also where the format would count the last', async () => {
  const again = vote(0, 3).text
  const list = [...texts, again]
  deepEqual(await judged(publish(made, list, { counted: 'last' }).bytes), ['profile', 'pilkades.revote'])
  const both = await judged(publish(made, list).bytes)
  deepEqual([both[0], both.includes('pilkades.revote'), both.includes('tally.product')], ['refused', true, true])
})

test('T27: booths cloned from one image draw the same randomness, and the same alpha is named', async () => {
  const replay = () => {
    let seed = 99
    return (length: number) =>
      Uint8Array.from({ length }, () => {
        seed = (seed * 48_271) % 2_147_483_647
        return (seed >> 7) & 255
      })
  }
  const clones = [0, 1].map((token) => {
    const each = openBooth(made.package.ballot.election)
    return each.encrypt(credentialOf(made.tokens[token]!), choice(token + 1), replay()).text
  })
  const rules = await judged(publish(made, clones).bytes)
  deepEqual(rules, ['profile', 'pilkades.alpha'])
  // One booth would have noticed itself.
  const one = openBooth(made.package.ballot.election)
  one.encrypt(credentialOf(made.tokens[0]!), choice(1), replay())
  let said = ''
  try {
    one.encrypt(credentialOf(made.tokens[1]!), choice(2), replay())
  } catch (error) {
    said = (error as Error).message
  }
  equal(said, 'encrypt: the source of randomness repeats itself')
})

test('T14: a dropped ballot is missed by its voter, by the slips, and by the head of the hour before', async () => {
  const { bytes } = publish(made, texts.slice(1))
  deepEqual(await judged(bytes), ['sound'])
  const found = async (code: string) => (await followBallot(bytesSource(bytes), code)).number
  deepEqual(await Promise.all(honest.map(async ({ trackingCode }) => (await found(trackingCode)) !== undefined)), [
    false,
    true,
    true,
    true,
  ])
  deepEqual(broken({ cast: 3 }), ['used', 'slips', 'issued'])
  // With every count made to fit, the signed head of an hour before still has one ballot more.
  const before = { ...noCounts, present: 4, issued: 4, used: 4, cast: 4, slips: 4 }
  const altered = seal(record, (entries, makers) => {
    const heads = JSON.parse(new TextDecoder().decode(entries.get('heads.json')))
    heads[0] = makers.signedBy('head/1', { ...JSON.parse(heads[0].text), counts: before }, ['device'])
    entries.set('heads.json', new TextEncoder().encode(JSON.stringify(heads)))
  })
  equal((await verifyRecord(bytesSource(record.bytes))).verdict, 'sound')
  const { findings } = await verifyRecord(bytesSource(altered.bytes))
  deepEqual([...new Set(findings.map(({ rule }) => rule))], ['head.order'])
})

test('T12: two voters with one code: one slip more than ballots, or a code that stands on two receipts', async () => {
  const paperOf = (code: string) => JSON.stringify(receipt({ package: made.package, code }).blocks)
  // The booth gives the second voter the code of the first, and drops the second ballot.
  const given = [honest[0]!, honest[0]!, honest[2]!, honest[3]!].map(({ trackingCode }) => paperOf(trackingCode))
  const dropped = publish(
    made,
    [0, 2, 3].map((at) => texts[at]!),
  ).bytes
  deepEqual(await judged(dropped), ['sound'])
  deepEqual(broken({ cast: 3 }), ['used', 'slips', 'issued'])
  // Or it casts one of its own with the second voter's token, so that every number fits.
  const replaced = publish(made, [texts[0]!, vote(1, 1).text, texts[2]!, texts[3]!])
  deepEqual(await judged(replaced.bytes), ['sound'])
  deepEqual(broken({}), [])
  // Codes on the wall are compared: the receipts of four voters name three ballots, of four that are there.
  equal(new Set(given).size, 3)
  // A receipt has the code and nothing that numbers it: two with one code are one and the same paper.
  equal(given[0], given[1])
  // And the slips, which the second voter had read, say 2 where the tally says 1.
  deepEqual(replaced.votes, [3, 0, 1])
})

test('T13: two views of one election are two hashes, and a station that signs both has signed its own proof', async () => {
  // An archive of other ballots, in the place of the one that was signed and printed.
  const bel = record.entries.get('election.bel')!
  const changed = publish(record.makers, [...ballotsOf(bel)].slice(1)).bytes
  const swapped = seal(record, (entries) => void entries.set('election.bel', changed))
  const { verdict, findings } = await verifyRecord(bytesSource(swapped.bytes))
  equal(verdict, 'refused')
  ok(findings.some(({ rule }) => rule === 'result.archive'))
  notEqual(shortHash(hashOf(changed)), shortHash(hashOf(bel)))
  // With a second result, signed as version 1 as well: two texts of one version under one key.
  const resultOf = ({ makers, entries }: { makers: RecordMakers; entries: Map<string, Uint8Array> }) => ({
    signed: JSON.parse(new TextDecoder().decode(entries.get('result-1.json'))),
    key: makers.station.key,
  })
  const first = resultOf(record)
  const second = record.makers.signedBy(resultKind, { ...JSON.parse(first.signed.text), votes: [0, 3] }, [
    'chair',
    'officer',
    'device',
  ])
  const under = (signed: typeof second) =>
    signed.signatures.filter((each) => each.key === first.key && signatureHolds(resultKind, signed.text, each)).length
  deepEqual([under(first.signed), under(second)], [1, 1])
  const [a, b] = [first.signed.text, second.text].map((text: string) => JSON.parse(text))
  deepEqual([a.tps, a.version], [b.tps, b.version])
  notEqual(hashOf(first.signed.text), hashOf(second.text))
})

/** Texts of the ballots in an archive. */
function* ballotsOf(bytes: Uint8Array): Generator<string> {
  const text = Buffer.from(bytes).toString('latin1')
  for (const [ballot] of text.matchAll(/\{"election_uuid":.*?"signature":\{"hash":"[^"]*","proof":\{[^}]*\}\}\}/g))
    yield ballot
}
