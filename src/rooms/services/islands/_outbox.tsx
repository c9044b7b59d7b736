import { useEffect, useState } from 'preact/hooks'
import { fill, formatDateTime, formatTime, type Lang } from '#platform/text.ts'
import { problemsOf, Thumb } from './_glance.tsx'
import type { Tell } from './_home.tsx'
import type { Content, Draft, Phone } from './_phone.ts'
import * as shelf from './_shelf.ts'
import type { FieldWords } from './_words.ts'

const page = 25
type Shown = { stored: shelf.Stored; content: Content | undefined }

/** Every report of this phone, newest first, a page at a time: what became of it, and what to do. */
export function Outbox({
  phone,
  lang,
  w,
  tell,
  back,
  begin,
  send,
}: {
  phone: Phone
  lang: Lang
  w: FieldWords
  tell: Tell
  back: () => void
  begin: (draft: Draft) => Promise<void>
  send: () => Promise<void>
}) {
  const [shown, setShown] = useState<Shown[]>([])
  const [more, setMore] = useState(false)
  const read = async (before: number) => {
    const stored = await shelf.listReports(before, page)
    setMore(stored.length === page)
    return Promise.all(
      stored.map(async (one) => ({ stored: one, content: await phone.open(one).catch(() => undefined) })),
    )
  }
  useEffect(() => {
    void read(Number.MAX_SAFE_INTEGER).then(setShown)
  }, [tell.turn])

  /** The report again as a draft, on what is known of its case now. */
  const mend = async ({ stored, content }: Shown) => {
    const { report, typed, title } = content!
    const carried = phone.cases.find(({ id }) => id === report.case)
    const wanted = carried?.release ?? phone.books.find((b) => b.service === report.service && b.current)?.release
    const book =
      phone.books.find((one) => one.service === report.service && one.release === wanted) ??
      phone.books.find((one) => one.service === report.service)
    if (!book) return
    const draft = { carried: report.case, move: report.move, role: report.role, typed, title }
    await begin({ ...draft, id: stored.id, book: book.name, screen: '', mends: true })
  }
  return (
    <>
      <h1>{w.reports}</h1>
      {shown.length === 0 && <p>{w.noReports}</p>}
      <ol class="plain field-cases">
        {shown.map((one) => (
          <Item
            key={one.stored.id}
            {...{ one, phone, lang, w }}
            mend={() => void mend(one)}
            discard={async () => {
              await shelf.dropReport(one.stored.id)
              setShown(shown.filter((other) => other !== one))
            }}
          />
        ))}
      </ol>
      {more && (
        <button
          type="button"
          class="quiet"
          onClick={async () => setShown([...shown, ...(await read(shown.at(-1)!.stored.n))])}
        >
          {w.more}
        </button>
      )}
      <Thumb>
        <button type="button" onClick={() => void send()} disabled={tell.sending !== undefined}>
          {w.sendNow}
        </button>
        <button type="button" class="quiet" onClick={back}>
          {w.back}
        </button>
      </Thumb>
    </>
  )
}

function Item({
  one: { stored, content },
  phone,
  lang,
  w,
  mend,
  discard,
}: {
  one: Shown
  phone: Phone
  lang: Lang
  w: FieldWords
  mend: () => void
  discard: () => Promise<void>
}) {
  const [asking, setAsking] = useState(false)
  const said = w as Record<string, string>
  if (!content) return <li>{w['st-sealed']}</li>
  const { report, title, receipt, refused, held } = content
  const book = phone.books.find(({ service }) => service === report.service)
  const zone = book?.zone ?? 'WIB'
  const move = book?.pkg.flows.flatMap(({ moves }) => moves).find(({ id }) => id === report.move)
  const problems = book && refused ? problemsOf(book, move?.form, refused.objections, lang, w) : {}
  const why = refused ? [said[refused.refusal] ?? refused.refusal, ...Object.values(problems)].join(' ') : ''
  const sentence =
    stored.state === 'done' && receipt
      ? fill(w['st-done'], { time: formatTime(new Date(receipt.received), lang, zone), number: receipt.number })
      : stored.state === 'refused'
        ? fill(w['st-refused'], { why })
        : stored.state === 'held'
          ? fill(w['st-held'], { why: said[`held-${held}`] ?? '' })
          : w['st-waiting']
  return (
    <li>
      <b>{title}</b>
      <p class={stored.state === 'refused' ? 'problem' : undefined}>{sentence}</p>
      <p class="hint">
        {fill(w.capturedAt, { time: formatDateTime(new Date(report.at), lang, zone) })}
        {receipt && receipt.off !== 0 && ` ${fill(w.clockOff, { n: Math.abs(receipt.off) })}`}
      </p>
      {refused && (
        <>
          <p>{said[`do-${refused.refusal}`] ?? ''}</p>
          <div class="actions">
            <button type="button" onClick={mend}>
              {w.mend}
            </button>
            <button type="button" class="danger" onClick={() => setAsking(true)}>
              {w.discard}
            </button>
            {report.case && <a href={`/services/cases/${report.case}`}>{w.openOnline}</a>}
          </div>
          {asking && (
            <div class="notice attention" role="alertdialog" aria-label={w.discardAsk}>
              <p>{w.discardAsk}</p>
              <div class="actions">
                <button type="button" class="danger" onClick={() => void discard()}>
                  {w.discard}
                </button>
                <button type="button" class="quiet" onClick={() => setAsking(false)}>
                  {w.back}
                </button>
              </div>
            </div>
          )}
        </>
      )}
    </li>
  )
}
