import { keyOf, read } from '../kept-answer.ts'

/** Beside an answer that can no longer be changed: the text of it that stands on this device alone, to be copied. */
class KeptText extends HTMLElement {
  connectedCallback() {
    addEventListener('pageshow', (event) => event.persisted && location.reload())
    const kept = read(keyOf(this.getAttribute('owner') ?? '', this.getAttribute('href') ?? ''))
    if (!kept || kept.value === (this.getAttribute('stored') ?? '')) return
    const box = document.createElement('div')
    box.className = 'notice attention'
    const lead = document.createElement('p')
    lead.textContent = this.getAttribute('lead')
    const text = document.createElement('p')
    text.className = 'prose'
    text.textContent = kept.value
    box.append(lead, text)
    this.append(box)
  }
}

customElements.define('kept-text', KeptText)
