import type { Block } from './paper.ts'

/** Characters of the printer's own font A across an 80 mm roll. */
export const columns = 48

const plain: Record<string, string> = {
  '–': '-',
  '—': '-',
  '−': '-',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '…': '...',
  '·': '-',
  '×': 'x',
  '≤': '<=',
  '≥': '>=',
  '→': '->',
  ß: 'ss',
  æ: 'ae',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  ' ': ' ',
}

/** A text in the letters every printer has: marks above letters are left out, what remains unknown becomes "?". */
export const printable = (text: string): string =>
  Array.from(text, (sign) => plain[sign] ?? sign)
    .join('')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e\n]/gu, '?')

/** Lines of at most `width` signs; a word longer than that is broken. */
export function wrap(text: string, width: number): string[] {
  return printable(text)
    .split('\n')
    .flatMap((paragraph) => {
      const lines: string[] = ['']
      for (const word of paragraph.split(' ')) {
        const last = lines.at(-1)!
        if (last && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
        else if (!last && word.length <= width) lines[lines.length - 1] = word
        else {
          if (last) lines.push('')
          let rest = word
          while (rest.length > width) {
            lines[lines.length - 1] = rest.slice(0, width)
            lines.push('')
            rest = rest.slice(width)
          }
          lines[lines.length - 1] = rest
        }
      }
      return lines
    })
}

/** "Pemilih di DPT .......... 500": on one line where there is room, else the value below, to the right. */
export function pairLines([label, value]: readonly [string, string]): string[] {
  const left = printable(label)
  const right = printable(value)
  if (left.length + right.length + 2 <= columns)
    return [`${left} ${'.'.repeat(columns - left.length - right.length - 2)} ${right}`]
  return [...wrap(label, columns), ...wrap(value, columns - 2).map((line) => line.padStart(columns))]
}

/** A table as lines: columns as wide as their longest cell, the widest one wrapped when they do not fit. */
export function tableLines({ head, rows, numbers }: Extract<Block, { table: unknown }>['table']): string[] {
  const all = [head, ...rows].map((row) => row.map(printable))
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)))
  const most = widths.indexOf(Math.max(...widths))
  const others = widths.reduce((sum, each, column) => sum + (column === most ? 0 : each), 0) + 2 * (widths.length - 1)
  widths[most] = Math.min(widths[most]!, Math.max(8, columns - others))
  const line = (row: string[]) => {
    const cells = row.map((cell, column) => wrap(cell, widths[column]!))
    return Array.from({ length: Math.max(...cells.map(({ length }) => length)) }, (_, at) =>
      cells
        .map((lines, column) =>
          numbers.includes(column)
            ? (lines[at] ?? '').padStart(widths[column]!)
            : (lines[at] ?? '').padEnd(widths[column]!),
        )
        .join('  ')
        .trimEnd(),
    )
  }
  const [first, ...more] = all
  return [...line(first!), '-'.repeat(columns), ...more.flatMap(line)]
}

/** A place to sign on the roll: a dotted line with the name under it. */
export const signatureLines = ([role, name]: readonly [string, string]): string[] => [
  '',
  '',
  '',
  '.'.repeat(32),
  ...wrap(`${role}: ${name}`, columns),
]
