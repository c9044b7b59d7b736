import { type ChildProcess, fork } from 'node:child_process'
import path from 'node:path'
import type { PrinterStatus } from '../print/index.ts'
import type { Answer, Ask } from './ask.ts'
import type { BoothStatus, Down, Up } from './link.ts'

export type VotersPlan = {
  readonly packageText: string
  readonly printer: string
  readonly port: number
  readonly status: () => BoothStatus
  readonly answer: (ask: Ask) => Promise<Answer>
  readonly printerSays: (status: PrinterStatus) => void
  /** The process with the voter has ended, in order or not. */
  readonly gone: () => void
  /** Something failed for good: no medium is left. The booth must stop. */
  readonly failed: (error: unknown) => void
}

type Child = { process: ChildProcess; ready: boolean; serving: boolean }

/** Starts a process for each voter, one beforehand, and passes on what they ask. Its own memory never holds a choice. */
export function openVoters(plan: VotersPlan) {
  const file = path.join(import.meta.dirname, 'session-process.ts')
  let serving: Child | undefined
  let spare: Child | undefined
  let closed = false
  let tested: ((printed: boolean) => void) | undefined
  let resolveServing: ((port: number) => void) | undefined
  const send = (child: Child, message: Down) => {
    if (child.process.connected) child.process.send(message, () => {})
  }

  function start(): Child {
    // Its messages to people go to the same terminal; it has no other way out than the channel and its port.
    const process_ = fork(file, [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    const child: Child = { process: process_, ready: false, serving: false }
    process_.on('message', (message: Up) => {
      if ('ready' in message) {
        child.ready = true
        advance()
      } else if ('asked' in message)
        plan.answer(message.ask).then(
          (answer) => {
            send(child, { answer, to: message.asked })
            tell()
          },
          (error: unknown) => plan.failed(error),
        )
      else if ('printer' in message) plan.printerSays(message.printer)
      else if ('tested' in message) tested?.(message.tested)
      else if ('serving' in message) resolveServing?.(message.serving)
    })
    process_.on('exit', () => {
      if (child === spare) spare = undefined
      if (child === serving) {
        serving = undefined
        tested?.(false)
        plan.gone()
      }
      if (!closed) advance()
    })
    send(child, {
      begin: { packageText: plan.packageText, printer: plan.printer, status: plan.status() },
    })
    return child
  }

  /** One serves, one is ready. */
  function advance() {
    if (!serving && spare?.ready) {
      serving = spare
      spare = undefined
      send(serving, { status: plan.status() })
      send(serving, { serve: plan.port })
    }
    spare ??= start()
  }

  function tell() {
    if (serving) send(serving, { status: plan.status() })
  }

  return {
    /** The port on which the first voter's process listens. */
    ready: new Promise<number>((resolve) => {
      resolveServing = resolve
      advance()
    }),
    tell,
    /** Prints the paper self-test. False when it did not come out, or a voter is using the printer. */
    testPaper: () =>
      new Promise<boolean>((resolve) => {
        tested?.(false)
        tested = resolve
        if (serving) send(serving, { order: 'test-paper' })
        else resolve(false)
      }),
    order(order: 'agreed' | 'void') {
      if (serving) send(serving, { order })
    },
    /** Ids of the processes that were started here and still run. */
    processes: () => [serving, spare].flatMap((child) => child?.process.pid ?? []),
    close(): void {
      closed = true
      for (const child of [serving, spare]) child?.process.kill('SIGKILL')
    },
  }
}
export type Voters = ReturnType<typeof openVoters>
