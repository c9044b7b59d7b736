/**
 * Offers what a search may mean while one types: the combobox pattern of ARIA (a field with a list, the choice marked by
 * aria-activedescendant). Without this script the field is a plain search. `src` answers JSON: [{ text, note, href }].
 */
type Offer = { text: string; note: string; href: string }

class SearchSuggest extends HTMLElement {
  #input!: HTMLInputElement
  #list!: HTMLUListElement
  #status!: HTMLElement
  #chosen = -1
  #asked = 0
  #waiting: ReturnType<typeof setTimeout> | undefined

  connectedCallback() {
    const input = this.querySelector('input')
    if (!input || this.#list) return
    this.#input = input
    const list = document.createElement('ul')
    list.id = `${input.id}-offers`
    list.hidden = true
    list.setAttribute('role', 'listbox')
    list.setAttribute('aria-label', this.getAttribute('label') ?? '')
    const status = document.createElement('p')
    status.className = 'unseen'
    status.setAttribute('role', 'status')
    this.append(list, status)
    this.#list = list
    this.#status = status
    for (const [name, value] of [
      ['role', 'combobox'],
      ['aria-autocomplete', 'list'],
      ['aria-expanded', 'false'],
      ['aria-controls', list.id],
    ] as const)
      input.setAttribute(name, value)

    input.addEventListener('input', () => {
      clearTimeout(this.#waiting)
      this.#waiting = setTimeout(() => this.#ask(), 150)
    })
    input.addEventListener('keydown', (event) => this.#key(event))
    input.addEventListener('blur', () => this.#close())
    // The field keeps the focus, so that a click on the list is not lost with it.
    list.addEventListener('mousedown', (event) => event.preventDefault())
    list.addEventListener('click', (event) => {
      const option = (event.target as HTMLElement).closest<HTMLElement>('[role=option]')
      if (option) this.#go(option)
    })
  }

  async #ask() {
    const mine = ++this.#asked
    const q = this.#input.value.trim()
    if (q.length < 2) return this.#close()
    const answer = await fetch(`${this.getAttribute('src')}?${new URLSearchParams({ q })}`).catch(() => undefined)
    // Slower than the typing, refused, or offline: the plain search is still there.
    if (mine !== this.#asked) return
    if (!answer?.ok) return this.#close()
    const offers: Offer[] = await answer.json()
    if (mine === this.#asked && document.activeElement === this.#input) this.#show(offers)
  }

  #show(offers: readonly Offer[]) {
    this.#list.replaceChildren(
      ...offers.map(({ text, note, href }, i) => {
        const option = document.createElement('li')
        option.id = `${this.#list.id}-${i}`
        option.setAttribute('role', 'option')
        option.setAttribute('aria-selected', 'false')
        option.dataset.href = href
        const small = document.createElement('span')
        small.className = 'small soft'
        small.textContent = note
        option.append(text, small)
        return option
      }),
    )
    this.#choose(-1)
    this.#list.hidden = offers.length === 0
    this.#input.setAttribute('aria-expanded', String(offers.length > 0))
    const words = this.getAttribute(offers.length === 0 ? 'none' : offers.length === 1 ? 'single' : 'count') ?? ''
    this.#status.textContent = words.replace('{n}', String(offers.length))
  }

  #close() {
    clearTimeout(this.#waiting)
    this.#asked++
    this.#choose(-1)
    this.#list.hidden = true
    this.#list.replaceChildren()
    this.#status.textContent = ''
    this.#input.setAttribute('aria-expanded', 'false')
  }

  #choose(index: number) {
    const options = this.#list.children
    this.#chosen = index
    for (const [i, option] of [...options].entries()) option.setAttribute('aria-selected', String(i === index))
    const option = options[index]
    if (!option) return this.#input.removeAttribute('aria-activedescendant')
    this.#input.setAttribute('aria-activedescendant', option.id)
    option.scrollIntoView({ block: 'nearest' })
  }

  #go(option: HTMLElement) {
    if (option.dataset.href) location.assign(option.dataset.href)
  }

  #key(event: KeyboardEvent) {
    const count = this.#list.children.length
    if (event.key === 'ArrowDown' && this.#list.hidden) return void this.#ask()
    if (this.#list.hidden || event.isComposing) return
    const moves: Record<string, number> = {
      // From the field itself (-1) into the list and round again.
      ArrowDown: this.#chosen + 1 >= count ? -1 : this.#chosen + 1,
      ArrowUp: this.#chosen < 0 ? count - 1 : this.#chosen - 1,
    }
    if (event.key in moves) {
      event.preventDefault()
      this.#choose(moves[event.key]!)
    } else if (event.key === 'Escape') {
      event.preventDefault()
      this.#close()
    } else if (event.key === 'Enter') {
      const option = this.#list.children[this.#chosen]
      if (!option) return this.#close()
      event.preventDefault()
      this.#go(option as HTMLElement)
    }
  }
}
customElements.define('search-suggest', SearchSuggest)
