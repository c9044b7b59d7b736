import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { profiles } from '../store/profile.ts'
import type { Audited } from './audit.ts'
import { contentOf, type Deciding, decisionHash, lastToFile, obstaclesTo, standsAsDecided } from './decision.ts'
import type { Election } from './election.ts'
import { type ShownTps, villageResult } from './village.ts'

const opens = new Date('2026-11-22T00:00:00Z')
/** Three days for objections: they end with the third day after the day, at midnight in the village. */
const over = new Date('2026-11-26T00:00:00+07:00')
const candidates = [
  { number: 1, name: 'Sari' },
  { number: 2, name: 'Kotak kosong', emptyBox: true as const },
]
const place = (number: number, votes: number[] | null): ShownTps => ({
  ...{ id: `tps-${number}`, number, place: 'Balai', hamlet: null, mobile: 0, state: votes ? 'counted' : 'missing' },
  ...{
    late: false,
    questioned: false,
    typed: false,
    voters: 100 * number,
    present: 50,
    fewest: votes && 50,
    least: 5,
    versions: 1,
  },
  ...{ votes, valid: votes?.reduce((sum, n) => sum + n, 0) ?? 0, blank: 0 },
})

const confirmed = (piles: Deciding['piles']): Audited => ({
  ...{ kind: 'full', escalated: null, outcome: 'confirmed', adopted: false, piles, counts: [] },
})

/** An election in which nothing stands against a decision. */
function ready(votes: (number[] | null)[] = [[30, 20]], more: Partial<Deciding> = {}): Deciding {
  const places = votes.map((each, at) => place(at + 1, each))
  const election = { state: 'held', profile: profiles[0] } as Election
  const results = places.map(({ id, number }) => ({ tps: id, number, hash: `hash-${number}` }))
  const result = villageResult(places, election.profile.rules.tie.value)
  const piles = places.map(({ id, number, votes }) => ({
    ...{ tps: id, number, votes: votes ?? [], blank: 0, slips: 50, result: `hash-${number}` },
  }))
  return {
    ...{ election, opens, places, candidates, result, results, piles },
    objected: false,
    audits: [confirmed(piles)],
    proofs: [],
    ...more,
  }
}

describe('voting: what stands against a decision', () => {
  it('is nothing from the first instant after the days for objections on, and not before', () => {
    assert.equal(lastToFile(ready()), '2026-11-25')
    assert.equal(lastToFile(ready([[30, 20]], { opens: null })), null)
    assert.deepEqual(obstaclesTo(ready(), over), [])
    assert.deepEqual(obstaclesTo(ready(), new Date(over.getTime() - 1)), ['decide-early'])
    assert.deepEqual(obstaclesTo(ready(), new Date(opens.getTime() - 1)), ['decide-early'])
    assert.deepEqual(obstaclesTo(ready([[30, 20]], { opens: null }), over), ['decide-early'])
  })

  it('is a result that is missing, an objection without an end, and any state but the one after voting', () => {
    assert.deepEqual(obstaclesTo(ready([[30, 20], null]), over), ['decide-missing'])
    assert.deepEqual(obstaclesTo(ready([]), over), ['decide-missing'])
    assert.deepEqual(obstaclesTo(ready([[30, 20]], { objected: true }), over), ['decide-objected'])
    const { election } = ready()
    for (const state of ['preparing', 'sealed', 'decided', 'closed'] as const)
      assert.deepEqual(obstaclesTo(ready([[30, 20]], { election: { ...election, state } }), over), ['decide-not-held'])
  })

  it('is what the ladder for equal votes asks and nobody entered', () => {
    const { places } = ready([[30, 30]])
    assert.deepEqual(obstaclesTo(ready([[30, 30]], { result: villageResult(places, ['education-level']) }), over), [
      'decide-facts',
    ])
  })

  /** A full count of one polling place that was announced with 30 to 20, or so, and what two people found there. */
  const audit = (outcome: Audited['outcome'], votes: number[], found?: number[], result = 'hash-1'): Audited => ({
    ...{ kind: 'full', escalated: null, outcome, adopted: false },
    piles: [{ tps: 'tps-1', number: 1, votes, blank: 0, slips: 50, result }],
    counts: (['a', 'b'] as const).flatMap((by) =>
      found ? [{ tps: 'tps-1', round: 1, side: by, by, votes: found, blank: 0, unreadable: 0 }] : [],
    ),
  })
  const against = (...audits: Audited[]) => obstaclesTo(ready([[30, 20]], { audits }), over)

  it('is an audit of just these numbers that has no end or did not confirm them, whichever version says them', () => {
    assert.deepEqual(against(audit(null, [30, 20])), ['decide-audit'])
    assert.deepEqual(against(audit('differs', [30, 20], [20, 30])), ['decide-differs'])
    assert.deepEqual(against(audit('confirmed', [30, 20], [30, 20])), [])
    // A correction that changes no number has another hash, and takes no audit away.
    assert.deepEqual(against(audit(null, [30, 20], undefined, 'before')), ['decide-audit'])
    assert.deepEqual(against(audit('differs', [30, 20], [20, 30], 'before')), ['decide-differs'])
  })

  it('is a later audit that is missing, after numbers changed under one that had no end or differed', () => {
    assert.deepEqual(against(audit(null, [29, 21])), ['decide-again'])
    assert.deepEqual(against(audit('differs', [29, 21], [20, 30])), ['decide-again'])
    assert.deepEqual(against(audit('differs', [29, 21], [20, 30]), audit(null, [30, 20])), ['decide-audit'])
    assert.deepEqual(against(audit('differs', [29, 21], [20, 30]), audit('confirmed', [30, 20], [30, 20])), [])
    // Confirmed in between, and the numbers changed once more.
    assert.deepEqual(against(audit(null, [29, 21]), audit('confirmed', [28, 22], [28, 22])), ['decide-again'])
    assert.deepEqual(against(audit('confirmed', [29, 21], [29, 21])), ['decide-unaudited'])
    // What two people counted of every slip is what counts now.
    const counted = audit('differs', [20, 30], [30, 20])
    assert.deepEqual(against(counted), [])
    // Only what nobody can read made it differ: until two say that the votes hold, they do not.
    const unread = audit('differs', [30, 20], [30, 20])
    assert.deepEqual(against(unread), ['decide-differs'])
    assert.deepEqual(against({ ...unread, adopted: true }), [])
  })

  it('is an audit that the rules ask for: where all slips are to be counted, or always', () => {
    const one = (votes: number[], required: 'close' | 'always', slips = votes[0]! + votes[1]!) => {
      const { election, piles } = ready([votes])
      const { rules } = election.profile
      const audit = { ...rules.audit, value: { required, risk: 5, below: 10 } }
      const profile = { ...election.profile, rules: { ...rules, audit } }
      const counted = piles.map((pile) => ({ ...pile, slips }))
      return obstaclesTo(ready([votes], { election: { ...election, profile }, piles: counted, audits: [] }), over)
    }
    assert.deepEqual(one([923, 907], 'close'), ['decide-unaudited'])
    assert.deepEqual(one([900, 900], 'close'), ['decide-unaudited'])
    assert.deepEqual(one([900, 300], 'close'), [])
    assert.deepEqual(one([900, 300], 'close', 1203), ['decide-unaudited'])
    assert.deepEqual(one([900, 300], 'always'), ['decide-unaudited'])
  })
})

describe('voting: what is decided', () => {
  it('is who has most votes; nobody, where the empty box has, where nobody got any, or where the ladder ends', () => {
    const said = (votes: number[][]) => {
      const { kind, candidate, name } = contentOf(ready(votes))!
      return [kind, candidate, name]
    }
    assert.deepEqual(said([[30, 20]]), ['winner', 1, 'Sari'])
    assert.deepEqual(said([[20, 30]]), ['empty-box', null, null])
    assert.deepEqual(said([[0, 0]]), ['no-votes', null, null])
    assert.deepEqual(said([[25, 25]]), ['undecided', null, null])
    // Equal in sum; the polling place with the larger roll decides.
    assert.deepEqual(
      said([
        [10, 20],
        [20, 10],
      ]),
      ['winner', 1, 'Sari'],
    )
    assert.equal(contentOf(ready([[30, 20], null])), undefined)
  })

  it('is known by a hash over its numbers, its results and its election, and stands while the numbers do', () => {
    const content = contentOf(ready())!
    const hash = decisionHash('a', content)
    assert.match(hash, /^[0-9a-f]{64}$/)
    assert.equal(decisionHash('a', structuredClone(content)), hash)
    const other = { ...content, results: [{ tps: 'tps-1', number: 1, hash: 'another' }] }
    for (const [election, each] of [
      ['b', content],
      ['a', other],
      ['a', { ...content, blank: 1 }],
    ] as const)
      assert.notEqual(decisionHash(election, each), hash)
    assert.equal(standsAsDecided(content, ready().result), true)
    assert.equal(standsAsDecided(content, ready([[29, 21]]).result), false)
    assert.equal(standsAsDecided(content, ready([[30, 20], null]).result), false)
  })
})
