import { readFileSync } from 'node:fs'
import { type Actor, perform } from '#platform/action.ts'
import { systemClock } from '#platform/clock.ts'
import { connect } from '#platform/db.ts'
import { type Cut, whileCut } from './cut.ts'
import { type ActName, acts } from './upgrade-acts.ts'

/** One act in a process of its own, which is killed at the n-th statement. What to do is in the file it is given. */
type Order = {
  address: string
  act: ActName
  id: string
  raw: unknown
  actor: Actor
  once: string
  cut: Omit<Cut, 'end'>
}
const order = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as Order
const db = connect(order.address, 2)
const context = { db, clock: systemClock, actor: order.actor, once: order.once }
const { action, input } = acts[order.act]
await whileCut({ ...order.cut, end: () => process.kill(process.pid, 'SIGKILL') }, () =>
  perform(action as never, context, order.id, input(order.raw)),
)
await db.destroy()
