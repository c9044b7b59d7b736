import { spawnSync } from 'node:child_process'
import path from 'node:path'

/**
 * `npm run bench [-- words]` in this package: all that is measured, one section after the other, or those whose name
 * contains a word. Each section is a program of its own in this folder and says what its columns are.
 */
const sections: readonly [file: string, ...args: string[]][] = [
  ['verify.ts', '--large'],
  ['encrypt.ts'],
  ['encrypt.ts', '--chromium'],
  ['trustees.ts'],
  ['kernel.ts'],
  ['modular.ts', 'BELENIOS-2048'],
  ['batch-judge.ts'],
  ['archive.ts'],
]
const words = process.argv.slice(2)
const chosen = sections.filter(
  (section) => words.length === 0 || words.some((word) => section.join(' ').includes(word)),
)
if (chosen.length === 0) throw new Error(`no section is called ${words.join(' or ')}`)
for (const [file, ...args] of chosen) {
  console.log(`\n=== bench/${[file, ...args].join(' ')}`)
  const { status } = spawnSync(process.execPath, [path.join(import.meta.dirname, file), ...args], { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
