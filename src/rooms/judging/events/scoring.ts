import type { EventCatalogue } from '#platform/events.ts'

/** Evaluators, assignment, reading and release. No points and no names of entries are in any of them. */
export const events: EventCatalogue = {
  'judging.evaluator-added': {
    about: 'evaluator: round',
    id: () => 'Ditambahkan ke Tim Evaluasi.',
    en: () => 'Added to the evaluators.',
  },
  'judging.team-checked': {
    about: 'round: rows',
    id: (p) => `Tabel evaluator diperiksa: ${p.rows} baris.`,
    en: (p) => `A table of evaluators was checked: ${p.rows} rows.`,
  },
  'judging.team-imported': {
    about: 'round: how many joined, how many were invited',
    id: (p) => `Evaluator diimpor: ${p.joined} masuk tim, ${p.invited} diundang.`,
    en: (p) => `Evaluators were imported: ${p.joined} joined, ${p.invited} were invited.`,
  },
  'judging.evaluator-joined': {
    about: 'evaluator: round',
    id: () => 'Menerima undangan dan masuk Tim Evaluasi.',
    en: () => 'Accepted the invitation and joined the evaluators.',
  },
  'judging.evaluator-changed': {
    about: 'evaluator: round, readings recused, whether to confirm again',
    id: (p) => `Data evaluator diubah; ${p.recused} pembacaan dihentikan karena konflik baru.`,
    en: (p) => `Facts of the evaluator changed; ${p.recused} readings ended by a new conflict.`,
  },
  'judging.evaluator-confirmed': {
    about: 'evaluator: round',
    id: () => 'Identitas evaluator dipastikan.',
    en: () => 'Identity of the evaluator confirmed.',
  },
  'judging.evaluator-withdrawn': {
    about: 'evaluator: round, readings left',
    id: (p) => `Keluar dari Tim Evaluasi; ${p.left} pembacaan dicarikan pengganti.`,
    en: (p) => `Left the evaluators; ${p.left} readings ask for a replacement.`,
  },
  'judging.involvement-noted': {
    about: 'evaluator: round, kind, readings recused',
    id: (p) => `Keterlibatan dalam suatu inovasi dicatat; ${p.recused} pembacaan dihentikan.`,
    en: (p) => `Involvement in an innovation noted; ${p.recused} readings ended.`,
  },
  'judging.conflict-declared': {
    about: 'evaluator: round, proposal',
    id: () => 'Konflik kepentingan dinyatakan; proposal dialihkan.',
    en: () => 'A conflict of interest was declared; the entry goes to somebody else.',
  },
  'judging.involvement-withdrawn': {
    about: 'evaluator: round, kind, reason',
    id: (p) => `Catatan keterlibatan dicabut: ${p.reason}`,
    en: (p) => `A noted involvement was withdrawn: ${p.reason}`,
  },
  'judging.involvement-corrected': {
    about: 'evaluator: round, kind, reason, readings recused',
    id: (p) => `Catatan keterlibatan diperbaiki: ${p.reason}`,
    en: (p) => `A noted involvement was corrected: ${p.reason}`,
  },
  'judging.conflict-cleared': {
    about: 'evaluator: round, proposal, source, reason',
    id: (p) => `Satu konflik dinyatakan bukan konflik: ${p.reason}`,
    en: (p) => `A conflict was found to be none: ${p.reason}`,
  },
  'judging.conflict-restored': {
    about: 'evaluator: round, proposal, source, reason, readings recused',
    id: (p) => `Satu konflik berlaku lagi: ${p.reason}`,
    en: (p) => `A conflict counts again: ${p.reason}`,
  },
  'judging.declaration-withdrawn': {
    about: 'evaluator: round, proposal',
    id: () => 'Pernyataan konflik dicabut oleh yang menyatakan.',
    en: () => 'A declared conflict was withdrawn by whoever declared it.',
  },
  'judging.settings-saved': {
    about: 'round: the settings',
    id: (p) => `Pengaturan pembagian disimpan: ${p.reviews} pembaca tiap proposal.`,
    en: (p) => `Settings of the assignment saved: ${p.reviews} readers of each entry.`,
  },
  'judging.assignment-begun': {
    about: 'round: readings missing',
    id: (p) => `Perhitungan pembagian dimulai untuk ${p.missing} pembacaan.`,
    en: (p) => `Computing an assignment of ${p.missing} readings began.`,
  },
  'judging.assignment-cancelled': {
    about: 'round',
    id: () => 'Perhitungan pembagian dibatalkan.',
    en: () => 'Computing the assignment was cancelled.',
  },
  'judging.assignment-interrupted': {
    about: 'round: run',
    id: () => 'Perhitungan pembagian terputus karena layanan dimulai ulang.',
    en: () => 'Computing the assignment was cut off by a restart.',
  },
  'judging.assignment-accepted': {
    about: 'round: run, readings',
    id: (p) => `${p.readings} pembacaan dibagikan.`,
    en: (p) => `${p.readings} readings were assigned.`,
  },
  'judging.readings-given': {
    about: 'evaluator: round, readings',
    id: (p) => `Mendapat ${p.readings} pembacaan.`,
    en: (p) => `Was given ${p.readings} readings.`,
  },
  'judging.assignment-changed': {
    about: 'round: proposal, from, to, reason',
    id: (p) => `Pembagian diubah dengan tangan: ${p.reason}`,
    en: (p) => `The assignment was changed by hand: ${p.reason}`,
  },
  'judging.reading-opened': {
    about: 'round: until, hash of the fixed rule; parts and the reason when the readings do not connect',
    id: (p) =>
      `Pembacaan dibuka dan aturan dibekukan.${p.apart ? ` Pembacaan terpisah menjadi ${p.parts} bagian; alasannya: ${p.apart}` : ''}`,
    en: (p) =>
      `Reading was opened and the rules were fixed.${p.apart ? ` The readings fall into ${p.parts} parts; the reason: ${p.apart}` : ''}`,
  },
  'judging.reading-moved': {
    about: 'round: part (round, third, wave n), until, reason, letters',
    id: (p) => `Batas waktu pembacaan diperpanjang${p.reason ? `: ${p.reason}` : '.'}`,
    en: (p) => `The time limit of reading was extended${p.reason ? `: ${p.reason}` : '.'}`,
  },
  'judging.reading-closed': { about: 'round', id: () => 'Pembacaan ditutup.', en: () => 'Reading was closed.' },
  'judging.reading-reopened': {
    about: 'round: reason',
    id: (p) => `Pembacaan dibuka lagi: ${p.reason}`,
    en: (p) => `Reading was opened again: ${p.reason}`,
  },
  'judging.sheet-finished': {
    about: 'evaluator: round, proposal',
    id: () => 'Satu lembar nilai selesai.',
    en: () => 'A score sheet was finished.',
  },
  'judging.sheet-reopened': {
    about: 'evaluator: round, proposal',
    id: () => 'Satu lembar nilai dibuka lagi.',
    en: () => 'A score sheet was opened again.',
  },
  'judging.wave-sent': {
    about: 'round: wave, entries, further readings, basis',
    id: (p) => `Gelombang ${p.wave}: ${p.entries} proposal mendapat ${p.extra} pembacaan lagi.`,
    en: (p) => `Wave ${p.wave}: ${p.entries} entries get ${p.extra} readings more.`,
  },
  'judging.scores-released': {
    about: 'round: hash of the ranking, readings counted',
    id: (p) => `Segel nilai dibuka; ${p.readings} pembacaan dihitung.`,
    en: (p) => `The seal was broken; ${p.readings} readings were counted.`,
  },
}
