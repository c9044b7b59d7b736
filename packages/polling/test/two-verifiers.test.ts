import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { platformRandom } from '@melayani/ballot'
import { openBooth } from '@melayani/ballot/cast'
import { verifyReference } from '../../ballot/src/reference/index.ts'
import { judged, publish } from './attacks/published.ts'
import { type MadeRecord, makeRecord } from './recorded.ts'

/**
 * R72: the verifier of records asks the archive's verifier, whose arithmetic the booth uses too. The second one (packages/ballot,
 * src/reference) was written apart: its own reading of files and texts, its own formulas, @noble/curves below. A fault that both
 * booth and verifier have would be one that it has not.
 */
let made: MadeRecord
let bel: Uint8Array
before(() => {
  made = makeRecord({ tps: { candidates: ['Ani', 'Budi'] }, votes: [1, 2, 0], challenged: [] })
  bel = made.entries.get('election.bel')!
})

test('the archive of a record is sound for both verifiers, with the same votes', async () => {
  assert.deepEqual(await judged(bel), ['sound'])
  const { verdict, faults, notCanonical, result, stage } = verifyReference(bel)
  assert.deepEqual([verdict, faults, notCanonical, stage], ['sound', [], [], 'decrypted'])
  assert.deepEqual(result, [[1n, 1n, 1n]])
})

/** Text of the archive with one place of it changed, of the same length. */
const changed = (from: RegExp, to: (found: string) => string) => {
  const text = Buffer.from(bel).toString('latin1')
  const found = from.exec(text)![0]
  const other = to(found)
  assert.equal(other.length, found.length)
  assert.notEqual(other, found)
  return new Uint8Array(Buffer.from(text.replace(found, other), 'latin1'))
}
const nextDigit = (digit: string) => String((Number(digit) + 1) % 10)

test('what is changed in an archive is refused by both: result, proof, factor, ciphertext, signature', async () => {
  const places = {
    result: changed(/\{"result":\[\[\d/, (found) => found.slice(0, -1) + nextDigit(found.at(-1)!)),
    proof: changed(/"response":"\d/, (found) => found.slice(0, -1) + nextDigit(found.at(-1)!)),
    factor: changed(/"decryption_factors":\[\["./, (found) => found.slice(0, -1) + (found.endsWith('1') ? '2' : '1')),
    ciphertext: changed(/"alpha":"[0-9a-f]{10}/, (found) => found.slice(0, -1) + (found.endsWith('1') ? '2' : '1')),
    signature: changed(/"signature":\{"hash":"./, (found) => found.slice(0, -1) + (found.endsWith('A') ? 'B' : 'A')),
  }
  for (const [name, bytes] of Object.entries(places)) {
    assert.equal((await judged(bytes))[0], 'refused', name)
    assert.equal(verifyReference(bytes).verdict, 'refused', name)
  }
})

test('a ballot of no token, written into an archive that is otherwise in order, is refused by both', async () => {
  const ballots = ballotsOf(bel)
  assert.equal(ballots.length, 3)
  const booth = openBooth(made.makers.package.ballot.election)
  const stranger = booth.encrypt('11111-222222-33333-444444', [[0, 1, 0]], platformRandom).text
  const { bytes } = publish(made.makers, [...ballots, stranger])
  assert.equal((await judged(bytes))[0], 'refused')
  assert.equal(verifyReference(bytes).verdict, 'refused')
})

const ballotsOf = (bytes: Uint8Array): string[] =>
  Buffer.from(bytes)
    .toString('latin1')
    .match(/\{"election_uuid":.*?"signature":\{"hash":"[^"]*","proof":\{[^}]*\}\}\}/g)!
