/**
 * A sheet of rows that is written like a spreadsheet: rows are added without leaving the page, and what was copied out of
 * a spreadsheet fills the cells from where it is pasted, with new rows below. Without this script the server adds rows.
 */
class SheetRows extends HTMLElement {
  connectedCallback() {
    this.addEventListener('click', (event) => this.#click(event))
    this.addEventListener('paste', (event) => this.#paste(event))
  }

  #click(event: Event) {
    const button = (event.target as Element).closest<HTMLButtonElement>('button[name=row]')
    const sheet = button?.closest<HTMLElement>('.sheet')
    if (!button || !sheet || !/:add:\d+$/.test(button.value)) return
    const row = addRow(sheet)
    if (!row) return
    event.preventDefault()
    cellsOf(row)[0]?.focus()
  }

  #paste(event: ClipboardEvent) {
    const field = event.target as HTMLElement
    const sheet = field.closest<HTMLElement>('.sheet')
    const row = field.closest<HTMLElement>('.row')
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (!sheet || !row || !text.includes('\t')) return
    event.preventDefault()
    const lines = text.replaceAll('\r\n', '\n').replace(/\n$/, '').split('\n')
    const first = cellsOf(row).indexOf(field as Cell)
    let current: HTMLElement | undefined = row
    for (const line of lines.slice(0, 200)) {
      if (!current) break
      const cells = cellsOf(current)
      for (const [i, value] of line.split('\t').entries()) write(cells[first + i], value.trim())
      current = nextRow(current) ?? addRow(sheet)
    }
    this.dispatchEvent(new Event('input', { bubbles: true }))
  }
}

type Cell = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement
const named = 'input[name]:not([type=hidden], [type=checkbox]), select[name], textarea[name]'
const cellsOf = (row: HTMLElement) => [...row.querySelectorAll<Cell>(named)]
const nextRow = (row: HTMLElement) =>
  row.nextElementSibling?.classList.contains('row') ? (row.nextElementSibling as HTMLElement) : undefined

/** A select takes the words that its reader sees as well as its values. */
function write(cell: Cell | undefined, value: string) {
  if (!cell) return
  if (!(cell instanceof HTMLSelectElement)) {
    cell.value = value
    return
  }
  const wanted = value.toLowerCase()
  const found = [...cell.options].find((option) => option.value === wanted || option.text.toLowerCase() === wanted)
  if (found) cell.value = found.value
}

/** One more empty row like the last; undefined where there is none to take after. */
function addRow(sheet: HTMLElement): HTMLElement | undefined {
  const last = [...sheet.querySelectorAll<HTMLElement>(':scope > .row')].at(-1)
  const list = sheet.dataset.list ?? ''
  if (!last) return undefined
  const from = Number(last.dataset.row)
  const row = last.cloneNode(true) as HTMLElement
  const [names, ids] = [`${list}.${from}.`, `${list.replaceAll('.', '-')}-${from}`]
  const renamed: Record<string, string> = {
    [names]: `${list}.${from + 1}.`,
    [ids]: `${list.replaceAll('.', '-')}-${from + 1}`,
  }
  row.dataset.row = String(from + 1)
  for (const part of [row, ...row.querySelectorAll('*')])
    for (const name of ['name', 'id', 'for', 'aria-describedby'])
      for (const [old, fresh] of Object.entries(renamed)) {
        const value = part.getAttribute(name)
        if (value?.startsWith(old)) part.setAttribute(name, fresh + value.slice(old.length))
      }
  for (const wrong of row.querySelectorAll('.problem')) wrong.remove()
  for (const link of row.querySelectorAll('.acts > *')) link.remove()
  for (const field of row.querySelectorAll<HTMLInputElement>('[name]')) {
    if (field.type === 'checkbox') field.checked = false
    else if (field.tagName === 'SELECT') (field as unknown as HTMLSelectElement).selectedIndex = 0
    else field.value = ''
  }
  last.after(row)
  return row
}

customElements.define('sheet-rows', SheetRows)
