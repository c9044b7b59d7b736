import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readElection, writeElection } from '@melayani/ballot'
import {
  candidateProofKind,
  candidateProofText,
  type ElectionPackage,
  hashOf,
  newSigningKey,
  packageKind,
  packageRules,
  readPackage,
  sign,
} from '../src/format/index.ts'
import { makeTps } from './village.ts'

const made = makeTps()
type Writable<T> = T extends object ? { -readonly [K in keyof T]: Writable<T[K]> } : T

/** The package with something changed, signed anew by both: only the content can be wrong. */
function changed(change: (content: Writable<ElectionPackage>) => void) {
  const content = structuredClone(made.package) as Writable<ElectionPackage>
  change(content)
  const text = JSON.stringify(content)
  return {
    text,
    signatures: [
      sign(packageKind, text, { role: 'centre', signer: 'K' }, made.centre.secret),
      sign(packageKind, text, { role: 'committee', signer: 'P' }, made.committee.secret),
    ],
  }
}
const faultsOf = (given: unknown, trusted?: { centre: string; committee: string }) => {
  const read = readPackage(given, trusted)
  return read.ok ? [] : read.faults.map(({ rule, at }) => `${rule} ${at}`)
}
const rewritten = (
  content: Writable<ElectionPackage>,
  change: (election: Writable<ReturnType<typeof readElection>>) => void,
) => {
  const election = readElection(content.ballot.election) as Writable<ReturnType<typeof readElection>>
  change(election)
  content.ballot.election = writeElection(election as ReturnType<typeof readElection>)
}

test('a package that is in order is read, with the hash of its text', () => {
  const read = readPackage(made.signed, { centre: made.centre.key, committee: made.committee.key })
  assert.ok(read.ok)
  assert.equal(read.hash, hashOf(made.signed.text))
  assert.deepEqual(read.package, made.package)
})

test('names swapped between package and ballot, as in Batanghari 2016, are stopped before opening', () => {
  const swapped = changed((content) =>
    rewritten(content, (election) => {
      const { answers } = election.questions[0]!
      election.questions[0]!.answers = [answers[0]!, '2. Made Artana', '3. Budi Santoso']
    }),
  )
  assert.deepEqual(faultsOf(swapped), [
    'election.answers ballot.election.questions.0.answers.1',
    'election.answers ballot.election.questions.0.answers.2',
  ])
  // The same swap on the other side: the archive is right, the screen would be wrong.
  const screen = changed((content) => {
    const [first, second, third] = content.candidates
    content.candidates = [first!, { ...third!, number: 2 }, { ...second!, number: 3 }]
  })
  assert.deepEqual(faultsOf(screen), faultsOf(swapped))
})

test('numbers in another order, or with a gap, are refused although every name has its own', () => {
  const gap = changed((content) => {
    content.candidates[2]!.number = 4
    content.officers.at(-1)!.candidate = 4
    rewritten(content, (election) => {
      election.questions[0]!.answers[2] = '4. Made Artana'
    })
  })
  assert.deepEqual(faultsOf(gap), ['candidates.numbers candidates.2.number'])
})

test('a candidate’s signed proof sheet holds for that number, name and photograph only', () => {
  const key = newSigningKey()
  const photo = btoa('a photograph')
  const prove = (content: Writable<ElectionPackage>, name: string) => {
    const photoHash = hashOf('a photograph')
    const text = candidateProofText(content.election.id, { ...content.candidates[0]!, name, photoHash })
    const { signature } = sign(candidateProofKind, text, { role: 'witness', signer: name }, key.secret)
    Object.assign(content.candidates[0]!, { photo, photoHash, proof: { signer: name, key: key.key, signature } })
  }
  assert.deepEqual(faultsOf(changed((content) => prove(content, content.candidates[0]!.name))), [])
  assert.deepEqual(faultsOf(changed((content) => prove(content, 'Sari Wulandar'))), [
    'candidates.proof candidates.0.proof',
  ])
  const otherPhoto = changed((content) => {
    prove(content, content.candidates[0]!.name)
    content.candidates[0]!.photo = btoa('b photograph')
  })
  assert.deepEqual(faultsOf(otherPhoto), ['candidates.photo candidates.0.photo'])
})

test('a signature that is missing, false, of another key, of another kind or of a stranger is named', () => {
  const { text, signatures } = made.signed
  const [centre, committee] = signatures as [(typeof signatures)[0], (typeof signatures)[0]]
  assert.deepEqual(faultsOf({ text, signatures: [centre] }), ['signature.committee signatures'])
  assert.deepEqual(faultsOf({ text, signatures: [committee] }), ['signature.centre signatures'])
  assert.deepEqual(faultsOf({ text: text.replace('Percontohan', 'Percontohaan'), signatures }), [
    'signature.centre signatures',
    'signature.committee signatures',
  ])
  const otherKind = sign('result/1', text, { role: 'centre', signer: 'K' }, made.centre.secret)
  assert.deepEqual(faultsOf({ text, signatures: [otherKind, committee] }), ['signature.centre signatures'])
  const stranger = sign(packageKind, text, { role: 'chair', signer: 'S' }, newSigningKey().secret)
  assert.deepEqual(faultsOf({ text, signatures: [centre, committee, stranger] }), ['signature.strange signatures.2'])
})

test('a package of other keys than those confirmed on this device is refused, be it signed ever so well', () => {
  const other = makeTps()
  const trusted = { centre: made.centre.key, committee: made.committee.key }
  assert.deepEqual(faultsOf(other.signed, trusted), ['trusted.centre centre.key', 'trusted.committee committee.key'])
  assert.deepEqual(faultsOf(other.signed), [])
})

const wrong: Record<string, (content: Writable<ElectionPackage>) => void> = {
  'package.form': (content) => Object.assign(content, { format: 'melayani-election-package/2' }),
  'candidates.empty-box': (content) => {
    content.candidates[1]!.emptyBox = true
  },
  'election.form': (content) => {
    content.ballot.election = content.ballot.election.slice(1)
  },
  'election.question': (content) =>
    rewritten(content, (election) => {
      election.questions[0]!.max = 2
    }),
  'election.key': (content) => {
    const other = makeTps()
    content.ballot.trustees = other.package.ballot.trustees
  },
  'trustees.form': (content) => {
    content.ballot.trustees = '[]'
  },
  'trustees.names': (content) => {
    content.trustees.pop()
  },
  'trustees.threshold': (content) => {
    content.threshold = { needed: 1, of: 3 }
  },
  'trustees.outside': (content) => {
    delete content.trustees[0]!.outside
  },
  'credentials.form': (content) => {
    content.ballot.credentials = '{}'
  },
  'pool.size': (content) => {
    content.pool.size += 1
  },
  'pool.hash': (content) => {
    content.pool.hash = hashOf('another')
  },
  'pool.repeated': (content) => {
    const list: string[] = JSON.parse(content.ballot.credentials)
    list[1] = list[0]!
    content.ballot.credentials = JSON.stringify(list)
    content.pool.hash = hashOf(content.ballot.credentials)
  },
  'pool.small': (content) => {
    content.roll.count = content.pool.size + 1
  },
  'roll.count': (content) => {
    content.roll.additional = content.roll.count + 1
  },
  'officers.chair': (content) => {
    content.officers = content.officers.map((each) => (each.role === 'chair' ? { ...each, role: 'officer' } : each))
  },
  'officers.two': (content) => {
    content.officers = content.officers.filter(({ role }) => role !== 'officer')
  },
  'officers.repeated': (content) => {
    content.officers[1]!.key = content.officers[0]!.key
  },
  'officers.witness': (content) => {
    content.officers.at(-1)!.candidate = 9
  },
  'rules.hours': (content) => {
    content.rules.zone = 'Asia/Nowhere'
  },
  'rules.quorum': (content) => {
    content.rules.quorum = [3, 2]
  },
}

for (const [rule, change] of Object.entries(wrong))
  test(`what is wrong is named: ${rule}`, () => {
    const rules = new Set(faultsOf(changed(change)).map((fault) => fault.split(' ')[0]))
    assert.deepEqual([...rules], [rule])
  })

test('each rule of a package has a case above', () => {
  const elsewhere = [
    'signature.centre',
    'signature.committee',
    'signature.strange',
    'trusted.centre',
    'trusted.committee',
  ]
  const candidates = ['candidates.numbers', 'candidates.photo', 'candidates.proof', 'election.answers']
  assert.deepEqual([...Object.keys(wrong), ...elsewhere, ...candidates].sort(), [...packageRules].sort())
})
