import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Hono } from 'hono'
import { newSigningKey, type Signed } from '../src/format/index.ts'
import { openChain } from '../src/media/chain.ts'
import { type Logs, openLogs } from '../src/media/logs.ts'
import { openMedium } from '../src/media/medium.ts'
import {
  certificateKind,
  type DeviceEnv,
  fromDevices,
  logRoutes,
  type Stage,
  signAsStation,
  stateKind,
} from '../src/net/index.ts'
import { listen, type Served } from '../src/screen/index.ts'
import { insertCard, testPin, writeTestCards } from './cards.ts'
import type { MadeTps } from './village.ts'

/** A station as far as desks see it: it admits each desk that asks, gives the state, and keeps and relays logs. */
export async function openTestHub(made: MadeTps, folder: string, port = 0) {
  const key = newSigningKey()
  const devices: { device: string; number: number; key: string; address: string }[] = []
  const stopped = new Set<string>()
  let stage: Stage = 'open'
  let at = 0
  let down = false
  let apart = false
  const media = [openMedium('hub', path.join(folder, 'hub'))]
  const chain = openChain(media, 'station', key, made.hash)
  const logs: Logs = openLogs(media, made.hash, (name) => devices.find(({ device }) => device === name)?.key, {
    own: chain,
  })
  const certificate = (each: (typeof devices)[number]): Signed =>
    signAsStation(
      certificateKind,
      { package: made.hash, as: 'desk', ...each, ...(apart ? { address: '127.0.0.1:1' } : {}) },
      key,
    )
  const app = new Hono()
  const routes = new Hono<DeviceEnv>()
  app.use(async (c, next) => (down ? c.text('down', 503) : next()))
  app.post('/hub/join', async (c) => {
    const asked = (await c.req.json()) as { key: string; address: string }
    let there = devices.find((each) => each.key === asked.key)
    if (!there) {
      const number = devices.length + 1
      there = { device: `desk-${number}`, number, key: asked.key, address: asked.address }
      devices.push(there)
      chain.append({ kind: 'device-joined', device: there.device, as: 'desk', number, key: there.key })
      at++
    }
    if (there.address !== asked.address) at++
    there.address = asked.address
    return c.json({ station: key.key, certificate: certificate(there) })
  })
  routes.get('/state', (c) =>
    c.json(
      signAsStation(
        stateKind,
        {
          package: made.hash,
          stage,
          until: '13:00',
          devices: devices.map((each) => JSON.stringify(certificate(each))),
          stopped: [...stopped],
          at,
        },
        key,
      ),
    ),
  )
  routes.route(
    '/',
    logRoutes({ have: () => logs.have(), beyond: (have) => logs.beyond(have), take: (rows) => void logs.take(rows) }),
  )
  app.route(
    '/hub',
    fromDevices((name) => devices.find(({ device }) => device === name)?.key, key, routes),
  )
  const served: Served = await listen(app, port)
  return {
    address: `127.0.0.1:${served.port}`,
    key,
    logs,
    devices,
    keyOf: (name: string) => devices.find(({ device }) => device === name)?.key,
    setStage(next: Stage) {
      stage = next
      at++
    },
    stop(device: string) {
      stopped.add(device)
      chain.append({ kind: 'device-stopped', device, reason: 'rusak' })
      at++
    },
    /** The cables between the desks are pulled, or put back: they are told addresses at which nobody answers. */
    setApart(next: boolean) {
      apart = next
      at++
    },
    /** The station's cable is pulled, or put back. */
    setDown(next: boolean) {
      down = next
    },
    close: () => served.close(),
  }
}
export type TestHub = Awaited<ReturnType<typeof openTestHub>>

const main = path.join(import.meta.dirname, '..', 'src', 'main.ts')

export type DeskProcess = {
  readonly name: string
  readonly folder: string
  readonly reader: string
  readonly ektp: string
  readonly cards: string
  readonly url: string
  readonly lan: string
  readonly process: ChildProcess
  /** Everything on standard error so far. */
  errors(): string
  kill(): Promise<void>
  /** Asks a page or sends a form, following one redirect at a time. */
  get(at: string): Promise<{ status: number; at: string; text: string }>
  post(at: string, form?: Record<string, string>): Promise<{ status: number; at: string; text: string }>
}

/** A desk as its own process, with folders for its media, readers and paper under `root/name`. */
export async function startDesk(
  made: MadeTps,
  {
    root,
    name,
    port,
    hub,
    cut,
    folder = path.join(root, name),
    every = 150,
    lan = port + 5,
    inherit,
  }: {
    root: string
    name: string
    port: number
    hub: string
    cut?: string
    folder?: string
    every?: number
    lan?: number
    /** Stick of the desk that this one replaces. */
    inherit?: string
  },
): Promise<DeskProcess> {
  mkdirSync(folder, { recursive: true })
  const packageFile = path.join(root, 'package.json')
  writeFileSync(packageFile, JSON.stringify(made.signed))
  const at = (part: string) => path.join(folder, part)
  for (const part of ['reader', 'ektp']) mkdirSync(at(part), { recursive: true })
  const cards = at('cards')
  try {
    mkdirSync(cards)
    writeTestCards(made, cards)
  } catch {
    // They are there from the last start.
  }
  const child = spawn(
    process.execPath,
    [
      ...['--import', 'tsx', main, 'desk', '--package', packageFile, '--hub', hub, '--every', String(every)],
      ...['--folder', at('ssd'), '--usb', at('usb'), '--reader', at('reader'), '--ektp', at('ektp')],
      ...(inherit ? ['--import', inherit] : []),
      ...['--printer', `sim:${at('paper')}`, '--port', String(port), '--lan', `127.0.0.1:${lan}`],
    ],
    { env: { ...process.env, MELAYANI_CUT: cut ?? '', MELAYANI_ONE_DISK: '1' }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let errors = ''
  child.stderr!.on('data', (bytes) => {
    errors += bytes
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const url = await new Promise<string>((resolve, reject) => {
    let out = ''
    child.stdout!.on('data', (bytes) => {
      out += bytes
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(out)
      if (found) resolve(found[0])
    })
    child.once('exit', () => reject(new Error(`the desk ended: ${errors}`)))
  })
  const ask = async (target: string, init: RequestInit): Promise<{ status: number; at: string; text: string }> => {
    const answer = await fetch(url + target, { ...init, redirect: 'manual' })
    const to = answer.headers.get('location')
    if (to && answer.status === 303) return ask(to, {})
    return { status: answer.status, at: target, text: await answer.text() }
  }
  return {
    name,
    folder,
    reader: at('reader'),
    ektp: at('ektp'),
    cards,
    url,
    lan: `127.0.0.1:${lan}`,
    process: child,
    errors: () => errors,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    get: (target) => ask(target, {}),
    post: (target, form = {}) => ask(target, { method: 'POST', body: new URLSearchParams(form) }),
  }
}

/** Waits until a page says something; a fact of the page, not of the clock. */
export async function until<T>(work: () => Promise<T | undefined | false>, what: string): Promise<T> {
  for (let round = 0; round < 400; round++) {
    const value = await work()
    if (value) return value
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`never: ${what}`)
}

/** Puts an officer's card into the desk's reader and agrees to the act that waits there. */
export async function agree(desk: DeskProcess, act: string, officers: readonly string[]) {
  let last = { status: 0, at: act, text: '' }
  for (const officer of officers) {
    insertCard(desk.cards, desk.reader, officer)
    last = await desk.post(act, { pin: testPin })
  }
  insertCard(desk.cards, desk.reader, undefined)
  return last
}

/** From a started desk to one that serves: admitted, compared, opened with the chair's card. */
export async function openRollAt(desk: DeskProcess) {
  await until(async () => (await desk.get('/')).text.includes('action="/unlock"'), `${desk.name} is admitted`)
  const { at } = await desk.post('/unlock', { same: 'yes' })
  return agree(desk, at, ['petugas-1'])
}

/** Lays an identity card on the desk's reader, or takes it off. */
export function layCard(desk: DeskProcess, card: { nik: string; name: string; [more: string]: unknown } | undefined) {
  rmSync(desk.ektp, { recursive: true, force: true })
  mkdirSync(desk.ektp, { recursive: true })
  if (card) writeFileSync(path.join(desk.ektp, 'kartu.ektp.json'), JSON.stringify(card))
}

/** Card, finger, enter: the whole way of a voter with nothing in the way. Gives the page on which it ends. */
export async function serve(desk: DeskProcess, card: { nik: string; name: string }) {
  layCard(desk, card)
  const first = await desk.post('/find', { q: '' })
  if (!first.text.includes('action="/finger"')) return first
  const second = await desk.post('/finger')
  if (!second.text.includes('action="/enter"')) return second
  return desk.post('/enter')
}

/** The lines of a device's log on one of a desk's media. */
export const rowsOf = (desk: Pick<DeskProcess, 'folder'>, device: string, medium = 'ssd'): string[] => {
  try {
    return readFileSync(path.join(desk.folder, medium, `${device}.log`), 'utf8')
      .split('\n')
      .slice(0, -1)
  } catch {
    return []
  }
}
