import type { EventCatalogue } from '#platform/events.ts'

const said = (value: unknown) => String(value ?? '')
const plenaryId = (kind: unknown) => (kind === 'levels' ? 'Pleno akhir' : 'Pleno finalis')
const plenaryEn = (kind: unknown) => (kind === 'levels' ? 'The final plenary' : 'The plenary on the finalists')

/** What the panel's half of the room tells. Never whom a decision favours before it is public, never who objected. */
export const panelEvents: EventCatalogue = {
  'judging.places-set': {
    about: 'the round',
    id: (p) => `Jumlah tempat ditetapkan, ${said(p.total)} seluruhnya: ${said(p.reason)}`,
    en: (p) => `The places were set, ${said(p.total)} in all: ${said(p.reason)}`,
  },
  'judging.places-moved': {
    about: 'the round',
    id: (p) =>
      `${said(p.count)} tempat (${said(p.group)}) pindah dari ${said(p.from)} ke ${said(p.to)}: ${said(p.reason)}`,
    en: (p) =>
      `${said(p.count)} places (${said(p.group)}) moved from ${said(p.from)} to ${said(p.to)}: ${said(p.reason)}`,
  },
  'judging.tie-settled': {
    about: 'the round',
    id: (p) =>
      `Skor sama (${said(p.score)}) di ${said(p.cluster)} diputuskan oleh ${said(p.deciders)}: ${said(p.reason)}`,
    en: (p) =>
      `Equal scores (${said(p.score)}) in ${said(p.cluster)} decided by ${said(p.deciders)}: ${said(p.reason)}`,
  },
  'judging.nominees-drawn': {
    about: 'the round',
    id: (p) => `${said(p.nominees)} nomine ditetapkan dari peringkat`,
    en: (p) => `${said(p.nominees)} nominees were taken from the ranking`,
  },
  'judging.nominee-added': {
    about: 'the round',
    id: (p) => `Usulan nomor ${said(p.number)} ditambahkan sebagai nomine: ${said(p.reason)}`,
    en: (p) => `Entry ${said(p.number)} was added as a nominee: ${said(p.reason)}`,
  },
  'judging.nominee-removed': {
    about: 'the round',
    id: (p) => `Usulan nomor ${said(p.number)} dikeluarkan dari nomine: ${said(p.reason)}`,
    en: (p) => `Entry ${said(p.number)} was taken out of the nominees: ${said(p.reason)}`,
  },
  'judging.panel-assigned': {
    about: 'the round',
    id: (p) => `${said(p.readings)} bacaan dibagikan kepada panel`,
    en: (p) => `${said(p.readings)} readings were given to the panel`,
  },
  'judging.interest-declared': {
    about: 'the round',
    id: () => 'Anggota panel menyatakan benturan kepentingan',
    en: () => 'A panel member declared a conflict of interest',
  },
  'judging.interest-withdrawn': {
    about: 'the round: reason',
    id: (p) => `Anggota panel mencabut pernyataan benturan kepentingan: ${said(p.reason)}`,
    en: (p) => `A panel member withdrew a declared conflict of interest: ${said(p.reason)}`,
  },
  'judging.panel-reading-given': {
    about: 'the round',
    id: (p) => `Anggota panel mencatat bacaan usulan nomor ${said(p.number)}`,
    en: (p) => `A panel member wrote down a reading of entry ${said(p.number)}`,
  },
  'judging.plenary-opened': {
    about: 'the round',
    id: (p) => `${plenaryId(p.plenary)} dibuka`,
    en: (p) => `${plenaryEn(p.plenary)} was opened`,
  },
  'judging.entry-decided': {
    about: 'the decision',
    id: (p) => `${plenaryId(p.plenary)} memutuskan usulan nomor ${said(p.number)}`,
    en: (p) => `${plenaryEn(p.plenary)} decided on entry ${said(p.number)}`,
  },
  'judging.plenary-closed': {
    about: 'the round',
    id: (p) => `${plenaryId(p.plenary)} ditutup`,
    en: (p) => `${plenaryEn(p.plenary)} was closed`,
  },
  'judging.finalists-announced': {
    about: 'the round',
    id: (p) => `${said(p.finalists)} finalis diumumkan`,
    en: (p) => `${said(p.finalists)} finalists were announced`,
  },
  'judging.interviews-planned': {
    about: 'the round',
    id: (p) => `${said(p.interviews)} wawancara dijadwalkan`,
    en: (p) => `${said(p.interviews)} interviews were planned`,
  },
  'judging.interviews-announced': {
    about: 'the round',
    id: (p) => `${said(p.invited)} finalis diundang wawancara`,
    en: (p) => `${said(p.invited)} finalists were invited to interviews`,
  },
  'judging.interview-moved': {
    about: 'the entry',
    id: (p) => `Wawancara dipindah ke ${said(p.starts)}, ruang ${said(p.room)}`,
    en: (p) => `The interview was moved to ${said(p.starts)}, room ${said(p.room)}`,
  },
  'judging.interview-confirmed': {
    about: 'the entry',
    id: () => 'Kehadiran wawancara dikonfirmasi',
    en: () => 'Attendance at the interview was confirmed',
  },
  'judging.interview-scored': {
    about: 'the round',
    id: (p) => `Anggota panel mencatat lembar wawancara usulan nomor ${said(p.number)}`,
    en: (p) => `A panel member wrote down an interview sheet for entry ${said(p.number)}`,
  },
  'judging.interviews-closed': {
    about: 'the round',
    id: () => 'Wawancara ditutup; lembar nilai terbuka bagi panel',
    en: () => 'The interviews were closed; the sheets are open to the panel',
  },
  'judging.objection-received': {
    about: 'the objection',
    id: (p) => `Sanggahan ${said(p.number)} diterima`,
    en: (p) => `Objection ${said(p.number)} was received`,
  },
  'judging.objection-answered': {
    about: 'the objection',
    title: { id: 'Sanggahan dijawab', en: 'Objection answered' },
    id: (p) => `Sanggahan ${said(p.number)} ${p.outcome === 'upheld' ? 'diterima dan diputuskan ulang' : 'ditolak'}`,
    en: (p) => `Objection ${said(p.number)} was ${p.outcome === 'upheld' ? 'upheld' : 'rejected'}`,
  },
  'judging.bundle-published': {
    about: 'the round',
    id: (p) => `Berkas hitung ulang diterbitkan (SHA-256 ${said(p.hash)})`,
    en: (p) => `The bundle for recomputing was published (SHA-256 ${said(p.hash)})`,
  },
  'judging.letter-released': {
    about: 'the entry',
    id: () => 'Surat umpan balik dikirim',
    en: () => 'The feedback letter was sent',
  },
  'judging.letter-opened': {
    about: 'the entry',
    id: () => 'Surat umpan balik dibuka pengusul',
    en: () => 'The entrant opened the feedback letter',
  },
  'judging.visit-recorded': {
    about: 'the finding',
    id: (p) => `Verifikasi lapangan usulan nomor ${said(p.number)} dicatat (${said(p.visited)})`,
    en: (p) => `A field verification of entry ${said(p.number)} was recorded (${said(p.visited)})`,
  },
  'judging.entry-rated': {
    about: 'the round',
    id: () => 'Masyarakat memberi penilaian',
    en: () => 'A member of the public gave a rating',
  },
  'judging.decree-recorded': {
    about: 'the round',
    id: (p) => `Keputusan Menteri ${said(p.number)} dicatat; ${said(p.finalists)} finalis masuk daftar pemenang`,
    en: (p) => `Ministerial Decree ${said(p.number)} recorded; ${said(p.finalists)} finalists entered the register`,
  },
}
