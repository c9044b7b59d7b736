/** Letters about a round. */
export const id = {
  'letter-version-subject': '{round}: ketentuan berubah (versi {version})',
  'letter-version': `Ketentuan {round} berubah. Alasannya:
{reason}

Yang berubah dan berlaku bagi Anda:
{changes}

Periksa apakah proposal Anda masih sesuai. Ketentuan lengkap beserta riwayatnya dapat dibaca di halaman putaran.`,
  'letter-extension-subject': '{round}: batas waktu diperpanjang',
  'letter-extension': `Batas waktu pengiriman proposal {round} diperpanjang menjadi:
{deadline}

Semula: {before}
Alasan: {reason}

Proposal yang belum diajukan masih dapat diajukan oleh admin lokal sampai batas itu.`,
  'letter-opening-subject': 'Putaran dibuka: {round}',
  'letter-opening': `{round} diumumkan. Proposal dapat ditulis dan diajukan mulai:
{opens}

Paling lambat:
{deadline}

Yang perlu Anda lakukan: baca ketentuannya, undang unit pelayanan (UPP) yang punya inovasi, dan sisakan waktu untuk memeriksa proposal mereka. Hanya admin lokal yang dapat mengajukan ke kementerian.`,
  'letter-change-line': '- {place}: semula {before}; menjadi {after}',
  'letter-any-innovation': 'inovasi mana pun dari {agency}',
  'letter-invited-subject': '{round}: undangan ke {group}',
  'letter-invited': `Instansi Anda diundang ke {group} dalam {round}:
{guest}

Unit layanan Anda dapat memilih kelompok itu ketika menulis proposal. Bila yang diundang satu inovasi, nyatakan asal inovasinya pada proposal.`,
  'letter-uninvited-subject': '{round}: undangan ke {group} ditarik',
  'letter-uninvited': `Undangan ke {group} dalam {round} ditarik:
{guest}

Alasan: {reason}

Proposal yang sudah memilih kelompok itu tidak hilang. Pindahkan ke kelompok lain sebelum dikirim, atau hubungi sekretariat.`,
}
export const en: typeof id = {
  'letter-version-subject': '{round}: the rules have changed (version {version})',
  'letter-version': `The rules of {round} have changed. The reason:
{reason}

What has changed and applies to you:
{changes}

Please check that your proposals still fit. The full rules and their history stand on the page of the round.`,
  'letter-extension-subject': '{round}: the deadline is extended',
  'letter-extension': `The deadline for proposals in {round} has been extended to:
{deadline}

Before: {before}
Reason: {reason}

Until then local admins can submit what has not been submitted.`,
  'letter-opening-subject': 'A round is open: {round}',
  'letter-opening': `{round} is announced. Proposals can be written and submitted from:
{opens}

At the latest:
{deadline}

What you can do: read the rules, invite the service units that have an innovation, and leave time to examine their proposals. Only local admins can submit to the ministry.`,
  'letter-change-line': '- {place}: was {before}; now {after}',
  'letter-any-innovation': 'any innovation of {agency}',
  'letter-invited-subject': '{round}: invitation to {group}',
  'letter-invited': `Your agency is invited to {group} in {round}:
{guest}

Your service units can choose that group when they write a proposal. Where one innovation is invited, declare on the proposal which one it is.`,
  'letter-uninvited-subject': '{round}: invitation to {group} withdrawn',
  'letter-uninvited': `The invitation to {group} in {round} is withdrawn:
{guest}

The reason: {reason}

Proposals that chose that group are not lost. Move them to another group before they are submitted, or ask the secretariat.`,
}
