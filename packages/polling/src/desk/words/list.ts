const id = {
  list: 'Daftar hadir',
  listLead: 'Menurut nomor daftar, bukan urutan kedatangan.',
  progress: 'Hadir tiap seperempat jam',
  progressTime: 'Mulai pukul',
  progressCount: 'Hadir',
  awayList: 'Belum dilayani, menurut alasan',
  awayReason: {
    closed: 'Sudah ditutup',
    queue: 'Tidak ikut antrean terakhir',
    'not-open': 'Belum dibuka',
    paused: 'Sedang dijeda',
    none: 'Tidak ada di daftar',
    elsewhere: 'Terdaftar di TPS lain',
    already: 'Sudah tercatat hadir',
    'not-the-person': 'Bukan orangnya',
  },
  nobody: 'Belum ada.',
  conflicts: 'Tercatat dua kali',
  conflictsLead:
    'Dua meja mencatat pemilih yang sama ketika saling terputus. Setiap catatan ditandatangani mejanya dan tidak bisa dihapus.',
  conflictsNone: 'Tidak ada. Semua catatan meja yang sampai di sini cocok.',
  conflictKind: {
    'check-in': 'Dua kali hadir, token paling banyak satu',
    token: 'DUA TOKEN keluar',
  },
  conflictPlace: '{desk}, baris {seq}',
  forks: 'Kunci perangkat dipakai dua kali',
  forkLine: '{device} menandatangani dua baris dengan nomor {seq}. Hentikan perangkat itu di stasiun.',
}

const en: typeof id = {
  list: 'Attendance',
  listLead: 'By number in the roll, not in the order of arrival.',
  progress: 'Present by quarter of an hour',
  progressTime: 'From',
  progressCount: 'Present',
  awayList: 'Not served, by reason',
  awayReason: {
    closed: 'Polls closed',
    queue: 'Not in the last queue',
    'not-open': 'Not open yet',
    paused: 'Paused',
    none: 'Not in the roll',
    elsewhere: 'In another polling place’s roll',
    already: 'Present already',
    'not-the-person': 'Not the person',
  },
  nobody: 'Nobody yet.',
  conflicts: 'Noted twice',
  conflictsLead:
    'Two desks noted the same voter while they could not reach each other. Each line is signed by its desk and cannot be removed.',
  conflictsNone: 'None. All lines that have reached this desk agree.',
  conflictKind: {
    'check-in': 'Present twice, at most one token',
    token: 'TWO TOKENS went out',
  },
  conflictPlace: '{desk}, line {seq}',
  forks: 'A device’s key is in use twice',
  forkLine: '{device} signed two lines with number {seq}. Stop that device at the station.',
}

/** Attendance, and whoever was noted twice. */
export const listWords = { id, en }
