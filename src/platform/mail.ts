import nodemailer from 'nodemailer'
import type { Db, Tx } from './db.ts'
import { newId } from './ids.ts'

/** `once`: it carries a one-time link, so its text is kept only until it is sent. */
export type Letter = { to: { name: string; email: string }; subject: string; body: string; once?: boolean }

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
