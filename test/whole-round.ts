import { importInnovations } from '#competition'
import { syncGallery } from '#gallery'
import { drain } from '#platform/jobs.ts'
import { demoPassword } from '../src/demo/cast.ts'
import type { Client } from '../src/demo/client.ts'
import { innovations } from '../src/demo/innovations.ts'
import { admitAll, assignAll, gatherEvaluators, moveStage, scoreAll } from '../src/demo/judges.ts'
import { decideFinalists, decideLevels, interviewAll, object, recordDecree } from '../src/demo/panel.ts'
import { type DemoPeople, seedPeople } from '../src/demo/people.ts'
import { openRound } from '../src/demo/round.ts'
import { at, castOf, done, type Entry, type Stage, send, submit, unitPerson, write } from '../src/demo/story.ts'
import { jobs } from '../src/jobs.ts'
import { aWorld, type World } from './world.ts'

/** A time at which a round is looked at: whose eyes see the product, and addresses that no page of it links to. */
export type Moment = {
  name: string
  world: World
  /** Person by role; the public has none. */
  readers: Record<string, string | undefined>
  /** Whether this is one of those at which all is read; at the others it is the rooms of the round alone. */
  whole: boolean
  /** Address and role of pages which are reached by a letter or by typing. */
  letters: readonly { as: string; address: string }[]
}

const few = [
  'Payment Point Drive Thru PBB-P2',
  'Rantang Kasih',
  'Laskar Penjaja Sayur',
  'Surabaya Single Window (SSW)',
  'Fidusia Online',
  'Panic Button on Hand',
  'BPKB Delivery',
  'Brexit',
  'Melintasi Batas Ruang Kelas Bersama',
  'Wisma Atlet Kemayoran sebagai RS darurat',
]

/**
 * A round with few entries, played by the demo's cast through the product's own addresses, and shown at each moment at
 * which its pages differ: writing, selection, reading, panel, objection, interview, end. Returns the world.
 */
export async function playWholeRound(show: (moment: Moment) => Promise<void>): Promise<World> {
  const world = await aWorld(at('2016-11-01', 0))
  const { db, clock } = world
  await importInnovations(db)
  await db.transaction().execute(syncGallery)
  const people = await seedPeople(db)
  const cast = castOf(world)
  const stage: Stage = { ...world, people, ...(await openRound({ ...world, people }, cast, 'uji-2017')) }
  const secretary = () => cast.as(people.secretariat[0]!)
  const here = `/judging/rounds/${stage.round}`
  const readers = readersOf(people)
  const look = (name: string, letters: Moment['letters'] = [], whole = false) =>
    show({ name, world, readers, letters, whole })

  clock.set(at('2017-02-20', 0))
  const chosen = few.map((name) => innovations.find((each) => each.name === name)!)
  const entries: Entry[] = []
  for (const [index, innovation] of chosen.entries()) entries.push(await write(stage, cast, innovation, index))
  for (const entry of entries.slice(2)) {
    await send(stage, cast, entry)
    await submit(stage, cast, entry)
  }
  // Of the first two one lies with the local admin, who asks something, and one came back.
  for (const entry of entries.slice(0, 2)) {
    await send(stage, cast, entry)
    const admin = await cast.as([...people.agencies.values()].find(({ id }) => id === entry.agency)!.admin)
    const comment = { question: 'dampak', text: 'Tambahkan angka sebelum dan sesudah.' }
    await done(admin.post(`/competition/proposals/${entry.proposal}/comments`, comment), 'a comment')
    if (entry === entries[1])
      await done(
        admin.post(`/competition/proposals/${entry.proposal}/return`, { note: 'Ringkasannya belum jelas.' }),
        'sending back',
      )
    else await done(admin.post(`/competition/proposals/${entry.proposal}/begin-submission`), 'opening the submission')
  }
  const submitting = { as: 'local admin', address: `/competition/proposals/${entries[0]!.proposal}/submit` }
  await versionsOf(stage, cast, entries[1]!)
  const secrets = await furnishPeople(world, people, cast)
  await draftRound(cast, people)
  await drain(world.address, db, jobs)
  await look('writing', [...secrets, { as: 'unit', address: `/competition/${stage.key}/start` }, submitting], true)

  for (const entry of entries.slice(0, 2)) {
    if (entry === entries[1]) await send(stage, cast, entry)
    await submit(stage, cast, entry)
  }
  clock.set(at('2017-03-11', 0))
  await moveStage(stage, cast, 'admission', 'opening')
  await drain(world.address, db, jobs)
  await look('selection', await besides(stage))
  await admitAll(stage, cast)
  await moveStage(stage, cast, 'admission', 'closing')

  clock.set(at('2017-03-22', 0))
  await moveStage(stage, cast, 'scoring', 'opening')
  await gatherEvaluators(stage, cast, entries.length * 1.5)
  await assignAll(stage, cast)
  await done(
    (await secretary()).post(`${here}/open`, { until: '2017-04-08', apart: 'Usulannya sedikit.' }),
    'opening the reading',
  )
  const table = 'nama,surel,instansi\nPenilai Baru,penilai.baru@contoh.example,\nTanpa surel,,\n'
  const team = await sheetTo(await secretary(), `${here}/evaluators/import`, table)
  await look('reading', [{ as: 'national admin', address: team }])
  clock.set(at('2017-04-03', 0))
  await scoreAll(stage, cast, entries)
  clock.set(at('2017-04-09', 0))
  await done((await secretary()).post(`${here}/close`), 'closing the reading')
  await done((await secretary()).post(`${here}/release`), 'releasing the scores')
  await moveStage(stage, cast, 'scoring', 'closing')

  await moveStage(stage, cast, 'panel', 'opening')
  await done((await secretary()).post(`${here}/nominees`), 'nominees')
  const move = { group: 'umum', from: 'provinsi', to: 'kota', count: '1', reason: 'Usulan kota lebih banyak.' }
  await done((await secretary()).post(`${here}/places/move`, move), 'moving a place')
  await done((await secretary()).post(`${here}/readings/nominee`), 'dealing the nominees')
  await look('panel')
  const finalists = await decideFinalists(stage, cast, () => look('plenary'))
  await moveStage(stage, cast, 'panel', 'closing')
  clock.set(at('2017-04-18', 0))
  await moveStage(stage, cast, 'announcement', 'opening')
  await done((await secretary()).post(`${here}/finalists/announce`), 'announcing the finalists')
  await moveStage(stage, cast, 'announcement', 'closing')
  await moveStage(stage, cast, 'objection', 'opening')
  clock.set(at('2017-04-19', 0))
  await object(stage, cast, finalists[0]!)
  const visitor = await cast.as('')
  const objection = { name: 'Warga', contact: 'warga@contoh.example', text: 'Layanan ini belum ada di kecamatan kami.' }
  await done(visitor.post(`/judging/entries/${finalists[1]}/objection`, objection), 'an objection')
  await look('objection')
  await answerObjections(stage, cast)

  clock.set(at('2017-04-24', 0))
  await moveStage(stage, cast, 'objection', 'closing')
  await moveStage(stage, cast, 'interview', 'opening')
  await interviewAll(stage, cast, '2017-05-02', () => look('interview'))
  await moveStage(stage, cast, 'interview', 'closing')
  await moveStage(stage, cast, 'final-plenary', 'opening')
  await decideLevels(stage, cast, finalists, () => look('last plenary'))
  await moveStage(stage, cast, 'final-plenary', 'closing')
  clock.set(at('2017-06-05', 0))
  await moveStage(stage, cast, 'decree', 'opening')
  const decree = { number: '1 Tahun 2017 (uji)', dated: '2017-06-05', about: 'Top 99 dan Top 40' }
  await recordDecree(stage, cast, decree)
  await moveStage(stage, cast, 'decree', 'closing')
  await done((await secretary()).post('/gallery/sync'), 'taking the winners into the gallery')
  await done((await secretary()).post(`${here}/letters`), 'sending the feedback letters')
  await done((await secretary()).post(`${here}/recompute`), 'publishing the bundle')
  const { code } = await db.selectFrom('judging.letter').select('code').limit(1).executeTakeFirstOrThrow()
  const ends = [
    { as: 'unit', address: `/judging/entries/${entries[0]!.proposal}/letter` },
    { as: 'public', address: `/judging/letters/check/${code.replaceAll('-', '')}` },
  ]
  await look('end', ends, true)
  await cast.leave()
  return world
}

function readersOf(people: DemoPeople): Moment['readers'] {
  const agency = people.agencies.get('Pemerintah Kabupaten Banyuwangi')!
  return {
    public: undefined,
    unit: [...agency.units.values()][0]!.person,
    'local admin': agency.admin,
    evaluator: people.evaluators[0]!,
    panel: people.panel[0]!,
    'national admin': people.secretariat[0]!,
  }
}

/** An answer written three times, so that its versions differ. */
async function versionsOf(stage: Stage, cast: ReturnType<typeof castOf>, entry: Entry) {
  const writer = await cast.as(unitPerson(stage, entry))
  for (const [revision, value] of [
    'Warga miskin diantar makanan.',
    'Warga lanjut usia diantar makanan tiap hari.',
  ].entries())
    await done(
      writer.json('PUT', `/competition/proposals/${entry.proposal}/answers/ringkasan`, {
        value,
        revision: revision + 1,
      }),
      'another wording',
    )
}

/** Open invitations, a forgotten password, a deputy, an import that waits for its confirmation: the links of their letters. */
async function furnishPeople(world: World, people: DemoPeople, cast: ReturnType<typeof castOf>) {
  const { db } = world
  const agency = people.agencies.get('Pemerintah Kabupaten Banyuwangi')!
  const secretary = await cast.as(people.secretariat[0]!)
  const admin = await cast.as(agency.admin)
  const invite = (role: string, email: string) => ({ role, name: 'Wakil Peragaan', email })
  const team = '/people/team/invitations/new'
  await done(secretary.post(team, invite('evaluator', 'penilai@contoh.example')), 'an invitation to the team')
  const place = `/people/agencies/${agency.id}/invitations/new`
  await done(admin.post(place, invite('deputy', 'wakil@contoh.example')), 'an invitation to a deputy')
  const { email } = await db
    .selectFrom('people.person')
    .select('email')
    .where('id', '=', agency.admin)
    .executeTakeFirstOrThrow()
  await done((await cast.as('')).post('/masuk/lupa', { email }), 'a forgotten password')
  const rows =
    'kode,jenis,nama,wilayah,nama_admin,surel_admin\n33.20,kabupaten,Pemerintah Kabupaten Jepara,33.20,Sholih,bo@jepara.example\n33.21,kabupten,,33.99,,\n'
  const imported = await sheetTo(secretary, '/people/agencies/import', rows)
  const units = await sheetTo(
    admin,
    `/people/agencies/${agency.id}/units/import`,
    'unit,nama,surel\nDinas Baru,Wati,\n',
  )
  const writer = await cast.as([...agency.units.values()][0]!.person)
  const other = { email: 'agus.baru@contoh.example', password: demoPassword }
  await done(writer.post('/akun/surel', other), 'another address')
  const letters = await db.selectFrom('log.mail').select('body').execute()
  const linkLike = (pattern: RegExp) => letters.flatMap((each) => pattern.exec(each.body)?.[0] ?? [])
  await done(writer.post('/akun/faktor/app'), 'a second factor')
  const office = await db
    .selectFrom('people.role')
    .select('id')
    .where('person', '=', agency.admin)
    .executeTakeFirstOrThrow()
  return [
    ...linkLike(/\/people\/invitations\/[\w-]{43}/).map((address) => ({ as: 'public', address })),
    ...linkLike(/\/akun\/surel\/[\w-]{43}/).map((address) => ({ as: 'unit', address })),
    ...linkLike(/\/masuk\/atur\/[\w-]{43}/).map((address) => ({ as: 'public', address })),
    { as: 'national admin', address: imported },
    { as: 'local admin', address: units },
    { as: 'national admin', address: `/people/roles/${office.id}/end` },
    { as: 'national admin', address: `/people/accounts/${agency.admin}/factor` },
    { as: 'public', address: '/tidak-ada' },
    { as: 'unit', address: '/people/team' },
    { as: 'public', address: '/people/regions?q=banyu' },
    { as: 'public', address: '/gallery?q=zzzzzz' },
    { as: 'unit', address: '/akun/kata-sandi' },
    { as: 'unit', address: '/akun/faktor/app' },
  ]
}

/** Send a table; the address where it is looked at before it is taken. */
async function sheetTo(client: Client, place: string, rows: string): Promise<string> {
  const body = new FormData()
  body.append('file', new File([rows], 'tabel.csv', { type: 'text/csv' }))
  return (await done(client.send('POST', place, body), `a table at ${place}`)).headers.get('location')!
}

/** A round that is being written: a copy of a shipped one. */
async function draftRound(cast: ReturnType<typeof castOf>, people: DemoPeople) {
  const secretary = await cast.as(people.secretariat[0]!)
  const form = {
    from: 'shipped:2025',
    key: 'uji-2025',
    year: '2025',
    nameId: 'Putaran uji',
    nameEn: 'Round under test',
  }
  await done(secretary.post('/competition/rounds/new', form), 'a draft of a round')
}

/** No result becomes valid while an objection waits. */
async function answerObjections(stage: Stage, cast: ReturnType<typeof castOf>) {
  const waiting = await stage.db.selectFrom('judging.objection').select('id').where('answered', 'is', null).execute()
  const secretary = await cast.as(stage.people.secretariat[0]!)
  const answer = { outcome: 'rejected', answer: 'Sudah diperiksa: layanan berjalan di kecamatan itu.' }
  for (const { id } of waiting) await done(secretary.post(`/judging/objections/${id}/answer`, answer), 'an answer')
}

/** Two submissions beside each other: no pair of this round is alike enough to be linked. */
async function besides({ db, round }: Stage): Promise<Moment['letters']> {
  const [one, other] = await db
    .selectFrom('competition.proposal')
    .select('id')
    .where('round', '=', round)
    .where('state', '=', 'submitted')
    .orderBy('number')
    .execute()
  return [{ as: 'national admin', address: `/competition/rounds/${round}/admission/${one!.id}/beside/${other!.id}` }]
}
