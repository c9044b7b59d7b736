import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'

const root = path.join(import.meta.dirname, '..')
const documents = globSync(['README.md', 'docs/*.md', 'docs/decisions/*.md', 'src/rooms/*/README.md'], { cwd: root })
const files = globSync('{src,test,tools,bench,e2e,db,docs,programs}/**/*', { cwd: root }).map((file) =>
  file.split(path.sep).join('/'),
)

describe('the house: what the documents name', () => {
  for (const document of documents.filter((name) => !/permissions|events/.test(name)))
    it(`${document} names files, pages and commands that are there`, () => {
      const text = readFileSync(path.join(root, document), 'utf8')
      const room = /^src\/rooms\/[^/]+/.exec(document)?.[0] ?? ''
      const missing: string[] = []
      for (const [, named] of text.matchAll(/`([\w./-]+\/[\w.-]+\.(?:tsx?|mjs|sql|md|json))`/g))
        if (
          !named!.startsWith('/') &&
          !files.some((file) => file === named || file.endsWith(`/${named}`) || file === `${room}/${named}`)
        )
          missing.push(named!)
      for (const [, link] of text.matchAll(/\]\((?!https?:)([^)#]+)/g))
        if (!existsSync(path.resolve(root, path.dirname(document), link!))) missing.push(link!)
      const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
        scripts: Record<string, string>
      }
      for (const [, script] of text.matchAll(/npm run ([a-z:-]+)/g))
        if (!(script! in scripts)) missing.push(`npm run ${script}`)
      assert.deepEqual(missing, [])
    })
})
