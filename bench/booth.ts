import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { platformRandom } from '@melayani/ballot'
import { drawCredential, openBooth } from '@melayani/ballot/cast'
import { deviceKey } from '../packages/polling/src/booth/device.ts'
import { openKeeper } from '../packages/polling/src/booth/keeper.ts'
import { papersOf } from '../packages/polling/src/booth/papers.ts'
import { openVoter } from '../packages/polling/src/booth/voter.ts'
import { makeStamp, newSigningKey, stampText } from '../packages/polling/src/format/index.ts'
import { openBox } from '../packages/polling/src/media/box.ts'
import { openChain } from '../packages/polling/src/media/chain.ts'
import { openMedium } from '../packages/polling/src/media/medium.ts'
import { boxPlan } from '../packages/polling/src/media/slot-size.ts'
import { openSimulatedPrinter } from '../packages/polling/src/print/index.ts'
import { softwareHash } from '../packages/polling/src/software.ts'
import { boothProgram } from '../packages/polling/test/booth-program.ts'
import { hubDouble } from '../packages/polling/test/hub-double.ts'
import { makeTps } from '../packages/polling/test/village.ts'
import type { Figure } from './index.ts'
import { median, percentile } from './quantile.ts'

/**
 * A voter at the booth: what the machine takes between the touch of YA and the slip in the tray, for five candidates. Ballots are
 * made, checked as strangers check them and durable on two media; the printer is simulated and prints at once, so a real one adds
 * its own seconds. The time in which the voter reads is not in it.
 */
export async function benchBooth(voters = 60): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const group of ['BELENIOS-2048', 'Ed25519'] as const) {
    const names = ['Sari Wulandari', 'Budi Santoso', 'Made Artana', 'Ni Luh Putu', 'Haryo Suryo']
    const rules = { slipSeconds: 0 }
    const made = makeTps({ voters, reserve: 0, candidates: names, group, mode: 'practice', rules })
    const root = mkdtempSync(path.join(tmpdir(), 'melayani-bench-booth-'))
    const media = ['ssd', 'usb'].map((name) => openMedium(name, path.join(root, name)))
    const [device, desk] = [deviceKey(media), newSigningKey()]
    const log = openChain(media, 'booth-1', device, made.hash)
    log.append({ kind: 'started', software: softwareHash(), package: made.hash })
    const keeper = openKeeper({
      package: made.package,
      packageHash: made.hash,
      box: openBox(media, boxPlan(made.package, made.hash)),
      log,
      outside: {
        stage: () => 'open',
        deskKey: () => desk.key,
        usedElsewhere: () => false,
        give: async () => true,
      },
      now: Date.now,
    })
    keeper.paperTested(true, [])
    const printer = openSimulatedPrinter({ folder: path.join(root, 'tray') })
    const booth = openBooth(made.package.ballot.election, { check: true })
    const stamp = stampText(makeStamp('desk-1', desk, made.hash, Date.now()))
    const taken: number[] = []
    const receipts: number[] = []
    const slips: number[] = []
    const stored: number[] = []
    const timed = async (list: number[], work: () => Promise<unknown>) => {
      const begun = performance.now()
      await work()
      list.push(performance.now() - begun)
    }
    for (const [at, token] of made.tokens.entries()) {
      const voter = openVoter({
        package: made.package,
        booth,
        printer,
        papers: papersOf(made.package),
        ask: keeper.answer,
        random: platformRandom,
        now: Date.now,
      })
      if (at === 0) voter.warm(drawCredential(platformRandom))
      const pick = (at % names.length) + 1
      await timed(taken, () => voter.take(`${token} ${stamp}`))
      await voter.choose(pick)
      await timed(receipts, () => voter.confirm(true, pick))
      await timed(slips, () => voter.decide(true))
      await timed(stored, () => voter.check(true))
      if (voter.view().state !== 'thanks') throw new Error(`a voter ended in ${voter.view().state}`)
    }
    const restarts = await timeRestarts(made, root)
    rmSync(root, { recursive: true })
    const whole = receipts.map((each, at) => each + slips[at]!)
    const note = (list: readonly number[]) =>
      `p50 ${median(list).toFixed(0)} ms, ${voters} voters, 5 candidates and blank`
    for (const [name, list] of [
      ['token to ballot', taken],
      ['touch (YA) to receipt', receipts],
      ['touch to slip (YA to receipt + MASUKKAN to slip)', whole],
      ['slip confirmed to stored on two media', stored],
    ] as const)
      figures.push({ name: `${group}: ${name}, p95`, value: percentile(list, 0.95), unit: 'ms', note: note(list) })
    figures.push({
      name: `${group}: killed, from the start of the program to a page that takes a token, slowest`,
      value: Math.max(...restarts),
      unit: 's',
      note: `${restarts.length} times, ${voters} ballots in the box, no station, at most 60 s (R53)`,
    })
  }
  return figures
}

/** Seconds of the booth's own program on these media, killed each time, until a voter's page has a field for the token. The station is gone after the first. */
async function timeRestarts(made: ReturnType<typeof makeTps>, root: string, times = 3): Promise<number[]> {
  const hub = await hubDouble(made, 0)
  const program = boothProgram(made, root, hub, 4790)
  const seconds: number[] = []
  try {
    for (let at = 0; at <= times; at++) {
      const begun = performance.now()
      await program.start()
      while (!(await pageOf(program.voters)).includes('id="token"')) await new Promise((next) => setTimeout(next, 20))
      if (at === 0) await hub.cutOff()
      else seconds.push((performance.now() - begun) / 1000)
      await program.kill()
    }
  } finally {
    await program.kill()
    await hub.close()
  }
  return seconds
}
const pageOf = async (address: string) => {
  try {
    return await (await fetch(address)).text()
  } catch {
    return ''
  }
}
