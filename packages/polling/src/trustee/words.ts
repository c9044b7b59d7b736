import type { Lang } from '../screen/language.ts'
import type { RequestFault } from './answer.ts'

type Words = { readonly faults: Readonly<Record<RequestFault, string>> } & Readonly<
  Record<
    'package' | 'form' | 'hash' | 'phone' | 'ballots' | 'differs' | 'noCard' | 'pin' | 'closed' | 'refused' | 'written',
    string
  >
>

const id: Words = {
  package: 'Paket pemilihan ditolak: {why}.',
  form: 'Ini bukan permintaan dari stasiun, atau isinya tidak cocok dengan sidiknya.',
  faults: {
    election: 'Permintaan ini bukan dari pemilihan dalam paket Anda. Jangan dibuka.',
    archive: 'Ada surat suara atau jumlah yang tidak benar dalam permintaan ini. Jangan dibuka; telepon ketua KPPS.',
    tally: 'Jumlah yang diminta bukan jumlah surat suara dalam permintaan ini. Jangan dibuka; telepon ketua KPPS.',
    few: 'Surat suaranya terlalu sedikit: isinya akan membuka pilihan orang. Tidak dibuka; hasilnya dihitung dari struk.',
    sheet:
      'Lembar rekonsiliasi tidak ditandatangani ketua, atau jumlah suaranya lain. Jangan dibuka; telepon ketua KPPS.',
  },
  hash: 'Sidik jumlah yang dibacakan di TPS: {hash}',
  phone: 'Telepon ketua KPPS. Lanjutkan hanya jika sidiknya sama.',
  ballots: 'Minta ketua membacakan "suara elektronik" dari lembar rekonsiliasi yang tercetak. Ketik angkanya: ',
  differs: 'Permintaan ini berisi {n} surat suara, bukan {said}. Tidak dibuka. Laporkan kepada panitia kabupaten.',
  noCard: 'Tidak ada satu kartu di {folder}.',
  pin: 'PIN kartu {name}: ',
  closed: 'Kartu tidak terbuka: {why}.',
  refused: 'Kartu ini tidak membukanya: {why}.',
  written: 'Jawaban untuk stasiun: {file}',
}

const en: Words = {
  package: 'The election package is refused: {why}.',
  form: 'This is no request of a station, or its content does not fit its hash.',
  faults: {
    election: 'This request is not of the election in your package. Do not open it.',
    archive: 'A ballot or the tally in this request does not hold. Do not open it; telephone the chair.',
    tally:
      'The tally that is asked for is not that of the ballots in this request. Do not open it; telephone the chair.',
    few: 'There are too few ballots: it would tell what people chose. It is not opened; the result is counted from the slips.',
    sheet:
      'The reconciliation sheet is not signed by the chair, or has another number. Do not open it; telephone the chair.',
  },
  hash: 'Hash of the tally as read out at the polling place: {hash}',
  phone: 'Telephone the chair. Go on only if the hash is the same.',
  ballots: 'Have the chair read out “electronic votes” from the printed reconciliation sheet. Type the number: ',
  differs: 'This request holds {n} ballots, not {said}. It is not opened. Tell the committee of the regency.',
  noCard: 'There is not one card in {folder}.',
  pin: 'PIN of the card of {name}: ',
  closed: 'The card does not open: {why}.',
  refused: 'This card does not open it: {why}.',
  written: 'Answer for the station: {file}',
}

/** Words of the program for a key holder who is elsewhere. */
export const trusteeWords = (lang: Lang): Words => (lang === 'id' ? id : en)
