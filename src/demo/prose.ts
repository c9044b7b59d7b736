/**
 * Invented answers for the demo's entries: the innovations are real, what they write here is not, and each text says so.
 * Sentences are put together from small parts, so that two texts seldom share three words in a row by more than chance.
 */

/** A small generator of numbers from a seed (mulberry32): the same demo on every machine. */
export function numbersFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const who = [
  'warga lanjut usia',
  'ibu hamil',
  'nelayan kecil',
  'pedagang pasar',
  'petani',
  'anak putus sekolah',
  'keluarga miskin',
  'penyandang disabilitas',
  'pekerja migran',
  'pelaku usaha mikro',
  'pemuda desa',
  'siswa',
  'pasien rujukan',
  'perempuan kepala keluarga',
  'penghuni pulau kecil',
  'pengemudi angkutan',
  'guru honorer',
  'kader posyandu',
]
const need = [
  'mengurus dokumen',
  'mendapat obat',
  'menjangkau dokter',
  'menjual hasil panen',
  'memperoleh modal',
  'melanjutkan sekolah',
  'melaporkan kejadian',
  'membayar pajak',
  'mengolah sampah',
  'mencari pekerjaan',
  'menerima bantuan',
  'memeriksakan kandungan',
  'memperoleh air bersih',
  'mengurus izin usaha',
  'mengakses arsip',
  'mendapat perlindungan',
]
const hurdle = [
  'jarak ke kantor yang jauh',
  'antrean yang panjang',
  'biaya perjalanan yang tinggi',
  'data yang tercecer di beberapa dinas',
  'syarat yang berubah-ubah',
  'petugas yang terbatas',
  'jaringan telepon yang sering putus',
  'jam layanan yang pendek',
  'rasa malu untuk bertanya',
  'formulir yang sulit dipahami',
  'kebiasaan lama yang menunggu warga datang',
  'tidak adanya kepastian waktu',
]
const how = [
  'petugas mendatangi rumah',
  'loket keliling dibuka setiap pekan',
  'relawan dilatih mengenali gejala',
  'satu formulir menggantikan lima berkas',
  'pesan singkat mengabarkan kemajuan',
  'mitra swasta menyediakan kendaraan',
  'kader mencatat di buku saku',
  'peta digital menunjukkan sebaran',
  'koperasi menampung hasil',
  'kelas sore dibuka di balai desa',
  'antrean dipesan dari rumah',
  'data dipadankan tiap malam',
  'pengaduan dijawab bersama',
  'kelompok ibu menjadi pendamping',
]
const partner = [
  'perguruan tinggi setempat',
  'puskesmas',
  'kelompok tani',
  'bank daerah',
  'karang taruna',
  'kepala dusun',
  'organisasi profesi',
  'media lokal',
  'dunia usaha',
  'tokoh agama',
  'PKK',
  'komunitas relawan',
]
const measure = [
  'waktu tunggu',
  'biaya yang ditanggung warga',
  'jumlah keluhan',
  'angka kunjungan ulang',
  'berkas yang ditolak',
  'jarak tempuh',
  'kasus yang terlambat ditangani',
  'warga yang belum terlayani',
]
const unit = ['hari', 'persen', 'ribu rupiah', 'kilometer', 'kasus per bulan']
const keep = [
  'peraturan kepala daerah',
  'anggaran rutin dinas',
  'pelatihan petugas baru',
  'perjanjian dengan mitra',
  'evaluasi tiap semester',
  'panduan kerja tertulis',
  'tim lintas dinas',
  'laporan terbuka kepada warga',
]
const start = [
  'Sejak awal,',
  'Pada tahap pertama,',
  'Di wilayah terpencil,',
  'Setelah uji coba,',
  'Menurut catatan unit,',
  'Dalam pertemuan warga,',
  'Pada musim hujan,',
  'Ketika loket tutup,',
  'Bersama mitra,',
  'Setiap triwulan,',
  'Di tingkat kecamatan,',
  'Untuk kelompok rentan,',
]

type Pick = <T>(list: readonly T[]) => T

const sentences: ((pick: Pick, number: (low: number, high: number) => number) => string)[] = [
  (pick) => `${pick(start)} ${pick(who)} sulit ${pick(need)} karena ${pick(hurdle)}.`,
  (pick, n) => `${pick(start)} ${pick(how)} sehingga ${n(40, 9000)} ${pick(who)} dapat ${pick(need)}.`,
  (pick, n) =>
    `Ukuran ${pick(measure)} berubah dari ${n(20, 90)} menjadi ${n(2, 19)} ${pick(unit)} dalam ${n(6, 30)} bulan, dihitung bersama ${pick(partner)}.`,
  (pick) => {
    const name = pick(partner)
    return `${name[0]!.toUpperCase()}${name.slice(1)} ikut menjaga agar ${pick(how)} dan ${pick(hurdle)} tidak terulang.`
  },
  (pick) => `Dahulu ${pick(hurdle)} membuat ${pick(who)} menunda ${pick(need)}; kini ${pick(how)}.`,
  (pick, n) => `Sebanyak ${n(3, 60)} desa atau kelurahan memakai cara ini, dan ${pick(keep)} menjadi pegangannya.`,
  (pick) => `Keberlanjutan dijaga dengan ${pick(keep)}, ${pick(keep)}, serta dukungan ${pick(partner)}.`,
  (pick, n) => `Unit lain dapat meniru dalam ${n(2, 14)} pekan: ${pick(how)}, lalu ${pick(how)}.`,
]

/** An answer for the demo: what the source tells of the innovation, then two sentences that are invented, and say so. */
export function inventedAnswer(innovation: { name: string; agency: string; summary: string }, seed: number): string {
  const random = numbersFrom(seed)
  const pick: Pick = (list) => list[Math.floor(random() * list.length)]!
  const number = (low: number, high: number) => low + Math.floor(random() * (high - low + 1))
  const invented = [0, 1].map(() => pick(sentences)(pick, number))
  return `${innovation.name} (${innovation.agency}). ${innovation.summary}\n\n[Teks peragaan] ${invented.join(' ')}`
}
