import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { type Actor, perform } from '#platform/action.ts'
import { connect } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import type { Package } from '#services'
import { type Cut, whileCut } from './cut.ts'
import { assertInvariants } from './invariants.ts'
import { small } from './packages.ts'
import { type ActName, acts } from './upgrade-acts.ts'
import { type Lending, lendingWheelchairs, wheelchairs } from './wheelchairs.ts'

/** `npm run test:long` kills a process at every statement; otherwise at some of them. */
const everywhere = Boolean(process.env.LONG)

type Act = { name: ActName; id: string; raw: unknown; actor: Actor }
const newer = (version: string) =>
  wheelchairs(version, {
    'forms/permohonan.yaml': small['forms/permohonan.yaml']!.replace(
      'checks:',
      `  - { id: v${version.replaceAll('.', '_')}, type: text, label: { id: Catatan } }\nchecks:`,
    ),
  })
const inBase64 = async (file: File) => Buffer.from(await file.arrayBuffer()).toString('base64')
const addField = (id: string) => (p: Package) => {
  p.forms[0]!.fields.push({
    ...p.forms[0]!.fields.find((one) => one.id === 'umur')!,
    id,
    required: false,
    label: { id: `Baru ${id}` },
  })
}

/**
 * The machine stops at each statement of every act that changes which version runs. Whatever is found afterwards is what was
 * before or what the act makes, nothing in between; and the same click once more comes to one result.
 */
describe('the house: killed while a version is installed', { timeout: 15 * 60_000 }, () => {
  let it_: Lending
  let folder: string
  before(async () => {
    it_ = await lendingWheelchairs()
    folder = mkdtempSync(path.join(tmpdir(), 'melayani-kill-'))
  })
  after(async () => {
    rmSync(folder, { recursive: true, force: true })
    await it_.world.drop()
  })

  /** All that these acts write, as one text. */
  async function state(): Promise<string> {
    const tables = [
      'services.service',
      'services.installation',
      'services.changeover',
      'services.upgrade',
      'services.improvement',
      'services.release',
      'log.event',
      'log.once',
    ]
    const rows = await Promise.all(
      tables.map(async (table) => {
        const { rows } = await sql<{
          all: string
        }>`select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as all from ${sql.table(table)} t`.execute(
          it_.world.db,
        )
        return `${table} ${rows[0]!.all}`
      }),
    )
    return rows.join('\n')
  }
  const events = async () =>
    Number((await sql<{ n: string }>`select count(*) as n from log.event`.execute(it_.world.db)).rows[0]!.n)
  const run = ({ name, id, raw, actor }: Act, once: string, db = it_.world.db) =>
    perform(acts[name].action as never, { db, clock: it_.world.clock, actor, once }, id, acts[name].input(raw))

  /** A cut at every statement; the last one, after the commit that nobody heard of, has done it. */
  async function cutEverywhere(act: Act): Promise<number> {
    const once = newId()
    const old = await state()
    for (let n = 1; ; n++) {
      for (const when of ['before', 'after'] as const) {
        // A connection of its own, which is gone afterwards as that of a dead process is.
        const db = connect(it_.world.address, 1)
        const { came, heard } = await whileCut({ n, when }, () => run(act, once, db))
        await db.destroy()
        const now = await state()
        if (now === old) {
          assert.ok(came, `${act.name} did nothing, and nothing cut it`)
          continue
        }
        // Only its last statement, the commit, makes it true; what comes behind is the attempt to roll back.
        assert.ok(when === 'after' && heard <= n + 1, `${act.name}: something was left at statement ${n} ${when}`)
        const told = await events()
        assert.equal((await run(act, once)).kind, 'done')
        assert.equal(await state(), now, `${act.name}: the second click did it again`)
        assert.equal(await events(), told)
        return n
      }
    }
  }

  it('nothing is half done at any statement of any act, and the second click finds the first one’s result', async (t) => {
    const agency = await it_.world.anAgency()
    const person = await it_.world.aPerson('local-admin', { agency })
    const actor: Actor = {
      id: person,
      name: '',
      offices: [{ role: 'local-admin', agency, unit: null }],
      secondFactor: true,
    }
    const statements: Record<string, number> = {}
    const cut = async (act: Omit<Act, 'actor'>, who = actor) => {
      statements[act.name] = await cutEverywhere({ ...act, actor: who })
    }
    await cut({ name: 'install', id: agency, raw: null })
    const { id: service } = await it_.world.db
      .selectFrom('services.service')
      .select('id')
      .where('agency', '=', agency)
      .executeTakeFirstOrThrow()
    const content = async (change: (p: Package) => void) => {
      const { hash, pkg } = await it_.running(service)
      const copy = structuredClone(pkg)
      change(copy)
      return { from: hash, content: copy }
    }
    await cut({ name: 'local', id: service, raw: await content(addField('satu')) })
    await cut({ name: 'begin', id: service, raw: await inBase64(newer('1.3.0')) })
    await cut({ name: 'upgrade', id: service, raw: {} })
    assert.equal((await it_.running(service)).version, '1.3.0+local.1')
    await cut({ name: 'undo', id: service, raw: { n: 2 } })
    assert.equal((await it_.running(service)).version, '1.2.0+local.1')

    const origin = await it_.lender()
    await it_.world.db
      .updateTable('people.agency')
      .set({ name: 'Dinas Contoh' })
      .where('id', '=', origin.agency)
      .execute()
    await (await it_.world.as(person)).post(`/services/${service}/upgrade/offer`, {
      reason: 'Baik juga untuk yang lain.',
    })
    const { id } = await it_.world.db.selectFrom('services.improvement').select('id').executeTakeFirstOrThrow()
    await cut({ name: 'adopt', id, raw: { credit: 'Baik juga untuk yang lain.' } }, origin.actor)
    assert.equal((await it_.running(origin.service)).version, '1.3.0')
    await assertInvariants(it_.world.db)
    t.diagnostic(JSON.stringify(statements))
  })

  /** The act in a process of its own that is killed at a statement; its exit. */
  function killedAt(act: Act, once: string, cut: Omit<Cut, 'end'>): Promise<NodeJS.Signals | null> {
    const file = path.join(folder, `${once}.json`)
    writeFileSync(
      file,
      JSON.stringify({
        address: it_.world.address,
        act: act.name,
        id: act.id,
        raw: act.raw,
        actor: act.actor,
        once,
        cut,
      }),
    )
    const child = spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        '--disable-warning=ExperimentalWarning',
        path.join(import.meta.dirname, 'kill-child.ts'),
        file,
      ],
      { stdio: ['ignore', 'inherit', 'inherit'] },
    )
    return new Promise((gone) => child.once('exit', (_, signal) => gone(signal)))
  }

  it('kill -9 of the process in the middle of an upgrade, and after its commit, leaves all of the old or all of the new', async () => {
    const place = await it_.lender()
    assert.equal((await it_.changeLocally(place, addField('dua'))).kind, 'done')
    const begin = { name: 'begin' as const, id: place.service, raw: await inBase64(newer('1.4.0')), actor: place.actor }
    assert.equal((await run(begin, newId())).kind, 'done')
    const act: Act = { name: 'upgrade', id: place.service, raw: {}, actor: place.actor }
    const once = newId()
    const old = await state()
    // How many statements there are is known from what a cut beyond the last one hears; nothing is committed by it here.
    const all = everywhere ? Array.from({ length: 60 }, (_, i) => i + 1) : [9, 20, 60]
    let last = 0
    for (const n of all) {
      const signal = await killedAt(act, once, { n, when: 'after' })
      const now = await state()
      last = n
      if (now !== old) {
        // It was over, or killed after the commit: the new is whole.
        assert.equal((await it_.running(place.service)).version, '1.4.0+local.1')
        break
      }
      assert.equal(signal, 'SIGKILL', `statement ${n}`)
      assert.equal((await it_.running(place.service)).version, '1.2.0+local.1')
    }
    assert.ok(last > 9)
    assert.equal((await run(act, once)).kind, 'done')
    const upgraded = await it_.world.db
      .selectFrom('log.event')
      .select('id')
      .where('subject', '=', place.service)
      .where('name', '=', 'services.package-upgraded')
      .execute()
    assert.equal(upgraded.length, 1)
    await assertInvariants(it_.world.db)
  })
})
