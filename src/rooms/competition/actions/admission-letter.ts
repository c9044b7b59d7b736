import { askedBy, type Letter, letterTo } from '#platform/mail.ts'
import { fill, type Lang } from '#platform/text.ts'
import { type ResultLetter, resultText } from '../domain/result-letter.ts'
import { admissionWords } from '../text/admission.ts'
import { reasonWords } from '../text/reason.ts'

export type ResultTold = Omit<ResultLetter, 'agency' | 'receipt' | 'at'>
type Owner = { name: string; email: string; lang: Lang; role: string }

/** The letters that tell owners how the administrative selection ended, each in the reader's own language. */
export function lettersOfResult(owners: readonly Owner[], told: ResultTold): Letter[] {
  return owners.map((owner) => letterOfResult(owner, told))
}

function letterOfResult(owner: Owner, told: ResultTold): Letter {
  const w = admissionWords(owner.lang)
  const { opening, reasons, closing } = resultText(told, owner.lang, w, reasonWords)
  const paragraphs = [
    ...opening,
    ...reasons.map(({ name, says, note, todo }) => `- ${name}. ${says}\n  ${note}\n  ${todo}`),
    ...closing,
  ]
  return letterTo(owner, {
    subject: fill(told.kind === 'passed' ? w.letterPassSubject : w.letterFailSubject, { title: told.title }),
    body: paragraphs.join('\n\n'),
    path: `/competition/proposals/${told.proposal}/result`,
    ask: askedBy(owner.role),
  })
}
