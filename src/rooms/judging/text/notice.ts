/** Letters to evaluators. */
export const id = {
  openedSubject: 'Proposal untuk Anda baca: {round}',
  openedBody:
    'Yth. {name},\n\nPembacaan {round} sudah dibuka. Ada {n} proposal untuk Anda baca sampai {until}.\n\nMasuk ke Melayani, bagian Penilaian. Bila Anda punya hubungan dengan salah satunya, nyatakan di lembarnya; proposal itu langsung dialihkan.\n\nNilai Anda tersegel: sampai dibuka, hanya Anda yang melihatnya.',
  moreSubject: 'Proposal tambahan untuk Anda baca: {round}',
  moreBody:
    'Yth. {name},\n\nAda {n} proposal tambahan dari {round} untuk Anda baca sampai {until}.\n\nMasuk ke Melayani, bagian Penilaian. Terima kasih atas waktu Anda.',
  extendedSubject: 'Batas waktu membaca diperpanjang: {round}',
  extendedBody:
    'Yth. {name},\n\nBatas waktu membaca {round} diperpanjang sampai {until}. Alasannya: {reason}\n\nMasih ada {n} proposal yang lembar nilainya belum Anda selesaikan. Masuk ke Melayani, bagian Penilaian.',
}
export const en: typeof id = {
  openedSubject: 'Entries for you to read: {round}',
  openedBody:
    'Dear {name},\n\nReading of {round} is open. There are {n} entries for you to read until {until}.\n\nSign in to Melayani and choose Judging. If you are connected with one of them, say so on its sheet; it then goes to somebody else at once.\n\nYour points are sealed: until they are released only you see them.',
  moreSubject: 'Further entries for you to read: {round}',
  moreBody:
    'Dear {name},\n\nThere are {n} further entries of {round} for you to read until {until}.\n\nSign in to Melayani and choose Judging. Thank you for your time.',
  extendedSubject: 'More time to read: {round}',
  extendedBody:
    'Dear {name},\n\nThere is more time to read {round}: until {until}. The reason: {reason}\n\nThe sheets of {n} entries are not finished yet. Sign in to Melayani and choose Judging.',
}
