import { deepEqual, equal } from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { readText } from '../src/format/shape.ts'
import { readEncryptedTally, readPartialDecryption, writePartialDecryption, writeResult } from '../src/format/tally.ts'
import { type Trustee, trusteeKey, writeTrustees } from '../src/format/trustees.ts'
import { openGroup } from '../src/group/index.ts'
import { base64Hash, hexHash } from '../src/hash.ts'
import { platformRandom as random } from '../src/random.ts'
import { decrypt } from '../src/trustee/decrypt.ts'
import {
  beginCeremony,
  coordinate,
  dealShares,
  takeCertificates,
  takeOutputs,
  takePolynomials,
  takeShares,
} from '../src/trustee/pedersen.ts'
import { combine } from '../src/trustee/result.ts'
import { readToolKey, type TrusteeSecret } from '../src/trustee/single.ts'
import { findBeleniosTool, withoutTool } from './belenios-tool.ts'
import { holdCeremony, must } from './hold-ceremony.ts'

const tool = findBeleniosTool()
const version = tool ? execFileSync(tool, ['--version'], { encoding: 'utf8' }).trim() : ''
/** 3.1 and later seal with AES-GCM, as we do. */
const sealsAlike = /^(?:3\.[1-9]|[4-9]\.)/.test(version)
const group = openGroup('BELENIOS-2048')

/** The tool in a folder of its own, removed afterwards. */
function inFolder<T>(work: (at: ReturnType<typeof folder>) => T): T {
  const dir = mkdtempSync(join(tmpdir(), 'ballot-trustees-'))
  try {
    return work(folder(dir))
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
const folder = (dir: string) => ({
  put: (name: string, text: string) => writeFileSync(join(dir, name), text),
  get: (name: string) => readFileSync(join(dir, name), 'utf8'),
  named: (ending: string) => readdirSync(dir).filter((name) => name.endsWith(ending)),
  run: (args: readonly string[], input = '') =>
    execFileSync(tool!, args, {
      cwd: dir,
      input,
      encoding: 'utf8',
      env: { ...process.env, BELENIOS_USE_URANDOM: '1' },
      stdio: 'pipe',
    }),
})

test(
  'belenios-tool holds an election with our threshold key, takes our decryptions, and comes to our result',
  {
    skip: tool ? false : withoutTool,
  },
  () =>
    inFolder(({ run, put, get, named }) => {
      const uuid = run(['setup', 'generate-token']).trim()
      const inGroup = ['--group', group.name]
      put('voters', 'a@example.com,a,5\nb@example.com,b\n')
      run(['setup', 'generate-credentials', '--uuid', uuid, ...inGroup, '--file', 'voters'])
      put('public_creds.json', get(named('.pubcreds')[0]!))

      // Two keys of the tool, one with which we decrypt, and 2 of 3 of ours between them.
      for (let k = 0; k < 2; k++) run(['setup', 'generate-trustee-key', ...inGroup])
      const keys = named('.privkey')
      const [first, last] = keys.map((name): Trustee => {
        const text = get(name.replace('privkey', 'pubkey')).trim()
        return ['Single', readText(trusteeKey, text)]
      }) as [Trustee, Trustee]
      const shared = holdCeremony(group, { size: 3, threshold: 2 }, random)
      const trustees = [first, shared.trustee, last]
      put('trustees.json', writeTrustees(trustees))
      const questions = [{ answers: ['A', 'B'], blank: true, min: 1, max: 1, question: '?' }]
      const texts = { description: '', name: 'Uji', administrator: 'x', credential_authority: 'y' }
      put('template.json', JSON.stringify({ ...texts, questions }))
      run(['setup', 'make-election', '--uuid', uuid, ...inGroup, '--template', 'template.json'])
      const [election, trusteesText] = [get('election.json').trim(), get('trustees.json').trim()]
      run(['archive', 'init'])

      const add = (type: string, payload = '') => run(['archive', 'add-event', `--type=${type}`], payload)
      const credentials = credentialsIn(get(named('.privcreds')[0]!))
      for (const [credential, choices] of [
        [credentials[0]!, [0, 0, 1]],
        [credentials[1]!, [1, 0, 0]],
      ] as const) {
        put('credential', `${credential}\n`)
        put('choices', JSON.stringify([choices]))
        const flag = version.startsWith('2.') ? '--ballot' : '--choice'
        add('Ballot', run(['election', 'generate-ballot', '--privcred', 'credential', flag, 'choices']))
      }
      add('EndBallots')
      const computed = run(['election', 'compute-encrypted-tally'])
      add('EncryptedTally', computed)
      const tally = computed.split('\n')[0]!

      const order = {
        election,
        trustees: trusteesText,
        tally,
        announced: { election: base64Hash(election), tally: hexHash(tally) },
      }
      const ours = (secret: TrusteeSecret) => {
        const { owner, decryption } = must(decrypt(group, secret, order, [], random))
        const text = writePartialDecryption(decryption)
        add('PartialDecryption', `${text}\n${JSON.stringify({ owner, payload: hexHash(text) })}\n`)
        return [owner, decryption] as const
      }
      const theirs = run(['election', 'decrypt', '--privkey', keys[0]!, '--trustee-id', '1'])
      add('PartialDecryption', theirs)
      const decryptions = new Map([
        [1, readPartialDecryption(theirs.split('\n')[0]!)],
        ours(shared.secrets[2]!),
        ours(readToolKey(group, get(keys[1]!))),
        ours(shared.secrets[0]!),
      ])
      deepEqual([...decryptions.keys()], [1, 4, 5, 2])

      const result = run(['election', 'compute-result'])
      add('Result', result)
      run(['election', 'verify'])
      const board = {
        fingerprint: order.announced.election,
        trustees,
        tally: readEncryptedTally(tally),
        totalWeight: 6n,
      }
      const combined = combine(group, board, decryptions)
      equal(combined.state === 'result' && writeResult(combined.result), result.trim())
      deepEqual(JSON.parse(result), { result: [[1, 0, 5]] })
    }),
)

for (const name of ['Ed25519', 'BELENIOS-2048'] as const)
  test(
    `${name}: two of our trustees and one of belenios-tool generate a key together, with either as coordinator`,
    {
      skip: sealsAlike ? false : 'needs belenios-tool 3.1 or later: BELENIOS_TOOL=/path/to/it',
    },
    () =>
      inFolder(({ run, put, get, named }) => {
        const inGroup = openGroup(name)
        const plan = { size: 3, threshold: 2 }
        const step = (number: number, args: readonly string[] = [], input = '') =>
          run(
            ['setup', 'generate-trustee-key-threshold', '--group', name, '--step', `${number}`, ...args],
            input,
          ).trim()

        const begun = [1, 3].map((index) => beginCeremony(inGroup, plan, index, random))
        step(1, ['--threshold-context', '2/2/3'])
        const id = named('.cert')[0]!.replace('.cert', '')
        const certs = [begun[0]!.certificate, get(`${id}.cert`).trim(), begun[1]!.certificate]
        put('certs', `${certs.join('\n')}\n`)
        const withCerts = ['--certs', 'certs']
        step(2, withCerts)
        const certified = must(takeCertificates(inGroup, coordinate(plan), certs))

        const dealt = begun.map(({ state }) => must(dealShares(inGroup, state, certs, random)))
        const theirs = step(3, [...withCerts, '--threshold-context', '2/2/3', '--key', `${id}.key`])
        const polynomials = [dealt[0]!.polynomial, theirs, dealt[1]!.polynomial]
        put('polynomials', `${polynomials.join('\n')}\n`)
        step(4, [...withCerts, '--polynomials', 'polynomials'])
        const { state, inputs } = must(takePolynomials(inGroup, certified, polynomials))
        deepEqual(
          named('.vinput')
            .map((each) => get(each).trim())
            .sort(),
          [...inputs].sort(),
        )

        const taken = dealt.map((each, at) => must(takeShares(inGroup, each.state, inputs[at * 2]!, random)))
        const output = step(5, [...withCerts, '--key', `${id}.key`], `${inputs[1]}\n`)
        const outputs = [taken[0]!.output, output, taken[1]!.output]
        const assembled = step(6, [...withCerts, '--polynomials', 'polynomials'], `${outputs.join('\n')}\n`)
        equal(writeTrustees([must(takeOutputs(inGroup, state, outputs))]), `[["Pedersen",${assembled}]]`)
      }),
  )

/** 2.0 writes lines "voter credential", 3.x an object. In the order of the voters. */
const credentialsIn = (text: string): string[] =>
  text.startsWith('{')
    ? Object.values<string>(JSON.parse(text))
    : text
        .trim()
        .split('\n')
        .sort()
        .map((line) => line.split(' ')[1]!)
