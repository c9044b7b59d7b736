import { type ChildProcess, fork } from 'node:child_process'
import path from 'node:path'
import { questionsFor, shippedRounds } from '#competition'
import { connect, type Db } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { newToken } from '#platform/password.ts'
import { aDataFolder, startServer } from '../test/server.ts'
import { furnishWriters } from '../test/writers.ts'
import { type Entrant, type Order, type Report, textOf } from './deadline-load.ts'
import { median, percentile } from './quantile.ts'
import { serverPostgres } from './server-postgres.ts'

export type Figure = { name: string; value: number; unit: string; note: string }

const upps = 500
const connections = 20

/**
 * Deadline night: 500 UPPs type and hand in at once over HTTP. The product, the database and the people are three
 * processes on this machine. The bare database writes the same rows from the people's process with as many connections
 * as the product has, in turns with the product, so the ratio holds whatever else the machine does.
 */
export async function benchDeadlineNight(): Promise<Figure[]> {
  const figures: Figure[] = []
  const data = aDataFolder()
  figures.push(...(await night('embedded', data.folder, {})))
  data.remove()

  const server = await serverPostgres()
  if (!server) {
    figures.push({
      name: 'server PostgreSQL',
      value: Number.NaN,
      unit: '',
      note: 'NOT MEASURED: no PostgreSQL server on this machine',
    })
    return figures
  }
  const other = aDataFolder()
  figures.push(...(await night(`server ${server.version}`, other.folder, { DATABASE_URL: server.address })))
  other.remove()
  await server.stop()
  return figures
}

async function night(kind: string, dataDir: string, env: Record<string, string>): Promise<Figure[]> {
  const running = await startServer(dataDir, env)
  const address = env.DATABASE_URL ?? running.address
  const db = connect(address, 4)
  const entrants = await furnishEntrants(db)
  const people = fork(path.join(import.meta.dirname, 'deadline-load.ts'), {
    execArgv: ['--import', 'tsx'],
    serialization: 'advanced',
  })
  try {
    await ask(people, { do: 'save', url: running.url, entrants, seconds: 3 })
    await goOn(db, entrants)
    const saving: Report[] = []
    const bare: Report[] = []
    const lost: string[] = []
    for (let turn = 0; turn < 3; turn++) {
      const report = await ask(people, { do: 'save', url: running.url, entrants, seconds: 5 })
      lost.push(...(await missing(db, entrants, report)))
      await goOn(db, entrants)
      saving.push(report)
      bare.push(await ask(people, { do: 'bare inserts', database: address, entrants, seconds: 5, connections }))
    }
    const rush = await ask(people, { do: 'save and submit', url: running.url, entrants, saves: 5 })
    lost.push(...(await missing(db, entrants, rush)), ...(await missingReceipts(db, running.url, rush)))
    const failures = [...saving, rush].flatMap((report) => report.failures)
    const rate = (reports: Report[]) => median(reports.map((report) => report.saves.length / report.seconds))
    const times = saving.flatMap((report) => report.saves)
    const acknowledged = [...saving, rush].reduce((sum, report) => sum + report.acknowledged.length, 0)
    const add = (name: string, value: number, unit: string, note = ''): Figure => ({
      name: `${kind}: ${name}`,
      value,
      unit,
      note,
    })
    return [
      add('saves by 500 at once', rate(saving), '/s', 'closed loop, each waits for its reply; median of three turns'),
      add('a save, p50', percentile(times, 0.5), 'ms'),
      add('a save, p99', percentile(times, 0.99), 'ms'),
      add(
        'the same rows into the bare database',
        rate(bare),
        '/s',
        `${connections} connections, no checks; median of three turns`,
      ),
      add('product ÷ bare database', rate(saving) / rate(bare), '×', 'in turns, in one run'),
      add(
        '500 write on and hand in: all receipts after',
        rush.seconds,
        's',
        `${rush.receipts.length} receipts, ${rush.saves.length} saves among them`,
      ),
      add('a save meanwhile, p99', percentile(rush.saves, 0.99), 'ms'),
      add('both locks of one proposal, p50', percentile(rush.submissions, 0.5), 'ms'),
      add('both locks of one proposal, p99', percentile(rush.submissions, 0.99), 'ms'),
      add('refused or failed', failures.length, '', failures[0] ?? 'none'),
      add(
        'lost',
        lost.length,
        '',
        lost[0] ?? `of ${acknowledged} acknowledged saves and ${rush.receipts.length} receipts, each read back`,
      ),
    ]
  } finally {
    people.kill()
    await db.destroy()
    await running.end('SIGTERM')
  }
}

/** Drafts that lack nothing, so that they can be handed in, and the local admin of each, all signed in. */
async function furnishEntrants(db: Db): Promise<Entrant[]> {
  const writers = await furnishWriters(db, upps, 2)
  const questions = questionsFor(shippedRounds()[0]!, 'umum').filter(({ key }) => key !== writers[0]!.question)
  const at = new Date()
  const admins = new Map<string, string>()
  for (const agency of new Set(writers.map((writer) => writer.agency))) {
    const person = newId()
    const { token, stored } = newToken()
    await db
      .insertInto('people.person')
      .values({ id: person, name: 'Admin', email: `${person}@contoh.go.id` })
      .execute()
    await db
      .insertInto('people.role')
      .values({ id: newId(), person, role: 'local-admin', agency, unit: null })
      .execute()
    await db
      .insertInto('people.session')
      .values({
        id: newId(),
        person,
        token: stored,
        started: at,
        seen: at,
        expires: new Date(at.getTime() + 86_400_000),
        factor: null,
        address: 'bench',
        agent: 'bench',
      })
      .execute()
    admins.set(agency, `sesi=${token}`)
  }
  const words =
    'Petugas datang bersama kader setiap pekan agar semua orang memperoleh haknya tanpa biaya, tanpa antre, dan tanpa menempuh jalan jauh; hasilnya dicatat, dibandingkan dengan tahun sebelumnya, lalu dibacakan kepada warga desa.'
  for (const [index, writer] of writers.entries()) {
    const { agency, proposal, person } = writer
    const rows = questions.map(({ key, kind, format }) => ({
      agency,
      proposal,
      question: key,
      value: format
        ? { email: 'tim@contoh.go.id', telephone: '0812-3456-7890' }[format]
        : kind === 'tick'
          ? 'ya'
          : kind === 'link'
            ? 'https://contoh.go.id/video'
            : `${key} peserta ${index}. ${words}`,
      revision: 1,
      by: person,
      at,
    }))
    await db.insertInto('competition.answer').values(rows).execute()
    await db.insertInto('competition.answer_version').values(rows).execute()
    const evidence = questions.filter((question) => question.evidence?.required)
    if (evidence.length > 0)
      await db
        .insertInto('competition.evidence')
        .values(
          evidence.map(({ key }) => ({
            agency,
            id: newId(),
            proposal,
            question: key,
            kind: 'link' as const,
            file: null,
            link: 'https://contoh.go.id/bukti',
            label: 'Bukti',
            by: person,
            at,
          })),
        )
        .execute()
    await db
      .updateTable('competition.proposal')
      .set({ title: titleOf(index) })
      .where('id', '=', proposal)
      .execute()
  }
  return writers.map((writer) => ({ ...writer, admin: admins.get(writer.agency)! }))
}

const titleWords = [
  ['Jemput', 'Antar', 'Satu', 'Cepat', 'Rumah', 'Lumbung', 'Sekolah', 'Pasar', 'Posko', 'Sahabat', 'Kampung'],
  ['Data', 'Ibu', 'Warga', 'Nelayan', 'Lansia', 'Petani', 'Difabel', 'Santri', 'Kader'],
  ['Pesisir', 'Terpadu', 'Sehat', 'Mandiri', 'Digital', 'Tanpa Antre', 'Keliling'],
]

/** 693 titles that are as unlike as real ones are. */
const titleOf = (n: number) => titleWords.map((words) => words[n % words.length]).join(' ')

function ask(people: ChildProcess, order: Order): Promise<Report> {
  people.send(order)
  return new Promise((answer, failed) => {
    people.once('message', (report) => answer(report as Report))
    people.once('exit', () => failed(new Error('The people have gone.')))
  })
}

/** The people's process knows how far it is only within one order; the next begins from what is stored. */
async function goOn(db: Db, entrants: Entrant[]) {
  const rows = await db
    .selectFrom('competition.answer')
    .select(['proposal', 'revision'])
    .where('question', '=', entrants[0]!.question)
    .execute()
  const stored = new Map(rows.map((row) => [row.proposal, row.revision]))
  for (const entrant of entrants) entrant.revision = stored.get(entrant.proposal) ?? 0
}

/** Every acknowledged save is read back: that revision of that answer with that text. */
async function missing(db: Db, entrants: Entrant[], report: Report): Promise<string[]> {
  const rows = await db
    .selectFrom('competition.answer_version')
    .select(['proposal', 'revision', 'value'])
    .where('question', '=', entrants[0]!.question)
    .execute()
  const stored = new Map(rows.map((row) => [`${row.proposal} ${row.revision}`, row.value]))
  return report.acknowledged
    .filter(
      ([entrant, revision, text]) => stored.get(`${entrants[entrant]!.proposal} ${revision}`) !== textOf(entrant, text),
    )
    .map(([entrant, revision]) => `${entrants[entrant]!.proposal} revision ${revision}`)
}

/** Every receipt is read back over HTTP, at its public address. */
async function missingReceipts(db: Db, url: string, report: Report): Promise<string[]> {
  const lost: string[] = []
  for (const receipt of report.receipts)
    if ((await fetch(`${url}/competition/receipts/${receipt}`)).status !== 200) lost.push(`receipt ${receipt}`)
  const { n } = await db
    .selectFrom('competition.submission')
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow()
  if (Number(n) !== new Set(report.receipts).size) lost.push(`${n} submissions for ${report.receipts.length} receipts`)
  return lost
}

if (import.meta.main) console.table(await benchDeadlineNight())
