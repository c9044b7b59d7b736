import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { bytesSource } from '../src/archive/index.ts'
import { openGroup } from '../src/group/index.ts'
import { verify } from '../src/verify/verify.ts'
import { alter, changeText, changeValue, latin1, putTogether, stepOf, type Taken, takeApart } from './alter.ts'
import { quickGroup } from './quick-group.ts'

const read = (name: string) => new Uint8Array(readFileSync(new URL(`./archives/${name}.bel`, import.meta.url)))
const { order: q } = openGroup('Ed25519')
/** A point of order 8 of edwards25519, in the spelling of the format. */
const order8 = '7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7'

/** Rules and paths. */
async function named(bytes: Uint8Array): Promise<string[]> {
  const { findings } = await verify(bytesSource(bytes), { openGroup: quickGroup })
  return findings.map(({ rule, place }) => `${rule} ${place.path ?? ''}`.trim())
}

const next = (number: string) => ((BigInt(number) + 1n) % q).toString()
const above = (number: string) => (BigInt(number) + q).toString()

// biome-ignore lint/suspicious/noExplicitAny: somebody who forges a record keeps to no type
type Decryption = Record<string, any>
// biome-ignore lint/suspicious/noExplicitAny: as above
type Change = (value: any) => void
const of = (name: string) => (change: (taken: Taken) => void) => () => alter(read(name), change)
/** Two voters, two candidates, two trustees alone; the tally, and both decryptions. */
const tallied = of('3.0-tallied')
const decrypted = of('3.0-decrypting')
/** With a result: four voters (three ballots), three candidates, one trustee. */
const final = of('3.0-single')
/** One trustee alone, three of whom two are needed: all four, and one too few. */
const shared = of('3.0-pedersen-all')
const revoted = of('3.0-revotes')
const tally = (change: Change) => tallied((taken) => changeValue(taken, 'encrypted_tally', change))
const decryption = (change: Change) => decrypted((taken) => changeValue(taken, 'partial_decryption', change))
const result = (from: string | RegExp, to: string) =>
  final((taken) => changeText(taken, 'result', (text) => text.replace(from, to)))
/** The `nth` event of a type, from 0, taken away or put in again. */
const without = (taken: Taken, type: Parameters<typeof stepOf>[1], nth = 0) =>
  taken.steps.splice(taken.steps.indexOf(stepOf(taken, type, nth)), 1)
const garbled = (name: string, role: 'encrypted_tally' | 'partial_decryption' | 'result') => async () => {
  const taken = await takeApart(read(name))
  // The name of the election is not ASCII, so it is spelt out, byte by byte.
  stepOf(taken, 'Setup').texts.election = String.fromCharCode(
    ...new TextEncoder().encode(stepOf(taken, 'Setup').texts.election),
  )
  changeText(taken, role, (before) => before.replace('"', '\xff"'))
  return putTogether(taken, latin1)
}

/** The first two weights, 5 and 1, change places: the sum stays. */
const dealtAgain = (roll: string) => roll.replace(',5"', ',x"').replace(',1"', ',5"').replace(',x"', ',1"')

const cases: [what: string, bytes: () => Promise<Uint8Array>, findings: string[]][] = [
  ['a tally', tallied(() => {}), []],
  ['a tally of something else', tally(([question]) => question.reverse()), ['tally.product [0][0]']],
  [
    'a tally with another element',
    tally(([question]) => (question[1].beta = question[0].beta)),
    ['tally.product [0][1]'],
  ],
  ['a tally with no element', tally(([question]) => (question[1].beta = order8)), ['tally.product [0][1]']],
  [
    'a tally with a choice too few',
    tally(([question]) => question.pop()),
    ['tally.product [0][1]', 'count.memberships'],
  ],
  ['a tally with a question too many', tally((all) => all.push(all[0])), ['tally.product', 'count.memberships']],
  [
    'a tally with white space',
    tallied((t) => changeText(t, 'encrypted_tally', (text) => text.replace(',', ', '))),
    ['tally.form', 'count.memberships'],
  ],
  ['a tally that is not UTF-8', garbled('3.0-tallied', 'encrypted_tally'), ['tally.form', 'count.memberships']],
  [
    'a tally that says one ballot more',
    tallied((t) => stepOf(t, 'EncryptedTally').sized!.num_tallied++),
    ['tally.num-tallied'],
  ],
  [
    'a tally that says another weight',
    tallied((t) => stepOf(t, 'EncryptedTally').sized!.total_weight++),
    ['tally.total-weight'],
  ],
  [
    'a ballot left out after the tally',
    tallied((t) => without(t, 'Ballot', 1)),
    ['tally.num-tallied', 'tally.total-weight', 'tally.product [0][0]'],
  ],
  [
    'a replaced ballot left out, which nobody can see but in the chain of events',
    revoted((t) => without(t, 'Ballot', 0)),
    [],
  ],
  [
    'the ballots in another order, so that another one is the last',
    revoted((t) => t.steps.splice(1, 5, ...t.steps.slice(1, 6).reverse())),
    ['tally.product [0][0]'],
  ],
  [
    'the same weights, dealt to other voters',
    of('3.0-weights')((t) => changeText(t, 'public_credentials', dealtAgain)),
    ['tally.product [0][0]'],
  ],

  ['both decryptions', decrypted(() => {}), []],
  [
    'a wrong proof of decryption',
    decryption((d) => (d.decryption_proofs[0][1].response = next(d.decryption_proofs[0][1].response))),
    ['decryption.proof decryption_proofs[0][1]'],
  ],
  [
    'a number not below q in it',
    decryption((d) => (d.decryption_proofs[0][1].response = above(d.decryption_proofs[0][1].response))),
    ['decryption.scalar decryption_proofs[0][1]'],
  ],
  [
    'a challenge not below q',
    decryption((d) => (d.decryption_proofs[0][0].challenge = above(d.decryption_proofs[0][0].challenge))),
    ['decryption.scalar decryption_proofs[0][0]'],
  ],
  [
    'another factor',
    decryption((d) => d.decryption_factors[0].reverse()),
    ['decryption.proof decryption_proofs[0][0]', 'decryption.proof decryption_proofs[0][1]'],
  ],
  [
    'a factor outside the group',
    decryption((d) => (d.decryption_factors[0][0] = order8)),
    ['decryption.membership decryption_factors[0][0]', 'count.proofs'],
  ],
  [
    'a factor too few',
    decryption((d) => d.decryption_factors[0].pop()),
    ['decryption.shape', 'count.proofs', 'count.memberships'],
  ],
  [
    'a proof too many',
    decryption((d) => d.decryption_proofs.push(d.decryption_proofs[0])),
    ['decryption.shape', 'count.proofs', 'count.memberships'],
  ],
  ['a field more', decryption((d) => (d.note = 'halo')), ['decryption.form note', 'count.proofs', 'count.memberships']],
  [
    'a decryption that is not UTF-8',
    garbled('3.0-decrypting', 'partial_decryption'),
    ['decryption.form', 'count.proofs', 'count.memberships'],
  ],
  [
    'the decryption of another trustee',
    decrypted((t) => {
      const [a, b] = [stepOf(t, 'PartialDecryption', 0), stepOf(t, 'PartialDecryption', 1)]
      ;[a.owner, b.owner] = [2, 1]
    }),
    [
      'decryption.proof decryption_proofs[0][0]',
      'decryption.proof decryption_proofs[0][1]',
      'decryption.proof decryption_proofs[0][0]',
      'decryption.proof decryption_proofs[0][1]',
    ],
  ],
  [
    'a trustee who is none',
    decrypted((t) => (stepOf(t, 'PartialDecryption', 1).owner = 3)),
    ['decryption.owner', 'count.proofs', 'count.memberships'],
  ],
  [
    'decryptions of a tally that is not that of the ballots',
    decrypted((t) => changeValue(t, 'encrypted_tally', ([question]: [unknown[]]) => question.reverse())),
    [
      'tally.product [0][0]',
      'decryption.proof decryption_proofs[0][0]',
      'decryption.proof decryption_proofs[0][1]',
      'decryption.proof decryption_proofs[0][0]',
      'decryption.proof decryption_proofs[0][1]',
    ],
  ],

  ['a result', final(() => {}), []],
  [
    'votes moved from one to another',
    result('[[2,0,1]]', '[[1,1,1]]'),
    ['result.value result[0][0]', 'result.value result[0][1]'],
  ],
  ['one vote more', result('[[2,0,1]]', '[[3,0,1]]'), ['result.value result[0][0]']],
  [
    'q votes more, which are the same power of g; Belenios 2.0 accepts them',
    result('[[2,', `[["${2n + q}",`),
    ['result.range result[0][0]'],
  ],
  ['a number too few', result('[[2,0,1]]', '[[2,0]]'), ['result.shape']],
  ['a question too many', result('[[2,0,1]]', '[[2,0,1],[2,0,1]]'), ['result.shape']],
  ['white space in the result', result(',', ', '), ['result.form']],
  ['a result that is not UTF-8', garbled('3.0-single', 'result'), ['result.form']],
  [
    'a result without its decryption',
    final((t) => without(t, 'PartialDecryption')),
    ['decryption.missing', 'event.order'],
  ],
  ['all who share a key have decrypted', shared(() => {}), []],
  ['one of three has not, two are needed', shared((t) => without(t, 'PartialDecryption', 2)), []],
  [
    'two of three have not',
    shared((t) => {
      without(t, 'PartialDecryption', 3)
      without(t, 'PartialDecryption', 2)
    }),
    ['decryption.missing'],
  ],
  ['the one who decrypts alone has not', shared((t) => without(t, 'PartialDecryption', 0)), ['decryption.missing']],
  [
    'one of three wrongly, two are needed and there',
    shared((t) =>
      changeValue(
        t,
        'partial_decryption',
        (d: Decryption) => (d.decryption_proofs[0][0].response = next(d.decryption_proofs[0][0].response)),
        1,
      ),
    ),
    ['decryption.proof decryption_proofs[0][0]'],
  ],
  [
    'a wrong result with a wrong decryption among enough',
    shared((t) => {
      changeValue(
        t,
        'partial_decryption',
        (d: Decryption) => (d.decryption_proofs[0][0].response = next(d.decryption_proofs[0][0].response)),
        1,
      )
      changeText(t, 'result', (text) => text.replace('[[0,2]]', '[[1,1]]'))
    }),
    ['decryption.proof decryption_proofs[0][0]', 'result.value result[0][0]', 'result.value result[0][1]'],
  ],
]

for (const [what, bytes, findings] of cases)
  test(`${what}: ${[...new Set(findings.map((each) => each.split(' ')[0]))].join(', ') || 'sound'}`, async () => {
    assert.deepEqual(await named(await bytes()), findings)
  })
