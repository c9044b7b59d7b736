import type { EventCatalogue } from '#platform/events.ts'

const said = (note: unknown) => (note ? `: “${String(note)}”` : '')

const origins: Record<'id' | 'en', Record<string, string>> = {
  id: {
    same: 'Dinyatakan sebagai inovasi yang sama dengan pemenang',
    replication: 'Dinyatakan sebagai replikasi',
    'no-winner': 'Pernyataan inovasi yang sama dibatalkan',
    'no-source': 'Pernyataan replikasi dibatalkan',
  },
  en: {
    same: 'Declared as the same innovation as a winner',
    replication: 'Declared as a replication',
    'no-winner': 'Statement of being the same taken back',
    'no-source': 'Statement of replication taken back',
  },
}

/** The question by its label (`asked`, in both languages); an event of before it was recorded leaves it out. */
function on(lang: 'id' | 'en', asked: unknown): string {
  const label = asked !== null && typeof asked === 'object' ? (asked as Record<string, unknown>)[lang] : undefined
  return typeof label === 'string' ? `${lang === 'id' ? ' pada' : ' on'} “${label}”` : ''
}

export const proposalEvents: EventCatalogue = {
  'competition.figures-chosen': {
    about: 'proposal: which figures of running services it shows',
    id: ({ chosen }) => `Angka layanan yang ditampilkan: ${Array.isArray(chosen) ? chosen.length : 0} layanan`,
    en: ({ chosen }) => `Figures of running services shown: ${Array.isArray(chosen) ? chosen.length : 0} services`,
  },
  'competition.proposal-started': {
    about: 'proposal: title, group',
    id: ({ title }) => `Proposal dimulai: ${title}`,
    en: ({ title }) => `Proposal begun: ${title}`,
  },
  'competition.proposal-facts-changed': {
    about: 'proposal: title',
    id: ({ title }) => `Judul, kelompok, kategori, atau tanggal diubah: ${title}`,
    en: ({ title }) => `Title, group, category or date changed: ${title}`,
  },
  'competition.origin-declared': {
    about: 'proposal: kind, name',
    title: { id: 'Asal inovasi dinyatakan', en: 'Origin of the innovation declared' },
    id: ({ kind, name }) => `${origins.id[String(kind)] ?? kind}${name ? `: ${name}` : ''}`,
    en: ({ kind, name }) => `${origins.en[String(kind)] ?? kind}${name ? `: ${name}` : ''}`,
  },
  'competition.proposal-sent': {
    about: 'proposal: title, note',
    id: ({ title, note }) => `Dikirim ke admin lokal: ${title}${said(note)}`,
    en: ({ title, note }) => `Sent to the local admin: ${title}${said(note)}`,
  },
  'competition.proposal-recalled': {
    about: 'proposal: title',
    id: ({ title }) => `Ditarik kembali oleh unit untuk diubah: ${title}`,
    en: ({ title }) => `Taken back by the unit to change it: ${title}`,
  },
  'competition.proposal-returned': {
    about: 'proposal: title, note',
    id: ({ title, note }) => `Dikembalikan untuk diperbaiki: ${title}${said(note)}`,
    en: ({ title, note }) => `Sent back to be mended: ${title}${said(note)}`,
  },
  'competition.proposal-withdrawn': {
    about: 'proposal: title, note',
    id: ({ title, note }) => `Ditarik dari kompetisi: ${title}${said(note)}`,
    en: ({ title, note }) => `Withdrawn from the competition: ${title}${said(note)}`,
  },
  'competition.submission-begun': {
    about: 'proposal: title',
    id: ({ title }) => `Pengajuan dibuka oleh admin lokal: ${title}`,
    en: ({ title }) => `Submission opened by the local admin: ${title}`,
  },
  'competition.proposal-submitted': {
    about: 'proposal: title, number, hash, verdict',
    id: ({ title, number }) => `Diajukan ke kementerian dengan nomor ${number}: ${title}`,
    en: ({ title, number }) => `Submitted to the ministry as ${number}: ${title}`,
  },
  'competition.comment-made': {
    about: 'proposal: question, asked',
    id: ({ asked }) => `Catatan admin lokal ditambahkan${on('id', asked)}`,
    en: ({ asked }) => `Comment of the local admin added${on('en', asked)}`,
  },
  'competition.comment-settled': {
    about: 'proposal: question, asked',
    id: ({ asked }) => `Catatan ditandai selesai${on('id', asked)}`,
    en: ({ asked }) => `Comment marked as settled${on('en', asked)}`,
  },
  'competition.evidence-added': {
    about: 'proposal: question, asked, kind, label, hash',
    id: ({ label, asked }) => `Bukti ditambahkan${on('id', asked)}: ${label}`,
    en: ({ label, asked }) => `Evidence added${on('en', asked)}: ${label}`,
  },
  'competition.evidence-removed': {
    about: 'proposal: question, asked, label',
    id: ({ label, asked }) => `Bukti dihapus${on('id', asked)}: ${label}`,
    en: ({ label, asked }) => `Evidence removed${on('en', asked)}: ${label}`,
  },
}
