import { deepEqual, equal, ok } from 'node:assert/strict'
import { test } from 'node:test'
import { openGroup, readPartialDecryption, readTrustees, writePartialDecryption } from '@melayani/ballot'
import { bytesSource, entries, Order } from '@melayani/ballot/archive'
import { decryptionFaults } from '@melayani/ballot/trustee'
import { verify } from '@melayani/ballot/verify'
import { shiftedByLastVoter } from '../../../ballot/test/last-voter.ts'
import { strongerFaults } from '../../src/card/index.ts'
import { TallyOpening } from '../../src/ceremony/index.ts'
import { electionFingerprint, hashOf } from '../../src/format/index.ts'

/** The texts of an archive, by what they are. */
async function textsOf(bytes: Uint8Array) {
  const texts = { election: '', trustees: '', tally: '', decryptions: [] as string[] }
  const said = (part: { body: Uint8Array } | undefined) => (part ? new TextDecoder().decode(part.body) : '')
  for await (const item of entries(bytesSource(bytes), new Order())) {
    if (item.kind === 'fault') throw new Error(JSON.stringify(item))
    const parts = item.parts as Record<string, { body: Uint8Array } | undefined>
    texts.election ||= said(parts.election)
    texts.trustees ||= said(parts.trustees)
    texts.tally ||= said(parts.encrypted_tally)
    if (parts.partial_decryption) texts.decryptions.push(said(parts.partial_decryption))
  }
  return texts
}

for (const board of ['alone', 'shared'] as const)
  test(`a trustee and the last voter who move votes: the archive is sound, the stronger proof does not exist (${board})`, async () => {
    const { bytes } = shiftedByLastVoter('Ed25519', [3n, -3n], board)
    const texts = await textsOf(bytes)
    const group = openGroup('Ed25519')
    const decryption = readPartialDecryption(texts.decryptions[1]!)
    const proved = {
      fingerprint: electionFingerprint(texts.election),
      trustees: readTrustees(texts.trustees),
      tally: JSON.parse(texts.tally),
    }
    // What every verifier of the format must say.
    equal((await verify(bytesSource(bytes), { final: true })).verdict, 'sound')
    deepEqual(decryptionFaults(group, proved, 2, decryption), [])

    // The proofs with which the format was deceived, put where the stronger ones stand.
    const key = keysFrom(texts.trustees)[1]!
    const stronger = (proofs: unknown) =>
      JSON.stringify({
        form: 'melayani-decryption-1',
        election: proved.fingerprint,
        tally: hashOf(texts.tally),
        key,
        proofs,
      })
    const forged = stronger(
      decryption.decryption_proofs.map((row) =>
        row.map(({ challenge, response }) => ({ challenge: `${challenge}`, response: `${response}` })),
      ),
    )
    deepEqual(
      strongerFaults(group, proved, 2, decryption, forged).map(({ rule, at }) => `${rule} ${at}`),
      ['stronger.proof proofs[0][0]', 'stronger.proof proofs[0][1]'],
    )
    // At the polling place the cheat's decryption is not taken, and no moved result comes out of the first one alone.
    const opening = new TallyOpening({ ...texts, ballots: 4 })
    const faults = opening.take({ owner: 2, decryption: writePartialDecryption(decryption), stronger: forged })
    ok(faults.length > 0 && faults.every(({ rule, trustee }) => rule === 'stronger.proof' && trustee === 2))
    equal(opening.result().state, 'missing')
  })

const keysFrom = (text: string): string[] =>
  readTrustees(text).flatMap(([kind, value]) =>
    kind === 'Single' ? [value.public_key] : value.verification_keys.map(({ public_key }) => public_key),
  )
