import type { Lang } from '#platform/text.ts'

/** The register keeps a category as its source writes it, in Indonesian; one without an English name is shown so. */
const english: Record<string, string> = {
  'Pengentasan kemiskinan': 'Reducing poverty',
  Pendidikan: 'Education',
  Kesehatan: 'Health',
  'Ketahanan pangan': 'Food security',
  'Pertumbuhan ekonomi dan kesempatan kerja': 'Economic growth and jobs',
  'Pemberdayaan masyarakat': 'Community empowerment',
  'Pelayanan publik responsif gender': 'Gender-responsive public services',
  'Perlindungan dan pelestarian lingkungan hidup': 'Protecting and preserving the environment',
  'Tata kelola pemerintahan': 'Governance',
  'Penegakan hukum': 'Law enforcement',
}

/** The categories whose English name holds these words, for somebody who searches in English. */
export const categoriesCalled = (typed: string): string[] =>
  Object.keys(english).filter((category) => english[category]!.toLowerCase().includes(typed.trim().toLowerCase()))

export const categoryText = (category: string, lang: Lang): string =>
  (lang === 'en' ? english[category] : undefined) ?? category
