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
}
