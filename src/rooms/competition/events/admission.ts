import type { EventCatalogue } from '#platform/events.ts'
import { fill, type Lang } from '#platform/text.ts'
import type { FailReason } from '../domain/admission-decision.ts'
import { reasonWords } from '../text/reason.ts'

const outcomes = {
  id: { passed: 'lolos', failed: 'tidak lolos', waits: 'menunggu pembaca kedua' },
  en: { passed: 'passed', failed: 'failed', waits: 'waits for the second reader' },
}

function told(sentence: string, particulars: Record<string, unknown>, lang: Lang) {
  const outcome = outcomes[lang][(particulars.outcome as 'passed' | 'failed' | null) ?? 'waits']
  const reasons = ((particulars.reasons ?? []) as FailReason[]).map((each) => reasonWords(each, lang).name)
  const line = fill(sentence, {
    title: String(particulars.title ?? ''),
    number: String(particulars.number ?? ''),
    reading: String(particulars.reading ?? ''),
    outcome,
  })
  return reasons.length > 0 ? `${line} (${reasons.join('; ')})` : line
}

export const admissionEvents: EventCatalogue = {
  'competition.admission-read': {
    about: 'Somebody of the secretariat read an entry in the administrative selection.',
    title: { id: 'Seleksi administrasi: proposal dibaca', en: 'Administrative selection: proposal read' },
    id: (p) => told('Seleksi administrasi, pembacaan {reading}: proposal {number} "{title}" {outcome}.', p, 'id'),
    en: (p) => told('Administrative selection, reading {reading}: proposal {number} "{title}" {outcome}.', p, 'en'),
  },
  'competition.admission-changed': {
    about: 'A result of the administrative selection was changed afterwards.',
    title: { id: 'Hasil seleksi administrasi diubah', en: 'Result of the administrative selection changed' },
    id: (p) => told('Hasil seleksi administrasi diubah: proposal {number} "{title}" {outcome}.', p, 'id'),
    en: (p) => told('Result of the administrative selection changed: proposal {number} "{title}" {outcome}.', p, 'en'),
  },
  'competition.result-opened': {
    about: 'The owners opened the letter with the result for the first time.',
    id: () => 'Surat hasil seleksi administrasi dibuka pemilik proposal.',
    en: () => 'The owners opened the letter with the result of the administrative selection.',
  },
  'competition.round-examined': {
    about: 'The secretariat had the machine compare and examine all submissions of a round again.',
    id: () => 'Semua proposal putaran ini diperiksa ulang oleh mesin.',
    en: () => 'All proposals of this round were examined again by the machine.',
  },
}
