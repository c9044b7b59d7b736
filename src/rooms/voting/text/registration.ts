export const id = {
  registrationHead: 'Pendaftaran dengan satu calon',
  registrationLead:
    'Hanya satu calon. Pendaftaran harus sudah diperpanjang {days} hari sebelum pemilihan ini menjadi: {kind}. Catat tanggalnya menurut berita acara.',
  registrationClosed: 'Hari terakhir pendaftaran',
  registrationExtended: 'Diperpanjang ke-{n} sampai (paling sedikit {days} hari)',
  registrationUntil: 'Perpanjangan ke-{n} sampai',
  registrationGround: 'Nomor dan tanggal berita acara',
  registrationGroundHint: 'Misalnya: BA panitia nomor 12 tanggal 1 Oktober 2026.',
  registrationClose: 'Catat dan lanjutkan dengan satu calon',
  registrationNoted: 'Perpanjangan pendaftaran dicatat.',
  registrationReopen: 'Buka lagi pendaftaran',
  registrationReopened: 'Pendaftaran dibuka lagi. Pemilihan ini kembali di antara para calon.',
  'registration-short':
    'Pendaftaran belum diperpanjang sebanyak atau selama yang ditentukan aturan. Periksa tanggalnya, atau minta kabupaten mengubah aturan dengan dasarnya.',
  'registration-open': 'Perpanjangan terakhir belum lewat. Catat setelah hari itu.',
  'registration-known': 'Perpanjangan sudah dicatat. Buka lagi pendaftaran untuk mencatatnya dengan cara lain.',
  'registration-unsaid': 'Catat dahulu bagaimana pendaftaran diperpanjang.',
  'candidates-several': 'Ada lebih dari satu calon, sehingga pemilihan berjalan di antara mereka.',
}

export const en: typeof id = {
  registrationHead: 'Registration with one candidate',
  registrationLead:
    'There is one candidate only. The registration must have been extended by {days} days before this election becomes: {kind}. Write the dates as they stand in the minutes.',
  registrationClosed: 'Last day of the registration',
  registrationExtended: 'Extension {n}, until (at least {days} days)',
  registrationUntil: 'Extension {n} until',
  registrationGround: 'Number and date of the minutes',
  registrationGroundHint: 'For example: minutes of the committee no. 12 of 1 October 2026.',
  registrationClose: 'Note it and go on with one candidate',
  registrationNoted: 'The extensions of the registration were noted.',
  registrationReopen: 'Open the registration again',
  registrationReopened: 'The registration is open again. This election is between candidates.',
  'registration-short':
    'The registration was not extended as often or as long as the rules have it. Look at the dates, or ask the regency to change the rule on a ground.',
  'registration-open': 'The last extension is not over. Note it after that day.',
  'registration-known': 'The extensions are noted already. Open the registration again to note them otherwise.',
  'registration-unsaid': 'First note how the registration was extended.',
  'candidates-several': 'There is more than one candidate, so the election is between them.',
}
