import {
  alter,
  type BallotText,
  blank,
  type DecryptionText,
  edit,
  known,
  leaveGroup,
  type Pair,
  plusOne,
  type Sheet,
  timesG,
} from './alter.ts'
import { decrypt, ed } from './forge.ts'
import type { Mutation } from './mutations.ts'

/** Where the events of the two fixtures are. */
const inKnown = { tally: 5, decryptions: [6, 7, 8], result: 9 }
const inBlank = { ballot: 1, tally: 3, decryption: 4, result: 5 }

const small = (change: (sheet: Sheet) => void) =>
  alter(blank, (sheet) => {
    change(sheet)
    return undefined
  })
const large = (change: (sheet: Sheet) => void) =>
  alter(known, (sheet) => {
    change(sheet)
    return undefined
  })
const editText = <T>({ events }: Sheet, event: number, change: (value: T) => void) => {
  const texts = events[event]!.texts
  texts[0] = edit(texts[0]!, change)
}
const tally = (change: (value: [Pair[]]) => void) => small((sheet) => editText(sheet, inBlank.tally, change))
const sized = (more: Record<string, unknown>) =>
  large(({ events }) => {
    const { refers } = events[inKnown.tally]!
    refers!.more = { ...refers!.more, ...more }
  })
/** Before a result: what cannot be read would be missing for it. */
const beforeResult = (change: (sheet: Sheet) => void) =>
  small((sheet) => {
    sheet.events.pop()
    change(sheet)
  })
const decryption = (change: (value: DecryptionText) => void) =>
  beforeResult((sheet) => editText(sheet, inBlank.decryption, change))
const owner = (value: unknown) =>
  beforeResult(({ events }) => {
    events[inBlank.decryption]!.refers!.more.owner = value
  })
const result = (text: string) =>
  small(({ events }) => {
    events[inBlank.result]!.texts = [text]
  })

/** The trustee of the small fixture decrypts whatever the tally now says, and the result says what that gives. */
function decryptAgain({ events, forge, phi }: Sheet, expected: number[]): void {
  const [row]: [Pair[]] = JSON.parse(events[inBlank.tally]!.texts[0]!)
  const opened = row.map(({ alpha }) => decrypt(forge.single, phi, ed.read(alpha)!))
  const value: DecryptionText = {
    decryption_factors: [opened.map(({ factor }) => factor)],
    decryption_proofs: [opened.map(({ proof }) => proof)],
  }
  events[inBlank.decryption]!.texts = [JSON.stringify(value)]
  events[inBlank.result]!.texts = [JSON.stringify({ result: [expected] })]
}

export const tallyMutations: Mutation[] = [
  {
    name: 'the last ballot of a voter left out after the tally',
    bytes: large(({ events }) => void events.splice(3, 1)),
    rules: ['tally.product'],
  },
  {
    name: 'the only ballot of a voter left out after the tally',
    bytes: large(({ events }) => void events.splice(2, 1)),
    rules: ['tally.product', 'tally.num-tallied', 'tally.total-weight'],
  },
  {
    name: 'a ballot left out that another one replaced: nobody can see it in the archive, and it counts for nothing',
    bytes: large(({ events }) => void events.splice(1, 1)),
    rules: [],
    verdict: 'sound',
  },
  {
    name: 'two ballots of a voter exchanged',
    bytes: large(({ events }) => {
      ;[events[1], events[3]] = [events[3]!, events[1]!]
    }),
    rules: ['tally.product'],
  },
  {
    name: 'a vote put into the tally, with the decryption and the result to match',
    bytes: small((sheet) => {
      editText<[Pair[]]>(sheet, inBlank.tally, ([row]) => {
        row[1]!.beta = timesG(row[1]!.beta, 1n)
      })
      decryptAgain(sheet, [0, 1, 1])
    }),
    rules: ['tally.product'],
  },
  {
    name: 'the tally of other encryptions of the same votes',
    bytes: small((sheet) => {
      const y = ed.read((JSON.parse(sheet.setup[0]!) as { public_key: string }).public_key)!
      editText<[Pair[]]>(sheet, inBlank.tally, ([row]) => {
        row[0]!.alpha = timesG(row[0]!.alpha, 5n)
        row[0]!.beta = ed.read(row[0]!.beta)!.times(y.power(5n)).text
      })
      decryptAgain(sheet, [0, 0, 1])
    }),
    rules: ['tally.product'],
  },
  {
    name: 'a ballot of a hundred votes, with the tally and the result to match',
    bytes: small((sheet) => {
      editText<BallotText>(sheet, inBlank.ballot, ({ answers: [a] }) => {
        a!.choices[1]!.beta = timesG(a!.choices[1]!.beta, 100n)
      })
      const ballot = sheet.events[inBlank.ballot]!
      ballot.texts = [sheet.forge.sign(ballot.texts[0]!)]
      editText<[Pair[]]>(sheet, inBlank.tally, ([row]) => {
        row[1]!.beta = timesG(row[1]!.beta, 100n)
      })
      decryptAgain(sheet, [0, 100, 1])
    }),
    rules: ['ballot.individual-proof', 'ballot.blank-proof', 'ballot.overall-proof', 'result.range'],
  },
  {
    name: 'a ballot with a wrong signature, with all the rest to match',
    bytes: small((sheet) => {
      editText<BallotText>(sheet, inBlank.ballot, ({ signature: { proof } }) => {
        proof.response = plusOne(proof.response)
      })
    }),
    rules: ['ballot.signature'],
  },
  {
    name: 'a tally with a space',
    bytes: small(({ events }) => {
      const { texts } = events[inBlank.tally]!
      texts[0] = texts[0]!.replace(',', ', ')
    }),
    rules: ['tally.form'],
  },
  { name: 'a tally with a choice too few', bytes: tally(([row]) => void row.pop()), rules: ['tally.product'] },
  {
    name: 'a tally with a choice outside the group',
    bytes: tally(([row]) => {
      row[0]!.alpha = leaveGroup(row[0]!.alpha)
    }),
    rules: ['tally.product'],
  },
  { name: 'three ballots said to be counted', bytes: sized({ num_tallied: 3 }), rules: ['tally.num-tallied'] },
  { name: 'one ballot said to be counted', bytes: sized({ num_tallied: 1 }), rules: ['tally.num-tallied'] },
  { name: 'a weight of 4 said to be counted', bytes: sized({ total_weight: 4 }), rules: ['tally.total-weight'] },
  {
    name: 'a total weight in quotation marks',
    bytes: sized({ total_weight: '3' }),
    rules: ['record.shape'],
    or: 'record.canonical',
  },

  { name: 'a decryption by nobody', bytes: owner(0), rules: ['decryption.owner'], or: 'record.shape' },
  { name: 'a decryption by a second of one', bytes: owner(2), rules: ['decryption.owner'] },
  { name: 'a decryption by a text', bytes: owner('1'), rules: ['record.shape'] },
  {
    name: 'a decryption said to be by another trustee',
    bytes: large(({ events }) => {
      events[7]!.refers!.more.owner = 3
    }),
    rules: ['decryption.proof', 'result.value'],
  },
  {
    name: 'a decryption with one more member',
    bytes: decryption((value) => Object.assign(value, { note: 'x' })),
    rules: ['decryption.form'],
  },
  {
    name: 'a factor too few',
    bytes: decryption((value) => void value.decryption_factors[0]!.pop()),
    rules: ['decryption.shape'],
  },
  {
    name: 'a proof too many',
    bytes: decryption(({ decryption_proofs: [row] }) => void row.push(row[0]!)),
    rules: ['decryption.shape'],
  },
  {
    name: 'a response larger by q',
    bytes: decryption(({ decryption_proofs: [[p]] }) => {
      p!.response = `${BigInt(p!.response) + ed.q}`
    }),
    rules: ['decryption.scalar'],
  },
  {
    name: 'a factor outside the group by a point of order 2',
    bytes: decryption(({ decryption_factors: [row] }) => {
      row[0] = leaveGroup(row[0]!)
    }),
    rules: ['decryption.membership'],
  },
  {
    name: 'a proof with another response',
    bytes: decryption(({ decryption_proofs: [[p]] }) => {
      p!.response = plusOne(p!.response)
    }),
    rules: ['decryption.proof'],
  },
  {
    name: 'a factor that takes a vote away, and the result to match',
    bytes: small((sheet) => {
      editText<DecryptionText>(sheet, inBlank.decryption, ({ decryption_factors: [row] }) => {
        row[2] = timesG(row[2]!, 1n)
      })
      sheet.events[inBlank.result]!.texts = ['{"result":[[0,0,0]]}']
    }),
    rules: ['decryption.proof'],
  },
  {
    name: 'a decryption missing of two that are needed',
    bytes: large(({ events }) => void events.splice(8, 1)),
    rules: ['decryption.missing'],
  },
  {
    name: 'the decryption of the single trustee missing',
    bytes: large(({ events }) => void events.splice(6, 1)),
    rules: ['decryption.missing'],
  },
  {
    name: 'decryptions in another order',
    bytes: large(({ events }) => void events.splice(6, 0, events.splice(8, 1)[0]!)),
    rules: [],
    verdict: 'sound',
  },

  { name: 'a result with a space', bytes: result('{"result":[[0,0, 1]]}'), rules: ['result.form'] },
  { name: 'a small number in quotation marks', bytes: result('{"result":[[0,0,"1"]]}'), rules: ['result.form'] },
  { name: 'a negative number', bytes: result('{"result":[[0,0,-1]]}'), rules: ['result.form'] },
  { name: 'a number too few', bytes: result('{"result":[[0,0]]}'), rules: ['result.shape'] },
  { name: 'a row too many', bytes: result('{"result":[[0,0,1],[0]]}'), rules: ['result.shape'] },
  { name: 'a vote moved in the result', bytes: result('{"result":[[0,1,0]]}'), rules: ['result.value'] },
  { name: 'a vote larger by q', bytes: result(`{"result":[[0,0,"${ed.q + 1n}"]]}`), rules: ['result.range'] },
]
