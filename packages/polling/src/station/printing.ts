import type { Report } from '@melayani/ballot/verify'
import { differenceText, hashOf, type Signed, type TpsResult } from '../format/index.ts'
import {
  codesSheet,
  hourlyHead,
  incidentReport,
  minutes,
  type Paper,
  type PaperLang,
  type Place,
  planoSheet,
  reconciliationSheet,
  resultSheet,
  type Signer,
  selfTest,
  verificationReport,
  zeroReport,
} from '../print/index.ts'
import type { Head, ReconciliationSheet } from '../record/index.ts'
import { screenWords } from '../screen/index.ts'
import { sheetOf } from './law.ts'
import type { Station } from './station.ts'
import { stationWords } from './words/index.ts'

const placeOf = ({ content, signed }: Station, lang: PaperLang): Place => ({
  package: content,
  text: signed.text,
  lang,
})

/** Places to sign with a pen: everybody who signs with a card, and the others who are entitled to. */
const signersOf = ({ content }: Station, lang: PaperLang): Signer[] =>
  content.officers
    .filter(({ role }) => role === 'chair' || role === 'witness' || role === 'supervisor')
    .map(({ role, name }) => [screenWords(lang).role[role], name])

export const selfTestPaper = ({ content }: Station, lang: PaperLang): Paper => selfTest(content, lang)

export function zeroPaper(station: Station, _signed: Signed, lang: PaperLang): Paper {
  const devices = station.state().devices.map(({ device, key }) => ({ name: device, key }))
  return zeroReport(placeOf(station, lang), {
    software: station.software,
    stationKey: station.key.key,
    devices,
    counts: station.counts(),
    step: station.step(),
    signers: signersOf(station, lang),
  })
}

export const headPaper = (station: Station, { step, counts, commitment }: Head, lang: PaperLang): Paper =>
  hourlyHead(placeOf(station, lang), {
    step,
    counts,
    ...(commitment ? { commitment } : {}),
    chain: station.chain.head.hash,
    signers: signersOf(station, lang),
  })

/** The report of an incident (BA insiden), to be signed by hand as well. `note` is what the two officers signed with their cards. */
export const incidentPaper = (station: Station, what: string, note: string, lang: PaperLang): Paper =>
  incidentReport(placeOf(station, lang), {
    step: station.step(),
    device: screenWords(lang).devices.station,
    what,
    note,
    signers: signersOf(station, lang),
  })

export const sheetPaper = (station: Station, sheet: ReconciliationSheet, hash: string, lang: PaperLang): Paper =>
  reconciliationSheet(placeOf(station, lang), {
    counts: sheet.counts,
    laws: sheetOf(station.content, station.state(), sheet.counts, sheet),
    differences: sheet.differences.map(differenceText),
    signers: signersOf(station, lang),
    hash,
  })

/** Proofs and signatures that were checked, and how many there had to be (T11). */
export const proofsOf = ({
  counts,
  expected,
}: Pick<Report, 'counts' | 'expected'>): { checked: number; required: number } => ({
  checked: counts.proofs + counts.signatures,
  required: (expected?.proofs ?? 0) + (expected?.signatures ?? 0),
})

export const verificationPaper = (station: Station, archive: string, report: Report, lang: PaperLang): Paper =>
  verificationReport(placeOf(station, lang), {
    archive,
    sound: report.verdict === 'sound',
    ballots: report.counts.ballots,
    ...proofsOf(report),
    faults: report.findings.map(({ rule }) => rule),
    signers: signersOf(station, lang),
  })

/** One document for all copies: each is equal to the others (R14). */
export function resultPapers(station: Station, signed: Signed, lang: PaperLang): { copy: Paper; plano: Paper } {
  const given = {
    result: JSON.parse(signed.text) as TpsResult,
    text: signed.text,
    ...(station.content.centre.address ? { page: publicPage(station, signed) } : {}),
    signers: signersOf(station, lang),
  }
  return { copy: resultSheet(placeOf(station, lang), given), plano: planoSheet(placeOf(station, lang), given) }
}

/** The list for the wall, of what lies in the boxes after the close. */
export function codesPaper(station: Station, lang: PaperLang): Paper {
  const { good, challenged, refused } = station.boxes.ballots()
  const opened = challenged.map(({ ballot }) => ballot)
  const named = new Set([...good, ...opened])
  return codesSheet(placeOf(station, lang), {
    cast: good.map(trackingCode),
    opened: opened.map(trackingCode),
    refused: [...new Set(refused.flatMap(({ ballot }) => (named.has(ballot) ? [] : [trackingCode(ballot)])))],
  })
}
/** SHA-256 in base64 without the last "=", as the archive has it. */
const trackingCode = (ballot: string) => Buffer.from(hashOf(ballot), 'hex').toString('base64').slice(0, 43)

/** Where the centre shows this very sheet (T32). */
const publicPage = ({ content }: Station, { text }: Signed) =>
  `${content.centre.address!.replace(/\/$/, '')}/voting/sheet/${hashOf(text).slice(0, 20)}`

export const acknowledgementPaper = (station: Station, record: string, answer: string, lang: PaperLang): Paper =>
  minutes(placeOf(station, lang), {
    title: stationWords(lang).handOver.ack,
    paragraphs: [`${stationWords(lang).handOver.record}: ${record}`, answer],
    present: signersOf(station, lang),
  })
