import type { Client } from '../src/demo/client.ts'
import { done } from '../src/demo/story.ts'
import type { World } from './world.ts'

/** Ways in without an account, and systems that are told: what their pages show when there is something. The addresses to look at. */
export async function furnishChannels(world: World, admin: Client, agency: string, service: string) {
  const at = `/services/${service}`
  for (const [path, form] of [
    [`${at}/links`, { name: 'Brosur di balai desa' }],
    [`${at}/links`, { name: 'Papan lama' }],
    [`${at}/gateways`, { name: 'Gerbang SMS kabupaten' }],
    [`${at}/accounts`, { name: 'Aplikasi sekolah', role: 'sekolah' }],
    [`/services/agencies/${agency}/hooks`, { address: 'https://sistem.contoh.go.id/lonceng' }],
  ] as const)
    await done(admin.post(path, form), path)
  const { db } = world
  const [used, old] = await db
    .selectFrom('services.link')
    .select(['id', 'code'])
    .where('service', '=', service)
    .orderBy('made')
    .orderBy('id')
    .execute()
  await done(admin.post(`${at}/links/${old!.id}/end`), 'revoking a link')
  const { id: gateway } = await db
    .selectFrom('services.gateway')
    .select('id')
    .where('service', '=', service)
    .executeTakeFirstOrThrow()
  for (const text of ['LAPOR', 'YA'])
    await done(admin.post(`/services/agencies/${agency}/phones`, { from: '081234567899', text, gateway }), 'a message')
  return [
    { as: 'local admin', address: `${at}/channels` },
    { as: 'local admin', address: `${at}/links/${used!.id}/square` },
    { as: 'local admin', address: `${at}/ratings` },
    { as: 'local admin', address: `/services/agencies/${agency}/phones` },
    { as: 'local admin', address: `/services/agencies/${agency}/hooks` },
    { as: 'local admin', address: '/services/contact' },
    { as: 'public', address: `/l/${used!.code}` },
  ]
}
