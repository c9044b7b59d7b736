import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawUuid, makeElection, openGroup, platformRandom, randomScalar, readBallot } from '@melayani/ballot'
import { drawCredential, openBooth } from '@melayani/ballot/cast'
import { hedge } from '../src/booth/hedge.ts'

const zeros = (length: number) => new Uint8Array(length)
/** The same bytes again and again, as a cloned machine draws them after each start. */
const cloned = () => {
  let at = 0
  return (length: number) => Uint8Array.from({ length }, () => (at = (at * 73 + 41) % 256))
}

test('the stream is another for another secret, another subject and another place, and the same for the same', () => {
  const draw = (secret: string, about: string) => {
    const random = hedge(zeros, secret, about)
    return [Buffer.from(random(32)).toString('hex'), Buffer.from(random(40)).toString('hex')]
  }
  const all = [draw('five', 'a'), draw('six', 'a'), draw('five', 'b')].flat()
  assert.equal(new Set(all.map((text) => text.slice(0, 64))).size, 6)
  assert.deepEqual(draw('five', 'a'), draw('five', 'a'))
  assert.equal(draw('five', 'a')[1]!.length, 80)
})

test('what the source gives is never lost: every byte of it changes that byte of what comes out', () => {
  const plain = hedge(zeros, 'seven', 'x')(64)
  const other = hedge((length) => Uint8Array.from({ length }, (_, at) => at), 'seven', 'x')(64)
  assert.deepEqual(
    Array.from(other, (byte, at) => byte ^ plain[at]!),
    Array.from({ length: 64 }, (_, at) => at),
  )
})

test('two cloned booths that draw the same bytes share no number in their ballots, unless all is the same', () => {
  const group = openGroup('Ed25519')
  const publicKey = group.encode(group.power(group.generator, randomScalar(group.order, platformRandom)))
  const { text } = makeElection(
    {
      name: 'Pilkades',
      description: '',
      group: 'Ed25519',
      publicKey,
      questions: [{ question: 'Kepala desa', answers: ['1. A', '2. B'], blank: true, min: 1, max: 1 }],
    },
    drawUuid(platformRandom),
  )
  const credentials = [drawCredential(platformRandom), drawCredential(platformRandom)]
  const numbers = (credential: string, choice: number[]) => {
    const { answers, signature } = readBallot(
      openBooth(text).encrypt(credential, [choice], hedge(cloned(), credential, choice.join())).text,
    )
    const [answer] = answers
    return [
      ...answer!.choices.map(({ alpha }) => alpha),
      ...[...answer!.individual_proofs.flat(), ...answer!.overall_proof, signature.proof].map(
        ({ response }) => response,
      ),
    ]
  }
  const first = numbers(credentials[0]!, [0, 1, 0])
  assert.deepEqual(numbers(credentials[0]!, [0, 1, 0]), first)
  // Without it the two ballots would betray each other.
  const bare = credentials.map((each) => {
    const { answers } = readBallot(openBooth(text).encrypt(each, [[0, 1, 0]], cloned()).text)
    return answers[0]!.choices.map(({ alpha }) => alpha)
  })
  assert.deepEqual(bare[0], bare[1])
  for (const others of [numbers(credentials[1]!, [0, 1, 0]), numbers(credentials[0]!, [0, 0, 1])]) {
    const shared = others.filter((each) => first.includes(each))
    assert.deepEqual(shared, [])
  }
})
