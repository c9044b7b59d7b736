import { deepEqual, ok } from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'

/** Which code reaches which, by the imports that remain when types are stripped. */
const source = path.join(import.meta.dirname, '../src')
const files = globSync('**/*.ts', { cwd: source }).map((file) => file.replaceAll(path.sep, '/'))

function importsOf(file: string): string[] {
  const text = readFileSync(path.join(source, file), 'utf8')
  const found: string[] = []
  for (const [whole, clause, from] of text.matchAll(/^(?:import|export) ([^'"]*?)from '([^']+)'/gms)) {
    const isType = whole.startsWith('import type') || whole.startsWith('export type')
    const names = /\{([^}]*)\}/.exec(clause!)?.[1]?.split(',') ?? []
    const onlyTypes =
      names.some((name) => name.trim()) && names.every((name) => !name.trim() || /^\s*type\s/.test(name))
    if (!isType && !onlyTypes) found.push(from!)
  }
  for (const [, from] of text.matchAll(/^import '([^']+)'|\bimport\('([^']+)'\)/gm)) if (from) found.push(from)
  return found.map((from) => (from.startsWith('.') ? path.posix.join(path.posix.dirname(file), from) : from))
}

const direct = new Map(files.map((file) => [file, importsOf(file)]))

/** All that the files of a folder reach, themselves left out. */
function reached(start: readonly string[]): string[] {
  const seen = new Set<string>()
  const next = [...start]
  while (next.length > 0) {
    for (const other of direct.get(next.pop()!) ?? []) {
      if (!seen.has(other)) next.push(other)
      seen.add(other)
    }
  }
  return [...seen].filter((file) => !start.includes(file)).sort()
}
const inside = (folder: string) => files.filter((file) => file.startsWith(`${folder}/`))
const within = (list: readonly string[], ...folders: string[]) =>
  list.filter((file) => folders.some((folder) => file.startsWith(`${folder}/`)))

test('what touches a secret reaches no kernel and nothing of the verifier', () => {
  const secret = [...inside('cast'), ...inside('trustee'), 'tally.ts', 'election.ts'].filter(
    (file) => file !== 'cast/hints.ts',
  )
  const all = reached(secret)
  ok(all.includes('group/curve.ts'), all.join())
  deepEqual(within(all, 'kernel', 'verify', 'reference', 'node', 'browser'), [])
})

test('the verifier reaches nothing of the booth’s or the trustees’ arithmetic', () => {
  const all = reached(inside('verify'))
  ok(all.includes('archive/order.ts'), all.join())
  deepEqual(within(all, 'cast', 'trustee', 'reference', 'node', 'browser'), [])
})

test('the second verifier reaches nothing but the libraries of @noble', () => {
  deepEqual(
    reached(inside('reference')).filter((name) => !name.startsWith('@noble/')),
    [],
  )
})

test('the core knows no platform: outside of node/ and browser/ nothing is imported but @noble', () => {
  const core = files.filter((file) => !/^(node|browser)\//.test(file))
  const outside = new Set(core.flatMap((file) => direct.get(file)!).filter((name) => !direct.has(name)))
  deepEqual(
    [...outside].filter((name) => !name.startsWith('@noble/')),
    [],
  )
  deepEqual(within([...new Set(core.flatMap((file) => direct.get(file)!))], 'node', 'browser'), [])
})
