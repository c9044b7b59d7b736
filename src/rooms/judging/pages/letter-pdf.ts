import type PDFDocument from 'pdfkit'
import { fill, formatDate, formatNumber, type Lang } from '#platform/text.ts'
import type { LetterContent } from '../domain/letter.ts'
import { panelWords } from '../text/panel.ts'
import { percentileSentence, reachedSentence } from './letter.tsx'

type Pdf = InstanceType<typeof PDFDocument>

/** Draw the letter with headings, paragraphs and a table that screen readers can follow. */
export function drawLetter(pdf: Pdf, content: LetterContent, at: Date, lang: Lang): void {
  const w = panelWords(lang)
  const points = (value: number | null) => (value === null ? w.letterNoPoints : formatNumber(value, lang, 2))
  const root = pdf.struct('Document')
  pdf.addStructure(root)
  const tagged = (tag: 'H1' | 'H2' | 'H3' | 'P', text: string, font = 'Helvetica', size = 11) => {
    root.add(
      pdf.struct(tag, {}, () => {
        pdf.font(font).fontSize(size).text(plain(text), { lineGap: 3 }).moveDown(0.5)
      }),
    )
  }
  tagged('H1', fill(w.letterTitle, { title: content.title }), 'Helvetica-Bold', 18)
  tagged('P', fill(w.letterLead, { round: content.round.name[lang], number: content.number }))
  tagged('P', `${content.agencyName} · ${content.unitName}`)
  tagged('P', `${w.letterReached}: ${reachedSentence(content, lang)}`, 'Helvetica-Bold')
  tagged('P', `${w.letterTotal}: ${points(content.mean)}. ${percentileSentence(content, lang)}`)
  tagged('H2', w.letterCriteria, 'Helvetica-Bold', 14)
  for (const criterion of content.criteria)
    tagged(
      'P',
      `${criterion.label[lang]} (${w.letterWeight.toLowerCase()} ${formatNumber(criterion.weight, lang)} %): ${points(criterion.mean)}`,
    )
  tagged('H2', w.letterComments, 'Helvetica-Bold', 14)
  const commented = content.criteria.filter((criterion) => criterion.comments.length > 0)
  if (commented.length === 0) tagged('P', w.letterNoComments)
  for (const criterion of commented) {
    tagged('H3', criterion.label[lang], 'Helvetica-Bold', 12)
    for (const comment of criterion.comments) tagged('P', comment)
  }
  if (content.interview) {
    const { mean, members, criteria } = content.interview
    tagged('H2', w.letterInterview, 'Helvetica-Bold', 14)
    tagged('P', fill(w.letterInterviewMean, { mean: points(mean), members }))
    for (const criterion of criteria) tagged('P', `${criterion.label[lang]}: ${points(criterion.mean)}`)
  }
  if (content.code) tagged('P', fill(w.letterCode, { code: content.code }))
  tagged('P', fill(w.letterDate, { when: formatDate(at, lang) }))
  root.end()
}

/** The built-in fonts know Western letters only; what they cannot draw becomes a question mark instead of a wrong letter. */
const plain = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[^\s\u0021-\u007E\u00A0-\u00FF\u2013\u2014\u2018\u2019\u201C\u201D\u2022\u2026\u20AC]/gu, '?')
