import {
  type Group,
  type GroupName,
  openGroup,
  type Pedersen,
  platformRandom,
  readElection,
  type Signed as SignedByTrustee,
  type Trustee,
  type TrusteeKey,
} from '@melayani/ballot'
import {
  beginCeremony,
  type CeremonyFault,
  coordinate,
  dealShares,
  electionKey,
  makeSingle,
  type Plan,
  readTrusteeState,
  takeCertificates,
  takePolynomials,
  takeShares,
  writeSecret,
  writeTrusteeState,
} from '@melayani/ballot/trustee'
import type { OpenFileCard } from '../card/index.ts'
import { electionFingerprint, hashOf, type Signature } from '../format/index.ts'

/**
 * What a trustee's card does in a key generation: all that touches a secret. What it says is on the card before it is said,
 * so a card that is asked again after a crash says the same again, and never two things in one round.
 */
export class KeyCardRefused extends Error {
  readonly rule: KeyCardRule
  readonly faults: readonly CeremonyFault[]

  constructor(rule: KeyCardRule, faults: readonly CeremonyFault[] = []) {
    super(`${rule} ${faults.map((each) => `${each.rule} ${each.trustee ?? ''} ${each.at}`).join(', ')}`.trim())
    this.rule = rule
    this.faults = faults
  }
}
export type KeyCardRule =
  | 'key.round' // the card has not done the round before, or is through
  | 'key.other' // the card has heard other messages in this round before
  | 'key.refused' // what the others sent is not in order: see faults
  | 'key.commitment' // somebody shows other coefficients than those they had committed to
  | 'key.election' // the election's key is not made of the keys of this ceremony

const [certificate, commitments, polynomial, output] = [0, 1, 2, 3] as const

/** Of the signed coefficients A_{i,k}, as they stand in the trustees' record: anybody can compute it again from there. */
export const commitmentOf = ({ message, signature }: SignedByTrustee): string =>
  hashOf(`melayani/key-commitment/1\n${JSON.stringify([message, `${signature.challenge}`, `${signature.response}`])}`)

type Dealing = ReturnType<OpenFileCard['content']>['dealing'][string]
const dealingOf = (card: OpenFileCard, name: string): Dealing => {
  const found = card.content().dealing[name]
  if (!found) throw new KeyCardRefused('key.round')
  return found
}
const keep = (card: OpenFileCard, name: string, state: string, messages: readonly string[]) => {
  const content = card.content()
  card.keep({ ...content, dealing: { ...content.dealing, [name]: { state, messages: [...messages] } } })
}

/** A key of one's own (the trustee from outside): made once, and given again when asked again. */
export function singleKey(card: OpenFileCard, groupName: GroupName, name: string): TrusteeKey {
  const kept = card.content().dealing.single
  if (kept) return readSingle(kept.messages[certificate]!)
  const { secret, key } = makeSingle(openGroup(groupName), platformRandom, name)
  const content = card.content()
  card.keep({
    ...content,
    keys: [...content.keys, { secret: writeSecret(secret), elections: [] }],
    dealing: { ...content.dealing, single: { state: '', messages: [writeSingle(key)] } },
  })
  return key
}
export const writeSingle = ({ pok, public_key, name }: TrusteeKey): string =>
  JSON.stringify({ challenge: `${pok.challenge}`, response: `${pok.response}`, public_key, name })
export function readSingle(text: string): TrusteeKey {
  const { challenge, response, public_key, name } = JSON.parse(text) as Record<string, string>
  return {
    pok: { challenge: BigInt(challenge!), response: BigInt(response!) },
    public_key: public_key!,
    ...(name === undefined ? {} : { name }),
  }
}

/** Round 1: the certificate of trustee `index` (from 1) of the group called `name`. */
export function beginShare(card: OpenFileCard, groupName: GroupName, name: string, plan: Plan, index: number): string {
  const kept = card.content().dealing[name]
  if (kept) return kept.messages[certificate]!
  const begun = beginCeremony(openGroup(groupName), plan, index, platformRandom)
  keep(card, name, writeTrusteeState(groupName, begun.state), [begun.certificate])
  return begun.certificate
}

/**
 * Round 2: coefficients are drawn and signed, but only the hash of them leaves the card, so that nobody can choose theirs
 * after seeing the others' (see packages/ballot/src/trustee/pedersen.ts, "rushing").
 */
export function commitShare(card: OpenFileCard, groupName: GroupName, name: string, certs: readonly string[]): string {
  const { state: text, messages } = dealingOf(card, name)
  if (messages[polynomial] === undefined) {
    const state = readTrusteeState(groupName, text)
    if (state.stage !== 'certified') throw new KeyCardRefused('key.round')
    const dealt = dealShares(openGroup(groupName), state, certs, platformRandom)
    if (!dealt.ok) throw new KeyCardRefused('key.refused', dealt.faults)
    keep(card, name, writeTrusteeState(groupName, dealt.value.state), [
      messages[certificate]!,
      '',
      dealt.value.polynomial,
    ])
  } else if (text !== '') {
    const state = readTrusteeState(groupName, text)
    if (state.stage === 'dealt' && JSON.stringify(state.certs) !== JSON.stringify(certs))
      throw new KeyCardRefused('key.other')
  }
  return commitmentOf(coefexpsOf(dealingOf(card, name).messages[polynomial]!))
}

/** The signed coefficients within the message of round 3. */
export function coefexpsOf(message: string): SignedByTrustee {
  const { coefexps } = JSON.parse(message) as {
    coefexps: { message: string; signature: { challenge: string; response: string } }
  }
  const { challenge, response } = coefexps.signature
  return { message: coefexps.message, signature: { challenge: BigInt(challenge), response: BigInt(response) } }
}

/** Round 3: the coefficients and the sealed shares, once everybody's commitment is known, and only under this one list. */
export function revealShare(card: OpenFileCard, name: string, index: number, all: readonly string[]): string {
  const { state, messages } = dealingOf(card, name)
  const message = messages[polynomial]
  if (!message) throw new KeyCardRefused('key.round')
  const list = JSON.stringify(all)
  if (messages[commitments] !== '' && messages[commitments] !== list) throw new KeyCardRefused('key.other')
  if (all[index - 1] !== commitmentOf(coefexpsOf(message))) throw new KeyCardRefused('key.commitment')
  if (messages[commitments] === '') keep(card, name, state, [messages[certificate]!, list, message])
  return message
}

/** Public keys of all who share in an election: those with a key of their own, and one threshold group. */
export type ElectionKeys = { readonly singles: readonly TrusteeKey[]; readonly pedersen: Pick<Pedersen, 'coefexps'> }

/** y of the election, from messages that are all known before anybody's verification key is. */
export function keyOfElection<E>(group: Group<E>, { singles, pedersen }: ElectionKeys): string {
  const trustees: Trustee[] = [
    ...singles.map((key): Trustee => ['Single', key]),
    ['Pedersen', { threshold: 1, certs: [], verification_keys: [], coefexps: [...pedersen.coefexps] }],
  ]
  return electionKey(group, trustees)
}

/** What a card signs of a key that it holds. */
export const trusteeKeyKind = 'trustee-key/1'
export const trusteeKeyText = (election: string, key: string): string => JSON.stringify({ election, key })

export type TakenShare = {
  /** The message of round 5, for the coordinator. */
  readonly output: string
  /** By fingerprint of the election: the card's signature that this key is its own. */
  readonly signatures: Readonly<Record<string, Signature>>
}

/**
 * Round 5: the card checks every commitment, opens its shares, checks that each election's key is made of the keys that it
 * saw, and from then on opens tallies of these elections only. The seed of the key generation is forgotten.
 */
export function takeShare(
  card: OpenFileCard,
  groupName: GroupName,
  name: string,
  polynomials: readonly string[],
  elections: readonly { readonly text: string; readonly singles: readonly TrusteeKey[] }[],
): TakenShare {
  const { state: text, messages } = dealingOf(card, name)
  const fingerprints = elections.map((each) => electionFingerprint(each.text))
  if (!messages[output]) {
    const group = openGroup(groupName)
    if (!messages[polynomial] || !messages[commitments]) throw new KeyCardRefused('key.round')
    const state = readTrusteeState(groupName, text)
    if (state.stage !== 'dealt') throw new KeyCardRefused('key.round')
    const committed = JSON.parse(messages[commitments]) as string[]
    const shown = polynomials.map(coefexpsOf)
    if (committed.length !== shown.length || shown.some((each, at) => commitmentOf(each) !== committed[at]))
      throw new KeyCardRefused('key.commitment')
    const certified = takeCertificates(group, coordinate(state.plan), state.certs)
    if (!certified.ok) throw new KeyCardRefused('key.refused', certified.faults)
    const routed = takePolynomials(group, certified.value, polynomials)
    if (!routed.ok) throw new KeyCardRefused('key.refused', routed.faults)
    for (const { text, singles } of elections)
      if (readElection(text).public_key !== keyOfElection(group, { singles, pedersen: { coefexps: shown } }))
        throw new KeyCardRefused('key.election')
    const taken = takeShares(group, state, routed.value.inputs[state.index - 1]!, platformRandom, card.name)
    if (!taken.ok) throw new KeyCardRefused('key.refused', taken.faults)
    const content = card.content()
    const held = { secret: writeSecret(taken.value.secret), elections: fingerprints }
    card.keep({
      ...content,
      keys: [...content.keys, held],
      dealing: { ...content.dealing, [name]: { state: '', messages: [...messages.slice(0, 3), taken.value.output] } },
    })
  }
  return { output: dealingOf(card, name).messages[output]!, signatures: signaturesOf(card, fingerprints) }
}

/** The trustee with a key of their own: from now on it opens tallies of these elections only. */
export function bindSingle(
  card: OpenFileCard,
  groupName: GroupName,
  elections: readonly { readonly text: string; readonly keys: ElectionKeys }[],
): TakenShare['signatures'] {
  const group = openGroup(groupName)
  const mine = readSingle(dealingOf(card, 'single').messages[certificate]!).public_key
  for (const { text, keys } of elections)
    if (
      readElection(text).public_key !== keyOfElection(group, keys) ||
      !keys.singles.some((key) => key.public_key === mine)
    )
      throw new KeyCardRefused('key.election')
  const fingerprints = elections.map(({ text }) => electionFingerprint(text))
  const content = card.content()
  const held = content.keys.find(({ secret }) => publicKeyOf(secret) === mine)!
  if (held.elections.length === 0)
    card.keep({
      ...content,
      keys: content.keys.map((each) => (each === held ? { ...each, elections: fingerprints } : each)),
    })
  else if (JSON.stringify(held.elections) !== JSON.stringify(fingerprints)) throw new KeyCardRefused('key.other')
  return signaturesOf(card, fingerprints)
}

/** Nothing of the key generations is needed any more. */
export const forgetDealing = (card: OpenFileCard): void => card.keep({ ...card.content(), dealing: {} })

const publicKeyOf = (secret: string) => (JSON.parse(secret) as { public_key: string }).public_key

function signaturesOf(card: OpenFileCard, fingerprints: readonly string[]): Record<string, Signature> {
  return Object.fromEntries(
    fingerprints.map((election) => {
      const held = card.content().keys.find(({ elections }) => elections.includes(election))
      if (!held) throw new KeyCardRefused('key.other')
      return [election, card.sign(trusteeKeyKind, trusteeKeyText(election, publicKeyOf(held.secret)))]
    }),
  )
}
