import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { fill, type Lang } from '../screen/language.ts'
import { officerWords } from './officer-words.ts'

const shipped = path.join(import.meta.dirname, '../../kiosk')

/** A setting that leaves a voter a way out of the page or to the power (R40). `is`: what stands there, none where nothing does. */
export type KioskFault = {
  readonly rule: 'logind' | 'ctrl-alt-del' | 'sysrq' | 'chromium' | 'profile'
  /** Where it is set. */
  readonly file: string
  readonly want: string
  readonly is?: string
}

/** The answer of `booth --check`, in lines. */
export function sayKiosk(faults: readonly KioskFault[], lang: Lang): string[] {
  const words = officerWords(lang)
  const said = faults.map(({ file, want, is }) => {
    const now = is === undefined ? '' : fill(words.kioskIs, { is })
    return `✗ ${fill(words.kioskFault, { file, want })}${now}`
  })
  return [...said, faults.length > 0 ? words.kioskOpen : words.kioskLocked, words.kioskElse]
}

const read = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
const list = (folder: string, ending: string): string[] => {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .toSorted()
  } catch {
    return []
  }
}

/** "Key=value" of one section; a later one of the same key counts. */
function settings(text: string, section: string): Map<string, string> {
  let inside = ''
  const found = new Map<string, string>()
  for (const line of text.split('\n').map((each) => each.trim())) {
    const head = /^\[(.+)\]$/.exec(line)
    if (head) inside = head[1]!
    const set = /^(\w+)\s*=\s*(.*)$/.exec(line)
    if (set && inside === section) found.set(set[1]!, set[2]!)
  }
  return found
}

/**
 * What systemd reads for one of its programs: the main file, then the drop-ins by their names, of which that in /etc hides those of the same
 * name in /run and /usr/lib (systemd-system.conf(5)).
 */
function systemd(root: string, name: string, section: string): Map<string, string> {
  const folders = ['usr/lib', 'run', 'etc'].map((each) => path.join(root, each, 'systemd', `${name}.d`))
  const dropIns = new Map(folders.flatMap((folder) => list(folder, '.conf').map((file) => [file, folder] as const)))
  const files = [...dropIns].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([file, folder]) => path.join(folder, file))
  const texts = [path.join(root, 'etc/systemd', name), ...files].map((file) => read(file) ?? '')
  return new Map(texts.flatMap((text) => [...settings(text, section)]))
}

const policyFolders = ['etc/chromium', 'etc/chromium-browser', 'etc/opt/chrome'].map(
  (each) => `${each}/policies/managed`,
)
const policy = z.record(z.string(), z.unknown())
const policyIn = (file: string): Record<string, unknown> => {
  try {
    return policy.parse(JSON.parse(read(file) ?? '{}'))
  } catch {
    // Chromium leaves out a file that it cannot read, and so do we.
    return {}
  }
}

/** The policy that is shipped in kiosk/chromium.json, for the addresses of this booth: `officers` first, then `voters`. */
export function kioskPolicy(addresses: readonly [officers: string, voters: string]): Record<string, unknown> {
  const [, voters] = addresses
  return {
    ...policyIn(path.join(shipped, 'chromium.json')),
    URLAllowlist: addresses.map((each) => each.replace(/\/$/, '')),
    HomepageLocation: voters,
    NewTabPageLocation: voters,
    RestoreOnStartupURLs: [voters],
  }
}

/**
 * What is missing on this machine for a booth that no voter can switch off or leave by a key: power, sleep and lid keys (logind), Ctrl+Alt+Del,
 * the keys of the kernel, and the browser's policy; and that a browser which runs keeps its folder in memory (R56). `root`: where the system's files are. Of the cover over the power key, the plug, and what
 * the firmware starts from, no program knows.
 */
export function kioskFaults(addresses: readonly [officers: string, voters: string], root = '/'): KioskFault[] {
  const wanted = settings(read(path.join(shipped, 'logind.conf'))!, 'Login')
  const logind = systemd(root, 'logind.conf', 'Login')
  const faults: KioskFault[] = []
  const demand = (rule: KioskFault['rule'], file: string, want: string, is: string | undefined, holds: boolean) => {
    if (!holds) faults.push({ rule, file, want, ...(is === undefined ? {} : { is }) })
  }
  for (const [key, value] of wanted) {
    const is = logind.get(key)
    demand('logind', '/etc/systemd/logind.conf.d/melayani-bilik.conf', `${key}=${value}`, is, is === value)
  }
  const mask = '/etc/systemd/system/ctrl-alt-del.target'
  const masked = linkOf(path.join(root, mask))
  demand('ctrl-alt-del', mask, 'systemctl mask ctrl-alt-del.target', masked, masked === '/dev/null')
  const burst = systemd(root, 'system.conf', 'Manager').get('CtrlAltDelBurstAction')
  const bursts = '/etc/systemd/system.conf.d/melayani-bilik.conf'
  demand('ctrl-alt-del', bursts, '[Manager] CtrlAltDelBurstAction=none', burst, burst === 'none')
  const sysrq = read(path.join(root, 'proc/sys/kernel/sysrq'))?.trim()
  demand('sysrq', '/etc/sysctl.d/melayani-bilik.conf', 'kernel.sysrq=0', sysrq, sysrq === '0')
  // Of two files with the same policy the later name counts; nothing that is set beside ours may open what ours closes.
  const managed = policyFolders.map((folder) => {
    const files = list(path.join(root, folder), '.json').map((file) => path.join(root, folder, file))
    return { folder, set: Object.assign({}, ...files.map(policyIn)) as Record<string, unknown> }
  })
  const browsers = managed.filter(({ set }) => Object.keys(set).length > 0)
  for (const { folder, set } of browsers.length > 0 ? browsers : managed.slice(0, 1))
    for (const [name, value] of Object.entries(kioskPolicy(addresses))) {
      const [want, is] = [JSON.stringify(value), JSON.stringify(set[name])]
      demand('chromium', `/${folder}/melayani-bilik.json`, `"${name}": ${want}`, is, is === want)
    }
  for (const given of runningBrowsers(root)) {
    const wanted = ['--incognito', '--user-data-dir=/run/…']
    const holds = given.includes('--incognito') && given.some((each) => /^--user-data-dir=\/run\/./.test(each))
    demand('profile', 'chromium', wanted.join(' '), given.slice(1).join(' '), holds)
  }
  return faults
}

/** The command lines of the browsers that run here, without those of their own children and those that nobody sees. */
function runningBrowsers(root: string): string[][] {
  const processes = list(path.join(root, 'proc'), '').filter((each) => /^\d+$/.test(each))
  return processes
    .map((id) => (read(path.join(root, 'proc', id, 'cmdline')) ?? '').split('\0').filter(Boolean))
    .filter(
      ([program = '', ...given]) =>
        /^(chromium|chromium-browser|chrome)$/.test(path.basename(program)) &&
        !given.some((each) => /^--(type=|headless)/.test(each)),
    )
}

function linkOf(file: string): string | undefined {
  try {
    return readlinkSync(file)
  } catch {
    return undefined
  }
}
