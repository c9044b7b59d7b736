/**
 * Keeps on this device what is typed in a form until it has been sent, so that a crash or a closed page loses nothing.
 * `state` names what the server holds (a revision, a count): it changes when the form was sent with success, and then
 * what was kept goes. A form that the server gave back with what was typed (`typed`) is kept as it stands.
 */
class KeepForm extends HTMLElement {
  #state = ''
  #asServed: Typed = {}

  connectedCallback() {
    this.#state = this.getAttribute('state') ?? ''
    this.#asServed = this.#typed
    const kept = this.hasAttribute('typed') ? undefined : read(this.#key)
    if (kept?.sent && kept.state !== this.#state) forget(this.#key)
    else if (kept && !same(kept.typed, this.#asServed)) this.#restore(kept)
    this.addEventListener('input', () => this.#keep(false))
    this.addEventListener('change', () => this.#keep(false))
    this.addEventListener('submit', () => this.#keep(true))
    if (this.hasAttribute('typed')) this.#keep(false)
  }

  get #key() {
    return `form:${this.getAttribute('owner')}:${this.getAttribute('name')}`
  }
  get #fields() {
    const named = 'input[name]:not([type=hidden], [type=file], [type=password]), select[name], textarea[name]'
    return [...this.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>(named)]
  }
  get #typed(): Typed {
    const typed: Typed = {}
    for (const field of this.#fields) {
      typed[field.name] ??= []
      if (!isTick(field) || field.checked) typed[field.name]!.push(field.value)
    }
    return typed
  }

  #keep(sent: boolean) {
    const typed = this.#typed
    if (!sent && same(typed, this.#asServed) && !this.hasAttribute('typed')) return forget(this.#key)
    write(this.#key, { typed, state: this.#state, sent })
  }

  #fill(typed: Typed) {
    const left = structuredClone(typed)
    for (const field of this.#fields) {
      const values = left[field.name]
      if (!values) continue
      if (isTick(field)) field.checked = values.includes(field.value)
      else field.value = values.shift() ?? field.value
    }
  }

  #restore({ typed, state }: Kept) {
    this.#fill(typed)
    // Sent from an older state, it is refused and shown beside what somebody else saved, never written over it.
    const revision = this.querySelector<HTMLInputElement>('input[type=hidden][name=revision]')
    const served = revision?.value
    if (revision && state !== this.#state) {
      revision.value = state
      this.#state = state
    }
    const notice = document.createElement('div')
    notice.className = 'notice attention'
    notice.setAttribute('role', 'status')
    const sentence = document.createElement('p')
    sentence.textContent = this.getAttribute('restored')
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'quiet'
    button.textContent = this.getAttribute('discard')
    button.addEventListener('click', () => {
      this.#state = this.getAttribute('state') ?? ''
      if (revision && served !== undefined) revision.value = served
      this.#fill(this.#asServed)
      forget(this.#key)
      notice.remove()
      this.#fields[0]?.focus()
    })
    notice.append(sentence, button)
    this.prepend(notice)
  }
}

type Typed = Record<string, string[]>
type Kept = { typed: Typed; state: string; sent: boolean }

const isTick = (field: Element): field is HTMLInputElement =>
  field instanceof HTMLInputElement && (field.type === 'radio' || field.type === 'checkbox')
const same = (a: Typed, b: Typed) => JSON.stringify(a) === JSON.stringify(b)

// A browser without storage (private windows, a full disk) sends as ever; it only cannot survive a crash.
function write(key: string, kept: Kept) {
  try {
    localStorage.setItem(key, JSON.stringify(kept))
  } catch {}
}
function read(key: string): Kept | undefined {
  try {
    const text = localStorage.getItem(key)
    return text ? (JSON.parse(text) as Kept) : undefined
  } catch {
    return undefined
  }
}
function forget(key: string) {
  try {
    localStorage.removeItem(key)
  } catch {}
}

customElements.define('keep-form', KeepForm)
