import { openDevicePrinter, openSimulatedPrinter, type Printer } from '../print/index.ts'

/** `sim:FOLDER`, a simulated printer whose paper lies in a folder, or a device file such as /dev/usb/lp0. */
export const printerOf = (named: string): Printer =>
  named.startsWith('sim:') ? openSimulatedPrinter({ folder: named.slice(4) }) : openDevicePrinter(named)
