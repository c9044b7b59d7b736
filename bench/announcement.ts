import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { Agent, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { systemClock } from '#platform/clock.ts'
import { connect } from '#platform/db.ts'
import { migrateJobs } from '#platform/jobs.ts'
import { useSecretKey } from '#platform/secret.ts'
import { app } from '../src/app.ts'
import { seedDemo } from '../src/demo/seed.ts'
import { withScratchDatabase } from '../tools/scratch.ts'

export type Figure = { name: string; value: number; unit: string; note: string }

/**
 * What the public reads on the day: the front page, what was announced, lists, records, a search. `n` varies what can
 * vary, `round` is the demo's round of 2017 with its results published.
 */
const pages: Record<string, (n: number, round: string) => string> = {
  'empty page': () => '/kosong',
  'our page without data': () => '/tentang',
  'front page': () => '/',
  announcements: () => '/judging/announcements',
  'finalists, 99': (_, round) => `/judging/rounds/${round}/finalists`,
  'results, 40': (_, round) => `/judging/rounds/${round}/results`,
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
 * framework, so that the ratio says what our page costs and not how busy the machine is. As it is served (a page that
 * everybody reads alike is kept for two seconds), and made anew for every reader.
 */
export async function benchAnnouncement(): Promise<Figure[]> {
  const figures: Figure[] = []
  await withScratchDatabase(async (address) => {
    const child = fork(import.meta.filename, ['--serve', address], {
      execArgv: ['--import', 'tsx', '--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    try {
      const [{ port, round }] = (await once(child, 'message')) as [{ port: number; round: string }]
      const empty = () => load(port, () => pages['empty page']!(0, round), seconds / 4)
      for (const [name, page] of Object.entries(pages)) {
        const served = (n: number) => page(n, round)
        // A parameter that nobody reads makes every address a new one.
        const anew = (n: number) => `${served(n)}${served(n).includes('?') ? '&' : '?'}baru=${n}`
        for (const [how, addressOf] of [['as served', served] as const, ['made anew', anew] as const]) {
          await load(port, addressOf, 1)
          // Empty, page, empty: what the machine does besides falls on both.
          const before = await empty()
          const own = await load(port, addressOf, seconds)
          const after = await empty()
          const ratio = own.perSecond / ((before.perSecond + after.perSecond) / 2)
          const note = `${ratio.toFixed(3)} × empty page; p50 ${own.p50.toFixed(1)} ms; p99 ${own.p99.toFixed(1)} ms; ${own.bytes} bytes`
          figures.push({ name: `${name}, ${how}`, value: Math.round(own.perSecond), unit: 'pages/s', note })
          if (name === 'empty page') break
        }
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
  const house = {
    db,
    clock: systemClock,
    files: { folder: mkdtempSync(path.join(tmpdir(), 'melayani-bench-')) },
    demo: false,
  }
  await seedDemo(house, address, () => {})
  const { id: round } = await db
    .selectFrom('competition.round')
    .select('id')
    .where('key', '=', 'peragaan-2017')
    .executeTakeFirstOrThrow()
  const product = app({ ...house, moment: 2 })
  const both = new Hono()
  both.get('/kosong', (c) => c.html('<!doctype html><html lang="id"><title>Kosong</title><p>Kosong</p></html>'))
  both.all('*', (c) => product.fetch(c.req.raw, c.env as object))
  const server = serve({ fetch: both.fetch, hostname: '127.0.0.1', port: 0 }, (info: AddressInfo) =>
    process.send!({ port: info.port, round }),
  )
  process.on('SIGTERM', () => {
    server.close()
    void db.destroy().finally(() => process.exit(0))
  })
}

if (process.argv[2] === '--serve') await serveProduct(process.argv[3]!)
else if (import.meta.main) console.table(await benchAnnouncement())
