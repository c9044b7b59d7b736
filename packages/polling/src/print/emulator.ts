import { type Wire, WireGone } from './wire.ts'

/** What goes wrong in a printer, and at which byte of the document that it is told. */
export type Mishap = {
  readonly kind: 'jam' | 'paper-out' | 'cover-open' | 'cutter' | 'gone' | 'near-end' | 'wrong-paper' | 'second-copy'
  /** 0: before the first byte of the document. The knife, the end of the roll that is near and a second copy need none. */
  readonly at?: number
}

/** The inside of a thermal printer: takes bytes until something is in the way, answers DLE EOT and GS r as TM printers do. */
export function openEmulator(name: string) {
  let mishaps: readonly Mishap[] = []
  let paper: number[] = []
  let answers: number[] = []
  /** A fault that came up while printing stays until somebody repairs it. */
  let stopped: Mishap['kind'] | undefined
  const inForce = (kind: Mishap['kind']) => mishaps.some((each) => each.kind === kind)
  const isGone = () => stopped === 'gone'
  const state = (what: number) => {
    const cover = stopped === 'cover-open'
    const out = stopped === 'paper-out'
    const stuck = stopped === 'jam'
    const knife = stopped === 'cutter'
    const bits = [
      stopped ? 0x08 : 0,
      (cover ? 0x04 : 0) | (out ? 0x20 : 0) | (stuck || knife ? 0x40 : 0),
      (stuck ? 0x04 : 0) | (knife ? 0x08 : 0),
      (out ? 0x60 : 0) | (out || inForce('near-end') ? 0x0c : 0),
    ]
    return 0x12 | bits[what - 1]!
  }
  /** What comes before the next byte that goes to paper. */
  const meets = () => {
    const found = mishaps.find(
      ({ kind, at }) =>
        !['cutter', 'near-end', 'wrong-paper', 'second-copy'].includes(kind) && paper.length === (at ?? 0),
    )
    if (found) stopped = found.kind
    return found !== undefined
  }
  const isCut = () => paper.at(-4) === 0x1d && paper.at(-3) === 0x56 && paper.at(-2) === 0x42

  const wire: Wire = {
    name,
    async write(bytes) {
      if (isGone()) throw new WireGone(name)
      const isReal = bytes[0] === 0x10 && bytes.length === 3
      if (isReal && bytes[1] === 0x04) {
        answers.push(state(bytes[2]!))
        return 3
      }
      if (isReal) return 3
      const isAcknowledge = bytes.length === 3 && bytes[0] === 0x1d && bytes[1] === 0x72
      if (isAcknowledge) {
        if (!stopped && !meets()) answers.push(0)
        if (isGone()) throw new WireGone(name)
        return 3
      }
      for (const [taken, byte] of bytes.entries()) {
        if (stopped || meets()) {
          if (isGone()) throw new WireGone(name, taken)
          return taken
        }
        paper.push(byte)
        if (isCut() && inForce('cutter')) {
          paper.splice(-4)
          stopped = 'cutter'
        }
      }
      return bytes.length
    },
    async read() {
      if (isGone()) throw new WireGone(name)
      return answers.shift()
    },
    async close() {
      stopped = 'gone'
    },
  }
  return {
    wire,
    /** From now on these go wrong. What has gone wrong stays so. */
    set(next: readonly Mishap[]) {
      mishaps = next
      // A printer that lies there unable says so before anything is printed.
      if (!stopped) meets()
    },
    repair() {
      stopped = undefined
      answers = []
    },
    /** What has come out since the last call, torn off. */
    take(): { bytes: Uint8Array; copies: number; blank: boolean } {
      const bytes = Uint8Array.from(paper)
      paper = []
      return { bytes, copies: inForce('second-copy') ? 2 : 1, blank: inForce('wrong-paper') }
    },
  }
}
