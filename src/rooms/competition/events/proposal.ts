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

export const proposalEvents: EventCatalogue = {
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
    about: 'proposal: question',
    id: ({ question }) => `Catatan admin lokal ditambahkan${question ? ` pada ${question}` : ''}`,
    en: ({ question }) => `Comment of the local admin added${question ? ` on ${question}` : ''}`,
  },
  'competition.comment-settled': {
    about: 'proposal: question',
    id: ({ question }) => `Catatan ditandai selesai${question ? ` pada ${question}` : ''}`,
    en: ({ question }) => `Comment marked as settled${question ? ` on ${question}` : ''}`,
  },
  'competition.evidence-added': {
    about: 'proposal: question, kind, label, hash',
    id: ({ label, question }) => `Bukti ditambahkan pada ${question}: ${label}`,
    en: ({ label, question }) => `Evidence added on ${question}: ${label}`,
  },
  'competition.evidence-removed': {
    about: 'proposal: question, label',
    id: ({ label, question }) => `Bukti dihapus dari ${question}: ${label}`,
    en: ({ label, question }) => `Evidence removed from ${question}: ${label}`,
  },
}
