import type { Db } from '#platform/db.ts'
import { banyuwangi, laskar } from './cast.ts'
import { type Cast, done } from './story.ts'

/** Who prepares the village's election in the demo: people of the cast, none of them a real official. */
export const committee = [
  [banyuwangi.unit, 'chair'],
  [laskar.volunteer, 'secretary'],
  [laskar.head, 'member'],
] as const
/** Invented, and called so. */
const candidates = ['Calon Peragaan Satu', 'Calon Peragaan Dua', 'Calon Peragaan Tiga']

export const idOf = async (db: Db, email: string): Promise<string> =>
  (await db.selectFrom('people.person').select('id').where('email', '=', email).executeTakeFirstOrThrow()).id

/**
 * A village election in preparation, and a practice of it: committee, candidates without photographs yet, polling places, officers.
 * `agency`: Banyuwangi's; the village is one of its real ones, everything else is invented.
 */
export async function prepareVillage(db: Db, cast: Cast, agency: string, now: Date): Promise<void> {
  const { code: village } = await db
    .selectFrom('people.region')
    .select('code')
    .where('code', 'like', '35.10.%')
    .where('kind', '=', 'village')
    .orderBy('code')
    .executeTakeFirstOrThrow()
  const held = new Date(now.getTime() + 45 * 86_400_000).toISOString().slice(0, 10)
  const regency = await cast.as(await idOf(db, banyuwangi.admin.email))
  const wave = (
    await done(
      regency.post(`/voting/agencies/${agency}/waves`, { name: 'Pilkades peragaan', held, profile: 'boyolali' }),
      'opening a wave',
    )
  ).headers
    .get('location')!
    .split('/')
    .at(-1)!
  for (const practice of [false, true]) {
    const form = { village, kind: 'contest', outside: 'Dinas PMD (peragaan)', needed: '2' }
    const added = await done(
      regency.post(`/voting/waves/${wave}/elections`, { ...form, ...(practice && { practice: 'ya' }) }),
      'adding a village',
    )
    const at = added.headers.get('location')!.replace(/\/committee$/, '')
    for (const [{ email }, role] of committee)
      await done(regency.post(`${at}/committee`, { email, role }), 'appointing the committee')
    const chair = await cast.as(await idOf(db, committee[0][0].email))
    for (const name of candidates) await done(chair.post(`${at}/candidates`, { name }), 'adding a candidate')
    await done(
      chair.post(`${at}/places/shape`, { shape: 'sleman', voters: '1400', where: 'Balai dusun' }),
      'planning polling places',
    )
  }
}
