import type { OpeningFault } from '@melayani/ballot/cast'
import type { Lang } from '../screen/language.ts'
import type { Heard } from './check.ts'

type Words = {
  readonly ask: string
  readonly heard: Readonly<Record<Exclude<Heard['heard'], 'whole'>, string>>
  readonly unfinished: string
  readonly right: string
  readonly blank: string
  readonly code: string
  readonly compare: string
  readonly package: string
  readonly wrong: string
  readonly fault: Readonly<Record<OpeningFault['rule'], string>>
}

const id: Words = {
  ask: 'Pindai semua kode di kertas UJI, dalam urutan apa pun. Tanpa pemindai: ketik satu kode, lalu Enter.',
  heard: {
    form: 'Ini bukan kode dari kertas UJI. Dilewati.',
    mixed: 'Kode ini dari kertas UJI yang lain. Dilewati.',
    missing: 'Terbaca. Masih kurang bagian: {parts}.',
    damaged: 'Semua bagian ada, tetapi tidak cocok: ada yang salah terbaca. Pindai lagi semuanya.',
  },
  unfinished: 'BELUM DAPAT DIPERIKSA: kertas ini belum terbaca lengkap.',
  right: 'BENAR: bilik mengenkripsi pilihan ini.',
  blank: 'Pilihan kosong',
  code: 'Kode lacak: {code}',
  compare:
    'Samakan pilihan dengan yang disentuh, dan kode lacak dengan tanda terima yang keluar sebelum UJI. Satu saja berbeda: bilik itu berbohong. Simpan kedua kertas, panggil ketua KPPS dan saksi.',
  package: 'Diperiksa dengan paket {hash}. Samakan dengan laporan nol.',
  wrong:
    'SALAH: kertas ini tidak membuktikan apa yang dienkripsi bilik. Simpan kertasnya, panggil ketua KPPS dan saksi.',
  fault: {
    form: 'bentuknya bukan bentuk hasil UJI',
    election: 'dari pemilihan atau TPS lain',
    ballot: 'surat suaranya tidak sah',
    choices: 'isinya bukan pilihan yang diperbolehkan',
    ciphertext: 'sandinya bukan sandi dari isi yang disebut',
  },
}
const en: Words = {
  ask: 'Scan all codes of the TEST sheet, in any order. Without a scanner: type one code, then Enter.',
  heard: {
    form: 'This is no code of a TEST sheet. Left out.',
    mixed: 'This code is of another TEST sheet. Left out.',
    missing: 'Read. Still missing, part: {parts}.',
    damaged: 'All parts are there and do not fit: one was read wrong. Scan all of them again.',
  },
  unfinished: 'CANNOT BE CHECKED YET: this sheet was not read whole.',
  right: 'RIGHT: the booth had encrypted this choice.',
  blank: 'Blank vote',
  code: 'Tracking code: {code}',
  compare:
    'Compare the choice with what was touched, and the code with the receipt that came out before the TEST. If one differs, that booth lied. Keep both papers, call the chair and the witnesses.',
  package: 'Checked with the package {hash}. Compare it with the zero report.',
  wrong: 'WRONG: this sheet does not prove what the booth encrypted. Keep it, call the chair and the witnesses.',
  fault: {
    form: 'it has not the form of a TEST',
    election: 'of another election or polling place',
    ballot: 'its ballot is not sound',
    choices: 'it holds choices that nobody may make',
    ciphertext: 'the ciphertext is not that of the choice it names',
  },
}
const all = { id, en }
export const ujiWords = (lang: Lang): Words => all[lang]
