import type { EventCatalogue } from '#platform/events.ts'

export const registerEvents: EventCatalogue = {
  'competition.winners-imported': {
    about: 'The register of past winners gained awards from a file.',
    id: (p) =>
      `Register pemenang menerima ${p.newAwards} penghargaan dari ${p.newInnovations} inovasi baru (berkas berisi ${p.awards}).`,
    en: (p) =>
      `The register of winners gained ${p.newAwards} awards, with ${p.newInnovations} new innovations (the file held ${p.awards}).`,
  },
}
