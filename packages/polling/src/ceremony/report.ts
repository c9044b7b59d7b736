import PDFDocument from 'pdfkit'
import { hashOf, shortHash } from '../format/index.ts'
import { collect, constantDate } from '../print/roll-pdf.ts'
import type { Ceremony } from './ceremony.ts'
import { minuteWords } from './words.ts'

const margin = 56

/** The report (berita acara) of the ceremony, to be printed and signed by hand as well: what was made, by whom, with which hashes. */
export function ceremonyReport(ceremony: Ceremony): Promise<Buffer> {
  const { order, state, people } = ceremony
  const pdf = new PDFDocument({
    size: 'A4',
    margin,
    info: { Title: 'Berita acara pembuatan kunci dan token', CreationDate: constantDate },
  })
  const done = collect(pdf)
  const heading = (text: string) => pdf.moveDown(0.8).font('Helvetica-Bold', 11).text(text).font('Helvetica', 9.5)
  pdf.font('Helvetica-Bold', 15).text('Berita Acara Pembuatan Kunci dan Token')
  pdf.font('Helvetica', 10).text(order.election.name).text(order.election.village)
  if (order.mode === 'practice') pdf.font('Helvetica-Bold', 12).text('LATIHAN: tidak berlaku untuk pemungutan suara')
  heading('Pesanan')
  pdf.text(`Sidik jari surat pesanan: ${shortHash(ceremony.orderHash)}`)
  heading('Yang dibuat')
  for (const { id, number, pool } of order.tps) {
    const made = state.pools[id]
    pdf.text(`TPS ${number}: ${pool} token, sidik jari kumpulan ${made ? shortHash(hashOf(made.credentials)) : '-'}`)
    const { needed, of } = order.threshold
    pdf.text(`   Hasil dibuka oleh pemegang kunci luar bersama sedikitnya ${needed} dari ${of} pemegang kunci di TPS.`)
  }
  const answer = ceremony.answerText()
  if (answer) pdf.moveDown(0.3).text(`Sidik jari berkas jawaban: ${shortHash(hashOf(answer))}`)
  heading('Pemegang kartu')
  for (const holder of people.holders) {
    const key = state.cards[holder.id]?.key
    pdf.text(`${holder.name} (${holder.id}): kunci tanda tangan ${key ? shortHash(key) : '-'}`)
  }
  heading('Jalannya upacara')
  for (const { step, what, who } of state.minutes)
    pdf.text(`${step.replace('T', ' ')}  ${minuteWords[what] ?? what}${who ? `: ${who}` : ''}`)
  heading('Tanda tangan')
  for (const { name } of people.holders) pdf.moveDown(0.9).text(`${name}  ........................................`)
  pdf.end()
  return done
}
