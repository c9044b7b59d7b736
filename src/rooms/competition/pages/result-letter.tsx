import type { View } from '#platform/http.ts'
import { fill, formatDate } from '#platform/text.ts'
import { Facts, Page } from '#platform/ui/index.ts'
import { openPaper, type PaperView } from '#platform/ui/paper.ts'
import { type ResultLetter, resultNumber, resultText } from '../domain/result-letter.ts'
import { admissionWords } from '../text/admission.ts'
import { words } from '../text/index.ts'
import { reasonWords } from '../text/reason.ts'
import { proposalPath, trailOf } from './proposal.tsx'
import { receiptPath } from './receipt.tsx'

export const resultPath = (proposal: string) => `${proposalPath(proposal)}/result`

const subjects = {
  passed: 'letterPassSubject',
  failed: 'letterFailSubject',
  withdrawn: 'letterWithdrawnSubject',
} as const

/** The letter that was sent about an entry, for its owners and the secretariat. */
export function ResultLetterPage({ view, letter }: { view: View; letter: ResultLetter }) {
  const { lang } = view
  const w = { ...words(lang), ...admissionWords(lang) }
  const { opening, reasons, closing } = resultText(letter, lang, w, reasonWords)
  return (
    <Page
      view={view}
      title={fill(w[subjects[letter.kind]], { title: letter.title })}
      trail={trailOf(view, { id: letter.proposal, title: letter.title })}
    >
      <div class="actions">
        <a class="button quiet" href={`${resultPath(letter.proposal)}.pdf`}>
          {w.letterPdf}
        </a>
      </div>
      <Facts
        facts={[
          [w.letterNumber, resultNumber(letter)],
          [w.letterDated, formatDate(letter.at, lang, view.zone)],
          [w.letterFor, `${letter.unitName}, ${letter.agencyName}`],
          [
            w.receipt,
            <a key="r" href={receiptPath(letter.receipt)}>
              {letter.receipt}
            </a>,
          ],
        ]}
      />
      {opening.map((paragraph, i) => (
        <p key={i} class="prose">
          {paragraph}
        </p>
      ))}
      {reasons.map(({ name, says, note, todo }) => (
        <section key={name}>
          <h2>{name}</h2>
          <p>{says}</p>
          <blockquote class="prose">{note}</blockquote>
          <p>{todo}</p>
        </section>
      ))}
      {closing.map((paragraph, i) => (
        <p key={i} class="prose">
          {paragraph}
        </p>
      ))}
      <p class="prose">{fill(w.letterEnd, { round: letter.round[lang] })}</p>
    </Page>
  )
}

/** The same on paper. What anybody can check is the receipt; the result itself is its owners'. */
export function drawResult(letter: ResultLetter, { lang, demo, address }: PaperView): Promise<Uint8Array<ArrayBuffer>> {
  const w = { ...words(lang), ...admissionWords(lang) }
  const { opening, reasons, closing } = resultText(letter, lang, w, reasonWords)
  const paper = openPaper({
    lang,
    title: fill(w[subjects[letter.kind]], { title: letter.title }),
    number: resultNumber(letter),
    at: letter.at,
    to: `${letter.unitName}, ${letter.agencyName}`,
    demo,
  })
  for (const paragraph of opening) paper.paragraph(paragraph)
  for (const { name, says, note, todo } of reasons) {
    paper.subheading(name)
    paper.paragraph(says)
    paper.quote(note)
    paper.paragraph(todo)
  }
  for (const paragraph of closing) paper.paragraph(paragraph)
  paper.paragraph(fill(w.letterEnd, { round: letter.round[lang] }))
  paper.check(address, fill(w.letterReceiptCheck, { receipt: letter.receipt }))
  return paper.close()
}
