import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'

const root = path.join(import.meta.dirname, '..')

describe('docs/security.md', () => {
  it('names only proofs that exist', () => {
    const text = readFileSync(path.join(root, 'docs/security.md'), 'utf8')
    const missing: string[] = []
    let proofs = 0
    // A file in `…`, then one or more titles in “…”, until the next file.
    for (const [, file, rest] of text.matchAll(/`([^`]+\.test\.tsx?)`: ((?:“[^”]+”(?: · )?)+)/g)) {
      const source = existsSync(path.join(root, file!)) ? readFileSync(path.join(root, file!), 'utf8') : ''
      for (const [, title] of rest!.matchAll(/“([^”]+)”/g)) {
        proofs++
        // A title in single quotes escapes its own.
        if (!source.includes(title!) && !source.includes(title!.replaceAll("'", "\\'")))
          missing.push(`${file}: ${title}`)
      }
    }
    assert.deepEqual(missing, [])
    assert.ok(proofs > 40, `${proofs} proofs were read`)
  })
})
