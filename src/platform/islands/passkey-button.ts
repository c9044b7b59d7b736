import { startAuthentication, startRegistration } from '@simplewebauthn/browser'

/** A button that makes or uses a passkey. Without this script it stays hidden, and the page offers the other ways. */
class PasskeyButton extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector('button')
    if (!button || !('PublicKeyCredential' in window)) return
    this.hidden = false
    button.addEventListener('click', async () => {
      button.disabled = true
      const ok = await this.#run().catch(() => false)
      button.disabled = false
      if (!ok) this.#say()
    })
  }

  async #run(): Promise<boolean> {
    const optionsJSON = await this.#send(this.getAttribute('options') ?? '', {})
    const name = this.querySelector('input')?.value ?? ''
    const response =
      this.getAttribute('mode') === 'add'
        ? await startRegistration({ optionsJSON })
        : await startAuthentication({ optionsJSON })
    const { next } = await this.#send(this.getAttribute('verify') ?? '', { response, name })
    location.assign(next)
    return true
  }

  async #send(address: string, body: unknown) {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(String(answer.status))
    return answer.json()
  }

  #say() {
    const place = this.querySelector('[role=alert]')
    if (place) place.textContent = this.getAttribute('failed')
  }
}
customElements.define('passkey-button', PasskeyButton)
