import { perform } from '#platform/action.ts'
import { newId } from '#platform/ids.ts'
import { fixRoll } from '../src/rooms/voting/actions/roll/fix.ts'
import sleman from '../src/rooms/voting/data/profiles/sleman.json' with { type: 'json' }
import type { Profile } from '../src/rooms/voting/domain/profile.ts'
import { insertVoters } from '../src/rooms/voting/store/roll/voter.ts'
import type { World } from './world.ts'

/** An election of one village with its people, polling places and candidates, as rows. */
export type Village = {
  agency: string
  wave: string
  election: string
  profile: Profile
  /** Ids of polling places in order of number, and of candidates. */
  places: string[]
  candidates: string[]
  /** Ids of people by what they are. */
  who: Record<'regency' | 'chair' | 'member' | 'elsewhere' | 'national' | 'nobody', string> & Record<string, string>
}

/** `of`: another village of the same wave and regency. */
export async function aVillage(
  world: World,
  plan: { places?: number; candidates?: number; of?: Village; village?: string; held?: string } = {},
): Promise<Village> {
  const { db } = world
  const profile = sleman as unknown as Profile
  const agency = plan.of?.agency ?? (await world.anAgency({ name: 'Pemerintah Kabupaten Contoh', region: '34.04' }))
  const since = world.clock.now()
  const wave = plan.of?.wave ?? newId()
  if (!plan.of)
    await db
      .insertInto('voting.wave')
      .values({
        agency,
        id: wave,
        name: 'Pilkades serentak',
        held: plan.held ?? '2026-11-22',
        profile: profile.key,
        since,
      })
      .execute()
  const election = newId()
  await db
    .insertInto('voting.election')
    .values({
      ...{ agency, id: election, wave, village: plan.village ?? '34.04.07.2001', name: 'Pemilihan Kepala Desa Contoh' },
      ...{ mode: 'real', kind: 'contest', profile: JSON.stringify(profile), state: 'preparing', group_name: 'Ed25519' },
      ...{ outside: 'Dinas PMD', needed: 2, since },
    })
    .execute()
  const who = {
    regency: plan.of?.who.regency ?? (await world.aPerson('local-admin', { agency })),
    chair: await world.aPerson(),
    member: await world.aPerson(),
    elsewhere: await world.aPerson('local-admin', { agency: await world.anAgency() }),
    national: plan.of?.who.national ?? (await world.aPerson('national-admin')),
    nobody: await world.aPerson(),
  }
  for (const role of ['chair', 'member'] as const)
    await db.insertInto('voting.committee').values({ agency, election, person: who[role], role, since }).execute()
  const places = Array.from({ length: plan.places ?? 1 }, () => newId())
  if (places.length > 0)
    await db
      .insertInto('voting.tps')
      .values(
        places.map((id, at) => ({
          ...{ agency, election, id, number: at + 1, place: `Balai RW ${at + 1}`, address: 'Jalan Melati' },
          ...{ colour: ['hijau', 'kuning', 'biru'][at % 3]!, desks: 2, booths: 2 },
        })),
      )
      .execute()
  const candidates = Array.from({ length: plan.candidates ?? 2 }, () => newId())
  if (candidates.length > 0)
    await db
      .insertInto('voting.candidate')
      .values(candidates.map((id, at) => ({ agency, election, id, name: `Calon ${at + 1}`, added: since })))
      .execute()
  return { agency, wave, election, profile, places, candidates, who }
}

/** 16 digits of voter n: 1 January 1980, in a region that does not exist. */
export const nikOf = (n: number) => `999999010180${String(n).padStart(4, '0')}`

/**
 * A roll of so many voters, fixed by the chair as the product does it: in hamlet Krajan, RW 1, the first half (and the odd one)
 * at the first polling place. Ids in the order of polling places and numbers.
 */
export async function fixedRoll(world: World, village: Village, voters: number): Promise<string[]> {
  const { db } = world
  const half = Math.ceil(voters / village.places.length)
  const entries = Array.from({ length: voters }, (_, at) => ({
    ...{
      nik: nikOf(at + 1),
      name: `Pemilih Uji ${nameOf(at)}`,
      born: '1980-01-01',
      sex: 'L' as const,
      marital: 'S' as const,
    },
    ...{
      address: `Jalan ${at + 1}`,
      hamlet: 'Krajan',
      rt: '001',
      rw: '001',
      tps: village.places[Math.floor(at / half)]!,
    },
    additional: false,
  }))
  const of = { agency: village.agency, id: village.election }
  await db.transaction().execute((tx) => insertVoters(tx, of, entries, world.clock.now()))
  const context = {
    db,
    clock: world.clock,
    actor: { id: village.who.chair, name: '', offices: [], secondFactor: false },
  }
  const outcome = await perform(fixRoll, context, village.election, {})
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome))
  const rows = await db
    .selectFrom('voting.voter as v')
    .innerJoin('voting.tps as t', 't.id', 'v.tps')
    .select('v.id')
    .where('v.election', '=', village.election)
    .orderBy('t.number')
    .orderBy('v.no')
    .execute()
  return rows.map(({ id }) => id)
}

/** A1, B2 … Z26, AA27: names in the order of their numbers as far as one letter goes. */
const nameOf = (at: number) => `${'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[at % 26]!.repeat(1 + Math.floor(at / 26))}${at + 1}`
