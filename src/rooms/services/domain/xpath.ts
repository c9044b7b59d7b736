/**
 * Conditions in the two languages that forms are written in: FEEL (here) and the XPath of XLSForm (ODK, Kobo). Only what
 * both can say is turned; the rest gives undefined, and is kept in its own language beside the form.
 */

/** `umur >= 35 and list contains(tanda, "tua")` → `${umur} >= 35 and selected(${tanda}, 'tua')` */
export function toXPath(feel: string, fields: ReadonlySet<string>): string | undefined {
  const words: string[] = []
  for (const token of tokens(feel.replace(/\blist contains\s*\(/g, 'selected('))) {
    if (/^"/.test(token)) words.push(token.includes("'") ? '"' : `'${token.slice(1, -1)}'`)
    else if (fields.has(token)) words.push(`\${${token}}`)
    else if (token === 'null') words.push("''")
    else if (token === 'today') words.push('today()')
    else if (token === '/') words.push('div')
    else if (/^(?:and|or|not|selected|true|false)$/.test(token))
      words.push(/^(?:true|false)$/.test(token) ? `${token}()` : token)
    else if (/^(?:\d+(?:\.\d+)?|[-+*(),]|[<>!]?=|[<>])$/.test(token)) words.push(token)
    else return undefined
  }
  return written(words)
}

/** The other way round. `own`: the field that `.` stands for. */
export function toFeel(xpath: string, own = ''): string | undefined {
  const words: string[] = []
  const plain = xpath.replace(/\btoday\s*\(\s*\)/g, 'today').replace(/\b(true|false)\s*\(\s*\)/g, '$1')
  for (const token of tokens(plain)) {
    if (/^'/.test(token) || /^"/.test(token)) words.push(token.length === 2 ? 'null' : `"${token.slice(1, -1)}"`)
    else if (/^\$\{/.test(token)) words.push(token.slice(2, -1))
    else if (token === '.') words.push(own)
    else if (token === 'div') words.push('/')
    else if (token === 'selected') words.push('list contains')
    else if (/^(?:and|or|not|today|true|false)$/.test(token)) words.push(token)
    else if (/^(?:\d+(?:\.\d+)?|[-+*(),]|[<>!]?=|[<>])$/.test(token)) words.push(token)
    else return undefined
  }
  return words.includes('') ? undefined : written(words)
}

function tokens(text: string): string[] {
  return text.match(/"[^"]*"|'[^']*'|\$\{[^}]*\}|\d+(?:\.\d+)?|[A-Za-z_][\w-]*|[<>!]=|\S/g) ?? []
}

/** One way of writing: blanks around operators, none inside brackets. */
function written(words: string[]): string {
  return words
    .join(' ')
    .replace(/ ?\( ?/g, '(')
    .replace(/ \)/g, ')')
    .replace(/ ,/g, ',')
    .replace(/\b(and|or)\(/g, '$1 (')
    .replace(/([=<>+*-])\(/g, '$1 (')
}
