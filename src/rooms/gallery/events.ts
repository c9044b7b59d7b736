import type { EventCatalogue } from '#platform/events.ts'
import { words } from './text/index.ts'

const statusWord = (lang: 'id' | 'en', status: unknown): string => {
  const w = words(lang) as Record<string, string>
  return w[String(status)] ?? String(status)
}

/** Every event this room tells. */
export const events: EventCatalogue = {
  'gallery.status-said': {
    about: 'Its agency or the secretariat said whether an innovation still lives.',
    id: (p) => `Status kelanjutan ${p.code} dinyatakan “${statusWord('id', p.status)}” per ${p.on}.`,
    en: (p) => `${p.code} was said to be “${statusWord('en', p.status)}” as of ${p.on}.`,
  },
  'gallery.contact-given': {
    about: 'The contact of an innovation was changed; the log names the parts, never what they say.',
    id: (p) => `Kontak ${p.code} diperbarui.`,
    en: (p) => `The contact of ${p.code} was changed.`,
  },
  'gallery.goals-chosen': {
    about: 'Sustainable Development Goals were chosen for an innovation.',
    id: (p) => `Tujuan Pembangunan Berkelanjutan ${p.code} dipilih: ${p.goals}.`,
    en: (p) => `Sustainable Development Goals of ${p.code} were chosen: ${p.goals}.`,
  },
  'gallery.story-added': {
    about: 'Something was added to the story of an innovation.',
    id: (p) => `Kisah ${p.code} ditambah: “${p.question}”.`,
    en: (p) => `“${p.question}” was added to the story of ${p.code}.`,
  },
  'gallery.story-taken-back': {
    about: 'An addition to the story of an innovation was taken back.',
    id: (p) => `Tambahan kisah ${p.code} ditarik: “${p.question}”.`,
    en: (p) => `“${p.question}” was taken back from the story of ${p.code}.`,
  },
  'gallery.agency-assigned': {
    about: 'The secretariat said which agency keeps an innovation up.',
    id: (p) => `Instansi yang memelihara ${p.code} ditetapkan.`,
    en: (p) => `The agency that keeps ${p.code} up was decided.`,
  },
  'gallery.synced': {
    about: 'The gallery was brought up to the register by hand.',
    id: (p) => `Galeri disamakan dengan register: ${p.innovations} inovasi, ${p.added} baru.`,
    en: (p) => `The gallery was brought up to the register: ${p.innovations} innovations, ${p.added} new.`,
  },
}
