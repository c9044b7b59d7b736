import type { Line } from '../format/index.ts'
import type { Incident } from './entries.ts'

/** A token that was used at two booths: the station notes it by itself, and the ballots in the record prove it. */
export const copiedToken = 'token-copied'

/** What the public may know of what went wrong, from the logs of all devices: without what was written about it, since a note may name people. */
export const incidentsOf = (logs: Iterable<readonly Line[]>): Incident[] =>
  [...logs].flat().flatMap(({ device, step, act }) => {
    if (act.kind === 'incident') return [{ device, step, what: act.what }]
    return act.kind === 'slip-reprinted' || act.kind === 'session-void' ? [{ device, step, what: act.kind }] : []
  })
