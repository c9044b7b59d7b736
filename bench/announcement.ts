import { fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { importInnovations, shippedRounds } from '#competition'
import { syncGallery } from '#gallery'
import { systemClock } from '#platform/clock.ts'
import { connect } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { migrateJobs } from '#platform/jobs.ts'
import { useSecretKey } from '#platform/secret.ts'
import { app } from '../src/app.ts'
import { withScratchDatabase } from '../tools/scratch.ts'

export type Figure = { name: string; value: number; unit: string; note: string }

/** What the public reads on the day: the front page, lists, records, a search, the round. `n` varies what can vary. */
const pages: Record<string, (n: number) => string> = {
  'empty page': () => '/kosong',
  'our page without data': () => '/tentang',
  'front page': () => '/',
  'gallery list': (n) => (n % 2 ? '/gallery' : `/gallery?province=${['35', '33', '34', '73'][n % 4]}`),
  'gallery record': (n) => `/gallery/MI-${String(1 + (n % 142)).padStart(6, '0')}`,
  'gallery search': (n) => encodeURI(`/gallery?q=${['sampah', 'ibu hamil', 'sekolah', 'penjaja sayor'][n % 4]}`),
  'list of rounds': () => '/competition',
  'API page': (n) => `/api/v1/innovations?limit=20&province=${['35', '33', '34', '73'][n % 4]}`,
}
const readers = 16
const seconds = 4

/**
 * Announcement day: anonymous readers on loopback, 16 at a time, each page in turn with an empty page of the same
 * framework, so that the ratio says what our page costs and not how busy the machine is.
 */
export async function benchAnnouncement(): Promise<Figure[]> {
  const figures: Figure[] = []
  await withScratchDatabase(async (address) => {
    const child = fork(import.meta.filename, ['--serve', address], {
      execArgv: ['--import', 'tsx', '--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    try {
      const [port] = (await once(child, 'message')) as [number]
      const measured = new Map<string, { perSecond: number; p50: number; p99: number; bytes: number; ratio: number }>()
      for (const [name, addressOf] of Object.entries(pages)) {
        await load(port, addressOf, 1)
        // Empty, page, empty: what the machine does besides falls on both.
        const before = await load(port, pages['empty page']!, seconds / 4)
        const own = await load(port, addressOf, seconds)
        const after = await load(port, pages['empty page']!, seconds / 4)
        measured.set(name, { ...own, ratio: own.perSecond / ((before.perSecond + after.perSecond) / 2) })
      }
      for (const [name, { perSecond, p50, p99, bytes, ratio }] of measured) {
        const note = `p50 ${p50.toFixed(1)} ms; p99 ${p99.toFixed(1)} ms; ${bytes} bytes compressed; ${readers} readers at once`
        figures.push({ name, value: Math.round(perSecond), unit: 'pages/s', note })
        if (name !== 'empty page')
          figures.push({
            name: `${name} against empty`,
            value: Math.round(ratio * 1000) / 1000,
            unit: '×',
            note: 'pages/s',
          })
      }
    } finally {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
  })
  return figures
}

async function load(port: number, addressOf: (n: number) => string, forSeconds: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: readers })
  const times: number[] = []
  let n = 0
  let bytes = 0
  const begun = performance.now()
  const end = begun + forSeconds * 1000
  const reader = async () => {
    while (performance.now() < end) {
      const at = performance.now()
      bytes = await read(agent, port, addressOf(n++))
      times.push(performance.now() - at)
    }
  }
  await Promise.all(Array.from({ length: readers }, reader))
  const took = (performance.now() - begun) / 1000
  agent.destroy()
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))]!
  return { perSecond: times.length / took, p50: at(0.5), p99: at(0.99), bytes }
}

/** Read one page to its end; anything but 200 ends the measurement. */
function read(agent: Agent, port: number, path: string): Promise<number> {
  return new Promise((done, failed) => {
    get({ agent, port, host: '127.0.0.1', path, headers: { 'accept-encoding': 'gzip' } }, (response) => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      response.on('end', () =>
        response.statusCode === 200 ? done(bytes) : failed(new Error(`${path}: ${response.statusCode}`)),
      )
    }).on('error', failed)
  })
}

/** The product in a process of its own, with an empty page beside it. */
async function serveProduct(address: string) {
  useSecretKey(Buffer.alloc(32, 7))
  await migrateJobs(address)
  const db = connect(address)
  await importInnovations(db)
  await db.transaction().execute(syncGallery)
  for (const rules of shippedRounds()) {
    const round = newId()
    await db.insertInto('competition.round').values({ id: round, key: rules.key, state: 'published' }).execute()
    await db
      .insertInto('competition.round_version')
      .values({ round, version: 1, rules: JSON.stringify(rules), reason: 'pengukuran' })
      .execute()
  }
  const product = app({ db, clock: systemClock, files: { folder: tmpdir() }, demo: false })
  const both = new Hono()
  both.get('/kosong', (c) => c.html('<!doctype html><html lang="id"><title>Kosong</title><p>Kosong</p></html>'))
  both.all('*', (c) => product.fetch(c.req.raw, c.env as object))
  const server = serve({ fetch: both.fetch, hostname: '127.0.0.1', port: 0 }, (info: AddressInfo) =>
    process.send!(info.port),
  )
  process.on('SIGTERM', () => {
    server.close()
    void db.destroy().finally(() => process.exit(0))
  })
}

if (process.argv[2] === '--serve') await serveProduct(process.argv[3]!)
else if (import.meta.main) console.table(await benchAnnouncement())
