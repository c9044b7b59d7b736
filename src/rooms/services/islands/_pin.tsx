import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { fill, type Lang } from '#platform/text.ts'
import { isSimple } from './_box.ts'
import { Thumb } from './_glance.tsx'
import type { Tell } from './_home.tsx'
import { Phone } from './_phone.ts'
import * as shelf from './_shelf.ts'
import type { FieldWords } from './_words.ts'

/** A screen with one way on. */
export function Gate({
  top,
  title,
  text,
  href,
  label,
}: {
  top: ComponentChildren
  title: string
  text: string
  href: string
  label: string
}) {
  return (
    <>
      {top}
      <h1>{title}</h1>
      <p>{text}</p>
      <Thumb>
        <a class="button" href={href}>
          {label}
        </a>
      </Thumb>
    </>
  )
}

/** Choose a PIN, or open with it. */
export function Pin({
  w,
  tell,
  top,
  known,
  given,
  opened,
  forgotten,
  lost,
}: {
  lang: Lang
  w: FieldWords
  tell: Tell
  top: ComponentChildren
  known?: shelf.Known
  given?: { device: string; token: string; person: string }
  opened: (phone: Phone) => Promise<void>
  forgotten?: () => Promise<void>
  /** The keys went with the last wrong try. */
  lost?: () => void
}) {
  const [pin, setPin] = useState('')
  const [again, setAgain] = useState('')
  const [problem, setProblem] = useState('')
  const [working, setWorking] = useState(false)
  const [asking, setAsking] = useState(false)

  const choose = async () => {
    if (!/^\d{6}$/.test(pin)) return setProblem(w.pinShort)
    if (isSimple(pin)) return setProblem(w.pinSimple)
    if (pin !== again) return setProblem(w.pinDifferent)
    setWorking(true)
    await opened(await Phone.begin(pin, given!))
  }
  const unlock = async () => {
    const now = await shelf.readMeta<shelf.Known>('known')
    if (!now) return lost?.()
    const wait = Math.ceil((now.until - Date.now()) / 1000)
    if (wait > 0) return setProblem(fill(w.pinWait, { n: wait }))
    setWorking(true)
    const phone = await Phone.unlock(now, pin)
    setWorking(false)
    setPin('')
    if (phone instanceof Phone) return opened(phone)
    if (phone.left <= 0) return setProblem(w.pinGone)
    setProblem(fill(w.pinWrong, { n: phone.left }))
  }
  const field = (id: string, label: string, value: string, put: (text: string) => void) => (
    <div class={problem ? 'field bad' : 'field'}>
      <label for={id}>{label}</label>
      <input
        id={id}
        class="pin"
        type="password"
        inputMode="numeric"
        autocomplete="off"
        maxLength={6}
        value={value}
        aria-describedby={problem ? 'pin-problem' : undefined}
        onInput={(event) => put(event.currentTarget.value.replace(/\D/g, ''))}
      />
    </div>
  )
  return (
    <>
      {top}
      <h1>{given ? w.pinMake : w.pinOpen}</h1>
      {given && <p>{w.pinMakeLead}</p>}
      {tell.gone && <p class="notice attention">{w.roleGone}</p>}
      {(tell.sealed ?? 0) > 0 && <p class="notice">{fill(w.sealedCount, { n: tell.sealed! })}</p>}
      <form
        novalidate
        onSubmit={(event) => {
          event.preventDefault()
          void (given ? choose() : unlock())
        }}
      >
        {problem && (
          <p class="problem" id="pin-problem" role="alert">
            {problem}
          </p>
        )}
        {field('pin', w.pin, pin, setPin)}
        {given && field('pin-again', w.pinAgain, again, setAgain)}
        {asking && known && (
          <div class="notice attention">
            <p>{w.pinForgotLead}</p>
            <button type="button" class="quiet" onClick={() => void forgotten?.()}>
              {w.signIn}
            </button>
          </div>
        )}
        <Thumb>
          <button type="submit" disabled={working}>
            {given ? w.pinKeep : w.pinOpen}
          </button>
          {known && !asking && (
            <button type="button" class="link" onClick={() => setAsking(true)}>
              {w.pinForgot}
            </button>
          )}
        </Thumb>
      </form>
    </>
  )
}
