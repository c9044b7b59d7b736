import { createHash } from 'node:crypto'
import { hashOf, type Signed, sign, type TpsResult } from '@melayani/polling/format'
import { newId } from '#platform/ids.ts'
import { drain } from '#platform/jobs.ts'
import { done } from '../src/demo/story.ts'
import { jobs } from '../src/jobs.ts'
import { callLate, openCounting } from '../src/rooms/voting/store/counting.ts'
import { fold } from '../src/rooms/voting/store/node.ts'
import { countSlips } from './voting-audit.ts'
import { aRecordedElection, aSealedElection, correction, type Place } from './voting-results.ts'
import type { Moment } from './whole-round.ts'
import { aWorld, type World } from './world.ts'

/** The smallest JPEG there is: a grey dot that stands for the photograph of a plano. */
export const aPhotograph = Buffer.from(
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=',
  'base64',
)

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** Bring a result, which must be taken. */
export async function bring(world: World, result: Signed): Promise<void> {
  const answer = await (await world.as()).json('POST', '/voting/intake/results', result)
  if (answer.status !== 201) throw new Error(`a result: ${answer.status} ${await answer.text()}`)
}

/** Bring a file as its station does, which signs the address; a photograph with the chair's signature of it. */
export async function bringFile(
  world: World,
  station: Place['station'],
  bytes: Uint8Array,
  plano?: Signed,
): Promise<void> {
  const answer = await sendFile(world, station, bytes, plano)
  if (answer.status !== 201) throw new Error(`a file: ${answer.status} ${await answer.text()}`)
}

export const bringPlano = (world: World, { station, plano }: Place, photo: Uint8Array): Promise<void> =>
  bringFile(world, station, photo, plano(photo))

export async function sendFile(world: World, station: Place['station'], bytes: Uint8Array, plano?: Signed) {
  const address = `/voting/intake/records/${sha256(bytes)}`
  const { signature } = sign('message/1', `PUT ${address}\n`, { role: 'device', signer: '' }, station.secret)
  const headers: Record<string, string> = {
    ...{ 'content-type': 'application/octet-stream', 'x-device': station.key, 'x-signature': signature },
    ...(plano && { 'x-plano': Buffer.from(JSON.stringify(plano)).toString('base64url') }),
  }
  return (await world.as()).send('PUT', address, new Uint8Array(bytes), headers)
}

/** Somebody becomes one of the committee of an election, by hand. */
export async function appointed(
  world: World,
  agency: string,
  election: string,
  person: string,
  role: 'chair' | 'member',
) {
  const since = world.clock.now()
  await world.db.insertInto('voting.committee').values({ agency, election, person, role, since }).execute()
}

export const anObjection = {
  role: 'witness',
  about: 'count',
  tps: '',
  name: 'Saksi Percontohan',
  contact: 'saksi@contoh.desa.id',
  statement: 'Penghitungan di TPS dimulai sebelum semua saksi hadir, sekitar pukul satu siang.',
  demand: 'Hitung ulang struk di hadapan semua saksi.',
  public: 'ya',
}

/** Four villages at the evening of the day: one still counting, one with its record, one with equal votes, one to be repeated. */
export async function playVotingResults(show: (moment: Moment) => Promise<void>): Promise<World> {
  const world = await aWorld(new Date('2026-11-22T08:00:00Z'))
  const { db } = world
  const agency = await world.anAgency({ name: 'Pemerintah Kabupaten Percontohan', region: '35.10' })
  const people = {
    'local admin': await world.aPerson('local-admin', { agency }),
    chair: await world.aPerson(),
    member: await world.aPerson(),
  }
  const by = people['local admin']
  const counting = await aSealedElection(db, by, {
    agency,
    village: '35.10.20.2001',
    places: [
      { voters: 420, hamlet: 'Krajan' },
      { voters: 380, hamlet: 'Kedungrejo' },
      { voters: 300 },
      { voters: 310, mobile: 1 },
    ],
  })
  const recorded = await aRecordedElection(db, by, { agency, village: '35.10.20.2002', wave: counting.wave })
  const equal = await aSealedElection(db, by, {
    agency,
    village: '35.10.20.2003',
    wave: counting.wave,
    places: [
      { voters: 591, hamlet: 'Krajan' },
      { voters: 566, hamlet: 'Kedungrejo' },
    ],
  })
  const school = await aSealedElection(db, by, {
    agency,
    village: '35.10.20.2004',
    wave: counting.wave,
    places: [{ voters: 260 }],
    profile: (profile) => ({
      ...profile,
      rules: { ...profile.rules, tie: { ...profile.rules.tie, value: ['largest-tps', 'education-level', 're-vote'] } },
    }),
  })
  for (const { election } of [counting, recorded, equal, school])
    for (const person of ['chair', 'member'] as const) await appointed(world, agency, election, people[person], person)
  await db.transaction().execute((tx) => openCounting(tx, world.clock.now()))

  const [one, two, three, four] = counting.places as [Place, Place, Place, Place]
  await bring(world, one.result([190, 170], { blank: 5 }))
  const wrong = two.result([117, 201], { blank: 2 })
  await bring(world, wrong)
  await bring(world, two.result([118, 200], { ...correction(wrong), blank: 2 }))
  await bring(world, three.result([100, 90]))
  await bring(world, three.result([90, 100]))
  await bringPlano(world, one, aPhotograph)
  const record = recorded.record.bytes
  await bring(world, recorded.result)
  await bringFile(world, recorded.record.makers.station, record)
  await drain(world.address, db, jobs, world.files)
  for (const [i, votes] of [
    [170, 190],
    [151, 131],
  ].entries())
    await bring(world, equal.places[i]!.result(votes))
  await bring(world, school.places[0]!.result([120, 120]))
  await fold(db)
  await callLate(db, new Date('2026-11-22T23:00:00Z'))

  const [chair, member, admin] = await Promise.all([
    world.as(people.chair),
    world.as(people.member),
    world.as(people['local admin']),
  ])
  const sheet = {
    sheet: hashOf(four.result([150, 120]).text).slice(0, 20),
    version: '1',
    present: '270',
    'votes[]': ['150', '120'],
    blank: '0',
    source: 'tally',
  }
  await done(member.post(`/voting/tps/${four.id}/sheet`, sheet), 'a sheet')
  await done(chair.post(`/voting/tps/${four.id}/sheet`, { ...sheet, 'votes[]': ['105', '120'] }), 'another sheet')

  const visitor = await world.as()
  const filing = `/voting/elections/${equal.election}/objections/new`
  for (const statement of [anObjection.statement, `Kedua. ${anObjection.statement}`]) {
    const filed = await visitor.post(filing, { ...anObjection, statement, once: newId() })
    if (filed.status !== 200) throw new Error(`an objection: ${filed.status}`)
  }
  const objectionsOf = (election: string) =>
    db.selectFrom('voting.objection').select('id').where('election', '=', election).orderBy('number').execute()
  const objections = await objectionsOf(equal.election)
  // That of the record: a witness signed it at the polling place.
  const [signed] = await objectionsOf(recorded.election)
  const first = `/voting/objections/${objections[0]!.id}`
  const text = 'Daftar hadir saksi menunjukkan semua hadir pukul 12.40; penghitungan dimulai 13.05.'
  await done(chair.post(first, { kind: 'answer', outcome: 'rejected', text }), 'an answer')
  await done(admin.post(first, { kind: 'decision', outcome: 'upheld', text }), 'a decision')

  const election = (id: string) => `/voting/elections/${id}`
  const tps = (id: string) => `/voting/tps/${id}`
  await show({
    name: 'results of villages',
    world,
    readers: { public: undefined, ...people },
    whole: false,
    letters: [
      ...[
        '/voting/results/2026',
        '/voting/results/2026/35.10',
        '/voting/results/2026/35.10.20',
        '/voting/check',
        '/voting/hand-in',
      ].map((address) => ({ as: 'public', address })),
      ...[counting, recorded, equal, school].map(({ election: id }) => ({
        as: 'public',
        address: `${election(id)}/result`,
      })),
      ...[...counting.places.map(({ id }) => id), recorded.tps].map((id) => ({
        as: 'public',
        address: `${tps(id)}/result`,
      })),
      { as: 'public', address: `/voting/check?hash=${hashOf(wrong.text).slice(0, 20)}` },
      { as: 'public', address: `/voting/check?hash=${'0'.repeat(20)}` },
      { as: 'public', address: '/voting/check?hash=pendek' },
      { as: 'public', address: `${election(equal.election)}/objections` },
      { as: 'public', address: `${election(recorded.election)}/objections` },
      { as: 'public', address: filing },
      { as: 'public', address: '/voting/objections' },
      { as: 'public', address: '/voting/planos' },
      { as: 'public', address: `${election(counting.election)}/objections` },
      ...[...objections, signed!].flatMap(({ id }) => [
        { as: 'chair', address: `/voting/objections/${id}` },
        { as: 'local admin', address: `/voting/objections/${id}` },
      ]),
      { as: 'member', address: `${election(counting.election)}/count` },
      { as: 'member', address: `${election(school.election)}/count` },
      { as: 'member', address: `${tps(three.id)}/sheet` },
      { as: 'member', address: `${tps(four.id)}/sheet` },
      { as: 'member', address: `${election(counting.election)}/result` },
      ...['chair', 'local admin'].map((as) => ({ as, address: `${election(counting.election)}/decision` })),
      { as: 'chair', address: `${election(counting.election)}/office` },
    ],
  })

  // After the days for objections the village whose record is here decides.
  world.clock.set(new Date('2026-11-27T02:00:00Z'))
  const decision = `${election(recorded.election)}/decision`
  const shown = { readers: { public: undefined, ...people }, world, whole: false }
  for (const [who, kind] of [
    [people.chair, 'answer'],
    [people['local admin'], 'decision'],
  ] as const)
    await done(
      (await world.as(who)).post(`/voting/objections/${signed!.id}`, { kind, outcome: 'upheld', text }),
      `${kind} of what a witness signed`,
    )
  const readAs = (...who: string[]) => who.map((as) => ({ as, address: decision }))
  await show({ name: 'a result waits for an audit', ...shown, letters: readAs('chair') })
  const { votes, blank } = JSON.parse(recorded.result.text) as TpsResult
  const counters = { chair: people.chair, other: people.member }
  await countSlips(world, recorded.election, counters, [{ id: recorded.tps, votes, blank }])
  await show({ name: 'a result can be decided', ...shown, letters: readAs('chair', 'member') })
  const decider = await world.as(people.chair)
  const hash = /name="hash" value="([0-9a-f]{64})"/.exec(await (await decider.get(decision)).text())?.[1] ?? ''
  await done(decider.post(decision, { hash, place: 'Balai desa', witnesses: 'Ketua BPD' }), 'a decision is written')
  await show({ name: 'a decision waits', ...shown, letters: readAs('chair', 'member', 'local admin') })
  await done((await world.as(people.member)).post(`${decision}/confirm`, { hash }), 'a decision is confirmed')
  await show({
    name: 'a result is decided',
    ...shown,
    letters: [
      ...readAs('chair'),
      ...['', '/result', '/recap.pdf'].map((rest) => ({
        as: 'public',
        address: `${election(recorded.election)}${rest}`,
      })),
      { as: 'chair', address: `${election(recorded.election)}/destruction` },
    ],
  })
  return world
}
