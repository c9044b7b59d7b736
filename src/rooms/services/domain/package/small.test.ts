import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { parse } from 'yaml'
import { z } from 'zod'
import { filesOf, inFiles, packageOf, small } from '../../../../../test/packages.ts'
import { schemaFolder, schemas } from '../../../../../tools/package-schemas.ts'
import { nationalHolidays } from '../holidays.ts'
import { rehearse } from '../rehearsal.ts'
import { asLine } from './problem.ts'
import { asJson, readPackage } from './read.ts'

describe('services: packages that are good', () => {
  it('reads a small package without a problem, and it proves itself', () => {
    const read = readPackage(inFiles(small))
    assert.deepEqual(read.problems.map(asLine), [])
    assert.ok(read.ok)
    assert.deepEqual(
      rehearse(read.value, nationalHolidays()).flatMap(({ problems }) => problems.map(asLine)),
      [],
    )
  })

  for (const name of ['laskar-penjaja-sayur', 'garda-ampuh'])
    it(`plays every example of ${name} as it says, and tries every move`, () => {
      const pkg = packageOf(filesOf(name))
      const played = rehearse(pkg, nationalHolidays())
      assert.deepEqual(
        played.flatMap(({ problems }) => problems.map(asLine)),
        [],
      )
      const { problems } = readPackage(filesOf(name))
      assert.deepEqual(
        problems.map(({ rule }) => rule).filter((rule) => rule !== 'clinical-unapproved'),
        [],
      )
    })

  it('is the same package as JSON, byte for byte the same when it is turned again', () => {
    const once = asJson(inFiles(small))
    assert.deepEqual(packageOf(once), packageOf(inFiles(small)))
    assert.deepEqual([...asJson(once)], [...once])
  })

  it('tells what is wrong with the file, the line, the place and the rule', () => {
    const files = inFiles({ ...small, 'roles.yaml': small['roles.yaml']!.replace('reach: area', 'reach: everywhere') })
    const read = readPackage(files)
    assert.deepEqual(
      read.problems.map(({ file, line, at, rule }) => ({ file, line, at, rule })),
      [{ file: 'roles.yaml', line: 4, at: 'roles[1].reach', rule: 'not-the-schema' }],
    )
  })

  it('says which example came out otherwise, where, and how', () => {
    const files = inFiles({
      ...small,
      'rules/urutan.yaml': small['rules/urutan.yaml']!.replace('points: 3', 'points: 2'),
    })
    const [played] = rehearse(packageOf(files), nationalHolidays())
    assert.deepEqual(played!.problems.map(asLine), [
      'examples/pinjam steps[0].expect.rules.urutan.total: example-failed: expected 6, and it is 5',
    ])
  })

  it('ships no document that does not keep to its published schema, which its first line names', () => {
    for (const name of ['laskar-penjaja-sayur', 'garda-ampuh'])
      for (const [file, bytes] of filesOf(name)) {
        const text = new TextDecoder().decode(bytes)
        const [, schema] = /^# yaml-language-server: \$schema=(?:\.\.\/)+schema\/(\w+\.json)\n/.exec(text)!
        const published = z.fromJSONSchema(JSON.parse(readFileSync(path.join(schemaFolder, schema!), 'utf8')))
        const result = published.safeParse(parse(text))
        assert.ok(result.success, `${name}/${file}: ${JSON.stringify(result.error?.issues)}`)
      }
  })

  it('publishes the schemas that it reads by (npm run generate)', () => {
    for (const [name, text] of schemas()) assert.equal(readFileSync(path.join(schemaFolder, name), 'utf8'), text, name)
  })
})
