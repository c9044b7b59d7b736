import { deepEqual, equal, match, rejects } from 'node:assert/strict'
import { test } from 'node:test'
import { ArchiveWriter } from '../src/archive/index.ts'
import { bytesSource, joined, type Source } from '../src/archive/source.ts'
import { drawCredential, publicCredentials } from '../src/cast/credential.ts'
import { openBoothWith } from '../src/cast/encrypt.ts'
import { drawUuid, makeElection } from '../src/election.ts'
import { readBallot } from '../src/format/ballot.ts'
import { writeCredentials } from '../src/format/credentials.ts'
import { writeTrustees } from '../src/format/trustees.ts'
import { openGroup } from '../src/group/index.ts'
import { openEdwardsKernel } from '../src/kernel/ed25519.ts'
import { kernelsOnce } from '../src/kernel/open.ts'
import { nodeTools, startNodeThread } from '../src/node/worker-judge.ts'
import { platformRandom } from '../src/random.ts'
import { makeSingle } from '../src/trustee/single.ts'
import { openHintedJudge } from '../src/verify/hinted-judge.ts'
import type { BallotTask, ChunkVerdict, Judge, OpenJudge } from '../src/verify/judge.ts'
import { type FromJudge, packChunk, type ToJudge, unpackChunk } from '../src/verify/judge-messages.ts'
import { judgeThread } from '../src/verify/judge-thread.ts'
import { JudgeThreads, type StartThread } from '../src/verify/judge-threads.ts'
import { verify } from '../src/verify/verify.ts'
import { writeHints } from '../src/verify/write-hints.ts'
import { realArchive } from './archive-made.ts'
import { forgeAll, hintMaker, joinRecords, madeBallots, task, textOf } from './hinted.ts'
import { ask } from './keyed-election.ts'
import { makeArchive } from './make.ts'
import { seeded } from './seeded.ts'

const openKernel = kernelsOnce(platformRandom)
const tools = nodeTools

/** A thread that is none: the same work in this one, a message at a time. */
const sameThread: StartThread = (answer) => {
  const work = judgeThread(tools)
  let last = Promise.resolve()
  return {
    send(message) {
      const copy = structuredClone(message)
      last = last.then(async () => answer(structuredClone(await work(copy))))
    },
    async end() {},
  }
}

const opening: ToJudge & { kind: 'open' } = {
  kind: 'open',
  context: { election: '', alphas: false },
  capacity: undefined,
}

const verdict = (number: number): ChunkVerdict => ({
  findings: [],
  classes: { refused: 0, 'not-canonical': 0, profile: 0, unusable: 0 },
  counts: { records: 0, hashes: 0, ballots: number, proofs: 0, memberships: 0, signatures: 0 },
  product: [],
})

/** Threads that the test answers for. */
function strings() {
  const started: {
    sent: ToJudge[]
    answer: (message: FromJudge) => void
    end: (reason: string) => void
    over: boolean
  }[] = []
  const start: StartThread = (answer, ended) => {
    const thread = { sent: [] as ToJudge[], answer, end: ended, over: false }
    started.push(thread)
    return {
      send: (message) => void thread.sent.push(message),
      end: async () => {
        thread.over = true
      },
    }
  }
  return { started, start }
}
const one = [task('a ballot', 1)]
const none = new Uint8Array(0)

test('A chunk packed and unpacked is the same, also with bodies that are views of a larger buffer', () => {
  const buffer = new TextEncoder().encode('xxabcyyyde')
  const tasks: BallotTask[] = [task('', 1), task('abc', 2), task('de', 3, 7n)].map((each) => ({
    ...each,
    body: buffer.subarray(buffer.indexOf(each.body[0] ?? 120), buffer.indexOf(each.body[0] ?? 120) + each.body.length),
  }))
  const packed = packChunk(tasks, buffer.subarray(7, 9))
  equal(packed.bodies.buffer.byteLength, 5)
  equal(packed.hints.buffer.byteLength, 2)
  deepEqual(
    unpackChunk(structuredClone(packed)).map((each) => ({ ...each, body: [...each.body] })),
    tasks.map((each) => ({ ...each, body: [...each.body] })),
  )
})

test('Threads are started when there is work for them, and answers go to those who asked', async () => {
  const { started, start } = strings()
  const threads = new JudgeThreads(start, 2, opening)
  equal(threads.width, 4)
  equal(started.length, 0)
  const asked = [1, 2, 3].map(() => threads.judge(one, none))
  deepEqual(
    started.map(({ sent }) => sent.map(({ kind }) => kind)),
    [
      ['open', 'judge', 'judge'],
      ['open', 'judge'],
    ],
  )
  started[1]!.answer({ kind: 'open' })
  started[1]!.answer({ kind: 'verdict', verdict: verdict(22) })
  started[0]!.answer({ kind: 'verdict', verdict: verdict(11) })
  started[0]!.answer({ kind: 'verdict', verdict: verdict(33) })
  deepEqual(
    (await Promise.all(asked)).map(({ counts }) => counts.ballots),
    [11, 22, 33],
  )
  // One that is idle is taken before another is started.
  void threads.judge(one, none)
  equal(started.length, 2)
  await threads.close()
  deepEqual(
    started.map(({ over }) => over),
    [true, true],
  )
})

for (const how of ['ended', 'failed'] as const)
  test(`When one thread has ${how}, everything under way and everything after it fails, and says why`, async () => {
    const { started, start } = strings()
    const threads = new JudgeThreads(start, 3, opening)
    const asked = [1, 2, 3, 4].map(() => threads.judge(one, none))
    started[0]!.answer({ kind: 'verdict', verdict: verdict(1) })
    equal((await asked[0])?.counts.ballots, 1)
    if (how === 'ended') started[1]!.end('out of memory')
    else started[1]!.answer({ kind: 'failed', reason: 'out of memory' })
    const lost = { name: 'ThreadLost', message: /^a thread that judges ballots was lost.*: out of memory$/ }
    for (const each of asked.slice(1)) await rejects(each, lost)
    await rejects(threads.judge(one, none), lost)
    // What comes too late is nobody's.
    started[2]!.answer({ kind: 'verdict', verdict: verdict(9) })
    await threads.close()
  })

test('A thread that gets nonsense answers that it cannot go on', async () => {
  const work = judgeThread(tools)
  deepEqual(await work({ kind: 'judge', chunk: packChunk(one, none) }), {
    kind: 'failed',
    reason: 'a chunk came before the election',
  })
  equal((await work(opening)).kind, 'failed')
})

const forty = makeArchive({
  group: 'Ed25519',
  questions: [ask(2)],
  voters: 40,
  votes: 40,
  trustees: { single: 1 },
  stage: 'final',
  seed: 'threads',
})

/** The hints file of an archive. */
async function hintsFile(source: Source): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of writeHints(source, { openKernel, hash: tools.hash })) parts.push(part)
  return joinRecords(parts)
}

/** A judge with chunks of so many ballots, and the most of them that were under way at once. */
function watched(open: OpenJudge, ballots: number) {
  const seen = { chunks: 0, most: 0, sizes: [] as number[] }
  let underWay = 0
  const openJudge: OpenJudge = async (context) => {
    const inner: Judge = await open(context)
    return {
      ...inner,
      chunk: { ...inner.chunk, ballots },
      async judge(tasks) {
        seen.chunks++
        seen.most = Math.max(seen.most, ++underWay)
        seen.sizes.push(tasks.length)
        try {
          return await inner.judge(tasks)
        } finally {
          underWay--
        }
      },
    }
  }
  return { seen, openJudge }
}

test('One thread, two threads, two that are this one: the same report, with hints and without', async () => {
  const source = bytesSource(forty.bytes)
  const plain = await verify(source)
  equal(plain.verdict, 'sound')
  equal(plain.counts.ballots, 40)
  const file = bytesSource(await hintsFile(source))
  for (const hints of [undefined, file])
    for (const [threads, startThread] of [
      [1, startNodeThread],
      [2, startNodeThread],
      [2, sameThread],
    ] as const) {
      const options = { openKernel, tools, threads, startThread, ...(hints ? { hints } : {}) }
      const { openJudge, seen } = watched(openHintedJudge(options), 7)
      const { hints: use, ...report } = await verify(source, { openGroup: openKernel, openJudge })
      deepEqual(report, plain)
      deepEqual(use, hints && { batched: 40, plain: 0, missing: 0, false: 0 })
      deepEqual([seen.chunks, Math.max(...seen.sizes)], [6, 7])
      equal(seen.most <= 2 * threads, true)
    }
})

test('With guilty ballots in several chunks, two threads say what one says, at the same places', async () => {
  const altered = makeArchive({
    ...{ group: 'Ed25519', questions: [ask(2)], voters: 20, votes: 20, trustees: { single: 1 }, stage: 'ended' },
    seed: 'guilty',
    alter: (ballot, at) => (at % 6 === 4 ? ballot.replace(/"response":"\d+"/, '"response":"7"') : ballot),
  })
  const source = bytesSource(altered.bytes)
  const plain = await verify(source, { openGroup: openKernel })
  equal(plain.verdict, 'refused')
  deepEqual([...new Set(plain.findings.map(({ place }) => place.ballot))], [5, 11, 17])
  const hints = bytesSource(await hintsFile(source))
  for (const threads of [1, 2]) {
    const { openJudge } = watched(
      openHintedJudge({ openKernel, tools, threads, startThread: startNodeThread, hints }),
      3,
    )
    const { hints: use, ...report } = await verify(source, { openGroup: openKernel, openJudge })
    deepEqual(report, plain)
    deepEqual(use, { batched: 17, plain: 3, missing: 0, false: 0 })
  }
})

/** An open election with so many ballots, made quickly: nobody's votes, so the kernel may encrypt. */
async function largeArchive(count: number): Promise<Uint8Array> {
  const kernel = await openKernel('Ed25519')
  const random = seeded('large')
  const { key } = makeSingle(openGroup('Ed25519'), random)
  const { text, election } = makeElection(
    {
      ...{ name: 'Besar', description: '', group: 'Ed25519', publicKey: key.public_key },
      questions: [ask(1)],
    },
    drawUuid(random),
  )
  const booth = openBoothWith(kernel, text)
  const ballots = Array.from({ length: count }, () => booth.encrypt(drawCredential(random), [[1]], random).text)
  const roll = publicCredentials(
    kernel,
    ballots.map((ballot) => ({ element: readBallot(ballot).credential, weight: 1n })),
  )
  const writer = new ArchiveWriter()
  const setup = { election: text, trustees: writeTrustees([['Single', key]]), credentials: writeCredentials(roll) }
  equal(election.questions.length, 1)
  return joined([writer.begin(1_795_332_664), writer.setup(setup), ...ballots.map((ballot) => writer.ballot(ballot))])
}

test('Two thousand ballots in chunks of ten: no more than four chunks are under way at once', async () => {
  const source = bytesSource(await largeArchive(2000))
  let [underWay, most] = [0, 0]
  // Counted where chunks enter and leave a thread.
  const start: StartThread = (answer, ended) => {
    const inner = sameThread((message) => {
      if (message.kind === 'verdict') underWay--
      answer(message)
    }, ended)
    return {
      ...inner,
      send(message, handedOver) {
        if (message.kind === 'judge') most = Math.max(most, ++underWay)
        inner.send(message, handedOver)
      },
    }
  }
  const open = openHintedJudge({ openKernel, tools, threads: 2, startThread: start })
  const { openJudge, seen } = watched(open, 10)
  const report = await verify(source, { openGroup: openKernel, openJudge })
  deepEqual([report.verdict, report.counts.ballots, report.counts.proofs], ['sound', 2000, 2 * 2000 + 1])
  deepEqual([seen.chunks, seen.most, Math.max(...seen.sizes), most, underWay], [200, 4, 10, 4, 0])
})

test('A worker that dies while it judges makes the archive unjudged, never sound', async () => {
  const source = bytesSource(forty.bytes)
  let started = 0
  const dying: StartThread = (answer, ended) => {
    const inner = startNodeThread(answer, ended)
    // The second one is ended from outside when it gets its first chunk.
    if (++started !== 2) return inner
    return {
      ...inner,
      send(message, handedOver) {
        inner.send(message, handedOver)
        if (message.kind === 'judge') void inner.end().then(() => ended('it was killed'))
      },
    }
  }
  const { openJudge } = watched(openHintedJudge({ openKernel, tools, threads: 2, startThread: dying }), 5)
  await rejects(verify(source, { openGroup: openKernel, openJudge }), (error: Error) => {
    match(error.message, /^a thread that judges ballots was lost, so not all ballots were judged: it was killed$/)
    return true
  })
  equal(started, 2)
})

test('A file of hints for another election is named in the report, and the archive is judged without it', async () => {
  const source = bytesSource(forty.bytes)
  const other = await hintsFile(bytesSource(realArchive('3.0-single.bel')))
  const plain = await verify(source, { openGroup: openKernel })
  for (const [bytes, refused] of [
    [other, 'other-election'],
    [other.slice(0, 50), 'other-election'],
    [new Uint8Array(0), 'not-hints'],
    [forty.bytes, 'not-hints'],
  ] as const) {
    const options = { openKernel, tools, threads: 1, hints: bytesSource(bytes) }
    const report = await verify(source, { openGroup: openKernel, openJudge: openHintedJudge(options) })
    deepEqual(report, { ...plain, hints: { refused, batched: 0, plain: 40, missing: 40, false: 0 } })
  }
})

test('Forged ballots in an archive, with hints that hold what was hashed: refused in one thread and in two', async () => {
  const kernel = await openEdwardsKernel()
  const kit = { group: kernel, kernel }
  const signed = madeBallots(kit, [ask(2)], 4, 'forged')
  const forged = forgeAll(kit, signed)
  const tasks = signed.tasks.map((each, k) => (k === 2 ? forged[k]!.task : each))
  const maker = hintMaker(kit, signed.context)
  equal(maker.layout.record > 32, true)
  for (const threads of [1, 2]) {
    const judge = await openHintedJudge({ openKernel, tools, threads, startThread: startNodeThread })(signed.context)
    const { findings } = await judge.judge(tasks)
    deepEqual(
      findings.map(({ rule, place }) => [rule, place.ballot]),
      [['ballot.individual-proof', 3]],
    )
    equal(textOf(tasks[2]!) === textOf(signed.tasks[2]!), false)
    await judge.close()
  }
})

test('a hints file that cannot be read, from its beginning or from some place on, keeps no archive from being judged', async () => {
  const source = bytesSource(forty.bytes)
  const hints = await hintsFile(source)
  const plain = await verify(source, { openGroup: openKernel })
  for (const readable of [0, 96, 5000]) {
    const failing: Source = {
      size: hints.length,
      async read(offset, length) {
        if (offset + length > readable) throw new Error('the disk does not answer')
        return hints.subarray(offset, offset + length)
      },
    }
    const openJudge = openHintedJudge({ openKernel, tools, threads: 1, startThread: sameThread, hints: failing })
    const { hints: _, ...report } = await verify(source, { openGroup: openKernel, openJudge })
    deepEqual(report, plain, `${readable} bytes can be read`)
  }
})
