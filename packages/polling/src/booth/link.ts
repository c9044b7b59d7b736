import type { PrinterStatus } from '../print/index.ts'
import type { Answer, Ask } from './ask.ts'
import type { Standing } from './keeper.ts'

/** What the voter's process is told about the booth, so that every page can show it. Nothing secret. */
export type BoothStatus = {
  readonly number: number
  readonly mobile: boolean
  readonly practice: boolean
  readonly tps: number
  readonly village: string
  readonly packageHash: string
  readonly stage: 'preparing' | 'open' | 'paused' | 'closed'
  readonly standing: Standing
  readonly media: readonly { readonly name: string; readonly held: boolean }[]
  readonly printer: PrinterStatus
  /** Where officers go: the address of the booth's other page. */
  readonly officers: string
}

/** How a process with a voter is begun. `printer` names the device, as on the command line. */
export type Begin = {
  readonly begin: {
    readonly packageText: string
    readonly printer: string
    readonly status: BoothStatus
  }
}

/** From the process that keeps the box to the one with the voter. */
export type Down =
  | Begin
  | { readonly status: BoothStatus }
  /** It is this one's turn: serve the voter on this port. */
  | { readonly serve: number }
  | { readonly answer: Answer; readonly to: number }
  | { readonly order: 'agreed' | 'void' | 'test-paper' }

/** From the process with the voter. `asked` numbers its questions; nothing else of the session goes up. */
export type Up =
  | { readonly ready: true }
  | { readonly serving: number }
  | { readonly asked: number; readonly ask: Ask }
  | { readonly printer: PrinterStatus }
  /** The paper self-test came out, or did not. */
  | { readonly tested: boolean }
  | { readonly done: true }
