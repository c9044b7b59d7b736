import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { papersOf } from '../src/booth/papers.ts'
import { dotsPerMm } from '../src/print/bitmap.ts'
import { escPos, type Paper, type Printer } from '../src/print/index.ts'
import { strips } from '../src/print/strip.ts'
import { boothTime, drawFrom, usualTimes } from '../src/queue/index.ts'
import { noon, rig, trayPrinter, village } from './booth-rig.ts'

/** Assumed, and on the slow side of 80 mm receipt printers: paper a second, and the knife with the wait for its answer. */
const printer = { mmPerSecond: 100, cut: 1.5 }
/** Assumed: what the machine itself takes a step; `npm run bench -- booth` measures a tenth of a second. */
const machine = 0.25
/** How a voter's own time goes to scanning, choosing, YA, taking the receipt, and reading the slip (assumed). */
const shares = { scan: 0.15, choose: 0.4, yes: 0.15, cast: 0.1, slip: 0.2 }

/** Millimetres of paper, as the printer's own bytes lay it out: lines of 30 dots, and pictures. */
function lengthOf(paper: Paper): number {
  const dots = strips(Buffer.concat(escPos(paper))).map((strip) =>
    'cut' in strip ? 0 : 'bitmap' in strip ? strip.bitmap.height : 30 * strip.size,
  )
  return dots.reduce((sum, each) => sum + each, 0) / dotsPerMm
}

test('a hundred voters who read and touch as long as the planner says are through in 25 seconds, 19 of 20 of them in 60, with both papers (R18)', async (t) => {
  const { made } = village()
  const photo = readFileSync(path.join(import.meta.dirname, 'fixtures/jpeg/baseline.jpg')).toString('base64')
  // Slips with a photograph are the longest; the clock is moved by what happens, and nobody waits.
  const candidates = made.package.candidates.map((each) => ({ ...each, photo }))
  const papers = papersOf({ ...made.package, candidates })
  const long = { receipt: lengthOf(papers.receipt('x'.repeat(43))), slip: lengthOf(papers.slip(2, false)) }
  let time = noon
  const pass = (seconds: number) => {
    time += seconds * 1000
  }
  const tray = trayPrinter()
  const { print } = tray.printer
  const timed: Printer = {
    ...tray.printer,
    print: (paper) => {
      pass(long[paper.kind as keyof typeof long] / printer.mmPerSecond + printer.cut)
      return print(paper)
    },
  }
  const draw = drawFrom(18)
  const taken: number[] = []
  const fresh = () => rig({ now: () => time, printer: { ...tray, printer: timed } })
  let one = fresh()
  for (let at = 0; at < 100; at++) {
    // Ten voters a box, which is as many as a test's box has room for.
    if (at % 10 === 0) one = fresh()
    const own = boothTime({ ...usualTimes, change: 0 }, draw)
    const begun = time
    const voter = one.nextVoter()
    const does = async (share: number, what: () => Promise<void>) => {
      pass(share * own)
      await what()
      pass(machine)
    }
    const pick = (at % 3) + 1
    await does(shares.scan, () => voter.take(one.token(at % 10)))
    await does(shares.choose, () => voter.choose(pick))
    await does(shares.yes, () => voter.confirm(true, pick))
    await does(shares.cast, () => voter.decide(true))
    const reads = Math.max(shares.slip * own, voter.view().wait / 1000)
    await does(reads / own, () => voter.check(true))
    assert.equal(voter.view().state, 'thanks')
    taken.push((time - begun) / 1000)
  }
  taken.sort((a, b) => a - b)
  const [median, p95] = [taken[49]!, taken[94]!]
  t.diagnostic(
    `median ${median.toFixed(1)} s, p95 ${p95.toFixed(1)} s; receipt ${long.receipt.toFixed(0)} mm, slip ${long.slip.toFixed(0)} mm`,
  )
  assert.ok(median <= 25, `median ${median} s`)
  assert.ok(p95 <= 60, `p95 ${p95} s`)
})
