import { readFileSync } from 'node:fs'
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * The verifier with one check taken out, for each check. A check is a call `require(rule, condition, …)`, whose condition
 * becomes `true`, or a place in the archive's reader where a fault is said, which becomes silent. The sources on disk stay as they are: a
 * module hook gives the altered text to an import with `?mutant=N`, and the same N to all of the verifier that it imports.
 */
export type Mutant = {
  readonly file: string
  readonly line: number
  /** As it stands in the source: a rule's name in quotation marks, or an expression. */
  readonly rule: string
  readonly source: string
}

const source = path.join(import.meta.dirname, '../src')
const folders = ['verify', 'archive']
const files = [
  'verify/ballot-text',
  'verify/ballot',
  'verify/credentials',
  'verify/decryption',
  'verify/election',
  'verify/expected',
  'verify/pedersen',
  'verify/pilkades',
  'verify/plain-judge',
  'verify/result',
  'verify/survey',
  'verify/tally',
  'verify/trustees',
  'verify/verify',
  'archive/order',
  'archive/read',
  'archive/tar',
]

/** Where a bracket that opens at `from` closes, and the commas between its arguments. */
function argumentsAt(text: string, from: number): { commas: number[]; end: number } {
  const commas: number[] = []
  let depth = 0
  for (let at = from; at < text.length; at++) {
    const letter = text[at]!
    if (letter === "'" || letter === '"' || letter === '`') {
      for (at++; text[at] !== letter; at++) if (text[at] === '\\') at++
    } else if ('([{'.includes(letter)) depth++
    else if (')]}'.includes(letter)) {
      if (--depth === 0) return { commas, end: at }
    } else if (letter === ',' && depth === 1) commas.push(at)
  }
  throw new Error('a call that does not end')
}

function mutantsOf(file: string): Mutant[] {
  const text = readFileSync(path.join(source, `${file}.ts`), 'utf8')
  const found: Mutant[] = []
  for (const { 0: call, index } of text.matchAll(
    /\.require\(|\byield faultAt\(|this\.#fault\(|(?<!#)\bfaults\.push\(/g,
  )) {
    const open = index + call.length - 1
    const { commas, end } = argumentsAt(text, open)
    const line = text.slice(0, index).split('\n').length
    const part = (from: number, to: number) => text.slice(from + 1, to).trim()
    if (call === '.require(') {
      const [first, second = end] = commas as [number, number?]
      // The one that says faults of the archive: these are taken out where they are found.
      if (part(first, second) === 'false') continue
      found.push({ file, line, rule: part(open, first), source: `${text.slice(0, first)}, true${text.slice(second)}` })
    } else {
      const list = text.slice(open + 1, end)
      const rule = /'[a-z]+\.[a-z-]+'/.exec(list)?.[0] ?? list
      found.push({ file, line, rule, source: `${text.slice(0, index)}void [${list}]${text.slice(end + 1)}` })
    }
  }
  return found
}

export const mutants: readonly Mutant[] = files.flatMap(mutantsOf)

registerHooks({
  resolve(specifier, context, next) {
    const mark = /\?mutant=\d+$/.exec(context.parentURL ?? '')?.[0]
    if (!mark || !specifier.startsWith('.')) return next(specifier, context)
    const url = new URL(specifier, context.parentURL)
    const mine = folders.some((folder) => url.href.startsWith(pathToFileURL(path.join(source, folder)).href))
    return mine ? { url: url.href + mark, shortCircuit: true } : next(specifier, context)
  },
  load(url, context, next) {
    const match = /^(.*\/src\/)(.*)\.ts\?mutant=(\d+)$/.exec(url)
    if (!match) return next(url, context)
    const mutant = mutants[Number(match[3])]!
    const file = match[2]!
    const text = mutant.file === file ? mutant.source : readFileSync(path.join(source, `${file}.ts`), 'utf8')
    return { format: 'module', source: stripTypeScriptTypes(text, { mode: 'strip' }), shortCircuit: true }
  },
})

/** The verifier without that check. */
export const importMutant = async (number: number): Promise<typeof import('../src/verify/verify.ts')> =>
  import(`${pathToFileURL(path.join(source, 'verify/verify.ts')).href}?mutant=${number}`)
