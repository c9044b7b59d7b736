import { generateKeyPairSync } from 'node:crypto'
import { type Actor, perform } from '#platform/action.ts'
import { asJson, installLocal, type Package, publicKeyText, sealed } from '#services'
import { inFiles, small } from './packages.ts'
import { aWorld } from './world.ts'

/** The agency that publishes the small package of wheelchairs. */
export const publisher = generateKeyPairSync('ed25519')

/** The small package in a version, sealed by its publisher or by another; `change` replaces whole documents. */
export function wheelchairs(version: string, change: Record<string, string> = {}, by = publisher): File {
  const texts: Record<string, string> = {
    ...small,
    'package.yaml': small['package.yaml']!.replace('version: 1.2.0', `version: ${version}`),
  }
  for (const [name, text] of Object.entries(change))
    texts[name] = name === 'package.yaml' ? text.replace('version: 1.2.0', `version: ${version}`) : text
  const id = /id: (id\.\S+)/.exec(texts['package.yaml']!)![1]!
  const bytes = sealed(asJson(inFiles(texts)), { id, version, publisher: 'Dinas Contoh' }, by.privateKey)
  return new File([new Uint8Array(bytes)], 'kursi.melayani')
}

/** A world in which an agency lends wheelchairs by version 1.2.0. */
export async function lendingWheelchairs() {
  const world = await aWorld(new Date('2026-03-02T09:00:00+07:00'))
  const { db, clock } = world
  const national = await world.aPerson('national-admin')
  const trust = async (key = publisher, name = 'Dinas Contoh') =>
    (await world.as(national)).post('/services/publishers', { name, key: publicKeyText(key.privateKey) })
  await trust()

  /** An agency with a local admin that has installed the package. */
  async function lender(file = wheelchairs('1.2.0')) {
    const agency = await world.anAgency()
    const admin = await world.aPerson('local-admin', { agency })
    const actor: Actor = {
      id: admin,
      name: '',
      offices: [{ role: 'local-admin', agency, unit: null }],
      secondFactor: true,
    }
    const sent = await send(admin, `/services/agencies/${agency}/upload`, file)
    const service = sent.headers.get('location')!.split('/')[2]!
    return { agency, admin, actor, service }
  }
  async function send(person: string, address: string, file?: File) {
    const body = new FormData()
    if (file) body.append('file', file)
    return (await world.as(person)).send('POST', address, body)
  }
  const running = async (service: string) => {
    const row = await db
      .selectFrom('services.service as s')
      .innerJoin('services.release as r', 'r.hash', 's.release')
      .innerJoin('services.installation as i', (join) =>
        join.onRef('i.service', '=', 's.id').onRef('i.release', '=', 's.release'),
      )
      .leftJoin('services.release as b', 'b.hash', 'i.base')
      .select(['r.hash', 'r.version', 'r.content', 'b.version as base', 'i.key', 's.settings'])
      .where('s.id', '=', service)
      .executeTakeFirstOrThrow()
    return {
      ...row,
      hash: row.hash.toString('hex'),
      pkg: row.content as unknown as Package,
      settings: row.settings as Record<string, unknown>,
    }
  }
  /** Change the package that runs and install it as a local version. */
  async function changeLocally({ actor, service }: { actor: Actor; service: string }, change: (copy: Package) => void) {
    const { hash, pkg } = await running(service)
    const content = structuredClone(pkg)
    change(content)
    return perform(installLocal, { db, clock, actor }, service, { from: hash, content })
  }
  async function borrow(service: string, more: Record<string, string> = {}) {
    const sent = await (await world.as()).post(`/services/${service}/report`, {
      nama: 'Budi',
      umur: '70',
      desa: '3510202001',
      setuju: 'tidak',
      ...more,
    })
    if (![200, 303].includes(sent.status)) throw new Error(`not lent: ${sent.status} ${await sent.text()}`)
  }
  const casesOf = async (service: string) =>
    (
      await db
        .selectFrom('services.case as c')
        .innerJoin('services.release as r', 'r.hash', 'c.release')
        .select('r.version')
        .where('c.service', '=', service)
        .orderBy('c.number')
        .execute()
    ).map(({ version }) => version)
  return { world, national, trust, lender, send, running, changeLocally, borrow, casesOf }
}
export type Lending = Awaited<ReturnType<typeof lendingWheelchairs>>
