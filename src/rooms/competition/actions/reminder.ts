import type { Db } from '#platform/db.ts'
import { askedBy, type Letter, letterTo, post } from '#platform/mail.ts'
import { fill, formatDate } from '#platform/text.ts'
import { reminderDue } from '../domain/reminder.ts'
import type { Rules } from '../domain/round.ts'
import * as store from '../store/reminder.ts'
import { findRound } from '../store/round.ts'
import { words } from '../text/index.ts'
import { threeZones } from './letters.ts'

/**
 * Remind everybody who still holds an unsubmitted proposal, 7, 3 and 1 days before the closing: one letter a person, with
 * each proposal, with whom it lies and since when. Run as often as one likes, nobody is told the same twice; an extended
 * deadline is told anew. Returns how many letters were written.
 */
export async function remindOfDeadlines(db: Db, now: Date): Promise<number> {
  let letters = 0
  for (const { id, closes } of await store.listClosing(db, now)) {
    const days = reminderDue(closes, now)
    if (days === undefined) continue
    letters += await db.transaction().execute(async (tx) => {
      const round = await findRound(tx, id)
      const waiting = Map.groupBy(await store.listWaiting(tx, id), (row) => row.person)
      const fresh = await store.noteReminded(tx, { round: id, closes, days, at: now }, [...waiting.keys()])
      const posted = [...fresh].map((person) => reminderLetter(waiting.get(person)!, round!.rules, closes, days))
      await post(tx, posted)
      return posted.length
    })
  }
  return letters
}

export function reminderLetter(rows: readonly store.Waiting[], rules: Rules, closes: Date, days: number): Letter {
  const { lang } = rows[0]!
  const w = words(lang)
  const list = rows
    .map((row) =>
      fill(w.reminderLine, {
        title: row.title,
        unit: row.unitName,
        where: w[`state-${row.state}`],
        since: formatDate(row.since, lang),
      }),
    )
    .join('\n')
  const values = { days, round: rules.name[lang], closes: threeZones(closes, lang), list }
  return letterTo(rows[0]!, {
    subject: fill(w['letter-reminder-subject'], values),
    body: fill(w['letter-reminder'], values),
    path: rows[0]!.role === 'unit' ? '/competition/proposals' : '/competition/inbox',
    ask: askedBy(rows[0]!.role),
  })
}
