import assert from 'node:assert/strict'
import { readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { test } from 'node:test'
import { bytesSource } from '../src/archive/index.ts'
import type { Group, GroupName } from '../src/group/group.ts'
import { openGroup as openOwnGroup } from '../src/group/index.ts'
import { openEdwardsKernel } from '../src/kernel/ed25519.ts'
import { verifyReference } from '../src/reference/index.ts'
import { verify } from '../src/verify/index.ts'
import {
  findBeleniosTool,
  makeWithTool,
  type ToolElection,
  type ToolQuestion,
  type ToolStage,
  toolAccepts,
  withoutTool,
} from './belenios-tool.ts'

const kernel = (await openEdwardsKernel()) as Group<unknown>

type Found = { verdict: string; stage: string; ballots: number; counted: number; weight: number; result?: number[][] }
/** Every verifier judges every archive. */
const verifiers: { name: string; judge: (bytes: Uint8Array) => Found | Promise<Found> }[] = [
  {
    name: 'the plain verifier',
    judge(bytes) {
      const { verdict, stage, counts, result } = verifyReference(bytes)
      const { ballots, counted, weight } = counts
      const rows = result ? { result: result.map((row) => row.map(Number)) } : {}
      return { verdict, stage, ballots, counted, weight: Number(weight), ...rows }
    },
  },
  {
    name: 'the verifier',
    async judge(bytes) {
      const openGroup = (name: GroupName) => (name === kernel.name ? kernel : openOwnGroup(name))
      const report = await verify(bytesSource(bytes), { openGroup })
      const { verdict, stage, counts, counted, weight, result } = report
      const rows = result?.map(({ blank, answers }) => [
        ...(blank === undefined ? [] : [Number(blank)]),
        ...answers.map(({ votes }) => Number(votes)),
      ])
      const found = { verdict, stage, ballots: counts.ballots, counted, weight: Number(weight) }
      return { ...found, ...(rows ? { result: rows } : {}) }
    },
  },
]

const tool = findBeleniosTool()
const options = tool ? {} : { skip: withoutTool }

/** What must be found, by adding up votes: the last of each voter, as often as the voter weighs. */
function addUp({ votes, weights, questions, stage }: ToolElection): Found {
  const last = new Map(votes.map(({ voter, choices }) => [voter, choices]))
  const counted = [...last].map(([voter, choices]) => ({ weight: weights[voter] ?? 1, choices }))
  const result = questions.map((question, q) => {
    if ('type' in question) throw new Error('cannot be added up')
    const width = question.answers.length + (question.blank ? 1 : 0)
    return Array.from({ length: width }, (_, c) =>
      counted.reduce((sum, { weight, choices }) => sum + weight * choices[q]![c]!, 0),
    )
  })
  return {
    verdict: 'sound',
    stage: stage === 'decrypting' ? 'tallied' : stage,
    ballots: votes.length,
    counted: counted.length,
    weight: counted.reduce((sum, { weight }) => sum + weight, 0),
    ...(stage === 'decrypted' ? { result } : {}),
  }
}

const one: ToolQuestion = { question: 'Siapa?', answers: ['Ani', 'Budi'], min: 1, max: 1 }
const some: ToolQuestion = { question: 'Nol sampai dua', answers: ['a', 'b', 'c'], min: 0, max: 2 }
const orBlank: ToolQuestion = { question: 'Satu, dua, atau kosong', answers: ['x', 'y'], min: 1, max: 2, blank: true }
const election = (given: Partial<ToolElection>): ToolElection => ({
  group: 'BELENIOS-2048',
  questions: [one],
  weights: [undefined],
  trustees: { single: 1 },
  votes: [],
  stage: 'decrypted',
  ...given,
})
const twenty = Array.from({ length: 20 }, (_, voter) => voter)

const made: [string, ToolElection][] = [
  ['one ballot', election({ votes: [{ voter: 0, choices: [[0, 1]] }] })],
  [
    'twenty ballots',
    election({
      weights: twenty.map(() => undefined),
      votes: twenty.map((voter) => ({ voter, choices: [voter % 3 === 0 ? [1, 0] : [0, 1]] })),
    }),
  ],
  [
    'three questions, one that may be left blank, two trustees',
    election({
      questions: [some, one, orBlank],
      trustees: { single: 2 },
      weights: [undefined, undefined],
      votes: [
        {
          voter: 1,
          choices: [
            [0, 0, 0],
            [1, 0],
            [1, 0, 0],
          ],
        },
        {
          voter: 0,
          choices: [
            [1, 0, 1],
            [0, 1],
            [0, 1, 1],
          ],
        },
      ],
    }),
  ],
  [
    'weights, revotes, and two of three who share a key',
    election({
      questions: [orBlank],
      trustees: { single: 1, pedersen: { threshold: 2, of: 3 } },
      weights: [3, 1, 1_073_741_824],
      votes: [
        { voter: 0, choices: [[0, 1, 0]] },
        { voter: 2, choices: [[0, 1, 1]] },
        { voter: 0, choices: [[1, 0, 0]] },
        { voter: 0, choices: [[0, 0, 1]] },
      ],
      owners: [4, 1, 2],
    }),
  ],
  [
    'three of three who share a key, tallied, with a decryption more than nothing',
    election({
      trustees: { single: 1, pedersen: { threshold: 3, of: 3 } },
      votes: [{ voter: 0, choices: [[1, 0]] }],
      owners: [3],
      stage: 'decrypting',
    }),
  ],
  ...(['open', 'ended', 'tallied', 'decrypted'] as ToolStage[]).map((stage): [string, ToolElection] => [
    `no ballot, ${stage}`,
    election({ questions: [some, orBlank], stage }),
  ]),
]

for (const [name, description] of made) {
  test(`made by belenios-tool just now: ${name}`, options, async () => {
    const path = makeWithTool(tool!, description)
    try {
      const bytes = Uint8Array.from(readFileSync(path))
      assert.equal(toolAccepts(tool!, bytes), true)
      for (const verifier of verifiers) assert.deepEqual(await verifier.judge(bytes), addUp(description), verifier.name)
    } finally {
      rmSync(dirname(path), { recursive: true })
    }
  })
}
