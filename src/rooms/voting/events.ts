import type { EventCatalogue } from '#platform/events.ts'
import { auditEvents } from './events/audit.ts'
import { decisionEvents } from './events/decision.ts'
import { deliberationEvents } from './events/deliberation.ts'
import { officeEvents } from './events/office.ts'
import { rollEvents } from './events/roll.ts'

/** Every event this room tells. Nothing of a vote, a token or a NIK is in any. */
export const events: EventCatalogue = {
  ...officeEvents,
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
    id: (p) => `Aturan diubah: ${[p.rules].flat().join(', ')}. Dasar: ${p.ground}.`,
    en: (p) => `Rules were changed: ${[p.rules].flat().join(', ')}. Ground: ${p.ground}.`,
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
  'voting.result-received': {
    about: 'A version of the result of a polling place was taken: its signatures hold and its numbers are possible.',
    id: (p) => `Hasil TPS ${p.tps} versi ${p.version} diterima, lembar ${p.sheet}.`,
    en: (p) => `Version ${p.version} of the result of polling place ${p.tps} was received, sheet ${p.sheet}.`,
  },
  'voting.file-received': {
    about: 'The archive, the record or the photograph of a polling place was kept.',
    id: (p) => `Berkas TPS ${p.tps} diterima: ${p.kind}, ${p.sha256}.`,
    en: (p) => `A file of polling place ${p.tps} was received: ${p.kind}, ${p.sha256}.`,
  },
  'voting.archive-checked': {
    about: 'Our verifier judged the archive of a polling place.',
    id: (p) => `Arsip TPS ${p.tps} diperiksa: ${p.verdict}.`,
    en: (p) => `The archive of polling place ${p.tps} was checked: ${p.verdict}.`,
  },
  'voting.sheet-typed': {
    about: 'One person typed the signed sheet of a polling place that no network reached; another must type the same.',
    id: (p) => `Lembar TPS ${p.tps} diketik: ${p.state}.`,
    en: (p) => `The sheet of polling place ${p.tps} was typed: ${p.state}.`,
  },
  'voting.versions-settled': {
    about:
      'One of the committee said which of contradicting versions of a result counts, and why; it counts when another says the same.',
    id: (p) => `Versi TPS ${p.tps} yang dipilih: ${p.sheet} (${p.state}). Alasan: ${p.reason}.`,
    en: (p) => `The version of polling place ${p.tps} that was chosen: ${p.sheet} (${p.state}). Reason: ${p.reason}.`,
  },
  'voting.photo-read': {
    about: 'Somebody read the numbers from the photograph of a plano.',
    id: (p) => `Foto plano TPS ${p.tps} dibaca: ${p.state}.`,
    en: (p) => `The photograph of polling place ${p.tps} was read: ${p.state}.`,
  },
  ...rollEvents,
  'voting.tie-fact-entered': {
    about: 'The committee entered what the ladder for equal votes asks of the candidates.',
    id: (p) => `Data calon untuk suara sama dimasukkan: ${p.fact}.`,
    en: (p) => `What the ladder for equal votes asks was entered: ${p.fact}.`,
  },
  'voting.objection-filed': {
    about: 'A witness, a candidate or a voter objected to an election.',
    id: (p) => `Keberatan nomor ${p.number} di ${p.village} diterima.`,
    en: (p) => `Objection ${p.number} in ${p.village} was received.`,
  },
  'voting.objection-stepped': {
    about: 'An objection was mediated, answered, appealed, decided or withdrawn.',
    id: (p) => `Keberatan nomor ${p.number}: ${p.kind}.`,
    en: (p) => `Objection ${p.number}: ${p.kind}.`,
  },
  ...auditEvents,
  ...decisionEvents,
  ...deliberationEvents,
}
