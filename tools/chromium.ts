import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** A Chromium on this machine; on Debian, run by root, it is installed when it is missing. CHROMIUM names another one. */
export function findChromium(): string {
  const given = process.env.CHROMIUM
  const found = [given, ...places].find((place): place is string => Boolean(place) && existsSync(place!))
  if (found) return found
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing chromium for the browser journeys (once) …')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    try {
      execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
        env,
        stdio: ['ignore', 'ignore', 'inherit'],
      })
    } catch {
      execFileSync('apt-get', ['update', '-qq'], { env, stdio: ['ignore', 'ignore', 'inherit'] })
      execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
        env,
        stdio: ['ignore', 'ignore', 'inherit'],
      })
    }
    if (existsSync(places[0]!)) return places[0]!
  }
  throw new Error(
    'The browser journeys need Chromium: install it (Debian: apt-get install chromium), or name it with CHROMIUM=/path/to/chromium.',
  )
}
