import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { counted, type Heartbeat, judgeHeartbeat, waitAfter, withSmallHidden } from './heartbeat.ts'
import { newKeyPair, signedBy } from './signed.ts'

const now = new Date('2026-05-01T00:00:00Z')
describe('exchange: a heartbeat', () => {
  it('tells no count of one to four', () => {
    assert.deepEqual([0, 1, 4, 5, 100].map(counted), [0, null, null, 5, 100])
    assert.deepEqual([1, 2, 3, 9, 10, 40].map(waitAfter), [1, 2, 4, 256, 360, 360])
  })

  const own = newKeyPair()
  const from = newKeyPair()
  const said: Heartbeat = {
    format: 'melayani.heartbeat/1',
    from: { name: 'Lain', address: 'https://lain.go.id', key: from.key },
    to: own.key,
    sequence: 1,
    made: now.toISOString(),
    service: '01970000-0000-7000-8000-000000000001',
    package: 'id.contoh.kursi',
    version: '1.0.0',
    agency: { name: 'Kabupaten Contoh', region: '35.10' },
    stage: 'first-case',
    asleep: null,
    installed: '2026-04-01',
    firstCase: '2026-04-20',
    casesLast30: 7,
    day: null,
    figures: [],
  }
  const text = (change: object = {}, secret = from.secret) => JSON.stringify(signedBy(secret, { ...said, ...change }))
  const outcome = (given: string) => {
    const judged = judgeHeartbeat(given, { own: own.key, now })
    return judged.ok ? 'taken' : judged.refusal
  }

  it('is taken when it is signed and meant for us; anything else in it is refused, names of persons too', () => {
    assert.equal(outcome(text()), 'taken')
    assert.equal(outcome(text({}, own.secret)), 'signature-wrong')
    assert.equal(outcome(text().replace('"casesLast30":7', '"casesLast30":700')), 'signature-wrong')
    assert.equal(outcome(text({ to: from.key })), 'not-for-us')
    assert.equal(outcome(text({ made: '2026-05-01T01:00:00Z' })), 'made-later')
    assert.equal(outcome(text({ names: ['Siti'] })), 'not-a-heartbeat')
    assert.equal(outcome(text({ agency: { ...said.agency, head: 'Siti' } })), 'not-a-heartbeat')
    assert.equal(outcome(text({ figures: Array.from({ length: 61 }, () => ({})) })), 'not-a-heartbeat')
    assert.equal(outcome('x'.repeat(100_000)), 'not-a-heartbeat')
  })

  it('is shown with small groups hidden, even when the sender did not hide them', () => {
    const figure = (n: number) => ({
      indicator: 'a',
      names: { id: 'A' },
      whole: { n, value: 50, hidden: false },
    })
    const hidden = withSmallHidden({ ...said, casesLast30: 3, figures: [figure(4), figure(5), figure(0)] })
    assert.equal(hidden.casesLast30, null)
    assert.deepEqual(
      hidden.figures.map(({ whole }) => whole),
      [{ n: null, value: null, hidden: true }, figure(5).whole, figure(0).whole],
    )
  })
})
