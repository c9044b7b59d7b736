import type { Source } from '@melayani/ballot/archive'
import { deskCounts } from '../desk/desk-counts.ts'
import { type Counts, hashOf, type Line } from '../format/index.ts'
import { checkChain, isLine, readRow } from '../media/row.ts'
import { bodyOf, firstEntry, readContainer, readExactly, writeContainer } from './container.ts'
import { RecordContext } from './context.ts'
import type { LogSummary } from './entries.ts'
import type { RecordFinding, RecordRule } from './rules.ts'
import { logsShape, reconciliationShape } from './shapes.ts'
import { verifyRecord } from './verify.ts'

const entryOf = (device: string) => `log-${device}.jsonl`
const utf8 = (text: string) => new TextEncoder().encode(text)

/**
 * The restricted part of a record, for the supervisor alone: the whole log of every device, with who was checked in and which
 * officers did what. The public part holds the hash of each log.
 */
export const writeRestricted = (logs: ReadonlyMap<string, readonly string[]>): Uint8Array =>
  writeContainer([
    { name: firstEntry.name, body: utf8(firstEntry.body) },
    ...[...logs].map(([device, rows]) => ({
      name: entryOf(device),
      body: utf8(rows.map((row) => `${row}\n`).join('')),
    })),
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
}

/**
 * Judges the logs against the public record of the same polling place (R17): each is the one whose hash was published, each
 * line is signed and follows the one before, two-person acts are signed by officers of the package, and what the desks wrote
 * adds up to the reconciliation sheet. One changed bit is named with its device and line.
 */
export async function verifyRestricted(publicRecord: Source, restricted: Source): Promise<RestrictedReport> {
  const findings: RecordFinding[] = []
  const say = (rule: RecordRule, holds: boolean, entry: string, at?: string, detail?: string) => {
    if (!holds) findings.push({ rule, entry, ...(at ? { at } : {}), ...(detail ? { detail } : {}) })
  }
  const report = await verifyRecord(publicRecord)
  say('restricted.public', report.verdict === 'sound', 'record')
  const own = new RecordContext(publicRecord, (await readContainer(publicRecord)).entries)
  const logs = (await own.json('logs.json', logsShape)) ?? []
  const sheet = await own.signed('reconciliation.json')
  const counted = sheet && own.parse('reconciliation.json', 'text', sheet.text, reconciliationShape)?.counts
  const keys = new Map(report.about?.devices)
  const officers = new Set(report.about?.officers)

  const { entries, fault } = await readContainer(restricted)
  if (fault) findings.push(fault)
  say('restricted.logs', entries.length === logs.length + 1, firstEntry.name, '', `${logs.length} logs`)
  let lines = 0
  const desks: Line[] = []
  for (const [i, summary] of logs.entries()) {
    const { device } = summary
    const name = entryOf(device)
    const entry = entries[i + 1]
    say('restricted.logs', entry?.name === name, name)
    if (entry?.name !== name) continue
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
      await readExactly(bodyOf(restricted, entry), 0, entry.size),
    )
    const rows = text.split('\n')
    say('restricted.logs', rows.pop() === '', name, 'end')
    say('restricted.hash', JSON.stringify(summaryOf(device, rows)) === JSON.stringify(summary), name)
    const key = keys.get(device)
    if (!key || !report.about) continue
    for (const each of checkChain(rows, key, report.about.package, device))
      say('restricted.chain', false, name, `line ${each.line} ${each.field}`, each.what)
    for (const [at, row] of rows.entries()) {
      const line = readRow(row, key)
      if (!isLine(line)) continue
      lines++
      for (const { key: officer } of line.by ?? [])
        say('restricted.officer', officers.has(officer), name, `line ${at + 1} by`)
      if (device.startsWith('desk-')) desks.push(line)
    }
  }
  const counts = deskCounts([desks])
  for (const name of ['present', 'issued', 'returned'] as const)
    say('restricted.counts', counted?.[name] === counts[name], 'reconciliation.json', name, `${counts[name]}`)
  return { verdict: findings.length === 0 ? 'sound' : 'refused', findings, lines, counts }
}
