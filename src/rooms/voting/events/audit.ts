import type { EventCatalogue } from '#platform/events.ts'

/** What happens in an audit of slips. */
export const auditEvents: EventCatalogue = {
  'voting.audit-planned': {
    about: 'How the slips are audited was fixed, from the announced numbers, before any dice.',
    id: (p) =>
      `Rencana audit struk ditetapkan: ${p.kind === 'full' ? 'hitung semua' : `sampel sekitar ${p.expected} struk`}.`,
    en: (p) =>
      `The audit of slips was planned: ${p.kind === 'full' ? 'all are counted' : `about ${p.expected} are drawn`}.`,
    title: { id: 'Rencana audit struk ditetapkan', en: 'The audit of slips was planned' },
  },
  'voting.dice-thrown': {
    about: 'Dice were thrown in public and their digits typed.',
    id: (p) => `Dadu dilempar: ${p.dice}.`,
    en: (p) => `Dice were thrown: ${p.dice}.`,
  },
  'voting.dice-confirmed': {
    about: 'Another who saw the dice typed the same digits; the first slips are drawn.',
    id: (p) => `Angka dadu dicocokkan; ${p.drawn} struk terundi.`,
    en: (p) => `The dice were confirmed; ${p.drawn} slips are drawn.`,
  },
  'voting.slips-drawn': {
    about: 'More slips were drawn, since those before did not confirm the winner.',
    id: (p) => `Struk terundi menjadi ${p.drawn}.`,
    en: (p) => `${p.drawn} slips are drawn now.`,
  },
  'voting.audit-escalated': {
    about: 'All slips are counted.',
    id: () => 'Semua struk dihitung.',
    en: () => 'All slips are counted.',
  },
  'voting.slips-counted': {
    about: 'One of two counted the slips of a polling place.',
    id: (p) => `Struk TPS ${p.tps} dihitung seorang penghitung, putaran ${p.round}.`,
    en: (p) => `One person counted the slips of polling place ${p.tps}, round ${p.round}.`,
  },
  'voting.slips-read': {
    about: 'One of two read drawn slips.',
    id: (p) => `${p.slips} struk terundi dibaca.`,
    en: (p) => `${p.slips} drawn slips were read.`,
  },
  'voting.adoption-written': {
    about: 'The chair wrote down that what an audit counted by hand is the result; another must confirm it.',
    id: (p) => `Hitungan struk audit versi ${p.version} diusulkan sebagai hasil.`,
    en: (p) => `The count of slips of audit version ${p.version} was written down as the result.`,
    title: { id: 'Hitungan struk diusulkan sebagai hasil', en: 'A count of slips was written down as the result' },
  },
  'voting.counts-adopted': {
    about:
      'Another of the committee confirmed that what an audit counted by hand is the result of these polling places.',
    id: (p) => `Hitungan struk menjadi hasil TPS ${p.places}.`,
    en: (p) => `The count of slips is the result of polling places ${p.places}.`,
    title: { id: 'Hitungan struk menjadi hasil', en: 'A count of slips became the result' },
  },
  'voting.audit-ended': {
    about: 'The audit of slips ended: the winner was confirmed, or not.',
    id: (p) =>
      p.outcome === 'confirmed' ? 'Audit struk mengukuhkan hasil.' : 'Audit struk tidak sesuai dengan hasil.',
    en: (p) =>
      p.outcome === 'confirmed'
        ? 'The audit of slips confirmed the result.'
        : 'The audit of slips differs from the result.',
    title: { id: 'Audit struk selesai', en: 'The audit of slips ended' },
  },
}
