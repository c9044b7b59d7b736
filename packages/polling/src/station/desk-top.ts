import type { Reader } from '../card/index.ts'
import type { Medium } from '../media/medium.ts'
import type { Printer, PrinterStatus } from '../print/index.ts'
import type { Acts, PrinterState, ScreenStatus } from '../screen/index.ts'
import type { Anew } from './anew.tsx'
import type { Counted } from './closing.ts'
import type { Lobby } from './hub.ts'
import type { Station } from './station.ts'

/** What stands around a running station: people's side of it. Nothing here outlives the program. */
export type DeskTop = {
  readonly station: Station
  readonly lobby: Lobby
  readonly acts: Acts
  readonly reader: Reader
  readonly printer: Printer
  /** A USB stick for import and handing over. */
  readonly stick?: { readonly folder: string; readonly medium: Medium }
  /** When each device was last heard, in milliseconds of this program's clock. */
  readonly heard: Map<string, number>
  /** The paper self-test was printed since the start. */
  paper: boolean
  /** Computed once; from what is on the media it would be the same again. */
  counted?: Promise<Counted>
  printerState: PrinterState
  /** Of a program with a memory of its own. */
  readonly anew?: Anew
}

const states: Record<PrinterStatus, PrinterState> = {
  ok: 'ready',
  'near-end': 'paper-low',
  'paper-out': 'paper-out',
  'cover-open': 'cover-open',
  jam: 'jam',
  cutter: 'cutter-fault',
  'wrong-paper': 'jam',
  off: 'offline',
}
export const printerStateOf = (status: PrinterStatus): PrinterState => states[status]

export function statusOf({ station, printerState }: DeskTop): ScreenStatus {
  const { content, hash } = station
  const { mode, tps, election } = content
  return {
    device: { as: 'station' },
    package: { mode, tps, election, hash },
    stage: station.state().stage,
    media: station.media(),
    printer: printerState,
  }
}
