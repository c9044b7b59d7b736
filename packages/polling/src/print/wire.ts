import { acknowledge, ask, cut, discard, escPos } from './escpos.ts'
import type { Paper } from './paper.ts'
import { canPrint, type Printed, type Printer, type PrinterFault, type PrinterStatus } from './printer.ts'

/** The line to a printer: a device file, or the simulator. Every call throws WireGone when nobody is at its other end. */
export interface Wire {
  readonly name: string
  /** How many of the bytes were taken within the time: fewer when the printer has stopped. */
  write(bytes: Uint8Array, milliseconds: number): Promise<number>
  /** The next byte that the printer said; undefined when it said none within the time. */
  read(milliseconds: number): Promise<number | undefined>
  close(): Promise<void>
}

export class WireGone extends Error {
  /** At most so many bytes of the last write were taken. */
  readonly taken: number

  constructor(name: string, taken = 0) {
    super(`the printer "${name}" is gone`)
    this.taken = taken
  }
}

/** How long a printer may take, in milliseconds. */
export type Patience = { readonly answer: number; readonly paper: number }
const usual: Patience = { answer: 700, paper: 15_000 }

/** Every answer to DLE EOT has bits 1 and 4 set, 0 and 7 clear: anything else is noise, and the printer counts as off. */
const isState = (byte: number | undefined): byte is number => byte !== undefined && (byte & 0x93) === 0x12

/** The answer to GS r has bits 4 and 7 clear, so an answer to DLE EOT that came late is not taken for it. */
const isAcknowledged = (byte: number) => (byte & 0x90) === 0

/**
 * A printer that speaks ESC/POS, at the end of a wire. `print` rejects only for a document that cannot be drawn, with JpegError or
 * RangeError, before a byte of it is sent.
 */
export function openPrinter(wire: Wire, { answer, paper: patience }: Patience = usual): Printer {
  let readable = true
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work)
    turn = done.catch(() => undefined)
    return done
  }
  const state = async (what: 1 | 2 | 3 | 4) => {
    await wire.write(ask(what), answer)
    const byte = await wire.read(answer)
    if (!isState(byte)) throw new WireGone(wire.name)
    return byte
  }
  /** An acknowledgement that came too late must not be taken for the next one. */
  const drain = async () => {
    while ((await wire.read(0)) !== undefined);
  }
  const look = async (): Promise<PrinterStatus> => {
    try {
      await drain()
      const offline = await state(2)
      const error = await state(3)
      const sensor = await state(4)
      if (offline & 0x04) return 'cover-open'
      if (error & 0x08) return 'cutter'
      if (sensor & 0x60 || offline & 0x20) return 'paper-out'
      // A stop without a cause that has a name of its own is paper that does not move.
      if (error & 0x64 || offline & 0x40 || (await state(1)) & 0x08) return 'jam'
      if (!readable) return 'wrong-paper'
      return sensor & 0x0c ? 'near-end' : 'ok'
    } catch (error) {
      if (error instanceof WireGone) return 'off'
      throw error
    }
  }
  const send = async (document: Paper): Promise<Printed | PrinterFault> => {
    const before = await look()
    const selfTest = document.kind === 'self-test' && before === 'wrong-paper'
    if (!canPrint(before) && !selfTest) return { ok: false, status: before, bytes: 0, lines: 0, out: 'nothing' }
    const parts = escPos(document)
    let bytes = 0
    let lines = 0
    let acknowledged = 0
    let cuts = 0
    const failed = async (): Promise<PrinterFault> => {
      const status = await look()
      const knife = parts.lastIndexOf(cut)
      const inked = parts.slice(0, knife < 0 ? parts.length : knife).reduce((sum, part) => sum + part.length, 0)
      // What still waits in the printer must not come out when the cover is shut again.
      if (status !== 'off') await wire.write(discard, answer).catch(() => 0)
      const out = bytes === 0 ? 'nothing' : acknowledged >= inked && acknowledged > 0 ? 'whole' : 'part'
      // It stopped and is well again: somebody has already taken the paper out, and what came out nobody knows.
      return { ok: false, status: canPrint(status) ? 'jam' : status, bytes, lines, out }
    }
    const printed = async () => {
      await wire.write(acknowledge, answer)
      for (;;) {
        const byte = await wire.read(patience)
        if (byte === undefined) return false
        if (!isAcknowledged(byte)) continue
        acknowledged = bytes
        return true
      }
    }
    try {
      for (const part of parts) {
        // What is above a cut is on paper before the knife moves.
        if (part === cut && !(await printed())) return await failed()
        const taken = await wire.write(part, patience)
        bytes += taken
        // 10 is also a byte of images; only text blocks feed lines by it.
        if (part[0] !== 0x1b || part[3] !== 0x1d || part[4] !== 0x76)
          lines += part.subarray(0, taken).filter((byte) => byte === 10).length
        if (taken < part.length) return await failed()
        if (part === cut) cuts++
      }
      if (!(await printed())) return await failed()
      const after = await look()
      // A roll that ended, or a cover that was opened, just after the last line: the paper is out all the same. Not the knife.
      if (cuts && after === 'cutter') return { ok: false, status: after, bytes, lines, out: 'whole' }
      return { ok: true, status: after, bytes, lines }
    } catch (error) {
      if (!(error instanceof WireGone)) throw error
      bytes += error.taken
      return { ...(await failed()), status: 'off' }
    }
  }
  return {
    name: wire.name,
    status: () => inTurn(look),
    print: (document) => inTurn(() => send(document)),
    judged: (seen) => {
      readable = seen
    },
    close: () => inTurn(() => wire.close()),
  }
}
