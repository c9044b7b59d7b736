import type { OpenCard } from '../packages/polling/src/card/index.ts'
import { isOpen } from '../packages/polling/src/card/index.ts'
import { readOrder } from '../packages/polling/src/ceremony/order.ts'
import { printPool } from '../packages/polling/src/ceremony/pools.ts'
import { countAll, makeKeys, pinOf, presentCard, room } from '../packages/polling/test/ceremony/held.ts'
import { committeeCard } from '../src/rooms/voting/domain/ceremony.ts'
import { conditions } from '../src/rooms/voting/domain/readiness.ts'
import { jpeg, type Village } from './office-world.ts'

/** Everything up to the order for the ceremony: candidates drawn and proved, places, officers, a fixed and signed roll, readiness. */
export async function prepare(
  village: Village,
  { places: count = 1, voters = 6, photo = (shade: number): Uint8Array => jpeg(shade) } = {},
): Promise<void> {
  const { post, upload, must, world } = village
  for (const name of ['Sari Wulandari', 'Budi Santoso']) must(await post('chair', '/candidates', { name }), 'adding')
  const candidates = (await village.candidates()).sort((a, b) => b.name.localeCompare(a.name))
  for (const [at, { id }] of candidates.entries())
    must(
      await upload('chair', `/candidates/${id}/photo`, { photo: new File([new Uint8Array(photo(at + 1))], 'f.jpg') }),
      'a photograph',
    )
  await village.draw(candidates.map(({ id }) => id))
  for (const candidate of await village.candidates()) await village.prove(candidate)
  for (let number = 1; number <= count; number++)
    must(
      await post('chair', '/places', {
        number: String(number),
        place: `Balai RW 0${number}`,
        address: 'Jalan Contoh',
        colour: number === 1 ? 'hijau' : 'kuning',
        hamlet: '',
        desks: '1',
        booths: '2',
        mobile: '0',
      }),
      'a place',
    )
  for (const { id, number } of await village.places()) {
    const officers: [string, string, string][] = [
      ['Ketua', 'chair', ''],
      ['Anggota', 'officer', ''],
      ['Saksi Satu', 'witness', '1'],
      ['Saksi Dua', 'witness', '2'],
    ]
    for (const [name, role, candidate] of officers)
      must(
        await post('chair', '/officers', {
          name: `${name} ${number}`,
          role,
          tps: id,
          candidate,
          ...(role !== 'officer' && { trustee: 'ya' }),
        }),
        'an officer',
      )
  }
  must(
    await post('chair', '/officers', { name: 'Pengawas Satu', role: 'supervisor', tps: '', candidate: '' }),
    'an officer',
  )
  await fixRoll(village, voters)
  must(
    await post(
      'member',
      '/readiness',
      Object.fromEntries(
        conditions.flatMap((each) => [
          [`met-${each}`, 'ya'],
          [`ground-${each}`, 'Diperiksa.'],
        ]),
      ),
    ),
    'readiness',
  )
  const { hash } = await world.db.selectFrom('voting.readiness').select('hash').executeTakeFirstOrThrow()
  for (const person of ['chair', 'regency']) must(await post(person, '/readiness/sign', { hash }), 'signing readiness')
}

const letters = 'abcdefghijklmnopqrstuvwxyz'
/** Two words of letters, another for each number. */
const nameOf = (n: number) => `Pemilih Uji${letters[n % 26]}${letters[Math.floor(n / 26) % 26]}${letters[(n * 7) % 26]}`

/** So many voters at each polling place, fixed by the chair and signed by every candidate. The region 999999 does not exist. */
async function fixRoll(village: Village, voters: number): Promise<void> {
  const { as, at, post, must } = village
  const places = await village.places()
  const rows = places.flatMap(({ number }, place) =>
    Array.from({ length: voters }, (_, n) => {
      const all = place * voters + n + 1
      const nik = `999999010180${String(all).padStart(4, '0')}`
      return [
        nik,
        nameOf(all),
        '01-01-1980',
        'L',
        'S',
        `Jalan ${all}`,
        'Krajan',
        '1',
        String(number),
        String(number),
      ].join(';')
    }),
  )
  const body = new FormData()
  const csv = `nik;nama;lahir;kelamin;kawin;alamat;dusun;rt;rw;tps\n${rows.join('\n')}\n`
  body.append('file', new File([csv], 'dps.csv', { type: 'text/csv' }))
  const checked = await (await as('member')).send('POST', at('/roll/import'), body)
  must(checked.status, 'importing the roll')
  const kept = await (await as('member')).post(checked.headers.get('location')!)
  must(kept.status, 'taking the roll')
  must(await post('chair', '/roll/fix'), 'fixing the roll')
  for (const { id } of await village.candidates()) {
    must(await post('member', '/roll/fix/signings', { candidate: id, signed: 'signed', note: '' }), 'a signature')
    must(await post('chair', `/roll/fix/signings/${id}`), 'confirming a signature')
  }
}

/** The key ceremony with the order as it was downloaded; the committee's and a chair's card, open, are left in hand, any other by its id. */
export async function holdCeremony(
  orderText: string,
): Promise<{ answer: string; committee: OpenCard; chair: OpenCard; cardOf: (id: string) => OpenCard }> {
  const read = readOrder(orderText)
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  const place = room()
  const ceremony = makeKeys(place, read.order)
  for (const { id } of read.order.tps) await printPool(ceremony, { folder: place.prints }, id)
  countAll(place, ceremony)
  for (const { holder } of ceremony.steps('sign')) if (!ceremony.signedEnough()) presentCard(place, ceremony, holder.id)
  const answer = ceremony.answerText()!
  const cardOf = (id: string): OpenCard => {
    place.insert(id)
    const open = place.reader().card()!.open(pinOf(id))
    if (!isOpen(open)) throw new Error(JSON.stringify(open))
    return open
  }
  const chair = cardOf(read.order.officers.find(({ role }) => role === 'chair')!.id)
  const committee = cardOf(committeeCard)
  return { answer, committee, chair, cardOf }
}
