/**
 * The score sheet saves each field as it is typed. What is not yet acknowledged stays in this device's storage under
 * the address of the sheet, so a lost line, a closed page or a crashed browser loses nothing: it is sent again until the
 * server says it stands. Each field carries the revision it started from, so sending twice saves once.
 * After the deadline the sheet is locked (`data-locked`): what never arrived is shown, and kept until there is more time.
 */
type Waiting = Record<string, { points: string; comment: string; base: number }> & {
  note?: { text: string; share: boolean; base: number }
}
type Fate = {
  field: string
  fate: 'saved' | 'same' | 'behind' | 'unknown'
  revision?: number
  points?: number | null
  comment?: string
  note?: string
}

class ScoreSheet extends HTMLElement {
  private timer = 0
  private retry = 0
  private sending = false
  private key = ''

  connectedCallback() {
    this.key = `lembar:${this.getAttribute('action')}`
    const form = this.form()
    form.addEventListener('input', (event) => this.typed(event.target as HTMLElement))
    form.addEventListener('submit', (event) => {
      // The form carries everything itself; what waits here would only be an echo of it.
      if (navigator.onLine) {
        localStorage.removeItem(this.key)
        return
      }
      event.preventDefault()
      this.say(this.dataset.offline ?? '')
    })
    window.addEventListener('online', () => !this.dataset.locked && this.send())
    document.addEventListener('keydown', this.keys)
    // What was sent whole and came too late is kept here, as if it had been typed without a line.
    if (this.dataset.keep) this.keepAll()
    this.restore()
  }

  disconnectedCallback() {
    document.removeEventListener('keydown', this.keys)
  }

  private form() {
    return this.querySelector('form') as HTMLFormElement
  }

  private keys = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'PageDown' && event.key !== 'PageUp')) return
    const link = document.querySelector<HTMLAnchorElement>(`a[rel=${event.key === 'PageDown' ? 'next' : 'prev'}]`)
    if (!link) return
    event.preventDefault()
    if (this.dataset.locked) link.click()
    else void this.send().then(() => link.click())
  }

  private waiting(): Waiting {
    try {
      return JSON.parse(localStorage.getItem(this.key) ?? '{}') as Waiting
    } catch {
      return {}
    }
  }

  private keep(waiting: Waiting) {
    if (Object.keys(waiting).length === 0) localStorage.removeItem(this.key)
    else localStorage.setItem(this.key, JSON.stringify(waiting))
  }

  private field<T extends HTMLInputElement | HTMLTextAreaElement>(name: string) {
    return this.form().elements.namedItem(name) as T
  }

  private typed(target: HTMLElement) {
    const waiting = this.waiting()
    const criterion = target.closest<HTMLElement>('[data-criterion]')?.dataset.criterion
    if (criterion) waiting[criterion] = this.read(criterion)
    else if (target.closest('[data-note]')) waiting.note = this.readNote()
    this.keep(waiting)
    clearTimeout(this.timer)
    this.timer = window.setTimeout(() => this.send(), 700)
  }

  private read(criterion: string) {
    return {
      points: this.field<HTMLInputElement>(`points-${criterion}`).value,
      comment: this.field<HTMLTextAreaElement>(`comment-${criterion}`).value,
      base: Number(this.field<HTMLInputElement>(`base-${criterion}`).value),
    }
  }

  private readNote() {
    return {
      text: this.field<HTMLTextAreaElement>('note').value,
      share: this.field<HTMLInputElement>('share').checked,
      base: Number(this.field<HTMLInputElement>('base-note').value),
    }
  }

  /** Everything that stands in the form now waits to be sent. */
  private keepAll() {
    const waiting = this.waiting()
    for (const field of this.querySelectorAll<HTMLElement>('[data-criterion]')) {
      const criterion = field.dataset.criterion ?? ''
      const mark = this.read(criterion)
      if (mark.points !== '' || mark.comment !== '') waiting[criterion] = mark
    }
    const note = this.readNote()
    if (note.text !== '') waiting.note = note
    this.keep(waiting)
  }

  /** Put back what was typed on this device and never acknowledged. */
  private restore() {
    const { note, ...marks } = this.waiting()
    for (const [criterion, mark] of Object.entries(marks)) {
      if (!this.field(`points-${criterion}`)) continue
      this.field<HTMLInputElement>(`points-${criterion}`).value = mark.points
      this.field<HTMLTextAreaElement>(`comment-${criterion}`).value = mark.comment
    }
    if (note) {
      this.field<HTMLTextAreaElement>('note').value = note.text
      this.field<HTMLInputElement>('share').checked = note.share
    }
    if (!note && Object.keys(marks).length === 0) return
    if (this.dataset.locked) this.say(this.dataset.locked)
    else void this.send()
  }

  private async send() {
    const { note, ...marks } = this.waiting()
    const sent = Object.entries(marks).map(([criterion, mark]) => ({ criterion, ...mark }))
    if (this.sending || (sent.length === 0 && !note)) return
    this.sending = true
    this.say(this.dataset.saving ?? '')
    try {
      const response = await fetch(this.getAttribute('action')!, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ marks: sent, ...(note && { note }) }),
      })
      const body = (await response.json()) as { fates?: Fate[]; why?: string; at?: string }
      if (response.ok && body.fates) this.acknowledge(body.fates, { note, ...marks } as Waiting, body.at ?? '')
      else this.say((this.dataset.refused ?? '').replace('{why}', body.why ?? String(response.status)))
      this.retry = 0
    } catch {
      this.say(this.dataset.offline ?? '')
      this.retry = Math.min(60, Math.max(2, this.retry * 2))
      this.timer = window.setTimeout(() => this.send(), this.retry * 1000)
    } finally {
      this.sending = false
    }
  }

  private acknowledge(fates: readonly Fate[], sent: Waiting, at: string) {
    const waiting = this.waiting()
    let behind = false
    for (const fate of fates) {
      const name = fate.field
      if (fate.revision !== undefined) this.field<HTMLInputElement>(`base-${name}`).value = String(fate.revision)
      if (fate.fate === 'behind') {
        behind = true
        this.show(fate)
      }
      // Typed on while this was under way: that waits for the next sending, from the new revision.
      const same = JSON.stringify(waiting[name]) === JSON.stringify(sent[name])
      if (same || fate.fate !== 'saved') delete waiting[name]
      else if (waiting[name]) waiting[name].base = fate.revision ?? waiting[name].base
    }
    this.keep(waiting)
    this.say(behind ? (this.dataset.behind ?? '') : (this.dataset.saved ?? '').replace('{time}', at))
    if (Object.keys(waiting).length > 0) this.timer = window.setTimeout(() => this.send(), 200)
  }

  private show(fate: Fate) {
    if (fate.field === 'note') this.field<HTMLTextAreaElement>('note').value = fate.note ?? ''
    else {
      const points = fate.points === null || fate.points === undefined ? '' : String(fate.points)
      this.field<HTMLInputElement>(`points-${fate.field}`).value =
        this.dataset.lang === 'id' ? points.replace('.', ',') : points
      this.field<HTMLTextAreaElement>(`comment-${fate.field}`).value = fate.comment ?? ''
    }
  }

  private say(sentence: string) {
    const status = this.querySelector('[data-status]')
    if (status) status.textContent = sentence
  }
}

customElements.define('score-sheet', ScoreSheet)
