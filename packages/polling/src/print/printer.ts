import type { Paper } from './paper.ts'

/**
 * `near-end` still prints. `wrong-paper` is what people say who looked at the self-test (R42): no sensor tells thermal paper
 * from other paper. `off` is a printer that does not answer: unplugged, switched off, its program gone.
 */
export type PrinterStatus = 'ok' | 'near-end' | 'paper-out' | 'cover-open' | 'jam' | 'cutter' | 'wrong-paper' | 'off'

export const canPrint = (status: PrinterStatus): boolean => status === 'ok' || status === 'near-end'

/** Every line is on paper and the paper is cut. `status` may be `near-end`. */
export type Printed = {
  readonly ok: true
  readonly status: PrinterStatus
  readonly bytes: number
  readonly lines: number
}

export type PrinterFault = {
  readonly ok: false
  readonly status: PrinterStatus
  /** At most so many bytes of the document, and lines of it, came out: what the printer took before it stopped. */
  readonly bytes: number
  readonly lines: number
  /**
   * `nothing`: no byte of it was taken. `part`: some of it may be on paper and somebody must take that away. `whole`: the
   * printer acknowledged all of it and only the cut is missing, or its last word.
   */
  readonly out: 'nothing' | 'part' | 'whole'
}

/** One printer, used by one program. Documents are printed one after the other, in the order in which they were asked for. */
export interface Printer {
  readonly name: string
  /** Asks the device; never throws. */
  status(): Promise<PrinterStatus>
  /** Returns when the paper is out and cut, or cannot be. Prints nothing when the status forbids it. */
  print(paper: Paper): Promise<Printed | PrinterFault>
  /** What two officers saw on the self-test: with `false` the status is `wrong-paper` until a later one is readable. */
  judged(readable: boolean): void
  close(): Promise<void>
}
