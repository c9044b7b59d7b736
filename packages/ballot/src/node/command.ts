import { createHash, hash } from 'node:crypto'
import { parseArgs } from 'node:util'
import { kernelsOnce } from '../kernel/open.ts'
import { platformRandom } from '../random.ts'
import { followBallot } from '../track.ts'
import { noCounts } from '../verify/judge.ts'
import type { Report } from '../verify/report.ts'
import { ruleOf } from '../verify/rules.ts'
import { sayReport, shown } from '../verify/say.ts'
import { type Progress, type VerifyOptions, verify } from '../verify/verify.ts'
import { type Language, languages, words } from '../verify/words.ts'
import { type FileSource, openFileSource } from './file-source.ts'
import { openJudges } from './judges.ts'
import { judgeSecond, type Second, saySecond } from './second.ts'
import { writeHintsFile } from './write-hints.ts'

/** Where a command writes, and what it is told by its surroundings. */
export interface Surroundings {
  readonly out: (text: string) => void
  readonly error: (text: string) => void
  /** Is the error output a terminal? Only then is there a progress bar. */
  readonly terminal: boolean
  readonly env: Readonly<Record<string, string | undefined>>
}

const usage = `melayani-verify FILE… [options]

  Checks archives (.bel) of elections made by Belenios 1.x/2.x/3.x or by Melayani.
  Memeriksa arsip pemilihan (.bel) dari Belenios 1.x/2.x/3.x atau Melayani.

  --json               one line of JSON per file · satu baris JSON per berkas
  --final              demand a result · harus ada hasil
  --profile pilkades   demand more: one question, choose one, no revote, ballots in order of hash
                       syarat tambahan: satu pertanyaan, pilih satu, tanpa pilih ulang, urut hash
  --hints FILE         commitments beside the archive; never trusted, only quicker · hanya mempercepat
  --write-hints FILE   make them first, which takes as long as checking without · membuatnya dahulu
  --no-hints           do not look for FILE.hints · tanpa berkas bantu
  --find CODE          say where the ballot with this tracking code stands · cari surat suara dengan kode ini
  --second             have it judged by the second verifier too, which was written apart and is slow
                       periksa juga dengan pemeriksa kedua, yang ditulis terpisah; lambat
  --threads N          so many threads · jumlah utas
  --lang id|en         language · bahasa
  --quiet              nothing but the exit code · hanya kode keluar

  Exit code: 0 all is well · 1 see the report · 2 the input cannot be judged
  Kode keluar: 0 semua benar · 1 lihat laporan · 2 tidak dapat diperiksa
`

/** What was asked for. */
export interface Request {
  readonly files: readonly string[]
  readonly json: boolean
  readonly quiet: boolean
  readonly final: boolean
  /** By the second verifier as well. */
  readonly second?: true
  readonly profile?: 'pilkades'
  /** A hints file; `false`: none, also not the one beside the archive. */
  readonly hints?: string | false
  /** A hints file to be made before the archive is checked with it. */
  readonly writeHints?: string
  readonly threads?: number
  /** Tracking codes of ballots that are looked for. */
  readonly find: readonly string[]
  readonly language: Language
}

/** Undefined when the arguments make no sense. */
export function readArguments(args: readonly string[], env: Surroundings['env']): Request | 'help' | undefined {
  const options = {
    json: { type: 'boolean' },
    final: { type: 'boolean' },
    second: { type: 'boolean' },
    profile: { type: 'string' },
    hints: { type: 'string' },
    'write-hints': { type: 'string' },
    'no-hints': { type: 'boolean' },
    threads: { type: 'string' },
    find: { type: 'string', multiple: true },
    lang: { type: 'string' },
    quiet: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  } as const
  let given: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>
  try {
    given = parseArgs({ args: [...args], options, allowPositionals: true })
  } catch {
    return undefined
  }
  const { values, positionals: files } = given
  if (values.help) return 'help'
  const language = values.lang ?? languageOf(env)
  const threads = values.threads === undefined ? undefined : Number(values.threads)
  const isSensible =
    files.length > 0 &&
    (values.profile === undefined || values.profile === 'pilkades') &&
    languages.some((each) => each === language) &&
    (threads === undefined || (Number.isSafeInteger(threads) && threads >= 1 && threads <= 1024)) &&
    [values.hints, values['write-hints'], values['no-hints']].filter((each) => each !== undefined).length <= 1 &&
    !((values.hints ?? values['write-hints']) !== undefined && files.length > 1)
  if (!isSensible) return undefined
  const hints = values['no-hints'] ? false : values.hints
  return {
    files,
    json: values.json ?? false,
    quiet: values.quiet ?? false,
    find: values.find ?? [],
    final: values.final ?? false,
    ...(values.second && { second: true as const }),
    ...(values.profile && { profile: 'pilkades' as const }),
    ...(hints !== undefined && { hints }),
    ...(values['write-hints'] !== undefined && { writeHints: values['write-hints'] }),
    ...(threads !== undefined && { threads }),
    language: language as Language,
  }
}

/** Indonesian where the surroundings speak it, else English. */
const languageOf = (env: Surroundings['env']): Language =>
  (env.LC_ALL || env.LC_MESSAGES || env.LANG || '').startsWith('id') ? 'id' : 'en'

/** Runs the command and gives its exit code: 0 all is well, 1 there is something in a report, 2 unusable input. */
export async function runVerify(args: readonly string[], surroundings: Surroundings): Promise<0 | 1 | 2> {
  const request = readArguments(args, surroundings.env)
  if (request === 'help') {
    surroundings.out(usage)
    return 0
  }
  if (!request) {
    surroundings.error(usage)
    return 2
  }
  let worst: 0 | 1 | 2 = 0
  for (const file of request.files) {
    const outcome = await verifyFile(file, request, surroundings)
    const { report, found, second } = outcome
    if (!request.quiet) surroundings.out(request.json ? asJson(file, outcome) : asText(file, outcome, request.language))
    const isFound = found.every(({ number }) => number !== undefined)
    const isSame = second?.agrees !== false
    const code = report.verdict === 'unusable' ? 2 : report.verdict === 'sound' && isFound && isSame ? 0 : 1
    worst = Math.max(worst, code) as 0 | 1 | 2
  }
  return worst
}

/** What is said of one file: SHA-256 of all of it, as it is printed on signed sheets, the ballots looked for, and the second verifier's word. */
type Outcome = {
  readonly report: Report
  readonly second?: Second
  readonly sha256?: string
  readonly found: readonly { readonly code: string; readonly number?: number }[]
}

async function verifyFile(file: string, request: Request, { error, terminal }: Surroundings): Promise<Outcome> {
  const bar = terminal && !request.quiet ? progressBar(error) : undefined
  try {
    const source = await openFileSource(file)
    try {
      const report = await verifySource(source, file, request, error, bar?.draw)
      const found: { code: string; number?: number }[] = []
      for (const code of request.find) {
        const { number } = await followBallot(source, code)
        found.push({ code, ...(number !== undefined && { number }) })
      }
      const second =
        request.second && report.verdict !== 'unusable' ? judgeSecond(await wholeOf(source), report) : undefined
      return { report, sha256: await sha256Of(source), found, ...(second && { second }) }
    } finally {
      await source.close()
    }
  } catch (reason) {
    return { report: unreadable(reason instanceof Error ? reason.message : String(reason)), found: [] }
  } finally {
    bar?.clear()
  }
}

async function sha256Of(source: FileSource): Promise<string> {
  const sum = createHash('sha256')
  for (let at = 0; ; ) {
    const piece = await source.read(at, 1024 * 1024)
    if (piece.length === 0) return sum.digest('hex')
    sum.update(piece)
    at += piece.length
  }
}

async function wholeOf(source: FileSource): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for (let at = 0; ; ) {
    const piece = await source.read(at, 1024 * 1024)
    if (piece.length === 0) return Buffer.concat(pieces)
    // What is read may be overwritten by the next piece.
    pieces.push(piece.slice())
    at += piece.length
  }
}

async function verifySource(
  source: FileSource,
  file: string,
  request: Request,
  error: Surroundings['error'],
  progress: VerifyOptions['progress'],
): Promise<Report> {
  const kernels = kernelsOnce(platformRandom)
  const { writeHints } = request
  const written = writeHints !== undefined && (await writeHintsFile(source, writeHints, kernels)) !== undefined
  if (writeHints !== undefined && !written)
    error('For this archive no hints can be written. · Untuk arsip ini berkas bantu tidak dapat dibuat.\n')
  const { close, ...judges } = await openJudges(file, written ? { ...request, hints: writeHints } : request, kernels)
  try {
    return await verify(source, {
      final: request.final,
      ...(request.profile && { profile: request.profile }),
      hash: (body) => hash('sha256', body, 'hex'),
      ...(progress && { progress }),
      ...judges,
    })
  } finally {
    await close()
  }
}

/** A report on a file that cannot be opened, or that fails while it is read. */
function unreadable(detail: string): Report {
  const rule = 'input.unreadable'
  return {
    verdict: 'unusable',
    stage: 'setup',
    decryptions: 0,
    bytes: 0,
    counted: 0,
    weight: 0,
    counts: noCounts(),
    findings: [{ rule, class: ruleOf(rule).class, place: {}, detail }],
    omitted: 0,
    classes: { refused: 0, 'not-canonical': 0, profile: 0, unusable: 1 },
  }
}

const asJson = (file: string, { report, sha256, found, second }: Outcome) =>
  `${escaped(JSON.stringify({ file, ...(sha256 && { sha256 }), ...report, ...(found.length > 0 && { found }), ...(second && { second }) }))}\n`
/** JSON leaves some characters as they are that a terminal takes for commands, or that turn the direction of writing. */
const escaped = (json: string) =>
  json.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (found) =>
    Array.from({ length: found.length }, (_, at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`).join(
      '',
    ),
  )
function asText(file: string, { report, sha256, found, second }: Outcome, language: Language): string {
  const w = words[language]
  const ballots = report.counts.ballots
  const lines = found.map(({ code, number }) => `  ${shown(code)}: ${number ? w.foundAt(number, ballots) : w.notFound}`)
  return `${[
    shown(file),
    ...(sha256 ? [`  ${'SHA-256'.padEnd(16)}${sha256}`] : []),
    ...sayReport(report, language),
    ...(second ? ['', ...saySecond(second, language)] : []),
    ...(lines.length > 0 ? ['', ...lines] : []),
    '',
  ].join('\n')}\n`
}

/** One line that is drawn over itself. Reading counts for a tenth: judging takes nearly all of the time. */
function progressBar(write: (text: string) => void) {
  const width = 40
  let last = ''
  return {
    draw({ bytes, size, judged, ballots }: Progress) {
      const read = size ? bytes / size : 0
      const part = read < 1 || ballots === 0 ? read / 10 : 0.1 + (0.9 * judged) / ballots
      const filled = Math.round(part * width)
      const line = `\r[${'#'.repeat(filled)}${' '.repeat(width - filled)}] ${Math.floor(part * 100)} %`
      if (line !== last) write(line)
      last = line
    },
    clear: () => write(`\r${' '.repeat(width + 8)}\r`),
  }
}
