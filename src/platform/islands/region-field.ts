/** Offers regions while one types. Without this script the field is plain text, and the server finds the region. */
type Region = { code: string; name: string; within: string | null }

class RegionField extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector('input')
    if (!input) return
    const list = document.createElement('datalist')
    list.id = `${input.id}-list`
    this.append(list)
    input.setAttribute('list', list.id)
    let waiting: ReturnType<typeof setTimeout> | undefined
    let asked = 0
    input.addEventListener('input', () => {
      clearTimeout(waiting)
      const q = input.value.trim()
      // A choice from the list begins with its code; there is nothing to look up any more.
      if (q.length < 2 || /^\d\d(\.\d+)* /.test(q)) return
      waiting = setTimeout(async () => {
        const mine = ++asked
        const query = new URLSearchParams({ q, kind: this.getAttribute('kinds') ?? '' })
        const answer = await fetch(`/people/regions?${query}`, { headers: { accept: 'application/json' } }).catch(
          () => undefined,
        )
        if (!answer?.ok || mine !== asked) return
        const regions: Region[] = await answer.json()
        list.replaceChildren(
          ...regions.map(({ code, name, within }) => {
            const option = document.createElement('option')
            option.value = `${code} ${name}${within ? `, ${within}` : ''}`
            return option
          }),
        )
      }, 150)
    })
  }
}
customElements.define('region-field', RegionField)
