/**
 * Signs a published version in this browser with the agency's key file (Ed25519, PKCS 8 PEM). The key is read here and
 * never leaves: what is sent is the public key and the signature over the seal, from which the server makes the file.
 */
class SealHere extends HTMLElement {
  connectedCallback() {
    this.hidden = false
    const form = this.querySelector('form')!
    form.addEventListener('submit', (event) => {
      const field = (name: string) => form.elements.namedItem(name) as HTMLInputElement
      if (field('signature').value) return
      event.preventDefault()
      void this.#sign(form, field).catch(() => {
        const failed = this.querySelector<HTMLElement>('[role=alert]')!
        failed.hidden = false
      })
    })
  }

  async #sign(form: HTMLFormElement, field: (name: string) => HTMLInputElement) {
    const chosen = this.querySelector<HTMLInputElement>('input[type=file]')!.files?.[0]
    if (!chosen || field('publisher').value.trim().length < 2) throw new Error('nothing to sign with')
    const pem = (await chosen.text()).replace(/-----[^-]+-----|\s/g, '')
    const bytes = Uint8Array.from(atob(pem), (sign) => sign.charCodeAt(0))
    const key = await crypto.subtle.importKey('pkcs8', bytes, { name: 'Ed25519' }, true, ['sign'])
    const { x = '' } = await crypto.subtle.exportKey('jwk', key)
    const publisher = field('publisher').value.trim()
    const { id, version, files } = JSON.parse(this.getAttribute('seal') ?? '{}') as Record<string, unknown>
    const seal = { format: 'melayani.seal/1', id, version, publisher, key: x, files }
    const text = new TextEncoder().encode(`${JSON.stringify(seal, undefined, 2)}\n`)
    const signature = new Uint8Array(await crypto.subtle.sign('Ed25519', key, text))
    field('publisher').value = publisher
    field('key').value = x
    field('signature').value = btoa(String.fromCharCode(...signature))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '')
    form.submit()
    // Another file may be signed on the same page.
    field('signature').value = ''
  }
}

customElements.define('seal-here', SealHere)
