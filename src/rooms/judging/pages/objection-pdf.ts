import { fill, formatDateTime } from '#platform/text.ts'
import { openPaper, type PaperView } from '#platform/ui/paper.ts'
import type { Objection } from '../domain/objection.ts'
import { panelWords } from '../text/panel.ts'

/** The receipt of an objection on paper: number, code, when, about what, and the answer once there is one. Never who objected. */
export function drawObjectionReceipt(
  { number, received, outcome, answer, answered, title }: Objection & { title: string },
  code: string,
  { lang, demo, address }: PaperView,
): Promise<Uint8Array<ArrayBuffer>> {
  const w = panelWords(lang)
  const moment = (at: Date) => formatDateTime(at, lang, 'WIB', true)
  const state = { upheld: w.receiptUpheld, rejected: w.receiptRejected }
  const paper = openPaper({ lang, title: fill(w.receiptTitle, { number }), number, at: received, demo })
  paper.paragraph(w.receiptSave)
  paper.facts([
    [w.receiptCode, code],
    [w.receiptReceived, moment(received)],
    [w.receiptAbout, title],
    [w.receiptState, outcome ? state[outcome] : w.receiptWaiting],
  ])
  if (answer && answered) {
    paper.heading(`${w.receiptAnswer} (${moment(answered)})`)
    paper.quote(answer)
  }
  paper.check(address, w.receiptFollow)
  return paper.close()
}
