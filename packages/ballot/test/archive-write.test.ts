import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ArchiveWriter, type Stage, WriteRefused } from '../src/archive/index.ts'
import { joined } from '../src/archive/source.ts'
import { chained, judged, madeArchive, ownedTexts, setupTexts, tallyTexts, timestamp } from './archive-made.ts'

test('the writer refuses every step that is out of order, and is as before', () => {
  const size = { numTallied: 1, totalWeight: 1n }
  const texts = { election: '1', trustees: '2', credentials: '3' }
  const steps: { [name: string]: (writer: ArchiveWriter) => Uint8Array } = {
    begin: (writer) => writer.begin(timestamp),
    setup: (writer) => writer.setup(texts),
    ballot: (writer) => writer.ballot('{}'),
    endBallots: (writer) => writer.endBallots(),
    encryptedTally: (writer) => writer.encryptedTally('[]', size),
    partialDecryption: (writer) => writer.partialDecryption(1, '{}'),
    result: (writer) => writer.result('{}'),
  }
  const allowed: { [after: string]: readonly string[] } = {
    '': ['begin'],
    begin: ['setup'],
    setup: ['ballot', 'endBallots'],
    endBallots: ['encryptedTally'],
    encryptedTally: ['partialDecryption'],
    partialDecryption: ['result'],
    result: [],
  }
  const writer = new ArchiveWriter()
  for (const [after, next] of Object.entries(allowed)) {
    if (after !== '') steps[after]!(writer)
    const before = { ...writer.state }
    for (const [name, step] of Object.entries(steps)) {
      if (next.includes(name)) continue
      assert.throws(() => step(writer), WriteRefused, `${name} after ${after}`)
      assert.deepEqual(writer.state, before)
    }
  }
  assert.equal(writer.stage, 'decrypted')
})

test('the writer refuses the identical ballot, a trustee twice or without number, and a text with a line break', () => {
  const writer = new ArchiveWriter()
  writer.begin(timestamp)
  const texts = { election: '1', trustees: '2', credentials: '3' }
  assert.throws(() => writer.setup({ ...texts, election: '1\n' }), WriteRefused)
  writer.setup(texts)
  writer.ballot('{}')
  assert.throws(() => writer.ballot('{}'), WriteRefused)
  assert.throws(() => writer.ballot(''), WriteRefused)
  writer.ballot('{"again":1}')
  writer.endBallots()
  writer.encryptedTally('[]', { numTallied: 1, totalWeight: 1n })
  writer.partialDecryption(2, '{}')
  assert.throws(() => writer.partialDecryption(2, '{"other":1}'), WriteRefused)
  assert.throws(() => writer.partialDecryption(0, '{"other":1}'), WriteRefused)
})

test('a writer goes on wherever an archive stands: the same bytes as in one go', async () => {
  const complete = madeArchive('decrypted')
  const steps: ((writer: ArchiveWriter) => Uint8Array)[] = [
    (writer) => writer.begin(timestamp),
    (writer) => writer.setup({ election: '{"election":1}', trustees: '["trustees"]', credentials: '["credentials"]' }),
    (writer) => writer.ballot('{"ballot":0}'),
    (writer) => writer.endBallots(),
    (writer) => writer.encryptedTally('[["tally"]]', { numTallied: 1, totalWeight: 1n }),
    (writer) => writer.partialDecryption(1, '{"partial":1}'),
    (writer) => writer.partialDecryption(2, '{"partial":2}'),
    (writer) => writer.result('{"result":[[1]]}'),
  ]
  let bytes = new Uint8Array(0)
  for (const step of steps) {
    const { state } = await judged(bytes)
    bytes = joined([bytes, step(ArchiveWriter.resume(state))])
  }
  assert.deepEqual(bytes, complete)
})

test('property: the writer refuses a step exactly when the order finds a fault in it, and else writes the same bytes', async () => {
  type Step = { event: Parameters<typeof chained>[0][number]; write: (writer: ArchiveWriter) => Uint8Array }
  const [election, trustees, credentials] = setupTexts() as [string, string, string]
  const step = fc.oneof(
    fc.constant<Step>({
      event: { type: 'Setup', texts: setupTexts() },
      write: (writer) => writer.setup({ election, trustees, credentials }),
    }),
    fc.integer({ min: 0, max: 2 }).map<Step>((n) => ({
      event: { type: 'Ballot', texts: [`{"ballot":${n}}`] },
      write: (writer) => writer.ballot(`{"ballot":${n}}`),
    })),
    fc.constant<Step>({ event: { type: 'EndBallots' }, write: (writer) => writer.endBallots() }),
    fc.constant<Step>({
      event: { type: 'EncryptedTally', texts: tallyTexts() },
      write: (writer) => writer.encryptedTally('[["tally"]]', { numTallied: 1, totalWeight: 1n }),
    }),
    fc.integer({ min: 1, max: 2 }).map<Step>((owner) => ({
      event: { type: 'PartialDecryption', texts: ownedTexts(owner) },
      write: (writer) => writer.partialDecryption(owner, `{"partial":${owner}}`),
    })),
    fc.constant<Step>({
      event: { type: 'Result', texts: ['{"result":[[1]]}'] },
      write: (writer) => writer.result('{"result":[[1]]}'),
    }),
  )
  const reached = new Set<Stage>()
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 60, maxLength: 60 }), async (steps) => {
      const writer = new ArchiveWriter()
      const parts = [writer.begin(timestamp)]
      const taken: Step['event'][] = []
      // What is refused is left out, so that even random steps get to the end of an election.
      for (const { event, write } of steps) {
        const { faults } = await judged(chained([...taken, event]))
        if (faults.length > 0) assert.throws(() => write(writer), WriteRefused)
        else {
          parts.push(write(writer))
          taken.push(event)
          assert.deepEqual(joined(parts), chained(taken))
        }
      }
      reached.add(writer.stage)
    }),
    { numRuns: 10 },
  )
  assert.ok(reached.has('decrypted'))
})
