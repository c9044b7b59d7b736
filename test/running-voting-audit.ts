import { done } from '../src/demo/story.ts'
import { openCounting } from '../src/rooms/voting/store/counting.ts'
import { appointed, bring } from './running-voting-results.ts'
import { aSealedElection } from './voting-results.ts'
import type { Moment } from './whole-round.ts'
import { aWorld, type World } from './world.ts'

const dice = '31415926535897932384'

/** The slips of two villages: one where all are counted, two counters differed and another has won, one where dice draw some of them. */
export async function playAudit(show: (moment: Moment) => Promise<void>): Promise<World> {
  const world = await aWorld(new Date('2026-11-22T08:00:00Z'))
  const { db } = world
  const agency = await world.anAgency({ name: 'Pemerintah Kabupaten Percontohan', region: '35.10' })
  const by = await world.aPerson('local-admin', { agency })
  const people = { chair: await world.aPerson(), anna: await world.aPerson(), badu: await world.aPerson() }
  const clients = {
    chair: await world.as(people.chair),
    anna: await world.as(people.anna),
    badu: await world.as(people.badu),
  }
  const held = async (village: string, votes: number[], wave?: string) => {
    const voters = votes.reduce((sum, each) => sum + each, 30)
    const plan = { agency, village, candidates: ['Sari Wulandari', 'Budi Santoso'], places: [{ voters }] }
    const sealed = await aSealedElection(db, by, { ...plan, ...(wave ? { wave } : {}) })
    await db.transaction().execute((tx) => openCounting(tx, world.clock.now(), sealed.election))
    for (const [name, person] of Object.entries(people))
      await appointed(world, agency, sealed.election, person, name === 'chair' ? 'chair' : 'member')
    return { ...sealed, at: (rest = '') => `/voting/elections/${sealed.election}/audit${rest}` }
  }
  const close = await held('35.10.20.2001', [92, 90])
  const clear = await held('35.10.20.2002', [300, 100], close.wave)
  const letters = [close, clear].flatMap(({ at, places }) => [
    ...['public', 'anna', 'chair'].map((as) => ({ as, address: at() })),
    { as: 'anna', address: at(`/piles/${places[0]!.id}`) },
    { as: 'anna', address: at('/slips') },
  ])
  const readers = { public: undefined, anna: people.anna, chair: people.chair }
  await show({ name: 'nothing to audit yet', world, readers, letters, whole: false })

  await bring(world, close.places[0]!.result([92, 90]))
  await bring(world, clear.places[0]!.result([300, 100]))
  await show({ name: 'an audit can be planned', world, readers, letters, whole: false })
  const plan = { places: '1' }
  await done(clients.anna.post(close.at(), plan), 'a plan')
  await done(clients.anna.post(clear.at(), { ...plan, places: '0' }), 'another plan')
  const pile = close.at(`/piles/${close.places[0]!.id}`)
  const counted = (first: number, second: number) => ({
    ...{ 'votes.0': `${first}`, 'votes.1': `${second}`, blank: '0', unreadable: '0' },
  })
  await done(clients.anna.post(pile, counted(92, 91)), 'a count')
  await done(clients.badu.post(pile, counted(92, 90)), 'another count')
  await done(clients.anna.post(clear.at('/dice'), { dice, witnesses: 'Saksi 1 dan 2' }), 'dice')
  await show({ name: 'slips are counted', world, readers, letters, whole: false })
  await done(clients.badu.post(clear.at('/dice/confirm'), { again: dice }), 'dice again')
  for (const name of ['anna', 'badu'] as const) await done(clients[name].post(pile, counted(90, 92)), 'counted again')
  await show({ name: 'slips were drawn', world, readers, letters, whole: false })
  await done(clients.chair.post(close.at('/end')), 'the end')
  await show({ name: 'an audit has ended', world, readers, letters, whole: false })
  const ground = 'Struk di kotak dihitung dua orang dan sama; sebabnya diperiksa pada catatan stasiun.'
  await done(clients.chair.post(close.at('/adopt'), { ground }), 'the count of slips as the result')
  await show({ name: 'a count of slips waits to be the result', world, readers, letters, whole: false })
  await done(clients.anna.post(close.at('/adopt/confirm')), 'the same, confirmed')
  const result = { as: 'public', address: `/voting/tps/${close.places[0]!.id}/result` }
  await show({ name: 'a count of slips is the result', world, readers, letters: [...letters, result], whole: false })
  return world
}
