import { writeEncryptedTally } from '@melayani/ballot'
import { z } from 'zod'
import { type Act, differenceText, hashOf, type Line } from '../format/index.ts'
import { noCommitment } from './entries.ts'
import { copiedToken, incidentsOf } from './incidents.ts'
import {
  certificateShape,
  decryptionShape,
  headShape,
  incidentsShape,
  reconciliationShape,
  signedShape,
  stationShape,
} from './shapes.ts'
import type { JudgedRecord } from './verify.ts'

/** Says that something must be so, of an entry and a place in it. */
export type Demand = (holds: boolean, entry: string, at?: string) => void

/** Acts that two different officers of the polling place do together, always. */
const ofTwo: ReadonlySet<Act['kind']> = new Set<Act['kind']>([
  'device-joined',
  'device-stopped',
  'polls-opened',
  'polls-paused',
  'polls-resumed',
  'polls-extended',
  'queue-closed',
  'polls-closed',
  'box-imported',
  'difference-explained',
  'tally-announced',
  'token-returned',
  'slip-reprinted',
  'session-void',
  'resolved',
  'paper-tested',
])
/** Booths, and the station of a copied token, note some incidents by themselves; a token in place of another is never one officer's word. */
export const needsTwo = ({ act, device }: Line): boolean =>
  ofTwo.has(act.kind) ||
  (act.kind === 'incident' && device === 'station' && act.what !== copiedToken) ||
  (act.kind === 'token-issued' && act.replaces !== undefined)

/**
 * What the station's log says was done is what the public record shows, and no document of the record is without its line: a
 * head, an incident or an objection that was left out is missed here. `logs`: those of all devices, in the order of the record.
 */
export async function checkStationLog(
  { context, archive }: JudgedRecord,
  logs: ReadonlyMap<string, readonly Line[]>,
  demand: Demand,
): Promise<void> {
  const lines = logs.get('station') ?? []
  const acts = <Kind extends Act['kind']>(kind: Kind) =>
    lines.flatMap(({ act }) => (act.kind === kind ? [act as Extract<Act, { kind: Kind }>] : []))
  const same = (entry: string, shown: unknown, logged: unknown) =>
    demand(JSON.stringify(shown) === JSON.stringify(logged), entry)
  const hashIn = async (entry: string) => {
    const signed = await context.signed(entry)
    return signed && hashOf(signed.text)
  }
  const read = <T>(entry: string, text: string, shape: z.ZodType<T>) => context.parse(entry, 'text', text, shape)
  demand(acts('polls-opened').length === 1 && acts('polls-closed').length === 1, 'log-station.jsonl', 'polls')

  const station = await context.json('station.json', stationShape)
  const certified = station?.devices.flatMap(({ text }) => read('station.json', text, certificateShape) ?? [])
  const facts = ({ device, as, number, key, mobile }: Omit<z.infer<typeof certificateShape>, 'package'>) =>
    [device, as, number, key, mobile === true] as const
  same('station.json', certified?.map(facts), acts('device-joined').map(facts))
  same('zero.json', await hashIn('zero.json'), acts('zero-report').at(-1)?.hash)

  const heads = await context.json('heads.json', z.array(signedShape))
  const shown = heads?.flatMap(({ text }) => read('heads.json', text, headShape) ?? [])
  same(
    'heads.json',
    shown?.map(({ counts, commitment = noCommitment }) => [counts, commitment]),
    acts('head').map(({ counts, commitment }) => [counts, commitment]),
  )
  same('incidents.json', await context.json('incidents.json', incidentsShape), incidentsOf(logs.values()))

  // A document is kept before its line, so a cut may leave one of them without; never the other way round.
  const filed = (await context.json('objections.json', z.array(signedShape)))?.map(
    ({ text }) => (JSON.parse(text) as { text?: unknown }).text,
  )
  for (const { text } of acts('objection')) {
    const at = filed?.indexOf(text) ?? -1
    demand(at >= 0, 'objections.json', text.slice(0, 80))
    if (at >= 0) filed!.splice(at, 1)
  }

  same('reconciliation.json', await hashIn('reconciliation.json'), acts('reconciled').at(-1)?.hash)
  const signed = await context.signed('reconciliation.json')
  const sheet = signed && read('reconciliation.json', signed.text, reconciliationShape)
  const explained = new Set(acts('difference-explained').map(differenceText))
  for (const each of sheet?.differences ?? [])
    demand(explained.has(differenceText(each)), 'reconciliation.json', each.law)

  if (archive?.tally)
    same('election.bel', hashOf(writeEncryptedTally(archive.tally)), acts('tally-announced').at(-1)?.tally)
  const given = (await context.json('decryption.json', decryptionShape))?.map(({ owner }) => owner)
  const owners = new Set(acts('decrypted').map(({ owner }) => owner))
  if (archive)
    same(
      'decryption.json',
      given,
      [...owners].sort((a, b) => a - b),
    )

  const results = [...context.entries.keys()].filter((name) => /^result-\d+\.json$/.test(name))
  same(
    'result-1.json',
    await Promise.all(results.map(hashIn)),
    acts('result').map(({ hash }) => hash),
  )
}
