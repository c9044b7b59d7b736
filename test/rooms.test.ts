import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { rooms } from '../src/rooms.ts'
import { type Sources, type Violation, violations } from './boundaries.ts'

const root = path.join(import.meta.dirname, '..')

function ourSources(): Sources {
  const files = globSync('src/**/*.{ts,tsx}', { cwd: root }).map((file) => file.split(path.sep).join('/'))
  return Object.fromEntries(files.map((file) => [file, readFileSync(path.join(root, file), 'utf8')]))
}

const asText = ({ file, line, problem, advice }: Violation) => `${file}:${line}: ${problem}. What to do: ${advice}.`

describe('the house: every line keeps to its room', () => {
  const sources = ourSources()

  it('imports only what its place may know', () => {
    assert.deepEqual(violations(sources, rooms).map(asText), [])
  })

  it('has rooms that know only rooms above them in the list', () => {
    const order = Object.keys(rooms)
    for (const [room, known] of Object.entries(rooms))
      for (const other of known) assert.ok(order.indexOf(other) < order.indexOf(room), `${room} knows ${other}`)
  })

  /** Every fault is planted in a copy of our own sources, in a file of its own; the check must name its line, once. */
  const faults: [title: string, file: string, line: string, problem: RegExp][] = [
    [
      'a room opens a door it may not know',
      'people/actions/x.ts',
      `import { rank } from '#judging'`,
      /people may not know judging/,
    ],
    [
      'a type is fetched through such a door',
      'people/domain/x.ts',
      `export type A = import('#judging').Round`,
      /people may not know judging/,
    ],
    ['a door that is not there', 'people/actions/x.ts', `import { rank } from '#jugding'`, /there is no room #jugding/],
    [
      'a path goes past a door',
      'judging/actions/x.ts',
      `import { may } from '../../people/permissions.ts'`,
      /past the door of people/,
    ],
    [
      'export from goes past a door',
      'judging/index/x.ts',
      `export { may } from '../../people/permissions.ts'`,
      /past the door of people/,
    ],
    [
      'import() goes past a door',
      'judging/jobs/x.ts',
      `const p = await import('../../people/permissions.ts')`,
      /past the door of people/,
    ],
    [
      'import() with a template',
      'judging/jobs/x.ts',
      'const p = await import(`../../people/permissions.ts`)',
      /past the door of people/,
    ],
    [
      'import() of a name made at run time',
      'judging/jobs/x.ts',
      `const p = await import('../' + process.argv[2])`,
      /made at run time/,
    ],
    [
      'a room climbs out to the app',
      'judging/routes/x.tsx',
      `import { app } from '../../../app.ts'`,
      /climbs out of its room/,
    ],
    ['a room imports its own door', 'people/routes/x.tsx', `import { routes } from '#people'`, /its own door/],
    [
      'the app goes past a door',
      '/src/demo/x.ts',
      `import { may } from '../rooms/people/permissions.ts'`,
      /past the door of people/,
    ],
    [
      'a domain asks the store',
      'judging/domain/x.ts',
      `import { list } from '../store/x.ts'`,
      /domain must not know store/,
    ],
    [
      'a domain asks permissions',
      'judging/domain/x.ts',
      `export * from '../permissions.ts'`,
      /domain must not know permissions/,
    ],
    [
      'a domain reads a file',
      'judging/domain/x.ts',
      `import { readFileSync } from 'node:fs'`,
      /domain is pure, and imports node:fs/,
    ],
    [
      'a domain knows another room',
      'judging/domain/x.ts',
      `import { words } from '#competition'`,
      /domain knows no other room/,
    ],
    ['a domain reads the clock', 'judging/domain/x.ts', 'export const now = () => new Date()', /reads the clock/],
    [
      'a domain reads the clock in milliseconds',
      'judging/domain/x.ts',
      'export const now = () => Date.now()',
      /Date\.now\(\)/,
    ],
    ['a domain throws dice', 'judging/domain/x.ts', 'export const die = () => Math.random()', /Math\.random\(\)/],
    [
      'a domain reads the environment',
      'judging/domain/x.ts',
      'export const zone = process.env.TZ',
      /reads the process/,
    ],
    [
      'words come from elsewhere',
      'judging/text/x.ts',
      `import { limit } from '../domain/score.ts'`,
      /text must not know domain/,
    ],
    [
      'permissions ask the store',
      'judging/permissions/x.ts',
      `import { list } from '../store/x.ts'`,
      /permissions must not know store/,
    ],
    ['forms act', 'judging/forms/x.ts', `import { give } from '../actions/x.ts'`, /forms must not know actions/],
    [
      'the store decides',
      'judging/store/x.ts',
      `import { give } from '../actions/x.ts'`,
      /store must not know actions/,
    ],
    [
      'the store asks permission',
      'judging/store/x.ts',
      `import { may } from '../permissions.ts'`,
      /store must not know permissions/,
    ],
    ['events act', 'judging/events/x.ts', `import { give } from '../actions/x.ts'`, /events must not know actions/],
    [
      'a page fetches from the store',
      'judging/pages/x.tsx',
      `import { list } from '../store/x.ts'`,
      /pages must not know store/,
    ],
    [
      'a page knows the database',
      'judging/pages/x.tsx',
      `import { connect } from '#platform/db.ts'`,
      /a page draws plain data/,
    ],
    ['a page fetches', 'judging/pages/x.tsx', `export const P = () => <p>{fetch('/api')}</p>`, /a page fetches/],
    [
      'a page waits',
      'judging/pages/x.tsx',
      'export const P = async (x: Promise<string>) => <p>{await x}</p>',
      /a page waits/,
    ],
    ['an action draws', 'judging/actions/x.ts', `import { P } from '../pages/x.tsx'`, /actions must not know pages/],
    [
      'an action answers',
      'judging/actions/x.ts',
      `import { routes } from '../routes/index.tsx'`,
      /actions must not know routes/,
    ],
    [
      'a route uses its own room by the index',
      'judging/routes/x.tsx',
      `import { y } from '../index.ts'`,
      /routes must not know index/,
    ],
    [
      'an action speaks SQL',
      'judging/actions/x.ts',
      `import { sql } from 'kysely'`,
      /only store speaks SQL, and this imports kysely/,
    ],
    [
      'a job speaks SQL by driver',
      'judging/jobs/x.ts',
      `import pg from 'pg'`,
      /only store speaks SQL, and this imports pg/,
    ],
    [
      'a route queries',
      'judging/routes/x.tsx',
      `export const q = (db: Db) => db.selectFrom('judging.score')`,
      /and routes calls selectFrom/,
    ],
    [
      'a store reads what its room may not know',
      'people/store/x.ts',
      `export const q = (db: Db) => db.selectFrom('judging.score as s')`,
      /people may not know judging, and reads judging\.score/,
    ],
    [
      'a store joins what its room may not know',
      'people/store/x.ts',
      'export const q = sql`select 1 from log.event e join judging.score s using (id)`',
      /people may not know judging/,
    ],
    [
      'a store writes to another room',
      'judging/store/x.ts',
      `export const q = (db: Db) => db.updateTable('people.person')`,
      /writes people\.person/,
    ],
    [
      'a store writes to another room in SQL',
      'judging/store/x.ts',
      'export const q = sql`delete from people.person`',
      /writes people\.person/,
    ],
    [
      'the platform imports a room',
      '/src/platform/x.ts',
      `import { words } from '#people'`,
      /the platform knows no room/,
    ],
    [
      'the platform imports a room by path',
      '/src/platform/x.ts',
      `import { may } from '../rooms/people/permissions.ts'`,
      /the platform knows no room/,
    ],
    [
      'the platform reads a room',
      '/src/platform/x.ts',
      `export const q = (db: Db) => db.selectFrom('people.person')`,
      /the platform knows no room, and uses people\.person/,
    ],
    [
      'HTML is written raw',
      'judging/pages/x.tsx',
      `export const P = () => <p dangerouslySetInnerHTML={{ __html: '<b>' }} />`,
      /not escaped/,
    ],
    [
      'HTML is written raw by a spread',
      '/src/platform/ui/x.tsx',
      `export const P = () => <p {...{ dangerouslySetInnerHTML: {} }} />`,
      /not escaped/,
    ],
    [
      'a kind of file that nobody knows',
      'judging/helpers/x.ts',
      'export const x = 1',
      /no files of the kind "helpers"/,
    ],
    ['a room that is not in the list', 'kitchen/domain/x.ts', 'export const x = 1', /there is no room "kitchen"/],
  ]

  const planted = faults.map(([, where], i) => {
    const named = where.replace(/x\.(tsx?)$/, `planted-${i}.$1`)
    return where.startsWith('/') ? named.slice(1) : `src/rooms/${named}`
  })
  const copy = {
    ...sources,
    ...Object.fromEntries(faults.map(([, , line], i) => [planted[i]!, `// planted\n${line}\n`])),
  }
  const all = violations(copy, rooms)
  faults.forEach(([title, , , problem], i) => {
    it(`notices when ${title}`, () => {
      const found = all.filter(({ file }) => file === planted[i])
      assert.equal(found.length, 1, found.map(asText).join('\n'))
      assert.match(found[0]!.problem, problem)
      assert.equal(found[0]!.line, 2)
      assert.ok(found[0]!.advice.length > 10)
    })
  })

  const allowed: [title: string, file: string, line: string][] = [
    ['a door it may know', 'judging/actions/x.ts', `import { isNational } from '#people'`],
    ['a type through a door in its domain', 'judging/domain/x.ts', `import type { Rules } from '#competition'`],
    ['the store in a route', 'judging/routes/x.tsx', `import { list } from '../store/x.ts'`],
    ['SQL in its store', 'judging/store/score.ts', `import { sql } from 'kysely'`],
    [
      'a table of a room it may know',
      'judging/store/x.ts',
      `export const q = (db: Db) => db.selectFrom('people.person as p')`,
    ],
    ['a type of the platform in a page', 'judging/pages/x.tsx', `import type { View } from '#platform/http.ts'`],
    ['the database in a test', 'judging/x.test.ts', `import { aWorld } from '../../../test/world.ts'`],
  ]
  for (const [title, where, line] of allowed)
    it(`lets a room use ${title}`, () => {
      const file = `src/rooms/${where}`
      assert.deepEqual(violations({ [file]: line }, rooms).map(asText), [])
    })
})
