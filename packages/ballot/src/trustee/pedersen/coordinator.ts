import type { Pedersen, Signed, Trustee } from '../../format/trustees.ts'
import type { Group } from '../../group/group.ts'
import { accepted, refused } from '../fault.ts'
import { keyProofHolds, signatureHolds } from '../proof.ts'
import { type Certificates, checkCertificates } from './certificates.ts'
import { checkCoefficients, verificationKey } from './coefficients.ts'
import {
  type PolynomialMessage,
  readPolynomialMessage,
  readSealed,
  readTrusteeOutput,
  type TrusteeOutput,
  writeTrusteeInput,
} from './messages.ts'
import { type CeremonyFault, type CeremonyOutcome, gather, type Plan, readFrom, requirePlan } from './rules.ts'

/** The coordinator carries messages between the trustees and learns no secret. Its states hold only what was sent. */
export type AwaitingCertificates = { readonly stage: 'certificates'; readonly plan: Plan }
export type AwaitingPolynomials = {
  readonly stage: 'polynomials'
  readonly plan: Plan
  /** To be sent to every trustee. */
  readonly certs: readonly string[]
}
export type AwaitingOutputs = Omit<AwaitingPolynomials, 'stage'> & {
  readonly stage: 'outputs'
  readonly polynomials: readonly string[]
}
export type CoordinatorState = AwaitingCertificates | AwaitingPolynomials | AwaitingOutputs

export function coordinate(plan: Plan): AwaitingCertificates {
  requirePlan(plan)
  return { stage: 'certificates', plan }
}

/** Round 2: the certificates of all trustees, in order. */
export function takeCertificates<E>(
  group: Group<E>,
  { plan }: AwaitingCertificates,
  certs: readonly string[],
): CeremonyOutcome<AwaitingPolynomials> {
  const checked = checkCertificates(group, plan, certs)
  return checked.ok ? accepted({ stage: 'polynomials', plan, certs }) : checked
}

/** Round 4: what all trustees dealt, in order. `inputs` are what each trustee is to be sent. */
export function takePolynomials<E>(
  group: Group<E>,
  { plan, certs }: AwaitingPolynomials,
  polynomials: readonly string[],
): CeremonyOutcome<{ state: AwaitingOutputs; inputs: string[] }> {
  const checked = checkCertificates(group, plan, certs)
  if (!checked.ok) return checked
  const read = readPolynomials(group, checked.value, polynomials)
  if (!read.ok) return read
  const { messages } = read.value
  const inputs = messages.map(({ polynomial }, j) =>
    writeTrusteeInput({
      polynomial,
      secrets: messages.map(({ secrets }) => secrets[j]!),
      coefexps: messages.map(({ coefexps }) => coefexps),
      signatures: messages.map(({ signature }) => signature),
    }),
  )
  return accepted({ state: { stage: 'outputs', plan, certs, polynomials }, inputs })
}

/** Round 6: the outputs of all trustees, in order. Gives the entry for the trustees of an election. */
export function takeOutputs<E>(
  group: Group<E>,
  { plan, certs, polynomials }: AwaitingOutputs,
  outputs: readonly string[],
): CeremonyOutcome<Trustee> {
  const checked = checkCertificates(group, plan, certs)
  if (!checked.ok) return checked
  const read = readPolynomials(group, checked.value, polynomials)
  if (!read.ok) return read
  const { messages, coefexps } = read.value
  if (outputs.length !== plan.size) return refused({ rule: 'ceremony.count', at: 'outputs' })
  const taken = gather(outputs.map((text, at) => checkOutput(group, checked.value, coefexps, at + 1, text)))
  if (!taken.ok) return taken
  const y = coefexps.map((each) => each[0] as E).reduce((product, factor) => group.multiply(product, factor))
  if (group.equal(y, group.neutral)) return refused({ rule: 'ceremony.election-key', at: 'coefexps' })
  const pedersen: Pedersen = {
    threshold: plan.threshold,
    certs: [...checked.value.signed],
    coefexps: messages.map((each): Signed => each.coefexps),
    signatures: messages.map(({ signature }) => signature),
    verification_keys: taken.value.map(({ public_key }) => public_key),
  }
  return accepted(['Pedersen', pedersen])
}

function readPolynomials<E>(
  group: Group<E>,
  certificates: Certificates<E>,
  texts: readonly string[],
): CeremonyOutcome<{ messages: PolynomialMessage[]; coefexps: E[][] }> {
  const { size } = certificates.plan
  if (texts.length !== size) return refused({ rule: 'ceremony.count', at: 'polynomials' })
  const read = gather(texts.map((text, at) => readPolynomial(group, size, at + 1, text)))
  if (!read.ok) return read
  const messages = read.value
  const coefexps = checkCoefficients(
    group,
    certificates,
    messages.map((message) => message.coefexps),
    messages.map(({ signature }) => signature),
  )
  return coefexps.ok ? accepted({ messages, coefexps: coefexps.value }) : coefexps
}

/** What is sealed is for its recipient to judge; that it is a sealed message, one for each, is for the coordinator. */
function readPolynomial<E>(
  group: Group<E>,
  size: number,
  trustee: number,
  text: string,
): CeremonyOutcome<PolynomialMessage> {
  const at = `polynomials[${trustee - 1}]`
  const read = readFrom(trustee, at, () => {
    const message = readPolynomialMessage(text)
    return { message, sealed: [message.polynomial, ...message.secrets].map(readSealed) }
  })
  if (!read.ok) return read
  const { message, sealed } = read.value
  if (message.secrets.length !== size) return refused({ rule: 'ceremony.count', trustee, at: `${at}.secrets` })
  const elements = group.decodeAll(sealed.flatMap(({ alpha, beta }) => [alpha, beta]))
  return elements.includes(undefined) ? refused({ rule: 'ceremony.element', trustee, at }) : accepted(message)
}

/** X_j is what the coefficients of all say it is, its owner proves to know S_j, and signed it. */
function checkOutput<E>(
  group: Group<E>,
  { peers }: Certificates<E>,
  coefexps: readonly (readonly E[])[],
  trustee: number,
  text: string,
): CeremonyOutcome<TrusteeOutput> {
  const at = `verification_keys[${trustee - 1}]`
  const fault = (rule: CeremonyFault['rule'], part: string) => refused({ rule, trustee, at: `${at}.${part}` })
  const read = readFrom(trustee, at, () => readTrusteeOutput(text))
  if (!read.ok) return read
  const { pok, public_key, signature } = read.value.public_key
  const X = verificationKey(group, coefexps, trustee)
  if (group.encode(X) !== public_key) return fault('ceremony.verification-key', 'public_key')
  if (!keyProofHolds(group, X, pok)) return fault('ceremony.key-proof', 'pok')
  if (signature === undefined || !signatureHolds(group, peers[trustee - 1]!.verification, public_key, signature))
    return fault('ceremony.key-signature', 'signature')
  return read
}
