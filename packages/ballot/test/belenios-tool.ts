import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findDebianProgram } from './debian-program.ts'

export const withoutTool =
  'NOT TESTED AGAINST belenios-tool: it is not installed and could not be. Install it (Debian: apt-get install belenios-tool) or name it with BELENIOS_TOOL=/path/to/belenios-tool.'

/** Debian's `belenios-tool`, the outside judge; BELENIOS_TOOL names another one. */
export const findBeleniosTool = (): string | undefined =>
  findDebianProgram({
    installed: '/usr/bin/belenios-tool',
    package: 'belenios-tool',
    named: process.env.BELENIOS_TOOL,
    what: 'the outside judge of archives',
    without: withoutTool,
  })

export type ToolQuestion =
  | { question: string; answers: string[]; min: number; max: number; blank?: true }
  | { type: 'NonHomomorphic'; value: { answers: string[]; question: string } }
/** "decrypting": partial decryptions without a result. */
export type ToolStage = 'open' | 'ended' | 'tallied' | 'decrypting' | 'decrypted'

/** One election to be made. Whoever votes twice has revoted; voters are counted from 0. */
export type ToolElection = {
  group: 'BELENIOS-2048' | 'RFC-3526-2048' | 'Ed25519'
  questions: ToolQuestion[]
  /** One per voter. */
  weights: (number | undefined)[]
  /** Owners are numbered single ones first, then those who share a key: the order in which the tool lists them. */
  trustees: { single: number; pedersen?: { threshold: number; of: number } }
  votes: { voter: number; choices: number[][] }[]
  stage: ToolStage
  /** 1-based owners in the order in which they decrypt; all of them, from 1, when it is not given. */
  owners?: number[]
}

/** `election verify` as an outside judge: true when it accepts. */
export function toolAccepts(tool: string, archive: Uint8Array | string): boolean {
  const dir = mkdtempSync(join(tmpdir(), 'ballot-judge-'))
  try {
    const bytes = typeof archive === 'string' ? readFileSync(archive) : archive
    writeFileSync(join(dir, `${uuidOf(bytes)}.bel`), bytes)
    execFileSync(tool, ['election', 'verify', '--dir', dir], { stdio: 'ignore', env: toolEnv })
    return true
  } catch {
    return false
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

const toolEnv = { ...process.env, BELENIOS_USE_URANDOM: '1' }
const uuidOf = (bytes: Uint8Array) =>
  /"uuid":"(\w+)"/.exec(new TextDecoder().decode(bytes.subarray(0, 100_000)))?.[1] ?? 'none'

/**
 * Makes an election with the tool alone and returns the path of its archive. It lies in a new folder with all secrets of
 * the election, which the caller removes.
 */
export function makeWithTool(tool: string, election: ToolElection): string {
  const dir = mkdtempSync(join(tmpdir(), 'ballot-tool-'))
  const third = !run('--version').startsWith('2.')
  const group = ['--group', election.group]
  const put = (name: string, content: string) => writeFileSync(join(dir, name), content)
  const get = (name: string) => readFileSync(join(dir, name), 'utf8')
  const named = (ending: string) =>
    readdirSync(dir)
      .filter((name) => name.endsWith(ending))
      .sort()
  const take = (ending: string, name: string) => renameSync(join(dir, named(ending)[0]!), join(dir, name))

  function run(...args: string[]): string
  function run(input: { input: string }, ...args: string[]): string
  function run(first: string | { input: string }, ...rest: string[]): string {
    const [input, args] = typeof first === 'string' ? ['', [first, ...rest]] : [first.input, rest]
    return execFileSync(tool, args, {
      cwd: dir,
      input,
      encoding: 'utf8',
      env: toolEnv,
      stdio: 'pipe',
      maxBuffer: 2 ** 28,
    })
  }

  const uuid = run('setup', 'generate-token').trim()
  // An empty weight counts 1 in 2.0 and 0 in 3.x, so the comma goes too. 2.0 names voters by address, 3.x by login.
  const voters = election.weights.map(
    (weight, k) => `voter${k}@example.com,voter${k}${weight === undefined ? '' : `,${weight}`}`,
  )
  put('voters.txt', election.weights.length > 0 ? `${voters.join('\n')}\n` : '')
  run('setup', 'generate-credentials', '--uuid', uuid, ...group, '--file', 'voters.txt')
  take('.pubcreds', 'public_creds.json')
  take('.privcreds', 'private_creds')
  const credentials = third ? readJsonCredentials(get('private_creds')) : readLineCredentials(get('private_creds'))

  const { single, pedersen } = election.trustees
  const keys = pedersen ? makeThreshold(pedersen) : []
  for (let k = 0; k < single; k++) run('setup', 'generate-trustee-key', ...group)
  const singles = named('.privkey')
  put('public_keys.jsons', singles.map((name) => get(name.replace('privkey', 'pubkey'))).join(''))
  run('setup', 'make-trustees')
  put('template.json', JSON.stringify(template(election.questions)))
  run('setup', 'make-election', '--uuid', uuid, ...group, '--template', 'template.json')
  run('archive', 'init')

  const add = (type: string, payload: string) => run({ input: payload }, 'archive', 'add-event', `--type=${type}`)
  for (const { voter, choices } of election.votes) {
    put('credential', `${credentials.get(`voter${voter}`)!}\n`)
    put('choices', JSON.stringify(choices))
    const flag = third ? '--choice' : '--ballot'
    add('Ballot', run('election', 'generate-ballot', '--privcred', 'credential', flag, 'choices'))
  }

  const reached = ['open', 'ended', 'tallied', 'decrypting', 'decrypted'].indexOf(election.stage)
  if (reached >= 1) add('EndBallots', '')
  if (reached >= 2) add('EncryptedTally', run('election', 'compute-encrypted-tally'))
  const flattened = readOwners()
  if (reached >= 3) {
    for (const owner of election.owners ?? flattened.map((_, k) => k + 1)) {
      add('PartialDecryption', run('election', ...flattened[owner - 1]!, '--trustee-id', `${owner}`))
    }
  }
  if (reached >= 4) add('Result', run('election', 'compute-result'))
  return join(dir, `${uuid}.bel`)

  /** The six steps of the key generation among n trustees; what one sends to another passes through files. */
  function makeThreshold({ threshold, of }: { threshold: number; of: number }): string[] {
    const step = (number: number, ...args: string[]) => [
      'setup',
      'generate-trustee-key-threshold',
      ...group,
      '--step',
      `${number}`,
      ...args,
    ]
    const context = (k: number) => (third ? ['--threshold-context', `${k + 1}/${threshold}/${of}`] : [])
    const names: string[] = []
    for (let k = 0; k < of; k++) {
      run(...step(1, ...context(k)))
      const made = named('.cert').map((name) => name.replace('.cert', ''))
      names.push(made.find((name) => !names.includes(name))!)
    }
    put('certs.jsons', names.map((name) => get(`${name}.cert`)).join(''))
    const certs = ['--certs', 'certs.jsons']
    run(...step(2, ...certs))
    const degree = third ? [] : ['--threshold', `${threshold}`]
    const polynomials = names.map((name, k) =>
      run(...step(3, ...context(k), ...certs, '--key', `${name}.key`, ...degree)),
    )
    put('polynomials.jsons', polynomials.join(''))
    const polynomial = ['--polynomials', 'polynomials.jsons']
    run(...step(4, ...certs, ...polynomial))
    const outputs = names.map((name) =>
      run({ input: get(`${name}.vinput`) }, ...step(5, ...certs, '--key', `${name}.key`)),
    )
    put('threshold.json', run({ input: outputs.join('') }, ...step(6, ...certs, ...polynomial)))
    return names
  }

  /** How each owner decrypts, in the order of the trustees record. */
  function readOwners(): string[][] {
    const shared = keys.map((name) => ['decrypt-threshold', '--key', `${name}.key`, '--decryption-key', `${name}.dkey`])
    const alone = singles.map((name) => ['decrypt', '--privkey', name])
    return [...alone, ...shared]
  }
}

const template = (questions: ToolQuestion[]) => ({
  description: 'Pemilihan percobaan',
  name: 'Percobaan – “satu/dua”',
  questions,
  administrator: 'Panitia',
  credential_authority: 'Pengawas',
})

const readLineCredentials = (text: string) =>
  new Map(
    text
      .trim()
      .split('\n')
      .map((line): [string, string] => {
        const [voter = '', credential = ''] = line.split(' ')
        return [voter.split('@')[0]!, credential]
      }),
  )

const readJsonCredentials = (text: string) => new Map(Object.entries<string>(JSON.parse(text)))
