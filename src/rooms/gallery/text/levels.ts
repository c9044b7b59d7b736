import type { Lang } from '#platform/text.ts'

/** Levels that the gatherer of the data noted in English, for readers of Indonesian. All others are shown word for word. */
const indonesian: Record<string, string> = {
  'Top 21 Inovasi Penanganan Covid-19 (separate list)': 'Top 21 Inovasi Penanganan Covid-19 (daftar tersendiri)',
  'Top 99 or Top 40 (source does not say which)': 'Top 99 atau Top 40 (sumber tidak menyebut yang mana)',
  'Top 99/Top 40 class (field-verified by PANRB)': 'Setingkat Top 99/Top 40 (diverifikasi lapangan oleh PANRB)',
  'Top Terpuji (year cut off in source)': 'Top Terpuji (tahun terpotong di sumber)',
  'UNPSA 2018 winner': 'Pemenang UNPSA 2018',
  'UNPSA 2019 winner': 'Pemenang UNPSA 2019',
  'UNPSA 2021 nominee': 'Nomine UNPSA 2021',
  'UNPSA 2024 Honorable Mention (gender)': 'UNPSA 2024, penghargaan kehormatan (gender)',
  'UNPSA 2024 winner (Tackling Climate Change)': 'Pemenang UNPSA 2024 (penanganan perubahan iklim)',
  'UNPSA 2026 nominee': 'Nomine UNPSA 2026',
  'JIPPNas record': 'Tercatat di JIPPNas',
  'JIPPNas record (BUMN)': 'Tercatat di JIPPNas (BUMN)',
  'JIPPNas record (award string "28 OAPSI/2025")': 'Tercatat di JIPPNas (penghargaan tertulis “28 OAPSI/2025”)',
  'JIPPNas record (replicated by Kab. Jember in sample)':
    'Tercatat di JIPPNas (direplikasi Kabupaten Jember dalam contoh)',
  'IGA 2022 (in JIPPNas)': 'IGA 2022 (tercatat di JIPPNas)',
  'IGA 2025 presentation (not KIPP)': 'Paparan IGA 2025 (bukan KIPP)',
  'mentioned at symposium, no KIPP level stated': 'Disebut dalam simposium, tanpa tingkat KIPP',
  'praised at Hub JIPP meeting, no KIPP level stated': 'Dipuji dalam pertemuan Hub JIPP, tanpa tingkat KIPP',
  'seed mention, no KIPP level': 'Disebut dalam berita, tanpa tingkat KIPP',
}
const english: Record<string, string> = {
  'mentioned at symposium, no KIPP level stated': 'Mentioned at a symposium, no KIPP level stated',
  'praised at Hub JIPP meeting, no KIPP level stated': 'Praised at a hub meeting, no KIPP level stated',
  'seed mention, no KIPP level': 'Mentioned in the news, no KIPP level',
}

export const levelText = (level: string, lang: Lang): string =>
  (lang === 'id' ? indonesian[level] : english[level]) ?? level
