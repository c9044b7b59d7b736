import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { fill, type Lang } from '#platform/text.ts'
import type { Book } from '../domain/field.ts'
import { type Filling, Glance, problemsOf, Thumb } from './_glance.tsx'
import type { Content } from './_phone.ts'
import { Question, type Typed } from './_question.tsx'
import { say } from './_words.ts'

/** What stands in the controls of a screen, as a page would send it. */
function collected(form: HTMLFormElement): Typed {
  const typed: Typed = {}
  for (const control of form.elements) {
    if (!(control instanceof HTMLInputElement || control instanceof HTMLSelectElement) || !control.name) continue
    const { name } = control
    if (name.endsWith('[]')) {
      const chosen = (control as HTMLInputElement).checked ? [control.value] : []
      typed[name.slice(0, -2)] = [...(typed[name.slice(0, -2)] ?? []), ...chosen]
    } else if (control.type === 'radio') {
      if ((control as HTMLInputElement).checked) typed[name] = control.value
    } else typed[name] = control.value
  }
  return typed
}

const rootOf = (name: string) => name.split('.')[0]!

/** A form on the phone: one group of questions a screen, the way on under the thumb, and at the end everything at a glance. */
export function Form({
  phone,
  engine,
  lang,
  w,
  draft: begun,
  book,
  carried,
  done,
}: Filling & { done: (kept: boolean) => void }) {
  const [draft, setDraft] = useState(begun)
  const [shown, setShown] = useState<Record<string, string>>({})
  const [despite, setDespite] = useState<Record<string, string>>({})
  const [reason, setReason] = useState('')
  const [leaving, setLeaving] = useState(false)
  const head = useRef<HTMLHeadingElement>(null)
  const form = useRef<HTMLFormElement>(null)
  const move = engine.movesOnPhone(book, carried).find(({ id }) => id === draft.move)
  const asked = book.pkg.forms.find(({ id }) => id === move?.form)
  const now = Date.now()
  const judged = useMemo(
    () => engine.judge(book, carried, move?.form, asked ? engine.answersOf(asked, draft.typed) : {}, now),
    [draft.typed],
  )
  const screens = engine.screensOf(asked?.fields ?? [], judged.asked)
  const at =
    draft.screen === 'review' || screens.length === 0 ? -1 : screens.findIndex((one) => one[0]!.id === draft.screen)
  const index = at < 0 && draft.screen !== 'review' && screens.length > 0 ? 0 : at
  const screen = screens[index]

  useEffect(() => head.current?.focus(), [index])
  // Kept at each change, without what is no longer agreed to.
  useEffect(() => {
    const timer = setTimeout(
      () => void phone.keepDraft({ ...draft, typed: without(draft.typed, judged.dropped) }, book.service),
      300,
    )
    return () => clearTimeout(timer)
  }, [draft])

  if (!move) return null
  const type = (typed: Typed) => {
    setDraft((before) => {
      const next = { ...before.typed, ...typed }
      const { dropped } = engine.judge(book, carried, move.form, asked ? engine.answersOf(asked, next) : {}, now)
      return { ...before, typed: without(next, dropped) }
    })
  }
  const go = (to: string) => {
    setShown({})
    setDraft({ ...draft, screen: to })
  }
  const onward = () => {
    const ids = new Set(screen?.map(({ id }) => id))
    const wrong = judged.errors.filter(({ field }) => ids.has(rootOf(field)))
    if (wrong.length > 0) {
      setShown(problemsOf(book, move.form, wrong, lang, w))
      const first = rootOf(wrong[0]!.field)
      document.getElementById(first)?.focus()
      return
    }
    go(screens[index + 1]?.[0]?.id ?? 'review')
  }
  const keep = async () => {
    const unsaid = judged.warnings.filter(({ rule }) => !despite[rule]?.trim())
    if (judged.errors.length > 0 || unsaid.length > 0 || (move.reasons.length > 0 && !reason)) {
      setShown(problemsOf(book, move.form, [...judged.errors, ...unsaid], lang, w))
      return
    }
    const answers = Object.fromEntries(
      Object.entries(judged.data).filter(([id]) => {
        const kind = asked?.fields.find((field) => field.id === id)?.type
        return kind !== 'calculated' && kind !== 'hidden'
      }),
    )
    const earlier = carried ? ((await phone.waitingByCase()).get(carried.id) ?? []) : []
    const content: Content = {
      report: {
        ...{ id: draft.id, service: book.service, release: book.release, case: carried?.id ?? null, answers },
        ...{ seen: carried?.seen ?? 0, after: earlier.map(({ id }) => id).filter((id) => id !== draft.id) },
        ...{ role: draft.role, move: move.id, at: Date.now(), ...(reason ? { reason } : {}) },
        despite: Object.fromEntries(judged.warnings.map(({ rule }) => [rule, despite[rule]!.trim()])),
      },
      typed: Object.fromEntries(Object.entries(draft.typed).filter(([name]) => rootOf(name) in answers)),
      title: draft.title,
    }
    const regions = asked?.fields.filter((field) => field.type === 'region').map(({ id }) => id) ?? []
    await phone.keepLast(
      book.service,
      Object.fromEntries(regions.flatMap((id) => (draft.typed[id] ? [[id, draft.typed[id]]] : []))),
    )
    await phone.add(content, engine.hashesIn(answers))
    done(true)
  }
  const around = {
    ...{ lang, w, typed: draft.typed, problems: shown, regions: book.regions, areas: book.areas },
    known: new Set(Object.keys(carried?.data ?? {})),
    put: (name: string, value: string) => type({ [name]: value }),
    addFile: (kind: string, blob: Blob) => phone.addFile(draft.id, book.service, kind, blob),
    showFile: (hash: string) => phone.fileOf(draft.id, book.service, hash),
  }
  const before = index > 0 ? screens[index - 1]![0]!.id : undefined
  const steps = { n: index < 0 ? screens.length + 1 : index + 1, of: screens.length + 1 }
  return (
    <>
      <header class="field-head">
        <p class="small soft">{fill(w.stepOf, steps)}</p>
        <progress max={steps.of} value={steps.n} aria-label={fill(w.stepOf, steps)} />
      </header>
      <h1 ref={head} tabindex={-1}>
        {screen ? draft.title : w.review}
      </h1>
      {leaving && (
        <div class="notice attention" role="alertdialog" aria-label={w.discardAsk}>
          <p>{w.discardAsk}</p>
          <div class="actions">
            <button
              type="button"
              class="danger"
              onClick={async () => {
                await phone.dropDraft(draft.id, draft.mends === true)
                done(false)
              }}
            >
              {w.discard}
            </button>
            <button type="button" class="quiet" onClick={() => setLeaving(false)}>
              {w.back}
            </button>
          </div>
        </div>
      )}
      {screen ? (
        <form
          key={screen[0]!.id}
          ref={form}
          novalidate
          onInput={({ currentTarget }) => type(collected(currentTarget))}
          onSubmit={(event) => {
            event.preventDefault()
            onward()
          }}
        >
          {screen.map((field) => (
            <>
              {book.pkg.purposes
                .filter(({ askedBy }) => askedBy === field.id)
                .map((purpose) => (
                  <div class="notice" key={purpose.id}>
                    <p class="small soft">{w.formConsent}</p>
                    <p>{say(purpose.text, lang)}</p>
                  </div>
                ))}
              <Question key={field.id} {...around} field={field} />
            </>
          ))}
          <Thumb>
            <button type="submit">{w.next}</button>
            <button type="button" class="quiet" onClick={() => (before ? go(before) : setLeaving(true))}>
              {before ? w.back : w.cancel}
            </button>
          </Thumb>
        </form>
      ) : (
        <form
          novalidate
          onSubmit={(event) => {
            event.preventDefault()
            void keep()
          }}
        >
          <Glance {...{ engine, book, lang, w, judged, go }} fields={asked?.fields ?? []} screens={screens} />
          {judged.errors.length > 0 && (
            <div class="notice bad" role="alert">
              <h2>{w.stillEmpty}</h2>
              <ul>
                {judged.errors.map(({ rule, field }) => (
                  <li key={rule}>
                    <button
                      type="button"
                      class="link"
                      onClick={() => {
                        const to = screens.find((one) => one.some(({ id }) => id === rootOf(field)))
                        if (to) go(to[0]!.id)
                      }}
                    >
                      {labelOf(book, rootOf(field), lang)}
                    </button>
                    : {Object.values(problemsOf(book, move.form, [{ rule, field, level: 'error' }], lang, w))[0]}
                  </li>
                ))}
              </ul>
            </div>
          )}
          {move.reasons.length > 0 && (
            <fieldset class="field">
              <legend>{w.reason}</legend>
              {move.reasons.map(({ id, label }) => (
                <label class="choice" key={id}>
                  <input type="radio" name="reason" checked={reason === id} onChange={() => setReason(id)} />
                  <span>{say(label, lang)}</span>
                </label>
              ))}
            </fieldset>
          )}
          {judged.warnings.map(({ rule, field }) => (
            <div class="notice attention" key={rule}>
              <p>{Object.values(problemsOf(book, move.form, [{ rule, field, level: 'warning' }], lang, w))[0]}</p>
              <label for={`despite-${rule}`}>{w.override}</label>
              <input
                id={`despite-${rule}`}
                maxLength={300}
                value={despite[rule] ?? ''}
                onInput={(e) => setDespite({ ...despite, [rule]: e.currentTarget.value })}
              />
            </div>
          ))}
          {judged.dropped.length > 0 && <p class="hint">{w.droppedNote}</p>}
          <Thumb>
            <button type="submit" disabled={judged.errors.length > 0}>
              {w.keep}
            </button>
            <button
              type="button"
              class="quiet"
              onClick={() => {
                const last = screens.at(-1)
                if (last) go(last[0]!.id)
                else setLeaving(true)
              }}
            >
              {screens.length > 0 ? w.back : w.cancel}
            </button>
          </Thumb>
        </form>
      )}
    </>
  )
}

const without = (typed: Typed, dropped: readonly string[]): Typed =>
  Object.fromEntries(Object.entries(typed).filter(([name]) => !dropped.includes(rootOf(name))))

const labelOf = (book: Book, id: string, lang: Lang) => {
  const field = book.pkg.forms.flatMap(({ fields }) => fields).find((one) => one.id === id)
  return field?.label ? say(field.label, lang) : id
}
