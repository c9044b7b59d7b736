import {
  type EncryptedTally,
  kernelsOnce,
  type PartialDecryption,
  platformRandom,
  readBallot,
  readCredentials,
  readElection,
  readEncryptedTally,
  readPartialDecryption,
  readTrustees,
} from '@melayani/ballot'
import { entries as archiveEntries, Order, type SetupData } from '@melayani/ballot/archive'
import { checkOpeningWith, readOpening } from '@melayani/ballot/cast'
import { type Report, sayPlace, verify } from '@melayani/ballot/verify'
import { strongerFaults } from '../card/stronger.ts'
import {
  type Counts,
  differenceText,
  type ElectionPackage,
  electionFingerprint,
  explanationOf,
  hashOf,
  reconcile,
  resultKind,
  type TpsResult,
} from '../format/index.ts'
import { hashEntry } from './check-manifest.ts'
import { blockSizeOf } from './container.ts'
import type { RecordContext } from './context.ts'
import { type HandCountSheet, handCountKind } from './entries.ts'
import {
  decryptionShape,
  handCountShape,
  reconciliationShape,
  resultShape,
  signedShape,
  spoiledShape,
} from './shapes.ts'

const openGroup = kernelsOnce(platformRandom)

export type Archive = {
  readonly report: Report
  /** Hexadecimal hashes of the ballots in it. */
  readonly ballots: ReadonlySet<string>
  /** First halves of all their ciphertexts. */
  readonly alphas: ReadonlySet<string>
  readonly sha256: string
  /** The encrypted tally, and what each trustee gave, by owner number. */
  readonly tally?: EncryptedTally
  readonly decryptions: ReadonlyMap<number, PartialDecryption>
}

/** The .bel through its own verifier, with our profile and its result; each of its findings is one of ours, at its byte. */
export async function checkArchive(context: RecordContext): Promise<Archive | undefined> {
  const name = 'election.bel'
  const source = context.body(name)
  const entry = context.entries.get(name)
  const content = context.package
  if (!source || !entry || !content) return undefined
  const report = await verify(source, { final: true, profile: 'pilkades', openGroup })
  context.counts.ballots = report.counts.ballots
  for (const { rule, place, detail } of report.findings)
    context.findings.push({
      rule: 'bel',
      entry: name,
      offset: entry.offset + blockSizeOf + (place.offset ?? 0),
      at: `${rule} ${sayPlace(place, 'en')}`,
      ...(detail ? { detail } : {}),
    })
  context.require('bel', report.verdict === 'sound', name, report.verdict)

  const order = new Order()
  const decryptions = new Map<number, PartialDecryption>()
  const alphas = new Set<string>()
  let tally: EncryptedTally | undefined
  let ownSetup = false
  for await (const item of archiveEntries(source, order, { hash: 'deferred' })) {
    if (item.kind !== 'entry') continue
    const { setup, parts, owned } = item
    if (item.event.type === 'Setup') ownSetup = isSetupOf(content, setup)
    if (item.event.type === 'Ballot')
      for (const alpha of alphasOf(readPart(parts.ballot?.body, readBallot))) alphas.add(alpha)
    if (item.event.type === 'EncryptedTally') tally = readPart(parts.encrypted_tally?.body, readEncryptedTally)
    if (item.event.type !== 'PartialDecryption' || !owned) continue
    const decryption = readPart(parts.partial_decryption?.body, readPartialDecryption)
    if (decryption) decryptions.set(owned.owner, decryption)
  }
  context.require('bel.setup', ownSetup, name)
  const sha256 = await hashEntry(context, entry)
  return { report, ballots: order.state.ballots, alphas, sha256, decryptions, ...(tally ? { tally } : {}) }
}

export const alphasOf = (ballot: ReturnType<typeof readBallot> | undefined): string[] =>
  ballot?.answers.flatMap(({ choices }) => choices.map(({ alpha }) => alpha)) ?? []

const isSetupOf = ({ ballot }: ElectionPackage, setup: SetupData | undefined) =>
  setup?.election === hashOf(ballot.election) &&
  setup.trustees === hashOf(ballot.trustees) &&
  setup.credentials === hashOf(ballot.credentials)

/** What the archive's own verifier has refused already is passed over here. */
function readPart<T>(body: Uint8Array | undefined, read: (text: string) => T): T | undefined {
  try {
    return body && read(new TextDecoder().decode(body))
  } catch {
    return undefined
  }
}

/**
 * Each decryption in the archive has a proof that also binds ciphertext and factor: with the format's own proof alone one
 * trustee and the voter who votes last can move votes (packages/ballot, README, Limits).
 */
export async function checkDecryptions(context: RecordContext, archive: Archive | undefined): Promise<void> {
  const name = 'decryption.json'
  const given = await context.json(name, decryptionShape)
  const content = context.package
  if (!archive || !content) return
  context.require('record.missing', given !== undefined, undefined, '', name)
  if (!given || !archive.tally) return
  const group = await openGroup(readElection(content.ballot.election).group)
  const trustees = readTrustees(content.ballot.trustees)
  const board = { fingerprint: electionFingerprint(content.ballot.election), trustees, tally: archive.tally }
  const owners = given.map(({ owner }) => owner)
  const wanted = [...archive.decryptions.keys()].sort((a, b) => a - b)
  context.require('decryption.proof', JSON.stringify(owners) === JSON.stringify(wanted), name, 'owners', `${wanted}`)
  for (const [i, { owner, proof }] of given.entries()) {
    const decryption = archive.decryptions.get(owner)
    if (!decryption) continue
    context.counts.decryptions++
    const [fault] = context.isSound('bel') ? strongerFaults(group, board, owner, decryption, proof) : []
    context.require('decryption.proof', fault === undefined, name, `${i}`, fault && `${fault.rule} ${fault.at}`)
  }
}

/** Hashes of the ballots whose openings hold, and first halves of their ciphertexts. */
export type Opened = { readonly ballots: ReadonlySet<string>; readonly alphas: ReadonlySet<string> }

/**
 * Every challenged ballot proves what it held and is of a token of this polling place, none of them is among those that count,
 * and all are there. Not even a ciphertext of theirs may stand in a ballot that counts: with its r the vote would be open. Gives
 * what was opened.
 */
export async function checkSpoiled(
  context: RecordContext,
  archive: Archive | undefined,
  sheet: Sheet,
): Promise<Opened> {
  const name = 'spoiled.json'
  const openings = await context.json(name, spoiledShape)
  const content = context.package
  const opened = { ballots: new Set<string>(), alphas: new Set<string>() }
  if (!openings || !content) return opened
  context.require('spoiled.list', !sheet || sheet.counts.spoiled === openings.length, name, '', 'count')
  const { election, credentials } = content.ballot
  const pool = new Set(readCredentials(credentials).map(({ element }) => element))
  const group = await openGroup(readElection(election).group)
  let before = ''
  for (const [i, opening] of openings.entries()) {
    context.counts.openings++
    const { faults } = checkOpeningWith(group, election, opening)
    const [fault] = faults
    if (!context.require('spoiled.opening', fault === undefined, name, `${i}`, fault && `${fault.rule} ${fault.at}`))
      continue
    const { ballot: text } = readOpening(opening)
    const [ballot, read] = [hashOf(text), readBallot(text)]
    const counted = archive?.ballots.has(ballot) || alphasOf(read).some((alpha) => archive?.alphas.has(alpha))
    context.require('spoiled.cast', !counted, name, `${i}`)
    context.require('spoiled.credential', pool.has(read.credential), name, `${i}`)
    context.require('spoiled.list', before < ballot, name, `${i}`)
    before = ballot
    opened.ballots.add(ballot)
    for (const alpha of alphasOf(read)) opened.alphas.add(alpha)
  }
  return opened
}

/**
 * The sheet's laws hold, or why one does not is explained in it; that two officers did so, the restricted part shows. Nothing that
 * the last head counted (`head`) has become less, but for the ballots that are shown as `refused`. Gives the sheet.
 */
export async function checkReconciliation(
  context: RecordContext,
  head: Counts | undefined,
  refused: readonly { readonly opening?: string | undefined }[],
) {
  const name = 'reconciliation.json'
  const signed = await context.signed(name)
  const sheet = signed && context.parse(name, 'text', signed.text, reconciliationShape)
  if (!signed || !sheet || !context.package) return undefined
  context.vouched('reconciliation.signature', 'reconciliation/1', signed, ['chair', 'device'], name)
  context.require('package.other', sheet.package === context.packageHash, name)
  const { pool, roll } = context.package
  const laws = reconcile(sheet.counts, {
    pool: pool.size,
    roll: roll.count,
    unused: sheet.unused,
    voidSlips: sheet.voidSlips,
    replaced: sheet.replaced,
  })
  for (const each of laws) {
    const explained = explanationOf(each, sheet.differences) !== undefined
    context.require('reconciliation.law', each.holds || explained, name, each.law, `${each.left} ≠ ${each.right}`)
  }
  if (!head) return sheet
  // Slips are counted by hand at the end; ballots that were found bad are taken off, and each of them is shown.
  const spoiled = refused.filter(({ opening }) => opening !== undefined).length
  const off: Partial<Counts> = { cast: refused.length - spoiled, spoiled }
  for (const which of ['present', 'issued', 'returned', 'used', 'cast', 'void', 'spoiled', 'reprints'] as const) {
    const holds = sheet.counts[which] + (off[which] ?? 0) >= head[which]
    context.require('head.after', holds, name, `counts.${which}`, `${sheet.counts[which]} < ${head[which]}`)
  }
  return sheet
}

/** What two officers counted by hand: signed by both, and no more and no fewer slips than lay in the audit box. */
export async function checkHandCount(context: RecordContext, sheet: Sheet): Promise<HandCountSheet | undefined> {
  const name = 'hand-count.json'
  const signed = await context.signed(name)
  const count = signed && context.parse(name, 'text', signed.text, handCountShape)
  if (!signed || !count || !context.package) return undefined
  context.vouched('hand-count.signature', handCountKind, signed, ['device'], name)
  context.twoOfficers('hand-count.signature', signed, name)
  context.require('package.other', count.package === context.packageHash, name)
  const { votes, blank, unreadable } = count
  context.require('hand-count.sum', votes.length === context.package.candidates.length, name, 'votes')
  const slips = votes.reduce((sum, each) => sum + each, blank + unreadable)
  if (sheet)
    context.require('hand-count.sum', slips === sheet.counts.slips, name, '', `${slips} ≠ ${sheet.counts.slips}`)
  return count
}

/** The signed sheet of the reconciliation, where it could be read. */
export type Sheet = Awaited<ReturnType<typeof checkReconciliation>>

/** Each version of the result is signed, names the one before, and says what archive, sheet and package say. */
export async function checkResults(
  context: RecordContext,
  version: number,
  archive: Archive | undefined,
  sheet: Sheet,
  byHand: HandCountSheet | undefined,
): Promise<TpsResult | undefined> {
  let before: string | undefined
  let last: TpsResult | undefined
  for (let v = 1; v <= version; v++) {
    const name = `result-${v}.json`
    const signed = await context.json(name, signedShape)
    const result = signed && context.parse(name, 'text', signed.text, resultShape)
    if (!signed || !result) continue
    context.vouched('result.signature', resultKind, signed, ['chair', 'device'], name)
    context.twoOfficers('result.signature', signed, name)
    context.require('result.version', result.version === v && result.corrects?.hash === before, name, 'corrects')
    checkOneResult(context, name, result as TpsResult, archive)
    before = hashOf(signed.text)
    last = result as TpsResult
  }
  if (!last) return undefined
  const name = `result-${version}.json`
  if (sheet) {
    context.require('result.sum', JSON.stringify(sheet.counts) === JSON.stringify(last.counts), name, 'counts')
    const differences = sheet.differences.map(differenceText)
    context.require('result.sum', last.reconciled === (differences.length === 0), name, 'reconciled')
    const same = JSON.stringify(last.differences) === JSON.stringify(differences)
    context.require('result.sum', same, name, 'differences')
  }
  if (last.source === 'slips') {
    context.require('record.missing', context.entries.has('hand-count.json'), undefined, '', 'hand-count.json')
    const same =
      byHand?.blank === last.blank && `${byHand.votes}` === `${last.votes}` && byHand.unreadable === last.unreadable
    if (byHand) context.require('result.votes', same, name, 'votes')
    // Slips are the result only where the tally cannot be opened (R71).
    context.require('result.archive', archive === undefined && last.archive === undefined, name, 'source')
  }
  context.require('record.missing', last.source === 'slips' || archive !== undefined, undefined, '', 'election.bel')
  return last
}

function checkOneResult(context: RecordContext, name: string, result: TpsResult, archive: Archive | undefined): void {
  const content = context.package
  if (!content) return
  const own =
    result.package === context.packageHash &&
    result.mode === content.mode &&
    result.election === content.election.id &&
    result.tps === content.tps.id
  context.require('package.other', own, name)
  const { votes, blank, counts, roll, present } = result
  const sum = votes.reduce((total, each) => total + each, blank)
  context.require('result.sum', votes.length === content.candidates.length, name, 'votes')
  // More votes than people is a difference, and stands where it is explained (R64); more than the roll never does (R49).
  const most = result.differences.length > 0 ? roll : present
  context.require('result.sum', roll === content.roll.count && present <= roll && sum <= most, name, 'roll')
  if (result.source !== 'tally') return
  context.require('result.sum', sum === counts.cast, name, 'counts.cast')
  context.require('result.sum', result.unreadable === undefined, name, 'unreadable')
  if (!archive) return
  context.require('result.archive', result.archive === archive.sha256, name, 'archive')
  context.require('result.votes', archive.ballots.size === counts.cast, name, 'counts.cast')
  const said = archive.report.result?.[0]
  const same = said && said.blank === blank && said.answers.every((answer, i) => answer.votes === votes[i])
  context.require('result.votes', same === true && said!.answers.length === votes.length, name, 'votes')
}
