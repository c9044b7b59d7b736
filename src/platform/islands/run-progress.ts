/** Follows a long computation and shows its result as soon as it is there. Without it a link shows how far it is. */
class RunProgress extends HTMLElement {
  private source: EventSource | undefined

  connectedCallback() {
    this.source = new EventSource(this.getAttribute('src')!)
    this.source.addEventListener('progress', (event) => {
      const { done, of, words } = JSON.parse((event as MessageEvent<string>).data) as {
        done?: number
        of?: number
        words: string
      }
      const bar = this.querySelector('progress')
      const status = this.querySelector('[role=status]')
      if (bar && done !== undefined && of !== undefined) {
        bar.max = of
        bar.value = done
      }
      if (status?.firstChild && status.firstChild.textContent !== words) status.firstChild.textContent = words
    })
    this.source.addEventListener('ended', () => location.reload())
  }

  disconnectedCallback() {
    this.source?.close()
  }
}

customElements.define('run-progress', RunProgress)
