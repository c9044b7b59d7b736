import { forget, type Kept, keep, keyOf, ownEarlier, put, type Reply, read, sending } from '../kept-answer.ts'
import { fill, formatNumber, formatTime, type Lang, wordCount, type Zone } from '../text.ts'

type Words = Record<
  | 'savedAt'
  | 'saving'
  | 'notSaved'
  | 'offline'
  | 'restored'
  | 'locked'
  | 'signIn'
  | 'tooLong'
  | 'conflictTitle'
  | 'conflictLead'
  | 'other'
  | 'mine'
  | 'keepMine'
  | 'takeTheirs'
  | 'someone'
  | 'words'
  | 'wordsOf'
  | 'wordsOver',
  string
>

const pause = 1200
const longestWait = 30_000

/**
 * One field that saves itself. What is typed stands in this device's storage until the server has said that it has it,
 * so neither a crash nor a lost line loses a word. A save names the revision it started from; when somebody else was
 * faster, both texts are shown and the writer decides. Without this script the form's own button saves.
 */
class AutoSave extends HTMLElement {
  #words!: Words
  #revision = 0
  #saved = ''
  #timer: ReturnType<typeof setTimeout> | undefined
  #flight: Promise<void> | undefined
  #after: string[] = []
  #failures = 0
  /** The form came back with a text the server did not take: the writer looks first. */
  #looking = false
  #conflict: Extract<Reply, { kind: 'conflict' }> | undefined

  connectedCallback() {
    this.#words = JSON.parse(this.getAttribute('words') ?? '{}') as Words
    this.#at(Number(this.getAttribute('revision')))
    this.#saved = this.getAttribute('stored') ?? this.#served
    this.#looking = this.hasAttribute('stored')
    if (!this.#looking) this.#restore()
    this.addEventListener('input', () => this.#typed())
    this.addEventListener('change', () => {
      this.#look()
      this.#soon(0)
    })
    addEventListener('online', () => this.#dirty && this.#soon(0))
    addEventListener('pagehide', () => void this.#save(true))
    document.addEventListener('visibilitychange', () => document.hidden && void this.#save())
    // A page out of the browser's memory may show a proposal that was sent, or written on elsewhere, since.
    addEventListener('pageshow', (event) => event.persisted && (!this.#dirty || read(this.#key)) && location.reload())
    this.closest('form')?.addEventListener('submit', (event) => this.#submitted(event))
  }

  /**
   * What the form's button saves needs no second warning; the device keeps its copy until the answer is seen. A save
   * that is under way is waited for, so that the form never meets its own writer's text as somebody else's.
   */
  #submitted(event: SubmitEvent) {
    clearTimeout(this.#timer)
    if (event.defaultPrevented) return
    if (!this.#flight && this.#dirty) {
      this.#after = sending(this.#kept).after
      keep(this.#key, this.#kept)
    }
    if (!this.#flight) return
    event.preventDefault()
    const form = event.target as HTMLFormElement
    void this.#flight.then(() => form.requestSubmit(event.submitter))
  }

  get #key() {
    return keyOf(this.getAttribute('owner') ?? '', this.getAttribute('href')!)
  }
  get #fields() {
    return [...this.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('textarea, input:not([type=hidden])')]
  }
  get #value(): string {
    const [first] = this.#fields
    if (first instanceof HTMLInputElement && (first.type === 'radio' || first.type === 'checkbox'))
      return (this.#fields as HTMLInputElement[]).find((field) => field.checked)?.value ?? ''
    return first?.value ?? ''
  }
  set #value(text: string) {
    for (const field of this.#fields) {
      if (field instanceof HTMLInputElement && (field.type === 'radio' || field.type === 'checkbox'))
        field.checked = field.value === text
      else field.value = text
    }
    this.#count()
  }
  get #served(): string {
    const [first] = this.#fields
    if (first instanceof HTMLInputElement && (first.type === 'radio' || first.type === 'checkbox'))
      return (this.#fields as HTMLInputElement[]).find((field) => field.defaultChecked)?.value ?? ''
    const served = (first?.defaultValue ?? '').replaceAll('\r\n', '\n')
    // Fields for addresses and dates tidy what they are given.
    return served.trim() === this.#value.trim() ? this.#value : served
  }
  get #dirty() {
    return this.#value !== this.#saved
  }

  get #kept(): Kept {
    return { value: this.#value, revision: this.#revision, after: this.#after }
  }

  /** Text that this device kept and the server never acknowledged comes back, and goes on from its own earlier text. */
  #restore() {
    const kept = read(this.#key)
    if (!kept || kept.value === this.#saved) {
      forget(this.#key)
      // Typed before this script had arrived.
      if (this.#dirty) this.#typed()
      return
    }
    const own = ownEarlier(kept, { value: this.#saved, revision: this.#revision })
    this.#value = kept.value
    this.#at((own ?? kept).revision)
    this.#after = (own ?? kept).after
    this.#say(this.#words.restored)
    this.#soon(0)
  }

  #typed() {
    this.#looking = false
    this.#count()
    keep(this.#key, this.#kept)
    if (this.#conflict) return
    this.#say(this.#words.notSaved)
    this.#soon(pause)
  }

  /** Says beside the field, when it is left, that its text is not of the form that is asked for (`shape`). */
  #look() {
    const shape = this.getAttribute('shape')
    const text = this.#value.trim()
    const told = this.querySelector<HTMLElement>('[data-shape]')
    if (told && shape) told.hidden = text === '' || new RegExp(shape).test(text)
  }

  #soon(wait: number) {
    clearTimeout(this.#timer)
    if (this.#conflict) return
    this.#timer = setTimeout(() => void this.#save(), wait)
  }

  /** One save at a time; only a page that is being left sends its newest text beside one that is under way. */
  #save(leaving = false): Promise<void> | undefined {
    if (this.#conflict || this.#looking || !this.#dirty || (this.#flight && !leaving)) return undefined
    if (this.#flight && this.#after.at(-1) === this.#value) return undefined
    const sent = this.#kept
    this.#after = sending(sent).after
    keep(this.#key, this.#kept)
    this.#say(this.#words.saving)
    const flight = this.#send(sent, leaving).finally(() => {
      if (this.#flight === flight) this.#flight = undefined
      if (this.#failures === 0 && this.#dirty) this.#soon(pause)
    })
    this.#flight = flight
    return flight
  }

  async #send(sent: Kept, leaving: boolean) {
    try {
      const { status, reply } = await put(this.getAttribute('href')!, sent, leaving)
      this.#heard(status, sent, reply)
    } catch {
      this.#lost(this.#words.offline)
    }
  }

  #heard(status: number, sent: Kept, reply: Reply | undefined) {
    if (status === 200 && reply?.kind === 'saved') {
      this.#failures = 0
      // Two saves of a page that was not left after all: the older reply says nothing new.
      if (reply.revision < this.#revision) return
      this.#at(reply.revision)
      this.#after = []
      this.#saved = sent.value
      if (this.#dirty) keep(this.#key, this.#kept)
      else forget(this.#key)
      this.#tellSaved(new Date(reply.savedAt))
    } else if (status === 409 && sent.revision < this.#revision) {
      if (this.#dirty) this.#soon(0)
    } else if (status === 409 && reply?.kind === 'conflict' && ownEarlier(this.#kept, reply)) {
      this.#failures = 0
      this.#at(reply.revision)
      this.#after = []
      this.#saved = reply.value
      if (this.#dirty) this.#soon(0)
      else forget(this.#key)
    } else if (status === 409 && reply?.kind === 'conflict') this.#differ(reply)
    else if (status === 423) this.#stop(this.#words.locked)
    else if (status === 422) this.#stop(reply?.kind === 'not-asked' ? reply.sentence : this.#words.tooLong)
    else this.#lost(status === 401 || status === 403 || status === 404 ? this.#words.signIn : this.#words.offline)
  }

  /** The line is gone or the server is busy: try again, each time after twice as long, and at once when the line is back. */
  #lost(sentence: string) {
    this.#failures++
    this.#say(sentence)
    this.#soon(Math.min(longestWait, 1000 * 2 ** Math.min(this.#failures, 5)) * (0.75 + Math.random() / 2))
  }

  #stop(sentence: string) {
    clearTimeout(this.#timer)
    this.#say(sentence)
    // A later key press tries again: a text that was too long may be shorter then.
    this.#failures = 1
  }

  #at(revision: number) {
    this.#revision = revision
    const hidden = this.querySelector<HTMLInputElement>('input[type=hidden]')
    if (hidden) hidden.value = String(revision)
  }

  /** Somebody else saved first: both texts side by side, and the choice is the writer's. */
  #differ(theirs: Extract<Reply, { kind: 'conflict' }>) {
    this.#conflict = theirs
    this.#say('')
    this.querySelector('.conflict')?.remove()
    const time = formatTime(new Date(theirs.at), this.#lang, this.#zone, true)
    const box = element('div', { class: 'notice attention conflict', role: 'alert' }, [
      element('h2', {}, [this.#words.conflictTitle]),
      element('p', {}, [fill(this.#words.conflictLead, { who: theirs.by ?? this.#words.someone, time })]),
      element('div', { class: 'side-by-side' }, [
        element('div', {}, [
          element('h3', {}, [this.#words.other]),
          element('div', { class: 'prose' }, [theirs.value]),
        ]),
        element('div', {}, [element('h3', {}, [this.#words.mine]), element('div', { class: 'prose' }, [this.#value])]),
      ]),
      element('div', { class: 'actions' }, [
        this.#button(this.#words.keepMine, () => this.#resolve(theirs, this.#value)),
        this.#button(this.#words.takeTheirs, () => this.#resolve(theirs, theirs.value), 'quiet'),
      ]),
    ])
    this.append(box)
  }

  #resolve(theirs: { revision: number; value: string; at: string }, text: string) {
    this.#conflict = undefined
    this.querySelector('.conflict')?.remove()
    this.#at(theirs.revision)
    this.#after = []
    this.#saved = theirs.value
    this.#value = text
    if (this.#dirty) {
      keep(this.#key, this.#kept)
      this.#soon(0)
    } else {
      forget(this.#key)
      this.#tellSaved(new Date(theirs.at))
    }
    this.#fields[0]?.focus()
  }

  #button(label: string, act: () => void, kind = '') {
    const button = element('button', { type: 'button', class: kind }, [label])
    button.addEventListener('click', act)
    return button
  }

  #count() {
    const place = this.querySelector('.count')
    if (!place) return
    const n = wordCount(this.#value)
    const limit = this.hasAttribute('limit') ? Number(this.getAttribute('limit')) : undefined
    const over = limit !== undefined && n > limit
    const sentence = limit === undefined ? this.#words.words : over ? this.#words.wordsOver : this.#words.wordsOf
    place.textContent = fill(sentence, { n: formatNumber(n, this.#lang), limit: limit ?? '', over: n - (limit ?? 0) })
    place.classList.toggle('over', over)
  }

  get #lang() {
    return this.getAttribute('lang') as Lang
  }
  get #zone() {
    return this.getAttribute('zone') as Zone
  }
  #tellSaved(at: Date) {
    this.#say(fill(this.#words.savedAt, { time: formatTime(at, this.#lang, this.#zone, true) }))
  }
  #say(sentence: string) {
    const status = this.querySelector('.status')
    if (status && status.textContent !== sentence) status.textContent = sentence
  }
}

function element(name: string, attributes: Record<string, string>, children: readonly (Node | string)[]): HTMLElement {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) if (value) made.setAttribute(key, value)
  made.append(...children)
  return made
}

customElements.define('auto-save', AutoSave)
