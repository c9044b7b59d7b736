import { Hono } from 'hono'
import { listRounds } from '#competition'
import { type Env, sharedPage } from '#platform/http.ts'
import { AnnouncementsPage } from '../pages/announcement.tsx'
import { listAnnounced } from '../store/announcement.ts'

export const announcements = new Hono<Env>()

announcements.get('/judging/announcements', async (c) => {
  const { db } = c.get('ctx')
  const announced = await listAnnounced(db)
  const at = (round: string, kind: string) =>
    announced.find((each) => each.round === round && each.kind === kind)?.announced
  const rounds = (await listRounds(db, { drafts: false })).flatMap(({ id, rules }) => {
    const shown = {
      id,
      name: rules.name[c.get('view').lang],
      finalists: at(id, 'finalists'),
      results: at(id, 'levels'),
    }
    return shown.finalists ? [shown] : []
  })
  return sharedPage(c, <AnnouncementsPage view={c.get('view')} rounds={rounds} />)
})
