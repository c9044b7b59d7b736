import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { groupNames, openGroup, platformRandom } from '@melayani/ballot'
import { proveToken, tokenProofForm, tokenProofHolds } from '../src/format/index.ts'

test('who has a token proves it, in every group; for another token or election, or altered, the proof is none', () => {
  for (const name of groupNames) {
    const group = openGroup(name)
    const secret = group.order / 3n
    const half = (exponent: bigint) => group.encode(group.power(group.generator, exponent) as never)
    const credential = half(secret)
    const proof = proveToken(group, 'election', { secret, credential }, platformRandom)
    const [challenge, response] = proof.split('.') as [string, string]
    const more = (number: string, by: bigint) => (BigInt(`0x${number}`) + by).toString(16)
    const holds = (fingerprint: string, of: string, text: string) => tokenProofHolds(group, fingerprint, of, text)
    deepEqual(
      [
        tokenProofForm.test(proof),
        holds('election', credential, proof),
        holds('another', credential, proof),
        holds('election', half(secret + 1n), proof),
        holds('election', 'no element', proof),
        holds('election', credential, `${more(challenge, 1n)}.${response}`),
        holds('election', credential, `${challenge}.${more(response, 1n)}`),
        // The same number in a second spelling.
        holds('election', credential, `${challenge}.${more(response, group.order)}`),
        holds('election', credential, ''),
      ],
      [true, true, false, false, false, false, false, false, false],
      name,
    )
  }
})
