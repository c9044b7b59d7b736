import { render } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Lang } from '#platform/text.ts'
import { Form } from './_form.tsx'
import { Home, type Tell } from './_home.tsx'
import { Outbox } from './_outbox.tsx'
import { contact, type Draft, handIn, Phone, post } from './_phone.ts'
import { Gate, Pin } from './_pin.tsx'
import * as shelf from './_shelf.ts'
import { words } from './_words.ts'

/** Ms without a touch after which the phone locks itself. */
const idle = 5 * 60_000

type Screen =
  | { at: 'opening' | 'old' | 'sign-in' }
  | { at: 'choose-pin'; given: { device: string; token: string; person: string } }
  | { at: 'locked'; known: shelf.Known }
  | { at: 'home' | 'outbox' | 'gone' }
  | { at: 'form'; draft: Draft; carried: Parameters<typeof Form>[0]['carried'] }

/** Every phone that this browser has been, with what it shows to hand in what is sealed. */
async function tokens(): Promise<Map<string, string>> {
  return new Map((await shelf.readMeta<[string, string][]>('tokens')) ?? [])
}

/** Sign in as a phone. Without a signal, or without a session, there is none. */
async function enrol(): Promise<{ device: string; token: string; person: string } | undefined> {
  const last = await shelf.readMeta<{ device: string; token: string; person: string }>('last')
  const answer = await fetch('/services/field/device', post(last ? { device: last.device } : {})).catch(() => undefined)
  if (!answer?.ok) return undefined
  const given = (await answer.json()) as { device: string; token?: string; person: string }
  const token = given.token ?? last?.token
  if (!token) return undefined
  const all = (await tokens()).set(given.device, token)
  await shelf.writeMeta('tokens', [...all])
  return { ...given, token }
}

/** Signed out while there was no signal: the server hears of it now. */
async function leaveLate(): Promise<void> {
  if (!(await shelf.readMeta<boolean>('leaving'))) return
  const form = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } }
  const answer = await fetch('/keluar', { ...form, redirect: 'manual' }).catch(() => undefined)
  if (answer) await shelf.writeMeta('leaving', false)
}

function loadEngine(src: string): Promise<void> {
  if (globalThis.melayaniEngine) return Promise.resolve()
  return new Promise((done, failed) => {
    const script = document.createElement('script')
    script.type = 'module'
    script.src = src
    script.onload = () => done()
    script.onerror = () => failed(new Error('engine'))
    document.head.append(script)
  })
}

function App({ engineSrc }: { engineSrc: string }) {
  const [lang, setLang] = useState<Lang>(
    (localStorage.getItem('field-lang') as Lang | null) ?? (document.documentElement.lang === 'en' ? 'en' : 'id'),
  )
  const [screen, setScreen] = useState<Screen>({ at: 'opening' })
  const [tell, setTell] = useState<Tell>({ line: navigator.onLine ? 'online' : 'offline' })
  const phone = useRef<Phone | undefined>(undefined)
  const busy = useRef(false)
  const w = words(lang)

  const start = async () => {
    await leaveLate()
    const known = await shelf.readMeta<shelf.Known>('known')
    if (known) {
      const heard = await contact(known.token)
      const sealed = await handIn(await tokens())
      setTell((before) => ({ ...before, sealed, ...(heard && heard.lost.length > 0 ? { gone: true } : {}) }))
      if (!heard?.signedOut) return setScreen({ at: 'locked', known })
    } else if ((await shelf.countState('sealed')) > 0) await handIn(await tokens())
    const given = await enrol()
    setScreen(given ? { at: 'choose-pin', given } : { at: 'sign-in' })
  }

  useEffect(() => {
    document.documentElement.lang = lang
    document.title = `${w.fieldTitle} · Melayani`
    localStorage.setItem('field-lang', lang)
  }, [lang])

  useEffect(() => {
    const able = 'indexedDB' in window && crypto.subtle !== undefined && 'serviceWorker' in navigator
    if (!able) return setScreen({ at: 'old' })
    void navigator.serviceWorker.register('/services/field/worker.js', { scope: '/services/field' }).catch(() => {})
    void navigator.storage?.persist?.()
    void start().catch(() => setScreen({ at: 'old' }))
    const line = () => {
      setTell((before) => ({ ...before, line: navigator.onLine ? 'online' : 'offline' }))
      if (navigator.onLine) void send()
    }
    addEventListener('online', line)
    addEventListener('offline', line)
    let touched = Date.now()
    const touch = () => {
      touched = Date.now()
    }
    for (const name of ['pointerdown', 'keydown', 'input']) addEventListener(name, touch, { passive: true })
    const watch = setInterval(async () => {
      if (!phone.current) return
      if (Date.now() - touched > idle) return lock()
      if ((await shelf.countState('waiting')) > 0) await send()
    }, 15_000)
    return () => clearInterval(watch)
  }, [])

  const lock = async () => {
    phone.current = undefined
    const known = await shelf.readMeta<shelf.Known>('known')
    setScreen(known ? { at: 'locked', known } : { at: 'sign-in' })
  }

  /** Send what waits and fetch what is new, one after the other and never twice at once. */
  const send = async () => {
    const open = phone.current
    if (!open || busy.current) return
    busy.current = true
    try {
      const of = await shelf.countState('waiting')
      const sent = await open.sync((n) => setTell((before) => ({ ...before, sending: { n, of } })))
      const fresh = sent === 'sent' ? await open.refresh() : sent
      const sealed = await handIn(await tokens())
      setTell((before) => ({
        ...before,
        sealed,
        // What a request meets is the truth; a browser may think that it is on a line that leads nowhere.
        line: fresh === 'cut-off' ? 'offline' : 'online',
        sending: undefined,
        gone: before.gone || fresh === 'gone',
        said:
          fresh === 'cut-off' ? (navigator.onLine ? 'failed' : 'later') : fresh === 'sign-in' ? 'sign-in' : undefined,
        turn: (before.turn ?? 0) + 1,
      }))
    } finally {
      busy.current = false
    }
  }

  const enter = async (opened: Phone) => {
    phone.current = opened
    await loadEngine(engineSrc)
    setScreen({ at: 'home' })
    await send()
  }

  const leave = async () => {
    await send()
    await shelf.writeMeta('leaving', true)
    await Phone.forgetKeys()
    phone.current = undefined
    await leaveLate()
    setScreen({ at: 'sign-in' })
  }

  const begin = async (draft: Draft) => {
    const open = phone.current!
    const book = open.books.find(({ name }) => name === draft.book)!
    const carried = open.cases.find(({ id }) => id === draft.carried)
    const steps = carried ? ((await open.waitingByCase()).get(carried.id) ?? []) : []
    const before = steps.filter(({ id }) => id !== draft.id)
    setScreen({ at: 'form', draft, carried: carried && globalThis.melayaniEngine!.advanced(book, carried, before) })
  }

  const shared = { lang, w, tell }
  const open = phone.current
  const top = (
    <div class="field-top">
      <span>{w.fieldTitle}</span>
      <button
        type="button"
        class="link"
        lang={lang === 'id' ? 'en' : 'id'}
        onClick={() => setLang(lang === 'id' ? 'en' : 'id')}
      >
        {lang === 'id' ? 'English' : 'Bahasa Indonesia'}
      </button>
    </div>
  )
  switch (screen.at) {
    case 'opening':
      return (
        <>
          {top}
          <h1>{w.fieldTitle}</h1>
          <p role="status">{w.fieldLoading}</p>
        </>
      )
    case 'old':
      return (
        <Gate
          top={top}
          title={w.fieldTitle}
          text={w.fieldOldBrowser}
          href="/services/worklist"
          label={w.worklistTitle}
        />
      )
    case 'sign-in':
      return (
        <Gate top={top} title={w.fieldTitle} text={w.signInFirst} href="/masuk?ke=/services/field" label={w.signIn} />
      )
    case 'choose-pin':
      return <Pin {...shared} top={top} given={screen.given} opened={enter} />
    case 'locked':
      return (
        <Pin {...shared} top={top} known={screen.known} opened={enter} forgotten={leave} lost={() => void start()} />
      )
    case 'form': {
      const book = open?.books.find(({ name }) => name === screen.draft.book)
      if (!open || !book) return null
      return (
        <Form
          key={screen.draft.id}
          {...shared}
          phone={open}
          engine={globalThis.melayaniEngine!}
          draft={screen.draft}
          book={book}
          carried={screen.carried}
          done={(kept) => {
            setTell((before) => ({ ...before, kept, turn: (before.turn ?? 0) + 1 }))
            setScreen({ at: 'home' })
            if (kept) void send()
          }}
        />
      )
    }
    default:
      if (!open) return null
      return screen.at === 'outbox' ? (
        <Outbox {...shared} phone={open} back={() => setScreen({ at: 'home' })} begin={begin} send={send} />
      ) : (
        <Home
          {...shared}
          top={top}
          phone={open}
          engine={globalThis.melayaniEngine!}
          begin={begin}
          send={send}
          outbox={() => setScreen({ at: 'outbox' })}
          lock={lock}
          leave={leave}
        />
      )
  }
}

class FieldApp extends HTMLElement {
  connectedCallback() {
    this.replaceChildren()
    render(<App engineSrc={this.getAttribute('engine')!} />, this)
  }
}
customElements.define('field-app', FieldApp)
