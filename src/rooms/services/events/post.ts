import type { EventCatalogue } from '#platform/events.ts'
import { named } from './named.ts'

/** Who works with cases, and for which area. */
export const postEvents: EventCatalogue = {
  'services.role-given': {
    about: 'Somebody was given a role of a package.',
    id: (p) => `Peran ${p.role} diberikan${p.area ? ` untuk wilayah ${p.area}` : ''}.`,
    en: (p) => `The role ${p.role} was given${p.area ? ` for the area ${p.area}` : ''}.`,
  },
  'services.role-ended': {
    about: 'A role of a package ended.',
    id: (p) => `Peran ${p.role} diakhiri.`,
    en: (p) => `The role ${p.role} ended.`,
  },
  'services.contact-kept': {
    about:
      'Somebody said on which number she wants the messages to her roles, or that she wants none. The number does not stand here.',
    id: (p) => (p.given ? 'Nomor untuk pesan peran disimpan.' : 'Nomor untuk pesan peran dihapus.'),
    en: (p) => (p.given ? 'A number for messages to roles was kept.' : 'The number for messages to roles was removed.'),
    title: { id: 'Nomor untuk pesan peran', en: 'Number for messages to roles' },
  },
  'services.area-handed-over': {
    about: 'An area of a role went from one person to another, with everything that waited in it.',
    id: (p) => `Wilayah ${p.area || 'seluruhnya'} peran ${p.role} dialihkan; ${p.cases} kasus terbuka ikut.`,
    en: (p) => `The area ${p.area || '(all)'} of the role ${p.role} was handed over; ${p.cases} open cases went along.`,
  },
  'services.post-set': {
    about: 'How many open cases somebody takes, and from where she sets out, was set.',
    id: (p) => `Kapasitas atau tempat peran ${p.role} diatur.`,
    en: (p) => `The capacity or place of the role ${p.role} was set.`,
  },
  'services.case-offered': {
    about: 'A case was offered to one person of a role.',
    id: (p) => `Ditawarkan kepada seorang ${named(p.roleNames, 'id')}.`,
    en: (p) => `Offered to one ${named(p.roleNames, 'en')}.`,
  },
  'services.offer-answered': {
    about: 'Whom a case was offered to took it, declined, or did not answer in time; then the next is asked.',
    id: (p) =>
      `Tawaran kepada ${named(p.roleNames, 'id')} ${p.answer === 'accepted' ? 'diterima' : p.answer === 'declined' ? 'ditolak' : 'tidak dijawab'}.`,
    en: (p) =>
      `The offer to a ${named(p.roleNames, 'en')} was ${p.answer === 'accepted' ? 'accepted' : p.answer === 'declined' ? 'declined' : 'not answered'}.`,
    title: { id: 'Tawaran dijawab', en: 'An offer was answered' },
  },
}
