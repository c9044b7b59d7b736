import type { EventCatalogue } from '#platform/events.ts'
import type { RoleName } from './domain/office.ts'
import { words } from './text/index.ts'

const text = (value: unknown) => (typeof value === 'string' ? value : '')
const roleName = (value: unknown, lang: 'id' | 'en') => {
  const w = words(lang)
  return typeof value === 'string' && value in w ? w[value as RoleName] : text(value)
}

const partsOf = (value: unknown, lang: 'id' | 'en') => {
  const w = words(lang)
  const names: Record<string, string> = { name: w.yourName, lang: w.language, phone: w.phone }
  const parts = Array.isArray(value) ? value.map((part) => names[String(part)] ?? String(part)) : []
  return parts.length > 0 ? parts.join(', ').toLowerCase() : w.language.toLowerCase()
}

/** What this room tells. Particulars carry ids, roles and names of offices; never a person's name, address or reason. */
export const events: EventCatalogue = {
  'people.signed-in': { about: 'account', id: () => 'Masuk.', en: () => 'Signed in.' },
  'people.factor-given': {
    about: 'account',
    id: () => 'Memberikan verifikasi langkah kedua.',
    en: () => 'Gave the second factor.',
  },
  'people.password-changed': {
    about: 'account',
    id: () => 'Mengganti kata sandi; sesi lain diakhiri.',
    en: () => 'Changed the password; other sessions ended.',
  },
  'people.profile-changed': {
    about: 'account',
    title: { id: 'Mengubah data dirinya', en: 'Changed their own details' },
    id: (p) => `Mengubah data dirinya: ${partsOf(p.parts, 'id')}.`,
    en: (p) => `Changed their own details: ${partsOf(p.parts, 'en')}.`,
  },
  'people.language-chosen': {
    about: 'account',
    title: { id: 'Memilih bahasa', en: 'Chose a language' },
    id: (p) => `Memilih bahasa ${p.lang === 'en' ? 'Inggris' : 'Indonesia'}.`,
    en: (p) => `Chose ${p.lang === 'en' ? 'English' : 'Indonesian'}.`,
  },
  'people.email-requested': {
    about: 'account',
    id: () => 'Meminta alamat surel baru; tautan dikirim ke alamat itu.',
    en: () => 'Asked for a new e-mail address; a link is sent to it.',
  },
  'people.email-changed': {
    about: 'account',
    id: () => 'Mengganti alamat surel; sesi lain diakhiri dan alamat lama diberi tahu.',
    en: () => 'Changed the e-mail address; other sessions ended and the old address was told.',
  },
  'people.password-voided': {
    about: 'account',
    id: () => 'Kata sandi lama dibatalkan, semua sesi diakhiri, dan tautan kata sandi baru dikirim.',
    en: () => 'The old password was made void, every session ended, and a link to a new one was sent.',
  },
  'people.account-closed': {
    about: 'account',
    title: { id: 'Menutup akun', en: 'Closed an account' },
    id: (p) => (p.own ? 'Menutup akunnya sendiri; semua perannya berakhir.' : 'Menutup akun; semua perannya berakhir.'),
    en: (p) => (p.own ? 'Closed their own account; all its roles ended.' : 'Closed the account; all its roles ended.'),
  },
  'people.reset-requested': {
    about: 'account',
    id: () => 'Tautan ganti kata sandi diminta dan dikirim.',
    en: () => 'A link to change the password was asked for and sent.',
  },
  'people.password-reset': {
    about: 'account',
    id: () => 'Kata sandi diganti lewat tautan surel; semua sesi diakhiri.',
    en: () => 'The password was changed with the link; every session ended.',
  },
  'people.session-ended': {
    about: 'session',
    id: () => 'Mengakhiri sesi di perangkat lain.',
    en: () => 'Ended a session on another device.',
  },
  'people.app-prepared': {
    about: 'account',
    id: () => 'Mulai memasang aplikasi autentikator.',
    en: () => 'Began to set up an authenticator app.',
  },
  'people.app-added': {
    about: 'account',
    id: () => 'Memasang aplikasi autentikator.',
    en: () => 'Set up an authenticator app.',
  },
  'people.app-removed': {
    about: 'account',
    id: () => 'Melepas aplikasi autentikator.',
    en: () => 'Removed the authenticator app.',
  },
  'people.passkey-added': { about: 'account', id: () => 'Menambah kunci sandi.', en: () => 'Added a passkey.' },
  'people.passkey-removed': { about: 'account', id: () => 'Menghapus kunci sandi.', en: () => 'Removed a passkey.' },
  'people.recovery-codes-made': {
    about: 'account',
    id: () => 'Membuat kode pemulihan baru.',
    en: () => 'Made new recovery codes.',
  },
  'people.recovery-code-used': {
    about: 'account',
    id: () => 'Memakai kode pemulihan.',
    en: () => 'Used a recovery code.',
  },
  'people.factor-cleared': {
    about: 'account',
    id: () => 'Menghapus verifikasi dua langkah milik orang lain.',
    en: () => "Removed somebody's two-step verification.",
  },
  'people.agency-added': {
    about: 'agency',
    id: (p) => `Menambahkan instansi ${text(p.agency)} (${text(p.code)}).`,
    en: (p) => `Added the agency ${text(p.agency)} (${text(p.code)}).`,
  },
  'people.agency-changed': {
    about: 'agency',
    title: { id: 'Mengubah data instansi', en: 'Changed an agency' },
    id: (p) => `Mengubah data instansi ${text(p.before)}${p.agency === p.before ? '' : ` menjadi ${text(p.agency)}`}.`,
    en: (p) => `Changed the agency ${text(p.before)}${p.agency === p.before ? '' : ` to ${text(p.agency)}`}.`,
  },
  'people.agencies-imported': {
    about: 'import',
    id: (p) => `Mengimpor ${p.agencies} instansi dari berkas; ${p.invited} admin lokal diundang.`,
    en: (p) => `Imported ${p.agencies} agencies from a file; ${p.invited} local admins invited.`,
  },
  'people.units-imported': {
    about: 'import',
    id: (p) => `Mengimpor ${p.units} UPP dari berkas; ${p.invited} orang diundang.`,
    en: (p) => `Imported ${p.units} units from a file; ${p.invited} people invited.`,
  },
  'people.import-checked': {
    about: 'import',
    id: (p) => `Mengunggah berkas berisi ${p.rows} baris untuk diperiksa.`,
    en: (p) => `Uploaded a file of ${p.rows} rows to be checked.`,
  },
  'people.unit-added': {
    about: 'unit',
    id: (p) => `Menambahkan unit ${text(p.unit)}.`,
    en: (p) => `Added the unit ${text(p.unit)}.`,
  },
  'people.unit-renamed': {
    about: 'unit',
    id: (p) => `Mengubah nama unit ${text(p.before)} menjadi ${text(p.unit)}.`,
    en: (p) => `Renamed the unit ${text(p.before)} to ${text(p.unit)}.`,
  },
  'people.person-invited': {
    about: 'invitation',
    id: (p) => `Mengundang seseorang sebagai ${roleName(p.role, 'id')}.`,
    en: (p) => `Invited somebody as ${roleName(p.role, 'en')}.`,
  },
  'people.invitation-resent': {
    about: 'invitation',
    id: (p) => `Mengirim ulang undangan sebagai ${roleName(p.role, 'id')}.`,
    en: (p) => `Sent the invitation as ${roleName(p.role, 'en')} again.`,
  },
  'people.invitation-revoked': {
    about: 'invitation',
    id: (p) => `Menarik undangan sebagai ${roleName(p.role, 'id')}.`,
    en: (p) => `Withdrew the invitation as ${roleName(p.role, 'en')}.`,
  },
  'people.invitation-accepted': {
    about: 'invitation',
    title: { id: 'Undangan diterima', en: 'Invitation accepted' },
    id: (p) => `Undangan sebagai ${roleName(p.role, 'id')} diterima${p.handOver ? '; jabatan diserahterimakan' : ''}.`,
    en: (p) =>
      `The invitation as ${roleName(p.role, 'en')} was accepted${p.handOver ? '; the office changed hands' : ''}.`,
  },
  'people.role-ended': {
    about: 'role',
    id: (p) => `Mengakhiri peran ${roleName(p.role, 'id')}.`,
    en: (p) => `Ended the role of ${roleName(p.role, 'en')}.`,
  },
  'people.office-handed-over': {
    about: 'agency',
    title: { id: 'Menyerahkan jabatan admin lokal', en: 'Handed over the office of local admin' },
    id: (p) =>
      p.waiting
        ? 'Mengundang admin lokal baru untuk serah terima.'
        : 'Menyerahkan jabatan admin lokal kepada wakilnya.',
    en: (p) =>
      p.waiting ? 'Invited a new local admin for a hand-over.' : 'Handed the office of local admin over to the deputy.',
  },
}
