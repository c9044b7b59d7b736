import { readBallot } from '../format/ballot.ts'
import { type Election, readElection } from '../format/election.ts'
import { FormatError, type Held, integer, list, object, readText, scalar, text } from '../format/shape.ts'
import type { Group } from '../group/group.ts'
import { openGroup } from '../group/index.ts'
import { base64Hash } from '../hash.ts'
import { type BallotFault, ballotFaults } from './check.ts'
import { type ChoiceFault, choiceFault, chosenNames } from './choices.ts'
import type { Commitments, Encrypted } from './encrypt.ts'

/**
 * Spoiling a ballot by opening it (Benaloh 2006): the booth has committed to a ballot by printing its tracking code, and
 * only then the voter says whether it is cast or opened. An opened one shows r and m of every ciphertext, so anybody can
 * see whether the booth had encrypted what the voter had chosen. It is never cast: it would be no secret.
 *
 * The record is our own. It stands beside an archive, not in it, for Belenios v1 has no place for it.
 */
const openingShape = object({
  version: integer(1, 1),
  election: text,
  ballot: text,
  opening: list(list(object({ r: scalar, m: integer(0, 1) }), 1), 1),
})
/** `election` is the fingerprint, `ballot` the text of the ballot, `opening` per question and choice its r and m. */
export type Opening = Held<typeof openingShape>

export const readOpening = (source: string): Opening => readText(openingShape, source)
export const writeOpening = ({ version, election, ballot, opening }: Opening): string =>
  JSON.stringify({
    version,
    election,
    ballot,
    opening: opening.map((choices) => choices.map(({ r, m }) => ({ r: r.toString(), m }))),
  })

/** A ballot that waits for the voter's word. Either way is taken once, and what the other would need is forgotten. */
export interface Sealed<E> {
  readonly trackingCode: string
  /** The ballot and its commitments; the secrets are given up. */
  cast(): { readonly text: string; readonly commitments: Commitments<E> }
  /** The opening record; the ballot is not to be had any more. */
  spoil(): string
}

/** Holds an encrypted ballot so that it can be cast or opened, never both: nobody gets the opening of a vote that counts. */
export function sealBallot<E>(encrypted: Encrypted<E>): Sealed<E> {
  let held: Encrypted<E> | undefined = encrypted
  const take = () => {
    if (!held) throw new Error('the ballot has been cast or spoiled')
    const taken = held
    held = undefined
    return taken
  }
  return {
    trackingCode: encrypted.trackingCode,
    cast() {
      const { text: ballot, commitments } = take()
      return { text: ballot, commitments }
    },
    spoil() {
      const { text: ballot, secrets } = take()
      return writeOpening({
        version: 1,
        election: readBallot(ballot).election_hash,
        ballot,
        opening: secrets.map((each) => [...each]),
      })
    },
  }
}

/** Why an opening is not believed. `at` names the place in the record. */
export type OpeningFault =
  | { readonly rule: 'form'; readonly at: string }
  | { readonly rule: 'election'; readonly at: 'election' }
  | { readonly rule: 'ballot'; readonly at: string; readonly fault: BallotFault }
  | { readonly rule: 'choices'; readonly at: 'opening'; readonly fault: ChoiceFault }
  /** The ciphertext is not the one of r and m. */
  | { readonly rule: 'ciphertext'; readonly at: string }

export type OpeningVerdict =
  | { readonly faults: readonly [OpeningFault, ...OpeningFault[]] }
  | {
      readonly faults: readonly []
      readonly trackingCode: string
      /** Per question 0 or 1 for each choice. */
      readonly choices: readonly (readonly number[])[]
      /** Per question the names of the answers chosen, or 'blank'. */
      readonly chosen: readonly (readonly string[] | 'blank')[]
    }

/**
 * Checks an opening record: it is of this election, its ballot is sound in itself (form, membership, all proofs,
 * signature), every ciphertext is alpha = g^r, beta = y^r·g^m with the r and m of the record, and the m are choices that
 * the questions allow. Names all faults. Without one, says what had been voted.
 *
 * Only public values are used (an opened ballot has no secret), so a fast group may be passed.
 */
export function checkOpening(electionText: string, record: string): OpeningVerdict {
  return checkOpeningWith(openGroup(readElection(electionText).group), electionText, record)
}

export function checkOpeningWith<E>(group: Group<E>, electionText: string, record: string): OpeningVerdict {
  const election = readElection(electionText)
  let given: Opening
  try {
    given = readOpening(record)
  } catch (error) {
    if (error instanceof FormatError) return { faults: [{ rule: 'form', at: error.at }] }
    throw error
  }
  const faults: OpeningFault[] = []
  if (given.election !== base64Hash(electionText)) faults.push({ rule: 'election', at: 'election' })
  for (const fault of ballotFaults(group, electionText, given.ballot))
    faults.push({ rule: 'ballot', at: `ballot.${fault.at}`, fault })
  const choices = given.opening.map((each) => each.map(({ m }) => m))
  const fault = choiceFault(election.questions, choices)
  if (fault) faults.push({ rule: 'choices', at: 'opening', fault })
  // Comparing needs a ballot that can be read and as many openings as ciphertexts.
  if (!fault && !faults.some((each) => each.rule === 'ballot' && each.fault.rule === 'form'))
    faults.push(...ciphertextFaults(group, election, given))
  const [first, ...more] = faults
  if (first) return { faults: [first, ...more] }
  const chosen = chosenNames(election.questions, choices)
  return { faults: [], trackingCode: base64Hash(given.ballot), choices, chosen }
}

function ciphertextFaults<E>(group: Group<E>, election: Election, { ballot, opening }: Opening): OpeningFault[] {
  const g = group.table(group.generator)
  const y = group.table(group.decode(election.public_key)!)
  const { answers } = readBallot(ballot)
  return opening.flatMap((choices, question) =>
    choices.flatMap(({ r, m }, choice): OpeningFault[] => {
      const { alpha, beta } = answers[question]!.choices[choice]!
      const same =
        r < group.order &&
        alpha === group.encode(g.power(r)) &&
        beta === group.encode(group.multiply(y.power(r), g.power(BigInt(m))))
      return same ? [] : [{ rule: 'ciphertext', at: `opening[${question}][${choice}]` }]
    }),
  )
}

const words = {
  id: { blank: 'Pilihan kosong', none: 'Tidak memilih siapa pun', and: 'dan' },
  en: { blank: 'Blank vote', none: 'Nobody chosen', and: 'and' },
} as const

/** What had been voted, one line per question, as it is printed for the voter: "Siapa ketua? – Ani dan Budi". */
export const sayChosen = (
  election: Election,
  chosen: readonly (readonly string[] | 'blank')[],
  language: 'id' | 'en',
): string[] =>
  chosen.map((names, at) => {
    const { blank, none, and } = words[language]
    const last = names.length - 1
    const said =
      names === 'blank'
        ? blank
        : last < 1
          ? (names[0] ?? none)
          : `${names.slice(0, last).join(', ')} ${and} ${names[last]}`
    return `${election.questions[at]!.question} – ${said}`
  })

/** Whether a ballot may be cast: not when its tracking code is on the list of spoiled ones. */
export const mayBeCast = (ballot: string, spoiled: ReadonlySet<string>): boolean => !spoiled.has(base64Hash(ballot))
