import { fill, formatNumber } from '#platform/text.ts'
import { openPaper, type PaperView } from '#platform/ui/paper.ts'
import { letterNumber, type SentLetter } from '../domain/letter.ts'
import { panelWords } from '../text/panel.ts'
import { percentileSentence, reachedSentence } from './letter.tsx'

/** The feedback letter on paper. `at` is when it was sent, so that it is the same however often it is downloaded. */
export function drawLetter(
  { content, at, receipt }: SentLetter,
  { lang, demo, address }: PaperView,
): Promise<Uint8Array<ArrayBuffer>> {
  const w = panelWords(lang)
  const points = (value: number | null) => (value === null ? w.letterNoPoints : formatNumber(value, lang, 2))
  const weight = (value: number) => `${formatNumber(value, lang)} %`
  const paper = openPaper({
    lang,
    title: fill(w.letterTitle, { title: content.title }),
    number: letterNumber(receipt),
    at,
    to: fill(w.letterTo, { unit: content.unitName, agency: content.agencyName }),
    demo,
  })
  paper.paragraph(fill(w.letterOpening, { round: content.round.name[lang], number: content.number, receipt }))
  paper.facts([
    [w.letterReached, reachedSentence(content, lang)],
    [w.letterTotal, points(content.mean)],
    [w.rankRange, percentileSentence(content, lang)],
  ])
  paper.heading(w.letterCriteria)
  paper.table(
    [
      { head: w.letterCriterion, share: 52 },
      { head: w.letterWeight, share: 14, number: true },
      { head: w.letterMean, share: 20, number: true },
      { head: w.letterReaders, share: 14, number: true },
    ],
    content.criteria.map((c) => [c.label[lang], weight(c.weight), points(c.mean), formatNumber(c.readers, lang)]),
  )
  paper.heading(w.letterComments)
  const commented = content.criteria.filter((criterion) => criterion.comments.length > 0)
  if (commented.length === 0) paper.paragraph(w.letterNoComments)
  for (const criterion of commented) {
    paper.subheading(criterion.label[lang])
    for (const comment of criterion.comments) paper.quote(comment)
  }
  if (content.interview) {
    const { mean, members, criteria } = content.interview
    paper.heading(w.letterInterview)
    paper.paragraph(fill(w.letterInterviewMean, { mean: points(mean), members }))
    paper.table(
      [
        { head: w.letterCriterion, share: 62 },
        { head: w.letterWeight, share: 16, number: true },
        { head: w.letterMean, share: 22, number: true },
      ],
      criteria.map((c) => [c.label[lang], weight(c.weight), points(c.mean)]),
    )
  }
  paper.paragraph(w.letterAsk)
  if (content.code) paper.paragraph(fill(w.letterCode, { code: content.code }), { soft: true })
  paper.check(address, w.letterCheck)
  return paper.close()
}
