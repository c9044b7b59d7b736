import { type Award, questionsFor, readingCopy } from '#competition'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { type Finalist, finalistLevel } from '../domain/decision.ts'
import type { PanelRound } from '../domain/panel.ts'
import { knownInnovations } from './identity.ts'

/** What the register of winners gets: one row for being a finalist, one more for a top level. */
export async function awardsOf(
  db: Db | Tx,
  round: PanelRound,
  finalists: readonly Finalist[],
  decree: { number: string; dated: string },
): Promise<Award[]> {
  const known = await knownInnovations(
    db,
    finalists.map((f) => f.id),
  )
  const text = `Keputusan Menteri PANRB Nomor ${decree.number}, ${decree.dated}`
  const awards: Award[] = []
  for (const finalist of finalists) {
    const copy = await readingCopy(db, finalist.id)
    const shown = questionsFor(round.rules, finalist.group).find(
      (question) => question.public && question.kind === 'text' && copy?.content.answers[question.key],
    )
    const award = {
      innovation: known.get(finalist.id) ?? newId(),
      name: finalist.title,
      agency_name: finalist.agencyName,
      agency: finalist.agency,
      region_name: finalist.regionName ?? 'Nasional',
      region: finalist.agencyRegion,
      year: round.rules.year,
      category: round.rules.categories.find((c) => c.key === finalist.category)?.label.id ?? null,
      summary: shown ? copy!.content.answers[shown.key]! : finalist.title,
      source: text,
      round: round.id,
      proposal: finalist.id,
      decree: text,
      flags: finalist.demo ? ['demo'] : [],
    }
    awards.push({ ...award, level: finalistLevel(round.rules, finalist.group) })
    const level = round.rules.select.topLevels.find((each) => each.key === finalist.level)
    if (level) awards.push({ ...award, level: level.label.id })
  }
  return awards
}
