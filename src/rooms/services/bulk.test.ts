import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { perform } from '#platform/action.ts'
import { verifyChain } from '#platform/log.ts'
import { unseal } from '#platform/secret.ts'
import { aWorld, type World } from '../../../test/world.ts'
import { writeStories } from './actions/bulk.ts'
import { moveCase, openCase } from './actions/case.ts'
import { tick } from './actions/time.ts'
import type { Story } from './domain/playing.ts'

const at = (day: number, time: string) => Date.parse(`2026-03-${String(day).padStart(2, '0')}T${time}:00+07:00`)
const until = new Date('2026-06-01T09:00:00+07:00')
const report = {
  desa: '3510202001',
  rt: '003',
  izin_ibu: 'ya_data_saja',
  nama_panggilan: 'Sari',
  hp: '081234567890',
  sudah_periksa: 'tidak',
  tanda: ['pucat'],
  tanda_bahaya: ['tidak_ada'],
}
const enrolment = {
  setuju_layanan: true,
  nama: 'Sari Contoh',
  nik: '9910205203890001',
  tanggal_lahir: '1989-03-12',
  hpht: '2025-09-15',
  hamil_ke: 3,
  jumlah_anak: 2,
  jarak_tahun: 5,
  tinggi: 152,
  sistol: 120,
  diastol: 80,
}

describe('services: cases that are written at once', () => {
  let world: World
  let people: { seller: string; midwife: string; head: string }
  const services: string[] = []

  before(async () => {
    world = await aWorld(new Date('2026-03-01T05:00:00+07:00'))
    people = { seller: await world.aPerson(), midwife: await world.aPerson(), head: await world.aPerson() }
    for (let i = 0; i < 2; i++) {
      const agency = await world.anAgency()
      await world.db.updateTable('people.agency').set({ demo: true }).where('id', '=', agency).execute()
      const admin = await world.as(await world.aPerson('local-admin', { agency }))
      const installed = await admin.post(`/services/agencies/${agency}/install/laskar-penjaja-sayur`)
      const service = installed.headers.get('location')!.split('/')[2]!
      services.push(service)
      for (const [person, role] of [
        [people.seller, 'laskar'],
        [people.midwife, 'bidan'],
        [people.head, 'kader'],
      ] as const) {
        const { email } = await world.db
          .selectFrom('people.person')
          .select('email')
          .where('id', '=', person)
          .executeTakeFirstOrThrow()
        assert.equal((await admin.post(`/services/${service}/roles`, { email, role, area: '' })).status, 303)
      }
    }
  })
  after(() => world.drop())

  /** Escalated, enrolled and left alone; declined and forgotten; an emergency that opens a part; two of one person. */
  function stories(): Story[] {
    const act = (when: number, by: string, role: string, move: string, answers = {}, reason?: string) => ({
      at: when,
      by,
      act: { move, role, answers, ...(reason ? { reason } : {}) },
    })
    const opened = (when: number, over = {}) => act(when, people.seller, 'laskar', 'lapor', { ...report, ...over })
    const midwife = (when: number, move: string, answers = {}, reason?: string) =>
      act(when, people.midwife, 'bidan', move, answers, reason)
    return [
      [
        opened(at(2, '06:00')),
        midwife(at(6, '08:00'), 'hubungi', { cara_kontak: 'kunjungan' }),
        midwife(at(7, '08:00'), 'daftar', enrolment),
      ],
      [
        opened(at(2, '06:10'), { rt: '004' }),
        midwife(at(2, '10:00'), 'hubungi', { cara_kontak: 'telepon' }),
        midwife(at(2, '11:00'), 'tolak', {}, 'takut'),
      ],
      [
        opened(at(2, '06:20'), { rt: '005', izin_ibu: 'tidak' }),
        midwife(at(3, '10:00'), 'hubungi', { cara_kontak: 'kunjungan' }),
        midwife(at(4, '10:00'), 'daftar', enrolment),
        act(at(5, '12:00'), people.head, 'kader', 'lapor_bahaya', { tanda_bahaya: ['demam'] }),
        midwife(at(5, '15:00'), 'tertangani', { hasil_darurat: 'Dirawat', tanda_bahaya: ['tidak_ada'] }),
        midwife(at(20, '15:00'), 'catat_pindah'),
      ],
    ]
  }

  /** What stands in the database of a service, without what is another each time: ids, secrets' nonces, when it was told. */
  async function written(service: string) {
    const { rows } = await sql<Record<string, unknown>>`select c.*, p.number as part_of_number,
        coalesce((select json_agg(t order by t.at, t.role, t.task, t.done) from (select t.role, t.task, t.at, t.done from services.task t where t."case" = c.id) t), '[]') as tasks,
        coalesce((select json_agg(m order by m.at, m.message) from (select m.message, m.at, m.to_role, m.to_phone, m.text from services.message m where m."case" = c.id) m), '[]') as messages,
        coalesce((select json_agg(k order by k.at, k.purpose) from (select k.purpose, k.at, k.version, k.given from services.consent k where k."case" = c.id) k), '[]') as consents,
        (select count(*) from services.likeness l where l."case" = c.id) as likenesses,
        coalesce((select json_agg(e order by e.what, e.particulars ->> 'on', e.particulars::text) from (select e.name as what, e.actor, e.particulars - 'on' as particulars,
          coalesce(e.particulars ->> 'on', to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as moment from log.event e where e.subject = c.id) e), '[]') as events
      from services."case" c left join services."case" p on p.id = c.part_of where c.service = ${service} order by c.number`.execute(
      world.db,
    )
    const open = (text: string) =>
      text.replace(/"([A-Za-z0-9+/]{40,}={0,2})"/g, (_, sealed: string) => JSON.stringify(unseal(sealed)))
    return rows.map(
      ({ id, agency, service: _, part_of, release, ...row }) => JSON.parse(open(JSON.stringify(row))) as unknown,
    )
  }

  it('are in every column what their moves one by one would have left, with the same told of them', async () => {
    const { db, clock } = world
    const [slow, fast] = services as [string, string]
    const list = stories()
    const ids: string[] = []
    const acts = list.flatMap((story, i) => story.map((one, n) => ({ ...one, i, n }))).sort((a, b) => a.at - b.at)
    for (const { at: when, by, act, i, n } of acts) {
      // A worker that is never late.
      await ticking(new Date(when))
      clock.set(new Date(when))
      const ctx = { db, clock, actor: { id: by, name: '', offices: [], secondFactor: false } }
      const { move, answers, reason } = act
      const raw = { move, answers, ...(reason ? { reason } : {}) }
      const outcome =
        n === 0
          ? await perform(openCase('member'), ctx, slow, raw)
          : await perform(moveCase('member'), ctx, ids[i]!, raw)
      assert.equal(outcome.kind, 'done', JSON.stringify(outcome))
      if (outcome.kind === 'done' && 'id' in outcome.change) ids[i] = outcome.change.id
    }
    await ticking(until)
    const done = await writeStories(db, fast, list, until)
    assert.equal(done.cases, 4)
    const [one, other] = [await written(slow), await written(fast)]
    assert.equal(one.length, 4)
    assert.deepEqual(other, one)
    assert.equal((await verifyChain(db)).broken, undefined)
    const pairs = await db.selectFrom('services.duplicate').select(['service', 'kinds']).orderBy('kinds').execute()
    assert.equal(
      pairs.filter(({ service }) => service === fast).length,
      pairs.filter(({ service }) => service === slow).length,
    )
    assert.equal(pairs.length, 2)
  })

  /** Every step at the moment when it is due. */
  async function ticking(end: Date) {
    for (;;) {
      const next = await world.db
        .selectFrom('services.case')
        .select('due')
        .where('service', '=', services[0]!)
        .where('due', '<=', end)
        .orderBy('due')
        .limit(1)
        .executeTakeFirst()
      if (!next?.due) return
      await tick(world.db, next.due)
    }
  }

  it('are numbered after those that are there, in the order in which they were opened', async () => {
    await writeStories(world.db, services[1]!, stories().toReversed(), until)
    const { rows } = await sql<{ number: string; rt: string }>`select number, open -> 'data' ->> 'rt' as rt
      from services."case" where service = ${services[1]!} and part_of is null order by number`.execute(world.db)
    assert.deepEqual(
      rows.map(({ number, rt }) => `${number} ${rt}`),
      [
        'LPS-26000001 003',
        'LPS-26000002 004',
        'LPS-26000003 005',
        'LPS-26000004 003',
        'LPS-26000005 004',
        'LPS-26000006 005',
      ],
    )
  })

  it('are not written at all when the engine refuses one of their moves', async () => {
    const wrong = stories()
    const before = await verifyChain(world.db)
    const bad: Story = [...wrong[1]!.slice(0, 1), { ...wrong[1]![2]!, act: { ...wrong[1]![2]!.act, move: 'tutup' } }]
    await assert.rejects(
      writeStories(world.db, services[1]!, [wrong[0]!, bad], until),
      /LPS-26000008: tutup by bidan is refused: not-from-here/,
    )
    assert.deepEqual(await verifyChain(world.db), before)
    const { opened } = await world.db
      .selectFrom('services.service')
      .select('opened')
      .where('id', '=', services[1]!)
      .executeTakeFirstOrThrow()
    assert.equal(opened, 6)
  })
})
