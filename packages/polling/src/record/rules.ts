/** Every rule by which a TPS record can be refused: a check has one name, and its sentence in two languages. */
export const recordRules = {
  'record.first': {
    id: 'Berkas ini bukan berita rekaman TPS Melayani.',
    en: 'This file is not a TPS record of Melayani.',
  },
  'record.header': { id: 'Kepala sebuah bagian diubah.', en: 'The header of an entry was changed.' },
  'record.padding': {
    id: 'Di antara dua bagian ada isi yang tidak semestinya.',
    en: 'Something stands between two entries.',
  },
  'record.truncated': { id: 'Berkas terpotong.', en: 'The file is cut off.' },
  'record.entries': { id: 'Berkas berisi terlalu banyak bagian.', en: 'The file has too many entries.' },
  'record.name': {
    id: 'Bagian ini tidak dikenal, ganda, atau salah tempat.',
    en: 'An entry is unknown, twice there, or in the wrong place.',
  },
  'record.missing': { id: 'Sebuah bagian tidak ada.', en: 'An entry is missing.' },
  'entry.form': { id: 'Isi sebuah bagian tidak dapat dibaca.', en: 'An entry cannot be read.' },
  'manifest.text': {
    id: 'Daftar isi tidak ditulis sebagaimana mestinya.',
    en: 'The manifest is not written as it must be.',
  },
  'manifest.signature': { id: 'Tanda tangan daftar isi tidak sah.', en: 'A signature of the manifest does not hold.' },
  'manifest.entry': { id: 'Sebuah bagian bukan yang ditandatangani.', en: 'An entry is not the one that was signed.' },
  'package.signature': {
    id: 'Paket pemilihan tidak ditandatangani oleh pusat dan panitia.',
    en: 'The election package is not signed by centre and committee.',
  },
  'package.key': {
    id: 'Paket ditandatangani dengan kunci lain daripada yang Anda sebut.',
    en: 'The package is signed with other keys than those you named.',
  },
  'package.content': {
    id: 'Isi paket pemilihan bertentangan dengan dirinya.',
    en: 'The election package contradicts itself.',
  },
  'package.other': {
    id: 'Bagian ini berasal dari pemilihan atau TPS lain.',
    en: 'An entry is of another election or polling place.',
  },
  'station.certificate': { id: 'Sertifikat perangkat tidak sah.', en: 'A device certificate does not hold.' },
  'zero.signature': {
    id: 'Laporan nol tidak ditandatangani ketua KPPS dan perangkat TPS.',
    en: 'The zero report is not signed by the chair and the station.',
  },
  'zero.content': { id: 'Laporan nol berbeda dari paket pemilihan.', en: 'The zero report differs from the package.' },
  'head.signature': {
    id: 'Laporan berkala tidak ditandatangani perangkat TPS.',
    en: 'An hourly head is not signed by the station.',
  },
  'head.order': {
    id: 'Angka laporan berkala turun atau nomornya meloncat.',
    en: 'The numbers of the hourly heads fall, or one is missing.',
  },
  'head.after': {
    id: 'Lembar rekonsiliasi menyebut angka lebih kecil daripada laporan berkala.',
    en: 'The reconciliation sheet says less than an hourly head had said.',
  },
  bel: { id: 'Arsip pemilihan ditolak pemeriksanya.', en: 'The archive is refused by its verifier.' },
  'bel.setup': { id: 'Arsip pemilihan bukan milik paket ini.', en: 'The archive is not of this package.' },
  'decryption.proof': {
    id: 'Bukti pembukaan hasil yang lebih kuat tidak ada atau tidak sah.',
    en: 'The stronger proof of a decryption is missing or does not hold.',
  },
  'spoiled.opening': {
    id: 'Surat suara uji tidak membuktikan isinya.',
    en: 'A challenged ballot does not prove what it held.',
  },
  'spoiled.cast': { id: 'Surat suara uji ikut dihitung.', en: 'A challenged ballot was counted.' },
  'spoiled.credential': {
    id: 'Surat suara uji tidak memakai token TPS ini.',
    en: 'A challenged ballot is of no token of this polling place.',
  },
  'spoiled.list': {
    id: 'Daftar surat suara uji tidak urut, ganda, atau tidak cocok jumlahnya.',
    en: 'The list of challenged ballots is not sorted, has one twice, or too few.',
  },
  'refused.good': {
    id: 'Surat suara yang sah tidak dihitung.',
    en: 'A good ballot was left out.',
  },
  'refused.list': {
    id: 'Daftar surat suara yang tidak dihitung tidak urut, atau salah satunya ikut dihitung.',
    en: 'The list of ballots that are not counted is not sorted, or one of them was counted.',
  },
  'reconciliation.signature': {
    id: 'Lembar rekonsiliasi tidak ditandatangani.',
    en: 'The reconciliation sheet is not signed.',
  },
  'reconciliation.law': {
    id: 'Hitungan tidak cocok dan tidak dijelaskan.',
    en: 'The numbers do not agree, and nobody has explained why.',
  },
  'result.signature': {
    id: 'Hasil tidak ditandatangani ketua KPPS dan perangkat TPS.',
    en: 'The result is not signed by the chair and the station.',
  },
  'result.version': { id: 'Urutan perbaikan hasil terputus.', en: 'The chain of versions of the result is broken.' },
  'result.votes': { id: 'Hasil berbeda dari arsip pemilihan.', en: 'The result differs from the archive.' },
  'result.sum': { id: 'Jumlah suara tidak mungkin.', en: 'The sum of votes is impossible.' },
  'result.archive': { id: 'Hasil menyebut arsip yang lain.', en: 'The result names another archive.' },
  'plano.signature': {
    id: 'Tanda tangan ketua KPPS pada foto plano tidak sah.',
    en: "The chair's signature of the plano photograph does not hold.",
  },
  'objection.signature': {
    id: 'Tanda tangan pada keberatan tidak sah.',
    en: 'The signature of an objection does not hold.',
  },
  'hand-count.signature': {
    id: 'Hitungan tangan atas struk tidak ditandatangani dua petugas dan perangkat TPS.',
    en: 'The hand count of the slips is not signed by two officers and the station.',
  },
  'hand-count.sum': {
    id: 'Hitungan tangan tidak sama dengan jumlah struk sah.',
    en: 'The hand count does not add up to the good slips.',
  },
  'logs.device': { id: 'Daftar catatan perangkat tidak lengkap.', en: 'The list of device logs is not complete.' },
  'restricted.public': {
    id: 'Rekaman umum TPS ini sendiri ditolak.',
    en: 'The public record of this polling place is itself refused.',
  },
  'restricted.logs': {
    id: 'Catatan sebuah perangkat tidak ada atau berlebih.',
    en: 'The log of a device is missing or one too many.',
  },
  'restricted.hash': {
    id: 'Catatan perangkat bukan yang sidik hash-nya diumumkan.',
    en: 'The log of a device is not the one whose hash was published.',
  },
  'restricted.chain': {
    id: 'Sebuah baris catatan diubah, dihapus, atau disisipkan.',
    en: 'A line of a log was changed, removed or put in.',
  },
  'restricted.officer': {
    id: 'Sebuah tindakan ditandatangani oleh orang yang bukan petugas.',
    en: 'An act was signed by somebody who is no officer.',
  },
  'restricted.station': {
    id: 'Catatan stasiun tidak cocok dengan rekaman umum.',
    en: "The station's log and the public record contradict each other.",
  },
  'restricted.two': {
    id: 'Tindakan dua petugas tidak ditandatangani dua petugas yang berbeda.',
    en: 'An act of two officers is not signed by two different ones.',
  },
  'restricted.software': {
    id: 'Sebuah perangkat menjalankan program lain daripada yang disebut laporan nol.',
    en: 'A device ran other programs than the zero report names.',
  },
  'restricted.heads': {
    id: 'Ikatan laporan berkala tidak terbuka, atau surat suaranya hilang dari arsip.',
    en: 'A commitment of an hourly head does not open, or a ballot of it is missing from the archive.',
  },
  'restricted.counts': {
    id: 'Catatan meja verifikasi tidak cocok dengan lembar rekonsiliasi.',
    en: 'The logs of the desks do not add up to the reconciliation sheet.',
  },
} as const
export type RecordRule = keyof typeof recordRules

/** What is wrong, and where: the entry, the byte of the file where it begins (or where the fault is), the place inside. */
export type RecordFinding = {
  readonly rule: RecordRule
  readonly entry?: string
  readonly offset?: number
  readonly at?: string
  readonly detail?: string
}
