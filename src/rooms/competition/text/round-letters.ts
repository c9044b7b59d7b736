/** Letters about a round. */
export const id = {
  'letter-version-subject': '{round}: ketentuan berubah (versi {version})',
  'letter-version': `Yth. {name},

Ketentuan {round} berubah. Alasannya:
{reason}

Yang berubah dan berlaku bagi Anda:
{changes}

Ketentuan lengkap beserta riwayatnya dapat dibaca di halaman putaran.

Tim Sekretariat`,
  'letter-extension-subject': '{round}: batas waktu diperpanjang',
  'letter-extension': `Yth. {name},

Batas waktu pengiriman proposal {round} diperpanjang menjadi:
{deadline}

Semula: {before}
Alasan: {reason}

Tim Sekretariat`,
  'letter-change-line': '- {place}: semula {before}; menjadi {after}',
  'letter-any-innovation': 'inovasi mana pun dari {agency}',
  'letter-invited-subject': '{round}: undangan ke {group}',
  'letter-invited': `Yth. {name},

Instansi Anda diundang ke {group} dalam {round}:
{guest}

Unit layanan Anda dapat memilih kelompok itu ketika menulis proposal. Bila yang diundang satu inovasi, nyatakan asal inovasinya pada proposal.

Tim Sekretariat`,
  'letter-uninvited-subject': '{round}: undangan ke {group} ditarik',
  'letter-uninvited': `Yth. {name},

Undangan ke {group} dalam {round} ditarik:
{guest}

Alasan: {reason}

Proposal yang sudah memilih kelompok itu tidak hilang. Pindahkan ke kelompok lain sebelum dikirim, atau hubungi sekretariat.

Tim Sekretariat`,
}
export const en: typeof id = {
  'letter-version-subject': '{round}: the rules have changed (version {version})',
  'letter-version': `Dear {name},

The rules of {round} have changed. The reason:
{reason}

What has changed and applies to you:
{changes}

The full rules and their history stand on the page of the round.

The Secretariat`,
  'letter-extension-subject': '{round}: the deadline is extended',
  'letter-extension': `Dear {name},

The deadline for proposals in {round} has been extended to:
{deadline}

Before: {before}
Reason: {reason}

The Secretariat`,
  'letter-change-line': '- {place}: was {before}; now {after}',
  'letter-any-innovation': 'any innovation of {agency}',
  'letter-invited-subject': '{round}: invitation to {group}',
  'letter-invited': `Dear {name},

Your agency is invited to {group} in {round}:
{guest}

Your service units can choose that group when they write a proposal. Where one innovation is invited, declare on the proposal which one it is.

The Secretariat`,
  'letter-uninvited-subject': '{round}: invitation to {group} withdrawn',
  'letter-uninvited': `Dear {name},

The invitation to {group} in {round} is withdrawn:
{guest}

The reason: {reason}

Proposals that chose that group are not lost. Move them to another group before they are submitted, or ask the secretariat.

The Secretariat`,
}
