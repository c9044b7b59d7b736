import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { Client } from '../src/demo/client.ts'
import { done } from '../src/demo/story.ts'
import type { World } from './world.ts'

/** Somebody sends from the field what was captured before the role ended: it waits for the local admin. */
export async function furnishField(world: World, admin: Client, service: string): Promise<void> {
  const former = await world.aPerson(undefined, {}, 'Mantan Penjaja')
  const { email } = await world.db
    .selectFrom('people.person')
    .select('email')
    .where('id', '=', former)
    .executeTakeFirstOrThrow()
  await done(admin.post(`/services/${service}/roles`, { email, role: 'laskar', area: '' }), 'a role')
  const phone = await world.as(former)
  const { device } = (await (await phone.json('POST', '/services/field/device', {})).json()) as { device: string }
  const post = await world.db
    .selectFrom('services.post')
    .select('id')
    .where('person', '=', former)
    .executeTakeFirstOrThrow()
  await done(admin.post(`/services/${service}/roles/${post.id}/end`), 'the end of a role')
  const { release } = await world.db
    .selectFrom('services.service')
    .select('release')
    .where('id', '=', service)
    .executeTakeFirstOrThrow()
  const now = world.clock.now().getTime()
  const answers = { desa: '3510202001', rt: '001', izin_ibu: 'tidak', sudah_periksa: 'tidak' }
  const report = {
    ...{ id: randomUUID(), service, release: release.toString('hex'), case: null, seen: 0, after: [], despite: {} },
    ...{ role: 'laskar', move: 'lapor', at: now },
    answers: { ...answers, tanda: ['pucat'], tanda_bahaya: ['tidak_ada'] },
  }
  const sent = await phone.json('POST', '/services/field/reports', { device, now, reports: [report] })
  const { answers: said } = (await sent.json()) as { answers: { kind: string }[] }
  assert.deepEqual(
    said.map(({ kind }) => kind),
    ['held'],
  )
}
