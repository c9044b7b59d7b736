import { shippedRounds } from '#competition'
import type { Lang } from '#platform/text.ts'

/** The register keeps a category as its source writes it, in Indonesian; the rounds know its English name. */
const english = new Map(
  shippedRounds().flatMap(({ categories }) => categories.map(({ label }) => [label.id, label.en] as const)),
)

export const categoryText = (category: string, lang: Lang): string =>
  (lang === 'en' ? english.get(category) : undefined) ?? category
