import type { EventCatalogue } from '#platform/events.ts'

/** Every event this room tells. Nothing of a vote, a token or a NIK is in any. */
export const events: EventCatalogue = {
  'voting.wave-opened': {
    about: 'A regency set a day on which villages elect their heads.',
    id: (p) => `Gelombang ${p.name} dibuka untuk ${p.held}.`,
    en: (p) => `The wave ${p.name} was opened for ${p.held}.`,
  },
  'voting.election-added': {
    about: 'A village was put into a wave, with the legal profile that holds for it.',
    id: (p) => `Pemilihan ${p.village} ditambahkan dengan profil ${p.profile}.`,
    en: (p) => `The election of ${p.village} was added with the profile ${p.profile}.`,
  },
  'voting.rules-changed': {
    about: 'The regency set rules of an election otherwise than its profile has them, and said on what ground.',
    id: (p) => `Aturan diubah: ${(p.rules as string[]).join(', ')}. Dasar: ${p.ground}.`,
    en: (p) => `Rules were changed: ${(p.rules as string[]).join(', ')}. Ground: ${p.ground}.`,
  },
  'voting.committee-appointed': {
    about: 'Somebody became one of the committee of an election.',
    id: (p) => `Anggota panitia ditetapkan sebagai ${p.role}.`,
    en: (p) => `One of the committee was appointed as ${p.role}.`,
  },
  'voting.committee-ended': {
    about: 'Somebody is no longer of the committee of an election.',
    id: () => 'Anggota panitia diberhentikan.',
    en: () => 'One of the committee was dismissed.',
  },
}
