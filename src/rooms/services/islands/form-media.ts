import { fill } from '#platform/text.ts'
import { recording, shrunk, signable, whereabouts } from './_media.ts'

/** Camera, microphone, pen and place finder on the forms that the server draws. Without this script they are files and words. */

const wordsOf = (element: HTMLElement) => JSON.parse(element.getAttribute('words') ?? '{}') as Record<string, string>

function button(label: string): HTMLButtonElement {
  const made = document.createElement('button')
  made.type = 'button'
  made.className = 'quiet'
  made.textContent = label
  return made
}

function line(): HTMLParagraphElement {
  const made = document.createElement('p')
  made.className = 'hint'
  made.setAttribute('role', 'status')
  return made
}

function put(input: HTMLInputElement, blob: Blob, name: string) {
  const list = new DataTransfer()
  list.items.add(new File([blob], name, { type: blob.type }))
  input.files = list.files
}

class PhotoField extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector<HTMLInputElement>('input[type=file]')!
    const said = line()
    this.append(said)
    input.addEventListener('change', async () => {
      const file = input.files?.[0]
      if (!file) return
      const small = await shrunk(file, Number(this.getAttribute('most'))).catch(() => undefined)
      said.textContent = small ? '' : this.getAttribute('failed')
      if (small) put(input, small, 'foto.jpg')
    })
  }
}

class VoiceField extends HTMLElement {
  connectedCallback() {
    if (!('MediaRecorder' in window) || !navigator.mediaDevices) return
    const w = wordsOf(this)
    const most = Number(this.getAttribute('most'))
    const input = this.querySelector<HTMLInputElement>('input[type=file]')!
    const seconds = this.querySelector<HTMLInputElement>('input[type=hidden]')!
    const said = line()
    const act = button(w.record!)
    this.append(act, said)
    let stop: (() => void) | undefined
    act.addEventListener('click', async () => {
      if (stop) return stop()
      try {
        const going = await recording(most)
        stop = going.stop
        act.textContent = w.stop!
        const made = await going.done
        put(input, made.blob, 'suara')
        seconds.value = String(made.seconds)
        said.textContent = fill(w.recorded!, { n: made.seconds })
      } catch {
        said.textContent = w.failed!
      }
      stop = undefined
      act.textContent = w.again!
    })
    input.addEventListener('change', () => {
      seconds.value = ''
    })
  }
}

class SignField extends HTMLElement {
  connectedCallback() {
    const w = wordsOf(this)
    const input = this.querySelector<HTMLInputElement>('input[type=hidden]')!
    const canvas = document.createElement('canvas')
    canvas.width = 600
    canvas.height = 200
    canvas.setAttribute('role', 'img')
    canvas.setAttribute('aria-label', w.here!)
    const head = document.createElement('p')
    head.className = 'hint'
    head.textContent = w.here!
    const away = button(w.clear!)
    this.append(head, canvas, away)
    const { clear } = signable(canvas, () => {
      input.value = canvas.toDataURL('image/png')
    })
    away.addEventListener('click', () => {
      clear()
      input.value = ''
    })
  }
}

class GpsField extends HTMLElement {
  connectedCallback() {
    const w = wordsOf(this)
    const name = this.getAttribute('name')!
    const form = this.closest('form')!
    const act = button(w.take!)
    const said = line()
    this.append(act, said)
    act.addEventListener('click', async () => {
      said.textContent = w.taking!
      try {
        const found = await whereabouts()
        for (const [part, value] of Object.entries(found)) {
          const input = form.elements.namedItem(`${name}.${part}`)
          if (input instanceof HTMLInputElement) input.value = String(value)
        }
        const most = Number(this.getAttribute('most'))
        said.textContent =
          most && found.accuracy > most
            ? fill(w.rough!, { n: found.accuracy, most })
            : fill(w.taken!, { lat: found.lat, lon: found.lon, n: found.accuracy })
      } catch {
        said.textContent = w.failed!
      }
    })
  }
}

customElements.define('photo-field', PhotoField)
customElements.define('voice-field', VoiceField)
customElements.define('sign-field', SignField)
customElements.define('gps-field', GpsField)
