import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** A program of others that judges what ours makes. */
export type DebianProgram = {
  /** Where Debian puts it. */
  readonly installed: string
  /** Of Debian, that holds it. */
  readonly package: string
  /** A path that somebody names instead. */
  readonly named: string | undefined
  /** What it is, as in "Installing …". */
  readonly what: string
  /** Said when it cannot be had: what is not tested then. */
  readonly without: string
}

/** Its path: installed when it is missing and the process may (root, apt). undefined, after a message that shows, when it cannot be had. */
export function findDebianProgram(program: DebianProgram): string | undefined {
  const { installed, named, what, without } = program
  if (named) return named
  if (existsSync(installed)) return installed
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.error(`Installing ${program.package}, ${what} (once) …`)
    const apt = (...args: string[]) =>
      execFileSync('apt-get', ['-qq', ...args], {
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
        stdio: ['ignore', 'ignore', 'inherit'],
      })
    const install = ['install', '-y', '--no-install-recommends', program.package]
    try {
      try {
        apt(...install)
      } catch {
        apt('update')
        apt(...install)
      }
    } catch {
      // Said below, with the other reasons why it may be missing.
    }
    if (existsSync(installed)) return installed
  }
  console.error(without)
  return undefined
}
