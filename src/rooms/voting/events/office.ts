import type { EventCatalogue } from '#platform/events.ts'

/** What happens while an election is prepared, until its packages are sealed. */
export const officeEvents: EventCatalogue = {
  'voting.candidate-added': {
    about: 'Somebody stands in an election.',
    id: () => 'Calon ditambahkan.',
    en: () => 'A candidate was added.',
  },
  'voting.candidate-renamed': {
    about: 'The name of a candidate was corrected before the draw.',
    id: () => 'Nama calon diperbaiki.',
    en: () => 'The name of a candidate was corrected.',
  },
  'voting.candidate-removed': {
    about: 'A candidate no longer stands; before the draw.',
    id: () => 'Calon dihapus.',
    en: () => 'A candidate was removed.',
  },
  'voting.photo-given': {
    about: 'A candidate has a photograph, or another; what was signed for is void.',
    id: (p) => `Foto calon disimpan, sidik ${String(p.photo).slice(0, 16)}.`,
    en: (p) => `The photograph of a candidate was kept, fingerprint ${String(p.photo).slice(0, 16)}.`,
  },
  'voting.numbers-drawn': {
    about: 'One of the committee wrote down what was drawn.',
    id: (p) => `Hasil undian ke-${p.version} dicatat.`,
    en: (p) => `Draw ${p.version} was written down.`,
  },
  'voting.draw-confirmed': {
    about: 'Another of the committee confirmed the draw; the numbers hold.',
    id: (p) => `Hasil undian ke-${p.version} disahkan.`,
    en: (p) => `Draw ${p.version} was confirmed.`,
  },
  'voting.draw-annulled': {
    about: 'A draw was annulled, with a reason that stays with it.',
    id: (p) => `Undian ke-${p.version} dibatalkan.`,
    en: (p) => `Draw ${p.version} was annulled.`,
  },
  'voting.proof-confirmed': {
    about: 'One of two compared the sheet that a candidate signed with number, name and photograph.',
    id: (p) =>
      `Lembar bukti calon dicocokkan${p.second ? ' oleh orang kedua' : ''}, sidik ${String(p.hash).slice(0, 16)}.`,
    en: (p) =>
      `The proof sheet of a candidate was compared${p.second ? ' by the second person' : ''}, fingerprint ${String(p.hash).slice(0, 16)}.`,
  },
  'voting.place-added': {
    about: 'A polling place was planned.',
    id: (p) => `TPS ${p.number} ditambahkan.`,
    en: (p) => `Polling place ${p.number} was added.`,
  },
  'voting.places-added': {
    about: 'Polling places were planned after a set-up that villages have used.',
    id: (p) => `${p.places} TPS dibuat menurut bentuk ${p.shape}.`,
    en: (p) => `${p.places} polling places were made after the set-up ${p.shape}.`,
  },
  'voting.place-changed': {
    about: 'A polling place was changed.',
    id: (p) => `TPS ${p.number} diubah.`,
    en: (p) => `Polling place ${p.number} was changed.`,
  },
  'voting.place-removed': {
    about: 'A polling place was taken from the plan.',
    id: () => 'TPS dihapus.',
    en: () => 'A polling place was removed.',
  },
  'voting.officer-added': {
    about: 'Somebody serves at a polling place.',
    id: (p) => `Petugas ditambahkan: ${p.role}.`,
    en: (p) => `An officer was added: ${p.role}.`,
  },
  'voting.officer-removed': {
    about: 'Somebody no longer serves.',
    id: () => 'Petugas dihapus.',
    en: () => 'An officer was removed.',
  },
  'voting.registration-closed': {
    about: 'The registration was extended as the profile asks and one candidate stands: how the village goes on (R30).',
    id: (p) =>
      `Pendaftaran ditutup dengan satu calon sesudah ${p.extended} perpanjangan: ${p.kind === 'deliberation' ? 'musyawarah mufakat' : 'melawan kotak kosong'}.`,
    en: (p) =>
      `Registration closed with one candidate after ${p.extended} extensions: ${p.kind === 'deliberation' ? 'deliberation' : 'against the empty box'}.`,
    title: { id: 'Pendaftaran ditutup dengan satu calon', en: 'Registration closed with one candidate' },
  },
  'voting.registration-reopened': {
    about: 'The registration of candidates is open again: the election is between candidates.',
    id: () => 'Pendaftaran calon dibuka lagi.',
    en: () => 'The registration of candidates is open again.',
  },
  'voting.readiness-answered': {
    about: 'The committee answered the conditions of MK 147/PUU-VII/2009; earlier signatures hold no longer.',
    id: (p) => `Kesiapan dijawab, versi ${p.version}: ${p.met} dari 7 syarat terpenuhi.`,
    en: (p) => `Readiness was answered, version ${p.version}: ${p.met} of 7 conditions met.`,
  },
  'voting.readiness-signed': {
    about: 'The chair of the committee or the regency signed these answers.',
    id: (p) =>
      `Kesiapan versi ${p.version} ditandatangani ${p.side === 'committee' ? 'panitia' : 'pemerintah kabupaten'}.`,
    en: (p) => `Readiness version ${p.version} was signed by the ${p.side}.`,
  },
  'voting.ceremony-ordered': {
    about: 'The key ceremony was ordered; candidates, polling places and officers stay as they are.',
    id: (p) => `Upacara kunci diminta, versi ${p.version}, sidik ${String(p.hash).slice(0, 16)}.`,
    en: (p) => `The key ceremony was ordered, version ${p.version}, fingerprint ${String(p.hash).slice(0, 16)}.`,
  },
  'voting.order-withdrawn': {
    about:
      'The order for the ceremony was withdrawn with a reason; what was sealed stays in force until new packages take its place.',
    id: (p) => `Permintaan upacara kunci versi ${p.version} ditarik.`,
    en: (p) => `The order for the key ceremony, version ${p.version}, was withdrawn.`,
  },
  'voting.ceremony-taken': {
    about: 'What the key ceremony made was checked and kept.',
    id: (p) => `Hasil upacara kunci versi ${p.version} diterima, sidik ${String(p.hash).slice(0, 16)}.`,
    en: (p) => `The outcome of key ceremony ${p.version} was taken, fingerprint ${String(p.hash).slice(0, 16)}.`,
  },
  'voting.packages-made': {
    about: 'The centre built and signed the package of each polling place; they wait for the committee.',
    id: (p) => `${(p.packages as string[]).length} paket dibuat dan ditandatangani pusat.`,
    en: (p) => `${(p.packages as string[]).length} packages were made and signed by the centre.`,
  },
  'voting.packages-sealed': {
    about: 'The committee signed the packages: the election is sealed, and what held before is superseded.',
    id: (p) => `${(p.packages as string[]).length} paket disegel.`,
    en: (p) => `${(p.packages as string[]).length} packages were sealed.`,
  },
  'voting.destruction-recorded': {
    about: 'One of the committee wrote down that keys, tokens and copies of the roll were destroyed.',
    id: () => 'Pemusnahan kunci, token, dan salinan daftar pemilih dicatat.',
    en: () => 'The destruction of keys, tokens and copies of the roll was written down.',
  },
  'voting.election-closed': {
    about: 'Another of the committee confirmed the destruction: the election is over.',
    id: () => 'Pemusnahan disahkan; pemilihan selesai.',
    en: () => 'The destruction was confirmed; the election is over.',
  },
}
