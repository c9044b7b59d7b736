import { spawnSync } from 'node:child_process'
import { chmodSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { startEmbedded } from '#platform/embedded.ts'
import { prepareTemplate } from '../test/template.ts'
import { findChromium } from './chromium.ts'
import { compileFor } from './compile.ts'

/**
 * `npm test`: types, lint, then every test file (`npm test -- judging` runs those whose path contains the word).
 * One database server for all; each file takes its own copy of a migrated database. Ends with `N passed, N failed`.
 */
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'))
if (process.argv.includes('--long')) process.env.LONG = '1'
const failures: string[] = []
let passed = 0

if (wanted.length === 0) {
  step('types', 'typescript/bin/tsc', ['-p', '.'])
  step('lint and format', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.'])
}

const home = mkdtempSync(path.join(tmpdir(), 'melayani-test-'))
chmodSync(home, 0o755)
const server = await startEmbedded(path.join(home, 'pg'), { durable: false })
try {
  await prepareTemplate(server)
  Object.assign(process.env, await compileFor(path.join(home, 'compiled')))
  process.env.TEST_SERVER = server.address('{database}')
  process.env.CHROMIUM = findChromium()
  // Journeys and what is killed take longest: they come first, so that at the end none of them is left running alone.
  const files = ['e2e', 'test', 'packages', 'src']
    .flatMap((folder) => globSync(`${folder}/**/*.test.{ts,tsx}`).sort())
    .filter((file) => !file.includes('node_modules'))
    .filter((file) => wanted.length === 0 || wanted.some((word) => file.includes(word)))
  await runFiles(files)
} finally {
  await server.stop()
  rmSync(home, { recursive: true, force: true })
}

for (const failure of failures) console.log(`failed: ${failure}`)
console.log(`${passed} passed, ${failures.length} failed`)
process.exit(failures.length > 0 || passed === 0 ? 1 : 0)

function step(name: string, script: string, args: string[]) {
  const { status } = spawnSync(process.execPath, [path.join('node_modules', script), ...args], { stdio: 'inherit' })
  if (status === 0) passed++
  else failures.push(name)
}

function runFiles(files: string[]): Promise<void> {
  return new Promise((done) => {
    const stream = run({
      files,
      // Two more than the cores of the machine that judges a change: a test waits often, for a browser, a disk or a process that starts.
      concurrency: 4,
      execArgv: ['--import', 'tsx', '--disable-warning=ExperimentalWarning'],
      timeout: 20 * 60_000,
    })
    stream.on('test:pass', (test) => {
      if (test.details.type !== 'suite' && !test.skip && !test.todo) passed++
    })
    stream.on('test:fail', (test) => {
      const broken = test.details.error as Error & { failureType?: string }
      if (test.details.type !== 'suite' || broken.failureType === 'hookFailed')
        failures.push(`${test.file ?? ''} ${test.name}`)
    })
    stream.compose(new spec()).pipe(process.stdout)
    stream.on('end', done)
  })
}
