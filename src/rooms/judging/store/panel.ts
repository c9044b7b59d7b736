import { findRound } from '#competition'
import { isNational } from '#people'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import type { Cell, Decree, PanelRound, Plenary, PlenaryKind, SettledTie } from '../domain/panel.ts'
import { readPlaces } from './places.ts'

/** A round as the panel sees it; a draft only for the secretariat. Seven queries. */
export async function readPanelRound(db: Db | Tx, actor: Actor, id: string): Promise<PanelRound | undefined> {
  const round = await findRound(db, id)
  if (!round || (round.state === 'draft' && !isNational(actor))) return undefined
  const { key, state, rules } = round
  const stages = await db
    .selectFrom('competition.stage')
    .select(['kind', 'opened', 'closed'])
    .where('round', '=', id)
    .orderBy('seq')
    .execute()
  const places = await readPlaces(db, id)
  const ties = await readTies(db, id)
  const plenaries = await readPlenaries(db, id)
  const decree = await findDecree(db, id)
  return { id, key, state, rules, stages, places, ties, plenaries, decree }
}

/**
 * The same, held until the transaction ends: acts on one round follow one another. Not the strongest lock, so that
 * rows which only point at the round can still be added.
 */
export async function holdPanelRound(tx: Tx, actor: Actor, id: string): Promise<PanelRound | undefined> {
  const held = await tx
    .selectFrom('competition.round')
    .select('id')
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  return held && readPanelRound(tx, actor, id)
}

async function readTies(db: Db | Tx, round: string): Promise<SettledTie[]> {
  const rows = await db.selectFrom('judging.tie').selectAll().where('round', '=', round).orderBy('at').execute()
  return rows.map(({ group_key, ...row }) => ({ ...row, group: group_key }))
}

async function readPlenaries(db: Db | Tx, round: string): Promise<Plenary[]> {
  const rows = await db
    .selectFrom('judging.plenary')
    .select(['kind', 'opened', 'closed', 'minutes', 'announced'])
    .where('round', '=', round)
    .execute()
  return rows as Plenary[]
}

async function findDecree(db: Db | Tx, round: string): Promise<Decree | undefined> {
  return db
    .selectFrom('judging.decree')
    .select(['number', 'dated', 'about', 'file', 'at'])
    .where('round', '=', round)
    .executeTakeFirst()
}

export async function saveTie(
  tx: Tx,
  round: string,
  tie: Cell & { id: string; score: number; places: number; tied: readonly string[]; chosen: readonly string[] } & {
    deciders: string
    reason: string
  },
  by: { id: string; at: Date },
): Promise<void> {
  const { cluster, group, id, score, places, tied, chosen, deciders, reason } = tie
  await tx
    .insertInto('judging.tie')
    .values({
      round,
      id,
      cluster,
      group_key: group,
      score,
      places,
      tied: [...tied],
      chosen: [...chosen],
      deciders,
      reason,
      by: by.id,
      at: by.at,
    })
    .execute()
}

export async function openPlenary(tx: Tx, round: string, kind: PlenaryKind, by: string, at: Date): Promise<void> {
  await tx.insertInto('judging.plenary').values({ round, kind, opened: at, opened_by: by }).execute()
}

export async function closePlenary(
  tx: Tx,
  round: string,
  kind: PlenaryKind,
  end: { by: string; at: Date; minutes: string },
): Promise<void> {
  await tx
    .updateTable('judging.plenary')
    .set({ closed: end.at, closed_by: end.by, minutes: end.minutes })
    .where('round', '=', round)
    .where('kind', '=', kind)
    .execute()
}

export async function announce(tx: Tx, round: string, kind: PlenaryKind, by: string, at: Date): Promise<void> {
  await tx
    .updateTable('judging.plenary')
    .set({ announced: at, announced_by: by })
    .where('round', '=', round)
    .where('kind', '=', kind)
    .execute()
}

export async function saveDecree(
  tx: Tx,
  round: string,
  decree: { number: string; dated: string; about: string; file: string | null },
  by: string,
  at: Date,
): Promise<void> {
  await tx
    .insertInto('judging.decree')
    .values({ round, ...decree, by, at })
    .execute()
}
