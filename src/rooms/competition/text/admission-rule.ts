import type { Lang } from '#platform/text.ts'

/**
 * What the machine finds, in words. `name` is short, for lists and filters; `says` is what the rule asks; `found` is
 * what was found, with its particulars; `todo` is what the owners can do about it.
 */
export type RuleWords = { name: string; says: string; found: string; todo: string }

export const id = {
  group: {
    name: 'Kelompok',
    says: 'Proposal diajukan dalam salah satu kelompok putaran ini.',
    found: 'Kelompok "{group}" tidak ada dalam putaran ini.',
    todo: 'Pilih kelompok yang dibuka pada putaran ini.',
  },
  category: {
    name: 'Kategori',
    says: 'Proposal memilih tepat satu kategori putaran ini.',
    found: 'Kategori belum dipilih atau tidak ada dalam putaran ini.',
    todo: 'Pilih satu kategori yang paling sesuai.',
  },
  submission: {
    name: 'Waktu pengajuan',
    says: 'Admin lokal mengajukan proposal sebelum batas waktu; pengajuan yang dimulai tepat waktu boleh tiba sedikit kemudian.',
    found: 'Pengajuan {verdict}.',
    todo: 'Ajukan lebih awal pada putaran berikutnya, atau jelaskan gangguan yang terjadi beserta buktinya.',
  },
  age: {
    name: 'Umur inovasi',
    says: 'Inovasi sudah dilaksanakan paling sedikit {least} bulan, dihitung mundur dari tanggal penutupan.',
    found: 'Inovasi baru berjalan {months} bulan; paling sedikit {least} bulan.',
    todo: 'Ajukan lagi setelah umurnya cukup, atau buktikan tanggal mulai yang lebih awal.',
  },
  unanswered: {
    name: 'Belum dijawab',
    says: 'Semua pertanyaan wajib dijawab.',
    found: '"{question}" belum dijawab.',
    todo: 'Jawab pertanyaan itu.',
  },
  'answer-kind': {
    name: 'Bentuk jawaban',
    says: 'Jawaban berbentuk seperti yang diminta pertanyaannya.',
    found: 'Jawaban "{question}" bukan bentuk yang diminta.',
    todo: 'Perbaiki jawaban itu.',
  },
  'word-limit': {
    name: 'Batas kata',
    says: 'Jawaban tidak melebihi batas kata.',
    found: '"{question}": {words} kata, batasnya {limit} kata.',
    todo: 'Ringkas jawaban itu.',
  },
  'missing-evidence': {
    name: 'Bukti wajib',
    says: 'Dokumen pendukung yang wajib dilampirkan.',
    found: 'Bukti untuk "{question}" tidak dilampirkan.',
    todo: 'Lampirkan bukti itu.',
  },
  'evidence-count': {
    name: 'Jumlah bukti',
    says: 'Jumlah bukti tidak melebihi batas.',
    found: '"{question}": {count} bukti, paling banyak {max}.',
    todo: 'Pilih bukti yang terkuat saja.',
  },
  'evidence-type': {
    name: 'Jenis berkas',
    says: 'Bukti berupa jenis berkas yang diterima.',
    found: '"{question}": berkas "{name}" bukan jenis yang diterima ({accept}).',
    todo: 'Simpan ulang berkas itu sebagai jenis yang diterima.',
  },
  'evidence-size': {
    name: 'Ukuran berkas',
    says: 'Ukuran berkas tidak melebihi batas.',
    found: '"{question}": berkas "{name}" lebih dari {maxMb} MB.',
    todo: 'Perkecil berkas itu.',
  },
  'same-title': {
    name: 'Judul sama',
    says: 'Satu judul hanya untuk satu proposal.',
    found: 'Judulnya sama dengan "{title}".',
    todo: 'Ubah judul, atau nyatakan sebagai replikasi.',
  },
  'near-title': {
    name: 'Judul mirip',
    says: 'Satu inovasi hanya diajukan satu kali.',
    found: 'Judulnya {percent} % mirip dengan "{title}".',
    todo: 'Pastikan ini inovasi yang berbeda, atau nyatakan sebagai replikasi.',
  },
  'near-text': {
    name: 'Isi mirip',
    says: 'Satu inovasi hanya diajukan satu kali, dan isinya ditulis sendiri.',
    found: 'Isinya {percent} % mirip dengan "{title}".',
    todo: 'Tulis ulang dengan keadaan di tempat Anda, atau nyatakan sebagai replikasi.',
  },
  'prior-award': {
    name: 'Pernah menang',
    says: 'Inovasi yang sudah meraih penghargaan tertentu tidak ikut lagi dalam kelompok ini.',
    found: 'Inovasi ini sudah meraih {level} ({years}).',
    todo: 'Ajukan inovasi lain, atau ikuti kelompok khusus bila diundang.',
  },
  'award-needed': {
    name: 'Perlu penghargaan',
    says: 'Kelompok ini untuk inovasi yang pernah meraih penghargaan.',
    found: 'Penghargaan terdahulu yang disyaratkan tidak ditemukan dalam daftar pemenang.',
    todo: 'Sebutkan pemenang yang dimaksud, atau pindah ke kelompok umum.',
  },
  invitation: {
    name: 'Undangan',
    says: 'Kelompok ini diikuti atas undangan.',
    found: 'Undangan untuk kelompok ini tidak tercatat.',
    todo: 'Pindah ke kelompok umum, atau hubungi sekretariat bila Anda diundang.',
  },
  source: {
    name: 'Inovasi asal',
    says: 'Replikasi menyebut inovasi yang diadaptasi.',
    found: 'Inovasi asal belum disebut.',
    todo: 'Pilih inovasi asal dari daftar pemenang.',
  },
  'source-award': {
    name: 'Penghargaan inovasi asal',
    says: 'Inovasi asal pernah meraih penghargaan yang disyaratkan.',
    found: 'Inovasi asal tidak tercatat meraih penghargaan yang disyaratkan.',
    todo: 'Pilih inovasi asal yang memenuhi syarat, atau pindah ke kelompok umum.',
  },
  statement: {
    name: 'Pernyataan pemilik',
    says: 'Pemilik inovasi asal menandatangani surat pernyataan.',
    found: 'Surat pernyataan pemilik inovasi asal tidak dilampirkan sebagai PDF.',
    todo: 'Minta surat itu kepada pemiliknya, lalu lampirkan.',
  },
  quota: {
    name: 'Kuota instansi',
    says: 'Satu instansi mengajukan paling banyak {quota} proposal dalam kelompok ini.',
    found: 'Instansi ini sudah mengajukan {others} proposal lain lebih dahulu; kuotanya {quota}.',
    todo: 'Pilih proposal terbaik melalui seleksi internal.',
  },
  'title-meaningless': {
    name: 'Judul tidak jelas',
    says: 'Judul menjelaskan inovasinya.',
    found: 'Judul terlalu pendek, terlalu panjang, atau tidak terbaca sebagai judul ({words} kata).',
    todo: 'Beri judul yang menjelaskan inovasinya.',
  },
  'title-blocked-word': {
    name: 'Kata dalam judul',
    says: 'Judul pantas dibaca umum.',
    found: 'Judul memuat kata "{word}".',
    todo: 'Ubah judulnya.',
  },
  'identical-answers': {
    name: 'Jawaban kembar',
    says: 'Setiap pertanyaan dijawab tersendiri.',
    found: 'Jawaban "{question}" sama dengan jawaban "{other}".',
    todo: 'Jawab setiap pertanyaan tersendiri.',
  },
  'short-answer': {
    name: 'Jawaban pendek',
    says: 'Jawaban cukup panjang untuk dinilai.',
    found: '"{question}" hanya {words} kata.',
    todo: 'Jelaskan lebih lengkap.',
  },
  'repetitive-answer': {
    name: 'Jawaban berulang',
    says: 'Jawaban ditulis dengan sungguh-sungguh.',
    found: '"{question}" banyak mengulang kata ({percent} % kata berbeda).',
    todo: 'Tulis ulang jawaban itu.',
  },
}

export const en: typeof id = {
  group: {
    name: 'Group',
    says: 'A proposal is entered in one of the groups of the round.',
    found: 'The group "{group}" does not exist in this round.',
    todo: 'Choose a group that is open in this round.',
  },
  category: {
    name: 'Category',
    says: 'A proposal chooses exactly one category of the round.',
    found: 'The category is open or does not exist in this round.',
    todo: 'Choose the one category that fits best.',
  },
  submission: {
    name: 'Time of submission',
    says: 'The local admin submits before the deadline; a submission begun in time may arrive a little later.',
    found: 'The submission {verdict}.',
    todo: 'Submit earlier in the next round, or explain what went wrong and show it.',
  },
  age: {
    name: 'Age of the innovation',
    says: 'The innovation has been in use for at least {least} months, counted back from the closing date.',
    found: 'The innovation has been in use for {months} months; {least} are needed.',
    todo: 'Enter again when it is old enough, or prove an earlier start.',
  },
  unanswered: {
    name: 'Not answered',
    says: 'All required questions are answered.',
    found: '"{question}" is not answered.',
    todo: 'Answer that question.',
  },
  'answer-kind': {
    name: 'Kind of answer',
    says: 'Answers are of the kind the question asks for.',
    found: 'The answer to "{question}" is not of the kind asked for.',
    todo: 'Correct that answer.',
  },
  'word-limit': {
    name: 'Word limit',
    says: 'Answers keep to the word limit.',
    found: '"{question}": {words} words, the limit is {limit}.',
    todo: 'Shorten that answer.',
  },
  'missing-evidence': {
    name: 'Required evidence',
    says: 'Required documents are attached.',
    found: 'The evidence for "{question}" is not attached.',
    todo: 'Attach that evidence.',
  },
  'evidence-count': {
    name: 'Number of files',
    says: 'There are no more pieces of evidence than allowed.',
    found: '"{question}": {count} pieces of evidence, at most {max}.',
    todo: 'Choose only the strongest.',
  },
  'evidence-type': {
    name: 'Type of file',
    says: 'Evidence is of an accepted type.',
    found: '"{question}": the file "{name}" is not of an accepted type ({accept}).',
    todo: 'Save that file as an accepted type.',
  },
  'evidence-size': {
    name: 'Size of file',
    says: 'Files keep to the size limit.',
    found: '"{question}": the file "{name}" is over {maxMb} MB.',
    todo: 'Make that file smaller.',
  },
  'same-title': {
    name: 'Same title',
    says: 'One title is for one proposal only.',
    found: 'The title is the same as "{title}".',
    todo: 'Change the title, or declare a replication.',
  },
  'near-title': {
    name: 'Near title',
    says: 'One innovation is entered once only.',
    found: 'The title is {percent} % like "{title}".',
    todo: 'Make sure it is a different innovation, or declare a replication.',
  },
  'near-text': {
    name: 'Near text',
    says: 'One innovation is entered once only, and its text is your own.',
    found: 'The text is {percent} % like "{title}".',
    todo: 'Write it anew from your own place, or declare a replication.',
  },
  'prior-award': {
    name: 'Prior award',
    says: 'An innovation that holds certain awards does not enter this group again.',
    found: 'This innovation already holds {level} ({years}).',
    todo: 'Enter another innovation, or the special group if invited.',
  },
  'award-needed': {
    name: 'Award needed',
    says: 'This group is for innovations that hold an award.',
    found: 'The award that is needed was not found in the register of winners.',
    todo: 'Name the winner meant, or move to the general group.',
  },
  invitation: {
    name: 'Invitation',
    says: 'This group is entered by invitation.',
    found: 'No invitation to this group is recorded.',
    todo: 'Move to the general group, or ask the secretariat if you were invited.',
  },
  source: {
    name: 'Source innovation',
    says: 'A replication names the innovation it adapts.',
    found: 'The source innovation is not named.',
    todo: 'Choose the source from the register of winners.',
  },
  'source-award': {
    name: "Source's award",
    says: 'The source innovation holds an award that counts.',
    found: 'The source is not recorded as holding an award that counts.',
    todo: 'Choose a source that does, or move to the general group.',
  },
  statement: {
    name: "Owner's statement",
    says: 'The owner of the source signs a statement.',
    found: "The owner's statement is not attached as a PDF.",
    todo: 'Ask the owner for it and attach it.',
  },
  quota: {
    name: 'Quota of the agency',
    says: 'An agency enters at most {quota} proposals in this group.',
    found: 'This agency had entered {others} other proposals before; its quota is {quota}.',
    todo: 'Choose the best by an internal selection.',
  },
  'title-meaningless': {
    name: 'Unclear title',
    says: 'The title explains the innovation.',
    found: 'The title is too short, too long or does not read as one ({words} words).',
    todo: 'Give it a title that explains it.',
  },
  'title-blocked-word': {
    name: 'Word in the title',
    says: 'The title is fit for the public.',
    found: 'The title has the word "{word}".',
    todo: 'Change the title.',
  },
  'identical-answers': {
    name: 'Twin answers',
    says: 'Each question is answered for itself.',
    found: 'The answer to "{question}" is the same as to "{other}".',
    todo: 'Answer each question for itself.',
  },
  'short-answer': {
    name: 'Short answer',
    says: 'Answers are long enough to be judged.',
    found: '"{question}" has only {words} words.',
    todo: 'Explain more fully.',
  },
  'repetitive-answer': {
    name: 'Repetitive answer',
    says: 'Answers are written with care.',
    found: '"{question}" repeats itself ({percent} % different words).',
    todo: 'Write that answer anew.',
  },
}

export const verdicts = {
  id: {
    'not-submitted': 'belum dilakukan',
    late: 'tiba setelah batas waktu',
    'late-but-begun-in-time': 'dimulai tepat waktu, tetapi tiba setelah batas waktu',
  },
  en: {
    'not-submitted': 'was not made',
    late: 'arrived after the deadline',
    'late-but-begun-in-time': 'was begun in time but arrived after the deadline',
  },
}

const levels = {
  id: {
    finalist: 'Top 99 (finalis)',
    top: 'Top terpuji',
    'replication-finalist': 'finalis Kelompok Replikasi',
    'replication-top': 'terpuji Kelompok Replikasi',
    'special-finalist': 'finalis Kelompok Khusus',
    outstanding: 'Outstanding Achievement',
  },
  en: {
    finalist: 'Top 99 (finalist)',
    top: 'a top award',
    'replication-finalist': 'finalist of the replication group',
    'replication-top': 'top of the replication group',
    'special-finalist': 'finalist of the special group',
    outstanding: 'Outstanding Achievement',
  },
}

export const noDate = {
  id: 'Tanggal mulai belum diisi atau tidak terbaca; paling sedikit {least} bulan.',
  en: 'The date of first use is open or cannot be read; {least} months are needed.',
}
export const titleField = { id: 'Judul', en: 'Title' }

/** The words of a rule; a rule of a later version keeps its bare name rather than disappear. */
export const ruleWords = (rule: string, lang: Lang): RuleWords =>
  ((lang === 'en' ? en : id) as Record<string, RuleWords>)[rule] ?? { name: rule, says: rule, found: rule, todo: '' }

/** An award level in words; one that the register alone knows is shown as it is written. */
export const levelName = (level: string, lang: Lang): string => (levels[lang] as Record<string, string>)[level] ?? level

/** What a text must be, where the question asks for something one is reached by. */
export const formats = {
  id: {
    email: {
      says: 'Alamat surel ditulis lengkap, misalnya nama@contoh.go.id, tanpa kata lain.',
      found: '"{question}" bukan alamat surel.',
    },
    telephone: {
      says: 'Nomor telepon ditulis dengan kode wilayah atau +62, misalnya 0812-3456-7890 atau (021) 345678, tanpa kata lain.',
      found: '"{question}" bukan nomor telepon.',
    },
  },
  en: {
    email: {
      says: 'An e-mail address is written whole, such as nama@contoh.go.id, without other words.',
      found: '"{question}" is not an e-mail address.',
    },
    telephone: {
      says: 'A telephone number is written with its area code or +62, such as 0812-3456-7890 or (021) 345678, without other words.',
      found: '"{question}" is not a telephone number.',
    },
  },
}
