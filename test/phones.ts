import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Db } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { newToken } from '#platform/password.ts'
import type { Report } from '../src/rooms/services/domain/field.ts'
import { type Media, type Outbox, type Result, sendAll } from '../src/rooms/services/islands/_sync.ts'
import { filesOf, packageOf } from './packages.ts'
import { builders } from './world.ts'

/** A phone as the sync knows it, with its reports in memory; the app's own code sends them. */
export type TestPhone = {
  device: string
  reports: Report[]
  media: Map<string, Media[]>
  /** What the server said of each; what is not here waits. */
  said: Map<string, Result>
  /** How often each was settled: once, or something is wrong. */
  settled: Map<string, number>
  sync: (url: string) => Promise<'sent' | 'cut-off' | 'sign-in'>
  waits: () => number
}

/** Enrol a phone for whoever this cookie is. */
export async function aPhone(url: string, cookie: string): Promise<TestPhone> {
  const answer = await fetch(`${url}/services/field/device`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: '{}',
  })
  const { device } = (await answer.json()) as { device: string }
  return phoneOf(device, cookie)
}

/** The same phone again, say after a restart: what it has in memory is what it had on its disk. */
export function phoneOf(device: string, cookie: string): TestPhone {
  const phone: TestPhone = {
    ...{ device, reports: [], media: new Map(), said: new Map(), settled: new Map() },
    waits: () => phone.reports.filter(({ id }) => !phone.said.has(id)).length,
    sync: (url) =>
      sendAll(
        outbox,
        (address, init) =>
          fetch(`${url}${address}`, { ...init, headers: { ...init.headers, cookie }, redirect: 'error' }),
        Date.now,
      ),
  }
  const outbox: Outbox = {
    device,
    waiting: async (most, beyond) => {
      const found: Report[] = []
      for (const report of phone.reports) {
        if (found.length === most) break
        if (!phone.said.has(report.id) && !beyond.has(report.id)) found.push(report)
      }
      return found
    },
    media: async (id) => phone.media.get(id) ?? [],
    settle: async (id, result) => {
      phone.said.set(id, result)
      phone.settled.set(id, (phone.settled.get(id) ?? 0) + 1)
    },
  }
  return phone
}

/** A seller's report of Laskar Penjaja Sayur, without consent unless told; `photo` adds a file. */
export function aReport(
  phone: TestPhone,
  of: { service: string; release: string },
  options: { at?: number; rt?: string; consent?: boolean; photo?: boolean } = {},
): Report {
  const id = randomUUID()
  const file = options.photo ? aJpeg() : undefined
  if (file) phone.media.set(id, [file])
  const data = options.consent || file ? { nama_panggilan: `Ibu ${id.slice(0, 8)}` } : {}
  const report: Report = {
    ...{ id, ...of, case: null, seen: 0, after: [], role: 'laskar', move: 'lapor', despite: {} },
    at: options.at ?? Date.now(),
    answers: {
      desa: '3510202001',
      rt: options.rt ?? '003',
      izin_ibu: file ? 'ya_foto_dan_data' : options.consent ? 'ya_data_saja' : 'tidak',
      ...data,
      ...(file ? { foto: { sha256: file.hash, kilobytes: Math.ceil(file.bytes.length / 1024) } } : {}),
      sudah_periksa: 'tidak',
      tanda: ['pucat'],
      tanda_bahaya: ['tidak_ada'],
    },
  }
  phone.reports.push(report)
  return report
}

/** The smallest thing that is a JPEG by its bytes, each time another one. */
export function aJpeg(size = 2000): Media {
  const head = Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb0043000101', 'hex')
  // A table of so many bytes, then the scan.
  const table = Buffer.concat([head.subarray(0, 20), Buffer.from([0xff, 0xdb, 0x00, 0x43]), Buffer.alloc(65, 1)])
  const scan = Buffer.from([0xff, 0xda, 0x00, 0x08, 1, 1, 0, 0, 63, 0])
  const body = Buffer.from(randomBytes(size).map((byte) => (byte === 0xff ? 0xfe : byte)))
  const bytes = new Uint8Array(Buffer.concat([table, scan, body, Buffer.from([0xff, 0xd9])]))
  return { hash: createHash('sha256').update(bytes).digest('hex'), kind: 'photo', bytes }
}

/** A service of Laskar Penjaja Sayur and so many sellers who are signed in; straight into the database. */
export async function furnishField(db: Db, sellers: number) {
  const make = builders(db)
  const agency = await make.anAgency({ name: `Pemerintah Kabupaten ${newId()}` })
  const pkg = packageOf(filesOf('laskar-penjaja-sayur'))
  const content = JSON.stringify(pkg)
  const release = createHash('sha256').update(content).digest()
  const service = newId()
  const now = new Date()
  await db
    .insertInto('services.release')
    .values({ hash: release, package: pkg.manifest.id, version: pkg.manifest.version, content, added: now })
    .onConflict((c) => c.doNothing())
    .execute()
  await db
    .insertInto('services.service')
    .values({ agency, id: service, package: pkg.manifest.id, release, installed: now })
    .execute()
  await db.insertInto('services.installation').values({ agency, service, release, at: now }).execute()
  const cookies: string[] = []
  for (let i = 0; i < sellers; i++) {
    const person = await make.aPerson(undefined, {}, `Penjaja ${i}`)
    await db
      .insertInto('services.post')
      .values({ agency, id: newId(), service, person, role: 'laskar', area: '', since: now })
      .execute()
    const { token, stored } = newToken()
    const session = { id: newId(), person, token: stored, started: now, seen: now, factor: null }
    await db
      .insertInto('people.session')
      .values({ ...session, expires: new Date(now.getTime() + 400 * 86_400_000), address: 'test', agent: 'test' })
      .execute()
    cookies.push(`sesi=${token}`)
  }
  return { agency, cookies, of: { service, release: release.toString('hex') } }
}
