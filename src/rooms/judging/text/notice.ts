/** Letters to evaluators. */
export const id = {
  openedSubject: 'Proposal untuk Anda baca: {round}',
  openedBody:
    'Pembacaan {round} sudah dibuka. Ada {n} proposal untuk Anda baca sampai {until}.\n\nBila Anda punya hubungan dengan salah satunya, nyatakan di lembarnya; proposal itu langsung dialihkan.\n\nNilai Anda tersegel: sampai dibuka, hanya Anda yang melihatnya.',
  moreSubject: 'Proposal tambahan untuk Anda baca: {round}',
  moreBody: 'Ada {n} proposal tambahan dari {round} untuk Anda baca sampai {until}.\n\nTerima kasih atas waktu Anda.',
  extendedSubject: 'Batas waktu membaca diperpanjang: {round}',
  extendedBody:
    'Batas waktu membaca {round} diperpanjang sampai {until}. Alasannya: {reason}\n\nMasih ada {n} proposal yang lembar nilainya belum Anda selesaikan.',
}
export const en: typeof id = {
  openedSubject: 'Entries for you to read: {round}',
  openedBody:
    'Reading of {round} is open. There are {n} entries for you to read until {until}.\n\nIf you are connected with one of them, say so on its sheet; it then goes to somebody else at once.\n\nYour points are sealed: until they are released only you see them.',
  moreSubject: 'Further entries for you to read: {round}',
  moreBody: 'There are {n} further entries of {round} for you to read until {until}.\n\nThank you for your time.',
  extendedSubject: 'More time to read: {round}',
  extendedBody:
    'There is more time to read {round}: until {until}. The reason: {reason}\n\nThe sheets of {n} entries are not finished yet.',
}
