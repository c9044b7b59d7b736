import type { Db, Tx } from '#platform/db.ts'
import type { Both } from '#platform/text.ts'
import type { Content } from '../domain/proposal.ts'
import { questionsFor } from '../domain/round.ts'
import { findRound } from './round.ts'

/** What the public may read of a proposal: the answers to questions that its round calls public, and their photos. */
export type PublicAnswers = {
  answers: { key: string; question: Both; text: string }[]
  photos: { file: string; label: string; sha256: string | null }[]
  arrived: Date
  demo: boolean
}

/**
 * The public parts of these proposals, by proposal, as they were frozen at submission. The caller answers for asking
 * only of proposals whose result is public: winners in the register.
 */
export async function publicAnswers(db: Db | Tx, proposals: readonly string[]): Promise<Map<string, PublicAnswers>> {
  if (proposals.length === 0) return new Map()
  const rows = await db
    .selectFrom('competition.submission as s')
    .innerJoin('competition.proposal as p', (join) =>
      join.onRef('p.agency', '=', 's.agency').onRef('p.id', '=', 's.proposal'),
    )
    .select(['s.proposal', 's.round', 's.content', 's.arrived', 'p.demo'])
    .where('s.proposal', 'in', [...proposals])
    .execute()
  const rounds = new Map(
    await Promise.all(
      [...new Set(rows.map((row) => row.round))].map(async (id) => [id, await findRound(db, id)] as const),
    ),
  )
  return new Map(
    rows.flatMap((row) => {
      const round = rounds.get(row.round)
      if (!round) return []
      const content = row.content as Content
      const open = questionsFor(round.rules, content.group).filter((question) => question.public)
      const answers = open
        .filter((question) => question.kind === 'text' && content.answers[question.key]?.trim())
        .map(({ key, label }) => ({ key, question: { id: label.id, en: label.en }, text: content.answers[key]! }))
      const photos = open
        .flatMap((question) => content.evidence?.[question.key] ?? [])
        .filter((each) => each.kind === 'photo' && each.file)
        .map((each) => ({ file: each.file!, label: each.label, sha256: each.sha256 ?? null }))
      return [[row.proposal, { answers, photos, arrived: row.arrived, demo: row.demo }]]
    }),
  )
}
