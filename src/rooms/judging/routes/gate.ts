import { HTTPException } from 'hono/http-exception'
import { type C, found, idParam } from '#platform/http.ts'
import type { PanelRound } from '../domain/panel.ts'
import { mayPanel } from '../permissions/panel.ts'
import { readPanelRound } from '../store/panel.ts'

/** The round in the address for the panel and the secretariat; nobody else learns that the page is there. */
export async function panelRoundOf(c: C): Promise<PanelRound> {
  const { db, actor } = c.get('ctx')
  if (!actor.id) throw new HTTPException(401)
  if (!mayPanel.seePanel(actor)) throw new HTTPException(404)
  return found(await readPanelRound(db, actor, idParam(c, 'round')))
}

/** The round in the address for everybody. */
export async function publicRoundOf(c: C): Promise<PanelRound> {
  const { db, actor } = c.get('ctx')
  return found(await readPanelRound(db, actor, idParam(c, 'round')))
}
