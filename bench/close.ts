import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type GroupName, platformRandom, readBallot } from '@melayani/ballot'
import { openBooth } from '@melayani/ballot/cast'
import { hashOf, resultKind, sign } from '@melayani/polling/format'
import { isOpen, openReader } from '../packages/polling/src/card/index.ts'
import { openMedium } from '../packages/polling/src/media/medium.ts'
import { type Slot, writeSlot } from '../packages/polling/src/media/slot.ts'
import { escPos } from '../packages/polling/src/print/index.ts'
import {
  closeBox,
  countVotes,
  keepShare,
  keepTally,
  openingNow,
  readResult,
  resultOf,
  sheetFile,
} from '../packages/polling/src/station/closing.ts'
import { writeIdentity } from '../packages/polling/src/station/identity.ts'
import { codesPaper, resultPapers, verificationPaper } from '../packages/polling/src/station/printing.ts'
import { openStation } from '../packages/polling/src/station/station.ts'
import { insertCard, testPin, writeTestCards } from '../packages/polling/test/cards.ts'
import { credentialOf } from '../packages/polling/test/tallied.ts'
import { makeTps } from '../packages/polling/test/village.ts'
import type { Figure } from './index.ts'

type Times = {
  readonly ballots: number
  readonly total: number
  readonly tally: number
  readonly cards: number
  readonly count: number
  /** Every copy, the plano, the codes and the verifier's report, as the bytes that go to a printer. */
  readonly papers: number
  readonly printed: number
}

/** One polling place whose boxes are full, judged during the day as they came, then closed: from the signed sheet to the signed result. */
async function closeOne(voters: number, group: GroupName): Promise<Times> {
  const folder = mkdtempSync(path.join(tmpdir(), 'melayani-close-'))
  try {
    const made = makeTps({ voters, reserve: 20, group, booths: 5 })
    const { trustees } = writeTestCards(made, path.join(folder, 'cards'))
    const media = ['ssd', 'usb'].map((name) => openMedium(name, path.join(folder, name)))
    const keys = { centre: made.centre.key, committee: made.committee.key }
    const identity = writeIdentity(media, made.package, made.signed, keys)
    const parts = { content: made.package, hash: made.hash, identity, media, software: 'a'.repeat(64) }
    const station = await openStation(parts)
    const booth = openBooth(made.package.ballot.election)
    const ballots = Array.from({ length: voters }, (_, at) => {
      const pick = at % (made.package.candidates.length + 1)
      const choices = Array.from({ length: made.package.candidates.length + 1 }, (__, of) => (of === pick ? 1 : 0))
      return booth.encrypt(credentialOf(made.tokens[at]!), [choices] as (0 | 1)[][], platformRandom).text
    })
    for (const [at, ballot] of ballots.entries()) {
      const { credential } = readBallot(ballot)
      const id = hashOf(ballot).slice(0, 32)
      const slot: Slot = { id, state: 'cast', slip: 'printed', reprints: 0, credential, ballot }
      station.boxes.take(`booth-${(at % 5) + 1}`, [writeSlot(made.hash, slot)])
    }
    station.boxes.judgeSome(voters + 1)
    const counts = { ...station.counts(), present: voters, issued: voters, slips: voters }
    const sheet = station.document('reconciliation/1', {
      package: made.hash,
      counts,
      unused: 20,
      voidSlips: 0,
      replaced: 0,
      differences: [],
    })
    station.files.put(sheetFile, JSON.stringify(sheet))
    station.append({ kind: 'polls-closed', counts })
    station.append({ kind: 'reconciled', hash: hashOf(sheet.text), holds: true })

    const begun = performance.now()
    const closed = await closeBox(station)
    keepTally(station, closed)
    station.append({ kind: 'tally-announced', tally: closed.hash })
    const announced = performance.now()
    const reader = openReader(path.join(folder, 'reader'))
    for (const id of trustees.slice(0, 3)) {
      insertCard(path.join(folder, 'cards'), path.join(folder, 'reader'), id)
      const card = reader.card()!.open(testPin)
      if (!isOpen(card)) throw new Error(JSON.stringify(card))
      const opening = (await openingNow(station))!
      const given = opening.present(card)
      if ('faults' in given) throw new Error(JSON.stringify(given.faults))
      keepShare(station, opening, given.owner)
    }
    const opened = performance.now()
    const counted = await countVotes(station)
    const text = JSON.stringify(resultOf(station, { source: 'tally', counted }))
    const two = (['chair', 'officer'] as const).map((role) => made.officers.find((each) => each.role === role)!)
    const own = [
      ...two.map(({ role, name, secret }) => sign(resultKind, text, { role, signer: name }, secret)),
      station.sign(resultKind, text),
    ]
    station.files.put('result-1.json', JSON.stringify({ text, signatures: own }))
    station.append({ kind: 'result', hash: hashOf(text) })
    const signed = performance.now()
    const { copy, plano } = resultPapers(station, readResult(station)!, 'id')
    const { copies } = made.package.rules
    const papers = [
      verificationPaper(station, counted.archive, counted.report, 'id'),
      ...copies.map(() => copy),
      plano,
      codesPaper(station, 'id'),
    ].map((paper) => escPos(paper).reduce((sum, each) => sum + each.length, 0))
    const done = performance.now()
    if (counted.report.counts.ballots !== voters) throw new Error('not every ballot was counted')
    return {
      ballots: voters,
      total: done - begun,
      tally: announced - begun,
      cards: opened - announced,
      count: signed - opened,
      papers: done - signed,
      printed: papers.length,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(1)
const parts = ({ tally, cards, count, papers, printed }: Times) =>
  `tally ${seconds(tally)}, three cards ${seconds(cards)}, archive and our verifier ${seconds(count)}, ${printed} papers drawn ${seconds(papers)}`

/**
 * From the signed reconciliation sheet to the verified, signed result and all its papers as bytes for a printer (R13). People, cards changed and
 * the printer's own time are not in it.
 */
export async function benchClose(village: readonly number[] = [3458, 3458, 3458]): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const group of ['BELENIOS-2048', 'Ed25519'] as const)
    for (const voters of [500, 1000]) {
      const times = await closeOne(voters, group)
      figures.push({
        name: `close to signed and drawn result, ${voters} ballots, ${group}`,
        value: times.total / 1000,
        unit: 's',
        note: parts(times),
      })
    }
  if (village.length === 0) return figures
  const all: Times[] = []
  for (const voters of village) all.push(await closeOne(voters, 'BELENIOS-2048'))
  const slowest = all.reduce((a, b) => (b.total > a.total ? b : a))
  const ballots = all.reduce((sum, each) => sum + each.ballots, 0)
  figures.push({
    name: `… village of ${ballots.toLocaleString('en')} voters at ${all.length} places, the slowest place`,
    value: slowest.total / 1000,
    unit: 's',
    note: `${parts(slowest)}; one after the other ${seconds(all.reduce((sum, each) => sum + each.total, 0))} s`,
  })
  return figures
}
