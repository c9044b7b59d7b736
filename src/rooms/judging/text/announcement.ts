import type { Lang } from '#platform/text.ts'

const id = {
  navAnnouncements: 'Pengumuman',
  title: 'Pengumuman hasil',
  lead: 'Finalis dan pemenang tiap putaran, cara menghitungnya sendiri, dan tempat menyanggah.',
  nothing: 'Belum ada hasil yang diumumkan. Halaman tiap putaran menunjukkan sampai di mana penilaiannya.',
  finalists: 'Finalis',
  results: 'Pemenang',
  announcedOn: 'diumumkan {date}',
  recompute: 'Hitung ulang peringkat',
  rule: 'Aturan penilaian',
  follow: 'Ikuti sanggahan Anda',
}
const en: typeof id = {
  navAnnouncements: 'Announcements',
  title: 'Announced results',
  lead: 'Finalists and winners of each round, how to compute them yourself, and where to object.',
  nothing: 'Nothing is announced yet. The page of each round shows how far its judging is.',
  finalists: 'Finalists',
  results: 'Winners',
  announcedOn: 'announced {date}',
  recompute: 'Recompute the ranking',
  rule: 'Rule of judging',
  follow: 'Follow your objection',
}

export const announcementWords = (lang: Lang): typeof id => (lang === 'en' ? en : id)
