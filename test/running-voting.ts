import { signPackages } from '../packages/polling/src/seal/packages.ts'
import { holdCeremony, prepare } from './office-ceremony.ts'
import { aVillage, jpeg, type Village } from './office-world.ts'
import type { Moment } from './whole-round.ts'
import type { World } from './world.ts'

const file = (text: string) => ({ file: new File([text], 'berkas.json', { type: 'application/json' }) })

/** The pages of those who prepare an election, which begin where the office leads to. */
const letters = ({ agency, wave, at }: Village) => [
  ...['/voting', `/voting/waves/${wave}`, at(''), at('/rules')].map((address) => ({ as: 'public', address })),
  ...['/voting', `/voting/agencies/${agency}/waves`, `/voting/waves/${wave}`, at('/committee'), at('/office')].map(
    (address) => ({ as: 'regency', address }),
  ),
  { as: 'chair', address: at('/office') },
]

async function show(
  village: Village,
  name: string,
  visit: (moment: Moment) => Promise<void>,
  more: Moment['letters'] = [],
) {
  const { regency, chair } = village.who
  const readers = { public: undefined, regency, chair }
  await visit({ name, world: village.world, readers, letters: [...letters(village), ...more], whole: false })
}

/** An election in preparation: a draw that waits, one that was annulled, candidates with and without a photograph. */
export async function playPreparing(visit: (moment: Moment) => Promise<void>): Promise<World> {
  const village = await aVillage({ practice: true })
  const { post, upload, must } = village
  await show(village, 'an election was added', visit)
  for (const name of ['Sari Wulandari', 'Budi Santoso']) must(await post('chair', '/candidates', { name }), 'adding')
  for (const { id } of await village.candidates())
    must(
      await upload('chair', `/candidates/${id}/photo`, { photo: new File([new Uint8Array(jpeg(1))], 'f.jpg') }),
      'photo',
    )
  const ids = (await village.candidates()).map(({ id }) => id)
  await village.draw(ids)
  must(await post('chair', '/draws/annul', { reason: 'Satu bola undian tertinggal di kotak.' }), 'annulling')
  const numbers = Object.fromEntries(ids.map((id, n) => [`number-${id}`, String(n + 1)]))
  must(await post('member', '/draws', { ...numbers, place: 'Balai desa', witnesses: 'Ketua BPD' }), 'drawing')
  const place = { number: '1', place: 'Balai RW 01', address: 'Jalan Contoh', colour: 'hijau', hamlet: '' }
  must(await post('chair', '/places', { ...place, desks: '1', booths: '2', mobile: '0' }), 'a place')
  const roll = [
    'nik,nama,lahir,kelamin,kawin,alamat,dusun,rt,rw,tps',
    '9999990101800001,Pemilih Satu,01-01-1980,L,S,Jalan Melati,Krajan,1,2,1',
    '9999990101800001,Pemilih Dua,01-01-1980,P,S,Jalan Melati,Krajan,1,2,1',
    '123,Pemilih Tiga,01-01-1980,P,S,Jalan Melati,Krajan,1,2,9',
  ].join('\n')
  must(await upload('chair', '/roll/import', { file: new File([roll], 'dps.csv', { type: 'text/csv' }) }), 'a roll')
  const { id } = await village.world.db.selectFrom('voting.roll_import').select('id').executeTakeFirstOrThrow()
  await show(village, 'numbers were drawn', visit, [{ as: 'chair', address: village.at(`/roll/import/${id}`) }])
  return village.world
}

/** The same to its end: a ceremony that was ordered, answered and withdrawn once, and packages that were superseded. */
export async function playSealing(visit: (moment: Moment) => Promise<void>): Promise<World> {
  const village = await aVillage()
  const { post, upload, must, as, at } = village
  await prepare(village, { places: 1, voters: 6 })
  must(await post('chair', '/ceremony/order'), 'ordering')
  must(await post('chair', '/ceremony/withdraw', { reason: 'Seorang petugas diganti.' }), 'withdrawing')
  must(await post('chair', '/ceremony/order'), 'ordering again')
  await show(village, 'a ceremony was ordered', visit)
  const text = async (path: string) => (await (await as('chair')).get(at(path))).text()
  const { answer, committee } = await holdCeremony(await text('/ceremony/order.json'))
  must(await upload('chair', '/ceremony', file(answer)), 'the ceremony')
  for (const reason of ['', 'Jam buka dikoreksi.']) {
    must(await post('regency', '/packages', { reason }), 'making packages')
    if (reason) await show(village, 'packages wait', visit)
    const signed = signPackages(await text('/packages/drafts.json'), committee)
    if (!signed.ok) throw new Error(JSON.stringify(signed.faults))
    must(await upload('chair', '/packages/seal', file(JSON.stringify(signed.signatures))), 'sealing')
  }
  village.world.clock.set(new Date('2027-01-05T09:00:00+07:00'))
  await show(village, 'an election is sealed', visit)
  return village.world
}

/** A village with one candidate that deliberates: before its result is written, before it is confirmed, and decided. */
export async function playDeliberating(visit: (moment: Moment) => Promise<void>): Promise<World> {
  const village = await aVillage()
  const { post, must, as, at } = village
  must(await post('chair', '/candidates', { name: 'Sari Wulandari' }), 'adding')
  const extended = { closed: '2026-09-10', 'extended-0': '2026-09-25', 'extended-1': '2026-10-05' }
  must(await post('chair', '/registration', { ...extended, ground: 'BA panitia nomor 12' }), 'the registration')
  const { regency, chair, member } = village.who
  const readers = { public: undefined, regency, chair, member }
  const moment = (name: string) =>
    visit({
      ...{ name, world: village.world, readers, whole: false },
      letters: [
        ...['chair', 'member', 'regency'].map((who) => ({ as: who, address: at('/deliberation') })),
        ...['', '/deliberation.pdf'].map((rest) => ({ as: 'public', address: at(rest) })),
        { as: 'chair', address: at('/office') },
      ],
    })
  await moment('a village deliberates')
  const minutes = { outcome: 'agreed', day: '2026-10-19', ground: 'BA musyawarah nomor 7' }
  const meeting = { place: 'Pendopo kalurahan', witnesses: 'BPD dan 84 warga' }
  must(await post('chair', '/deliberation', { ...minutes, ...meeting }), 'writing')
  await moment('a deliberation waits')
  const page = await (await (await as('member')).get(at('/deliberation'))).text()
  const hash = /name="hash" value="([0-9a-f]{64})"/.exec(page)?.[1] ?? ''
  must(await post('member', '/deliberation/confirm', { hash }), 'confirming')
  await moment('a village has deliberated')
  return village.world
}
