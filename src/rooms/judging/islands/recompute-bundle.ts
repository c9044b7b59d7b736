import { type CodedLine, recomputeBundle } from '../domain/bundle.ts'
import { sha256 } from '../domain/sha256.ts'

/**
 * Recomputes the ranking of a bundle that the reader chooses, here in the browser: the same code as the command, and no
 * network. The bundle on disk is what counts, so nobody has to trust this server for it.
 */
class RecomputeBundle extends HTMLElement {
  connectedCallback() {
    for (const each of this.querySelectorAll<HTMLElement>('[data-with-script]')) each.hidden = false
    for (const each of this.querySelectorAll<HTMLElement>('[data-without-script]')) each.hidden = true
    const input = this.querySelector('input') as HTMLInputElement
    input.addEventListener('change', () => {
      const file = input.files?.[0]
      if (file) void this.compute(file)
    })
  }

  private async compute(file: File) {
    this.say(this.dataset.working ?? '')
    const bytes = new Uint8Array(await file.arrayBuffer())
    let bundle: unknown
    try {
      bundle = JSON.parse(new TextDecoder().decode(bytes))
    } catch {
      bundle = undefined
    }
    const result = recomputeBundle(bundle)
    if (!result.ok) return this.say(this.getAttribute(`data-${result.refusal}`) ?? result.refusal)
    const { text, hash, same } = result.change
    const published = this.dataset.fileHash === sha256(bytes)
    const { ranked } = JSON.parse(text) as { ranked: CodedLine[] }
    const fact = (name: string) => this.dataset[name] ?? ''
    this.say(same ? fact('same') : fact('other'), [
      `${fact('resultLabel')}: ${hash}`,
      published ? fact('published') : fact('notPublished'),
      `${fact('firstLabel')}: ${ranked
        .filter((line) => line.rank !== null)
        .sort((a, b) => a.rank! - b.rank!)
        .slice(0, 10)
        .map((line) => `${line.rank}. ${line.code}`)
        .join(', ')}`,
    ])
  }

  private say(sentence: string, lines: readonly string[] = []) {
    const status = this.querySelector('[role=status]') as HTMLElement
    const strong = document.createElement('strong')
    strong.textContent = sentence
    const list = document.createElement('ul')
    for (const line of lines) {
      const item = document.createElement('li')
      item.textContent = line
      list.append(item)
    }
    status.replaceChildren(strong, ...(lines.length > 0 ? [list] : []))
  }
}

customElements.define('recompute-bundle', RecomputeBundle)
