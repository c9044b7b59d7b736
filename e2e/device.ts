import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'

const main = path.join(import.meta.dirname, '../packages/polling/src/main.ts')

export type Answer = { readonly status: number; readonly at: string; readonly text: string }

/** A program of a polling place as a process of its own, and its forms as a browser without JavaScript sends them. */
export class Device {
  readonly name: string
  readonly folder: string
  readonly #args: () => readonly string[]
  readonly #env: Readonly<Record<string, string>>
  #child: ChildProcess | undefined
  #said = ''
  url = ''

  constructor(name: string, folder: string, args: () => readonly string[], env: Readonly<Record<string, string>>) {
    this.name = name
    this.folder = folder
    this.#args = args
    this.#env = env
  }

  /** Ready when it has said where its screen is. */
  async start(): Promise<void> {
    mkdirSync(path.join(this.folder, 'reader'), { recursive: true })
    this.#said = ''
    const child = spawn(process.execPath, ['--import', 'tsx', main, ...this.#args()], {
      env: { ...process.env, MELAYANI_ONE_DISK: '1', ...this.#env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', (bytes: Buffer) => {
        this.#said += bytes.toString()
      })
    this.url = await this.says(/(?:screen|officers) (http:\/\/127\.0\.0\.1:\d+)/)
  }

  /** Waits for a line and gives what its bracket caught. */
  async says(line: RegExp): Promise<string> {
    return until(async () => {
      if (this.#child?.exitCode !== null && this.#child?.exitCode !== undefined)
        throw new Error(`${this.name} ended: ${this.#said}`)
      return line.exec(this.#said)?.[1]
    }, `${this.name} says ${line}: ${this.#said}`)
  }

  /** Power is pulled. */
  async kill(): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise<void>((resolve) => child.on('exit', () => resolve()))
    child.kill('SIGKILL')
    await gone
  }

  get(at: string, base = this.url): Promise<Answer> {
    return ask(base, at, {})
  }

  post(at: string, form: Record<string, string> | FormData = {}, base = this.url): Promise<Answer> {
    const body = form instanceof FormData ? form : new URLSearchParams(form)
    return ask(base, at, { method: 'POST', body })
  }
}

async function ask(base: string, at: string, init: RequestInit): Promise<Answer> {
  // Between two voters a booth's page is nobody's for a moment.
  const answer = await until(async () => {
    try {
      const given = await fetch(base + at, { ...init, redirect: 'manual', headers: { connection: 'close' } })
      // The station begins anew in an empty memory and says so: it is asked until it is there.
      return given.status === 503 && init.method !== 'POST' ? undefined : given
    } catch (error) {
      if (init.method === 'POST') throw error
      return undefined
    }
  }, `${base}${at} answers`)
  const to = answer.headers.get('location')
  if (to && answer.status === 303) return ask(base, to, {})
  return { status: answer.status, at, text: await answer.text() }
}

/** Waits until something is so. */
export async function until<T>(work: () => Promise<T | undefined | false>, what: string): Promise<T> {
  for (let round = 0; round < 600; round++) {
    const value = await work()
    if (value) return value
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`never: ${what}`)
}

/** The words of a page, for an error that a person reads. */
export const textOf = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .slice(0, 600)
