import { deepEqual, equal, rejects } from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { bytesSource } from '../src/archive/source.ts'
import { kernelsOnce } from '../src/kernel/open.ts'
import { readArguments, runVerify } from '../src/node/command.ts'
import { nodeTools } from '../src/node/worker-judge.ts'
import { writeHintsFile } from '../src/node/write-hints.ts'
import { platformRandom } from '../src/random.ts'
import { openHintedJudge } from '../src/verify/hinted-judge.ts'
import type { Report } from '../src/verify/report.ts'
import { verify } from '../src/verify/verify.ts'
import { writeHints } from '../src/verify/write-hints.ts'
import { realArchive } from './archive-made.ts'
import { joinRecords } from './hinted.ts'
import { ask } from './keyed-election.ts'
import { makeArchive } from './make.ts'

const openKernel = kernelsOnce(platformRandom)
const folder = mkdtempSync(join(tmpdir(), 'ballot-hints-'))
after(() => rmSync(folder, { recursive: true }))

async function hintsOf(bytes: Uint8Array): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of writeHints(bytesSource(bytes), { openKernel, hash: nodeTools.hash })) parts.push(part)
  return joinRecords(parts)
}

async function judged(bytes: Uint8Array, hints: Uint8Array): Promise<Report> {
  const options = { openKernel, tools: nodeTools, threads: 1, hints: bytesSource(hints) }
  return verify(bytesSource(bytes), { openGroup: openKernel, openJudge: openHintedJudge(options) })
}

const curve = ['single', 'pedersen', 'blank', 'questions', 'weights', 'revotes', 'no-ballots', 'ten-candidates', 'open']
const names = [...curve.map((name) => `3.0-${name}`), '2.0-single', '2.0-questions', '2.0-weights', '2.0-rfc3526']
for (const name of names)
  test(`${name}: with its hints every ballot is batched, and the report is that of the plain judge`, async () => {
    const bytes = realArchive(`${name}.bel`)
    const plain = await verify(bytesSource(bytes), { openGroup: openKernel })
    const { hints, ...report } = await judged(bytes, await hintsOf(bytes))
    deepEqual(report, plain)
    equal(report.verdict, 'sound')
    const { ballots } = report.counts
    deepEqual(hints, ballots === 0 ? undefined : { batched: ballots, plain: 0, missing: 0, false: 0 })
  })

test('Hints written while the election was open still serve when it has grown: the new ballots are judged the plain way', async () => {
  const whole = realArchive('3.0-revotes.bel')
  const text = new TextDecoder('latin1').decode(whole)
  // Up to the header of the third ballot.
  let at = -1
  for (let ballot = 0; ballot < 3; ballot++) at = text.indexOf('{"election_uuid"', at + 1)
  const early = await hintsOf(whole.slice(0, at - 512))
  const { hints, ...report } = await judged(whole, early)
  equal(report.verdict, 'sound')
  deepEqual(hints, { batched: 2, plain: report.counts.ballots - 2, missing: report.counts.ballots - 2, false: 0 })
})

test('For a ballot in another spelling there are no hints, and for those around it there are', async () => {
  const plan = {
    group: 'Ed25519',
    questions: [ask(2)],
    voters: 3,
    votes: 3,
    trustees: { single: 1 },
    seed: 's',
  } as const
  const made = (alter: (ballot: string, at: number) => string) => makeArchive({ ...plan, stage: 'open', alter }).bytes
  const bytes = made((ballot) => ballot)
  const altered = made((ballot, at) => (at === 1 ? ballot.replace('"response":"', '"response":"0') : ballot))
  const [honest, hints] = [await hintsOf(bytes), await hintsOf(altered)]
  const record = (honest.length - 96) / 3
  const expected = honest.slice()
  expected.fill(0, 96 + record, 96 + 2 * record)
  deepEqual(hints, expected)
  const report = await judged(altered, hints)
  const { hints: use, ...rest } = report
  deepEqual(use, { batched: 2, plain: 1, missing: 1, false: 0 })
  deepEqual(rest, await verify(bytesSource(altered), { openGroup: openKernel }))
  deepEqual([...new Set(report.findings.map(({ place }) => place.ballot))], [2])
})

test('Without an election that can be judged no file is written, and nothing is left behind', async () => {
  for (const bytes of [
    new Uint8Array(0),
    realArchive('2.0-other-question.bel').slice(0, 3000),
    realArchive('2.0-other-question.bel'),
  ]) {
    const file = join(folder, 'none.hints')
    equal(await writeHintsFile(bytesSource(bytes), file, openKernel), undefined)
    deepEqual(readdirSync(folder), [])
  }
  const failing = { size: undefined, read: () => Promise.reject(new Error('the disk is gone')) }
  await rejects(writeHintsFile(failing, join(folder, 'none.hints'), openKernel), { message: 'the disk is gone' })
  deepEqual(readdirSync(folder), [])
})

async function run(...args: string[]) {
  const said: string[] = []
  const say = (text: string) => void said.push(text)
  const code = await runVerify(args, { out: say, error: say, terminal: false, env: {} })
  return { code, out: said.join('') }
}
const hintsIn = (out: string): unknown => (JSON.parse(out) as Report).hints

test('melayani-verify writes hints, finds them beside the archive, and does without when told so', async () => {
  const file = join(folder, 'archive.bel')
  writeFileSync(file, realArchive('3.0-single.bel'))
  equal(hintsIn((await run(file, '--json')).out), undefined)
  const three = { batched: 3, plain: 0, missing: 0, false: 0 }
  const written = await run(file, '--write-hints', `${file}.hints`, '--json')
  deepEqual([written.code, hintsIn(written.out)], [0, three])
  deepEqual(new Uint8Array(readFileSync(`${file}.hints`)), await hintsOf(realArchive('3.0-single.bel')))
  deepEqual(hintsIn((await run(file, '--json')).out), three)
  deepEqual(hintsIn((await run(file, '--json', '--threads', '2')).out), three)
  equal(hintsIn((await run(file, '--json', '--no-hints')).out), undefined)
  equal((await run(file)).out.includes('Hints           3 ballots checked together, 0 one by one'), true)
  equal((await run(file, '--lang', 'id')).out.includes('3 surat suara diperiksa bersama, 0 satu per satu'), true)
})

test('Hints that are false, or of another election, are said in the report, and the exit code is that of the archive', async () => {
  const file = join(folder, 'false.bel')
  writeFileSync(file, realArchive('3.0-single.bel'))
  const hints = await hintsOf(realArchive('3.0-single.bel'))
  hints[hints.length - 1]! ^= 1
  writeFileSync(join(folder, 'false.hints'), hints)
  const one = await run(file, '--hints', join(folder, 'false.hints'))
  equal(one.code, 0)
  equal(one.out.includes('2 ballots checked together, 1 one by one'), true)
  equal(one.out.includes('false for 1 sound ballot'), true)
  writeFileSync(join(folder, 'other.hints'), await hintsOf(realArchive('3.0-blank.bel')))
  const other = await run(file, '--hints', join(folder, 'other.hints'))
  equal(other.code, 0)
  equal(other.out.includes('the file belongs to another election; it was not used'), true)
})

test('Where no hints can be written that is said, and the archive is judged all the same', async () => {
  const file = join(folder, 'kind.bel')
  writeFileSync(file, realArchive('2.0-other-question.bel'))
  const { code, out } = await run(file, '--write-hints', `${file}.hints`)
  equal(code, 2)
  equal(out.includes('For this archive no hints can be written.'), true)
  equal(out.includes('election.unsupported'), true)
  equal(existsSync(`${file}.hints`), false)
})

test('A hints file that was named and cannot be read is said so: exit code 2', async () => {
  const file = join(folder, 'named.bel')
  writeFileSync(file, realArchive('3.0-single.bel'))
  const { code, out } = await run(file, '--hints', join(folder, 'not-there.hints'))
  equal(code, 2)
  equal(out.includes('not-there.hints'), true)
  equal(existsSync(`${file}.hints`), false)
})

test('Hints to be read, to be written and to be left alone exclude each other, and one file serves one archive', () => {
  const sensible = (...args: string[]) => readArguments(args, {}) !== undefined
  deepEqual(
    [
      sensible('a.bel', '--hints', 'h'),
      sensible('a.bel', '--write-hints', 'h'),
      sensible('a.bel', 'b.bel', '--no-hints'),
      sensible('a.bel', '--hints', 'h', '--write-hints', 'h'),
      sensible('a.bel', '--hints', 'h', '--no-hints'),
      sensible('a.bel', '--write-hints', 'h', '--no-hints'),
      sensible('a.bel', 'b.bel', '--hints', 'h'),
      sensible('a.bel', 'b.bel', '--write-hints', 'h'),
    ],
    [true, true, true, false, false, false, false, false],
  )
})
