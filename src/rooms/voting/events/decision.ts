import type { EventCatalogue } from '#platform/events.ts'

/** From the opening of the polls to the end of an election. */
export const decisionEvents: EventCatalogue = {
  'voting.polls-opened': {
    about: 'The hour came at which the first polling place of an election opens; nothing of it is prepared any more.',
    id: () => 'Jam buka TPS tiba; persiapan tidak dapat diubah lagi.',
    en: () => 'The hour of opening came; the preparation can no longer be changed.',
  },
  'voting.decision-written': {
    about: 'The chair of the committee wrote down who is elected, or that nobody is; another must confirm it.',
    id: (p) =>
      `Penetapan versi ${p.version} ditulis: ${p.candidate === null ? 'tidak ada yang terpilih' : `nomor ${p.candidate}`}, sidik ${String(p.hash).slice(0, 16)}.`,
    en: (p) =>
      `Version ${p.version} of the decision was written: ${p.candidate === null ? 'nobody is elected' : `number ${p.candidate}`}, fingerprint ${String(p.hash).slice(0, 16)}.`,
  },
  'voting.unrecorded-written': {
    about: 'One of the committee wrote why a polling place has no record of its result; another must confirm it.',
    id: (p) => `Pernyataan bahwa TPS ${p.tps} tidak mempunyai rekaman ditulis.`,
    en: (p) => `A statement that polling place ${p.tps} has no record was written.`,
    title: { id: 'Pernyataan tanpa rekaman ditulis', en: 'A statement that there is no record was written' },
  },
  'voting.unrecorded-confirmed': {
    about: 'Another of the committee confirmed why a polling place has no record; it stands beside its result.',
    id: (p) => `Pernyataan bahwa TPS ${p.tps} tidak mempunyai rekaman disahkan.`,
    en: (p) => `The statement that polling place ${p.tps} has no record was confirmed.`,
    title: { id: 'Pernyataan tanpa rekaman disahkan', en: 'A statement that there is no record was confirmed' },
  },
  'voting.election-decided': {
    about: 'Another of the committee confirmed the decision: the election is decided.',
    id: (p) =>
      `Hasil ditetapkan: ${p.candidate === null ? 'tidak ada yang terpilih' : `nomor ${p.candidate} terpilih`}, sidik ${String(p.hash).slice(0, 16)}.`,
    en: (p) =>
      `The result was decided: ${p.candidate === null ? 'nobody is elected' : `number ${p.candidate} is elected`}, fingerprint ${String(p.hash).slice(0, 16)}.`,
  },
}
