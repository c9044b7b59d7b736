import { shortHash } from '../format/index.ts'
import { type RecordFinding, recordRules } from './rules.ts'
import type { RecordReport } from './verify.ts'

const words = {
  id: {
    sound: 'LULUS: rekaman ini utuh, tanda tangannya sah, dan hasilnya adalah jumlah surat suaranya.',
    counted:
      'LULUS: rekaman ini utuh dan tanda tangannya sah. Hasilnya adalah HITUNGAN TANGAN atas struk, bukan jumlah terenkripsi: kunci pembukanya hilang.',
    refused: 'DITOLAK: rekaman ini tidak boleh dipercaya.',
    practice: 'LATIHAN – BUKAN PEMILIHAN',
    checked: (c: RecordReport['counts']) =>
      `Diperiksa: ${c.entries} bagian, ${c.signatures} tanda tangan, ${c.ballots} surat suara, ${c.openings} surat suara uji, ${c.decryptions} bukti pembukaan.`,
    keys: 'Bandingkan kunci ini dengan yang dicetak panitia dan kabupaten:',
    centre: 'kabupaten',
    committee: 'panitia',
    blank: 'Pilihan Kosong',
    more: (n: number) => `… dan ${n} temuan lagi`,
    byte: 'bita',
  },
  en: {
    sound: 'PASS: this record is whole, its signatures hold, and its result is the sum of its ballots.',
    counted:
      'PASS: this record is whole and its signatures hold. Its result is a COUNT OF THE SLIPS BY HAND, not the encrypted tally: the keys to open it were lost.',
    refused: 'REFUSED: this record cannot be relied on.',
    practice: 'PRACTICE – NOT AN ELECTION',
    checked: (c: RecordReport['counts']) =>
      `Checked: ${c.entries} entries, ${c.signatures} signatures, ${c.ballots} ballots, ${c.openings} challenged ballots, ${c.decryptions} decryption proofs.`,
    keys: 'Compare these keys with those printed by committee and regency:',
    centre: 'regency',
    committee: 'committee',
    blank: 'Blank',
    more: (n: number) => `… and ${n} more findings`,
    byte: 'byte',
  },
} as const

/** Nothing that moves a cursor or turns the direction of writing: a record may come from somebody who wants to be misread. */
export const shown = (text: string) => text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '·').slice(0, 300)

/** A report for people, in lines. */
export function sayRecord(report: RecordReport, language: 'id' | 'en', findingsSaid = 40): string[] {
  const w = words[language]
  const lines: string[] = []
  const { about, result } = report
  if (about) {
    if (about.mode === 'practice') lines.push(w.practice)
    lines.push(`${shown(about.election)} · ${shown(about.village)} · TPS ${about.tps} · ${shortHash(about.package)}`)
    if (result) {
      for (const { number, name } of about.candidates)
        lines.push(`  ${number}. ${shown(name)}: ${result.votes[number - 1] ?? '?'}`)
      lines.push(`  ${w.blank}: ${result.blank}`)
    }
    lines.push(w.keys, `  ${w.centre}: ${shortHash(about.centre)}`, `  ${w.committee}: ${shortHash(about.committee)}`)
  }
  lines.push(w.checked(report.counts))
  lines.push(...sayFindings(report.findings.slice(0, findingsSaid), language))
  const more = report.omitted + Math.max(0, report.findings.length - findingsSaid)
  if (more > 0) lines.push(w.more(more))
  lines.push(report.verdict === 'sound' && result?.source === 'slips' ? w.counted : w[report.verdict])
  return lines
}

/** Each finding in two lines: the rule that is broken, and the place. */
export const sayFindings = (findings: readonly RecordFinding[], language: 'id' | 'en'): string[] =>
  findings.flatMap(({ rule, entry, offset, at, detail }) => {
    const place = [entry, offset === undefined ? undefined : `${words[language].byte} ${offset}`, at]
    const where = shown(place.filter(Boolean).join(' · '))
    return [`✗ ${rule}: ${recordRules[rule][language]}`, `    ${where}${detail ? ` – ${shown(detail)}` : ''}`]
  })
