import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ballotFaults } from '../src/cast/check.ts'
import { ChoiceError, type ChoiceFault, type Choices, choose, chosenNames } from '../src/cast/choices.ts'
import { drawCredential, publicCredential, secretExponent } from '../src/cast/credential.ts'
import { type Commitments, openBooth, openBoothWith, type Shown } from '../src/cast/encrypt.ts'
import { readBallot, writeBallot } from '../src/format/ballot.ts'
import type { Question } from '../src/format/election.ts'
import { type Group, groupNames } from '../src/group/group.ts'
import { openGroup } from '../src/group/index.ts'
import { base64Hash } from '../src/hash.ts'
import { bigEndian, type Random } from '../src/random.ts'
import { type PlainBallot, type PlainProof, plainCheck } from './formulas.ts'
import { allChoices, ask, decrypt, keyedElection } from './keyed-election.ts'
import { seeded } from './seeded.ts'

const shapes: Question[] = [ask(3), ask(1, 0, 1), ask(3, 0, 2, 1), ask(4, 2, 3), ask(1, 1, 1, 1)]
/** Powers of RFC-3526-2048 take 20 ms each. */
const few = [ask(1, 0, 1), ask(2, 0, 1, 1)]

/** One allowed vote for each question, drawn by fast-check. */
const voteFor = (questions: readonly Question[]) =>
  fc.tuple(...questions.map((question) => fc.constantFrom(...allChoices(question))))

for (const name of groupNames) {
  const questions = name === 'RFC-3526-2048' ? few : shapes
  const { group, x, text, election } = keyedElection(name, questions)
  const booth = openBooth(text)
  let votes = 0

  test(`${name}: whatever is chosen, every formula of the specification holds, and the key decrypts what was chosen`, () => {
    fc.assert(
      fc.property(voteFor(questions), (choices) => {
        const random = seeded(`vote ${votes++}`)
        const credential = drawCredential(random)
        const ballot = booth.encrypt(credential, choices, random)
        const { wrong, commitments } = plainCheck(group, text, ballot.text)
        assert.deepEqual(wrong, [])
        assert.deepEqual(commitments, inOrder(ballot.commitments), 'the commitments that the booth hands out')
        assert.equal(writeBallot(readBallot(ballot.text)), ballot.text, 'canonical')
        assert.equal(ballot.trackingCode, base64Hash(ballot.text))
        const said: PlainBallot = JSON.parse(ballot.text)
        assert.equal(said.credential, publicCredential(group, election.uuid, credential))
        assert.deepEqual(
          said.answers.map((answer) => answer.choices.map((each) => decrypt(group, x, each))),
          choices,
        )
        for (const [k, secrets] of ballot.secrets.entries())
          for (const [at, { r, m }] of secrets.entries()) {
            assert.equal(said.answers[k]!.choices[at]!.alpha, group.encode(group.power(group.generator, r)))
            assert.equal(m, choices[k]![at])
          }
      }),
      { numRuns: name === 'RFC-3526-2048' ? 1 : 4 },
    )
  })
}

/** The texts of the commitments as a verifier meets them. */
const inOrder = (commitments: Commitments<unknown>): string[] =>
  [
    ...commitments.questions.flatMap(({ individual, blank, overall }) => [...individual, ...blank, ...overall]),
    commitments.signature,
  ].map(({ text }) => text)

test('every element that the booth hands out has the text beside it, and the ciphertexts and products are those of the ballot', () => {
  const { text, group } = keyedElection('Ed25519', [ask(3), ask(2, 1, 2, 1)])
  const random = seeded('elements')
  const ballot = openBooth(text).encrypt(
    drawCredential(random),
    [
      [0, 1, 0],
      [0, 1, 1],
    ],
    random,
  )
  const said: PlainBallot = JSON.parse(ballot.text)
  const { questions, credential, signature } = ballot.commitments
  const check = (shown: readonly Shown<unknown>[]) => {
    for (const each of shown) assert.equal(group.encode(each.element), each.text)
    return shown.map((each) => each.text)
  }
  assert.deepEqual(check([credential]), [said.credential])
  check([signature])
  for (const [k, { ciphertexts, product, ...proofs }] of questions.entries()) {
    const texts = said.answers[k]!.choices.flatMap(({ alpha, beta }) => [alpha, beta])
    assert.deepEqual(check(ciphertexts), texts)
    check([...proofs.individual, ...proofs.blank, ...proofs.overall])
    const multiplied = [0, 1].map((part) =>
      group.encode(
        texts
          .filter((_, at) => at % 2 === part)
          .map((each) => group.decode(each))
          .reduce((a, b) => group.multiply(a, b)),
      ),
    )
    assert.deepEqual(check(product), k === 0 ? multiplied : [])
  }
})

test('one candidate, ten candidates, and every allowed vote of small questions', () => {
  const questions = [ask(1), ask(10), ask(2, 0, 2, 1), ask(1, 0, 1, 1)]
  const { group, text, x } = keyedElection('Ed25519', questions)
  const booth = openBooth(text)
  const ten = (at: number) => Array.from({ length: 10 }, (_, k) => (k === at ? 1 : 0))
  const small = allChoices(questions[2]!)
  const last = allChoices(questions[3]!)
  assert.equal(small.length, 5)
  assert.equal(last.length, 3)
  for (const [k, choices] of small.entries()) {
    const random = seeded(`edge ${k}`)
    const vote = [[1], ten([0, 9, 4, 5, 1][k]!), choices, last[k % 3]!]
    const ballot = booth.encrypt(drawCredential(random), vote, random)
    assert.deepEqual(plainCheck(group, text, ballot.text).wrong, [])
    const said: PlainBallot = JSON.parse(ballot.text)
    assert.deepEqual(
      said.answers.map((answer) => answer.choices.map((each) => decrypt(group, x, each))),
      vote,
    )
  }
})

test('the product of ciphertexts holds the plain sum of the choices, also when all vote blank', () => {
  const questions = [ask(3, 0, 2, 1)]
  const { group, text, x } = keyedElection('Ed25519', questions)
  const booth = openBooth(text)
  let round = 0
  const vote = fc.constantFrom(...allChoices(questions[0]!))
  const blank = fc.constant([1, 0, 0, 0])
  fc.assert(
    fc.property(
      fc.oneof(fc.array(vote, { minLength: 1, maxLength: 6 }), fc.array(blank, { minLength: 1, maxLength: 3 })),
      (votes) => {
        const random = seeded(`sum ${round++}`)
        const ballots = votes.map((each) => booth.encrypt(drawCredential(random), [each], random))
        const pairs = ballots.map(({ text: each }) => (JSON.parse(each) as PlainBallot).answers[0]!.choices)
        const sums = questions[0]!.answers.concat('blank').map((_, at) => {
          const product = (part: 'alpha' | 'beta') =>
            group.encode(pairs.map((each) => group.decode(each[at]![part])).reduce((a, b) => group.multiply(a, b)))
          return decrypt(group, x, { alpha: product('alpha'), beta: product('beta') })
        })
        assert.deepEqual(
          sums,
          votes.reduce((a, b) => a.map((each, at) => each + b[at]!)),
        )
      },
    ),
    { numRuns: 10 },
  )
})

/** The group with a log of everything the booth does with it. */
function watched<E>(group: Group<E>): { group: Group<E>; log: string[]; exponents: bigint[] } {
  const log: string[] = []
  const exponents: bigint[] = []
  const logged = <F>(what: string, result: F): F => {
    log.push(what)
    return result
  }
  const watching: Group<E> = {
    ...group,
    decode: (text) => logged('decode', group.decode(text)),
    encodeAll: (elements) => logged(`encode ${elements.length}`, group.encodeAll(elements)),
    encode: (element) => logged('encode', group.encode(element)),
    equal: (a, b) => logged('equal', group.equal(a, b)),
    multiply: (a, b) => logged('multiply', group.multiply(a, b)),
    inverse: (a) => logged('inverse', group.inverse(a)),
    power: (base, exponent) => logged('variable power', group.power(base, exponent)),
    table(base) {
      const table = group.table(base)
      const letter = group.equal(base, group.generator) ? 'g' : 'y'
      return {
        base,
        power(exponent) {
          exponents.push(exponent)
          return logged(`${letter} power`, table.power(exponent))
        },
        combine: (exponent, other, by) => logged('combine', table.combine(exponent, other, by)),
      }
    },
  }
  return { group: watching, log, exponents }
}

/** How many bytes are asked for, each time. */
const measured = (random: Random): { random: Random; lengths: number[] } => {
  const lengths: number[] = []
  const measuring: Random = (length) => {
    lengths.push(length)
    return random(length)
  }
  return { random: measuring, lengths }
}

const powersIn = (log: readonly string[]) => log.filter((each) => each.endsWith('power')).length

test('choosing one of N without blank takes 7N + 4 powers, all of g and y', () => {
  for (const N of [1, 2, 3, 5, 10]) {
    const { text } = keyedElection('Ed25519', [ask(N)])
    const { group, log } = watched(openGroup('Ed25519'))
    const booth = openBoothWith(group, text)
    log.length = 0
    const random = seeded(`count ${N}`)
    booth.encrypt(drawCredential(random), [choose(ask(N), [0])], random)
    assert.equal(powersIn(log), 7 * N + 4)
    assert.equal(log.filter((each) => each === 'g power' || each === 'y power').length, 7 * N + 4)
    for (const other of ['combine', 'inverse', 'decode', 'equal']) assert.equal(log.includes(other), false)
  }
})

test('each further disjunct takes three more: min to max, blank', () => {
  const count = (question: Question) => {
    const { text } = keyedElection('Ed25519', [question])
    const { group, log } = watched(openGroup('Ed25519'))
    const booth = openBoothWith(group, text)
    log.length = 0
    const random = seeded('disjuncts')
    booth.encrypt(drawCredential(random), [allChoices(question)[0]!], random)
    return powersIn(log)
  }
  assert.equal(count(ask(3, 0, 3)), 25 + 3 * 3)
  // A choice more (7), two disjuncts in the blank proof (2 + 3), and "blank" in the overall one (3).
  assert.equal(count(ask(3, 1, 1, 1)), 25 + 7 + 5 + 3)
  assert.equal(count(ask(3, 0, 3, 1)), 25 + 7 + 5 + 3 + 9)
})

test('the operations of the group, their order and the draws of randomness are the same for every vote', () => {
  for (const question of shapes) {
    const { text } = keyedElection('Ed25519', [question])
    const seen = allChoices(question).map((choices) => {
      const { group, log, exponents } = watched(openGroup('Ed25519'))
      const { random, lengths } = measured(seeded('the same bytes for every vote'))
      const booth = openBoothWith(group, text)
      log.length = 0
      booth.encrypt('w5tFd-cf6JC2-eivj9-HukHR8', [choices], random)
      // A small exponent would take less time; a random one is as small as this once in 2^64.
      assert.equal(
        exponents.some((each) => each < group.order >> 64n),
        false,
      )
      return { log, lengths }
    })
    for (const each of seen) assert.deepEqual(each, seen[0])
  }
})

for (const name of groupNames)
  test(`${name}: every number drawn is used in one place, and every secret number of the ballot was drawn`, () => {
    const questions = [ask(2, 0, 2, 1), ask(2)]
    const { group, text, election } = keyedElection(name, questions)
    const q = group.order
    const random = seeded(`recorded ${name}`)
    const credential = drawCredential(random)
    const drawn: bigint[] = []
    const recording: Random = (length) => {
      const bytes = random(length)
      const masked = Uint8Array.from(bytes)
      masked[0]! &= 0xff >> (8 * length - q.toString(2).length)
      // Numbers of q and more are thrown away, and those only.
      if (bigEndian(masked) < q) drawn.push(bigEndian(masked))
      return bytes
    }
    const choices = [
      [0, 1, 0],
      [0, 1],
    ]
    const { text: ballotText, secrets } = openBooth(text).encrypt(credential, choices, recording)
    const ballot = readBallot(ballotText)
    const needed: bigint[] = []
    const disjunction = (proofs: readonly { challenge: bigint; response: bigint }[], real: number, r: bigint) => {
      for (const [at, { challenge, response }] of proofs.entries()) {
        if (at === real) needed.push((response + r * challenge) % q)
        else needed.push(challenge, response)
      }
    }
    for (const [k, answer] of ballot.answers.entries()) {
      const bits = choices[k]!
      const r = secrets[k]!.map((each) => each.r)
      needed.push(...r)
      for (const [at, proofs] of answer.individual_proofs.entries()) disjunction(proofs, bits[at]!, r[at]!)
      const blank = questions[k]!.blank === true
      const sum = (blank ? r.slice(1) : r).reduce((a, b) => a + b)
      if (blank) disjunction(answer.blank_proof!, 0, r[0]!)
      // One was chosen: after "blank" and 0 where both are possible.
      disjunction(answer.overall_proof, blank ? 2 : 0, sum)
    }
    const s = secretExponent(q, election.uuid, credential)
    const { challenge, response } = ballot.signature.proof
    needed.push((response + s * challenge) % q)
    const sorted = (numbers: bigint[]) => numbers.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    assert.deepEqual(sorted(drawn), sorted(needed))
    assert.equal(new Set(drawn).size, drawn.length)
    // Question 1: 3 r, 3·3, blank 3, overall 1 + 2·3; question 2: 2 r, 2·3, overall 1; the signature 1.
    assert.equal(drawn.length, 3 + 9 + 3 + 7 + (2 + 6 + 1) + 1)
  })

test('a source of randomness that repeats itself is refused, within a ballot and from one to the next', () => {
  const { text } = keyedElection('Ed25519', [ask(2)])
  const again = /the source of randomness repeats itself/
  const credential = 'w5tFd-cf6JC2-eivj9-HukHR8'
  assert.throws(() => openBooth(text).encrypt(credential, [[1, 0]], (length) => new Uint8Array(length).fill(1)), again)
  const booth = openBooth(text)
  booth.encrypt(credential, [[1, 0]], seeded('rewound'))
  assert.throws(() => booth.encrypt(credential, [[0, 1]], seeded('rewound')), again)
  assert.equal(booth.encrypt(credential, [[0, 1]], seeded('another')).trackingCode.length, 43)
})

test('choices that a question does not allow are refused, each with its reason', () => {
  const questions = [ask(3), ask(3, 1, 2, 1)]
  const { text } = keyedElection('Ed25519', questions)
  const booth = openBooth(text)
  const good = [
    [0, 0, 1],
    [0, 1, 1, 0],
  ]
  assert.equal(booth.fault(good), undefined)
  assert.equal(booth.fault([good[0]!, [1, 0, 0, 0]]), undefined)
  const cases: [readonly Choices[], ChoiceFault][] = [
    [[], { fault: 'questions', expected: 2, given: 0 }],
    [[good[0]!], { fault: 'questions', expected: 2, given: 1 }],
    [[good[0]!, good[1]!, good[0]!], { fault: 'questions', expected: 2, given: 3 }],
    [[[0, 1], good[1]!], { fault: 'choices', question: 0, expected: 3, given: 2 }],
    [[good[0]!, [0, 1, 0]], { fault: 'choices', question: 1, expected: 4, given: 3 }],
    [[[0, 0, 0], good[1]!], { fault: 'too few', question: 0, chosen: 0, allowed: 1 }],
    [[[1, 0, 1], good[1]!], { fault: 'too many', question: 0, chosen: 2, allowed: 1 }],
    [[good[0]!, [0, 0, 0, 0]], { fault: 'too few', question: 1, chosen: 0, allowed: 1 }],
    [[good[0]!, [0, 1, 1, 1]], { fault: 'too many', question: 1, chosen: 3, allowed: 2 }],
    [[good[0]!, [1, 1, 0, 0]], { fault: 'blank with others', question: 1 }],
    [[[0, 2, -1], good[1]!], { fault: 'not 0 or 1', question: 0, choice: 1 }],
    [[[1, 0, 0.5], good[1]!], { fault: 'not 0 or 1', question: 0, choice: 2 }],
    [[[Number.NaN, 0, 1], good[1]!], { fault: 'not 0 or 1', question: 0, choice: 0 }],
    [[[1, -0, 0], good[1]!], { fault: 'not 0 or 1', question: 0, choice: 1 }],
  ]
  for (const [choices, fault] of cases) {
    assert.deepEqual(booth.fault(choices), fault)
    const refusal = new ChoiceError(fault)
    assert.throws(() => booth.encrypt('w5tFd-cf6JC2-eivj9-HukHR8', choices, seeded('refused')), refusal)
  }
  for (const credential of ['', 'w5tFdcf6JC2eivj9HukHR8', 'gPt-QmX-3Ch-auM-fL9'])
    assert.throws(() => booth.encrypt(credential, good, seeded('refused')), RangeError)
})

test('what somebody picked by name becomes choices, and choices become names again', () => {
  const blank = ask(3, 0, 2, 1)
  assert.deepEqual(choose(ask(3), [1]), [0, 1, 0])
  assert.deepEqual(choose(blank, 'blank'), [1, 0, 0, 0])
  assert.deepEqual(choose(blank, [0, 2]), [0, 1, 0, 1])
  assert.deepEqual(choose(blank, []), [0, 0, 0, 0])
  const questions = [ask(3), blank, blank, blank]
  const choices = [choose(ask(3), [1]), choose(blank, 'blank'), choose(blank, [0, 2]), choose(blank, [])]
  assert.deepEqual(chosenNames(questions, choices), [['B'], 'blank', ['A', 'C'], []])
})

test('a booth does not open for an election whose key is no element, or 1, or whose questions nobody can answer', () => {
  const { election, text, group } = keyedElection('Ed25519', [ask(2)])
  const other = (changes: object) => JSON.stringify({ ...election, ...changes })
  assert.equal(openBooth(text).fingerprint, base64Hash(text))
  assert.throws(() => openBooth(other({ public_key: 'f'.repeat(64) })), RangeError)
  assert.throws(() => openBooth(other({ public_key: group.encode(group.neutral) })), RangeError)
  assert.throws(() => openBooth(other({ questions: [ask(2, 2, 1)] })), RangeError)
  assert.throws(() => openBooth(other({ questions: [ask(2, 0, 3)] })), RangeError)
  assert.throws(() => openBoothWith(openGroup('BELENIOS-2048'), text), /the election's group is Ed25519/)
})

test('a ballot with any part altered fails at that place, by the formulas of this test and by the booth’s own check', () => {
  const { group, text } = keyedElection('Ed25519', [ask(1, 0, 1, 1), ask(2)])
  const q = group.order
  const random = seeded('altered')
  const choices = [
    [0, 1],
    [0, 1],
  ]
  const ballot = openBooth(text).encrypt(drawCredential(random), choices, random).text
  assert.deepEqual(ballotFaults(group, text, ballot), [])
  const others = (places: string[]) => places.filter((each) => each !== 'signature.hash' && each !== 'hash')
  const fails = (at: string, alter: (ballot: PlainBallot) => void, plainly = true) => {
    const altered: PlainBallot = JSON.parse(ballot)
    alter(altered)
    const wrong = JSON.stringify(altered)
    const faults = ballotFaults(group, text, wrong)
    // The signature's hash is another with every alteration outside the signature: that alone would be no proof.
    assert.deepEqual(others(faults.map((each) => each.at)), at === '' ? [] : [at])
    assert.equal(faults.length, at.startsWith('signature') || at === 'credential' ? 1 : at === '' ? 1 : 2)
    if (at !== '' && plainly) assert.notDeepEqual(others(plainCheck(group, text, wrong).wrong), [])
  }
  const more = (number: string) => ((BigInt(number) + 1n) % q).toString()
  const again = (number: string) => (BigInt(number) + q).toString()
  const proofs: [string, (ballot: PlainBallot) => PlainProof][] = [
    ['answers[0].individual_proofs[0]', ({ answers }) => answers[0]!.individual_proofs[0]![0]!],
    ['answers[0].individual_proofs[1]', ({ answers }) => answers[0]!.individual_proofs[1]![1]!],
    ['answers[0].blank_proof', ({ answers }) => answers[0]!.blank_proof![1]!],
    ['answers[0].overall_proof', ({ answers }) => answers[0]!.overall_proof[2]!],
    ['answers[1].overall_proof', ({ answers }) => answers[1]!.overall_proof[0]!],
    ['signature.proof', ({ signature }) => signature.proof],
  ]
  // One more, and the same number modulo q in a second spelling.
  for (const [at, proofOf] of proofs)
    for (const part of ['challenge', 'response'] as const)
      for (const other of [more, again])
        fails(
          at,
          (altered) => {
            const proof = proofOf(altered)
            proof[part] = other(proof[part])
          },
          other === more,
        )
  fails('answers[0].overall_proof', ({ answers }) => answers[0]!.overall_proof.pop())
  fails('answers[0].overall_proof', ({ answers }) => answers[0]!.overall_proof.push(answers[0]!.overall_proof[0]!))
  fails('answers[0].blank_proof', ({ answers }) => answers[0]!.blank_proof!.pop())
  fails('answers[1].individual_proofs[1]', ({ answers }) => answers[1]!.individual_proofs[1]!.reverse())
  fails('answers[0].choices[0]', ({ answers }) => {
    answers[0]!.choices[0]!.beta = 'f'.repeat(64)
  })
  fails('answers[0]', ({ answers }) => {
    delete answers[0]!.blank_proof
  })
  fails('answers[1]', ({ answers }) => {
    answers[1]!.blank_proof = answers[0]!.blank_proof!
  })
  fails('answers[1]', ({ answers }) => answers[1]!.individual_proofs.push(answers[1]!.individual_proofs[0]!))
  fails('answers[1]', ({ answers }) => answers[1]!.choices.push(answers[1]!.choices[0]!))
  fails('election_uuid', (altered) => {
    altered.election_uuid += '1'
  })
  fails('election_hash', (altered) => {
    altered.election_hash = altered.signature.hash
  })
  fails('', ({ signature }) => {
    signature.hash = signature.hash.toLowerCase()
  })
  // A credential that is none, and an answer too few.
  const faultsOf = (alter: (altered: PlainBallot) => void) => {
    const altered: PlainBallot = JSON.parse(ballot)
    alter(altered)
    return ballotFaults(group, text, JSON.stringify(altered))
  }
  const none = faultsOf((altered) => {
    altered.credential = 'f'.repeat(64)
  })
  assert.deepEqual(none.at(-1), { at: 'credential', rule: 'member' })
  assert.deepEqual(
    faultsOf(({ answers }) => answers.pop()),
    [{ at: 'answers', rule: 'form' }],
  )
  // Choices that changed places take their proofs with them: the overall proof and the signature know the order.
  assert.deepEqual(
    faultsOf(({ answers }) => {
      answers[1]!.choices.reverse()
      answers[1]!.individual_proofs.reverse()
    }),
    [
      { at: 'answers[1].overall_proof', rule: 'proof' },
      { at: 'signature.hash', rule: 'signature' },
    ],
  )
  // Another credential: every proof is bound to it.
  const stolen = faultsOf((altered) => {
    altered.credential = altered.answers[0]!.choices[0]!.alpha
  })
  assert.equal(stolen.length, 2 + 1 + 1 + 2 + 1 + 1)
})

test('the booth’s own check names the place of a fault', () => {
  const { group, text } = keyedElection('Ed25519', [ask(2, 0, 1, 1)])
  const random = seeded('named')
  const ballot = openBooth(text, { check: true }).encrypt(drawCredential(random), [[0, 1, 0]], random).text
  const faults = (alter: (ballot: PlainBallot) => void) => {
    const altered: PlainBallot = JSON.parse(ballot)
    alter(altered)
    return ballotFaults(group, text, JSON.stringify(altered))
  }
  const hash = { at: 'signature.hash', rule: 'signature' }
  assert.deepEqual(
    faults(({ answers }) => {
      answers[0]!.blank_proof![0]!.response = '1'
    }),
    [{ at: 'answers[0].blank_proof', rule: 'proof' }, hash],
  )
  assert.deepEqual(
    faults(({ answers }) => {
      answers[0]!.choices[2]!.alpha = '0'
    }),
    [{ at: 'answers[0].choices[2]', rule: 'member' }, hash],
  )
  assert.deepEqual(
    faults(({ signature }) => {
      signature.proof.response = '1'
    }),
    [{ at: 'signature.proof', rule: 'signature' }],
  )
  assert.deepEqual(ballotFaults(group, text, `${ballot} `), [{ at: '', rule: 'form' }])
})

test('a machine that miscalculates once hands out no ballot when it checks itself', () => {
  const { text } = keyedElection('Ed25519', [ask(2)])
  const sound = openGroup('Ed25519')
  // 18 powers make this ballot; each in turn comes out wrong by a factor g.
  for (let broken = 0; broken < 18; broken += 4) {
    let count = 0
    const faulty: Group<unknown> = {
      ...sound,
      table(base) {
        const table = sound.table(base)
        const power = (exponent: bigint) =>
          count++ === broken ? sound.multiply(table.power(exponent), sound.generator) : table.power(exponent)
        return { ...table, power }
      },
    }
    const booth = openBoothWith(faulty, text, { check: true })
    count = 0
    const random = seeded(`faulty ${broken}`)
    assert.throws(() => booth.encrypt(drawCredential(random), [[1, 0]], random), /the ballot is wrong at/, `${broken}`)
  }
})
