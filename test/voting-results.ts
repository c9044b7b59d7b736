import {
  type ElectionPackage,
  hashOf,
  newSigningKey,
  packageKind,
  resultKind,
  type Signed,
  sign,
  type TpsResult,
} from '@melayani/polling/format'
import type { Db } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { type MadeRecord, makeRecord } from '../packages/polling/test/recorded.ts'
import { type MadeTps, makeTps } from '../packages/polling/test/village.ts'
import type { Profile } from '../src/rooms/voting/domain/profile.ts'
import { profiles } from '../src/rooms/voting/store/profile.ts'

let template: MadeTps | undefined
/** Keys, officers and a small encrypted election, made once: what differs from place to place is written into it. */
const made = (): MadeTps => {
  template ??= makeTps({ voters: 3, reserve: 2, candidates: ['Sari Wulandari', 'Budi Santoso'] })
  return template
}

export type Place = {
  election: string
  id: string
  number: number
  voters: number
  package: ElectionPackage
  hash: string
  station: ReturnType<typeof newSigningKey>
  /** A signed result of this place, with the numbers that the other parts ask for. */
  /** The chair's signature of a photograph of the plano. */
  plano: (photo: Uint8Array) => Signed
  result: (votes: readonly number[], more?: Partial<TpsResult> & { signers?: Signers; blank?: number }) => Signed
}
/** Which officers sign, by role; and the key of the station. */
export type Signers = { roles?: readonly string[]; station?: ReturnType<typeof newSigningKey> | null }

export type PlannedPlace = { voters?: number; hamlet?: string | null; mobile?: number }
export type SealedPlan = {
  agency: string
  village: string
  places?: readonly PlannedPlace[]
  mode?: 'real' | 'practice'
  held?: string
  profile?: (profile: Profile) => Profile
  candidates?: readonly string[]
  wave?: string
}

/** A wave and an election in it, sealed but for its packages. */
async function electionRows(db: Db, plan: SealedPlan) {
  const { agency, village, held = '2026-11-22', mode = 'real' } = plan
  const profile = (plan.profile ?? ((same: Profile) => same))(structuredClone(profiles[0]!))
  const wave = plan.wave ?? newId()
  const election = newId()
  const since = new Date('2026-10-01T03:00:00Z')
  if (!plan.wave)
    await db
      .insertInto('voting.wave')
      .values({
        agency,
        id: wave,
        name: `Pilkades ${wave.slice(-6)}`,
        held,
        profile: profile.key,
        since,
      })
      .execute()
  await db
    .insertInto('voting.election')
    .values({
      agency,
      id: election,
      wave,
      village,
      name: `Pemilihan kepala desa ${village}`,
      mode,
      kind: 'contest',
      profile: JSON.stringify(profile),
      state: 'held',
      group_name: 'Ed25519',
      outside: 'Dinas PMD',
      needed: 2,
      since,
    })
    .execute()
  return { election, wave, profile, held }
}

/** An election of one polling place with real encrypted ballots and its whole record, as a station hands it over. */
export async function aRecordedElection(
  db: Db,
  by: string,
  plan: SealedPlan & { votes?: readonly number[]; least?: number },
): Promise<{ election: string; tps: string; record: MadeRecord; result: Signed }> {
  const { agency, village, votes = [1, 1, 2, 1, 0] } = plan
  const { election, held } = await electionRows(db, plan)
  const tps = newId()
  const ids = { election, tps, village }
  const rules = { smallGroup: plan.least ?? 3 }
  const record = makeRecord({
    tps: { ids, rules, candidates: ['Sari Wulandari', 'Budi Santoso'] },
    votes,
    challenged: [2],
  })
  const row = { agency, election, number: 1, address: 'Jalan Desa', colour: 'hijau', desks: 2, booths: 2 }
  await db
    .insertInto('voting.tps')
    .values({ ...row, id: tps, place: 'Balai RW 01' })
    .execute()
  const { signed, hash } = record.makers
  await db
    .insertInto('voting.package')
    .values({
      agency,
      election,
      tps,
      version: 1,
      id: newId(),
      hash: Buffer.from(hash, 'hex'),
      text: signed.text,
      signatures: JSON.stringify(signed.signatures),
      made: new Date(`${held}T00:00:00Z`),
      by,
    })
    .execute()
  const result = JSON.parse(new TextDecoder().decode(record.entries.get('result-1.json'))) as Signed
  return { election, tps, record, result }
}

/** An election as it stands after sealing, written as rows: its wave, polling places and signed packages. */
export async function aSealedElection(db: Db, by: string, plan: SealedPlan) {
  const base = made()
  const { agency, village, mode = 'real' } = plan
  const names = plan.candidates ?? base.package.candidates.map(({ name }) => name)
  const { election, wave, profile, held } = await electionRows(db, plan)
  const rows = (plan.places ?? [{}]).map((place, i) => ({ ...place, number: i + 1, id: newId() }))
  const places: Place[] = []
  const packages = []
  for (const { id, number, voters = 300, hamlet = null, mobile = 0 } of rows) {
    const content: ElectionPackage = {
      ...base.package,
      mode,
      election: {
        ...base.package.election,
        id: election,
        date: held,
        village: { ...base.package.election.village, code: village },
      },
      tps: { ...base.package.tps, id, number, mobile },
      rules: { ...base.package.rules, smallGroup: profile.rules.smallGroup.value },
      candidates: names.map((name, i) => ({ number: i + 1, name })),
      roll: { ...base.package.roll, count: voters },
      pool: { ...base.package.pool, size: voters + 20 },
    }
    const text = JSON.stringify(content)
    const signatures = [
      sign(packageKind, text, { role: 'centre', signer: content.centre.name }, base.centre.secret),
      sign(packageKind, text, { role: 'committee', signer: content.committee.name }, base.committee.secret),
    ]
    const hash = hashOf(text)
    packages.push({
      agency,
      election,
      tps: id,
      version: 1,
      id: newId(),
      hash: Buffer.from(hash, 'hex'),
      text,
      at: new Date('2026-10-01T03:00:00Z'),
      signatures,
    })
    const station = newSigningKey()
    const place = { election, id, number, voters, package: content, hash, station }
    places.push({
      ...place,
      plano: (photo) => signedPlano(base, hash, photo),
      result: (votes, more) => signedResult(place, base, votes, more),
    })
    await db
      .insertInto('voting.tps')
      .values({
        agency,
        election,
        id,
        number,
        place: `Balai RW ${number}`,
        address: 'Jalan Desa',
        colour: 'hijau',
        hamlet,
        desks: 2,
        booths: 2,
        mobile,
      })
      .execute()
  }
  await db
    .insertInto('voting.package')
    .values(
      packages.map(({ at: sealed, signatures, ...row }) => ({
        ...row,
        signatures: JSON.stringify(signatures),
        made: sealed,
        by,
      })),
    )
    .execute()
  return { agency, election, wave, village, places }
}

function signedPlano({ officers }: MadeTps, hash: string, photo: Uint8Array): Signed {
  const text = JSON.stringify({ package: hash, version: 1, photo: hashOf(photo) })
  const { name, secret } = officers.find(({ role }) => role === 'chair')!
  return { text, signatures: [sign('plano/1', text, { role: 'chair', signer: name }, secret)] }
}

function signedResult(
  place: Omit<Place, 'result' | 'plano'>,
  base: MadeTps,
  votes: readonly number[],
  { signers = {}, blank = 0, ...more }: Partial<TpsResult> & { signers?: Signers; blank?: number } = {},
): Signed {
  const cast = votes.reduce((sum, n) => sum + n, 0) + blank
  const result: TpsResult = {
    format: 'melayani-result/1',
    mode: place.package.mode,
    election: place.election,
    tps: place.id,
    package: place.hash,
    version: 1,
    roll: place.voters,
    present: cast,
    votes,
    blank,
    counts: {
      present: cast,
      issued: cast,
      returned: 0,
      used: cast,
      cast,
      void: 0,
      spoiled: 0,
      pending: 0,
      slips: cast,
      slipsVoid: 0,
      reprints: 0,
    },
    source: 'tally',
    reconciled: true,
    differences: [],
    ...more,
  }
  const text = JSON.stringify(result)
  const { roles = ['chair', 'officer', 'witness'], station = place.station } = signers
  return {
    text,
    signatures: [
      ...base.officers
        .filter(({ role }) => roles.includes(role))
        .map(({ role, name, secret }) => sign(resultKind, text, { role, signer: name }, secret)),
      ...(station ? [sign(resultKind, text, { role: 'device', signer: 'Stasiun' }, station.secret)] : []),
    ],
  }
}

/** A correction of a result: the next version, which names the one before. */
export const correction = (of: Signed, reason = 'Salah salin angka.'): Pick<TpsResult, 'version' | 'corrects'> => ({
  version: (JSON.parse(of.text) as TpsResult).version + 1,
  corrects: { hash: hashOf(of.text), reason },
})
