import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { canonicalJson } from '#platform/canonical.ts'
import {
  blocking,
  leadsTo,
  liesWith,
  type Move,
  moves,
  movesOf,
  type ProposalState,
  proposalStates,
  typedAnswers,
} from './draft.ts'
import { receiptNumber } from './receipt.ts'
import { questionsFor } from './round.ts'
import { shippedRounds } from './shipped-rounds.ts'

describe('competition: the two locks as a table', () => {
  it('lets a unit write and send what lies with it, and nothing once it is submitted', () => {
    assert.deepEqual(
      proposalStates.map((state) => `${state}: ${movesOf(['unit'], state).join(', ')}`),
      [
        'draft: edit, send, withdraw',
        'with-local-admin: recall',
        'returned: edit, send, withdraw',
        'submitted: ',
        'passed: ',
        'failed: ',
        'withdrawn: ',
      ],
    )
  })
  it('lets a local admin act on what lies with it, and withdraw what it submitted', () => {
    assert.deepEqual(
      proposalStates.map((state) => `${state}: ${movesOf(['local-admin'], state).join(', ')}`),
      [
        'draft: ',
        'with-local-admin: comment, return, submit',
        'returned: ',
        'submitted: withdraw',
        'passed: ',
        'failed: ',
        'withdrawn: ',
      ],
    )
  })
  it('gives somebody on both sides the moves of both, each once', () => {
    assert.deepEqual(movesOf(['unit', 'local-admin', 'unit'], 'with-local-admin'), [
      'recall',
      'comment',
      'return',
      'submit',
    ])
    assert.deepEqual(movesOf([], 'draft'), [])
  })
  it('needs both locks: no walk of a unit alone ends with the ministry', () => {
    const walk = fc.array(fc.nat(10))
    fc.assert(
      fc.property(walk, (choices) => {
        let state: ProposalState = 'draft'
        for (const choice of choices) {
          const here: readonly Move[] = moves.unit[state]
          const open = here.filter((move) => move !== 'edit' && move !== 'comment')
          if (open.length > 0) state = leadsTo[open[choice % open.length]!]
        }
        assert.notEqual(liesWith(state), 'ministry')
      }),
    )
  })
  it('says with whom each state lies', () => {
    assert.deepEqual(proposalStates.map(liesWith), [
      'unit',
      'local-admin',
      'unit',
      'ministry',
      'ministry',
      'ministry',
      'nobody',
    ])
  })
})

describe('competition: answers as their questions ask', () => {
  const question = questionsFor(shippedRounds()[0]!, 'umum')[0]!
  const typed = (kind: typeof question.kind, text: string | undefined) =>
    typedAnswers([{ ...question, key: 'x', kind }], text === undefined ? {} : { x: text }).x
  const table: [typeof question.kind, string | undefined, string | number | boolean | null][] = [
    ['text', undefined, null],
    ['text', '  ', null],
    ['text', 'isi', 'isi'],
    ['tick', 'ya', true],
    ['tick', undefined, false],
    ['number', '12,5', 12.5],
    ['number', 'banyak', 'banyak'],
    ['date', '2017-02-28', '2017-02-28'],
  ]
  for (const [kind, text, expected] of table)
    it(`reads ${kind} ${JSON.stringify(text)} as ${JSON.stringify(expected)}`, () =>
      assert.equal(typed(kind, text), expected))

  it('closes the lock on what is certain alone', () => {
    const finding = (rule: 'age' | 'near-title' | 'prior-award', severity: 'fail' | 'pass' | 'warning') =>
      ({ rule, severity, params: {} }) as const
    const age = finding('age', 'fail')
    assert.deepEqual(
      blocking([age, finding('age', 'pass'), finding('near-title', 'warning'), finding('prior-award', 'fail')]),
      [age],
    )
  })
})

describe('competition: receipts', () => {
  it('number entries within their round', () => {
    assert.equal(receiptNumber('2017', 1), 'KIPP-2017-0001')
    assert.equal(receiptNumber('2022-uji', 12_345), 'KIPP-2022-UJI-12345')
  })
  it('hash the same content to the same bytes, whatever the order of its keys', () => {
    assert.equal(
      canonicalJson({ b: [1, { d: null, c: 'é' }], a: undefined, A: 'x' }),
      '{"A":"x","b":[1,{"c":"é","d":null}]}',
    )
    const shuffled = (value: unknown): unknown =>
      value === null || typeof value !== 'object'
        ? value
        : Array.isArray(value)
          ? value.map(shuffled)
          : Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([key, inner]) => [key, shuffled(inner)]),
            )
    const sha = (value: unknown) => createHash('sha256').update(canonicalJson(value)).digest('hex')
    fc.assert(fc.property(fc.jsonValue(), (value) => assert.equal(sha(value), sha(shuffled(value)))))
  })
  it('stay the same content when read again', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) =>
        assert.equal(canonicalJson(JSON.parse(canonicalJson(value))), canonicalJson(value)),
      ),
    )
  })
})
