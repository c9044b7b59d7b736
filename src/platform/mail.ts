import nodemailer from 'nodemailer'
import { linkTo } from './address.ts'
import type { Db, Tx } from './db.ts'
import { newId } from './ids.ts'
import { fill, type Lang } from './text.ts'
import { platformWords } from './words/index.ts'

/** `once`: it carries a one-time link, so its text is kept only until it is sent. */
export type Letter = { to: { name: string; email: string }; subject: string; body: string; once?: boolean }

/** Whom a letter goes to, and the language that this person reads. */
export type Reader = { name: string; email: string; lang: Lang }
/** Whom to ask: a unit its local admin, a local admin and the national team the secretariat, somebody invited the inviter. */
export type Asked = 'local-admin' | 'secretariat' | 'inviter'
export const askedBy = (role: string): Asked => (role === 'unit' ? 'local-admin' : 'secretariat')

/**
 * A letter as every one of ours reads: greeting, what happened and what to do, the link to do it at (`path` is an
 * address of ours), whom to ask. All of it in the language of its reader: `body` and `subject` are given in it.
 */
export function letterTo(
  { name, email, lang }: Reader,
  { subject, body, path, ask }: { subject: string; body: string; path: string; ask: Asked },
): Letter {
  const w = platformWords(lang)
  const link = fill(w.mailLink, { link: linkTo(path) })
  const text = [fill(w.mailGreeting, { name }), body, link, w[`mailAsk-${ask}`], w.brand].join('\n\n')
  return { to: { name, email }, subject: subject.replace(/\s+/g, ' ').trim(), body: text }
}

/** Whether letters leave the machine. */
export const sendsMail = (): boolean => Boolean(process.env.SMTP_URL)

/** Put a letter in the outbox, in the transaction of the act it tells of. The worker sends it. */
export async function post(tx: Tx | Db, letters: readonly Letter[]): Promise<void> {
  const rows = letters.map(({ to, subject, body, once = false }) => ({
    id: newId(),
    to_email: to.email,
    to_name: to.name,
    subject,
    body,
    once,
  }))
  for (let from = 0; from < rows.length; from += 1000)
    await tx
      .insertInto('log.mail')
      .values(rows.slice(from, from + 1000))
      .execute()
}

/**
 * Send what waits. With SMTP_URL through that server; without one nothing leaves the machine, and the letters can be
 * read on the outbox page. A letter that fails is tried again at the next run, ten times.
 */
export async function sendWaiting(
  db: Db,
  smtp = process.env.SMTP_URL,
  from = process.env.MAIL_FROM ?? 'melayani@localhost',
): Promise<number> {
  if (!smtp) return 0
  const transport = nodemailer.createTransport(smtp)
  let sent = 0
  for (;;) {
    const letter = await db.transaction().execute(async (tx) => {
      const next = await tx
        .selectFrom('log.mail')
        .selectAll()
        .where('sent', 'is', null)
        .where('attempts', '<', 10)
        .orderBy('attempts')
        .orderBy('id')
        .limit(1)
        .forUpdate()
        .skipLocked()
        .executeTakeFirst()
      if (!next) return undefined
      const failure = await transport
        .sendMail({
          from,
          to: { name: next.to_name, address: next.to_email },
          subject: next.subject,
          text: next.body,
          messageId: `<${next.id}@melayani>`,
        })
        .then(
          () => null,
          (error: Error) => error.message,
        )
      const outcome =
        failure === null ? { sent: new Date(), failure: null, ...(next.once && { body: '' }) } : { failure }
      await tx
        .updateTable('log.mail')
        .set({ ...outcome, attempts: next.attempts + 1 })
        .where('id', '=', next.id)
        .execute()
      return { failure }
    })
    if (!letter || letter.failure !== null) return sent
    sent++
  }
}
