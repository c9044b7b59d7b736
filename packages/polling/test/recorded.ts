import {
  encryptedTally,
  openGroup,
  type PartialDecryption,
  platformRandom,
  readBallot,
  readElection,
  readTrustees,
  writeEncryptedTally,
  writePartialDecryption,
  writeResult,
} from '@melayani/ballot'
import { ArchiveWriter } from '@melayani/ballot/archive'
import { openBooth, readCredential, sealBallot, type TypedCredential } from '@melayani/ballot/cast'
import { combine, decrypt } from '@melayani/ballot/trustee'
import { proveStronger } from '../src/card/stronger.ts'
import {
  type Act,
  actText,
  type Counts,
  electionFingerprint,
  hashOf,
  type Line,
  newSigningKey,
  noCounts,
  type Role,
  resultKind,
  type Signed,
  type SigningKey,
  sign,
  type TpsResult,
} from '../src/format/index.ts'
import { readRow, writeRow } from '../src/media/row.ts'
import { needsTwo } from '../src/record/check-station-log.ts'
import { recordTime } from '../src/record/container.ts'
import {
  commitmentOf,
  type Head,
  incidentsOf,
  noCommitment,
  type SealedHead,
  sealHead,
  summaryOf,
  writeRecord,
} from '../src/record/index.ts'
import { type MadeTps, makeTps, type TpsPlan } from './village.ts'

/** What the people of a polling place did, in short. Choices: 0 is blank, else a candidate's number. */
export type RecordPlan = {
  tps?: TpsPlan
  votes?: readonly number[]
  challenged?: readonly number[]
  /** The first challenged ballot is encrypted with the very random numbers of the first vote. */
  twin?: true
  /** Acts of two are signed by the chair alone. */
  alone?: true
  /** JPEG of the plano, otherwise some bytes. */
  plano?: Uint8Array
  /** What the booth's programs are, by their hash's text. */
  software?: string
  /** Whether a witness objected; so it is unless said otherwise. */
  objected?: boolean
}
export type RecordMakers = MadeTps & {
  station: SigningKey
  signedBy: (kind: string, value: unknown, roles: readonly Role[]) => Signed
}
export type MadeRecord = {
  bytes: Uint8Array
  makers: RecordMakers
  entries: Map<string, Uint8Array>
  codes: string[]
  rows: Map<string, string[]>
  sealed: readonly SealedHead[]
}

const utf8 = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))

/** A whole public record, made by our own parts without any device: quick, and the same shape that a station writes. */
export function makeRecord({
  tps,
  votes = [1, 1, 2, 3, 0],
  challenged = [2],
  twin,
  alone,
  plano = utf8('JPEG of the plano'),
  software = 'software',
  objected = true,
}: RecordPlan = {}): MadeRecord {
  const made = makeTps({ voters: 12, ...tps })
  const station = newSigningKey()
  const signedBy = (kind: string, value: unknown, by: readonly Role[]): Signed => {
    const text = JSON.stringify(value)
    const signatures = by.flatMap((role) =>
      role === 'device'
        ? [sign(kind, text, { role, signer: 'station' }, station.secret)]
        : made.officers
            .filter((each) => each.role === role)
            .map((each) => sign(kind, text, { role, signer: each.name }, each.secret)),
    )
    return { text, signatures }
  }
  const makers = { ...made, station, signedBy }
  const { package: content, hash } = made
  // All that happens, happens in one quarter of an hour.
  const step = `${content.election.date}T08:00`

  const booth = openBooth(content.ballot.election)
  const choiceOf = (choice: number) => [
    [0, ...content.candidates.map(({ number }) => number)].map((each) => Number(each === choice)),
  ]
  const credentials = made.tokens.map((token) => (readCredential(token) as TypedCredential).credential)
  let next = 0
  const other = openBooth(content.ballot.election)
  const randomAt = (at: number) => (twin && at === 1 ? replay() : platformRandom)
  const encrypted = votes.map((choice) => booth.encrypt(credentials[next++]!, choiceOf(choice), randomAt(next)))
  const openings = challenged
    .map((choice) =>
      sealBallot(other.encrypt(credentials[next++]!, choiceOf(choice), twin ? replay() : platformRandom)).spoil(),
    )
    .sort((a, b) => (ballotHash(a) < ballotHash(b) ? -1 : 1))
  const ballots = encrypted.map(({ text }) => text).sort((a, b) => (hashOf(a) < hashOf(b) ? -1 : 1))
  const { bel, stronger, counted, announced } = archiveOf(made, ballots)

  const counts: Counts = {
    ...noCounts,
    present: votes.length,
    issued: votes.length,
    used: votes.length,
    cast: votes.length,
    spoiled: challenged.length,
    slips: votes.length,
  }
  const devices = new Map(['station', 'desk-1', 'booth-1'].map((device) => [device, newSigningKey()]))
  devices.set('station', station)
  const certificates = (['desk', 'booth'] as const).map((as) =>
    signedBy('device/1', { package: hash, device: `${as}-1`, as, number: 1, key: devices.get(`${as}-1`)!.key }, [
      'device',
    ]),
  )
  const result: TpsResult = {
    format: 'melayani-result/1',
    mode: content.mode,
    election: content.election.id,
    tps: content.tps.id,
    package: hash,
    version: 1,
    roll: content.roll.count,
    present: counts.present,
    votes: counted.slice(1),
    blank: counted[0]!,
    counts,
    source: 'tally',
    archive: hashOf(bel),
    reconciled: true,
    differences: [],
  }
  const zero = {
    package: hash,
    software: hashOf('software'),
    roll: { count: content.roll.count, additional: content.roll.additional, hash: content.roll.hash },
    tokens: content.pool.size,
    candidates: content.candidates.map(({ number, name }) => ({ number, name })),
    boxes: [{ device: 'booth-1', ballots: 0 }],
  }
  const half = { ...counts, present: 2, issued: 2, used: 2, cast: 2, slips: 2 }
  const opening = { nonce: hashOf('nonce'), ballots: ballots.map((text) => hashOf(text)) }
  const commitment = commitmentOf(opening.nonce, opening.ballots)
  const sealed = sealHead(content, hash, 2, opening)
  const heads: Head[] = [
    { package: hash, number: 1, step, counts: half },
    { package: hash, number: 2, step, counts, commitment },
  ]
  const zeroReport = signedBy('zero/1', zero, ['chair', 'witness', 'device'])
  const left = { unused: content.pool.size - counts.issued, voidSlips: 0, replaced: 0, differences: [] }
  const sheet = signedBy('reconciliation/1', { package: hash, counts, ...left }, ['chair', 'device'])
  const objection = { package: hash, step, text: 'Bilik 1 terlalu dekat dengan jendela.' }
  const signedResult = signedBy(resultKind, result, ['chair', 'officer', 'witness', 'device'])
  const log = (device: string, acts: readonly Act[]) => {
    const rows: string[] = []
    for (const act of acts) {
      const line = { seq: rows.length + 1, prev: hashOf(rows.at(-1) ?? made.signed.text), device, step, act }
      const roles: readonly Role[] = needsTwo(line)
        ? alone
          ? ['chair']
          : ['chair', 'officer']
        : act.kind === 'incident'
          ? ['officer']
          : []
      const by = roles.length > 0 ? { by: signedBy('act/1', JSON.parse(actText(line)), roles).signatures } : {}
      rows.push(writeRow({ ...line, ...by }, devices.get(device)!))
    }
    return rows
  }
  const visit = (_: number, at: number): Act[] => [
    { kind: 'check-in', voter: at + 1, method: 'card-finger' },
    { kind: 'token-issued', voter: at + 1 },
  ]
  const joined = (['desk', 'booth'] as const).map(
    (as): Act => ({ kind: 'device-joined', device: `${as}-1`, as, number: 1, key: devices.get(`${as}-1`)!.key }),
  )
  const rows = new Map([
    [
      'station',
      log('station', [
        ...joined,
        { kind: 'zero-report', hash: hashOf(zeroReport.text) },
        { kind: 'polls-opened' },
        ...heads.map(({ counts, commitment = noCommitment }): Act => ({ kind: 'head', counts, commitment })),
        { kind: 'polls-closed', counts },
        ...(objected ? [{ kind: 'objection' as const, by: 'petugas-6', text: objection.text }] : []),
        { kind: 'reconciled', hash: hashOf(sheet.text), holds: true },
        { kind: 'tally-announced', tally: announced },
        ...stronger.map(({ owner }): Act => ({ kind: 'decrypted', owner })),
        { kind: 'result', hash: hashOf(signedResult.text) },
      ]),
    ],
    ['desk-1', log('desk-1', votes.flatMap(visit))],
    [
      'booth-1',
      log('booth-1', [
        { kind: 'started', software: hashOf(software), package: hash },
        { kind: 'incident', what: 'printer-jam', note: '' },
      ]),
    ],
  ])
  const logs = [...rows].map(([device, lines]) => summaryOf(device, lines))
  const lines = [...rows].map(([device, list]) => list.map((row) => readRow(row, devices.get(device)!.key) as Line))
  const entries = new Map<string, Uint8Array>([
    ['package.json', utf8(made.signed)],
    ['station.json', utf8({ key: station.key, software: hashOf('software'), devices: certificates })],
    ['zero.json', utf8(zeroReport)],
    ['heads.json', utf8(heads.map((each) => signedBy('head/1', each, ['device'])))],
    ['election.bel', bel],
    ['decryption.json', utf8(stronger)],
    ['spoiled.json', utf8(openings)],
    ['incidents.json', utf8(incidentsOf(lines))],
    ['logs.json', utf8(logs)],
    ['reconciliation.json', utf8(sheet)],
    ['objections.json', utf8(objected ? [oneWitness(signedBy('objection/1', objection, ['witness']))] : [])],
    ['result-1.json', utf8(signedResult)],
    ['plano-1.jpg', plano],
    ['plano-1.json', utf8(signedBy('plano/1', { package: hash, version: 1, photo: hashOf(plano) }, ['chair']))],
  ])
  const codes = encrypted.map(({ trackingCode }) => trackingCode)
  return seal({ bytes: new Uint8Array(0), makers, entries, codes, rows, sealed })
}

/**
 * The same record once more: `alter` changes entries by their names before the manifest is made and signed, as an insider
 * with every card of the polling place could.
 */
export function seal(
  record: MadeRecord,
  alter?: (entries: Map<string, Uint8Array>, makers: RecordMakers) => void,
  version = 1,
): MadeRecord {
  const { makers } = record
  const { package: content, hash } = makers
  const entries = new Map(record.entries)
  alter?.(entries, makers)
  const bytes = writeRecord(
    { mode: content.mode, package: hash, election: content.election.id, tps: content.tps.id, version },
    [...entries].map(([name, body]) => ({ name, body })),
    (kind, text) => makers.signedBy(kind, JSON.parse(text), ['device', 'chair']).signatures,
  )
  return { ...record, bytes, entries }
}

/** Random numbers that are the same each time. */
export const replay = () => {
  let seed = 99
  return (length: number) =>
    Uint8Array.from({ length }, () => {
      seed = (seed * 48_271) % 2_147_483_647
      return (seed >> 7) & 255
    })
}

/** Who files an objection signs it alone. */
const oneWitness = ({ text, signatures }: Signed): Signed => ({ text, signatures: signatures.slice(0, 1) })
const ballotHash = (opening: string) => hashOf(JSON.parse(opening).ballot)

function archiveOf({ package: { ballot }, trusteeSecrets }: MadeTps, ballots: readonly string[]) {
  const election = readElection(ballot.election)
  const group = openGroup(election.group)
  const trustees = readTrustees(ballot.trustees)
  const tallied = encryptedTally(
    group,
    election,
    ballots.map((text) => ({ answers: readBallot(text).answers, weight: 1n })),
  )
  const tally = writeEncryptedTally(tallied.tally)
  const announced = { election: electionFingerprint(ballot.election), tally: hashOf(tally) }
  const decryptions = new Map<number, PartialDecryption>()
  const stronger: { owner: number; proof: string }[] = []
  for (const [at, secret] of trusteeSecrets.entries()) {
    const outcome = decrypt(
      group,
      secret,
      { election: ballot.election, trustees: ballot.trustees, tally, announced },
      [],
      platformRandom,
    )
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.faults))
    const { decryption } = outcome.value
    decryptions.set(at + 1, decryption)
    const board = { fingerprint: announced.election, tally: tallied.tally }
    stronger.push({ owner: at + 1, proof: proveStronger(group, secret, board, decryption) })
  }
  const combined = combine(group, { fingerprint: announced.election, trustees, ...tallied }, decryptions)
  if (combined.state !== 'result') throw new Error(JSON.stringify(combined))
  const writer = new ArchiveWriter()
  const parts = [
    writer.begin(recordTime),
    writer.setup(ballot),
    ...ballots.map((text) => writer.ballot(text)),
    writer.endBallots(),
    writer.encryptedTally(tally, tallied),
    ...[...decryptions].map(([owner, each]) => writer.partialDecryption(owner, writePartialDecryption(each))),
    writer.result(writeResult(combined.result)),
  ]
  const bel = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bel.set(part, at)
    at += part.length
  }
  return { bel, stronger, announced: announced.tally, counted: combined.result[0]!.map(Number) }
}
