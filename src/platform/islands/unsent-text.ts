import { forget, keep, keptBelow, keyOf, ownEarlier, put, read, sending } from '../kept-answer.ts'

type Place = { href: string; label: string }
type Words = Record<'title' | 'lead' | 'trying' | 'anyway', string>

/**
 * Around a form that sends what is written elsewhere: text of it that stands on this device alone is sent first, and what
 * the server does not take is named with a link, and holds the form until the writer says to go without it. Without this
 * script the form sends as it stands.
 */
class UnsentText extends HTMLElement {
  #words!: Words
  #places: Record<string, Place> = {}
  #anyway = false
  #looking: Promise<string[]> | undefined

  connectedCallback() {
    this.#words = JSON.parse(this.getAttribute('words') ?? '{}') as Words
    this.#places = JSON.parse(this.getAttribute('places') ?? '{}') as Record<string, Place>
    this.addEventListener('submit', (event) => this.#submitted(event))
    addEventListener('pageshow', (event) => event.persisted && void this.#look())
    addEventListener('storage', () => void this.#look())
    void this.#look()
  }

  get #owner() {
    return this.getAttribute('owner') ?? ''
  }
  get #path() {
    return this.getAttribute('path') ?? ''
  }

  #submitted(event: Event) {
    if (this.#anyway || (!this.#looking && this.#unsent().length === 0)) return
    event.preventDefault()
    const form = event.target as HTMLFormElement
    void this.#look().then((left) => {
      if (left.length > 0) return this.querySelector<HTMLElement>('.unsent a')?.focus()
      this.#anyway = true
      form.requestSubmit()
    })
  }

  /** What this device keeps of the proposal: answers, and the form of its facts unless that was sent. */
  #unsent(): string[] {
    const answers = keptBelow(this.#owner, this.#path)
    return this.#hasFacts() ? [...answers, 'facts'] : answers
  }
  #hasFacts(): boolean {
    try {
      const text = localStorage.getItem(`form:${this.#owner}:${this.getAttribute('facts')}`)
      const kept = text ? (JSON.parse(text) as { sent: boolean; state: string }) : undefined
      return kept !== undefined && !(kept.sent && kept.state !== this.getAttribute('state'))
    } catch {
      return false
    }
  }

  /** Tries once to save what is kept, and shows what stays. Two calls at one time are one look. */
  #look(): Promise<string[]> {
    this.#looking ??= this.#try().finally(() => {
      this.#looking = undefined
    })
    return this.#looking
  }
  async #try() {
    const kept = this.#unsent()
    if (kept.length > 0 && !this.querySelector('.unsent')) this.#show([], this.#words.trying)
    await Promise.all(kept.filter((each) => each !== 'facts').map((href) => this.#save(href)))
    const left = this.#unsent()
    this.#show(left, '')
    return left
  }

  async #save(href: string, again = true): Promise<void> {
    const key = keyOf(this.#owner, href)
    const kept = read(key)
    if (!kept) return
    try {
      keep(key, sending(kept))
      const { status, reply } = await put(href, kept)
      // Another window may have typed on meanwhile; then it is that text which is kept.
      if (read(key)?.value !== kept.value) return
      if (status === 200) return forget(key)
      if (status !== 409 || reply?.kind !== 'conflict') return
      const own = ownEarlier(kept, reply)
      // A true conflict is put to the writer where the question stands, from the revision the text began with.
      if (!own) return
      keep(key, own)
      if (again) await this.#save(href, false)
    } catch {
      // No line: the text stays where it is, and is named.
    }
  }

  #show(left: readonly string[], trying: string) {
    this.querySelector('.unsent')?.remove()
    if (left.length === 0 && trying === '') return
    const box = document.createElement('div')
    box.className = 'notice attention unsent'
    box.setAttribute('role', 'status')
    const lead = document.createElement('p')
    lead.textContent = trying || this.#words.lead
    if (trying) box.append(lead)
    else {
      const title = document.createElement('h3')
      title.textContent = this.#words.title
      const list = document.createElement('ul')
      for (const each of left) list.append(this.#item(each))
      const button = document.createElement('button')
      button.type = 'button'
      button.className = 'quiet'
      button.textContent = this.#words.anyway
      button.addEventListener('click', () => {
        this.#anyway = true
        this.querySelector('form')?.requestSubmit()
      })
      box.append(title, lead, list, button)
    }
    this.querySelector('[type=submit]')?.before(box)
  }

  #item(each: string) {
    const question = each.split('/').at(-1)!
    const place = this.#places[question] ?? { href: this.#path, label: question }
    const link = document.createElement('a')
    link.href = place.href
    link.textContent = place.label
    const item = document.createElement('li')
    item.append(link)
    return item
  }
}

customElements.define('unsent-text', UnsentText)
