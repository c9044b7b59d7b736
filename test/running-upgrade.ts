import { generateKeyPairSync } from 'node:crypto'
import { type Actor, perform } from '#platform/action.ts'
import { asJson, installLocal, type Package, publicKeyText, sealed } from '#services'
import { done } from '../src/demo/story.ts'
import { filesOf } from './packages.ts'
import type { World } from './world.ts'

type Place = { agency: string; service: string; admin: string; national: string }

/**
 * In a world where an agency runs Laskar Penjaja Sayur: it has changed a question, a newer version of the publisher changed the
 * same one, and another agency offers it what that one changed. Returns the addresses of the pages that show it.
 */
export async function playUpgrade(world: World, { agency, service, admin, national }: Place): Promise<string[]> {
  const at = `/services/${service}/upgrade`
  await relabel(world, { agency, service, admin }, { id: 'Desa tempat tinggal ibu', en: 'Village where she lives' })
  // The agency that the package names as its origin, whatever other agencies of its region there are.
  const named = { name: 'Pemerintah Kabupaten Banyuwangi' }
  await world.db.updateTable('people.agency').set(named).where('id', '=', agency).execute()
  const other = await world.anAgency({ region: null })
  const neighbour = await world.aPerson('local-admin', { agency: other })
  const installed = await done(
    (await world.as(neighbour)).post(`/services/agencies/${other}/install/laskar-penjaja-sayur`),
    'the package elsewhere',
  )
  const copy = installed.headers.get('location')!.split('/')[2]!
  await relabel(world, { agency: other, service: copy, admin: neighbour }, { id: 'Desa Qx', en: 'Village Qx' })
  await done(
    (await world.as(neighbour)).post(`/services/${copy}/upgrade/offer`, { reason: 'Qx1 Qx2 Qx3' }),
    'an improvement',
  )
  const files = filesOf('laskar-penjaja-sayur')
  const spoil = (file: string, from: RegExp, to: string) =>
    files.set(file, Buffer.from(Buffer.from(files.get(file)!).toString().replace(from, to)))
  spoil('package.yaml', /^version: .*$/m, 'version: 1.9.0')
  spoil('forms/laporan.yaml', /label: \{[^}]*\}/, 'label: { id: Desa ibu, en: Village of the woman }')
  const key = generateKeyPairSync('ed25519').privateKey
  await done(
    (await world.as(national)).post('/services/publishers', { name: 'Dinas Qx', key: publicKeyText(key) }),
    'a publisher',
  )
  const bytes = sealed(
    asJson(files),
    { id: 'id.banyuwangi.laskar-penjaja-sayur', version: '1.9.0', publisher: 'Dinas Qx' },
    key,
  )
  const body = new FormData()
  body.append('file', new File([new Uint8Array(bytes)], 'laskar.melayani'))
  await done((await world.as(admin)).send('POST', `${at}/upload`, body), 'a newer version')
  const { id } = await world.db
    .selectFrom('services.improvement')
    .select('id')
    .where('service', '=', copy)
    .executeTakeFirstOrThrow()
  return [at, `${at}/draft`, '/services/improvements', `/services/improvements/${id}`]
}

/** The first question of the report is asked in other words, as a local version. */
async function relabel(
  world: World,
  { agency, service, admin }: Omit<Place, 'national'>,
  label: Record<string, string>,
) {
  const actor: Actor = {
    id: admin,
    name: '',
    offices: [{ role: 'local-admin', agency, unit: null }],
    secondFactor: true,
  }
  const { hash, content } = await world.db
    .selectFrom('services.service as s')
    .innerJoin('services.release as r', 'r.hash', 's.release')
    .select(['r.hash', 'r.content'])
    .where('s.id', '=', service)
    .executeTakeFirstOrThrow()
  const own = structuredClone(content as unknown as Package)
  own.forms.find(({ id }) => id === 'laporan')!.fields[0]!.label = label
  const given = { from: hash.toString('hex'), content: own }
  const changed = await perform(installLocal, { db: world.db, clock: world.clock, actor }, service, given)
  if (changed.kind !== 'done') throw new Error(`a local version: ${JSON.stringify(changed)}`)
}
