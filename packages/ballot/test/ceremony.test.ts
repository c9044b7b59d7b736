import { deepEqual, throws } from 'node:assert/strict'
import { test } from 'node:test'
import { type Signed, writeCertificate, writeCoefficients } from '../src/format/trustees.ts'
import { openGroup } from '../src/group/index.ts'
import { platformRandom as random } from '../src/random.ts'
import { keysOfSeed, type Peer, seal, unseal } from '../src/trustee/pedersen/channel.ts'
import { evaluate, transcript } from '../src/trustee/pedersen/coefficients.ts'
import {
  readPolynomialMessage,
  readShare,
  readSigned,
  readTrusteeInput,
  readTrusteeOutput,
  writePolynomialMessage,
  writeShare,
  writeSignedText,
  writeTrusteeInput,
  writeTrusteeOutput,
} from '../src/trustee/pedersen/messages.ts'
import {
  beginCeremony,
  type CeremonyOutcome,
  type CeremonyRule,
  ceremonyRules,
  coordinate,
  dealShares,
  readTrusteeState,
  takeCertificates,
  takeOutputs,
  takePolynomials,
  takeShares,
  writeTrusteeState,
} from '../src/trustee/pedersen.ts'
import { generatorTable, proveKey, sign } from '../src/trustee/proof.ts'
import { secretOf } from '../src/trustee/single.ts'
import { must } from './hold-ceremony.ts'

const group = openGroup('Ed25519')
const q = group.order
const plan = { size: 3, threshold: 2 }
const triggered = new Set<CeremonyRule>()

/** What an outcome refuses, as "rule trustee place". */
function refusals(outcome: CeremonyOutcome<unknown>): string[] {
  if (outcome.ok) return []
  for (const { rule } of outcome.faults) triggered.add(rule)
  return outcome.faults.map(({ rule, trustee, at }) => `${rule} ${trustee ?? '–'} ${at}`)
}

// An honest key generation up to the outputs. Trustee 2, whose seed is known, is the one who cheats below.
const begun = [1, 2, 3].map((index) => beginCeremony(group, plan, index, random))
const states = begun.map(({ state }) => state)
const certs = begun.map(({ certificate }) => certificate)
const [, cheat] = states.map(({ seed }) => keysOfSeed(group, seed)) as [unknown, ReturnType<typeof keysOfSeed>]
const certified = must(takeCertificates(group, coordinate(plan), certs))
const dealt = states.map((state) => must(dealShares(group, state, certs, random)))
const polynomials = dealt.map(({ polynomial }) => polynomial)
const { state: routed, inputs } = must(takePolynomials(group, certified, polynomials))
const taken = dealt.map(({ state }, at) => must(takeShares(group, state, inputs[at]!, random)))
const outputs = taken.map(({ output }) => output)

const second = <T>(all: readonly T[], value: T): T[] => [all[0]!, value, all[2]!]
const resign = (message: string): Signed => ({ message, signature: sign(group, cheat.signing, message, random) })
const stranger = 'ff'.repeat(32)
const neutral = group.encode(group.neutral)
const g = group.encode(group.generator)

test('two key generations with the same random numbers are the same, message for message', () => {
  const repeated = () => new Uint8Array(32).fill(3)
  const counted = (length: number) => repeated().slice(0, length)
  deepEqual(beginCeremony(group, plan, 1, counted), beginCeremony(group, plan, 1, counted))
})

test('certificates: what is missing, of another plan, outside the group, unsigned or twice is refused by name', () => {
  const context = { group: group.name, ...plan, index: 2 } as const
  const { verification, encryption } = cheat
  const certificate = (change: object) =>
    writeSignedText(resign(writeCertificate({ context, verification, encryption, ...change })))
  const refused = (cert: string) => refusals(takeCertificates(group, coordinate(plan), second(certs, cert)))

  deepEqual(refusals(takeCertificates(group, coordinate(plan), certs.slice(0, 2))), ['ceremony.count – certs'])
  deepEqual(refused('{'), ['ceremony.unreadable 2 certs[1]'])
  deepEqual(refused(writeSignedText(resign('{}'))), ['ceremony.unreadable 2 certs[1]: verification'])
  deepEqual(refused(certificate({})), [], 'the same certificate signed again is sound')
  const otherContext = ['ceremony.certificate-context 2 certs[1].message.context']
  deepEqual(refused(certificate({ context: undefined })), otherContext)
  for (const change of [{ group: 'RFC-3526-2048' }, { size: 4 }, { threshold: 1 }, { index: 3 }])
    deepEqual(refused(certificate({ context: { ...context, ...change } })), otherContext)
  for (const key of [neutral, stranger, encryption.toUpperCase()]) {
    deepEqual(refused(certificate({ verification: key })), ['ceremony.element 2 certs[1].message.verification'])
    deepEqual(refused(certificate({ encryption: key })), ['ceremony.element 2 certs[1].message.encryption'])
  }
  deepEqual(refused(certificate({ verification: g })), ['ceremony.certificate-signature 2 certs[1].signature'])
  const signature = readSigned(certs[0]!).signature
  deepEqual(refused(writeSignedText({ ...readSigned(certs[1]!), signature })), [
    'ceremony.certificate-signature 2 certs[1].signature',
  ])
  deepEqual(refused(certificate({ encryption: verification })), ['ceremony.certificate-twice 2 certs[1]'])
  const copied = beginCeremony(group, plan, 2, random, states[0]!.seed).certificate
  deepEqual(refused(copied), ['ceremony.certificate-twice 2 certs[1]'])
})

test('any character of a certificate changed: refused, with its trustee named', () => {
  for (let at = 0; at < certs[1]!.length; at += 7) {
    const other = certs[1]![at] === '1' ? '2' : '1'
    const altered = certs[1]!.slice(0, at) + other + certs[1]!.slice(at + 1)
    const faults = refusals(takeCertificates(group, coordinate(plan), second(certs, altered)))
    deepEqual([...new Set(faults.map((fault) => fault.split(' ')[1]))], ['2'], `character ${at}`)
  }
})

test('a trustee deals only under certificates that hold its own, and to all of them', () => {
  const exchanged = beginCeremony(group, plan, 1, random).certificate
  const others = [exchanged, certs[1]!, certs[2]!]
  deepEqual(refusals(dealShares(group, states[0]!, others, random)), ['ceremony.certificate-own – certs[0]'])
  deepEqual(refusals(dealShares(group, states[1]!, others, random)), [], 'the others cannot know')
  // Of its own two keys, one exchanged: signed by the one who keeps the other.
  const context = { group: group.name, ...plan, index: 2 } as const
  const { verification } = cheat
  const half = writeSignedText(resign(writeCertificate({ context, verification, encryption: g })))
  const own = ['ceremony.certificate-own – certs[1]']
  deepEqual(refusals(dealShares(group, states[1]!, second(certs, half), random)), own)
  const message = writeCertificate({ context, verification: g, encryption: cheat.encryption })
  const otherHalf = writeSignedText({ message, signature: sign(group, 1n, message, random) })
  deepEqual(refusals(dealShares(group, states[1]!, second(certs, otherHalf), random)), own)
  deepEqual(refusals(dealShares(group, states[0]!, second(certs, '{'), random)), ['ceremony.unreadable 2 certs[1]'])
})

test('polynomials: what is missing, too long or short, outside the group or unsigned is refused by name', () => {
  const honest = readPolynomialMessage(polynomials[1]!)
  const refused = (change: Partial<typeof honest>) =>
    refusals(takePolynomials(group, certified, second(polynomials, writePolynomialMessage({ ...honest, ...change }))))
  const coefficients = (elements: readonly string[]) => ({
    coefexps: resign(writeCoefficients(elements)),
    signature: sign(group, cheat.signing, transcript(certs.map(readSigned), elements), random),
  })
  deepEqual(refusals(takePolynomials(group, certified, polynomials.slice(1))), ['ceremony.count – polynomials'])
  deepEqual(refusals(takePolynomials(group, certified, second(polynomials, '{}'))), [
    'ceremony.unreadable 2 polynomials[1]: polynomial',
  ])
  deepEqual(refused({ secrets: honest.secrets.slice(1) }), ['ceremony.count 2 polynomials[1].secrets'])
  deepEqual(refused({ polynomial: '{}' }), ['ceremony.unreadable 2 polynomials[1]: algorithm'])
  const sealed = JSON.parse(honest.secrets[0]!)
  const [, ...rest] = honest.secrets as [string, string, string]
  const sealedAs = (change: object) => ({ secrets: [JSON.stringify({ ...sealed, ...change }), ...rest] })
  deepEqual(refused(sealedAs({ algorithm: 'AES-CCM' })), ['ceremony.unreadable 2 polynomials[1]: algorithm'])
  deepEqual(refused(sealedAs({ alpha: stranger })), ['ceremony.element 2 polynomials[1]'])
  deepEqual(refused(sealedAs({ beta: stranger })), ['ceremony.element 2 polynomials[1]'])

  deepEqual(refused(coefficients([g, neutral])), [], 'coefficients of 1 and 0 are numbers like others')
  deepEqual(refused(coefficients([g])), ['ceremony.coefficients-count 2 coefexps[1]'])
  deepEqual(refused(coefficients([g, g, g])), ['ceremony.coefficients-count 2 coefexps[1]'])
  deepEqual(refused(coefficients([g, stranger])), ['ceremony.element 2 coefexps[1].message.coefexps[1]'])
  deepEqual(refused({ coefexps: resign('{"coefexps":[]}') }), ['ceremony.unreadable 2 coefexps[1]: coefexps'])
  const { coefexps, signature } = readPolynomialMessage(polynomials[0]!)
  deepEqual(refused({ coefexps }), ['ceremony.coefficients-signature 2 coefexps[1]'])
  deepEqual(refused({ coefexps: { ...honest.coefexps, signature: coefexps.signature } }), [
    'ceremony.coefficients-signature 2 coefexps[1]',
  ])
  deepEqual(refused({ signature }), ['ceremony.transcript-signature 2 signatures[1]'])
  const exchanged = second(certs, beginCeremony(group, plan, 2, random).certificate).map(readSigned)
  const own: string[] = JSON.parse(honest.coefexps.message).coefexps
  deepEqual(refused({ signature: sign(group, cheat.signing, transcript(exchanged, own), random) }), [
    'ceremony.transcript-signature 2 signatures[1]',
  ])
})

test('shares: what was not sealed by its dealer for this trustee, or is not on the polynomial shown, is refused by name', () => {
  const honest = readTrusteeInput(inputs[0]!)
  const take = (change: Partial<typeof honest>) =>
    refusals(takeShares(group, dealt[0]!.state, writeTrusteeInput({ ...honest, ...change }), random))
  const receiver = peer(0)
  const sent = (
    text: string,
    signing = cheat.signing,
    to: Pick<Peer<unknown>, 'encryption' | 'encryptionText'> = receiver,
  ) => take({ secrets: second(honest.secrets, seal(group, signing, to, text, random)) })

  deepEqual(refusals(takeShares(group, dealt[0]!.state, '[]', random)), ['ceremony.unreadable – input'])
  deepEqual(take({ secrets: honest.secrets.slice(0, 2) }), ['ceremony.count – secrets'])
  deepEqual(take({ coefexps: honest.coefexps.slice(0, 2) }), ['ceremony.count – coefexps'])
  deepEqual(take({ signatures: honest.signatures.slice(0, 2) }), ['ceremony.count – signatures'])

  const mine = keysOfSeed(group, states[0]!.seed)
  const share = shareOf(inputs[0]!, mine)
  deepEqual(sent(writeShare(share)), [], 'the same share sealed anew')
  const bad = ['ceremony.share 2 secrets[1]']
  for (const wrong of [share + 1n, share + q, 0n, q - 1n]) deepEqual(sent(writeShare(wrong)), bad)
  deepEqual(sent('{"secret":5}'), ['ceremony.unreadable 2 secrets[1]: secret'])
  deepEqual(sent('5'), ['ceremony.unreadable 2 secrets[1]'])
  const third = keysOfSeed(group, states[2]!.seed)
  deepEqual(sent(writeShare(share), third.signing), ['ceremony.message-signature 2 secrets[1]'])
  deepEqual(sent(writeShare(share), cheat.signing, { ...receiver, encryptionText: third.encryption }), [
    'ceremony.message-recipient 2 secrets[1]',
  ])
  deepEqual(sent(writeShare(share), cheat.signing, peer(2)), ['ceremony.message-sealed 2 secrets[1]'])
  const sealed = JSON.parse(honest.secrets[1]!)
  const altered = (change: object) =>
    take({ secrets: second(honest.secrets, JSON.stringify({ ...sealed, ...change })) })
  const broken = ['ceremony.message-sealed 2 secrets[1]']
  const flipped = sealed.data.startsWith('0') ? `1${sealed.data.slice(1)}` : `0${sealed.data.slice(1)}`
  for (const data of [flipped, sealed.data.slice(2), sealed.data.slice(1), sealed.data.toUpperCase(), '', '00'])
    deepEqual(altered({ data }), broken)
  deepEqual(altered({ alpha: g }), broken)
  deepEqual(altered({ beta: g }), broken)
  deepEqual(altered({ alpha: stranger }), ['ceremony.element 2 secrets[1]'])
  deepEqual(altered({ beta: stranger }), ['ceremony.element 2 secrets[1]'])

  const swapped = second(honest.secrets, honest.secrets[2]!)
  deepEqual(take({ secrets: swapped }), ['ceremony.message-signature 2 secrets[1]'])
})

test('two bad dealers are both named', () => {
  const honest = readTrusteeInput(inputs[0]!)
  const secrets = [honest.secrets[0]!, honest.secrets[2]!, honest.secrets[1]!]
  deepEqual(refusals(takeShares(group, dealt[0]!.state, writeTrusteeInput({ ...honest, secrets }), random)), [
    'ceremony.message-signature 2 secrets[1]',
    'ceremony.message-signature 3 secrets[2]',
  ])
})

test('a coordinator who exchanges what a trustee showed, or the certificates afterwards, is found out', () => {
  const again = must(dealShares(group, states[0]!, certs, random))
  const mixed = must(takePolynomials(group, certified, [again.polynomial, polynomials[1]!, polynomials[2]!])).inputs
  deepEqual(refusals(takeShares(group, dealt[0]!.state, mixed[0]!, random)), [
    'ceremony.coefficients-own – coefexps[0]',
  ])
  const intruder = beginCeremony(group, plan, 3, random)
  const others = [certs[0]!, certs[1]!, intruder.certificate]
  const dealer = must(dealShares(group, intruder.state, others, random))
  deepEqual(
    refusals(
      takePolynomials(
        group,
        { ...certified, certs: others },
        second([polynomials[0]!, '', dealer.polynomial], polynomials[1]!),
      ),
    ),
    ['ceremony.transcript-signature 1 signatures[0]', 'ceremony.transcript-signature 2 signatures[1]'],
  )
})

test('outputs: another key, another proof or another signature is refused by name', () => {
  const honest = readTrusteeOutput(outputs[1]!)
  const { public_key: key } = honest
  const other = readTrusteeOutput(outputs[0]!).public_key
  const refused = (change: Partial<typeof key>) =>
    refusals(
      takeOutputs(group, routed, second(outputs, writeTrusteeOutput({ ...honest, public_key: { ...key, ...change } }))),
    )
  deepEqual(refused({}), [])
  deepEqual(refused({ name: 'Saksi' }), [])
  deepEqual(refusals(takeOutputs(group, routed, outputs.slice(1))), ['ceremony.count – outputs'])
  deepEqual(refusals(takeOutputs(group, routed, second(outputs, '{}'))), [
    'ceremony.unreadable 2 verification_keys[1]: private_key',
  ])
  const place = 'verification_keys[1]'
  deepEqual(refused({ public_key: other.public_key }), [`ceremony.verification-key 2 ${place}.public_key`])
  deepEqual(refused(other), [`ceremony.verification-key 2 ${place}.public_key`])
  deepEqual(refused({ pok: other.pok }), [`ceremony.key-proof 2 ${place}.pok`])
  deepEqual(refused({ signature: other.signature }), [`ceremony.key-signature 2 ${place}.signature`])
  deepEqual(refused({ signature: undefined }), [`ceremony.key-signature 2 ${place}.signature`])
})

test('all trustees together cannot make the key 1', () => {
  const two = { size: 2, threshold: 2 }
  const both = [1, 2].map((index) => beginCeremony(group, two, index, random))
  const signed = both.map(({ certificate }) => readSigned(certificate))
  const keys = both.map(({ state }) => keysOfSeed(group, state.seed))
  const polynomialsOfBoth = [
    [5n, 3n],
    [q - 5n, 4n],
  ]
  const messages = polynomialsOfBoth.map((coefficients, at) => {
    const elements = coefficients.map((a) => group.encode(generatorTable(group).power(a)))
    const { signing } = keys[at]!
    const message = writeCoefficients(elements)
    const to = { encryption: group.decode(keys[0]!.encryption), encryptionText: keys[0]!.encryption }
    const sealed = seal(group, signing, to, '', random)
    return writePolynomialMessage({
      polynomial: sealed,
      secrets: [sealed, sealed],
      coefexps: { message, signature: sign(group, signing, message, random) },
      signature: sign(group, signing, transcript(signed, elements), random),
    })
  })
  const begunByBoth = must(
    takeCertificates(
      group,
      coordinate(two),
      both.map(({ certificate }) => certificate),
    ),
  )
  const { state } = must(takePolynomials(group, begunByBoth, messages))
  const made = keys.map(({ signing }, at) => {
    const exponent = polynomialsOfBoth.reduce((sum, f) => (sum + evaluate(f, BigInt(at + 1), q)) % q, 0n)
    const { publicKey } = secretOf(group, 'Pedersen', exponent)
    const pok = proveKey(group, exponent, publicKey, random)
    const signature = sign(group, signing, publicKey, random)
    return writeTrusteeOutput({ private_key: '', public_key: { pok, public_key: publicKey, signature } })
  })
  deepEqual(refusals(takeOutputs(group, state, made)), ['ceremony.election-key – coefexps'])
})

test('a trustee who is interrupted goes on from its stored state, in either round', () => {
  const stored = states.map((state) => readTrusteeState('Ed25519', writeTrusteeState('Ed25519', state)))
  deepEqual(stored, states)
  const later = readTrusteeState('Ed25519', writeTrusteeState('Ed25519', dealt[0]!.state))
  deepEqual(later, dealt[0]!.state)
  const text = writeTrusteeState('Ed25519', dealt[0]!.state)
  throws(() => readTrusteeState('BELENIOS-2048', text), /a state for the group Ed25519/)
  throws(() => readTrusteeState('Ed25519', text.replace('ceremony-1', 'ceremony-2')), /melayani-ceremony-1/)
  throws(() => readTrusteeState('Ed25519', text.replace('"dealt"', '"certified"')), /"dealt" expected/)
  throws(() => readTrusteeState('Ed25519', text.replace('"threshold":2', '"threshold":9')), RangeError)
  throws(() => beginCeremony(group, plan, 1, random, 'pendek'), /22 characters/)
})

test('every rule of a key generation has refused something above', () => {
  deepEqual(
    ceremonyRules.filter((rule) => !triggered.has(rule)),
    [],
  )
})

function peer(at: number): Pick<Peer<unknown>, 'encryption' | 'encryptionText'> {
  const { encryption } = keysOfSeed(group, states[at]!.seed)
  return { encryption: group.decode(encryption), encryptionText: encryption }
}

/** f_2(1), which trustee 2 knows. */
function shareOf(input: string, mine: ReturnType<typeof keysOfSeed>): bigint {
  const from = { verification: group.decode(cheat.verification), trustee: 2 }
  return readShare(must(unseal(group, mine, from, readTrusteeInput(input).secrets[1]!, '')))
}
