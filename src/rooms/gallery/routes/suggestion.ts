import { Hono } from 'hono'
import type { Env } from '#platform/http.ts'
import { withinLimit } from '#platform/limit.ts'
import { hrefOf, type Suggestion, suggestFrom } from '../domain/suggestion.ts'
import { countOf } from '../pages/parts.tsx'
import { suggest } from '../store/suggestion.ts'
import { categoriesCalled, categoryText } from '../text/categories.ts'
import { words } from '../text/index.ts'

export const routes = new Hono<Env>()

/** Offered while one types; 600 a minute for an address, behind which may stand a whole office. */
routes.get('/gallery/suggest', async (c) => {
  const { db } = c.get('ctx')
  const { lang } = c.get('view')
  const q = (c.req.query('q') ?? '').trim()
  if (q.length < suggestFrom) return c.json([])
  if (!(await withinLimit(db, `suggest:address:${c.get('address')}`, 600, 60))) return c.json([], 429)
  const w = words(lang)
  const found = (await suggest(db, q, lang === 'en' ? categoriesCalled(q) : [])).map((row): Suggestion => {
    const { kind, text, code, note } = row
    const kindName = kind === 'agency' ? w.agency : w.category
    return {
      kind,
      text: kind === 'category' ? categoryText(text, lang) : text,
      note:
        kind === 'innovation'
          ? [code, note].filter(Boolean).join(' · ')
          : `${kindName} · ${countOf(Number(note), lang)}`,
      href: hrefOf(row),
    }
  })
  c.header('Cache-Control', 'private, max-age=60')
  c.header('Vary', 'Cookie')
  return c.json(found)
})
