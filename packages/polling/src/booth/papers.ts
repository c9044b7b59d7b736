import type { ElectionPackage } from '../format/index.ts'
import { type Paper, receipt, slip } from '../print/index.ts'
import type { Choice, Papers } from './voter.ts'

/** The papers of booth `number`. The slip is the same whatever language the voter reads: it is counted by hand. */
export const papersOf = (content: ElectionPackage, booth: number): Papers => ({
  receipt: (code) =>
    receipt({ package: content, code, ...(content.centre.address ? { address: content.centre.address } : {}) }),
  slip: (choice, again) => slip({ package: content, booth, choice, ...(again ? { marks: ['reprint'] } : {}) }),
  opening: (choice, code) => openingPaper(content, choice, code),
})

/** What UJI showed, for whoever asked. The whole record is published; its tracking code finds it. */
function openingPaper(content: ElectionPackage, choice: Choice, code: string): Paper {
  const candidate = content.candidates.find(({ number }) => number === choice)
  return {
    kind: 'opening',
    lang: 'id',
    title: 'HASIL UJI',
    blocks: [
      { text: 'HASIL UJI', size: 2, bold: true, centre: true, inverse: true },
      { text: 'Surat suara ini dibuka dan tidak dihitung.', centre: true },
      { text: candidate ? `${candidate.number}. ${candidate.name}` : 'Pilihan kosong', size: 2, centre: true },
      { text: code, centre: true },
      { qr: code, alt: 'Kode lacak' },
      { cut: true },
    ],
  }
}
