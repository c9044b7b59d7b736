import type { EventCatalogue } from '#platform/events.ts'
import { en as wordsEn, id as wordsId } from '../text/round-rules.ts'

const stage = (words: Record<string, string>, kind: unknown): string => words[`stage-${kind}`] ?? String(kind)

/** Who was invited: an innovation and its agency, or an agency. */
const guest = (p: Record<string, unknown>): string => (p.name ? `${p.name} (${p.agency})` : String(p.agency))

export const roundEvents: EventCatalogue = {
  'competition.round-created': {
    about: 'round',
    id: (p) => `Rancangan putaran ${p.round} dibuat dari ${p.from}.`,
    en: (p) => `Draft of round ${p.round} created from ${p.from}.`,
  },
  'competition.round-edited': {
    about: 'round',
    id: (p) => `Rancangan ketentuan disimpan (simpanan ke-${p.revision}).`,
    en: (p) => `Draft of the rules saved (save number ${p.revision}).`,
  },
  'competition.round-draft-dropped': {
    about: 'round',
    id: () => 'Rancangan perubahan dibuang.',
    en: () => 'Draft of a change discarded.',
  },
  'competition.round-published': {
    about: 'round',
    id: (p) => `Putaran ${p.round} terbit.`,
    en: (p) => `Round ${p.round} published.`,
  },
  'competition.round-changed': {
    about: 'round',
    id: (p) => `Versi ${p.version} terbit: ${p.changes} perubahan, ${p.letters} surat. Alasan: ${p.reason}`,
    en: (p) => `Version ${p.version} published: ${p.changes} changes, ${p.letters} letters. Reason: ${p.reason}`,
  },
  'competition.deadline-extended': {
    about: 'round',
    id: (p) => `Batas waktu diperpanjang menjadi ${p.until}. Alasan: ${p.reason}`,
    en: (p) => `Deadline extended to ${p.until}. Reason: ${p.reason}`,
  },
  'competition.invited': {
    about: 'invitation',
    id: (p) => `${guest(p)} diundang ke kelompok ${p.group} putaran ${p.round}.`,
    en: (p) => `${guest(p)} invited to the group ${p.group} of round ${p.round}.`,
  },
  'competition.invitation-withdrawn': {
    about: 'invitation',
    id: (p) => `Undangan ${guest(p)} ke kelompok ${p.group} putaran ${p.round} ditarik. Alasan: ${p.reason}`,
    en: (p) => `Invitation of ${guest(p)} to the group ${p.group} of round ${p.round} withdrawn. Reason: ${p.reason}`,
  },
  'competition.stage-opened': {
    about: 'round',
    id: (p) => `Tahap ${p.seq} dibuka: ${stage(wordsId, p.kind)}.`,
    en: (p) => `Stage ${p.seq} opened: ${stage(wordsEn, p.kind)}.`,
  },
  'competition.stage-closed': {
    about: 'round',
    id: (p) => `Tahap ${p.seq} ditutup: ${stage(wordsId, p.kind)}.`,
    en: (p) => `Stage ${p.seq} closed: ${stage(wordsEn, p.kind)}.`,
  },
  'competition.round-finished': {
    about: 'round',
    id: (p) => `Putaran ${p.round} dinyatakan selesai.`,
    en: (p) => `Round ${p.round} declared finished.`,
  },
  'competition.round-archived': {
    about: 'round',
    id: (p) => `Putaran ${p.round} masuk arsip.`,
    en: (p) => `Round ${p.round} archived.`,
  },
}
