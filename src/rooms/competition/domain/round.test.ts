import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Json, values } from './paths.ts'
import { agencyKinds, clusterOf, questionsFor, type Rules } from './round.ts'
import type { RuleProblem } from './round-consistency.ts'
import { provenance } from './round-notes.ts'
import { parseRules } from './round-reading.ts'
import { shippedRounds } from './shipped-rounds.ts'

const rounds = shippedRounds()
const round = (year: number) => rounds.find((each) => each.year === year)!
const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0)

/** What a reader needs no source for: names, words, the questions' build and the notes themselves. */
const needsNoSource =
  /^(schema|version|key|settings|sources)(\.|$)|^(name|theme)(\.|$)|(^|\.)(key|kind|label\.(id|en)|help\.(id|en))$|\.choices(\.|$)/

describe('the shipped rounds', () => {
  for (const rules of rounds) {
    describe(rules.key, () => {
      it('parses to itself a second time', () => {
        assert.deepEqual(parseRules(rules), { ok: true, rules })
      })
      for (const group of rules.groups) {
        it(`weighs the scored questions of ${group.key} to 100`, () => {
          const scored = questionsFor(rules, group.key).filter((question) => question.scored)
          assert.equal(sum(scored.map((question) => question.weight)), 100)
        })
        it(`gives the clusters of ${group.key} as many places as the group has`, () => {
          const wanted = rules.select.byGroup[group.key]
          const quotas = rules.clusters.map((cluster) => cluster.quota)
          if (typeof wanted !== 'number' || quotas.some((quota) => quota === null)) return
          assert.equal(sum(quotas.map((quota) => quota![group.key]!)), wanted)
        })
        it(`says for ${group.key} whether the agency's number is limited`, () => {
          assert.ok(group.key in rules.quotas)
          assert.ok(group.key in rules.select.byGroup)
        })
      }
      it('says of every value whether a source or a choice stands behind it', () => {
        const silent = values(rules)
          .map(([path]) => path)
          .filter((path) => !needsNoSource.test(path) && provenance(rules, path) === null)
        assert.deepEqual(silent, [])
      })
      it('has a cluster for every kind of agency', () => {
        for (const kind of agencyKinds) assert.ok(clusterOf(rules, kind))
      })
      it('speaks two different languages', () => {
        const texts = new Map(values(rules))
        const untranslated = [...texts]
          .filter(
            ([path, text]) =>
              /\.help\.id$|^settings\..*\.id$/.test(path) && texts.get(path.replace(/id$/, 'en')) === text,
          )
          .map(([path]) => path)
        assert.deepEqual(untranslated, [])
      })
    })
  }

  it('keeps the split of 2017, which sums to 99', () => {
    const split = Object.fromEntries(round(2017).clusters.map((cluster) => [cluster.key, cluster.quota?.umum]))
    assert.deepEqual(split, { kementerian: 20, lembaga: 3, provinsi: 21, kabupaten: 34, kota: 15, bumn: 2, bumd: 4 })
    assert.equal(sum(Object.values(split).map(Number)), 99)
    assert.equal(round(2017).quotas.umum, null)
  })
  it('keeps the weights of 2023', () => {
    const weights = round(2023).groups[0]!.questions.map((question) => question.weight)
    assert.deepEqual(weights.slice(0, 8), [0, 10, 15, 5, 30, 20, 5, 15])
  })
  it('keeps the word limits of 2021', () => {
    const limits = round(2021).groups.map((group) => group.questions.map((question) => question.maxWords))
    assert.deepEqual(limits, [
      [200, 600, 600, 200, 400, 600, 200],
      [200, 100, 200, 100],
      [200, 200, 200, 300, 300],
    ])
  })
  it('judges 2025 without interviews, from 85 points, in eighteen categories that are not public', () => {
    const rules = round(2025)
    assert.equal(rules.interview, null)
    assert.equal(rules.scoring.passMark, 85)
    assert.equal(rules.categories.length, 18)
    assert.notEqual(provenance(rules, 'categories.energi.label.id')?.setting, null)
  })
})

describe('where a value comes from', () => {
  it('shows a published number as published', () => {
    assert.deepEqual(provenance(round(2025), 'scoring.passMark'), { sources: ['MENPAN25a'], setting: null })
  })
  it('shows a chosen number as a choice, with the reason', () => {
    const found = provenance(round(2025), 'scoring.gapLimit')
    assert.deepEqual(found?.sources, [])
    assert.match(found?.setting?.en ?? '', /not public/)
  })
  it('shows both where the date is published and the hour was chosen', () => {
    const found = provenance(round(2017), 'calendar.submissionCloses')
    assert.deepEqual(found?.sources, ['SEED001'])
    assert.match(found?.setting?.en ?? '', /hour/)
  })
  it('never shows the split of a year as a published quota', () => {
    for (const rules of rounds)
      for (const cluster of rules.clusters)
        assert.notEqual(provenance(rules, `clusters.${cluster.key}.quota.umum`)?.setting, null)
  })
})

describe('a document that contradicts itself', () => {
  const spoil = (change: (rules: Rules) => void, year = 2021) => {
    const rules = structuredClone(round(year))
    change(rules)
    const parsed = parseRules(rules)
    return parsed.ok ? [] : parsed.problems.map((each) => each.problem)
  }
  const cases: [RuleProblem, (rules: Rules) => void][] = [
    ['key-twice', (rules) => rules.categories.push(rules.categories[0]!)],
    ['key-twice', (rules) => rules.foot.push(rules.head[0]!)],
    ['weights-not-100', (rules) => (rules.groups[0]!.questions[1]!.weight += 1)],
    ['weight-without-score', (rules) => (rules.head[0]!.weight = 5)],
    ['choice-without-choices', (rules) => (rules.head[0]!.kind = 'choice')],
    ['file-without-evidence', (rules) => (rules.head[0]!.kind = 'file')],
    ['unknown-group', (rules) => (rules.quotas.hantu = 1)],
    ['unknown-group', (rules) => (rules.select.topLevels[0]!.group = 'hantu')],
    ['unknown-category', (rules) => rules.groups[0]!.ageExceptions.push({ category: 'hantu', months: 1 })],
    ['cluster-overlap', (rules) => rules.clusters[0]!.agencyKinds.push('institution')],
    ['cluster-missing', (rules) => rules.clusters.pop()],
    ['cluster-sum', (rules) => (rules.clusters[0]!.quota!.umum! += 1)],
    ['group-sum', (rules) => (rules.select.finalists = 130)],
    ['dates-disordered', (rules) => (rules.calendar.opens = '2022-01-01T00:00:00+07:00')],
    ['dates-disordered', (rules) => (rules.calendar.interviewsTo = '2021-06-27T00:00:00+07:00')],
    ['objection-without-announcement', (rules) => rules.stages.reverse()],
    ['objection-days', (rules) => (rules.objectionDays = null)],
    ['interview-settings', (rules) => (rules.interview = null)],
    ['interview-weights-not-100', (rules) => (rules.interview!.sheet[0]!.weight += 1)],
    ['leader-presence-without-criterion', (rules) => (rules.interview!.leaderPresenceScored = false)],
    ['stage-weights-not-100', (rules) => Object.assign(rules.stages[1]!, { weight: 10 })],
    ['path-names-nothing', (rules) => (rules.sources['calendar.hantu'] = ['X'])],
  ]
  for (const [problem, change] of cases)
    it(`is refused: ${problem} (${change.toString().slice(11, 60)})`, () => assert.ok(spoil(change).includes(problem)))

  it('lists every problem of shape with its path and never throws', () => {
    const rules: Record<string, Json> = { ...round(2017), year: 'dua ribu', tiePolicy: 'alphabetical', extra: 1 }
    const parsed = parseRules(rules)
    assert.ok(!parsed.ok)
    assert.deepEqual(parsed.problems.map((each) => each.path).sort(), ['', 'tiePolicy', 'year'])
    for (const junk of [null, 3, [], 'x', undefined]) assert.equal(parseRules(junk).ok, false)
  })
  it('is refused when a date carries no offset, because it would mean another moment in each zone', () => {
    const rules = structuredClone(round(2017))
    rules.calendar.submissionCloses = '2017-02-28T23:59:59'
    assert.equal(parseRules(rules).ok, false)
  })
})
