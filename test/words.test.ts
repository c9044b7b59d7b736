import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'

type Module = Record<string, unknown> & { id?: Record<string, unknown> }

/**
 * Words are split by noun and joined again by a function of the language. A key that stands in two joined files would
 * silently lose one of its texts, so each file must come out whole of at least one of its folder's functions.
 */
describe('the house: words', () => {
  for (const folder of globSync('src/rooms/*/text')) {
    it(`lose none of their texts when they are joined in ${folder}`, async () => {
      const modules: [string, Module][] = []
      for (const file of globSync(`${folder}/*.ts`))
        modules.push([path.basename(file), await import(path.resolve(file))])
      const joined = modules.flatMap(([, module]) =>
        Object.entries(module)
          .filter(([name, value]) => typeof value === 'function' && value.length === 1 && /^(?:w|\w+W)ords$/.test(name))
          .map(([, value]) => (value as (lang: 'id') => Record<string, unknown>)('id')),
      )
      assert.ok(joined.length > 0)
      const lost = modules.flatMap(([file, module]) => {
        const { id } = module
        // A file with a function of its own for one key at a time is not joined to anything.
        const alone = Object.values(module).some((value) => typeof value === 'function' && value.length === 2)
        if (!id || alone || joined.some((words) => Object.entries(id).every(([key, text]) => words[key] === text)))
          return []
        const best = joined
          .map((words) =>
            Object.entries(id)
              .filter(([key, text]) => words[key] !== text)
              .map(([key]) => key),
          )
          .sort((a, b) => a.length - b.length)[0]
        return [`${file}: ${best!.slice(0, 5).join(', ')}`]
      })
      assert.deepEqual(lost, [])
    })
  }
})
