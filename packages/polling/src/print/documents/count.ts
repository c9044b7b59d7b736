import { type Candidate, hashOf, type TpsResult } from '../../format/index.ts'
import type { Block, Paper } from '../paper.ts'
import { officersPaper, type Place, type Signer, wholeHash } from './head.ts'
import { numberInWords } from './number-words.ts'
import { type DocumentWords, figure } from './words.ts'

const nameOf = (w: DocumentWords, { name, emptyBox }: Candidate) => (emptyBox ? w.emptyBox : name)

/**
 * The report of our verifier, on the archive that it checked: verdict, what was checked against what there had to be (T11), and every fault
 * with its place.
 */
export const verificationReport = (
  place: Place,
  given: {
    /** SHA-256 of the .bel file. */
    readonly archive: string
    readonly sound: boolean
    readonly ballots: number
    readonly checked: number
    readonly required: number
    /** As the verifier says them, place first. */
    readonly faults: readonly string[]
    readonly signers: readonly Signer[]
  },
): Paper => {
  const sound = given.sound && given.checked === given.required && given.faults.length === 0
  return officersPaper(
    place,
    'verification',
    (w) => w.verification,
    (w) => [
      sound ? { text: w.verified, bold: true } : { text: w.notVerified, bold: true, inverse: true },
      {
        pairs: [
          [w.archive, wholeHash(given.archive)],
          [w.ballots, figure(place.lang, given.ballots)],
          [w.proofs, figure(place.lang, given.checked)],
          [w.proofsNeeded, figure(place.lang, given.required)],
        ],
      },
      ...given.faults.map((text) => ({ text })),
    ],
    { signers: given.signers, hash: given.archive },
  )
}

/** A touch on a candidate is a vote as a hole in paper is (R1); a blank vote is counted beside them. */
const validVotes = ({ votes }: TpsResult): number => votes.reduce((total, each) => total + each, 0)

const votesTable = (w: DocumentWords, { package: content, lang }: Place, { votes, blank }: TpsResult): Block => ({
  table: {
    head: [w.number, w.name, w.votes, w.inWords],
    rows: [
      ...content.candidates.map((each, at) => [
        `${each.number}`,
        nameOf(w, each),
        figure(lang, votes[at]!),
        numberInWords(lang, votes[at]!),
      ]),
      ['', w.blank, figure(lang, blank), numberInWords(lang, blank)],
    ],
    numbers: [0, 2],
  },
})

/**
 * A result whose numbers cannot be is not printed: another number of candidates, more votes than the roll, more people than the roll (R49).
 * More votes than people is a difference: with its explanation it is printed (R64).
 */
function mustFit({ package: content, text }: Place, result: TpsResult) {
  const sum = result.votes.reduce((total, each) => total + each, result.blank)
  const numbers = [...result.votes, result.blank, result.present, result.roll]
  if (result.package !== hashOf(text)) throw new RangeError('a result of another package')
  if (result.votes.length !== content.candidates.length) throw new RangeError('a result of other candidates')
  if (numbers.some((each) => !Number.isSafeInteger(each) || each < 0)) throw new RangeError('a number that is none')
  const most = result.differences.length > 0 ? result.roll : result.present
  if (sum > most || result.present > result.roll || result.roll !== content.roll.count)
    throw new RangeError('more votes than people, or more people than the roll')
}

/**
 * The result of the polling place (sertifikat hasil). There is one document for all who are entitled to a copy: copies carry no number, so each
 * is equal to the others to the last byte (R14). `text` of the result is what was signed, and its hash is printed whole; `page` is the
 * public page that its QR code opens (T32). Throws RangeError for numbers that cannot be.
 */
export function resultSheet(
  place: Place,
  given: {
    readonly result: TpsResult
    readonly text: string
    readonly page?: string
    readonly signers: readonly Signer[]
  },
): Paper {
  const { result, page } = given
  mustFit(place, result)
  const hash = hashOf(given.text)
  const { package: content, lang } = place
  const sum = validVotes(result)
  return officersPaper(
    place,
    'result',
    (w) => w.result,
    (w) => [
      votesTable(w, place, result),
      {
        pairs: [
          [w.total, figure(lang, sum)],
          [w.all, figure(lang, sum + result.blank)],
          [w.turnout, `${figure(lang, result.present)} ${w.of} ${figure(lang, result.roll)}`],
          [w.source, w.sources[result.source]],
          ...(result.unreadable ? [[w.unreadable, figure(lang, result.unreadable)] as const] : []),
          [w.version, `${result.version}`],
          ...(result.corrects
            ? [[w.corrects, wholeHash(result.corrects.hash)] as const, [w.because, result.corrects.reason] as const]
            : []),
          [w.hash, wholeHash(hash)],
          ...(result.archive ? [[w.archive, wholeHash(result.archive)] as const] : []),
        ],
      },
      result.reconciled && result.differences.length === 0
        ? { text: w.allHold }
        : { text: result.reconciled ? w.differences : w.notAllHold, bold: true },
      ...result.differences.map((text) => ({ text })),
      ...(page ? [{ qr: page, alt: `${w.checkOnline} ${page}` }, { text: w.resultWins }] : []),
      { text: `${w.resultSays} ${content.rules.copies.join(', ')}.` },
    ],
    { signers: given.signers, hash },
  )
}

/** The sheet for the wall: large figures, in words too, to be read aloud and photographed. */
export function planoSheet(
  place: Place,
  given: {
    readonly result: TpsResult
    readonly text: string
    readonly page?: string
    readonly signers: readonly Signer[]
  },
): Paper {
  mustFit(place, given.result)
  const hash = hashOf(given.text)
  const { package: content, lang } = place
  const large = (number: string, name: string, votes: number): Block[] => [
    { text: `${number}${name}`, size: 2, bold: true },
    { text: figure(lang, votes), size: 3, bold: true },
    { text: numberInWords(lang, votes) },
    { rule: true },
  ]
  return officersPaper(
    place,
    'plano',
    (w) => w.plano,
    (w) => [
      { text: w.planoSays },
      ...content.candidates.flatMap((each, at) => large(`${each.number}. `, nameOf(w, each), given.result.votes[at]!)),
      ...large('', w.blank, given.result.blank),
      {
        pairs: [
          [w.total, figure(lang, validVotes(given.result))],
          [w.hash, wholeHash(hash)],
        ],
      },
      ...(given.page ? [{ qr: given.page, alt: `${w.checkOnline} ${given.page}` }] : []),
    ],
    { signers: given.signers, hash },
  )
}

/**
 * The list for the wall: the tracking code of every ballot that counts and of every opened one, sorted, so that its order tells nothing (R61, T12,
 * T15). Whoever has a receipt finds the code here without any network.
 */
export const codesSheet = (
  place: Place,
  {
    cast,
    opened,
    refused = [],
  }: {
    readonly cast: readonly string[]
    readonly opened: readonly string[]
    /** Neither counted nor opened: they did not hold, or their token was used twice. */
    readonly refused?: readonly string[]
  },
): Paper =>
  officersPaper(
    place,
    'codes',
    (w) => w.codes,
    (w) => [
      { text: w.codesSays },
      ...codes(`${w.codesCast}: ${figure(place.lang, cast.length)}`, cast),
      ...codes(`${w.codesOpened}: ${figure(place.lang, opened.length)}`, opened),
      ...(refused.length > 0 ? codes(`${w.codesRefused}: ${figure(place.lang, refused.length)}`, refused) : []),
    ],
  )

const codes = (title: string, list: readonly string[]): Block[] => [
  { text: title, bold: true, heading: 2 },
  ...list.toSorted().map((text) => ({ text })),
]
