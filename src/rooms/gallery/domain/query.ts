import { z } from 'zod'
import { families, statuses } from './innovation.ts'

/** What the address of a list may ask. Whatever cannot be read is as if it had not been asked: a shared link never breaks. */
const drop = <T extends z.ZodType>(type: T) => type.optional().catch(undefined)

export const querySchema = z.object({
  q: z.string().trim().max(200).catch('').default(''),
  province: drop(z.string().regex(/^(?:\d{2}|nasional)$/)),
  year: drop(z.coerce.number().int().min(1990).max(2100)),
  level: drop(z.enum(families)),
  category: drop(z.string().trim().min(1).max(200)),
  status: drop(z.enum(statuses)),
  goal: drop(z.coerce.number().int().min(1).max(17)),
  sort: z.enum(['relevance', 'newest', 'oldest', 'name']).optional().catch(undefined),
})
export type Query = z.infer<typeof querySchema>
export type Sort = NonNullable<Query['sort']>

/** The order asked for, or the sensible one: what fits best when words are searched, else the newest first. */
export const sortOf = (query: Query): Sort =>
  query.sort && (query.sort !== 'relevance' || query.q) ? query.sort : query.q ? 'relevance' : 'newest'

/** The query as it stands in an address; `changes` replace parts of it, and an undefined one drops the part. */
export function addressOf(
  path: string,
  query: Query,
  changes: Partial<Record<keyof Query | 'hal', unknown>> = {},
): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries({ ...query, ...changes }))
    if (value !== undefined && value !== '' && value !== null) search.set(key, String(value))
  return search.size > 0 ? `${path}?${search}` : path
}

/** A text with the places that matched, as the store marks them with two control characters. */
export type Piece = { text: string; hit: boolean }
export const hitStart = '\u0002'
export const hitEnd = '\u0003'

/** Cut a marked text into pieces, so that a page can write <mark> around the hits and escape everything. */
export function piecesOf(marked: string): Piece[] {
  return marked
    .split(hitStart)
    .flatMap((part, i) => {
      if (i === 0) return [{ text: part, hit: false }]
      const [hit = '', ...rest] = part.split(hitEnd)
      return [
        { text: hit, hit: true },
        { text: rest.join(''), hit: false },
      ]
    })
    .filter((piece) => piece.text !== '')
}
