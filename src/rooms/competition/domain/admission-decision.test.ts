import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { changeOutcome, giveReading, type Readable, type Reading, stageTime, standingOf } from './admission-decision.ts'

const at = new Date('2017-03-12T02:00:00Z')
const typed = (verdict: 'pass' | 'fail') => ({
  verdict,
  reasons: verdict === 'fail' ? [{ rule: 'age' as const, note: 'baru dua bulan' }] : [],
  note: null,
  source: null,
})

/** Plays a story of readings as the room would: each accepted one is kept and moves the entry. */
function play(acts: readonly { by: string; verdict: 'pass' | 'fail'; change: boolean }[]) {
  const entry = { state: 'submitted', stage: 'open' as const, readings: [] as Reading[] }
  for (const { by, verdict, change } of acts) {
    const decided = (change ? changeOutcome : giveReading)(entry as Readable, typed(verdict), by)
    if (!decided.ok) continue
    const { reading, reasons, note, outcome } = decided.change
    entry.readings.push({ reading, verdict, reasons, note, by, at })
    if (outcome) entry.state = outcome
  }
  return entry
}

const acts = fc.array(
  fc.record({
    by: fc.constantFrom('a', 'b', 'c'),
    verdict: fc.constantFrom('pass' as const, 'fail' as const),
    change: fc.boolean(),
  }),
  { maxLength: 12 },
)

describe('competition: readings in the administrative selection', () => {
  it('never lets the same person follow on themselves, and never fails an entry that one person alone has failed', () => {
    fc.assert(
      fc.property(acts, (story) => {
        const { readings, state } = play(story)
        readings.forEach((each, i) => {
          if (i > 0) assert.notEqual(each.by, readings[i - 1]!.by)
        })
        if (state === 'failed') assert.ok(new Set(readings.map(({ by }) => by)).size >= 2)
      }),
    )
  })

  it('keeps the entry as its last reading says, with numbers that rise', () => {
    fc.assert(
      fc.property(acts, (story) => {
        const { readings, state } = play(story)
        const states = { unread: 'submitted', 'second-reading': 'submitted', passed: 'passed', failed: 'failed' }
        assert.equal(state, states[standingOf(readings)])
        readings.forEach((each, i) => {
          assert.ok(each.reading > (readings[i - 1]?.reading ?? 0))
        })
      }),
    )
  })

  it('refuses by the name of the rule', () => {
    const entry: Readable = { state: 'submitted', stage: 'open', readings: [] }
    const refusal = (of: Readable, act: typeof giveReading, verdict: 'pass' | 'fail', by = 'a') => {
      const decided = act(of, typed(verdict), by)
      return decided.ok ? 'done' : decided.refusal
    }
    assert.equal(refusal({ ...entry, stage: 'none' }, giveReading, 'pass'), 'admission-not-yet')
    assert.equal(refusal({ ...entry, stage: 'over' }, giveReading, 'pass'), 'admission-over')
    assert.equal(refusal({ ...entry, state: 'withdrawn' }, giveReading, 'pass'), 'admission-not-entered')
    assert.equal(refusal(entry, changeOutcome, 'pass'), 'admission-undecided')
    const passed = { ...entry, state: 'passed', readings: play([{ by: 'a', verdict: 'pass', change: false }]).readings }
    assert.equal(refusal(passed, giveReading, 'fail', 'b'), 'admission-decided')
    assert.equal(refusal(passed, changeOutcome, 'pass', 'b'), 'admission-no-change')
    assert.equal(refusal(passed, changeOutcome, 'fail', 'a'), 'admission-same-reader')
    assert.equal(refusal({ ...passed, stage: 'over' }, changeOutcome, 'fail', 'b'), 'done')
    const silent = giveReading(entry, { ...typed('fail'), reasons: [] }, 'a')
    assert.equal(!silent.ok && silent.refusal, 'admission-no-reason')
  })

  it('knows where a stage stands by its row', () => {
    const times = [undefined, { opened: null, closed: null }, { opened: at, closed: null }, { opened: at, closed: at }]
    assert.deepEqual(times.map(stageTime), ['none', 'not-yet', 'open', 'over'])
  })
})
