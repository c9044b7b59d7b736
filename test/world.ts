import { createHash } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { settableClock } from '#platform/clock.ts'
import type { Db } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { app } from '../src/app.ts'
import { clientFor } from '../src/demo/client.ts'
import { freshDatabase } from './database.ts'
import { assertInvariants } from './invariants.ts'

/**
 * A world for tests: a fresh database, the product as a function, a clock that can be set, and builders with no
 * surprises. `as(person)` gives requests that carry that person's session.
 */
export async function aWorld(start = new Date('2017-01-15T02:00:00Z')) {
  const fresh = await freshDatabase()
  const clock = settableClock(start)
  const files = { folder: mkdtempSync(path.join(tmpdir(), 'melayani-files-')) }
  const web = app({ db: fresh.db, clock, files, demo: false })
  const { db } = fresh

  /** Requests as this person, or as the public without one. */
  const as = (person?: string, options?: Parameters<typeof clientFor>[2]) =>
    clientFor({ web, db, clock }, person, options)

  /** What must always hold is checked before the database goes. */
  async function drop() {
    try {
      await assertInvariants(db)
    } finally {
      await fresh.drop()
    }
  }

  return { ...fresh, drop, clock, files, web, as, ...builders(db) }
}

export type World = Awaited<ReturnType<typeof aWorld>>

/** Rows as they would be after the acts that make them; each returns the id. */
export function builders(db: Db) {
  let n = 0
  type AgencyKind = 'ministry' | 'institution' | 'province' | 'regency' | 'city' | 'bumn' | 'bumd'
  type Role = 'national-admin' | 'local-admin' | 'deputy' | 'unit' | 'evaluator' | 'panel'

  async function anAgency(options: { kind?: AgencyKind; name?: string; region?: string | null } = {}) {
    const id = newId()
    n++
    await db
      .insertInto('people.agency')
      .values({
        id,
        code: `A${n}`,
        kind: options.kind ?? 'regency',
        name: options.name ?? `Pemerintah Kabupaten Contoh ${n}`,
        region: options.region ?? '35.10',
      })
      .execute()
    return id
  }

  async function aUnit(agency: string, name = `Dinas Contoh ${++n}`) {
    const id = newId()
    await db.insertInto('people.unit').values({ agency, id, name }).execute()
    return id
  }

  async function aPerson(role?: Role, office: { agency?: string; unit?: string } = {}, name = `Orang ${++n}`) {
    const id = newId()
    await db
      .insertInto('people.person')
      .values({ id, name, email: `orang${++n}@contoh.go.id` })
      .execute()
    if (role)
      await db
        .insertInto('people.role')
        .values({ ...office, id: newId(), person: id, role, since: new Date('2014-01-01T00:00:00Z') })
        .execute()
    return id
  }

  /** A published round with these rules (a shipped round's, as a rule). */
  async function aRound(
    rules: { key: string },
    options: { state?: 'draft' | 'published' | 'finished'; key?: string } = {},
  ) {
    const id = newId()
    await db
      .insertInto('competition.round')
      .values({ id, key: options.key ?? `${rules.key}-${++n}`, state: options.state ?? 'published' })
      .execute()
    await db
      .insertInto('competition.round_version')
      .values({ round: id, version: 1, rules: JSON.stringify(rules), reason: 'uji' })
      .execute()
    return id
  }

  type ProposalState = 'draft' | 'with-local-admin' | 'returned' | 'submitted' | 'passed' | 'failed' | 'withdrawn'
  async function aProposal(
    of: { agency: string; unit: string; round: string },
    options: {
      title?: string
      state?: ProposalState
      group?: string
      category?: string
      started?: string
      answers?: Record<string, string>
      at?: Date
    } = {},
  ) {
    const id = newId()
    const at = options.at ?? new Date('2017-01-10T03:00:00Z')
    const state = options.state ?? 'draft'
    const submitted = state === 'submitted' || state === 'passed' || state === 'failed'
    const title = options.title ?? `Inovasi Contoh ${++n}`
    await db
      .insertInto('competition.proposal')
      .values({
        ...of,
        id,
        title,
        group_key: options.group ?? 'umum',
        category: options.category ?? 'kesehatan',
        started_on: options.started ?? '2014-03-01',
        state,
        state_since: at,
        created: at,
        number: submitted ? ++n : null,
      })
      .execute()
    const answers = options.answers ?? { ringkasan: 'Layanan didatangkan ke rumah warga yang tidak dapat berjalan.' }
    for (const [question, value] of Object.entries(answers)) {
      const row = { agency: of.agency, proposal: id, question, value, revision: 1, at }
      await db.insertInto('competition.answer').values(row).execute()
      await db.insertInto('competition.answer_version').values(row).execute()
    }
    if (submitted) {
      const content = JSON.stringify({
        title,
        group: options.group ?? 'umum',
        category: options.category ?? 'kesehatan',
        startedOn: options.started ?? '2014-03-01',
        answers,
        evidence: {},
      })
      await db
        .insertInto('competition.submission')
        .values({
          agency: of.agency,
          id: newId(),
          proposal: id,
          round: of.round,
          number: `UJI-${n}`,
          content,
          hash: createHash('sha256').update(content).digest(),
          begun: at,
          arrived: at,
          verdict: 'in-time',
        })
        .execute()
    }
    return id
  }

  return { anAgency, aUnit, aPerson, aRound, aProposal }
}
