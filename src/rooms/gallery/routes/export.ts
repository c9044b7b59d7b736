import { Hono } from 'hono'
import { stream } from 'hono/streaming'
import type { Db } from '#platform/db.ts'
import type { Env } from '#platform/http.ts'
import type { ApiInnovation } from '../domain/api.ts'
import { csvHead, csvLine, csvLines } from '../domain/csv.ts'
import { type Query, querySchema } from '../domain/query.ts'
import { listByCode } from '../store/export.ts'

export const routes = new Hono<Env>()

/** Everything a list holds, 500 at a time, so that the whole gallery leaves without standing in memory. */
async function* everything(db: Db, query: Query, address: string): AsyncGenerator<ApiInnovation[]> {
  let after: string | undefined
  for (;;) {
    const page = await listByCode(db, query, { after, limit: 500, address })
    if (page.length > 0) yield page
    if (page.length < 500) return
    after = page.at(-1)!.code
  }
}

routes.get('/gallery/export.csv', (c) => {
  const query = querySchema.parse(c.req.query())
  c.header('Content-Type', 'text/csv; charset=utf-8')
  c.header('Content-Disposition', 'attachment; filename="melayani-inovasi.csv"')
  return stream(c, async (out) => {
    // The mark tells spreadsheets that it is UTF-8.
    await out.write(`\uFEFF${csvLine(csvHead)}`)
    for await (const page of everything(c.get('ctx').db, query, new URL(c.req.url).origin))
      await out.write(page.map(csvLines).join(''))
  })
})

routes.get('/gallery/export.json', (c) => {
  const query = querySchema.parse(c.req.query())
  c.header('Content-Type', 'application/json; charset=utf-8')
  c.header('Content-Disposition', 'attachment; filename="melayani-inovasi.json"')
  return stream(c, async (out) => {
    let first = true
    await out.write('[')
    for await (const page of everything(c.get('ctx').db, query, new URL(c.req.url).origin))
      for (const each of page) {
        await out.write(`${first ? '\n' : ',\n'}${JSON.stringify(each)}`)
        first = false
      }
    await out.write('\n]\n')
  })
})
