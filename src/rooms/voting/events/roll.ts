import type { EventCatalogue } from '#platform/events.ts'

/** What happens to a roll and its invitations: numbers and reasons, never whom. */
export const rollEvents: EventCatalogue = {
  'voting.roll-file-checked': {
    about: 'A list of voters was uploaded and checked; nothing of it is in the roll yet.',
    id: (p) => `Berkas daftar pemilih diperiksa: ${p.rows} baris.`,
    en: (p) => `A list of voters was checked: ${p.rows} rows.`,
  },
  'voting.roll-imported': {
    about: 'The rows of a list that could be taken came into the roll.',
    id: (p) => `${p.taken} pemilih masuk dari berkas; ${p.left} baris ditinggalkan.`,
    en: (p) => `${p.taken} voters came in from a list; ${p.left} rows were left out.`,
  },
  'voting.roll-divided': {
    about: 'Hamlets and RW were given to polling places.',
    id: (p) => `Pemilih dibagi ke TPS: ${p.groups} kelompok.`,
    en: (p) => `Voters were divided over polling places: ${p.groups} groups.`,
  },
  'voting.voter-added': {
    about: 'A voter was added by hand, before the roll was fixed or as an additional one after it.',
    id: (p) => (p.additional ? 'Seorang pemilih tambahan dicatat.' : 'Seorang pemilih ditambahkan.'),
    en: (p) => (p.additional ? 'An additional voter was noted.' : 'A voter was added.'),
    title: { id: 'Pemilih ditambahkan', en: 'A voter was added' },
  },
  'voting.voter-struck': {
    about: 'A voter was struck from the roll, with a reason.',
    id: () => 'Seorang pemilih dicoret.',
    en: () => 'A voter was struck.',
  },
  'voting.voter-changed': {
    about: 'Particulars of a voter were corrected or the voter moved to another polling place, with a reason.',
    id: (p) => (p.kind === 'moved' ? 'Seorang pemilih dipindahkan ke TPS lain.' : 'Data seorang pemilih diperbaiki.'),
    en: (p) => (p.kind === 'moved' ? 'A voter was moved to another polling place.' : 'A voter was corrected.'),
    title: { id: 'Data pemilih diperbaiki', en: 'A voter was corrected' },
  },
  'voting.roll-questions-answered': {
    about: 'The committee said why voters stay in the roll although something about them is strange.',
    id: (p) => `${p.answered} pertanyaan daftar pemilih dijawab.`,
    en: (p) => `${p.answered} questions of the roll were answered.`,
  },
  'voting.roll-fixed': {
    about: 'The roll was fixed (DPT), or those added after it were counted: how many, and the hash.',
    id: (p) =>
      p.kind === 'fixed'
        ? `DPT ditetapkan: ${p.count} pemilih, hash ${p.hash}.`
        : `Pemilih tambahan dihitung: ${p.additional} dari ${p.count}, hash ${p.hash}.`,
    en: (p) =>
      p.kind === 'fixed'
        ? `The roll was fixed: ${p.count} voters, hash ${p.hash}.`
        : `Additional voters were counted: ${p.additional} of ${p.count}, hash ${p.hash}.`,
    title: { id: 'Daftar pemilih ditetapkan', en: 'The roll was fixed' },
  },
  'voting.roll-change-refused': {
    about: 'Somebody tried to change a fixed roll. Nothing changed.',
    id: () => 'Perubahan daftar pemilih ditolak: DPT sudah ditetapkan.',
    en: () => 'A change of the roll was refused: it is fixed.',
  },
  'voting.roll-signing-noted': {
    about: 'One of the committee noted that a candidate signed the roll sheet, or would not.',
    id: (p) => (p.signed ? 'Tanda tangan calon pada lembar DPT dicatat.' : 'Calon tidak menandatangani lembar DPT.'),
    en: (p) => (p.signed ? 'A candidate signed the roll sheet.' : 'A candidate would not sign the roll sheet.'),
    title: { id: 'Tanda tangan calon dicatat', en: 'A candidate and the roll sheet' },
  },
  'voting.roll-signing-confirmed': {
    about: 'Another of the committee compared what was noted with the sheet.',
    id: () => 'Catatan tanda tangan calon dicocokkan.',
    en: () => 'The note of the signature was confirmed.',
  },
  'voting.invitations-ordered': {
    about: 'The invitations of a polling place are made for the printer.',
    id: (p) => `Undangan TPS ${p.number} disiapkan untuk dicetak, ${p.parts} berkas.`,
    en: (p) => `The invitations of polling place ${p.number} are made for the printer, ${p.parts} files.`,
  },
  'voting.invitation-noted': {
    about: 'What became of an invitation: delivered, claimed, or why not.',
    id: (p) => `Undangan dicatat: ${p.outcome}.`,
    en: (p) => `An invitation was noted: ${p.outcome}.`,
  },
}
