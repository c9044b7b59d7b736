import type { Source } from '@melayani/ballot/archive'
import { z } from 'zod'
import { deskCounts } from '../desk/desk-counts.ts'
import { type Counts, hashOf, type Line, type Officer, type Signed } from '../format/index.ts'
import { checkChain, isLine, readRow } from '../media/row.ts'
import { checkStationLog, needsTwo } from './check-station-log.ts'
import { bodyOf, type Entry, firstEntry, readContainer, readExactly, writeContainer } from './container.ts'
import type { Head, LogSummary } from './entries.ts'
import type { RecordFinding, RecordRule } from './rules.ts'
import {
  commitmentOf,
  headReaders,
  openHead,
  type SealedHead,
  sealedHeadShape,
  type Unsealing,
} from './sealed-heads.ts'
import { logsShape, reconciliationShape, signedShape, zeroShape } from './shapes.ts'
import { type JudgedRecord, judgeRecord } from './verify.ts'

const entryOf = (device: string) => `log-${device}.jsonl`
const headsEntry = 'heads.sealed.json'
const utf8 = (text: string) => new TextEncoder().encode(text)

/**
 * The restricted part of a record, for the supervisor alone: the whole log of every device, with who was checked in and which
 * officers did what, and what opens the commitments of the hourly heads. The public part holds the hash of each log.
 */
export const writeRestricted = (
  logs: ReadonlyMap<string, readonly string[]>,
  heads: readonly SealedHead[] = [],
): Uint8Array =>
  writeContainer([
    { name: firstEntry.name, body: utf8(firstEntry.body) },
    ...[...logs].map(([device, rows]) => ({
      name: entryOf(device),
      body: utf8(rows.map((row) => `${row}\n`).join('')),
    })),
    { name: headsEntry, body: utf8(JSON.stringify(heads)) },
  ])

/** What `logs.json` of the public part says of a log. */
export const summaryOf = (device: string, rows: readonly string[]): LogSummary => ({
  device,
  lines: rows.length,
  head: hashOf(rows.at(-1) ?? ''),
  hash: hashOf(rows.map((row) => `${row}\n`).join('')),
})

export type RestrictedReport = {
  readonly verdict: 'sound' | 'refused'
  readonly findings: readonly RecordFinding[]
  /** Lines read over all devices. */
  readonly lines: number
  /** Counted from the logs of the desks. */
  readonly counts: Pick<Counts, 'present' | 'issued' | 'returned'>
  /** Commitments of heads that were opened: none without a supervisor's card. */
  readonly opened: number
}

/**
 * Judges the logs against the public record of the same polling place (R17): each is the one whose hash was published, each
 * line is signed and follows the one before, acts of two are signed by two officers of the package, every device ran the programs
 * that the zero report names, what the desks wrote adds up to the reconciliation sheet, and what the station wrote is what it
 * published. One changed bit is named with its device and line.
 * With a supervisor's open card (`card`) the commitments of the heads are opened too, and no ballot of theirs may be missing.
 */
export async function verifyRestricted(
  publicRecord: Source,
  restricted: Source,
  card?: Unsealing,
): Promise<RestrictedReport> {
  const findings: RecordFinding[] = []
  const say = (rule: RecordRule, holds: boolean, entry: string, at?: string, detail?: string) => {
    if (!holds) findings.push({ rule, entry, ...(at ? { at } : {}), ...(detail ? { detail } : {}) })
  }
  const judged = await judgeRecord(publicRecord)
  const { context, keys, report } = judged
  say('restricted.public', report.verdict === 'sound', 'record')
  const logs = (await context.json('logs.json', logsShape)) ?? []
  const officers = context.package?.officers ?? []

  const { entries, fault } = await readContainer(restricted)
  if (fault) findings.push(fault)
  say('restricted.logs', entries.length === logs.length + 2, firstEntry.name, '', `${logs.length} logs`)
  const textOf = async (entry: Entry) =>
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(await readExactly(bodyOf(restricted, entry), 0, entry.size))
  const zero = await context.signed('zero.json')
  const software = zero && context.parse('zero.json', 'text', zero.text, zeroShape)?.software
  const read = new Map<string, readonly Line[]>()
  for (const [i, summary] of logs.entries()) {
    const { device } = summary
    const name = entryOf(device)
    const entry = entries[i + 1]
    say('restricted.logs', entry?.name === name, name)
    if (entry?.name !== name) continue
    const rows = (await textOf(entry)).split('\n')
    say('restricted.logs', rows.pop() === '', name, 'end')
    say('restricted.hash', JSON.stringify(summaryOf(device, rows)) === JSON.stringify(summary), name)
    const key = keys.get(device)
    if (!key || !report.about) continue
    for (const each of checkChain(rows, key, report.about.package, device))
      say('restricted.chain', false, name, `line ${each.line} ${each.field}`, each.what)
    const lines: Line[] = []
    for (const [at, row] of rows.entries()) {
      const line = readRow(row, key)
      if (!isLine(line)) continue
      lines.push(line)
      const other = line.act.kind === 'started' && line.act.software !== software
      say('restricted.software', !other, name, `line ${at + 1}`)
      sayOfficers(line, officers, (rule, holds) => say(rule, holds, name, `line ${at + 1} by`))
    }
    read.set(device, lines)
  }
  const counts = deskCounts([...read].flatMap(([device, lines]) => (device.startsWith('desk-') ? [lines] : [])))
  const sheet = await context.signed('reconciliation.json')
  const counted = sheet && context.parse('reconciliation.json', 'text', sheet.text, reconciliationShape)?.counts
  for (const name of ['present', 'issued', 'returned'] as const)
    say('restricted.counts', counted?.[name] === counts[name], 'reconciliation.json', name, `${counts[name]}`)
  await checkStationLog(judged, read, (holds, entry, at) => say('restricted.station', holds, entry, at))

  const last = entries.at(-1)
  say('restricted.logs', last?.name === headsEntry, headsEntry)
  const sealed =
    last?.name === headsEntry ? context.parse(headsEntry, '', await textOf(last), z.array(sealedHeadShape)) : []
  say('restricted.heads', sealed !== undefined, headsEntry, 'form')
  const opened = await checkSealed(judged, sealed ?? [], card, (holds, at, detail) =>
    say('restricted.heads', holds, headsEntry, at, detail),
  )
  const lines = [...read.values()].reduce((sum, each) => sum + each.length, 0)
  return { verdict: findings.length === 0 ? 'sound' : 'refused', findings, lines, counts, opened }
}

/** Who signed a line: officers as the package names them, and for an act of two, two different ones of the polling place. */
function sayOfficers(line: Line, officers: readonly Officer[], say: (rule: RecordRule, holds: boolean) => void): void {
  const by = line.by ?? []
  for (const { key, role, signer } of by)
    say(
      'restricted.officer',
      officers.some((each) => each.key === key && each.role === role && each.name === signer),
    )
  const two = by.filter(({ role }) => role === 'chair' || role === 'officer')
  say('restricted.two', !needsTwo(line) || new Set(two.map(({ key }) => key)).size >= 2)
}

/**
 * Each commitment has an opening for each of those who may read it; with a card, those for it are opened: they are what was
 * committed to, of as many ballots as the head said, and each of these is in the archive or shown, with why it is not counted.
 */
async function checkSealed(
  { context, archive, refused }: JudgedRecord,
  sealed: readonly SealedHead[],
  card: Unsealing | undefined,
  say: (holds: boolean, at: string, detail?: string) => void,
): Promise<number> {
  const content = context.package
  const heads = (await context.json('heads.json', z.array(signedShape))) ?? []
  if (!content) return 0
  const committed = heads.map(({ text }: Signed) => JSON.parse(text) as Head).filter(({ commitment }) => commitment)
  const wanted = committed.flatMap(({ number }) => headReaders(content).map((key) => `${number} ${key}`))
  const names = sealed.map(({ number, key }) => `${number} ${key}`)
  say(JSON.stringify(names) === JSON.stringify(wanted), '', `${names.length} of ${wanted.length}`)
  if (!card) return 0
  say(headReaders(content).includes(card.key), 'card', 'nothing is sealed for it')
  const uncounted = new Set(refused.flatMap(({ ballot, opening }) => (opening === undefined ? [hashOf(ballot)] : [])))
  let opened = 0
  let before: readonly string[] = []
  for (const { number, commitment, counts: said } of committed) {
    const mine = sealed.find((each) => each.number === number && each.key === card.key)
    const opening = mine && openHead(card, context.packageHash, mine)
    say(opening !== undefined, `head ${number}`, 'does not open')
    if (!opening) continue
    opened++
    const { nonce, ballots } = opening
    say(commitmentOf(nonce, ballots) === commitment, `head ${number}`, 'commitment')
    say(ballots.length === said.cast, `head ${number}`, `${ballots.length} ≠ ${said.cast}`)
    const now = new Set(ballots)
    const gone = before.filter((each) => !now.has(each))
    say(gone.length === 0, `head ${number}`, gone.join(' '))
    before = ballots
    const missing = archive ? ballots.filter((each) => !archive.ballots.has(each) && !uncounted.has(each)) : []
    say(missing.length === 0, `head ${number}`, `not in the archive: ${missing.join(' ')}`)
  }
  return opened
}
