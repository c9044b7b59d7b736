import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { asLine, nationalHolidays, readPackage, rehearse } from '#services'
import { inFiles } from './packages.ts'

const guide = readFileSync(path.join(import.meta.dirname, '../docs/first-package.md'), 'utf8')
const steps = [...guide.matchAll(/### `([\w/]+\.yaml)`\n+```yaml\n([\s\S]*?)```/g)].map(
  ([, name, text]) => [name!, text!] as const,
)

describe('services: the guide to a first package', () => {
  it('makes a good package, by its text alone', () => {
    assert.equal(steps.length, (guide.match(/```yaml/g) ?? []).length)
    const read = readPackage(inFiles(Object.fromEntries(steps)))
    assert.deepEqual(read.problems.map(asLine), [])
    assert.ok(read.ok)
    const played = rehearse(read.value, nationalHolidays())
    assert.deepEqual(
      played.flatMap(({ problems }) => problems.map(asLine)),
      [],
    )
    assert.equal(played.length, 2)
  })

  it('is right that the last step is missing until it is written, and that a wrong number is noticed', () => {
    const without = steps.filter(([name]) => !name.startsWith('examples/'))
    assert.deepEqual(
      readPackage(inFiles(Object.fromEntries(without)))
        .problems.filter(({ level }) => level === 'error')
        .map(({ rule }) => rule),
      ['no-examples'],
    )
    const wrong = steps.map(([name, text]) => [name, text.replace('amount: 2, unit: hours', 'amount: 20, unit: hours')])
    const read = readPackage(inFiles(Object.fromEntries(wrong)))
    assert.ok(read.ok)
    assert.ok(
      rehearse(read.value, nationalHolidays()).some(({ problems }) =>
        problems.some(({ at }) => at.endsWith('due.janji')),
      ),
    )
  })
})
