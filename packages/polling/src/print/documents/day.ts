import { type Candidate, type Counts, hashOf, type Law, type LawName, shortHash } from '../../format/index.ts'
import type { Block, Paper } from '../paper.ts'
import { officersPaper, type Place, type Signer, wholeHash } from './head.ts'
import { type DocumentWords, figure } from './words.ts'

/** "2026-11-22T08:15" as "08.15". */
const clock = (step: string) => step.slice(11, 16).replace(':', '.')

const candidateName = (w: DocumentWords, { name, emptyBox }: Candidate) => (emptyBox ? w.emptyBox : name)

const countRows = (w: DocumentWords, counts: Counts, lang: Place['lang']): Block => ({
  pairs: Object.entries(w.counts).map(([name, said]) => [said, figure(lang, counts[name as keyof Counts])] as const),
})

export type ZeroReport = {
  /** hashOf the software, as every screen shows it. */
  readonly software: string
  readonly stationKey: string
  readonly devices: readonly { readonly name: string; readonly key: string }[]
  /** All of them must be zero: the station does not open otherwise. */
  readonly counts: Counts
  readonly step: string
  readonly signers: readonly Signer[]
}

/** The zero report (laporan nol): number, name and hash of the photograph of each candidate (R37), the roll (R33), tokens, keys of all devices. */
export function zeroReport(place: Place, { software, stationKey, devices, counts, step, signers }: ZeroReport): Paper {
  const { package: content, lang } = place
  return officersPaper(
    place,
    'zero-report',
    (w) => w.zero,
    (w) => [
      { text: w.zeroSays },
      { pairs: [[w.time, clock(step)]] },
      countRows(w, counts, lang),
      { text: w.candidates, bold: true, heading: 2 },
      {
        table: {
          head: [w.number, w.name, w.photoHash],
          rows: content.candidates.map((each) => [
            `${each.number}`,
            candidateName(w, each),
            each.photoHash ? shortHash(each.photoHash) : '-',
          ]),
          numbers: [0],
        },
      },
      {
        pairs: [
          [w.rollCount, figure(lang, content.roll.count)],
          [w.rollAdditional, figure(lang, content.roll.additional)],
          [w.rollHash, wholeHash(content.roll.hash)],
          [w.pool, figure(lang, content.pool.size)],
          [w.poolHash, wholeHash(content.pool.hash)],
          [w.package, wholeHash(hashOf(place.text))],
          [w.software, wholeHash(software)],
          [w.stationKey, wholeHash(stationKey)],
        ],
      },
      { text: w.devices, bold: true, heading: 2 },
      {
        table: {
          head: [w.device, w.key],
          rows: devices.map(({ name, key }) => [name, shortHash(key)]),
          numbers: [],
        },
      },
    ],
    { signers },
  )
}

/** The hourly record that witnesses sign and keep: counts, the commitment to the ballot box, the head of the log. No choice (T14, R17). */
export function hourlyHead(
  place: Place,
  given: {
    readonly step: string
    readonly counts: Counts
    /** None while too few ballots came since the last one. */
    readonly commitment?: string
    readonly chain: string
    readonly signers: readonly Signer[]
  },
): Paper {
  return officersPaper(
    place,
    'head',
    (w) => w.head,
    (w) => [
      { text: w.headSays },
      { pairs: [[w.time, clock(given.step)]] },
      countRows(w, given.counts, place.lang),
      {
        pairs: [
          [w.commitment, given.commitment ? wholeHash(given.commitment) : '-'],
          [w.chain, wholeHash(given.chain)],
        ],
      },
    ],
    { signers: given.signers, hash: given.chain },
  )
}

/** BA insiden: what happened, at which device, said by whom. The note is the officers' own; it names no voter's choice. */
export const incidentReport = (
  place: Place,
  given: {
    readonly step: string
    readonly device: string
    readonly what: string
    readonly note: string
    readonly signers: readonly Signer[]
  },
): Paper =>
  officersPaper(
    place,
    'incident',
    (w) => w.incident,
    (w) => [
      {
        pairs: [
          [w.time, clock(given.step)],
          [w.device, given.device],
          [w.what, given.what],
        ],
      },
      { text: w.note, bold: true, heading: 2 },
      { text: given.note },
    ],
    { signers: given.signers },
  )

const laws: Record<Place['lang'], Record<LawName, string>> = {
  id: {
    present: 'hadir = token terbit - token kembali',
    used: 'token terpakai = suara elektronik + batal',
    slips: 'suara elektronik = struk sah',
    'slips-void': 'struk batal di amplop tidak lebih dari batal',
    'slips-kept': 'struk batal tercetak ada semua di amplop',
    reprints: 'isi amplop cetak ulang = struk dicetak ulang',
    pending: 'tidak ada suara yang belum selesai',
    issued: 'token terbit - kembali = suara elektronik',
    pool: 'token tersegel = terbit + sisa',
    roll: 'hadir tidak lebih dari DPT',
  },
  en: {
    present: 'present = tokens issued - returned',
    used: 'tokens used = electronic votes + void',
    slips: 'electronic votes = good slips',
    'slips-void': 'void slips in the envelope are no more than void votes',
    'slips-kept': 'void slips that were printed are all in the envelope',
    reprints: 'papers in the envelope of reprints = slips printed again',
    pending: 'no vote is unfinished',
    issued: 'tokens issued - returned = electronic votes',
    pool: 'sealed tokens = issued + left over',
    roll: 'present are no more than the roll',
  },
}

/** The reconciliation sheet (R64): every law with both its sides; a law that does not hold stands out, and so does what it means. */
export const reconciliationSheet = (
  place: Place,
  given: {
    readonly counts: Counts
    readonly laws: readonly Law[]
    readonly differences: readonly string[]
    readonly signers: readonly Signer[]
    readonly hash?: string
  },
): Paper =>
  officersPaper(
    place,
    'reconciliation',
    (w) => w.reconciliation,
    (w) => [
      countRows(w, given.counts, place.lang),
      {
        table: {
          head: [w.law, w.left, w.right, w.holds],
          rows: given.laws.map(({ law, left, right, holds }) => [
            laws[place.lang][law],
            figure(place.lang, left),
            figure(place.lang, right),
            holds ? w.yes : w.no,
          ]),
          numbers: [1, 2],
        },
      },
      given.laws.every(({ holds }) => holds)
        ? { text: w.allHold, bold: true }
        : { text: w.notAllHold, bold: true, inverse: true },
      ...(given.differences.length
        ? [
            { text: w.differences, bold: true as const, heading: 2 as const },
            ...given.differences.map((text) => ({ text })),
          ]
        : []),
    ],
    { signers: given.signers, ...(given.hash && { hash: given.hash }) },
  )

/** BA of any kind: who was there, what was done, signed by those who were there. */
export const minutes = (
  place: Place,
  given: { readonly title: string; readonly paragraphs: readonly string[]; readonly present: readonly Signer[] },
): Paper =>
  officersPaper(
    place,
    'minutes',
    (w) => `${w.minutes}: ${given.title}`,
    (w) => [
      ...given.paragraphs.map((text) => ({ text })),
      { text: w.present, bold: true, heading: 2 },
      { table: { head: [w.role, w.name], rows: given.present, numbers: [] } },
    ],
    { signers: given.present },
  )
