import { linkTo } from '#platform/address.ts'
import type { Letter } from '#platform/mail.ts'
import { fill, type Lang } from '#platform/text.ts'
import { type ResultLetter, resultText } from '../domain/result-letter.ts'
import { admissionWords } from '../text/admission.ts'
import { reasonWords } from '../text/reason.ts'

export type ResultTold = Omit<ResultLetter, 'agency' | 'receipt' | 'at'>

/** The letters that tell owners how the administrative selection ended, each in the reader's own language. */
export function lettersOfResult(
  owners: readonly { name: string; email: string; lang: Lang }[],
  told: ResultTold,
): Letter[] {
  return owners.map(({ name, email, lang }) => letterOfResult({ name, email }, lang, told))
}

function letterOfResult(to: Letter['to'], lang: Lang, told: ResultTold): Letter {
  const w = admissionWords(lang)
  const { opening, reasons, closing } = resultText(told, lang, w, reasonWords)
  const values = { title: told.title, round: told.round[lang] }
  const paragraphs = [
    fill(w.letterGreeting, to),
    ...opening,
    ...reasons.map(({ name, says, note, todo }) => `- ${name}. ${says}\n  ${note}\n  ${todo}`),
    ...closing,
    fill(w.letterLink, { link: linkTo(`/competition/proposals/${told.proposal}/result`) }),
    fill(w.letterEnd, values),
  ]
  return {
    to,
    subject: fill(told.kind === 'passed' ? w.letterPassSubject : w.letterFailSubject, values),
    body: paragraphs.join('\n\n'),
  }
}
