import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { assign, verifyAssignment } from './assignment.ts'
import { derivedConflicts, regionsTouch } from './conflict.ts'
import { type Demand, pairKey, poseProblem, type Reader } from './demand.ts'
import { labelReadings, owedReaders } from './owed.ts'
import { nameResult } from './run.ts'
import { mergeParts } from './sheet.ts'

test('judging: a home touches its province and itself, and no other regency of it', () => {
  assert.equal(regionsTouch('35.10', '35.10'), true)
  assert.equal(regionsTouch('35.10', '35'), true)
  assert.equal(regionsTouch('35', '35.10'), true)
  assert.equal(regionsTouch('35.10', '35.07'), false)
  assert.equal(regionsTouch('35.1', '35.10'), false)
})

test('judging: an earlier innovation is found under another spelling, at its own agency only', () => {
  const known = {
    homeRegion: null,
    employer: null,
    involvements: [
      { id: '1', kind: 'mentor', agency: 'a', title: 'SI-JEMPOL (Jemput  Bola)', innovation: null, names: [] },
      { id: '2', kind: 'co-author', agency: 'a', title: 'si jempol jemput bola', innovation: null, names: [] },
    ] as const,
  }
  const entry = (agency: string, title: string) => ({ agency, title, agencyRegion: '35.10', innovation: null })
  assert.deepEqual(derivedConflicts(known, entry('a', 'Si Jempol: Jemput Bola')), [
    { source: 'mentor', basis: '1' },
    { source: 'co-author', basis: '2' },
  ])
  assert.deepEqual(derivedConflicts(known, entry('b', 'Si Jempol: Jemput Bola')), [])
  assert.deepEqual(derivedConflicts(known, entry('a', 'Si Jempol')), [])
})

test('judging: an earlier innovation is found by its identity under any title and agency, and by every name it had at its own', () => {
  const work = {
    id: '1',
    kind: 'mentor',
    agency: 'a',
    title: 'Si Jempol',
    innovation: 'x',
    names: ['Jemput Bola'],
  } as const
  const known = { homeRegion: null, employer: null, involvements: [work] }
  const found = (agency: string, title: string, innovation: string | null) =>
    derivedConflicts(known, { agency, title, agencyRegion: null, innovation }).map((each) => each.source)
  assert.deepEqual(
    [
      found('b', 'Nama yang sama sekali lain', 'x'),
      found('a', 'jemput bola', null),
      found('a', 'Si Jempol', 'y'),
      found('b', 'Jemput Bola', null),
      found('a', 'Nama yang sama sekali lain', 'y'),
      found('a', 'Nama yang sama sekali lain', null),
    ],
    [['mentor'], ['mentor'], ['mentor'], [], [], []],
  )
})

const ids = (letter: string, n: number) => Array.from({ length: n }, (_, i) => `${letter}${String(i).padStart(2, '0')}`)

test('judging: whatever is dealt keeps the readings that stand, bars conflicts, and gives exactly what lacked', () => {
  const round = fc.record({
    entries: fc.integer({ min: 1, max: 6 }),
    people: fc.integer({ min: 2, max: 6 }),
    conflicts: fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 6 }),
    standing: fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 4 }),
    seed: fc.string({ minLength: 1, maxLength: 5 }),
  })
  fc.assert(
    fc.property(round, ({ entries, people, conflicts, standing, seed }) => {
      const proposals = ids('p', entries)
      const readers = ids('e', people).map(
        (id): Reader => ({ id, university: null, sector: null, expertise: [], minLoad: 0, maxLoad: 20 }),
      )
      const pair = ([p, e]: [number, number]) => ({ proposal: `p0${p % entries}`, evaluator: `e0${e % people}` })
      const barred = new Set(conflicts.map(pair).map((each) => pairKey(each.proposal, each.evaluator)))
      const present = new Map(proposals.map((id) => [id, new Set<string>()]))
      for (const { proposal, evaluator } of standing.map(pair))
        if (!barred.has(pairKey(proposal, evaluator))) present.get(proposal)!.add(evaluator)
      const demands: Demand[] = proposals
        .map((proposal) => ({
          proposal,
          category: null,
          readers: [...present.get(proposal)!],
          extra: 2 - present.get(proposal)!.size,
        }))
        .filter((demand) => demand.extra > 0)
      if (demands.length === 0) return
      const loads = new Map<string, number>()
      for (const own of present.values()) for (const id of own) loads.set(id, (loads.get(id) ?? 0) + 1)
      const posed = poseProblem(
        demands,
        readers,
        barred,
        loads,
        { bridge: 0, university: true, floor: null, seed },
        false,
      )
      const result = assign(posed.problem)
      if (result.outcome !== 'assigned') return
      assert.deepEqual(verifyAssignment(posed.problem, result), [])
      const named = nameResult(posed, demands, result)
      if (named.outcome !== 'assigned') throw new Error('An assignment keeps its outcome')
      for (const demand of demands) {
        const own: string[] = named.pairs
          .filter((each) => each.proposal === demand.proposal)
          .map((each) => each.evaluator)
        assert.equal(new Set([...own, ...demand.readers]).size, 2)
        assert.equal(
          own.some((id) => barred.has(pairKey(demand.proposal, id))),
          false,
        )
      }
    }),
    { numRuns: 200 },
  )
})

test('judging: what an entry is owed is its first readings, a third where one is called, and its waves', () => {
  const entries = ['a', 'b', 'c'].map((id) => ({ id, category: null }))
  const reading = (proposal: string, evaluator: string, purpose = 'first', ended: Date | null = null) => ({
    proposal,
    evaluator,
    purpose,
    wave: null,
    ended,
  })
  const readings = [
    reading('a', '1'),
    reading('a', '2'),
    reading('b', '1'),
    reading('b', '2', 'first', new Date(0)),
    reading('c', '1'),
    reading('c', '2'),
    reading('c', '3', 'third'),
  ]
  const waves = [{ seq: 1, extra: 2, proposals: ['c'] }]
  const owed = owedReaders(entries, readings, { reviews: 2, waves, third: new Set(['a', 'c']) })
  assert.deepEqual(
    owed.map(({ proposal, extra, readers }) => [proposal, extra, readers]),
    [
      ['a', 1, ['1', '2']],
      ['b', 1, ['1']],
      ['c', 2, ['1', '2', '3']],
    ],
  )
  const pairs = ['a', 'b', 'c', 'c', 'c'].map((proposal) => ({ proposal }))
  assert.deepEqual(labelReadings(pairs, readings, { opened: true, third: new Set(['a', 'c']), waves }), [
    { purpose: 'third', wave: null },
    { purpose: 'replacement', wave: null },
    { purpose: 'wave', wave: 1 },
    { purpose: 'wave', wave: 1 },
    { purpose: 'replacement', wave: null },
  ])
})

test('judging: sending the same fields any number of times leaves what sending them once leaves', () => {
  const field = fc.record({
    criterion: fc.constantFrom('x', 'y'),
    points: fc.option(fc.integer({ min: 0, max: 100 })),
    comment: fc.constantFrom('', 'baik'),
    base: fc.integer({ min: 0, max: 2 }),
  })
  const stored = fc.array(
    fc.record({ points: fc.option(fc.integer({ min: 0, max: 100 })), revision: fc.integer({ min: 1, max: 2 }) }),
    {
      minLength: 2,
      maxLength: 2,
    },
  )
  fc.assert(
    fc.property(stored, fc.uniqueArray(field, { selector: (each) => each.criterion, maxLength: 2 }), (rows, marks) => {
      const before = {
        note: '',
        noteRevision: 0,
        commentsForEntrant: false,
        marks: rows.map((row, i) => ({ criterion: 'xy'[i]!, comment: '', ...row })),
      }
      const first = mergeParts(['x', 'y'], before, { marks })
      const written = new Map(first.marks.map((mark) => [mark.criterion, mark]))
      const after = { ...before, marks: before.marks.map((mark) => written.get(mark.criterion) ?? mark) }
      const again = mergeParts(['x', 'y'], after, { marks })
      assert.deepEqual(again.marks, [])
      for (const mark of first.marks)
        assert.equal(mark.revision, before.marks.find((b) => b.criterion === mark.criterion)!.revision + 1)
    }),
  )
})
