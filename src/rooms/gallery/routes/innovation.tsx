import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { findFile, openFile } from '#platform/files.ts'
import { type C, type Env, found, pageNumber, sharedPage } from '#platform/http.ts'
import { readCode } from '../domain/innovation.ts'
import { addressOf, querySchema } from '../domain/query.ts'
import { besideOf } from '../gate.ts'
import { GalleryPage } from '../pages/list.tsx'
import { RecordPage } from '../pages/record.tsx'
import { may } from '../permissions.ts'
import { findByCode, listRelated } from '../store/innovation.ts'
import { count, listProvinces, putRight, search } from '../store/search.ts'

export const routes = new Hono<Env>()
const size = 20

routes.get('/gallery', async (c) => {
  const { db } = c.get('ctx')
  const typed = querySchema.parse(c.req.query())
  const at = { offset: (pageNumber(c) - 1) * size, limit: size }
  let query = typed
  let right: string | undefined
  let counts = await count(db, query)
  if (counts.total === 0 && typed.q) {
    // Only when nothing fits as typed: a correct rare word is never "put right".
    right = await putRight(db, typed.q)
    const again = right ? await count(db, { ...typed, q: right }) : undefined
    if (right && again && again.total > 0) {
      query = { ...typed, q: right }
      counts = again
    } else right = undefined
  }
  if (at.offset > 0 && at.offset >= counts.total) return c.redirect(addressOf('/gallery', typed), 303)
  const [results, provinces] = await Promise.all([search(db, query, at), listProvinces(db)])
  const list = { found: results, ...counts, query: typed, right, page: pageNumber(c), size, provinces }
  return sharedPage(c, <GalleryPage view={c.get('view')} list={list} />)
})

/** The code in the address; one written another way ("mi-12") leads to the right address. */
export function codeParam(c: C): string {
  const code = readCode(c.req.param('code') ?? '')
  if (!code) throw new HTTPException(404)
  return code
}

routes.get('/gallery/:code', async (c) => {
  const { db } = c.get('ctx')
  const code = codeParam(c)
  if (code !== c.req.param('code')) return c.redirect(`/gallery/${code}`, 301)
  const { innovation, awards } = found(await findByCode(db, code))
  const related = await listRelated(db, innovation.id)
  const beside = await besideOf(db, c.get('view'), code)
  const address = new URL(`/gallery/${code}`, c.req.url).href
  return sharedPage(
    c,
    <RecordPage
      view={c.get('view')}
      innovation={innovation}
      awards={awards}
      related={related}
      address={address}
      beside={beside}
      keeps={may.sayStatus(c.get('ctx').actor, innovation)}
    />,
  )
})

/** A photo of the story, by its place. No other file of the house has an address here. */
routes.get('/gallery/:code/photos/:place{[1-9]\\d?}', async (c) => {
  const { db } = c.get('ctx')
  const { innovation } = found(await findByCode(db, codeParam(c)))
  const photo = found(innovation.photos[Number(c.req.param('place')) - 1])
  const file = found(await findFile(db, photo.file))
  if (!file.type.startsWith('image/')) throw new HTTPException(404)
  const bytes = found(await openFile(c.get('files'), file.id))
  c.header('Content-Type', file.type)
  if (!c.req.header('cookie')) c.header('Cache-Control', 'public, max-age=86400')
  return c.body(Readable.toWeb(bytes) as ReadableStream)
})
