import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { allEvents, catalogues } from '../src/events.ts'
import { describeEvents, eventsFile } from '../tools/events.ts'

const root = path.join(import.meta.dirname, '..')

describe('the house: what is told', () => {
  it('is what docs/events.md says (npm run generate writes it)', () => {
    assert.equal(describeEvents(), readFileSync(eventsFile, 'utf8'))
  })

  it('names each event by its room', () => {
    for (const [room, catalogue] of Object.entries(catalogues))
      assert.deepEqual(
        Object.keys(catalogue).filter((name) => !new RegExp(`^${room}\\.[a-z]+(-[a-z]+)*$`).test(name)),
        [],
      )
  })

  it('has a sentence for every action and every event that the code records', () => {
    const told = new Set(Object.keys(allEvents()))
    const missing: string[] = []
    for (const file of globSync('src/rooms/*/{actions,routes,jobs,store}{.ts,.tsx,/**/*.ts,/**/*.tsx}', {
      cwd: root,
    })) {
      if (/\.test\./.test(file)) continue
      const room = file.split(path.sep)[2]!
      if (Object.keys(catalogues[room] ?? {}).length === 0) continue
      const text = readFileSync(path.join(root, file), 'utf8')
      for (const [, name] of text.matchAll(/\bname: '([a-z]+\.[a-z-]+)'/g))
        if (!told.has(name!)) missing.push(`${file}: ${name}`)
    }
    assert.deepEqual(missing, [])
  })
})
