import { bookOf } from '../desk/book.ts'
import { fill, type Lang, sayNumber } from '../screen/index.ts'
import { sheetStands } from './closing.ts'
import { sayCopied, sayRefused, sayUnproven } from './copied.ts'
import type { DeskTop } from './desk-top.ts'
import { waitingIn } from './hub.ts'
import { quorumOf } from './law.ts'
import { queuedAt } from './queue.ts'
import { stationWords } from './words/index.ts'

/** Minutes without a word from a device before people are told. */
const silence = 5

export type Problem = { readonly kind: 'bad' | 'care'; readonly sentence: string; readonly href?: string }

/** Everything that is wrong at this moment, the worst first. A question to the media, not a memory. */
export function problemsOf({ station, lobby, heard, anew }: DeskTop, lang: Lang, now: number): Problem[] {
  const words = stationWords(lang).problems
  const { content, logs, boxes } = station
  const state = station.state()
  const voting = state.stage === 'open' || state.stage === 'paused'
  const bad: Problem[] = []
  const care: Problem[] = []
  for (const { name, state: held } of station.media())
    if (held === 'lost') bad.push({ kind: 'bad', sentence: fill(words.medium, { name }) })
  for (const { device, seq } of logs.forks)
    bad.push({ kind: 'bad', sentence: fill(words.fork, { device, n: seq }), href: '/devices' })
  for (const { voter } of bookOf(logs.lines.values()).conflicts)
    bad.push({ kind: 'bad', sentence: fill(words.conflict, { n: voter }), href: '/incidents' })
  for (const sentence of sayCopied(boxes, lang)) bad.push({ kind: 'bad', sentence, href: '/incidents' })
  for (const sentence of sayRefused(boxes, lang)) bad.push({ kind: 'bad', sentence, href: '/boxes' })
  for (const sentence of sayUnproven(boxes, lang)) bad.push({ kind: 'bad', sentence, href: '/devices' })
  if (state.reconciled && !state.tally && !sheetStands(station))
    bad.push({ kind: 'bad', sentence: stationWords(lang).refusals['sheet-old'], href: '/boxes' })
  if (anew && !anew.possible && anew.due()) bad.push({ kind: 'bad', sentence: words.memory })
  const counts = station.counts()
  const undecided = boxes.undecided().length
  if (state.stage === 'closed' && !state.tally && undecided > 0)
    care.push({ kind: 'care', sentence: fill(words.pending, { n: undecided }), href: '/sessions' })
  const waiting = waitingIn(lobby, station.now().getTime()).length
  if (waiting > 0) care.push({ kind: 'care', sentence: fill(words.asking, { n: waiting }), href: '/devices' })
  if (voting) {
    const { time, date } = station.clock()
    if (!state.queue && (date > content.election.date || time >= state.until))
      care.push({ kind: 'care', sentence: fill(words.late, { until: state.until }), href: '/queue' })
    const queued = queuedAt(station)
    if (queued) {
      const over = queued.n > queued.of
      const sentence = fill(over ? words.queueOver : words.queue, queued)
      if (over) bad.push({ kind: 'bad', sentence, href: '/queue' })
      else care.push({ kind: 'care', sentence, href: '/queue' })
    }
    const quorum = quorumOf(content)
    if (counts.present < quorum && time >= state.until)
      care.push({
        kind: 'care',
        sentence: fill(words.quorum, { n: sayNumber(lang, counts.present), of: sayNumber(lang, quorum) }),
      })
    if (counts.issued - counts.returned > counts.present)
      bad.push({
        kind: 'bad',
        sentence: fill(words.tokens, { n: counts.issued - counts.returned, of: counts.present }),
        href: '/incidents',
      })
    for (const { device, stopped } of state.devices) {
      const last = heard.get(device)
      const minutes = last === undefined ? undefined : Math.floor((now - last) / 60_000)
      if (!stopped && minutes !== undefined && minutes >= silence)
        care.push({ kind: 'care', sentence: fill(words.silent, { device, n: minutes }), href: '/devices' })
    }
  }
  return [...bad, ...care]
}
