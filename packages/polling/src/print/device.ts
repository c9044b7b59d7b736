import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { Printer } from './printer.ts'
import { openPrinter, type Patience, type Wire, WireGone } from './wire.ts'

const isBusy = (error: unknown) => (error as NodeJS.ErrnoException).code === 'EAGAIN'
/** Milliseconds between two looks at a device that has nothing to say yet. */
const pause = 5

/**
 * The line to a device file, `/dev/usb/lp0` or a serial port: opened when it is first needed and again after it was gone, so that a
 * printer may be switched off, pulled out and put back at any time. Needs a system that reads such files without waiting (Linux).
 */
export function deviceWire(file: string): Wire {
  let descriptor: number | undefined
  const close = () => {
    try {
      if (descriptor !== undefined) closeSync(descriptor)
    } catch {
      // It went away with its device.
    }
    descriptor = undefined
  }
  const open = () => {
    descriptor ??= openSync(file, constants.O_RDWR | constants.O_NONBLOCK | (constants.O_NOCTTY ?? 0))
    return descriptor
  }
  const gone = (taken: number) => {
    close()
    return new WireGone(file, taken)
  }
  return {
    name: file,
    async write(bytes, milliseconds) {
      const until = Date.now() + milliseconds
      let done = 0
      while (done < bytes.length) {
        try {
          done += writeSync(open(), bytes, done)
        } catch (error) {
          // Of what it held when it went, nobody knows how much came out: all that was handed over may have.
          if (!isBusy(error)) throw gone(done)
          if (Date.now() >= until) break
          await wait(pause)
        }
      }
      return done
    },
    async read(milliseconds) {
      const until = Date.now() + milliseconds
      const one = new Uint8Array(1)
      for (;;) {
        try {
          if (readSync(open(), one, 0, 1, null) === 1) return one[0]
        } catch (error) {
          if (!isBusy(error)) throw gone(0)
        }
        if (Date.now() >= until) return undefined
        await wait(pause)
      }
    },
    async close() {
      close()
    },
  }
}

/** An 80 mm ESC/POS printer at a device file, which must answer DLE EOT and GS r (any of the TM family, and most others). */
export const openDevicePrinter = (file: string, patience?: Patience): Printer => openPrinter(deviceWire(file), patience)
