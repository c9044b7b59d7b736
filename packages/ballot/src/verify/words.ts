import type { Stage } from '../archive/index.ts'
import type { Kind } from './findings.ts'
import type { HintsRefused } from './hints.ts'
import type { Counts } from './judge.ts'
import type { Verdict } from './report.ts'

export const languages = ['id', 'en'] as const
export type Language = (typeof languages)[number]

interface Words {
  readonly locale: string
  readonly verdicts: Readonly<Record<Verdict, string>>
  readonly stages: Readonly<Record<Stage, string>>
  readonly kinds: Readonly<Record<Kind, string>>
  readonly counts: Readonly<Record<keyof Counts, string>>
  readonly election: string
  readonly fingerprint: string
  readonly group: string
  readonly head: string
  readonly stage: string
  readonly checked: string
  readonly counted: string
  readonly blank: string
  readonly claimed: string
  readonly open: string
  readonly credentials: (n: string) => string
  readonly trustees: (n: string) => string
  readonly decryptions: (n: string) => string
  readonly ballots: (counted: string, weight: string) => string
  readonly hints: string
  readonly hintsUsed: (batched: string, plain: string) => string
  readonly hintsFalse: (n: string) => string
  readonly hintsRefused: Readonly<Record<HintsRefused, string>>
  readonly of: (done: string, expected: string) => string
  readonly record: (n: string, byte: string) => string
  readonly ballot: (n: string) => string
  readonly places: (n: string) => string
  readonly more: (n: string) => string
  readonly foundAt: (number: number, of: number) => string
  readonly notFound: string
}

const en: Words = {
  locale: 'en-GB',
  verdicts: {
    sound: 'SOUND. Everything in this archive was checked, and everything holds.',
    'not-canonical':
      'SOUND, BUT NOT CANONICAL. The votes are counted as they were cast; something is written in another way than the format’s.',
    profile:
      'SOUND, BUT NOT WHAT WAS DEMANDED. The archive keeps to the format, not to the further rules that were asked for.',
    refused:
      'REFUSED. This archive is not what it claims to be; please do not rely on its result. What was found stands above.',
    unusable: 'NOT JUDGED. This verifier cannot judge this file.',
  },
  stages: {
    setup: 'not set up',
    open: 'open, taking ballots',
    ended: 'voting has ended, not yet tallied',
    tallied: 'tallied, without a result yet',
    decrypted: 'complete, with its result',
  },
  kinds: {
    archive: 'archive',
    setup: 'set-up',
    election: 'election',
    trustees: 'trustees',
    credentials: 'roll of credentials',
    ballot: 'ballot',
    tally: 'encrypted tally',
    decryption: 'partial decryption',
    result: 'result',
  },
  counts: {
    ballots: 'ballots',
    proofs: 'proofs',
    memberships: 'memberships',
    signatures: 'signatures',
    records: 'records',
    hashes: 'hashes',
  },
  election: 'Election',
  fingerprint: 'Fingerprint',
  group: 'Group',
  head: 'Last event',
  stage: 'Stage',
  checked: 'Checked',
  counted: 'Counted',
  blank: 'Blank',
  claimed: 'The result that this archive claims, not to be relied on:',
  open: 'There is no result yet; judged is what is there so far.',
  credentials: (n) => `${n} ${n === '1' ? 'credential' : 'credentials'}`,
  trustees: (n) => `${n} ${n === '1' ? 'trustee' : 'trustees'}`,
  decryptions: (n) => `${n} partial ${n === '1' ? 'decryption' : 'decryptions'}`,
  ballots: (counted, weight) => `${counted} ballots, the last of each credential, of weight ${weight}`,
  hints: 'Hints',
  hintsUsed: (batched, plain) => `${batched} ballots checked together, ${plain} one by one`,
  hintsFalse: (n) => `false for ${n} sound ballots; that only took time`,
  hintsRefused: {
    'not-hints': 'the file is no hints file; it was not used',
    'other-election': 'the file belongs to another election; it was not used',
  },
  of: (done, expected) => `${done} of ${expected}`,
  record: (n, byte) => `record ${n} (byte ${byte})`,
  ballot: (n) => `ballot ${n}`,
  places: (n) => `${n} ${n === '1' ? 'place' : 'places'}`,
  more: (n) => `… and ${n} more`,
  foundAt: (number, of) => `ballot ${number} of ${of}`,
  notFound: 'no ballot in this archive has this tracking code',
}

const id: Words = {
  locale: 'id-ID',
  verdicts: {
    sound: 'SAH. Seluruh isi arsip ini telah diperiksa dan semuanya benar.',
    'not-canonical':
      'SAH, TETAPI PENULISANNYA LAIN. Suara terhitung sebagaimana diberikan; ada yang ditulis dengan cara lain daripada formatnya.',
    profile:
      'SAH, TETAPI TIDAK MEMENUHI YANG DIMINTA. Arsip memenuhi format, tetapi tidak aturan tambahan yang diminta.',
    refused:
      'DITOLAK. Arsip ini tidak seperti yang dinyatakannya; mohon jangan mengandalkan hasilnya. Temuannya tertulis di atas.',
    unusable: 'TIDAK DIPERIKSA. Berkas ini tidak dapat diperiksa dengan program ini.',
  },
  stages: {
    setup: 'belum disiapkan',
    open: 'dibuka, menerima surat suara',
    ended: 'pemungutan suara selesai, belum dihitung',
    tallied: 'telah dihitung, belum ada hasil',
    decrypted: 'lengkap dengan hasilnya',
  },
  kinds: {
    archive: 'arsip',
    setup: 'persiapan',
    election: 'pemilihan',
    trustees: 'pemegang kunci',
    credentials: 'daftar kredensial',
    ballot: 'surat suara',
    tally: 'penghitungan tersandi',
    decryption: 'pembukaan sebagian',
    result: 'hasil',
  },
  counts: {
    ballots: 'surat suara',
    proofs: 'bukti',
    memberships: 'anggota grup',
    signatures: 'tanda tangan',
    records: 'catatan',
    hashes: 'hash',
  },
  election: 'Pemilihan',
  fingerprint: 'Sidik',
  group: 'Grup',
  head: 'Peristiwa akhir',
  stage: 'Tahap',
  checked: 'Diperiksa',
  counted: 'Dihitung',
  blank: 'Kosong',
  claimed: 'Hasil yang dinyatakan arsip ini, jangan diandalkan:',
  open: 'Belum ada hasil; yang diperiksa adalah isinya sampai saat ini.',
  credentials: (n) => `${n} kredensial`,
  trustees: (n) => `${n} pemegang kunci`,
  decryptions: (n) => `${n} pembukaan sebagian`,
  ballots: (counted, weight) => `${counted} surat suara, yang terakhir dari setiap kredensial, berbobot ${weight}`,
  hints: 'Berkas bantu',
  hintsUsed: (batched, plain) => `${batched} surat suara diperiksa bersama, ${plain} satu per satu`,
  hintsFalse: (n) => `keliru untuk ${n} surat suara yang sah; hanya waktu yang terbuang`,
  hintsRefused: {
    'not-hints': 'berkas itu bukan berkas bantu; tidak dipakai',
    'other-election': 'berkas itu milik pemilihan lain; tidak dipakai',
  },
  of: (done, expected) => `${done} dari ${expected}`,
  record: (n, byte) => `catatan ${n} (bita ${byte})`,
  ballot: (n) => `surat suara ${n}`,
  places: (n) => `${n} tempat`,
  more: (n) => `… dan ${n} lagi`,
  foundAt: (number, of) => `surat suara ${number} dari ${of}`,
  notFound: 'tidak ada surat suara dengan kode ini dalam arsip',
}

export const words: Readonly<Record<Language, Words>> = { id, en }
