import type { Letter } from '#platform/mail.ts'
import { fill, type Lang } from '#platform/text.ts'
import type { NewReading } from '../domain/admission-decision.ts'
import { admissionWords } from '../text/admission.ts'
import { reasonWords } from '../text/reason.ts'

type Told = {
  entry: { title: string; number: number; unitName: string; agencyName: string }
  round: { name: Record<Lang, string> }
  reading: Pick<NewReading, 'outcome' | 'reasons' | 'note' | 'reading'>
  source: { name: string; agencyName: string; year: number | null } | undefined
}

/** The letters that tell owners how the administrative selection ended, each in the reader's own language. */
export function lettersOfResult(owners: readonly { name: string; email: string; lang: Lang }[], told: Told): Letter[] {
  return owners.map(({ name, email, lang }) => letterOfResult({ name, email }, lang, told))
}

function letterOfResult(to: Letter['to'], lang: Lang, { entry, round, reading, source }: Told): Letter {
  const w = admissionWords(lang)
  const passed = reading.outcome === 'passed'
  const values = {
    title: entry.title,
    number: entry.number,
    unit: entry.unitName,
    agency: entry.agencyName,
    round: round.name[lang],
  }
  const reasons = reading.reasons.map(({ rule, note }) => {
    const { name, says, todo } = reasonWords(rule, lang)
    return `- ${name}. ${says}\n  ${note}\n  ${fill(w.letterTodo, { todo })}`
  })
  const changed = reading.reading > 2
  const paragraphs = [
    fill(w.letterGreeting, to),
    changed && fill(w.letterChangedBody, { reason: reading.note ?? '' }),
    fill(passed ? w.letterPassBody : w.letterFailBody, values),
    ...reasons,
    !changed && reading.note && fill(w.letterNote, { note: reading.note }),
    source && fill(w.letterSource, { name: source.name, agency: source.agencyName, year: source.year ?? '–' }),
    !passed && w.letterObject,
    fill(w.letterEnd, values),
  ]
  return {
    to,
    subject: fill(passed ? w.letterPassSubject : w.letterFailSubject, values),
    body: paragraphs.filter(Boolean).join('\n\n'),
  }
}
