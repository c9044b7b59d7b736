import { questionsFor, type Rules } from '#competition'
import type { Clock } from '#platform/clock.ts'
import type { Db } from '#platform/db.ts'
import { ownerOf } from './agencies.ts'
import { type Client, clientFor, type Web } from './client.ts'
import { type Innovation, innovations } from './innovations.ts'
import type { DemoPeople } from './people.ts'
import { inventedAnswer, numbersFrom } from './prose.ts'

/**
 * The demo's round, played by its cast through the product's own addresses, so that the demo can show nothing that the
 * product cannot do. The journey in `e2e/` plays the same acts and does the telling ones in a real browser.
 */
export type Stage = {
  web: Web
  db: Db
  clock: Clock & { set: (time: Date) => void }
  people: DemoPeople
  rules: Rules
  round: string
  key: string
}

export type Entry = { proposal: string; agency: string; unit: string; innovation: Innovation; index: number }

/** Which of the round's categories the source's category is; innovations without one are put under governance. */
const categories: Record<string, string> = {
  'Tata kelola pemerintahan': 'tata-kelola',
  'Pengentasan kemiskinan': 'pengentasan-kemiskinan',
  'Pemberdayaan masyarakat': 'pemberdayaan-masyarakat',
  'Pertumbuhan ekonomi dan kesempatan kerja': 'pertumbuhan-ekonomi',
  Kesehatan: 'kesehatan',
  'Ketahanan pangan': 'ketahanan-pangan',
  Pendidikan: 'pendidikan',
  'Perlindungan dan pelestarian lingkungan hidup': 'lingkungan-hidup',
  'Pelayanan publik responsif gender': 'responsif-gender',
}
export const categoryOf = (innovation: Innovation) => categories[innovation.category] ?? 'tata-kelola'

/** Stop the story where the product says no: the demo must never be less than it claims. */
export async function done(response: Response | Promise<Response>, what: string): Promise<Response> {
  const answer = await response
  const signedOut = answer.headers.get('location')?.startsWith('/masuk') ?? false
  if ((answer.status === 303 || answer.status === 200) && !signedOut) return answer
  const text = (await answer.text()).replace(/<style.*?<\/style>|<[^>]+>/gs, ' ').replace(/\s+/g, ' ')
  throw new Error(`The demo's story stops at "${what}": ${answer.status} ${text.slice(-900)}`)
}

/** People act one after another; each keeps one session for the whole story. */
export function castOf(stage: Pick<Stage, 'web' | 'db' | 'clock'>) {
  const clients = new Map<string, Promise<Client>>()
  return {
    /** This person; the public for an empty id. */
    async as(person: string): Promise<Client> {
      if (!clients.has(person)) clients.set(person, clientFor(stage, person || undefined))
      const client = await clients.get(person)!
      await client.wake()
      return client
    },
    async leave() {
      for (const client of clients.values()) await (await client).leave()
    },
  }
}
export type Cast = ReturnType<typeof castOf>

/** Days of the story: `at(3, 9)` is 9.00 WIB on the fourth day after `first`. */
export const at = (first: string, days: number, hour = 9, minute = 0): Date =>
  new Date(Date.parse(`${first}T00:00:00+07:00`) + days * 86_400_000 + hour * 3_600_000 + minute * 60_000)

/** What the unit answers; the texts say that they are invented. */
export function answersFor(rules: Rules, innovation: Innovation, index: number): Record<string, string> {
  const facts: Record<string, string> = {
    'inovator-nama': 'Tim inovasi (peragaan)',
    'inovator-telepon': '021 000 0000',
    'inovator-surel': 'tim@peragaan.example',
  }
  const answers: Record<string, string> = {}
  for (const [n, question] of questionsFor(rules, 'umum').entries()) {
    if (question.kind === 'tick') answers[question.key] = 'ya'
    else if (facts[question.key]) answers[question.key] = facts[question.key]!
    else if (question.kind === 'text' && question.required)
      answers[question.key] = inventedAnswer(innovation, index * 100 + n)
  }
  return answers
}

/** A unit starts a proposal and answers every question; it stays a draft. */
export async function write(stage: Stage, cast: Cast, innovation: Innovation, index: number): Promise<Entry> {
  const owner = ownerOf(innovation.agency)
  const agency = stage.people.agencies.get(owner.agency)!
  const unit = agency.units.get(owner.unit)!
  const client = await cast.as(unit.person)
  const random = numbersFrom(index + 1)
  const started = `${2013 + Math.floor(random() * 2)}-${String(1 + Math.floor(random() * 12)).padStart(2, '0')}-15`
  const form = {
    unit: `${agency.id}/${unit.id}`,
    group: 'umum',
    category: categoryOf(innovation),
    title: innovation.name,
    startedOn: started,
  }
  const response = await done(client.post(`/competition/${stage.key}/start`, form), `draft of ${innovation.name}`)
  const proposal = response.headers.get('location')!.split('/').at(-1)!
  for (const [question, value] of Object.entries(answersFor(stage.rules, innovation, index)))
    await done(
      client.json('PUT', `/competition/proposals/${proposal}/answers/${question}`, { value, revision: 0 }),
      `answer ${question} of ${innovation.name}`,
    )
  // The innovation stands in the register already: the unit says that it is the same one.
  const award = await stage.db
    .selectFrom('competition.winner')
    .select('id')
    .where('name', '=', innovation.name)
    .orderBy('year')
    .orderBy('id')
    .limit(1)
    .executeTakeFirstOrThrow()
  const origin = { kind: 'same', winner: award.id, revision: '1' }
  await done(client.post(`/competition/proposals/${proposal}/origin`, origin), `origin of ${innovation.name}`)
  for (const question of questionsFor(stage.rules, 'umum').filter((each) => each.evidence?.required))
    await done(
      client.post(`/competition/proposals/${proposal}/evidence/link`, {
        question: question.key,
        link: `https://peragaan.example/bukti/${index}`,
        label: 'Laporan evaluasi (peragaan)',
      }),
      `evidence of ${innovation.name}`,
    )
  return { proposal, agency: agency.id, unit: unit.id, innovation, index }
}

const adminOf = (stage: Stage, entry: Entry) =>
  [...stage.people.agencies.values()].find((agency) => agency.id === entry.agency)!
export const unitPerson = (stage: Stage, entry: Entry) =>
  [...adminOf(stage, entry).units.values()].find((unit) => unit.id === entry.unit)!.person

/** First lock: the unit sends to its local admin. */
export async function send(stage: Stage, cast: Cast, entry: Entry): Promise<void> {
  const client = await cast.as(unitPerson(stage, entry))
  await done(client.post(`/competition/proposals/${entry.proposal}/send`), `sending ${entry.innovation.name}`)
}

/** Second lock: the local admin submits to the ministry. Returns the number of the receipt. */
export async function submit(stage: Stage, cast: Cast, entry: Entry): Promise<string> {
  const client = await cast.as(adminOf(stage, entry).admin)
  await done(
    client.post(`/competition/proposals/${entry.proposal}/begin-submission`),
    `opening the submission of ${entry.innovation.name}`,
  )
  const response = await done(
    client.post(`/competition/proposals/${entry.proposal}/submit`),
    `submitting ${entry.innovation.name}`,
  )
  return response.headers.get('location')!.split('/').at(-1)!
}

/** All drafts, sendings and submissions of the round, spread over its days; `skip` leaves some to the browser. */
export async function enterAll(
  stage: Stage,
  cast: Cast,
  first: string,
  days: number,
  skip: readonly string[] = [],
): Promise<Entry[]> {
  const entries: Entry[] = []
  const list = innovations.filter((innovation) => !skip.includes(innovation.name))
  for (const [index, innovation] of list.entries()) {
    // Most write in the last days, as they do.
    const day = Math.floor(days * Math.sqrt((index + 1) / list.length))
    stage.clock.set(at(first, Math.max(0, day - 3), 9 + (index % 9), index % 60))
    const entry = await write(stage, cast, innovation, index)
    stage.clock.set(at(first, Math.max(0, day - 1), 10 + (index % 7), index % 60))
    await send(stage, cast, entry)
    stage.clock.set(at(first, day, 11 + (index % 9), index % 60))
    await submit(stage, cast, entry)
    entries.push(entry)
  }
  return entries
}
