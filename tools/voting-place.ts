import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { hashOf, packageKind, sign } from '../packages/polling/src/format/index.ts'
import { insertCard, testPin, writeTestCards } from '../packages/polling/test/cards.ts'
import { type MadeTps, makeTps } from '../packages/polling/test/village.ts'

/** Ports of the station's page and of its network, of a desk's page and its network, of a booth's two pages. */
const ports = { station: 4740, hub: 4741, desk: 4742, deskLan: 4743, booth: 4744, voter: 4745 }
const host = '127.0.0.1'
export type Program = 'station' | 'desk' | 'booth'

/** Drawn faces, for no person may stand for a candidate in a manual: skin, hair, shirt. */
const faces = [
  ['#c98f63', '#1d1512', '#7a1f2b'],
  ['#a86f47', '#2b211b', '#1d4e5f'],
  ['#d6a074', '#0f0c0a', '#c7862b'],
] as const

async function portrait(browser: Browser, [skin, hair, shirt]: (typeof faces)[number], veil: boolean) {
  const page = await browser.newPage({ viewport: { width: 240, height: 300 } })
  const head = veil
    ? `<path d="M60 150c0-70 30-100 60-100s60 30 60 100l14 90H46z" fill="${hair}"/>`
    : `<path d="M66 128c-8-60 24-84 54-84s62 24 54 84l-14 6H80z" fill="${hair}"/>`
  await page.setContent(
    `<style>body{margin:0}</style><svg width="240" height="300"><rect width="240" height="300" fill="#d9e4e2"/>
    <path d="M20 300c4-62 50-82 100-82s96 20 100 82z" fill="${shirt}"/>${head}
    <ellipse cx="120" cy="136" rx="46" ry="58" fill="${skin}"/>${veil ? '' : `<path d="M72 122c-4-68 100-68 96 0-18-26-78-26-96 0z" fill="${hair}"/>`}
    <g fill="#1a1210"><circle cx="102" cy="130" r="5"/><circle cx="138" cy="130" r="5"/></g>
    <path d="M100 164c12 12 28 12 40 0" stroke="#5d2f22" stroke-width="4" fill="none"/></svg>`,
  )
  const jpeg = await page.screenshot({ type: 'jpeg', quality: 80 })
  await page.close()
  return jpeg.toString('base64')
}

/** A polling place of invented people with everything on this machine, each program a process of its own. */
export async function openPlace(browser: Browser) {
  const root = mkdtempSync(path.join(tmpdir(), 'melayani-voting-'))
  const at = (...names: string[]) => path.join(root, ...names)
  const made = await withPhotos(
    browser,
    makeTps({
      voters: 24,
      reserve: 6,
      number: 3,
      booths: 1,
      desks: 1,
      rules: { slipSeconds: 1 },
      elsewhere: [{ nik: '9999990002000001', tps: 2 }],
    }),
  )
  const { trustees } = writeTestCards(made, at('cards'))
  for (const program of ['station', 'desk', 'booth'] as const) mkdirSync(at(program, 'reader'), { recursive: true })
  mkdirSync(at('desk', 'ektp'), { recursive: true })
  mkdirSync(at('stick'))
  writeFileSync(at('package.json'), JSON.stringify(made.signed))
  const clock = (time: string) => writeFileSync(at('clock'), `${made.package.election.date}T${time}:00+07:00`)
  clock('06:30')

  const hub = `${host}:${ports.hub}`
  const reader = (program: Program) => ['--reader', at(program, 'reader')]
  const media = (program: Program) => ['--folder', at(program, 'ssd'), '--usb', at(program, 'usb')]
  const common = (program: Program) => ['--package', at('package.json'), '--printer', `sim:${at(program, 'paper')}`]
  const args: Record<Program, string[]> = {
    station: [
      ...['--media', at('station', 'ssd'), '--media', at('station', 'usb'), '--stick', at('stick')],
      ...['--port', `${ports.station}`, '--hub', hub],
    ],
    desk: [
      ...media('desk'),
      ...['--ektp', at('desk', 'ektp'), '--hub', hub, '--every', '400'],
      ...['--port', `${ports.desk}`, '--lan', `${host}:${ports.deskLan}`],
    ],
    booth: [...media('booth'), '--hub', hub, '--port', `${ports.booth}`, '--session-port', `${ports.voter}`],
  }
  const children = new Map<Program, ChildProcess>()
  const main = path.join(import.meta.dirname, '../packages/polling/src/main.ts')
  return {
    made,
    trustees,
    clock,
    at,
    address: (program: Program | 'voter') => `http://${host}:${ports[program]}/`,
    /** Starts a program, and returns when it says where its page is. */
    async start(program: Program) {
      const child = spawn(
        process.execPath,
        ['--import', 'tsx', main, program, ...common(program), ...reader(program), ...args[program]],
        // The station's day is played in minutes; stamps of the desk and the booth go by the true time.
        {
          env: {
            ...process.env,
            MELAYANI_ONE_DISK: '1',
            ...(program === 'station' ? { MELAYANI_CLOCK: at('clock') } : {}),
          },
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      )
      children.set(program, child)
      await new Promise<void>((ready, failed) => {
        child.stdout!.on('data', (bytes: Buffer) => bytes.toString().includes('http://') && ready())
        child.once('exit', () => failed(new Error(`${program} ended`)))
      })
    },
    /** As when the plug is pulled. */
    async pullPlug(program: Program) {
      const child = children.get(program)
      if (!child || child.exitCode !== null || child.signalCode !== null) return
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
      child.kill('SIGKILL')
      await gone
    },
    insert: (program: Program, id: string | undefined) => insertCard(at('cards'), at(program, 'reader'), id),
    /** Officers agree on the page that asks for cards, one after the other. */
    async agree(page: Page, program: Program, ids: readonly string[]) {
      for (const id of ids) {
        insertCard(at('cards'), at(program, 'reader'), id)
        await page.fill('input[name=pin]', testPin)
        await page.click('form:has(input[name=pin]) button')
        await page.waitForLoadState()
      }
      insertCard(at('cards'), at(program, 'reader'), undefined)
    },
    pin: testPin,
    officer: (role: string, which = 0) => made.officers.filter((each) => each.role === role)[which]!.id,
    /** Lays an identity card on the desk's reader. */
    card(card: object | undefined) {
      rmSync(at('desk', 'ektp'), { recursive: true })
      mkdirSync(at('desk', 'ektp'))
      if (card) writeFileSync(at('desk', 'ektp', 'kartu.ektp.json'), JSON.stringify(card))
    },
    async close() {
      for (const program of children.keys()) await this.pullPlug(program)
      rmSync(root, { recursive: true, force: true })
    },
  }
}

async function withPhotos(browser: Browser, made: MadeTps): Promise<MadeTps> {
  const candidates = []
  for (const [at, each] of made.package.candidates.entries()) {
    const photo = await portrait(browser, faces[at % faces.length]!, at === 0)
    candidates.push({ ...each, photo, photoHash: hashOf(Buffer.from(photo, 'base64')) })
  }
  const content = { ...made.package, candidates }
  const text = JSON.stringify(content)
  const { centre, committee } = made
  return {
    ...made,
    package: content,
    hash: hashOf(text),
    signed: {
      text,
      signatures: [
        sign(packageKind, text, { role: 'centre', signer: content.centre.name }, centre.secret),
        sign(packageKind, text, { role: 'committee', signer: content.committee.name }, committee.secret),
      ],
    },
  }
}
