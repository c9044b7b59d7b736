import { deepEqual } from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { cases } from './further-cases.ts'
import { type Said, sayingOf } from './saying.ts'

/**
 * What the verifier says of each altered archive: its verdict and every rule it names, as written in `findings.json`.
 * `WRITE_FINDINGS=1` writes the file anew, to be read over line by line before it is committed.
 */
const file = path.join(import.meta.dirname, 'findings.json')
const written: Record<string, Said> = JSON.parse(readFileSync(file, 'utf8'))

test('every altered archive is judged as it is written down, rule by rule', async () => {
  const said: Record<string, Said> = {}
  for (const each of cases) said[each.name] = await sayingOf(each)
  if (process.env.WRITE_FINDINGS) {
    const lines = Object.entries(said).map(([name, rules]) => `  ${JSON.stringify(name)}: ${JSON.stringify(rules)}`)
    writeFileSync(file, `{\n${lines.join(',\n')}\n}\n`)
  }
  deepEqual(said, written)
})
