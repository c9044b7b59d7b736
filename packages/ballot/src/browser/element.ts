type Child = Node | string | false | undefined

/** An element with its attributes and children. Texts are texts: nothing in an archive can become markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string | boolean> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes))
    if (value !== false) made.setAttribute(key, value === true ? '' : value)
  made.append(...children.filter((child): child is Node | string => child !== false && child !== undefined))
  return made
}

export const heading = (text: string): HTMLElement => element('h2', {}, text)

/** A table that scrolls sideways by itself where the screen is narrow. Columns named in `numbers` are right-aligned. */
export function table(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  numbers: readonly number[],
): HTMLElement {
  const cell = (tag: 'th' | 'td', text: string, at: number) =>
    element(
      tag,
      { ...(tag === 'th' ? { scope: 'col' } : {}), ...(numbers.includes(at) ? { class: 'number' } : {}) },
      text,
    )
  return element(
    'div',
    { class: 'scroll', role: 'region', 'aria-label': caption, tabindex: '0' },
    element(
      'table',
      {},
      element('thead', {}, element('tr', {}, ...head.map((text, at) => cell('th', text, at)))),
      element('tbody', {}, ...rows.map((row) => element('tr', {}, ...row.map((text, at) => cell('td', text, at))))),
    ),
  )
}

export function facts(list: readonly (readonly [string, string, string?])[]): HTMLElement {
  return element(
    'dl',
    {},
    ...list.flatMap(([name, value, hint]) => [
      element('dt', {}, name),
      element('dd', {}, value, hint ? element('div', { class: 'hint' }, hint) : undefined),
    ]),
  )
}
