import { fill } from '../text.ts'

type Words = Record<'going' | 'waiting' | 'failed', string>

/** Bytes sent at a time: small enough that a bad line loses little, large enough that a good one is not held up. */
const piece = 256 * 1024

/**
 * A file that goes on where it stopped. The server says how many bytes it has; after a lost line the rest follows, and
 * the same file chosen again after a crash goes on too. Without this script the form sends the file in one piece.
 */
class ResumableUpload extends HTMLElement {
  #words!: Words

  connectedCallback() {
    this.#words = JSON.parse(this.getAttribute('words') ?? '{}') as Words
    document.getElementById(this.getAttribute('form') ?? '')?.addEventListener('submit', (event) => {
      const file = this.querySelector<HTMLInputElement>('input[type=file]')?.files?.[0]
      if (!file) return
      event.preventDefault()
      void this.#send(file)
    })
  }

  async #send(file: File) {
    const button = this.querySelector('button')
    if (button) button.disabled = true
    const key = `upload:${this.getAttribute('begin')}:${this.getAttribute('question')}:${file.name}:${file.size}:${file.lastModified}`
    try {
      let href = localStorage.getItem(key)
      let got = href ? await this.#asked(href) : undefined
      if (href === null || got === undefined) {
        href = await this.#begin(file)
        got = 0
        localStorage.setItem(key, href)
      }
      await this.#pieces(file, href, got)
      localStorage.removeItem(key)
      location.reload()
    } catch {
      localStorage.removeItem(key)
      this.#say(this.#words.failed, 0)
      if (button) button.disabled = false
    }
  }

  async #begin(file: File): Promise<string> {
    const answer = await again(
      () =>
        fetch(this.getAttribute('begin')!, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ question: this.getAttribute('question'), name: file.name, size: file.size }),
        }),
      () => this.#say(this.#words.waiting, 0),
    )
    if (answer.status !== 201) throw new Error('refused')
    return ((await answer.json()) as { href: string }).href
  }

  /** How many bytes the server has; undefined when it no longer knows the upload. */
  async #asked(href: string): Promise<number | undefined> {
    const answer = await again(
      () => fetch(href),
      () => this.#say(this.#words.waiting, 0),
    )
    return answer.ok ? ((await answer.json()) as { got: number }).got : undefined
  }

  async #pieces(file: File, href: string, from: number) {
    let got = from
    for (;;) {
      this.#say(this.#words.going, got / file.size)
      const body = file.slice(got, got + piece)
      const answer = await again(
        () => fetch(`${href}&offset=${got}`, { method: 'PUT', body }),
        () => this.#say(this.#words.waiting, got / file.size),
      )
      const reply = (await answer.json()) as { got?: number; done?: boolean; kind?: string }
      if (answer.ok && reply.done) return
      // Out of step: a piece arrived although its answer was lost. The server's count is the truth.
      if ((answer.ok || reply.kind === 'upload-out-of-step') && reply.got !== undefined) got = reply.got
      else throw new Error('refused')
    }
  }

  #say(sentence: string, share: number) {
    let place = this.querySelector<HTMLElement>('.upload-progress')
    if (!place) {
      place = document.createElement('p')
      place.className = 'upload-progress'
      place.setAttribute('role', 'status')
      place.append(document.createElement('progress'), ' ', document.createElement('span'))
      this.append(place)
    }
    const percent = Math.floor(share * 100)
    const bar = place.querySelector('progress')!
    bar.max = 100
    bar.value = percent
    bar.setAttribute('aria-label', sentence.replace(/\s*\(?\{percent\}.*/, ''))
    place.querySelector('span')!.textContent = fill(sentence, { percent })
  }
}

/** Ask until somebody answers: a lost line and a busy server are waited for, each time a little longer. */
async function again(ask: () => Promise<Response>, waiting: () => void): Promise<Response> {
  for (let tries = 0; ; tries++) {
    const answer = await ask().catch(() => undefined)
    if (answer && answer.status < 500 && answer.status !== 429) return answer
    waiting()
    await new Promise((later) => {
      setTimeout(later, Math.min(30_000, 1000 * 2 ** tries))
      addEventListener('online', later, { once: true })
    })
  }
}

customElements.define('resumable-upload', ResumableUpload)
