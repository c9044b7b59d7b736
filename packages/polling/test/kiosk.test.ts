import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { chromium } from 'playwright-core'
import { kioskFaults, kioskPolicy, sayKiosk } from '../src/booth/kiosk.ts'
import { officersApp } from '../src/booth/officers-app.tsx'
import { Acts } from '../src/screen/index.ts'
import { makeTps } from './village.ts'

const addresses = ['http://127.0.0.1:4751/', 'http://127.0.0.1:4752/'] as const
const shipped = (name: string) => readFileSync(path.join(import.meta.dirname, '../kiosk', name), 'utf8')

/** A machine that is locked as docs/voting-day.md says. */
function machine() {
  const root = mkdtempSync(path.join(tmpdir(), 'melayani-kiosk-'))
  const put = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    writeFileSync(path.join(root, file), text)
  }
  put('etc/systemd/logind.conf.d/melayani-bilik.conf', shipped('logind.conf'))
  put('etc/systemd/system.conf.d/melayani-bilik.conf', '[Manager]\nCtrlAltDelBurstAction=none\n')
  put('proc/sys/kernel/sysrq', '0\n')
  put('etc/chromium/policies/managed/melayani-bilik.json', shipped('chromium.json'))
  mkdirSync(path.join(root, 'etc/systemd/system'))
  symlinkSync('/dev/null', path.join(root, 'etc/systemd/system/ctrl-alt-del.target'))
  const said = () => kioskFaults(addresses, root).map(({ want, is }) => (is === undefined ? want : `${want} (${is})`))
  return { root, put, said, gone: () => rmSync(root, { recursive: true }) }
}

test('R40: a machine with the shipped files is locked; one without any names each key, the browser and where it is set', (t) => {
  const locked = machine()
  t.after(locked.gone)
  assert.deepEqual(locked.said(), [])
  assert.match(sayKiosk([], 'id')[0]!, /^TERKUNCI/)
  const bare = mkdtempSync(path.join(tmpdir(), 'melayani-kiosk-'))
  t.after(() => rmSync(bare, { recursive: true }))
  const faults = kioskFaults(addresses, bare)
  assert.deepEqual([...new Set(faults.map(({ rule }) => rule))], ['logind', 'ctrl-alt-del', 'sysrq', 'chromium'])
  assert.equal(faults.filter(({ rule }) => rule === 'logind').length, 14)
  assert.equal(faults.filter(({ rule }) => rule === 'chromium').length, Object.keys(kioskPolicy(addresses)).length)
  const said = sayKiosk(faults, 'en')
  assert.equal(said[0], '✗ /etc/systemd/logind.conf.d/melayani-bilik.conf: must be HandlePowerKey=ignore')
  assert.match(said.at(-2)!, /not locked/)
})

test('what is set beside the shipped files counts as the system reads it: the last file, the section, the machine’s own before the packaged', (t) => {
  const { put, said, gone } = machine()
  t.after(gone)
  // Read before the drop-ins, hidden by one of the same name in /etc, and of another program.
  put('etc/systemd/logind.conf', '[Login]\nHandlePowerKey=poweroff\n')
  put('usr/lib/systemd/logind.conf.d/melayani-bilik.conf', '[Login]\nHandleLidSwitch=suspend\n')
  put('etc/systemd/logind.conf.d/zz-other.conf', '[Other]\nHandlePowerKey=poweroff\n# HandlePowerKey=poweroff\n')
  put('etc/chromium/policies/managed/broken.json', '{')
  assert.deepEqual(said(), [])
  put('usr/lib/systemd/logind.conf.d/zz-vendor.conf', '[Login]\nHandlePowerKey = poweroff\n')
  put('proc/sys/kernel/sysrq', '176\n')
  put('etc/chromium/policies/managed/zz.json', '{"URLBlocklist": []}')
  assert.deepEqual(said(), ['HandlePowerKey=ignore (poweroff)', 'kernel.sysrq=0 (176)', '"URLBlocklist": ["*"] ([])'])
  // A second browser on the machine is a way out too, unless it is closed as well.
  put('etc/opt/chrome/policies/managed/home.json', '{"HomepageLocation": "https://desa.example/"}')
  assert.ok(said().includes('"HomepageLocation": "http://127.0.0.1:4752/" ("https://desa.example/")'))
})

test('a browser that runs keeps nothing on a disk: private, and its folder in memory (R56)', (t) => {
  const { put, said, gone } = machine()
  t.after(gone)
  const runs = (id: number, ...given: string[]) => put(`proc/${id}/cmdline`, `${given.join('\0')}\0`)
  runs(7, '/usr/lib/chromium/chromium', '--type=renderer')
  runs(8, '/bin/sh', 'chromium')
  runs(9, '/usr/lib/chromium/chromium', '--kiosk', '--incognito', '--user-data-dir=/run/user/1000/bilik', addresses[1])
  assert.deepEqual(said(), [])
  runs(9, '/usr/lib/chromium/chromium', '--kiosk', addresses[1])
  assert.deepEqual(said(), [`--incognito --user-data-dir=/run/… (--kiosk ${addresses[1]})`])
  runs(9, '/usr/lib/chromium/chromium', '--incognito', '--user-data-dir=/home/bilik')
  assert.deepEqual(said(), ['--incognito --user-data-dir=/run/… (--incognito --user-data-dir=/home/bilik)'])
})

test('a booth at other ports wants its own addresses and no others to be open', (t) => {
  const { root, gone } = machine()
  t.after(gone)
  const faults = kioskFaults(['http://127.0.0.1:4851/', 'http://127.0.0.1:4852/'], root)
  assert.deepEqual(faults[0]!.want, '"URLAllowlist": ["http://127.0.0.1:4851","http://127.0.0.1:4852"]')
  assert.equal(faults.length, 4)
})

test('npm run tps -- booth --check says the same of this very machine, and its exit code too; the officers’ page says how much is open', {
  skip: process.platform === 'linux' ? false : 'Linux only',
}, async () => {
  const main = path.join(import.meta.dirname, '../src/main.ts')
  const args = ['--import', 'tsx', main, 'booth', '--check', '--lang', 'en']
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  const faults = kioskFaults(addresses)
  assert.deepEqual(stdout.trim().split('\n'), sayKiosk(faults, 'en'))
  assert.equal(status, faults.length > 0 ? 1 : 0)

  const made = makeTps({ voters: 2, reserve: 0 })
  const shown = async (kiosk: number) => {
    const app = officersApp({
      package: made.package,
      packageHash: made.hash,
      number: () => 1,
      reader: { card: () => undefined },
      acts: new Acts(() => made.package.officers),
      standing: () => ({ at: 'joining', ownKey: made.centre.key, trusted: false }),
      trust: () => {},
      kiosk,
      voterPage: () => addresses[1],
    })
    return (await app.request('/?lang=en')).text()
  }
  assert.match(await shown(3), /3 settings are not right/)
  assert.doesNotMatch(await shown(0), /not locked/)
  // Nor is a name that nobody speaks left unsaid (R45).
  assert.match(await shown(0), /no sound for the name of candidate 1, 2, 3/)
})

const mounts = spawnSync('unshare', ['-m', 'mount', '--bind', tmpdir(), tmpdir()]).status === 0
if (!mounts) console.error('SKIPPED: this user may not mount, so the policy is not tried in a real browser')

test('Chromium under the shipped policy opens the booth and nothing else: no other port, no file, no source', {
  skip: mounts ? false : 'no mount of one’s own',
}, async (t) => {
  const { root, put, gone } = machine()
  const pages = await Promise.all(
    ['bilik', 'lain'].map(async (title) => {
      const server = createServer((_, answer) => answer.end(`<title>${title}</title>`))
      await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
      return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
    }),
  )
  t.after(() => {
    for (const { server } of pages) server.close()
    gone()
  })
  const [booth, other] = pages.map(({ address }) => address) as [string, string]
  // Two of its lines keep out this test as well, which comes in by the developer tools and into a context of its own.
  const { DeveloperToolsAvailability, IncognitoModeAvailability, ...rest } = kioskPolicy([booth, booth])
  assert.deepEqual([DeveloperToolsAvailability, IncognitoModeAvailability], [2, 2])
  put('etc/chromium/policies/managed/melayani-bilik.json', JSON.stringify(rest))
  // The policy lies in /etc for this browser alone.
  put('browser', `#!/bin/sh\nmount --bind ${root}/etc/chromium /etc/chromium && exec /usr/bin/chromium "$@"\n`)
  put('start', `#!/bin/sh\nexec unshare -m ${root}/browser "$@"\n`)
  for (const name of ['browser', 'start']) chmodSync(path.join(root, name), 0o755)
  const browser = await chromium.launch({
    executablePath: path.join(root, 'start'),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  })
  try {
    for (const address of [other, 'file:///etc/hostname', `view-source:${booth}`]) {
      const page = await browser.newPage()
      await assert.rejects(page.goto(address), /ERR_BLOCKED_BY_ADMINISTRATOR/, address)
    }
    const page = await browser.newPage()
    await page.goto(booth)
    assert.equal(await page.title(), 'bilik')
  } finally {
    await browser.close()
  }
})
