import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { bytesSource } from '@melayani/ballot/archive'
import type { ElectionPackage, Signed } from '@melayani/polling/format'
import { readContainer } from '@melayani/polling/record'
import { sql } from 'kysely'
import type { Db } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { banyuwangi, laskar } from './cast.ts'
import type { Client } from './client.ts'
import { type Cast, done, type Stage } from './story.ts'
import { committee, idOf } from './village.ts'

/**
 * A village that has voted, at two polling places so small that nobody could keep a secret there; candidates and votes are
 * invented. Its records in `records/` were made by `tools/demo-village.ts` with the parts of a polling place.
 */
export const countedVillage = {
  election: '0199a3a0-0000-7000-8000-00000000d001',
  village: { code: '35.10.20.2002', name: 'Jambewangi', district: 'Sempu', regency: 'Kabupaten Banyuwangi' },
  date: '2025-06-15',
  name: 'Pemilihan Kepala Desa (peragaan)',
  candidates: ['Calon Peragaan Satu', 'Calon Peragaan Dua'],
  places: [
    { id: '0199a3a0-0000-7000-8000-00000000d011', number: 1, voters: 12, votes: [1, 1, 2, 1, 0, 1, 2, 1] },
    { id: '0199a3a0-0000-7000-8000-00000000d012', number: 2, voters: 10, votes: [2, 1, 2, 1, 1, 2] },
  ],
} as const

/** What a station hands over: the record as it is, and of what is in it the package and the signed result. */
async function recordOf(number: number): Promise<{ bytes: Uint8Array; sealed: Signed; result: Signed }> {
  const bytes = readFileSync(path.join(import.meta.dirname, `records/tps-${number}.record`))
  const { entries } = await readContainer(bytesSource(bytes))
  const read = (wanted: string) => {
    const { offset, size } = entries.find(({ name }) => name === wanted)!
    return JSON.parse(bytes.subarray(offset + 512, offset + 512 + size).toString('utf8')) as Signed
  }
  return { bytes, sealed: read('package.json'), result: read('result-1.json') }
}

/**
 * The counted village: up to its sealed packages as rows, since keys and cards of a ceremony that never was cannot be shown; from
 * the results on through the product's own addresses, to the decision. What its records say is judged by the worker.
 */
export async function countVillage(
  stage: Pick<Stage, 'web' | 'db' | 'clock'>,
  cast: Cast,
  agency: string,
): Promise<void> {
  const { db, clock } = stage
  const { election, village, date, places } = countedVillage
  const now = clock.now()
  const regency = await cast.as(await idOf(db, banyuwangi.admin.email))
  clock.set(new Date(`${date}T00:00:00Z`))
  const form = { name: 'Pilkades peragaan yang sudah dihitung', held: date, profile: 'boyolali' }
  await done(regency.post(`/voting/agencies/${agency}/waves`, form), 'opening a wave')
  const chair = await idOf(db, committee[0][0].email)
  const member = await idOf(db, laskar.head.email)
  const records = await Promise.all(places.map(({ number }) => recordOf(number)))
  await writeSealed(db, { agency, by: chair, seen: member, packages: records.map(({ sealed }) => sealed) })
  for (const [{ email }, role] of committee)
    await done(regency.post(`/voting/elections/${election}/committee`, { email, role }), 'appointing the committee')

  clock.set(now)
  const anybody = await cast.as('')
  for (const { bytes, result } of records) {
    const taken = await anybody.json('POST', '/voting/intake/results', result)
    if (taken.status !== 201) throw new Error(`the demo's result: ${taken.status} ${await taken.text()}`)
    const address = `/voting/intake/records/${createHash('sha256').update(bytes).digest('hex')}`
    const kept = await anybody.send('PUT', address, new Uint8Array(bytes), {
      'content-type': 'application/octet-stream',
    })
    if (kept.status !== 201) throw new Error(`the demo's record: ${kept.status} ${await kept.text()}`)
  }
  // So few slips are all counted, as the rules ask, by two who are then agreed.
  const piles = places.map(({ id, votes }) => {
    const [blank, ...counts] = [0, 1, 2].map((choice) => votes.filter((each) => each === choice).length)
    return { id, votes: counts, blank: blank! }
  })
  await countSlips([await cast.as(chair), await cast.as(member)], election, piles)
  const page = `/voting/elections/${election}/decision`
  const hash =
    /name="hash" value="([0-9a-f]{64})"/.exec(await (await (await cast.as(chair)).get(page)).text())?.[1] ?? ''
  const meeting = { place: `Balai Desa ${village.name} (peragaan)`, witnesses: 'BPD dan saksi calon (peragaan)' }
  await done((await cast.as(chair)).post(page, { hash, ...meeting }), 'writing the decision')
  await done((await cast.as(member)).post(`${page}/confirm`, { hash }), 'confirming the decision')
}

/** Votes and blank slips of a polling place, as two people count them. */
export type CountedPile = { id: string; votes: readonly number[]; blank?: number }

/** All slips of an election are counted by its chair and another of its committee, who agree; the chair ends the audit. */
export async function countSlips(
  [chair, other]: readonly [Client, Client],
  election: string,
  piles: readonly CountedPile[],
): Promise<void> {
  const at = `/voting/elections/${election}/audit`
  await done(chair.post(at, { places: '0', full: 'on' }), 'the plan of an audit')
  for (const { id, votes, blank = 0 } of piles) {
    const counted = Object.fromEntries(votes.map((each, of) => [`votes.${of}`, `${each}`]))
    const form = { ...counted, blank: `${blank}`, unreadable: '0' }
    for (const client of [chair, other]) await done(client.post(`${at}/piles/${id}`, form), 'a count of slips')
  }
  await done(chair.post(`${at}/end`), 'the end of an audit')
}

/** The election as sealing leaves it and as its polls have opened. */
async function writeSealed(
  db: Db,
  { agency, by, seen, packages }: { agency: string; by: string; seen: string; packages: readonly Signed[] },
): Promise<void> {
  const { election, village, name, date, places } = countedVillage
  const contents = packages.map(({ text }) => JSON.parse(text) as ElectionPackage)
  const [{ candidates, threshold }] = contents as [ElectionPackage]
  const at = new Date(`${date}T00:00:00Z`)
  const small = { value: 5, standing: 'local', source: 'Peragaan dengan TPS yang kecil' }
  await sql`
    insert into voting.election (agency, id, wave, village, name, mode, kind, profile, state, group_name, outside, needed, since)
    select w.agency, ${election}, w.id, ${village.code}, ${name}, 'real', 'contest',
      jsonb_set((select e.profile from voting.election e where e.agency = w.agency limit 1), '{rules,smallGroup}', ${JSON.stringify(small)}::jsonb),
      'held', 'Ed25519', 'Dinas PMD (peragaan)', ${threshold.needed}, ${at}
    from voting.wave w where w.agency = ${agency} and w.held = ${date}`.execute(db)
  const drawn = candidates.map(({ number, name: candidate }) => ({ candidate: newId(), name: candidate, number }))
  await db
    .insertInto('voting.candidate')
    .values(drawn.map(({ candidate: id, ...each }) => ({ ...each, agency, election, id, added: at })))
    .execute()
  const meeting = { place: 'Balai desa (peragaan)', witnesses: 'BPD (peragaan)' }
  await db
    .insertInto('voting.draw')
    .values({
      ...{ agency, election, version: 1, id: newId(), numbers: JSON.stringify(drawn), ...meeting },
      ...{ drawn: at, by, confirmed: at, confirmed_by: seen },
    })
    .execute()
  for (const [i, { id, number }] of places.entries()) {
    const { place, colour, desks, booths, mobile } = contents[i]!.tps
    await db
      .insertInto('voting.tps')
      .values({
        ...{ agency, election, id, number, place, address: village.name, colour, desks, booths, mobile },
        hamlet: i === 0 ? 'Krajan' : 'Kidul',
      })
      .execute()
    await db
      .insertInto('voting.officer')
      .values(
        contents[i]!.officers.flatMap(({ id: _, role, candidate, ...officer }) =>
          role === 'committee'
            ? []
            : [
                {
                  ...{ ...officer, role, agency, election, tps: id, id: newId(), candidate: candidate ?? null },
                  trustee: role === 'chair' || role === 'witness',
                },
              ],
        ),
      )
      .execute()
    const { text, signatures } = packages[i]!
    await db
      .insertInto('voting.package')
      .values({
        ...{ agency, election, tps: id, version: 1, id: newId(), text, made: at, by },
        hash: createHash('sha256').update(text).digest(),
        signatures: JSON.stringify(signatures),
      })
      .execute()
  }
}
