import type { EventCatalogue } from '#platform/events.ts'

/** Every event this room tells. What people wrote stays in the log of the replication. */
export const events: EventCatalogue = {
  'replication.package-published': {
    about: 'The owner of an innovation offered a release of a package for others to install.',
    id: (p) => `Inovasi ${p.innovation} diterbitkan sebagai paket ${p.package} versi ${p.version}.`,
    en: (p) => `The innovation ${p.innovation} was published as package ${p.package} version ${p.version}.`,
  },
  'replication.interest-registered': {
    about: 'An agency wants to copy an innovation.',
    id: (p) => `Minat mereplikasi ${p.innovation} dicatat.`,
    en: (p) => `The interest to replicate ${p.innovation} was registered.`,
  },
  'replication.package-adopted': {
    about: 'An agency installed the package of an innovation; its example cases had come out as they should.',
    id: (p) => `Paket ${p.package} versi ${p.version} dipasang untuk mereplikasi ${p.innovation}.`,
    en: (p) => `Package ${p.package} version ${p.version} was installed to replicate ${p.innovation}.`,
  },
  'replication.interest-verified': {
    about: 'The interest was found in order by a coach or the national team.',
    id: () => 'Minat diverifikasi.',
    en: () => 'The interest was verified.',
  },
  'replication.agreement-signed': {
    about: 'One side signed the agreement; with both signatures it holds and has a number.',
    id: (p) =>
      p.state === 'agreed' ? 'Kesepakatan ditandatangani kedua pihak.' : 'Kesepakatan ditandatangani satu pihak.',
    en: (p) =>
      p.state === 'agreed' ? 'The agreement was signed by both sides.' : 'The agreement was signed by one side.',
    title: { id: 'Kesepakatan ditandatangani', en: 'The agreement was signed' },
  },
  'replication.replication-approved': {
    about: 'The owner of the innovation approved its replication.',
    id: () => 'Pemilik inovasi menyetujui replikasi.',
    en: () => 'The owner of the innovation approved the replication.',
  },
  'replication.implementation-begun': {
    about: 'The adopter began to carry it out.',
    id: () => 'Implementasi dimulai.',
    en: () => 'Implementation began.',
  },
  'replication.certificate-given': {
    about: 'The replication is certified, with a number that has no gaps in its year.',
    id: () => 'Sertifikat replikasi diberikan.',
    en: () => 'The certificate of replication was given.',
  },
  'replication.replication-declined': {
    about: 'The owner, a coach or the national team declined, with a reason.',
    id: () => 'Permintaan replikasi ditolak.',
    en: () => 'The replication was declined.',
  },
  'replication.replication-ended': {
    about: 'One side ended the replication, with a reason.',
    id: () => 'Replikasi diakhiri.',
    en: () => 'The replication was ended.',
  },
  'replication.outcome-reached': {
    about: 'A public figure of a service met the target of its package for the first time.',
    id: (p) => `Indikator ${p.indicator} mencapai sasaran ${p.target}.`,
    en: (p) => `The indicator ${p.indicator} met its target ${p.target}.`,
  },
  'replication.question-asked': {
    about: 'No case for 90 days: the agency was asked why.',
    id: () => 'Tidak ada kasus selama 90 hari: instansi ditanya.',
    en: () => 'No case for 90 days: the agency was asked why.',
  },
  'replication.question-answered': {
    about: 'The agency said why there is no case.',
    id: (p) =>
      `Pertanyaan dijawab: ${({ paused: 'berhenti sementara', stopped: 'berhenti', outside: 'berjalan di luar sistem' } as Record<string, string>)[String(p.answer)] ?? p.answer}.`,
    en: (p) =>
      `The question was answered: ${({ paused: 'paused', stopped: 'stopped', outside: 'running outside the system' } as Record<string, string>)[String(p.answer)] ?? p.answer}.`,
  },
  'replication.hub-added': {
    about: 'A hub of the network was put on the list, with the decree that named it.',
    id: (p) => `Simpul ${p.name} ditambahkan.`,
    en: (p) => `The hub ${p.name} was added.`,
  },
  'replication.coach-given': {
    about: 'Somebody became a coach of an area.',
    id: (p) => `Pembina ditetapkan untuk wilayah ${p.area}.`,
    en: (p) => `A coach was given for the area ${p.area}.`,
  },
  'replication.coach-ended': {
    about: 'A coach of an area ended.',
    id: (p) => `Tugas pembina untuk wilayah ${p.area} diakhiri.`,
    en: (p) => `The coach for the area ${p.area} ended.`,
  },
  'replication.survey-saved': {
    about: 'A hub kept answers of its maturity survey.',
    id: (p) => `Survei kematangan ${p.year} disimpan: ${p.answered} jawaban.`,
    en: (p) => `The maturity survey of ${p.year} was kept: ${p.answered} answers.`,
  },
  'replication.survey-sent': {
    about: 'A hub handed in its maturity survey with its own score.',
    id: (p) => `Survei kematangan ${p.year} dikirim dengan nilai sendiri ${p.total}.`,
    en: (p) => `The maturity survey of ${p.year} was sent with an own score of ${p.total}.`,
  },
  'replication.survey-verified': {
    about: 'The national team verified the maturity survey of a hub.',
    id: (p) => `Survei kematangan ${p.year} diverifikasi: nilai ${p.total}.`,
    en: (p) => `The maturity survey of ${p.year} was verified: score ${p.total}.`,
  },
}
