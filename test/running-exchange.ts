import { createHash } from 'node:crypto'
import { shippedRounds } from '#competition'
import { perform } from '#platform/action.ts'
import { asJson, hashOf, readPackage, sealed } from '#services'
import { done } from '../src/demo/story.ts'
import { subscribe } from '../src/rooms/exchange/actions/peer.ts'
import type { Catalogue } from '../src/rooms/exchange/domain/catalogue.ts'
import { newKeyPair, secretOf, signedBy } from '../src/rooms/exchange/domain/signed.ts'
import { filesOf } from './packages.ts'
import type { Moment } from './whole-round.ts'
import { aWorld, type World } from './world.ts'

const address = 'https://melayani.lain.example'

/** The signed catalogue of another installation that offers this shipped package, and its sealed file. */
export function aCatalogueElsewhere(
  name: string,
  now: Date,
  { key, secret } = newKeyPair(),
  edition: { version: string; sequence: number } = { version: '1.0.0', sequence: 3 },
) {
  const files = asJson(filesOf(name))
  const manifest = JSON.parse(new TextDecoder().decode(files.get('package.json'))) as object
  files.set('package.json', new TextEncoder().encode(JSON.stringify({ ...manifest, version: edition.version })))
  const read = readPackage(files)
  if (!read.ok) throw new Error(`${name} cannot be read`)
  const { id, version, names, summary, licence, languages, origin } = read.value.manifest
  const bytes = Buffer.from(sealed(files, { id, version, publisher: 'melayani.lain.example' }, secretOf(secret)))
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const content: Catalogue = {
    format: 'melayani.catalogue/1',
    installation: { name: 'melayani.lain.example', address, key },
    sequence: edition.sequence,
    issued: now.toISOString(),
    until: new Date(now.getTime() + 14 * 86_400_000).toISOString(),
    packages: [
      {
        id,
        version,
        names,
        summary,
        licence,
        languages,
        origin: { innovation: origin.innovation, agency: origin.agency },
        agency: 'Pemerintah Kabupaten Asal',
        hash: hashOf(read.value),
        file: { path: `/exchange/packages/${sha256}.melayani`, sha256, size: bytes.length },
        publisher: { name: 'melayani.lain.example', key },
      },
    ],
  }
  return { key, secret, text: JSON.stringify(signedBy(secret, content)), bytes, package: id }
}

/** An agency that offers a package and adopted another from elsewhere; somebody elsewhere reports; a receipt with figures. */
export async function playExchange(show: (moment: Moment) => Promise<void>): Promise<World> {
  const world = await aWorld(new Date('2026-03-02T05:30:00+07:00'))
  const { db, clock } = world
  const agency = await world.anAgency()
  const people = {
    'local admin': await world.aPerson('local-admin', { agency }),
    'national admin': await world.aPerson('national-admin'),
  }
  const admin = await world.as(people['local admin'])
  const installed = await done(admin.post(`/services/agencies/${agency}/install/garda-ampuh`), 'installing')
  const offered = installed.headers.get('location')!.split('/')[2]!
  await done(admin.post(`/exchange/services/${offered}/offer`), 'offering')

  const there = aCatalogueElsewhere('laskar-penjaja-sayur', clock.now())
  const national = { role: 'national-admin', agency: null, unit: null }
  const actor = { id: people['national admin'], name: '', offices: [national], secondFactor: true }
  const met = await perform(subscribe(there.text), { db, clock, actor }, address, { address, key: there.key })
  if (met.kind !== 'done') throw new Error(`subscribing: ${JSON.stringify(met)}`)
  const { peer } = met.change
  // As if it had been fetched: a test leaves this machine alone.
  const sha256 = createHash('sha256').update(there.bytes).digest()
  await db.insertInto('exchange.file').values({ sha256, bytes: there.bytes, at: clock.now() }).execute()
  const at = `/exchange/agencies/${agency}/packages/${peer}/${there.package}`
  const adopted = await done(admin.post(`${at}/adopt`), 'adopting')
  const service = adopted.headers.get('location')!.split('/')[2]!
  await done(admin.post(`/exchange/agencies/${agency}/services/${service}/report`), 'reporting')

  const own = (await (await (await world.as()).get('/.well-known/melayani')).json()) as { content: Catalogue }
  const said = {
    format: 'melayani.heartbeat/1',
    from: { name: 'melayani.lain.example', address, key: there.key },
    to: own.content.installation.key,
    sequence: 1,
    made: clock.now().toISOString(),
    service: offered,
    package: own.content.packages[0]!.id,
    version: '1.0.0',
    agency: { name: 'Pemerintah Kabupaten Pengadopsi', region: '35.11' },
    stage: 'active',
    asleep: null,
    installed: '2026-01-05',
    firstCase: '2026-01-20',
    casesLast30: 40,
    day: null,
    figures: [],
  }
  const taken = await (await world.as()).json('POST', '/exchange/heartbeats', signedBy(there.secret, said))
  if (taken.status !== 201) throw new Error(`a heartbeat: ${await taken.text()}`)
  const number = await aReceiptWithFigures(world, agency, service)
  const letters = [
    ...['/exchange', `/competition/receipts/${number}/figures`].map((each) => ({ as: 'public', address: each })),
    ...['/exchange', `/exchange/agencies/${agency}`, at, `/exchange/agencies/${agency}/services/${service}`].map(
      (each) => ({ as: 'local admin', address: each }),
    ),
    { as: 'local admin', address: `/services/agencies/${agency}/install` },
    ...['/exchange', '/exchange/peers', `/exchange/peers/${peer}`].map((each) => ({
      as: 'national admin',
      address: each,
    })),
  ]
  await show({
    name: 'between installations',
    world,
    readers: { public: undefined, ...people },
    letters,
    whole: false,
  })
  return world
}

/** A proposal that was handed in with figures; what they came from is not there, which its page says. */
async function aReceiptWithFigures(world: World, agency: string, service: string): Promise<string> {
  const round = await world.aRound(shippedRounds()[0]!)
  const proposal = await world.aProposal({ agency, unit: await world.aUnit(agency), round }, { state: 'submitted' })
  const row = await world.db
    .selectFrom('competition.submission')
    .select(['number', 'content'])
    .where('proposal', '=', proposal)
    .executeTakeFirstOrThrow()
  const figure = {
    indicator: 'laporan',
    names: { id: 'Laporan', en: 'Reports' },
    unit: null,
    whole: { n: 12, value: 12, hidden: false },
    of: '2026-01-31',
    query: { kind: 'count', by: 'desa' },
  }
  const figures = [
    {
      service,
      names: { id: 'Laskar Penjaja Sayur', en: 'Vegetable Sellers' },
      agency: 'Pemerintah Kabupaten Contoh',
      package: 'id.banyuwangi.laskar-penjaja-sayur',
      version: '1.0.0',
      since: '2026-01-02',
      day: '2026-01-31',
      hash: 'a'.repeat(64),
      address: `/services/${service}/figures`,
      figures: [figure, { ...figure, indicator: 'kecil', whole: { n: null, value: null, hidden: true } }],
    },
  ]
  await world.db
    .updateTable('competition.submission')
    .set({ content: JSON.stringify({ ...(row.content as object), figures }) })
    .where('number', '=', row.number)
    .execute()
  return row.number
}
