import pg from 'pg'

/**
 * Cuts the connection to the database at the n-th statement from now on, as a process that dies cuts it: before the
 * statement is sent, or after the database has carried it out and nobody heard of it. For tests only.
 */
export type Cut = { n: number; when: 'before' | 'after'; end?: () => void }

type Ask = (...args: unknown[]) => unknown
const ask = pg.Client.prototype.query as unknown as Ask
let cut: Cut | undefined
let heard = 0

pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
  heard += 1
  if (!cut || heard !== cut.n) return ask.apply(this, args)
  const { when, end } = cut
  const { stream } = (this as unknown as { connection: { stream: { destroy: () => void } } }).connection
  const die = () => {
    end?.()
    this.on('error', () => undefined)
    stream.destroy()
    throw new Error('the connection was cut')
  }
  if (when === 'before') return Promise.resolve().then(die)
  return Promise.resolve(ask.apply(this, args)).then(die)
} as unknown as typeof pg.Client.prototype.query

/** Do something that is cut. Whether the cut came, or everything was over before; and how many statements were sent. */
export async function whileCut(at: Cut, work: () => Promise<unknown>): Promise<{ came: boolean; heard: number }> {
  cut = at
  heard = 0
  try {
    await work().catch(() => undefined)
    return { came: heard >= at.n, heard }
  } finally {
    cut = undefined
  }
}
