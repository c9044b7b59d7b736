export const id = {
  besideTitle: 'Dua proposal berdampingan',
  besideLead:
    'Isinya {percent} mirip, judulnya {title} mirip. {passages} bagian sama kata demi kata; yang terpanjang {longest} kata.',
  besideHint:
    'Bagian yang sama ditandai dan bernomor sama di kedua sisi. Pilih nomornya untuk melompat ke sisi lain. Kemiripan tidak selalu salah: dua unit boleh mengadaptasi inovasi yang sama.',
  besideReplication:
    'Proposal yang satu lagi tercatat sebagai pemenang "{name}". Daripada menolak, Anda dapat menyarankan pemilik menyatakannya sebagai replikasi; pilih sumbernya pada formulir putusan.',
  besideNotAwarded:
    'Proposal yang satu lagi tidak tercatat dalam daftar pemenang, jadi belum dapat menjadi sumber replikasi.',
  toDecision: 'Kembali ke putusan',
  queue: 'Seleksi administrasi',
  agency: 'Instansi',
  year: 'Tahun',
  startedOn: 'Mulai dilaksanakan',
  arrived: 'Diterima',
  share: 'Bagian yang sama',
  sameAs: 'Bagian {n}: lompat ke sisi lain',
  noText: 'Tidak ada jawaban panjang yang dapat dibandingkan.',
}
export const en: typeof id = {
  besideTitle: 'Two proposals side by side',
  besideLead:
    'The texts are {percent} alike, the titles {title}. {passages} passages are the same word for word; the longest has {longest} words.',
  besideHint:
    'What is the same is marked and numbered alike on both sides. Choose a number to jump to the other side. Likeness is not always wrong: two units may adapt the same innovation.',
  besideReplication:
    'The other proposal stands in the register as the winner "{name}". Rather than reject, you can advise the owners to declare a replication; choose the source on the form of the verdict.',
  besideNotAwarded:
    'The other proposal is not in the register of winners, so it cannot be the source of a replication yet.',
  toDecision: 'Back to the verdict',
  queue: 'Administrative selection',
  agency: 'Agency',
  year: 'Year',
  startedOn: 'In use since',
  arrived: 'Received',
  share: 'Shared part',
  sameAs: 'Passage {n}: jump to the other side',
  noText: 'There is no long answer to compare.',
}

export type DuplicateWords = typeof id
export const duplicateWords = (lang: 'id' | 'en'): DuplicateWords => (lang === 'en' ? en : id)
