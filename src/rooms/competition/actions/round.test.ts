import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { perform } from '#platform/action.ts'
import { aWorld, type World } from '../../../../test/world.ts'
import type { Rules } from '../domain/round.ts'
import { shippedRounds } from '../domain/shipped-rounds.ts'
import { findRound, listStages } from '../store/round.ts'
import { findDraft } from '../store/round-draft.ts'
import { listVersions } from '../store/round-version.ts'
import { stageIsOpen } from '../store/stage.ts'
import { publishRound } from './round.ts'
import { createRound, editRound } from './round-edit.ts'
import { extendRound, publishVersion } from './round-version.ts'
import { closeStage, openStage } from './stage.ts'

const [y2017, y2021] = shippedRounds() as [Rules, Rules]
const reason = 'Kuota disesuaikan dengan keputusan rapat.'

describe('competition: what the secretariat does with a round', () => {
  let world: World
  let national: string
  let n = 0
  before(async () => {
    world = await aWorld()
    national = await world.aPerson('national-admin')
  })
  after(() => world.drop())

  const actor = (id: string) => ({
    id,
    name: '',
    offices: [{ role: 'national-admin', agency: null, unit: null }],
    secondFactor: true,
  })
  const context = () => ({ db: world.db, actor: actor(national), clock: world.clock })

  /** A published round made by the acts themselves, so that its stages are there. */
  async function running(rules: Rules) {
    n++
    const copied = await perform(createRound, context(), 'new', {
      from: `shipped:${rules.key}`,
      key: `putaran-${n}`,
      year: rules.year,
      nameId: `Putaran ${n}`,
      nameEn: `Round ${n}`,
    })
    assert.equal(copied.kind, 'done')
    const id = copied.kind === 'done' ? copied.change.id : ''
    assert.equal((await perform(publishRound, context(), id, {})).kind, 'done')
    return id
  }

  /** Write another value into what is being written for the next version. */
  async function write(round: string, change: (rules: Rules) => Rules) {
    const held = (await findRound(world.db, round))!
    const draft = await findDraft(world.db, held)
    const document = JSON.stringify(change(structuredClone(draft.rules)))
    const form = { base: String(draft.base), revision: String(draft.revision), document }
    const outcome = await perform(editRound(draft.rules, 'document'), context(), round, form)
    assert.equal(outcome.kind, 'done')
    return { base: draft.base, revision: draft.revision + 1, reason }
  }

  it('publishes a copy with its stages in the order of its rules, none of them open', async () => {
    const id = await running(y2021)
    assert.deepEqual(
      await listStages(world.db, id),
      y2021.stages.map(({ kind }, i) => ({ seq: i + 1, kind, opened: null, closed: null })),
    )
  })

  it('moves the dates of a copy for another year, and no longer says that they were published', async () => {
    const outcome = await perform(createRound, context(), 'new', {
      from: 'shipped:2017',
      key: 'tahun-2027',
      year: 2027,
      nameId: 'Kompetisi 2027',
      nameEn: 'Competition 2027',
    })
    assert.ok(outcome.kind === 'done')
    const { rules, state } = (await findRound(world.db, outcome.change.id))!
    assert.equal(state, 'draft')
    assert.equal(rules.calendar.opens, '2026-11-01T00:00:00+07:00')
    assert.equal(rules.calendar.submissionCloses, '2027-02-28T23:59:59+07:00')
    assert.deepEqual([rules.calendar.extensions, rules.sources, rules.legalBasis], [[], {}, []])
  })

  it('gives a key once when two ask for it at the same time', async () => {
    const form = { from: 'shipped:2025', key: 'kembar', year: 2026, nameId: 'Kembar', nameEn: 'Twin' }
    const outcomes = await Promise.all([1, 2, 3].map(() => perform(createRound, context(), 'new', form)))
    assert.deepEqual(outcomes.map(({ kind }) => kind).sort(), ['done', 'refused', 'refused'])
  })

  it('opens stages only in order, and none before nothing can arrive any more', async () => {
    const id = await running(y2017)
    const refusal = async (act: typeof openStage | typeof closeStage, seq: number) => {
      const outcome = await perform(act, context(), id, { seq })
      return outcome.kind === 'refused' ? outcome.refusal : outcome.kind
    }
    // The document itself knows the extension to 10 March; fifteen minutes of grace follow.
    world.clock.set(new Date('2017-03-10T17:14:59Z'))
    assert.equal(await refusal(openStage, 1), 'stage-before-deadline')
    world.clock.set(new Date('2017-03-10T17:15:00Z'))
    assert.equal(await refusal(openStage, 2), 'stage-before-not-closed')
    assert.equal(await refusal(closeStage, 1), 'stage-not-open')
    assert.equal(await stageIsOpen(world.db, id, 'admission'), false)
    assert.equal(await refusal(openStage, 1), 'done')
    assert.equal(await stageIsOpen(world.db, id, 'admission'), true)
    assert.equal(await refusal(openStage, 1), 'stage-already-open')
    assert.equal(await refusal(openStage, 2), 'stage-before-not-closed')
    const agency = await world.anAgency()
    const proposal = await world.aProposal(
      { agency, unit: await world.aUnit(agency), round: id },
      { state: 'submitted' },
    )
    assert.equal(await refusal(closeStage, 1), 'stage-admission-unfinished')
    await world.db.updateTable('competition.proposal').set({ state: 'passed' }).where('id', '=', proposal).execute()
    assert.equal(await refusal(closeStage, 1), 'done')
    assert.equal(await stageIsOpen(world.db, id, 'admission'), false)
    assert.equal(await refusal(openStage, 1), 'stage-already-closed')
    assert.equal(await refusal(openStage, 2), 'done')
    assert.equal(await refusal(openStage, 99), 'stage-unknown')
    world.clock.set(new Date('2017-01-15T02:00:00Z'))
  })

  it('opens a stage once when two open it at the same time', async () => {
    const id = await running(y2017)
    world.clock.set(new Date('2017-03-11T02:00:00Z'))
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => perform(openStage, context(), id, { seq: 1 })))
    assert.deepEqual(outcomes.map(({ kind }) => kind).sort(), ['done', 'refused', 'refused', 'refused'])
    world.clock.set(new Date('2017-01-15T02:00:00Z'))
  })

  it('publishes one of two versions that are confirmed at the same time', async () => {
    const id = await running(y2021)
    const form = await write(id, (rules) => ({ ...rules, quotas: { ...rules.quotas, umum: 7 } }))
    const outcomes = await Promise.all([1, 2, 3].map(() => perform(publishVersion, context(), id, form)))
    assert.deepEqual(outcomes.map((o) => (o.kind === 'refused' ? o.refusal : o.kind)).sort(), [
      'done',
      'version-meanwhile',
      'version-meanwhile',
    ])
    const round = (await findRound(world.db, id))!
    assert.deepEqual([round.version, round.rules.version, round.rules.quotas.umum], [2, 2, 7])
    const versions = await listVersions(world.db, id)
    assert.deepEqual(
      versions.map((v) => [v.version, v.rules.quotas.umum]),
      [
        [1, 10],
        [2, 7],
      ],
    )
  })

  it('never overwrites the save of another: the second of two saves is refused', async () => {
    const id = await running(y2017)
    const round = (await findRound(world.db, id))!
    const draft = await findDraft(world.db, round)
    const form = (finalists: number) => ({
      base: '1',
      revision: '0',
      document: JSON.stringify({
        ...draft.rules,
        select: { ...draft.rules.select, byGroup: { umum: finalists }, finalists },
      }),
    })
    const outcomes = await Promise.all(
      [98, 97].map((finalists) => perform(editRound(draft.rules, 'document'), context(), id, form(finalists))),
    )
    assert.deepEqual(outcomes.map((o) => (o.kind === 'refused' ? o.refusal : o.kind)).sort(), [
      'done',
      'edited-meanwhile',
    ])
    // What is being written is not what holds.
    assert.equal((await findRound(world.db, id))!.rules.select.finalists, 99)
  })

  it('tells exactly those whom a version touches', async () => {
    const id = await running(y2021)
    const other = await running(y2021)
    const agency = await world.anAgency({ kind: 'regency' })
    const [inGroup, elsewhere, withdrawn, idle] = [
      await world.aUnit(agency),
      await world.aUnit(agency),
      await world.aUnit(agency),
      await world.aUnit(agency),
    ]
    const people = {
      inGroup: await world.aPerson('unit', { agency, unit: inGroup }),
      elsewhere: await world.aPerson('unit', { agency, unit: elsewhere }),
      withdrawn: await world.aPerson('unit', { agency, unit: withdrawn }),
      idle: await world.aPerson('unit', { agency, unit: idle }),
      admin: await world.aPerson('local-admin', { agency }),
      evaluator: await world.aPerson('evaluator'),
    }
    const far = await world.anAgency({ kind: 'ministry' })
    const farUnit = await world.aUnit(far)
    const farPeople = {
      unit: await world.aPerson('unit', { agency: far, unit: farUnit }),
      admin: await world.aPerson('local-admin', { agency: far }),
    }
    await world.aProposal({ agency, unit: inGroup, round: id }, { group: 'replikasi', state: 'draft' })
    await world.aProposal({ agency, unit: elsewhere, round: id }, { group: 'umum', state: 'submitted' })
    await world.aProposal({ agency, unit: withdrawn, round: id }, { group: 'replikasi', state: 'withdrawn' })
    await world.aProposal({ agency, unit: idle, round: other }, { group: 'replikasi', state: 'draft' })
    await world.aProposal({ agency: far, unit: farUnit, round: id }, { group: 'umum', state: 'draft' })

    const told = async (change: (rules: Rules) => Rules) => {
      await world.db.deleteFrom('log.mail').execute()
      const form = await write(id, change)
      const outcome = await perform(publishVersion, context(), id, form)
      assert.equal(outcome.kind, 'done')
      const letters = await world.db.selectFrom('log.mail').select(['to_email', 'body']).execute()
      const names = await world.db.selectFrom('people.person').select(['id', 'email']).execute()
      return {
        to: letters.map((letter) => names.find(({ email }) => email === letter.to_email)!.id).sort(),
        bodies: letters.map(({ body }) => body),
      }
    }

    const group = await told((rules) => ({
      ...rules,
      groups: rules.groups.map((g) => (g.key === 'replikasi' ? { ...g, minAgeMonths: 18 } : g)),
    }))
    assert.deepEqual(group.to, [people.inGroup, people.admin].sort())
    for (const body of group.bodies) {
      assert.match(body, /Usia paling rendah \(bulan\): semula 12; menjadi 18/)
      assert.match(body, new RegExp(reason))
    }

    const cluster = await told((rules) => ({
      ...rules,
      clusters: rules.clusters.map((c) => (c.key === 'kementerian' ? { ...c, nomineeFactor: 3 } : c)),
    }))
    assert.deepEqual(cluster.to, [farPeople.unit, farPeople.admin].sort())

    const everyone = await told((rules) => ({ ...rules, scoring: { ...rules.scoring, passMark: 70 } }))
    const admins = await world.db
      .selectFrom('people.role')
      .select('person')
      .where('role', 'in', ['local-admin', 'deputy'])
      .execute()
    assert.deepEqual(
      everyone.to,
      [people.inGroup, people.elsewhere, farPeople.unit, ...admins.map(({ person }) => person)].sort(),
    )
    for (const silent of [people.withdrawn, people.idle, people.evaluator]) assert.ok(!everyone.to.includes(silent))
  })

  it('refuses what a version may not do', async () => {
    const id = await running(y2017)
    const agency = await world.anAgency()
    await world.aProposal({ agency, unit: await world.aUnit(agency), round: id }, { category: 'kesehatan' })
    const refusal = async (change: (rules: Rules) => Rules) => {
      const form = await write(id, change)
      const outcome = await perform(publishVersion, context(), id, form)
      return outcome.kind === 'refused' ? outcome.refusal : outcome.kind
    }
    assert.equal(await refusal((rules) => rules), 'nothing-changed')
    assert.equal(
      await refusal((rules) => ({
        ...rules,
        calendar: { ...rules.calendar, submissionCloses: '2017-02-20T23:59:59+07:00' },
      })),
      'deadline-by-extension',
    )
    const { submissionCloses } = y2017.calendar
    assert.equal(
      await refusal((rules) => ({
        ...rules,
        calendar: { ...rules.calendar, submissionCloses },
        categories: rules.categories.filter(({ key }) => key !== 'kesehatan'),
      })),
      'category-in-use',
    )
    world.clock.set(new Date('2017-03-11T02:00:00Z'))
    assert.equal((await perform(openStage, context(), id, { seq: 1 })).kind, 'done')
    assert.equal(
      await refusal((rules) => ({
        ...rules,
        categories: y2017.categories,
        stages: [rules.stages[1]!, rules.stages[0]!, ...rules.stages.slice(2)],
      })),
      'stage-order-begun',
    )
    assert.equal((await findRound(world.db, id))!.version, 1)
    world.clock.set(new Date('2017-01-15T02:00:00Z'))
  })

  it('moves the deadline only later, and tells local admins and those who still write', async () => {
    const id = await running(y2017)
    const agency = await world.anAgency()
    const [writing, done] = [await world.aUnit(agency), await world.aUnit(agency)]
    const writer = await world.aPerson('unit', { agency, unit: writing })
    const finished = await world.aPerson('unit', { agency, unit: done })
    await world.aProposal({ agency, unit: writing, round: id }, { state: 'returned' })
    await world.aProposal({ agency, unit: done, round: id }, { state: 'submitted' })
    const extend = async (until: string) => {
      const outcome = await perform(extendRound, context(), id, { until, reason })
      return outcome.kind === 'refused' ? outcome.refusal : outcome.kind
    }
    await world.db.deleteFrom('log.mail').execute()
    assert.equal(await extend('2017-03-10T23:59:59'), 'extension-not-later')
    assert.equal(await extend('2017-03-01T00:00'), 'extension-not-later')
    assert.equal(await extend('besok'), 'invalid')
    assert.equal(await extend('2017-03-20T12:00'), 'done')
    assert.equal(await extend('2017-03-15T12:00'), 'extension-not-later')
    const emails = (await world.db.selectFrom('log.mail').select('to_email').execute()).map((m) => m.to_email).sort()
    const admins = await world.db
      .selectFrom('people.role as r')
      .innerJoin('people.person as p', 'p.id', 'r.person')
      .select(['p.id', 'p.email'])
      .where('r.role', 'in', ['local-admin', 'deputy'])
      .execute()
    const of = await world.db
      .selectFrom('people.person')
      .select(['id', 'email'])
      .where('id', 'in', [writer, finished])
      .execute()
    assert.deepEqual(emails, [of.find((p) => p.id === writer)!.email, ...admins.map((p) => p.email)].sort())
    assert.deepEqual(
      (await findRound(world.db, id))!.extensions.map(({ until, reason }) => [until, reason]),
      [['2017-03-20T05:00:00.000Z', reason]],
    )
  })
})
