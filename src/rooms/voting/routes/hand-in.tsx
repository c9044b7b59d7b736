import { createHash } from 'node:crypto'
import { joinParts } from '@melayani/polling/print'
import { Hono } from 'hono'
import { type C, type Env, type Form, flash, page, readForm } from '#platform/http.ts'
import type { Problem, Problems } from '#platform/problems.ts'
import { HandInPage } from '../pages/hand-in.tsx'
import { words } from '../text/index.ts'
import { takeAll, takeFile, withinResults } from './intake.ts'
import { upload } from './parts.ts'

export const routes = new Hono<Env>()

/** Where the house shows what it knows by this hash: the polling place, and whether it counts. */
const shownAt = (hash: string) => `/voting/check?hash=${hash}`

routes.get('/voting/hand-in', (c) => page(c, <HandInPage view={c.get('view')} />))

/** For people with a stick or codes: the same judgement as for what a station sends itself. Whoever brings it is nobody. */
routes.post('/voting/hand-in', async (c) => {
  const { form } = await readForm(c)
  const given = await upload(c, 'file')
  if (given) {
    const { bytes } = given
    // A result is JSON, a record is not.
    if (bytes[0] === 0x7b) return takeText(c, form, 'file', bytes.toString('utf8'))
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const took = await takeFile(c, sha256, bytes.length, once(bytes), true)
    if ('refused' in took) return again(c, form, { file: { code: `hand-in-${took.refused}` } })
    flash(c, words(c.get('view').lang).handInTaken)
    return c.redirect(shownAt(sha256), 303)
  }
  const lines = String(form.codes ?? '').split('\n')
  const codes = lines.map((line) => line.trim()).filter((line) => line !== '')
  if (codes.length === 0) return again(c, form, { codes: { code: 'hand-in-nothing' } })
  const joined = joinParts(codes)
  if (joined.ok && joined.kind === 'RESULT') return takeText(c, form, 'codes', joined.text)
  return again(c, form, { codes: whyNot(joined) })
})

async function* once(bytes: Uint8Array) {
  yield bytes
}

function whyNot(joined: ReturnType<typeof joinParts>): Problem {
  if (joined.ok) return { code: 'hand-in-other' }
  if ('missing' in joined) return { code: 'hand-in-missing', limit: joined.missing.join(', ') }
  return { code: `hand-in-${joined.wrong}` }
}

async function takeText(c: C, form: Form, field: 'file' | 'codes', text: string) {
  const { db, clock } = c.get('ctx')
  if (!(await withinResults(c))) return again(c, form, {}, 'take-too-many', 429)
  const [took] = await takeAll(db, clock, [jsonOf(text)])
  if (!took || 'refusal' in took)
    return again(c, form, { [field]: { code: `take-${took?.refusal ?? 'not-a-result'}` } })
  flash(c, words(c.get('view').lang)[took.new ? 'handInTaken' : 'handInKnown'])
  return c.redirect(shownAt(took.hash), 303)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const again = (c: C, typed: Form, problems: Problems, refusal?: string, status: 422 | 429 = 422) =>
  page(c, <HandInPage view={c.get('view')} typed={typed} problems={problems} refusal={refusal} />, status)
