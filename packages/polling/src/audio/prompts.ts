/** Languages in which a booth speaks: Indonesian and Javanese (krama). */
export const voices = ['id', 'jv'] as const
export type Voice = (typeof voices)[number]

/**
 * What is said, as a speaker of the language writes it, and where the voice would say it wrong, how it is spelt for the voice. There is no
 * Javanese voice in espeak-ng: the Indonesian one reads these words, with "o" written for the open "a" (see decision 0020).
 */
export type Prompt = { readonly text: string; readonly said?: string }

const id = {
  practice: { text: 'Ini latihan. Suara tidak dihitung.' },
  waiting: { text: 'Pindai token Anda.' },
  stamp: { text: 'Sekarang pindai cap token.' },
  unreadable: { text: 'Kode tidak terbaca. Coba lagi.' },
  'not-open': { text: 'TPS belum dibuka. Tunggu petugas.', said: 'Te Pe Es belum dibuka. Tunggu petugas.' },
  stopped: { text: 'Bilik ini berhenti. Pakailah bilik lain.' },
  choosing: { text: 'Sentuh satu calon, atau Pilihan Kosong.' },
  chosen: { text: 'Anda memilih' },
  confirming: { text: 'Ya, atau tidak?' },
  yes: { text: 'Ya.' },
  no: { text: 'Tidak. Kembali memilih.' },
  saving: { text: 'Tunggu sebentar. Suara sedang disimpan.' },
  receipt: { text: 'Ambil tanda terima Anda.' },
  deciding: { text: 'Lalu sentuh MASUKKAN.', said: 'Lalu sentuh, masukkan.' },
  test: { text: 'UJI. Dibuka, tidak dihitung.', said: 'Uji. Dibuka, tidak dihitung.' },
  opened: { text: 'Surat suara dibuka, tidak dihitung.' },
  again: { text: 'Silakan memilih lagi.' },
  checking: { text: 'Periksa struk. Samakan dengan layar.' },
  good: { text: 'Bila sama, sentuh STRUK BENAR.', said: 'Bila sama, sentuh, struk benar.' },
  wrong: { text: 'Bila berbeda, sentuh Struk salah.' },
  thanks: { text: 'Terima kasih. Suara Anda tersimpan.' },
  box: { text: 'Lipat struk. Masukkan ke kotak audit.' },
  return: { text: 'Kembalikan token kepada petugas.' },
  voided: { text: 'Sesi dibatalkan. Serahkan struk kepada petugas.' },
  help: { text: 'Tunggu. Petugas akan membantu Anda.' },
  left: { text: 'Sudah sendirian? Tekan tombol di layar.' },
  settings: { text: 'Pilih huruf, warna, dan suara.' },
  blank: { text: 'Pilihan Kosong' },
  'empty-box': { text: 'Kotak Kosong' },
  'number-1': { text: 'Nomor satu' },
  'number-2': { text: 'Nomor dua' },
  'number-3': { text: 'Nomor tiga' },
  'number-4': { text: 'Nomor empat' },
  'number-5': { text: 'Nomor lima' },
  'number-6': { text: 'Nomor enam' },
  'number-7': { text: 'Nomor tujuh' },
  'number-8': { text: 'Nomor delapan' },
  'number-9': { text: 'Nomor sembilan' },
  'number-10': { text: 'Nomor sepuluh' },
} as const satisfies Record<string, Prompt>

export type PromptKey = keyof typeof id

const jv: Record<PromptKey, Prompt> = {
  practice: {
    text: 'Menika latihan. Swantenipun boten dipunetang.',
    said: 'Meniko latihan. Swantenipun boten dipun etang.',
  },
  waiting: { text: 'Mangga tokenipun dipunpindai.', said: 'Monggo, tokenipun dipun pindai.' },
  stamp: { text: 'Samenika cap token dipunpindai.', said: 'Sameniko, cap token dipun pindai.' },
  unreadable: { text: 'Kodhe boten kewaos. Mangga dipunbaleni.', said: 'Kode boten kewaos. Monggo dipun baleni.' },
  'not-open': {
    text: 'TPS dereng dipunbikak. Ngentosi petugas.',
    said: 'Te Pe Es dereng dipun bikak. Ngentosi petugas.',
  },
  stopped: { text: 'Bilik menika mandheg. Mangga bilik sanes.', said: 'Bilik meniko mandeg. Monggo bilik sanes.' },
  choosing: {
    text: 'Mangga tutul setunggal calon, utawi Pilihan Kosong.',
    said: 'Monggo tutul setunggal calon, utawi pilihan kosong.',
  },
  chosen: { text: 'Panjenengan milih' },
  confirming: { text: 'Inggih, menapa boten?', said: 'Inggih, menopo boten?' },
  yes: { text: 'Inggih.' },
  no: { text: 'Boten. Milih malih.' },
  saving: {
    text: 'Ngentosi sekedhap. Swantenipun nembe dipunsimpen.',
    said: 'Ngentosi sekedap. Swantenipun nembe dipun simpen.',
  },
  receipt: { text: 'Mangga tandha tampinipun dipunpendhet.', said: 'Monggo, tondo tampinipun dipun pendet.' },
  deciding: { text: 'Lajeng tutul MASUKKAN.', said: 'Lajeng tutul, masukkan.' },
  test: { text: 'UJI. Dipunbikak, boten dipunetang.', said: 'Uji. Dipun bikak, boten dipun etang.' },
  opened: {
    text: 'Layang swanten dipunbikak, boten dipunetang.',
    said: 'Layang swanten dipun bikak, boten dipun etang.',
  },
  again: { text: 'Mangga milih malih.', said: 'Monggo milih malih.' },
  checking: {
    text: 'Strukipun dipunpriksa. Dipuncocogaken kaliyan layar.',
    said: 'Strukipun dipun prikso. Dipun cocogaken kaliyan layar.',
  },
  good: { text: 'Menawi sami, tutul STRUK BENAR.', said: 'Menawi sami, tutul, struk benar.' },
  wrong: { text: 'Menawi boten sami, tutul Struk salah.' },
  thanks: { text: 'Matur nuwun. Swanten panjenengan sampun kasimpen.' },
  box: {
    text: 'Struk dipunlempit, dipunlebetaken kothak audit.',
    said: 'Struk dipun lempit, dipun lebetaken kotak audit.',
  },
  return: { text: 'Token dipunwangsulaken dhateng petugas.', said: 'Token dipun wangsulaken dateng petugas.' },
  voided: {
    text: 'Sesi dipunbatalaken. Struk dipunpasrahaken petugas.',
    said: 'Sesi dipun batalaken. Struk dipun pasrahaken petugas.',
  },
  help: {
    text: 'Mangga ngentosi. Petugas badhe mbiyantu panjenengan.',
    said: 'Monggo ngentosi. Petugas bade mbiyantu panjenengan.',
  },
  left: { text: 'Sampun piyambakan? Tutul tombol ing layar.' },
  settings: { text: 'Milih aksara, warni, lan swanten.', said: 'Milih aksoro, warni, lan swanten.' },
  blank: { text: 'Pilihan Kosong' },
  'empty-box': { text: 'Kothak Kosong', said: 'Kotak Kosong' },
  'number-1': { text: 'Nomer setunggal' },
  'number-2': { text: 'Nomer kalih' },
  'number-3': { text: 'Nomer tiga', said: 'Nomer tigo' },
  'number-4': { text: 'Nomer sekawan' },
  'number-5': { text: 'Nomer gangsal' },
  'number-6': { text: 'Nomer enem' },
  'number-7': { text: 'Nomer pitu' },
  'number-8': { text: 'Nomer wolu' },
  'number-9': { text: 'Nomer sanga', said: 'Nomer songo' },
  'number-10': { text: 'Nomer sedasa', said: 'Nomer sedoso' },
}

export const prompts: Readonly<Record<Voice, Readonly<Record<PromptKey, Prompt>>>> = { id, jv }
export const promptKeys = Object.keys(id) as PromptKey[]
