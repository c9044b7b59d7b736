import { known } from './alter.ts'
import type { Mutation } from './mutations.ts'
import { ballot, ballotText, within } from './mutations-ballot.ts'

const respelt = (what: string, name: string, from: string | RegExp, to: string): Mutation => ({
  name,
  bytes: within(from, to),
  rules: [],
  verdict: 'sound',
  notCanonical: what,
})

/** The letters of the first element that has some, and of the first number. */
const withLetters = /"alpha":"([0-9a-f]*[a-f][0-9a-f]*)"/
const upper = ballotText((text) =>
  text.replace(withLetters, (_, digits: string) => `"alpha":"${digits.toUpperCase()}"`),
)
const hexNumber = ballotText((text) =>
  text.replace(/"challenge":"(\d+)"/, (_, digits: string) => `"challenge":"0x${BigInt(digits).toString(16)}"`),
)

/** Answers in another spelling: Belenios accepts them (3.0 and 3.3.0, observed with `election verify-ballot`). */
export const spellingMutations: Mutation[] = [
  respelt('number', 'a challenge with a leading zero', /"challenge":"/, '"challenge":"0'),
  respelt('number', 'a challenge with a plus', /"challenge":"/, '"challenge":"+'),
  respelt('number', 'a challenge with an underscore', /"challenge":"(\d)/, '"challenge":"$1_'),
  { name: 'a challenge in hexadecimal', bytes: hexNumber, rules: [], verdict: 'sound', notCanonical: 'number' },
  { name: 'an element in upper case', bytes: upper, rules: [], verdict: 'sound', notCanonical: 'element' },
  respelt('order of members', 'beta before alpha', /"alpha":"(\w+)","beta":"(\w+)"/, '"beta":"$2","alpha":"$1"'),
  respelt(
    'member twice',
    'a member that stands twice, of which the last one counts',
    '"challenge"',
    '"challenge":"11","challenge"',
  ),
  respelt('unknown member', 'a number as a name', '"overall_proof"', '"1":{"2":[3,null]},"overall_proof"'),
  respelt('unknown member', 'a note for whoever buys the vote', '"overall_proof"', '"note":"hello","overall_proof"'),
  {
    name: 'a proof about blank that is null',
    bytes: ballot(({ answers: [a] }) => Object.assign(a!, { blank_proof: null }), true, known),
    rules: [],
    verdict: 'sound',
    notCanonical: 'null',
  },
]
