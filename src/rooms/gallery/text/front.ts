export const id = {
  nav: 'Galeri',
  frontTitle: 'Temukan, usulkan, dan tiru inovasi pelayanan publik',
  frontLead:
    'Melayani mempertemukan inovasi pelayanan publik se-Indonesia: diusulkan, dinilai terbuka, dan ditampilkan agar dapat ditiru.',
  openRound: 'Putaran yang sedang berjalan',
  opensAt: 'Dibuka {at}',
  closesAt: 'Ditutup {at}',
  closedAt: 'Penerimaan sudah ditutup {at}',
  noRound: 'Saat ini tidak ada putaran yang terbuka.',
  seeRound: 'Lihat putaran ini',
  highlights: 'Inovasi nyata',
  seeAll: 'Lihat semua inovasi',
  figures: 'Isi galeri saat ini',
  figuresAsOf: 'per {date}',
  innovations: 'inovasi',
  agencies: 'instansi',
  provinces: 'provinsi',
  forYou: 'Untuk Anda',
  awaitsNational: 'Register pemenang',
  awaitsGallery: 'Perbarui inovasi instansi Anda',
  awaitsProposals: 'Proposal instansi Anda',
  awaitsJudging: 'Penilaian Anda',
  // about
  aboutTitle: 'Tentang Melayani',
  aboutLead: 'Tempat inovasi pelayanan publik diusulkan, dinilai, ditampilkan, dan ditiru.',
  aboutWhat:
    'Melayani mengikuti perjalanan satu inovasi: panggilan kompetisi, proposal unit pelayanan, dua kali kunci sebelum dikirim, seleksi, penilaian, dan akhirnya galeri ini. Aturannya adalah data yang terbuka dan penilaiannya dapat dihitung ulang.',
  aboutData: 'Dari mana datanya',
  aboutDataText:
    'Galeri memuat inovasi yang disebut sumber publik. Setiap inovasi menampilkan sumbernya, dan apa yang disimpulkan atau tidak disebut sumber ditandai. Ringkasan berbahasa Inggris berasal dari pengumpulan data; teks Indonesianya terjemahan kami.',
  aboutDemo: 'Dalam peragaan, putaran, akun, dan penilaian adalah rekaan dan ditandai demikian.',
  credits: 'Kredit dan lisensi',
  creditRegions:
    'Kode dan nama wilayah: idn-area-data, Open Database License (ODbL) 1.0; data di dalamnya milik penyusunnya masing-masing.',
  creditMap: 'Peta: @svg-maps/indonesia, Creative Commons Attribution 4.0 (CC BY 4.0), garisnya disederhanakan.',
  creditFont: 'Huruf: Plus Jakarta Sans, SIL Open Font License 1.1.',
  creditCode: 'Perangkat lunak ini berlisensi Apache 2.0.',
  privacy: 'Data pribadi',
  privacyText:
    'Galeri tidak memuat data warga. Kontak yang tampil adalah kontak kantor. Untuk membaca galeri tidak perlu akun dan tidak ada pelacak.',
  missing: 'Ada yang keliru?',
  missingText:
    'Instansi pemilik dapat memperbarui status, kontak, dan kisah inovasinya setelah masuk. Sekretariat memperbaiki data register.',
}
export const en: typeof id = {
  nav: 'Gallery',
  frontTitle: 'Find, propose and copy public-service innovations',
  frontLead:
    'Melayani brings public-service innovations from all of Indonesia together: proposed, judged in the open, and shown so that others can copy them.',
  openRound: 'The round under way',
  opensAt: 'Opens {at}',
  closesAt: 'Closes {at}',
  closedAt: 'Submission closed {at}',
  noRound: 'No round is open at present.',
  seeRound: 'See this round',
  highlights: 'Real innovations',
  seeAll: 'See all innovations',
  figures: 'In the gallery now',
  figuresAsOf: 'as of {date}',
  innovations: 'innovations',
  agencies: 'agencies',
  provinces: 'provinces',
  forYou: 'For you',
  awaitsNational: 'Register of winners',
  awaitsGallery: 'Update the innovations of your agency',
  awaitsProposals: 'Proposals of your agency',
  awaitsJudging: 'Your reading and scoring',
  aboutTitle: 'About Melayani',
  aboutLead: 'Where public-service innovations are proposed, judged, shown and copied.',
  aboutWhat:
    'Melayani follows an innovation on its way: the call, the proposal of a service unit, two locks before it is sent, selection, scoring, and finally this gallery. Its rules are open data and its scores can be computed again by anybody.',
  aboutData: 'Where the data come from',
  aboutDataText:
    'The gallery holds innovations that public sources name. Each shows its source, and what was inferred or is not stated is marked. English summaries come from the gathering of the data; the Indonesian texts are our translations.',
  aboutDemo: 'In the demonstration the round, accounts and scores are invented and marked so.',
  credits: 'Credits and licences',
  creditRegions:
    'Codes and names of regions: idn-area-data, Open Database License (ODbL) 1.0; its contents belong to their makers.',
  creditMap: 'Map: @svg-maps/indonesia, Creative Commons Attribution 4.0 (CC BY 4.0), with simplified outlines.',
  creditFont: 'Typeface: Plus Jakarta Sans, SIL Open Font License 1.1.',
  creditCode: 'This software is under the Apache 2.0 licence.',
  privacy: 'Personal data',
  privacyText:
    'The gallery holds no data on citizens. Contacts shown are those of offices. Reading it needs no account, and nothing tracks you.',
  missing: 'Something wrong?',
  missingText:
    'The owning agency can update the status, contact and story of its innovation after signing in. The secretariat corrects the register.',
}
