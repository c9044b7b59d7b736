import type { Db, Tx } from '#platform/db.ts'
import type { Chosen, LiveFigures } from '../domain/live-figure.ts'

/** What services publish: the figures of an agency's services by a moment, and a published text by its hash. */
export type Published = {
  by: (db: Db | Tx, agency: string, until: Date) => Promise<LiveFigures[]>
  text: (db: Db, service: string, hash: string) => Promise<string | undefined>
}
let published: Published = { by: async () => [], text: async () => undefined }

/** Told once at start: services are the business of a room that this one may not know. */
export function knowLiveFigures(from: Published) {
  published = from
}
/** What the agency's own services have published by then. */
export const publishedBy = (db: Db | Tx, agency: string, until: Date) => published.by(db, agency, until)
export const publishedText = (db: Db, service: string, hash: string) => published.text(db, service, hash)

export const listChosen = (db: Db | Tx, proposal: { agency: string; id: string }): Promise<Chosen[]> =>
  db
    .selectFrom('competition.live_figure')
    .select(['service', 'indicators'])
    .where('agency', '=', proposal.agency)
    .where('proposal', '=', proposal.id)
    .orderBy('service')
    .execute()

export async function saveChosen(
  tx: Tx,
  proposal: { agency: string; id: string },
  chosen: readonly Chosen[],
  by: { person: string | null; at: Date },
): Promise<void> {
  await tx
    .deleteFrom('competition.live_figure')
    .where('agency', '=', proposal.agency)
    .where('proposal', '=', proposal.id)
    .execute()
  if (chosen.length === 0) return
  const of = { agency: proposal.agency, proposal: proposal.id, at: by.at, by: by.person }
  await tx
    .insertInto('competition.live_figure')
    .values(chosen.map(({ service, indicators }) => ({ ...of, service, indicators: [...indicators] })))
    .execute()
}
