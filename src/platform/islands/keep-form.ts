/**
 * Keeps on this device what is typed in a form until it has been sent, so that a crash or a closed page loses nothing.
 * `state` names what the server holds (a revision, a count): it changes when the form was sent with success, and then
 * what was kept goes. A form that the server gave back with what was typed (`typed`) is kept as it stands.
 *
 * A form whose rows can be added and removed has `show`, the words of a button: what was typed in other rows than those
 * served is sent to the server (`row` = `show`), which gives the form back with those rows.
 */
class KeepForm extends HTMLElement {
  #state = ''
  #asServed: Typed = {}
  /** What the server held when the typing began; unknown when the form has come back. */
  #began: Typed | undefined
  /** Old text in rows that this form has not is waiting to be shown or discarded: nothing may be written over it. */
  #waits = false

  connectedCallback() {
    this.#state = this.getAttribute('state') ?? ''
    this.#asServed = this.#typed
    const before = read(this.#key)
    this.#began = this.hasAttribute('typed') ? before?.began : this.#asServed
    const kept = this.hasAttribute('typed') ? undefined : before
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
  /** What the server compares, so that nobody's later save is overwritten. */
  get #from() {
    return [...this.querySelectorAll<HTMLInputElement>('input[type=hidden]:is([name=base], [name=revision])')]
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
    if (this.#waits) return
    const typed = this.#typed
    if (!sent && same(typed, this.#asServed) && !this.hasAttribute('typed')) return forget(this.#key)
    const from = Object.fromEntries(this.#from.map(({ name, value }) => [name, value]))
    write(this.#key, { typed, state: this.#state, sent, from, began: this.#began })
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

  #restore({ typed, state, from, began }: Kept) {
    const hidden = this.#from
    const served = hidden.map(({ value }) => value)
    const restoredState = this.#state
    const otherRows = this.hasAttribute('show') && !same(namesOf(typed), namesOf(this.#asServed))
    if (otherRows) this.#waits = true
    else this.#fill(typed)
    this.closest('details')?.setAttribute('open', '')
    // Sent from an older state, it is refused and shown beside what somebody else saved, never written over it.
    if (hidden.length > 0 && state !== this.#state && !(began && same(began, this.#asServed))) {
      for (const field of hidden) field.value = from?.[field.name] ?? state
      this.#state = state
      this.#began = began
    }
    const notice = document.createElement('div')
    notice.className = 'notice attention'
    notice.setAttribute('role', 'status')
    const sentence = document.createElement('p')
    sentence.textContent = this.getAttribute(otherRows ? 'waiting' : 'restored')
    notice.append(sentence)
    if (otherRows)
      notice.append(
        aButton(this.getAttribute('show'), () => this.#show(typed)),
        ' ',
      )
    notice.append(
      aButton(this.getAttribute('discard'), () => {
        this.#waits = false
        this.#state = restoredState
        this.#began = this.#asServed
        for (const [i, field] of hidden.entries()) field.value = served[i]!
        this.#fill(this.#asServed)
        forget(this.#key)
        notice.remove()
        this.#fields[0]?.focus()
      }),
    )
    this.prepend(notice)
  }

  /** Sends what was typed, with the row act that only shows it again. */
  #show(typed: Typed) {
    const form = this.querySelector('form')!
    const sent = document.createElement('form')
    sent.method = 'post'
    sent.action = form.action
    const add = (name: string, value: string) => {
      const field = document.createElement('textarea')
      field.name = name
      field.value = value
      sent.append(field)
    }
    for (const { name, value } of form.querySelectorAll<HTMLInputElement>('input[type=hidden]')) add(name, value)
    for (const [name, values] of Object.entries(typed)) for (const value of values) add(name, value)
    add('row', 'show')
    sent.hidden = true
    this.append(sent)
    sent.submit()
  }
}

type Typed = Record<string, string[]>
type Kept = {
  typed: Typed
  state: string
  sent: boolean
  from?: Record<string, string>
  began?: Typed | undefined
}

const isTick = (field: Element): field is HTMLInputElement =>
  field instanceof HTMLInputElement && (field.type === 'radio' || field.type === 'checkbox')
const same = (a: Typed, b: Typed) => JSON.stringify(a) === JSON.stringify(b)
const namesOf = (typed: Typed): Typed => ({ names: Object.keys(typed).sort() })

function aButton(words: string | null, act: () => void) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'quiet'
  button.textContent = words
  button.addEventListener('click', act)
  return button
}

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
