import type { Lang } from '#platform/text.ts'

/** Why an entry fails: `name` on the form, `says` the rule as the letter quotes it, `todo` what the owners can do. */
export type ReasonWords = { name: string; says: string; todo: string }

export const id = {
  age: {
    name: 'Umur inovasi kurang',
    says: 'Umur inovasi dihitung mundur dari tanggal penutupan dan belum mencapai syarat kelompoknya.',
    todo: 'Ajukan lagi pada putaran berikutnya setelah umurnya cukup. Bila sudah berjalan lebih lama, siapkan dokumen yang menunjukkan tanggal mulainya.',
  },
  incomplete: {
    name: 'Isian tidak lengkap',
    says: 'Semua pertanyaan wajib dijawab.',
    todo: 'Lengkapi jawaban itu untuk putaran berikutnya. Admin lokal dapat memeriksa kelengkapan sebelum mengajukan.',
  },
  evidence: {
    name: 'Dokumen wajib tidak ada',
    says: 'Dokumen pendukung yang wajib harus dilampirkan dan dapat dibaca.',
    todo: 'Siapkan dokumen itu sejak awal dan lampirkan pada putaran berikutnya.',
  },
  'same-innovation': {
    name: 'Inovasi yang sama diajukan lebih dari sekali',
    says: 'Satu inovasi, dan satu judul, hanya diajukan satu kali.',
    todo: 'Bila inovasi Anda mengadaptasi inovasi lain, ajukan sebagai replikasi dan sebutkan asalnya. Bila berbeda, jelaskan perbedaannya.',
  },
  careless: {
    name: 'Jawaban asal atau tidak menjawab pertanyaan',
    says: 'Jawaban menjelaskan inovasi itu sendiri dan menjawab pertanyaannya.',
    todo: 'Tulis ulang jawaban dengan data dan contoh dari layanan Anda; minta admin lokal membacanya.',
  },
  theme: {
    name: 'Tidak sesuai tema atau kategori',
    says: 'Inovasi sesuai dengan tema dan tepat satu kategori putaran ini.',
    todo: 'Pilih kategori yang sesuai, atau ajukan pada putaran yang temanya cocok.',
  },
  'prior-award': {
    name: 'Sudah pernah mendapat penghargaan',
    says: 'Inovasi dengan penghargaan tertentu tidak ikut lagi dalam kelompok ini.',
    todo: 'Ajukan inovasi lain. Bila menurut Anda ini inovasi yang berbeda, jelaskan perbedaannya kepada sekretariat.',
  },
  title: {
    name: 'Judul tidak pantas atau tidak bermakna',
    says: 'Judul menjelaskan inovasinya dan pantas dibaca umum.',
    todo: 'Ubah judulnya pada putaran berikutnya.',
  },
  decree: {
    name: 'Surat keputusan penggagas tidak ada',
    says: 'Pejabat yang berwenang menetapkan penggagas inovasi, perorangan atau tim.',
    todo: 'Minta surat keputusan itu kepada pimpinan instansi.',
  },
  group: {
    name: 'Kelompok tidak tepat',
    says: 'Setiap kelompok mempunyai syaratnya sendiri, misalnya inovasi asal dan surat pernyataan pemiliknya untuk replikasi.',
    todo: 'Pilih kelompok yang syaratnya terpenuhi.',
  },
  quota: {
    name: 'Melebihi kuota instansi',
    says: 'Jumlah proposal setiap instansi dalam satu kelompok dibatasi.',
    todo: 'Pilih proposal terbaik melalui seleksi internal sebelum mengajukan.',
  },
  late: {
    name: 'Tiba setelah batas waktu',
    says: 'Proposal diajukan sebelum batas waktu.',
    todo: 'Ajukan lebih awal. Bila ada gangguan, sampaikan waktu dan buktinya kepada sekretariat.',
  },
  other: {
    name: 'Sebab lain',
    says: 'Sebab lain, dijelaskan oleh pembaca.',
    todo: 'Perbaiki sesuai penjelasan itu.',
  },
}

export const en: typeof id = {
  age: {
    name: 'Innovation too young',
    says: 'Its age is counted back from the closing date and does not reach what the group asks for.',
    todo: 'Enter it in the next round, when it is old enough. If it began earlier, have the document ready that shows the date.',
  },
  incomplete: {
    name: 'Form incomplete',
    says: 'All required questions are answered.',
    todo: 'Complete the answers for the next round. The local admin can check before submitting.',
  },
  evidence: {
    name: 'Required document missing',
    says: 'Required documents are attached and can be read.',
    todo: 'Prepare the document early and attach it in the next round.',
  },
  'same-innovation': {
    name: 'Same innovation entered more than once',
    says: 'One innovation, and one title, is entered once only.',
    todo: 'If yours adapts another innovation, enter it as a replication and name the source. If it is different, explain how.',
  },
  careless: {
    name: 'Careless answers or beside the question',
    says: 'Answers explain the innovation itself and answer the question.',
    todo: 'Write the answers anew with data and examples of your service; ask the local admin to read them.',
  },
  theme: {
    name: 'Outside the theme or category',
    says: 'The innovation fits the theme and exactly one category of the round.',
    todo: 'Choose the category that fits, or enter a round whose theme fits.',
  },
  'prior-award': {
    name: 'Holds an award already',
    says: 'An innovation with certain awards does not enter this group again.',
    todo: 'Enter another innovation. If you hold that it is a different one, explain the difference to the secretariat.',
  },
  title: {
    name: 'Indecent or meaningless title',
    says: 'The title explains the innovation and is fit for the public.',
    todo: 'Change the title in the next round.',
  },
  decree: {
    name: 'No decree naming the initiator',
    says: 'The official in charge names the initiator, a person or a team.',
    todo: 'Ask the head of the agency for the decree.',
  },
  group: {
    name: 'Wrong group',
    says: 'Each group has conditions of its own: a replication, say, names its source and has a statement of its owner.',
    todo: 'Choose the group whose conditions are met.',
  },
  quota: {
    name: "Over the agency's quota",
    says: 'The number of proposals of an agency in one group is limited.',
    todo: 'Choose the best by an internal selection before submitting.',
  },
  late: {
    name: 'Arrived after the deadline',
    says: 'Proposals are submitted before the deadline.',
    todo: 'Submit earlier. If something broke down, tell the secretariat when, and show it.',
  },
  other: {
    name: 'Another reason',
    says: 'Another reason, explained by the reader.',
    todo: 'Mend it as explained.',
  },
}

export const reasonWords = (reason: keyof typeof id, lang: Lang): ReasonWords => (lang === 'en' ? en : id)[reason]
