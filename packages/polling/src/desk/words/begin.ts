const id = {
  title: 'Meja pendaftaran',
  waitTitle: 'Menunggu persetujuan stasiun',
  waitLead: 'Dua petugas menyetujui meja ini di layar stasiun. Cocokkan dulu kedua kode di bawah.',
  waitOwn: 'Kode meja ini',
  waitOwnHint: 'Harus sama dengan kode yang tampil di stasiun.',
  waitStation: 'Kode stasiun',
  waitStationHint: 'Harus sama dengan kode pada laporan nol.',
  waitNone: 'Stasiun belum menjawab di {address}.',
  unlockTitle: 'Buka daftar pemilih',
  unlockLead: 'Kartu ketua KPPS membuka daftar pemilih di meja ini, sampai perangkat dimatikan.',
  unlockSame: 'Kode stasiun di layar ini sama dengan kode pada laporan nol',
  unlockSameMissing: 'Cocokkan kode stasiun, lalu beri tanda.',
  unlockDo: 'Lanjut ke kartu ketua',
  unlockNoKey: 'Kartu ini tidak membawa kunci daftar pemilih. Pakai kartu ketua KPPS.',
  unlockWrong: 'Kunci pada kartu ini bukan untuk daftar pemilih paket ini.',
  stoppedTitle: 'Meja ini sudah dihentikan',
  stoppedLead: 'Stasiun menghentikan meja ini. Jangan layani pemilih di sini.',
}

const en: typeof id = {
  title: 'Check-in desk',
  waitTitle: 'Waiting for the station',
  waitLead: 'Two officers admit this desk at the station’s screen. Compare both codes below first.',
  waitOwn: 'Code of this desk',
  waitOwnHint: 'Must be the same as the code the station shows.',
  waitStation: 'Code of the station',
  waitStationHint: 'Must be the same as on the zero report.',
  waitNone: 'The station has not answered yet at {address}.',
  unlockTitle: 'Open the voter roll',
  unlockLead: 'The chair’s card opens the roll at this desk, until the device is switched off.',
  unlockSame: 'The station’s code on this screen is the one on the zero report',
  unlockSameMissing: 'Compare the station’s code, then tick.',
  unlockDo: 'Continue to the chair’s card',
  unlockNoKey: 'This card does not carry the roll’s key. Use the chair’s card.',
  unlockWrong: 'The key on this card is not for the roll of this package.',
  stoppedTitle: 'This desk was stopped',
  stoppedLead: 'The station has stopped this desk. Serve nobody here.',
}

/** Until the desk serves. */
export const beginWords = { id, en }
