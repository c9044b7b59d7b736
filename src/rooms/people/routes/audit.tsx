import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { eventTitle, knownEvents, tellEvent } from '#platform/events.ts'
import { type C, type Env, found, idParam, page, pageNumber } from '#platform/http.ts'
import { isId } from '#platform/ids.ts'
import { sendsMail } from '#platform/mail.ts'
import { AuditPage, LetterPage, OutboxPage } from '../pages/audit.tsx'
import { may } from '../permissions.ts'
import { findLetter, listEvents, listLetters } from '../store/audit.ts'
import { only } from './parts.ts'

export const audit = new Hono<Env>()
const size = 50

/** A calendar day as typed (2017-02-28) as the instant it begins in Jakarta; undefined when it is none. */
function dayIn(text: string | undefined): Date | undefined {
  const day = /^\d{4}-\d\d-\d\d$/.test(text ?? '') ? new Date(`${text}T00:00:00+07:00`) : undefined
  return day && !Number.isNaN(day.getTime()) ? day : undefined
}

audit.get('/people/audit', async (c) => {
  const actor = only(c, may.seeAudit)
  const view = c.get('view')
  const catalogue = knownEvents()
  const names = Object.keys(catalogue)
    .map((name) => ({ name, title: eventTitle(catalogue, name, view.lang) }))
    .sort((a, b) => a.title.localeCompare(b.title, view.lang))
  const asked = Object.fromEntries(
    (['what', 'who', 'subject', 'from', 'to', 'before'] as const).flatMap((key) => {
      const text = c.req.query(key)?.trim().slice(0, 100)
      return text ? [[key, text]] : []
    }),
  )
  // A subject that is no id fits nothing; it is shown again as it was typed.
  const nothing = asked.subject !== undefined && !isId(asked.subject)
  const from = dayIn(asked.from)
  const until = dayIn(asked.to)
  const filter = {
    ...(asked.what && { what: asked.what }),
    ...(asked.who && { who: asked.who }),
    ...(asked.subject && { subject: asked.subject }),
    ...(from && { from }),
    // The last day counts whole.
    ...(until && { to: new Date(until.getTime() + 86_400_000) }),
    ...(/^\d{1,18}$/.test(asked.before ?? '') && { before: asked.before! }),
  }
  const rows = nothing ? [] : await listEvents(c.get('ctx').db, actor, filter, size + 1)
  const shown = rows.slice(0, size).map((row) => ({ ...row, sentence: tellEvent(catalogue, row, view.lang) }))
  const older = rows.length > size ? shown.at(-1)!.id : undefined
  const { before: _, ...kept } = asked
  return page(c, <AuditPage view={view} rows={shown} names={names} filter={kept} older={older} />)
})

/** Letters can be read only in the demo and only while none leaves the machine: they carry one-time links. */
const isReadable = (c: C) => c.get('view').demo && !sendsMail()

audit.get('/people/outbox', async (c) => {
  const actor = only(c, may.seeOutbox)
  const number = pageNumber(c)
  const list = await listLetters(c.get('ctx').db, actor, number, size)
  const shown = { ...list, page: number, size, readable: isReadable(c), sends: sendsMail() }
  return page(c, <OutboxPage view={c.get('view')} {...shown} />)
})

audit.get('/people/outbox/:mail', async (c) => {
  const actor = only(c, may.seeOutbox)
  const id = idParam(c, 'mail')
  if (!isReadable(c)) throw new HTTPException(404)
  const letter = found(await findLetter(c.get('ctx').db, actor, id))
  c.header('Cache-Control', 'no-store')
  return page(c, <LetterPage view={c.get('view')} letter={letter} />)
})
