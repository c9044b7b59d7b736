import { Agent } from 'node:http'
import pg from 'pg'
import { save, send, type Writer } from '../test/writers.ts'

/**
 * The people of the deadline night, in a process of their own, so that they do not share the product's event loop.
 * Started by deadline-night.ts; orders and reports go over the channel between the two.
 */
export type Entrant = Writer & { admin: string }
export type Order =
  | { do: 'save'; url: string; entrants: Entrant[]; seconds: number }
  | { do: 'save and submit'; url: string; entrants: Entrant[]; saves: number }
  | { do: 'bare inserts'; database: string; entrants: Entrant[]; seconds: number; connections: number }
export type Report = {
  seconds: number
  /** Milliseconds that each save took. */
  saves: number[]
  /** Milliseconds from "send" to the receipt, over both locks. */
  submissions: number[]
  /** What was acknowledged: index of the entrant, revision, number of its text. */
  acknowledged: [entrant: number, revision: number, text: number][]
  receipts: string[]
  failures: string[]
}

/** About 120 words; the same for the same numbers, so that what was promised can be compared with what is stored. */
export const textOf = (entrant: number, n: number) =>
  `Simpanan ${n} dari peserta ${entrant}. ${'Layanan didatangkan ke rumah warga yang tidak dapat berjalan sendiri. '.repeat(12)}`

let texts = 0

async function work(order: Order): Promise<Report> {
  const report: Report = { seconds: 0, saves: [], submissions: [], acknowledged: [], receipts: [], failures: [] }
  const begun = performance.now()
  const until = order.do === 'save and submit' ? Number.POSITIVE_INFINITY : begun + order.seconds * 1000
  if (order.do === 'bare inserts') await bareInserts(order, until, report)
  else {
    const agent = new Agent({ keepAlive: true, maxSockets: order.entrants.length })
    await Promise.all(
      order.entrants.map(async (entrant, index) => {
        if (order.do === 'save')
          while (performance.now() < until) await oneSave(order.url, agent, entrant, index, report)
        else {
          // Some hand in at once, others write to the last.
          for (let i = 0; i < order.saves * ((index % 5) / 2); i++)
            await oneSave(order.url, agent, entrant, index, report)
          await submit(order.url, agent, entrant, report)
        }
      }),
    )
    agent.destroy()
  }
  report.seconds = (performance.now() - begun) / 1000
  return report
}

async function oneSave(url: string, agent: Agent, entrant: Entrant, index: number, report: Report) {
  const n = ++texts
  const begun = performance.now()
  const { status, body } = await save(url, agent, entrant, textOf(index, n))
  if (status !== 200) {
    report.failures.push(`save: ${status} ${JSON.stringify(body).slice(0, 200)}`)
    return
  }
  report.saves.push(performance.now() - begun)
  entrant.revision = (body as { revision: number }).revision
  report.acknowledged.push([index, entrant.revision, n])
}

/** First lock, then the local admin opens the submission and hands in. */
async function submit(url: string, agent: Agent, { proposal, cookie, admin }: Entrant, report: Report) {
  const begun = performance.now()
  const post = (step: string, who: string) =>
    send(url, agent, 'POST', `/competition/proposals/${proposal}/${step}`, who, '', 'application/x-www-form-urlencoded')
  for (const [step, who] of [
    ['send', cookie],
    ['begin-submission', admin],
    ['submit', admin],
  ] as const) {
    const { status, location } = await post(step, who)
    if (status !== 303) {
      report.failures.push(`${step}: ${status}`)
      return
    }
    const receipt = /^\/competition\/receipts\/(.+)$/.exec(location ?? '')?.[1]
    if (receipt) report.receipts.push(receipt)
  }
  report.submissions.push(performance.now() - begun)
}

/** The rows that a save writes, as plain as a program can write them: no permission, no deadline, no revision looked at. */
async function bareInserts(order: Extract<Order, { do: 'bare inserts' }>, until: number, report: Report) {
  const pool = new pg.Pool({ connectionString: order.database, max: order.connections })
  await Promise.all(
    order.entrants.map(async ({ agency, proposal, person }, index) => {
      for (let revision = 1; performance.now() < until; revision++) {
        const begun = performance.now()
        await pool.query({
          name: 'bare',
          text: `with a as (insert into competition.answer (agency, proposal, question, value, revision, by, at) values ($1, $2, $3, $4, $5, $6, $7)
              on conflict (agency, proposal, question) do update set value = excluded.value, revision = excluded.revision, at = excluded.at)
            insert into competition.answer_version (agency, proposal, question, value, revision, by, at) values ($1, $2, $3, $4, $5, $6, $7)`,
          values: [agency, proposal, `bare-${texts}`, textOf(index, revision), revision, person, new Date()],
        })
        report.saves.push(performance.now() - begun)
      }
    }),
  )
  texts++
  await pool.end()
}

process.on('message', (order: Order) => {
  void work(order).then((report) => process.send!(report))
})
