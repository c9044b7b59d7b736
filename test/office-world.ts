import { shortHash } from '@melayani/polling/format'
import { type Candidate, proofHash } from '../src/rooms/voting/domain/candidate.ts'
import { candidatesOf } from '../src/rooms/voting/store/candidate.ts'
import { placesOf } from '../src/rooms/voting/store/place.ts'
import { aWorld } from './world.ts'

/** A grey JPEG of 300 × 400 pixels; `shade` makes one differ from another, `about` is what a camera wrote. */
export function jpeg(shade: number, about = ''): Buffer {
  const segment = (marker: number, body: Buffer) => {
    const head = Buffer.alloc(4)
    head.writeUInt16BE(0xff00 + marker, 0)
    head.writeUInt16BE(body.length + 2, 2)
    return Buffer.concat([head, body])
  }
  const [width, height] = [300, 400]
  // One code, a single 0, for "as the block before" and for "nothing more in this block".
  const code = (table: number) => Buffer.from([table, 1, ...new Array(15).fill(0), 0])
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8)
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1')),
    ...(about ? [segment(0xe1, Buffer.from(about, 'latin1'))] : []),
    segment(0xdb, Buffer.concat([Buffer.from([0]), Buffer.alloc(64, shade)])),
    segment(0xc0, Buffer.from([8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0])),
    segment(0xc4, code(0x00)),
    segment(0xc4, code(0x10)),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.alloc(Math.ceil((2 * blocks) / 8)),
    Buffer.from([0xff, 0xd9]),
  ])
}

/** A regency with a wave, and in it the election of one village with a committee of three. Nothing is prepared yet. */
export async function aVillage({ practice = false, kind = 'contest', needed = 2, name = 'Condongcatur' } = {}) {
  const world = await aWorld(new Date('2026-10-20T09:00:00+07:00'))
  const agency = await world.anAgency({ name: 'Pemerintah Kabupaten Contoh', region: '34.04' })
  const who: Record<string, string> = {
    regency: await world.aPerson('local-admin', { agency }),
    elsewhere: await world.aPerson('local-admin', { agency: await world.anAgency({ region: '35.10' }) }),
    national: await world.aPerson('national-admin'),
    chair: await world.aPerson(),
    secretary: await world.aPerson(),
    member: await world.aPerson(),
    stranger: await world.aPerson(),
  }
  const as = (person?: string, lang: 'id' | 'en' = 'id') => world.as(person && who[person], { lang })
  const placeOf = (answer: Response) => {
    if (answer.status !== 303) throw new Error(`${answer.status}`)
    return answer.headers.get('location')!.split('/')
  }
  const regency = await as('regency')
  const wave = placeOf(
    await regency.post(`/voting/agencies/${agency}/waves`, {
      name: 'Pilkades serentak 2026',
      held: '2026-11-22',
      profile: 'sleman',
    }),
  ).at(-1)!
  const election = placeOf(
    await regency.post(`/voting/waves/${wave}/elections`, {
      village: name,
      kind,
      outside: 'Dinas PMD',
      needed: String(needed),
      ...(practice && { practice: 'ya' }),
    }),
  ).at(-2)!
  const at = (path: string) => `/voting/elections/${election}${path}`
  for (const role of ['chair', 'secretary', 'member'] as const) {
    const { email } = await world.db
      .selectFrom('people.person')
      .select('email')
      .where('id', '=', who[role]!)
      .executeTakeFirstOrThrow()
    placeOf(await regency.post(at('/committee'), { email, role }))
  }
  const post = async (person: string | undefined, path: string, form: Record<string, string> = {}) =>
    (await (await as(person)).post(at(path), form)).status
  const upload = async (person: string, path: string, form: Record<string, string | File>) => {
    const body = new FormData()
    for (const [field, value] of Object.entries(form)) body.append(field, value)
    return (await (await as(person)).send('POST', at(path), body)).status
  }
  const must = (status: number, what: string) => {
    if (status !== 303) throw new Error(`${what}: ${status}`)
  }

  /** Numbers 1, 2, 3 … for these candidates, written by the chair and confirmed by a member. */
  async function draw(ids: readonly string[]) {
    const numbers = Object.fromEntries(ids.map((id, n) => [`number-${id}`, String(n + 1)]))
    must(await post('chair', '/draws', { ...numbers, place: 'Balai desa', witnesses: 'Ketua BPD' }), 'drawing')
    must(await post('member', '/draws/confirm'), 'confirming the draw')
  }

  /** Both compare the sheet of this candidate. */
  async function prove(candidate: Candidate) {
    const short = shortHash(proofHash(candidate)!)
    for (const person of ['chair', 'member'])
      must(await upload(person, `/candidates/${candidate.id}/proof`, { short }), 'proving')
  }

  return {
    ...{ world, who, agency, wave, election, as, at, post, upload, draw, prove, must },
    places: () => placesOf(world.db, election),
    candidates: () => candidatesOf(world.db, election),
  }
}
export type Village = Awaited<ReturnType<typeof aVillage>>
