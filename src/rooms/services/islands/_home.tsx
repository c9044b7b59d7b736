import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { fill, formatDateTime, type Lang } from '#platform/text.ts'
import type { Book, Carried, Report } from '../domain/field.ts'
import { Thumb } from './_glance.tsx'
import type { Draft, Phone } from './_phone.ts'
import type { Typed } from './_question.tsx'
import * as shelf from './_shelf.ts'
import { type FieldWords, say } from './_words.ts'

/** What the app has to say beside its screens. */
export type Tell = {
  line: 'online' | 'offline'
  sending?: { n: number; of: number } | undefined
  said?: 'failed' | 'later' | 'sign-in' | undefined
  sealed?: number
  gone?: boolean
  /** A report was just kept. */
  kept?: boolean
  /** Counts what happened, so that figures are read again. */
  turn?: number
}

type Engine = NonNullable<typeof globalThis.melayaniEngine>
const page = 30
const none: readonly Report[] = []

/** A fresh draft of a move, with what was answered last time to questions that are always the same. */
function draftOf(
  book: Book,
  role: string,
  move: { id: string; names: Record<string, string> },
  lang: Lang,
  carried?: Carried,
  typed: Typed = {},
): Draft {
  const title = carried ? `${say(move.names, lang)} · ${carried.number}` : say(move.names, lang)
  return {
    ...{ id: crypto.randomUUID(), book: book.name, carried: carried?.id ?? null, move: move.id, role },
    ...{ typed, screen: '', title },
  }
}

/** What can be done now, large and within reach; what waits to be sent; and the cases that were handed to this person. */
export function Home({
  top,
  phone,
  engine,
  lang,
  w,
  tell,
  begin,
  send,
  outbox,
  lock,
  leave,
}: {
  top: ComponentChildren
  phone: Phone
  engine: Engine
  lang: Lang
  w: FieldWords
  tell: Tell
  begin: (draft: Draft) => Promise<void>
  send: () => Promise<void>
  outbox: () => void
  lock: () => void
  leave: () => Promise<void>
}) {
  const [count, setCount] = useState({ waiting: 0, refused: 0 })
  const [draft, setDraft] = useState<Draft | undefined>()
  const [wanted, setWanted] = useState('')
  const [most, setMost] = useState(page)
  const [leaving, setLeaving] = useState(false)
  const [steps, setSteps] = useState<ReadonlyMap<string, readonly Report[]>>(new Map())
  useEffect(() => {
    void (async () => {
      setCount({ waiting: await shelf.countState('waiting'), refused: await shelf.countState('refused') })
      setSteps(await phone.waitingByCase())
      const found = await phone.draft()
      setDraft(found && phone.books.some(({ name }) => name === found.book) ? found : undefined)
    })()
  }, [tell.turn])

  const opens = phone.books
    .filter(({ current }) => current)
    .flatMap((book) => engine.movesOnPhone(book).map((move) => ({ book, move })))
  const fresh = async (book: Book, move: (typeof opens)[number]['move']) => {
    const role = move.roles.find((one) => book.roles.includes(one))!
    await begin(draftOf(book, role, move, lang, undefined, await phone.last(book.service)))
  }
  const step = async (carried: Carried, book: Book, move: (typeof opens)[number]['move']) => {
    const role = move.roles.find((one) => book.roles.includes(one))!
    const form = book.pkg.forms.find(({ id }) => id === move.form)
    await begin(draftOf(book, role, move, lang, carried, form ? engine.typedOf(form, carried.data) : {}))
  }
  const cases = phone.cases.filter(({ number }) => number.toLowerCase().includes(wanted.trim().toLowerCase()))
  return (
    <>
      {top}
      <h1>{w.fieldTitle}</h1>
      <p role="status" class={tell.line === 'offline' ? 'field-line off' : 'field-line'}>
        <b>{tell.line === 'offline' ? w.offline : w.online}</b> ·{' '}
        {tell.sending
          ? fill(w.sending, { n: tell.sending.n, of: tell.sending.of })
          : count.waiting > 0
            ? fill(w.waiting, { n: count.waiting })
            : w.nothingWaiting}
      </p>
      {tell.kept && count.waiting > 0 && <p class="notice good">{w.keptHere}</p>}
      {tell.gone && <p class="notice attention">{w.roleGone}</p>}
      {tell.said === 'failed' && count.waiting > 0 && <p class="notice attention">{w.sendFailed}</p>}
      {tell.said === 'sign-in' && (
        <p class="notice attention">
          {w.signInToSend} <a href="/masuk?ke=/services/field">{w.signIn}</a>
        </p>
      )}
      {(tell.sealed ?? 0) > 0 && <p class="notice">{fill(w.sealedCount, { n: tell.sealed! })}</p>}
      {count.refused > 0 && (
        <p class="notice attention">
          <button type="button" class="link" onClick={outbox}>
            {fill(w.refusedCount, { n: count.refused })}
          </button>
        </p>
      )}
      {phone.cases.length > 0 && (
        <section>
          <h2>{w.myCases}</h2>
          {phone.cases.length > 5 && (
            <div class="field">
              <label for="find">{w.findCase}</label>
              <input id="find" type="search" value={wanted} onInput={(e) => setWanted(e.currentTarget.value)} />
            </div>
          )}
          <ul class="plain field-cases">
            {cases.slice(0, most).map((carried) => (
              <CaseItem
                key={carried.id}
                {...{ carried, phone, engine, lang, w, step }}
                steps={steps.get(carried.id) ?? none}
              />
            ))}
          </ul>
          {cases.length > most && (
            <button type="button" class="quiet" onClick={() => setMost(most + page)}>
              {w.more}
            </button>
          )}
        </section>
      )}
      {opens.length === 0 && phone.cases.length === 0 && <p>{w.noForms}</p>}
      <div class="field-more">
        <button type="button" class="link" onClick={outbox}>
          {w.reports}
        </button>
        <button type="button" class="link" onClick={lock}>
          {w.lock}
        </button>
        <button type="button" class="link" onClick={() => setLeaving(true)}>
          {w.leave}
        </button>
      </div>
      {leaving && (
        <div class="notice attention" role="alertdialog" aria-label={w.leave}>
          <p>{fill(w.leaveAsk, { n: count.waiting })}</p>
          <div class="actions">
            <button type="button" class="danger" onClick={() => void leave()}>
              {w.leaveNow}
            </button>
            <button type="button" class="quiet" onClick={() => setLeaving(false)}>
              {w.back}
            </button>
          </div>
        </div>
      )}
      <Thumb>
        {draft && (
          <button type="button" onClick={() => void begin(draft)}>
            {fill(w.draftGoOn, { name: draft.title })}
          </button>
        )}
        {!draft &&
          opens.map(({ book, move }) => (
            <button type="button" key={`${book.service}:${move.id}`} onClick={() => void fresh(book, move)}>
              {fill(w.newReport, { name: say(book.pkg.manifest.names, lang) })}
            </button>
          ))}
        {count.waiting > 0 && (
          <button type="button" class="quiet" disabled={tell.sending !== undefined} onClick={() => void send()}>
            {w.sendNow}
          </button>
        )}
      </Thumb>
    </>
  )
}

function CaseItem({
  carried: handed,
  phone,
  engine,
  lang,
  w,
  step,
  steps,
}: {
  carried: Carried
  phone: Phone
  engine: Engine
  lang: Lang
  w: FieldWords
  step: (carried: Carried, book: Book, move: ReturnType<Engine['movesOnPhone']>[number]) => Promise<void>
  /** What waits here for it. */
  steps: readonly Report[]
}) {
  const book = phone.books.find(({ service, release }) => service === handed.service && release === handed.release)
  const carried = useMemo(() => (book ? engine.advanced(book, handed, steps) : handed), [handed, steps])
  if (!book) return null
  const state = book.pkg.flows.find(({ id }) => id === carried.flow)?.states.find(({ id }) => id === carried.state)
  const area = book.regions.find(({ code }) => code === carried.area)?.name
  return (
    <li>
      <b>{carried.number}</b> · {state ? say(state.names, lang) : carried.state}
      {area && ` · ${area}`}
      {steps.length > 0 && <span class="hint"> {fill(w.waiting, { n: steps.length })}</span>}
      {carried.due !== null && (
        <p class="hint">
          {w.due}: {formatDateTime(new Date(carried.due), lang, book.zone)}
        </p>
      )}
      <div class="actions">
        {engine.movesOnPhone(book, carried).map((move) => (
          <button
            type="button"
            class="quiet"
            key={move.id}
            aria-label={`${say(move.names, lang)}, ${carried.number}`}
            onClick={() => void step(carried, book, move)}
          >
            {say(move.names, lang)}
          </button>
        ))}
      </div>
    </li>
  )
}
