import {
  blank,
  type ElectionText,
  edit,
  known,
  leaveGroup,
  type Question,
  onlySetup as setup,
  timesG,
} from './alter.ts'
import { ed } from './forge.ts'
import type { Mutation } from './mutations.ts'

const election = (change: (value: ElectionText) => void) =>
  setup(blank, ({ setup }) => {
    setup[0] = edit(setup[0]!, change)
  })
const question = (change: (value: Question) => void) => election(({ questions }) => change(questions[0]!))
const credentials = (change: (value: string[]) => string[]) =>
  setup(known, ({ setup }) => {
    setup[2] = JSON.stringify(change(JSON.parse(setup[2]!)))
  })
const roll = (bytes: string) =>
  setup(blank, ({ setup }) => {
    setup[2] = bytes
  })
/** Only credentials with a weight can be told apart by their texts: the first line without it. */
const bare = (line: string) => line.split(',')[0]!

export const setupMutations: Mutation[] = [
  { name: 'no more than a setup', bytes: setup(known, () => {}), rules: [], verdict: 'sound' },
  {
    name: 'one more member in the election',
    bytes: election((value) => Object.assign(value, { note: 'x' })),
    rules: ['election.form'],
  },
  {
    name: 'a space in the election',
    bytes: setup(blank, ({ setup }) => {
      setup[0] = setup[0]!.replace(',', ', ')
    }),
    rules: ['election.form'],
  },
  {
    name: 'an identifier of 13 characters',
    bytes: election((value) => {
      value.uuid = value.uuid.slice(1)
    }),
    rules: ['election.form'],
  },
  {
    name: 'an identifier with a 0',
    bytes: election((value) => {
      value.uuid = `0${value.uuid}`
    }),
    rules: ['election.form'],
  },
  {
    name: 'no question',
    bytes: election((value) => {
      value.questions = []
    }),
    rules: ['election.form'],
  },
  {
    name: 'a question without answers',
    bytes: question((value) => {
      value.answers = []
    }),
    rules: ['election.form'],
  },
  {
    name: 'at least two, at most one, of two: an election in which nobody can vote but blank',
    bytes: question((value) => {
      value.min = 2
    }),
    rules: [],
    verdict: 'sound',
  },
  {
    name: 'a limit below 0',
    bytes: question((value) => {
      value.min = -1
    }),
    rules: ['election.form'],
  },
  {
    name: 'an election key that is not that of the trustees',
    bytes: election((value) => {
      value.public_key = timesG(value.public_key, 1n)
    }),
    rules: ['election.public-key'],
  },
  {
    name: 'an election key outside the group',
    bytes: election((value) => {
      value.public_key = leaveGroup(value.public_key)
    }),
    rules: ['election.public-key'],
  },
  {
    name: 'version 2',
    bytes: election((value) => {
      value.version = 2
    }),
    rules: [],
    verdict: 'unsupported',
  },
  {
    name: 'another group',
    bytes: election((value) => {
      value.group = 'P-256'
    }),
    rules: [],
    verdict: 'unsupported',
  },
  {
    name: 'answers in an order',
    bytes: question((value) => Object.assign(value, { type: 'Lists' })),
    rules: [],
    verdict: 'unsupported',
  },

  {
    name: 'credentials with a space',
    bytes: setup(known, ({ setup }) => {
      setup[2] = setup[2]!.replace('",', '", ')
    }),
    rules: ['credential.form'],
  },
  {
    name: 'a weight with a leading zero',
    bytes: credentials(([a, ...rest]) => [`${bare(a!)},01`, ...rest]),
    rules: ['credential.form'],
  },
  {
    name: 'a negative weight',
    bytes: credentials(([a, ...rest]) => [`${bare(a!)},-1`, ...rest]),
    rules: ['credential.form'],
  },
  {
    name: 'weights of q together',
    bytes: credentials(([a, b]) => [`${bare(a!)},${ed.q - 1n}`, `${bare(b!)},1`]),
    rules: ['credential.weight'],
  },
  {
    name: 'weights of q - 1 together',
    bytes: credentials(([a, b]) => [`${bare(a!)},${ed.q - 1n}`, `${bare(b!)},0`]),
    rules: [],
    verdict: 'sound',
  },
  { name: 'a credential twice', bytes: credentials(([a, b]) => [a!, b!, a!]), rules: ['credential.duplicate'] },
  {
    name: 'a credential twice, with another weight',
    bytes: credentials(([a, b]) => [a!, b!, `${bare(a!)},7`]),
    rules: ['credential.duplicate'],
  },
  {
    name: 'a credential outside the group',
    bytes: credentials(([a, b]) => [a!, `${leaveGroup(bare(b!))},1`]),
    rules: ['credential.membership'],
  },
  {
    name: 'a credential in upper case',
    bytes: credentials(([a, b]) => [a!, bare(b!).toUpperCase()]),
    rules: ['credential.form'],
  },
  {
    name: 'the credential whose secret is 0',
    bytes: roll(JSON.stringify([ed.one.text])),
    rules: ['credential.neutral'],
  },
  { name: 'nobody on the roll', bytes: roll('[]'), rules: [], verdict: 'sound' },
]
