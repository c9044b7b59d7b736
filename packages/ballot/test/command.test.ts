import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readArguments, runVerify } from '../src/node/command.ts'
import { judgeSecond, saySecond } from '../src/node/second.ts'
import type { Report } from '../src/verify/report.ts'
import { ruleOf } from '../src/verify/rules.ts'
import { sayReport, shown } from '../src/verify/say.ts'
import { alter, changeText } from './alter.ts'
import { forge } from './forge.ts'

const path = (name: string) => new URL(`./archives/${name}.bel`, import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'ballot-command-'))
after(() => rmSync(folder, { recursive: true }))
function written(name: string, bytes: Uint8Array): string {
  writeFileSync(join(folder, name), bytes)
  return join(folder, name)
}

/** The command in this process. */
async function run(args: string[], env: Record<string, string> = {}, terminal = false) {
  let [out, error] = ['', '']
  const code = await runVerify(args, {
    out: (text) => {
      out += text
    },
    error: (text) => {
      error += text
    },
    terminal,
    env,
  })
  return { code, out, error }
}

const election = forge()
const voice = election.ballot(0, [1])
const wrong = written('wrong.bel', election.open(voice.replace(/"response":"\d+"\}\}\}$/, '"response":"1"}}}')))
const respelt = written(
  'respelt.bel',
  election.open(election.resign(voice, 0, (text) => text.replace(/(?<="response":)"/, '"0'))),
)

test('exit code 0: all is well, at every stage', async () => {
  for (const stage of ['open', 'ended', 'tallied', 'decrypting', 'all-blank'])
    assert.equal((await run([path(`3.0-${stage}`)])).code, 0)
})
test('exit code 1: refused, in another spelling, not final, not as the profile wants it', async () => {
  assert.equal((await run([wrong])).code, 1)
  assert.equal((await run([respelt])).code, 1)
  assert.equal((await run([path('3.0-tallied'), '--final'])).code, 1)
  assert.equal((await run([path('3.0-all-blank'), '--final'])).code, 0)
  assert.equal((await run([path('3.0-revotes'), '--profile', 'pilkades'])).code, 1)
})
test('exit code 2: no file, a folder, no archive, another kind of question', async () => {
  const none = written('none.bel', new TextEncoder().encode('Selamat pagi'))
  for (const file of [join(folder, 'not-there.bel'), folder, none, path('2.0-other-question')])
    assert.equal((await run([file])).code, 2, file)
})
test('a pipe is refused at once, though nobody writes into it', { skip: process.platform === 'win32' }, async () => {
  const pipe = join(folder, 'pipe.bel')
  assert.equal(spawnSync('mkfifo', [pipe]).status, 0)
  const { code, out } = await run([pipe])
  assert.equal(code, 2)
  assert.match(out, /pipe\.bel is not a regular file/)
})
test('--second: the verifier that was written apart says what it found, where, and whether both agree', async () => {
  const said = async (file: string, lang: string) => {
    const { code, out } = await run([file, '--second', '--lang', lang])
    return [
      code,
      out
        .slice(out.indexOf(lang === 'id' ? '  Pemeriksa kedua' : '  Second verifier'))
        .trimEnd()
        .split('\n'),
    ]
  }
  const sound = path('3.0-single')
  assert.deepEqual(await said(sound, 'id'), [0, ['  Pemeriksa kedua: SAH', '  Kedua pemeriksa sependapat.']])
  assert.deepEqual(await said(sound, 'en'), [0, ['  Second verifier: SOUND', '  Both verifiers agree.']])
  assert.deepEqual(await said(wrong, 'en'), [
    1,
    [
      '  Second verifier: REFUSED (numbers from 0)',
      `    - ballot.signature ballot 0: ${ruleOf('ballot.signature').says.en}`,
      '  Both verifiers agree.',
    ],
  ])
  const { out } = await run([sound, '--second', '--json'])
  const none = { faults: [], notCanonical: [], unsupported: [] }
  assert.deepEqual(JSON.parse(out).second, { verdict: 'sound', agrees: true, ...none })
  assert.equal('second' in JSON.parse((await run([sound, '--json'])).out), false)
  assert.equal((await run([path('2.0-other-question'), '--second'])).code, 2)
})
test('two verifiers that do not agree are never called sound', async () => {
  const bytes = readFileSync(path('3.0-single'))
  const report = JSON.parse((await run([path('3.0-single'), '--json'])).out) as Report
  assert.equal(judgeSecond(bytes, report).agrees, true)
  const [question] = report.result!
  const moved = [{ ...question!, answers: question!.answers.map((each) => ({ ...each, votes: 7 })) }]
  for (const other of [{ verdict: 'refused' }, { result: moved }, { stage: 'open' }] as Partial<Report>[])
    assert.equal(judgeSecond(bytes, { ...report, ...other }).agrees, false)
  const second = judgeSecond(bytes, { ...report, verdict: 'refused' })
  assert.match(saySecond(second, 'en').at(-1)!, /DO NOT AGREE/)
  assert.match(saySecond(second, 'id').at(-1)!, /TIDAK SEPENDAPAT/)
})
test('at every stage both verifiers agree', async () => {
  for (const name of ['3.0-single', '3.0-revotes', '3.0-open', '3.0-tallied', '3.0-all-blank'])
    assert.equal((await run([path(name), '--second'])).code, 0, name)
})
test('hints are never written over anything but hints: not over the archive, not over another file', async () => {
  const bytes = readFileSync(path('3.0-open'))
  const archive = written('kept.bel', bytes)
  const note = written('note.txt', new TextEncoder().encode('Selamat pagi'))
  for (const target of [archive, note]) {
    const { code, out } = await run([archive, '--write-hints', target])
    assert.equal(code, 2)
    assert.match(out, /is there already, and holds no hints/)
  }
  assert.deepEqual(readFileSync(archive), bytes)
  assert.equal(readFileSync(note, 'utf8'), 'Selamat pagi')
  const hints = join(folder, 'kept.hints')
  for (const _ of ['new', 'once more']) assert.equal((await run([archive, '--write-hints', hints])).code, 0)
})
test('JSON escapes what a terminal would obey, and says the same', async () => {
  const name = 'Desa \u009b2J \u202e \u2028 \u{e0041} \u007f'
  const bytes = await alter(election.open(), (taken) =>
    changeText(taken, 'election', (before) => before.replace('Percobaan', name.replace('\u007f', '\\u007f'))),
  )
  const { out } = await run(['--json', written('commands.bel', bytes)])
  assert.match(out, /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*\n$/u)
  assert.equal(JSON.parse(out).election.name, name)
})
test('the name of a file cannot move the cursor either', async () => {
  const { out } = await run([written('\u001b[2J.bel', readFileSync(path('3.0-open')))])
  assert.ok(!out.includes('\u001b'))
})
test('of several files the worst decides, and each has its report', async () => {
  const { code, out } = await run(['--json', path('3.0-open'), wrong, path('3.0-ended')])
  assert.equal(code, 1)
  const verdicts = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .map(({ file, verdict }) => [file, verdict])
  assert.deepEqual(verdicts, [
    [path('3.0-open'), 'sound'],
    [wrong, 'refused'],
    [path('3.0-ended'), 'sound'],
  ])
})

test('JSON says all of it', async () => {
  const { out, error } = await run(['--json', wrong])
  assert.equal(error, '')
  const report = JSON.parse(out)
  assert.equal(report.election.uuid, election.uuid)
  assert.equal(report.bytes, readFileSync(wrong).length)
  const [finding] = report.findings
  assert.deepEqual(
    { ...finding, place: { ...finding.place, name: undefined } },
    {
      rule: 'ballot.signature',
      class: 'refused',
      place: {
        record: 7,
        offset: finding.place.offset,
        name: undefined,
        kind: 'ballot',
        ballot: 1,
        path: 'signature.proof',
      },
    },
  )
  // The offset is that of the record's header: its name stands there.
  const bytes = readFileSync(wrong)
  assert.equal(bytes.toString('latin1', finding.place.offset, finding.place.offset + 74), finding.place.name)
})

test('a report for people: stage, counts, result, and for each finding its place and its sentence', async () => {
  const { out } = await run([path('3.0-single')])
  assert.match(out, /Stage +complete, with its result, 1 partial decryption\n/)
  assert.match(out, /Checked +3 ballots\n +16 proofs\n/)
  assert.match(out, /Siapa ketua\?\n +2 {2}Ani\n +0 {2}Budi\n +1 {2}Citra\n/)
  assert.match(out, /SOUND\. Everything in this archive was checked, and everything holds\.\n/)
  const refused = (await run([wrong])).out
  assert.match(
    refused,
    / {2}ballot\.signature {2}\(1 place\)\n {4}A ballot is signed with .*\n {4}- record 7 \(byte [\d,]+\), ballot 1, signature\.proof\n/,
  )
  assert.match(refused, /REFUSED\./)
})

test('Indonesian where the surroundings speak it or it is asked for, English everywhere else', async () => {
  const file = path('3.0-open')
  assert.match((await run([file], { LANG: 'id_ID.UTF-8' })).out, /Tahap +dibuka/)
  assert.match((await run([file], { LANG: 'en_US.UTF-8', LC_ALL: 'id_ID' })).out, /Tahap +dibuka/)
  assert.match((await run([file, '--lang', 'id'])).out, /Tahap +dibuka/)
  assert.match((await run([file, '--lang', 'en'], { LANG: 'id_ID.UTF-8' })).out, /Stage +open/)
  assert.match((await run([file], { LANG: 'C' })).out, /Stage +open/)
})

test('a claimed result of a refused archive is said to be only claimed', async () => {
  const bytes = await alter(readFileSync(path('3.0-single')), (taken) =>
    changeText(taken, 'result', (text) => text.replace('[2,0,1]', '[0,0,3]')),
  )
  const { out } = await run([written('claimed.bel', bytes), '--lang', 'id'])
  assert.match(out, /Hasil yang dinyatakan arsip ini, jangan diandalkan:\n\n {2}Siapa ketua\?\n +0 {2}Ani/)
  assert.match(out, /DITOLAK\./)
})

test('quiet: nothing but the exit code', async () => {
  assert.deepEqual(await run(['--quiet', wrong], {}, true), { code: 1, out: '', error: '' })
})

test('a progress bar on a terminal only, and it goes away again', async () => {
  assert.equal((await run([path('3.0-open')])).error, '')
  const { error } = await run([path('3.0-open')], {}, true)
  assert.match(error, /^\r\[#* *\] \d+ %/)
  assert.match(error, /\r\[#{40}\] 100 %\r +\r$/)
})

test('options that make no sense are answered with how to use them', async () => {
  const file = path('3.0-open')
  const senseless = [
    [],
    ['--json'],
    [file, '--lang', 'fr'],
    [file, '--profile', 'pemilu'],
    [file, '--threads', '0'],
    [file, '--threads', 'many'],
    [file, '--unknown'],
    [file, '--hints'],
    [file, '--hints', 'a', '--no-hints'],
    [file, file, '--hints', 'a'],
  ]
  for (const args of senseless) {
    const { code, out, error } = await run(args)
    assert.deepEqual([code, out], [2, ''], args.join(' '))
    assert.match(error, /^melayani-verify FILE…/)
  }
  assert.deepEqual(await run(['--help']), { code: 0, out: (await run([])).error, error: '' })
})

test('what is asked for is read from the arguments', () => {
  const read = (...args: string[]) => readArguments(args, {})
  assert.deepEqual(read('a.bel', '--final', '--threads', '2', '--hints', 'h'), {
    files: ['a.bel'],
    json: false,
    quiet: false,
    find: [],
    final: true,
    hints: 'h',
    threads: 2,
    language: 'en',
  })
  assert.deepEqual(read('--no-hints', 'a', 'b', '--profile', 'pilkades', '--json', '--quiet', '--lang=id'), {
    files: ['a', 'b'],
    json: true,
    quiet: true,
    find: [],
    final: false,
    profile: 'pilkades',
    hints: false,
    language: 'id',
  })
})

test('a text out of an archive cannot move the cursor or turn the direction of writing', () => {
  assert.equal(shown('Ani\u001b[2J\r\nBudi\u202e\u2028'), 'Ani·[2J··Budi··')
  assert.equal(shown('x'.repeat(1000)), `${'x'.repeat(300)}…`)
  const lines = sayReport(
    {
      verdict: 'sound',
      stage: 'decrypted',
      decryptions: 1,
      bytes: 0,
      counted: 1234,
      weight: '12345678901',
      counts: { records: 1, hashes: 1, ballots: 1234, proofs: 1, memberships: 1, signatures: 1 },
      election: {
        name: '\u001b[31mMerah',
        uuid: 'u',
        fingerprint: 'f',
        group: 'Ed25519',
        credentials: 50_000,
        trustees: 2,
      },
      result: [{ question: '\u0007?', blank: 5, answers: [{ answer: '\u001bA', votes: 1229 }] }],
      findings: [],
      omitted: 0,
      classes: { refused: 0, 'not-canonical': 0, profile: 0, unusable: 0 },
    },
    'id',
  )
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may come out
  assert.doesNotMatch(lines.join('\n'), /[\u0000-\u0009\u000b-\u001f]/)
  assert.ok(lines.includes('  Grup            Ed25519, 50.000 kredensial, 2 pemegang kunci'))
  assert.ok(
    lines.includes(
      '  Dihitung        1.234 surat suara, yang terakhir dari setiap kredensial, berbobot 12.345.678.901',
    ),
  )
  assert.ok(lines.includes('    1.229  ·A'))
})

test('as a program, also started by an older Node, which hands over to the pinned one', () => {
  const program = new URL('../bin/melayani-verify.mjs', import.meta.url).pathname
  const start = (node: string, ...args: string[]) => spawnSync(node, [program, ...args], { encoding: 'utf8' })
  const { status, stdout } = start(process.execPath, '--json', path('3.0-open'))
  assert.deepEqual([status, JSON.parse(stdout).verdict], [0, 'sound'])
  assert.equal(start(process.execPath, wrong).status, 1)
  assert.equal(start(process.execPath).status, 2)
  const { stdout: old } = spawnSync('/usr/bin/node', ['--version'], { encoding: 'utf8' })
  if (old && Number.parseInt(old.slice(1), 10) < 24)
    assert.deepEqual(
      [start('/usr/bin/node', '--quiet', wrong).status, start('/usr/bin/node', path('3.0-open')).status],
      [1, 0],
    )
})
