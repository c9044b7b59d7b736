import { readFileSync } from 'node:fs'
import path from 'node:path'
import { openMedium } from '../media/medium.ts'
import { type Mishap, openEmulator } from './emulator.ts'
import type { Paper, PaperKind } from './paper.ts'
import type { Printer } from './printer.ts'
import { rollPdf } from './roll-pdf.ts'
import { strips, stripText } from './strip.ts'
import { openPrinter } from './wire.ts'

/** A mishap, and which document it meets: the first of these kinds (any where none is said) after `skip` others of them. */
export type Fault = Mishap & { readonly kinds?: readonly PaperKind[]; readonly skip?: number }

/** Written into the printer's folder, it says from outside what goes wrong: a JSON list of Fault; `[]` repairs everything. */
export const faultsFile = 'faults.json'

export type SimulatedPrinter = Printer & {
  /** What goes wrong from now on, until the next call; `set([])` is a printer that was repaired. */
  set(faults: readonly Fault[]): void
}

export type SimulatedPlan = {
  /** Where the paper lies, in files of random names that all have the same time. */
  readonly folder: string
  readonly name?: string
  readonly faults?: readonly Fault[]
  /** Also draws each paper as PDF, as it looks. */
  readonly pdf?: true
}

/**
 * A printer whose paper is files: `<kind>-<16 random digits>.txt` (and .pdf), `<kind>-….part.txt` for what came out of a document that
 * was not finished. Nothing in the folder says in which order they came. It is driven by the same code as a real one, through
 * an emulator of its inside, so its faults are met where they would be. Faults can be changed from another process with
 * `faults.json`; each change counts documents anew.
 */
export function openSimulatedPrinter({ folder, name = 'printer', faults = [], pdf }: SimulatedPlan): SimulatedPrinter {
  const tray = openMedium(name, folder)
  const inside = openEmulator(name)
  const printer = openPrinter(inside.wire, { answer: 0, paper: 0 })
  let inForce = faults
  let heard: string | undefined
  let printed: PaperKind[] = []
  let turn: Promise<unknown> = Promise.resolve()

  const repair = (next: readonly Fault[]) => {
    inForce = next
    printed = []
    inside.repair()
  }
  const applies = ({ kinds, skip = 0 }: Fault, kind: PaperKind | undefined) => {
    const before = printed.filter((each) => !kinds || kinds.includes(each)).length
    return kind === undefined ? !kinds && before >= skip : (!kinds || kinds.includes(kind)) && before >= skip
  }
  /** For the document that comes; without one, for a look at the printer as it stands there. */
  const prepare = (kind?: PaperKind) => {
    let said: string | undefined
    try {
      said = readFileSync(path.join(folder, faultsFile), 'utf8')
    } catch {
      said = undefined
    }
    if (said !== undefined && said !== heard) repair(JSON.parse(said) as Fault[])
    heard = said
    inside.set(inForce.filter((fault) => applies(fault, kind) && !(kind === undefined && fault.at)))
  }
  const lay = async (paper: Paper, done: boolean) => {
    const { bytes, copies, blank } = inside.take()
    if (!bytes.length) return
    for (let copy = 0; copy < copies; copy++) {
      const random = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0'))
      const file = `${paper.kind}-${random.join('')}${done ? '' : '.part'}`
      const seen = blank ? [] : strips(bytes)
      tray.replace(`${file}.txt`, Buffer.from(stripText(seen)))
      if (pdf) tray.replace(`${file}.pdf`, await rollPdf(seen, paper.title))
    }
  }
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work)
    turn = done.catch(() => undefined)
    return done
  }
  return {
    ...printer,
    set: repair,
    status: () =>
      inTurn(async () => {
        prepare()
        return printer.status()
      }),
    print: (paper) =>
      inTurn(async () => {
        prepare(paper.kind)
        const outcome = await printer.print(paper)
        await lay(paper, outcome.ok || outcome.out === 'whole')
        if (outcome.ok) printed.push(paper.kind)
        return outcome
      }),
  }
}
